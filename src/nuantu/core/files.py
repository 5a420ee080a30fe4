"""Photos: decoded to prove they are photos, served without EXIF, the original sealed as evidence.

Short videos where the caller allows them: told by their content, served without their tags.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from nuantu.core import sounds, vault, videos
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.ids import new_id
from nuantu.core.models import StoredFile

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
LONGEST_SIDE = 2000
# Only JPEG is decoded at the size that is served; the others unpack to every pixel they claim.
MOST_WHOLE_PIXELS = 25_000_000
# A file of some kilobytes may unpack to hundreds of megabytes: so many at once in one process.
_DECODING = BoundedSemaphore(2)
log = logging.getLogger(__name__)


class FileDamaged(Refusal):
    """A copy on the disk is missing, or is not what was sealed."""

    def __init__(self) -> None:
        super().__init__(
            _("这份影像的文件缺失或被改动过，不能作为原件显示。请通知管理员从备份中找回。")
        )


class SoundRefused(Refusal):
    """The upload is too large, or no recording."""


class PhotoRefused(Refusal):
    """The upload is too large, or not a photo that can be decoded."""


@dataclass(frozen=True, slots=True)
class VideoLimits:
    """How large (bytes) and how long (seconds, where the container says it) a video may be."""

    most_bytes: int
    most_seconds: int


@dataclass(frozen=True, slots=True)
class _Copy:
    """What is served of an upload; a video has no size in pixels here."""

    content: bytes
    media_type: str
    width: int = 0
    height: int = 0


def _folder(public_id: UUID) -> Path:
    return Path(settings.NUANTU_DATA) / "files" / public_id.hex[-2:]


def _decode(content: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(content), formats=tuple(FORMATS))
        if image.width * image.height > _most_pixels(image):
            raise PhotoRefused(_("照片像素太大，请用手机普通模式重拍。"), field="photo")
        image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as error:
        raise PhotoRefused(
            _("这个文件不是能打开的照片。请选 JPG、PNG 或 WEBP 照片；其他内容已保留。"),
            field="photo",
        ) from error
    return image


def _most_pixels(image: Image.Image) -> int:
    most: int = settings.NUANTU_PHOTO_PIXELS
    return most if image.format == "JPEG" else min(most, MOST_WHOLE_PIXELS)


def check(upload: "UploadedFile[bytes]") -> None:
    """Refuse early what `store` would refuse, so that a form can say so beside the field."""
    limit = settings.NUANTU_PHOTO_BYTES
    if (upload.size or 0) > limit:
        raise PhotoRefused(
            _("照片超过 %(mb)s MB，请压缩后再传；其他内容已保留。") % {"mb": limit // 1_000_000},
            field="photo",
        )
    upload.seek(0)
    with _DECODING:
        _decode(upload.read())
    upload.seek(0)


def is_video(upload: "UploadedFile[bytes]") -> bool:
    """Whether the content, not the name, begins like a video."""
    upload.seek(0)
    head = upload.read(videos.HEAD)
    upload.seek(0)
    return videos.is_video_like(head)


def store(
    *,
    upload: "UploadedFile[bytes]",
    division_code: str,
    owner_org: str,
    case_id: UUID | None,
    purpose: str,
    actor: Actor,
    at: datetime,
    video: VideoLimits | None = None,
) -> StoredFile:
    """Keep a photo, or a video where `video` allows one: raises PhotoRefused, leaves nothing behind
    when it does.

    Both copies are sealed under the data key of the case or of the file itself. A file whose
    transaction rolls back is unreadable rubbish and is swept with the orphans.
    """
    if video is not None and is_video(upload):
        _must_be_short_of(upload, video)
        content = upload.read()
        served = _video_copy(content, video)
    else:
        check(upload)
        content = upload.read()
        with _DECODING:
            served = _photo_copy(content)
    public_id = new_id()
    key_ref = case_id or public_id
    folder = _folder(public_id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{public_id.hex}.served").write_bytes(vault.seal_bytes(key_ref, served.content))
    (folder / f"{public_id.hex}.original").write_bytes(vault.seal_bytes(key_ref, content))
    return StoredFile.objects.create(
        public_id=public_id,
        division_code=division_code,
        owner_org=owner_org,
        case_id=case_id,
        recorded_at=at,
        purpose=purpose,
        media_type=served.media_type,
        width=served.width,
        height=served.height,
        size_bytes=len(content),
        original_digest=hashlib.sha256(content).hexdigest(),
        taken_by=actor.name,
    )


def cut(
    upload: "UploadedFile[bytes]", part_of: Callable[[int, int], tuple[int, int, int, int]]
) -> "UploadedFile[bytes]":
    """A part of a photo as a photo of its own, without what the file said besides.

    `part_of` gets width and height in pixels and gives left, upper, right and lower edge. Raises PhotoRefused.
    """
    check(upload)
    with _DECODING:
        upright = ImageOps.exif_transpose(_decode(upload.read()))
        part = upright.convert("RGB").crop(part_of(upright.width, upright.height))
    part.info = {}
    made = BytesIO()
    part.save(made, format="JPEG", quality=90)
    return SimpleUploadedFile("photo.jpg", made.getvalue(), content_type="image/jpeg")


def check_sound(upload: "UploadedFile[bytes]", most_bytes: int) -> str:
    """The media type of a recording. Raises SoundRefused early for what `store_sound` would refuse."""
    if (upload.size or 0) > most_bytes:
        raise SoundRefused(
            _("录音超过 %(mb)s MB，请剪短或压缩后再传；其他内容已保留。")
            % {"mb": most_bytes // 1_000_000},
            field="sound",
        )
    upload.seek(0)
    found = sounds.media_type_of(upload.read(sounds.HEAD))
    upload.seek(0)
    if not found:
        raise SoundRefused(
            _("这个文件不是录音。请选 MP3、M4A、WAV、OGG、AMR 录音；其他内容已保留。"),
            field="sound",
        )
    return found


def store_sound(
    *,
    upload: "UploadedFile[bytes]",
    division_code: str,
    owner_org: str,
    case_id: UUID,
    purpose: str,
    actor: Actor,
    at: datetime,
    most_bytes: int,
) -> StoredFile:
    """Keep a recording sealed under the key of its case, as it came; its digest stands in the row."""
    media_type = check_sound(upload, most_bytes)
    return keep(
        content=upload.read(),
        media_type=media_type,
        division_code=division_code,
        owner_org=owner_org,
        case_id=case_id,
        purpose=purpose,
        actor=actor,
        at=at,
    )


def keep(
    *,
    content: bytes,
    media_type: str,
    division_code: str,
    owner_org: str,
    case_id: UUID,
    purpose: str,
    actor: Actor,
    at: datetime,
) -> StoredFile:
    """Keep bytes that were told already, as they came, sealed under the key of their case."""
    public_id = new_id()
    folder = _folder(public_id)
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("served", "original"):
        (folder / f"{public_id.hex}.{part}").write_bytes(vault.seal_bytes(case_id, content))
    return StoredFile.objects.create(
        public_id=public_id,
        division_code=division_code,
        owner_org=owner_org,
        case_id=case_id,
        recorded_at=at,
        purpose=purpose,
        media_type=media_type,
        width=0,
        height=0,
        size_bytes=len(content),
        original_digest=hashlib.sha256(content).hexdigest(),
        taken_by=actor.name,
    )


def copy_under(*, file: StoredFile, case_id: UUID, at: datetime) -> StoredFile:
    """The same photo or video sealed under the key of another case, byte for byte; the first one stays.

    Raises KeyDestroyed and FileDamaged as reading it does.
    """
    served, original, public_id = read_served(file), read_original(file), new_id()
    folder = _folder(public_id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{public_id.hex}.served").write_bytes(vault.seal_bytes(case_id, served))
    (folder / f"{public_id.hex}.original").write_bytes(vault.seal_bytes(case_id, original))
    return StoredFile.objects.create(
        public_id=public_id,
        division_code=file.division_code,
        owner_org=file.owner_org,
        case_id=case_id,
        recorded_at=at,
        purpose=file.purpose,
        media_type=file.media_type,
        width=file.width,
        height=file.height,
        size_bytes=file.size_bytes,
        original_digest=file.original_digest,
        taken_by=file.taken_by,
    )


def _photo_copy(content: bytes) -> _Copy:
    image = _decode(content)
    format_name = image.format or "JPEG"
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    # Pillow writes comments of the original again; only transparency belongs to the picture.
    upright.info = {name: value for name, value in upright.info.items() if name == "transparency"}
    if format_name == "JPEG" and upright.mode not in ("RGB", "L"):
        upright = upright.convert("RGB")
    served = BytesIO()
    upright.save(served, format=format_name, **({"quality": 85} if format_name == "JPEG" else {}))
    return _Copy(served.getvalue(), FORMATS[format_name], upright.width, upright.height)


def _must_be_short_of(upload: "UploadedFile[bytes]", video: VideoLimits) -> None:
    if (upload.size or 0) > video.most_bytes:
        raise PhotoRefused(
            _("视频超过 %(mb)s MB，请拍短一些再传；其他内容已保留。")
            % {"mb": video.most_bytes // 1_000_000},
            field="photo",
        )


def _video_copy(content: bytes, video: VideoLimits) -> _Copy:
    try:
        found = videos.read(content)
    except ValueError as error:
        raise PhotoRefused(
            _("这个文件不是完整的视频。请选 MP4、WebM 或 MOV 视频；其他内容已保留。"),
            field="photo",
        ) from error
    if found.seconds is not None and found.seconds > video.most_seconds + 1:
        raise PhotoRefused(
            _("视频超过 %(n)s 秒，请拍短一些再传；其他内容已保留。") % {"n": video.most_seconds},
            field="photo",
        )
    return _Copy(found.served, found.media_type)


def _read(file: StoredFile, part: str) -> bytes:
    # The key is named by the file while it had no case; a case that came later did not re-seal it.
    path, is_altered = _folder(file.public_id) / f"{file.public_id.hex}.{part}", False
    for key_ref in (file.public_id, file.case_id):
        if key_ref is None:
            continue
        try:
            return vault.unseal_bytes(key_ref, path.read_bytes())
        except vault.KeyDestroyed:
            continue
        except (OSError, Refusal, ValueError) as error:
            log.warning("the %s copy of file %s: %s", part, file.public_id, error)
            is_altered = True
    if is_altered:
        raise FileDamaged
    raise vault.KeyDestroyed(_("这份资料的密钥已销毁，内容不能再读取。"))


def read_served(file: StoredFile) -> bytes:
    """The copy without EXIF. Raises KeyDestroyed, and FileDamaged where it is missing or altered."""
    return _read(file, "served")


def read_original(file: StoredFile) -> bytes:
    """The evidence as it came; whoever asks journals the purpose. Raises as `read_served` does."""
    return _read(file, "original")


def discard(*, file: StoredFile) -> None:
    """Throw a file away that belongs to nothing: its key and row, and once that holds both copies.

    What is rolled back leaves the copies where they are.
    """
    vault.destroy(file.public_id)
    copies = [
        _folder(file.public_id) / f"{file.public_id.hex}.{part}" for part in ("served", "original")
    ]
    file.delete()

    def unlink() -> None:
        for copy in copies:
            copy.unlink(missing_ok=True)

    transaction.on_commit(unlink)
