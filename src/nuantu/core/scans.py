"""A signed paper as a file: a photo, decoded like every photo, or a PDF, kept as it came and never opened here."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nuantu.core import files
from nuantu.core.actors import Actor
from nuantu.core.models import StoredFile

PDF: Final = "application/pdf"
_HEAD: Final = b"%PDF-"


def is_pdf(upload: "UploadedFile[bytes]") -> bool:
    """Whether the content, not the name, begins like a PDF."""
    upload.seek(0)
    head = upload.read(len(_HEAD))
    upload.seek(0)
    return bool(head == _HEAD)


def check(upload: "UploadedFile[bytes]") -> None:
    """Refuse early what `store` would refuse. Raises PhotoRefused."""
    if not is_pdf(upload):
        files.check(upload)
        return
    limit = settings.NUANTU_PHOTO_BYTES
    if (upload.size or 0) > limit:
        raise files.PhotoRefused(
            _("PDF 超过 %(mb)s MB，请压缩或分开后再传；其他内容已保留。")
            % {"mb": limit // 1_000_000},
            field="scan",
        )


def store(
    *,
    upload: "UploadedFile[bytes]",
    division_code: str,
    owner_org: str,
    case_id: UUID,
    purpose: str,
    actor: Actor,
    at: datetime,
) -> StoredFile:
    """Keep a paper sealed under the key of its case. Raises PhotoRefused, leaves nothing behind when it does."""
    check(upload)
    if not is_pdf(upload):
        return files.store(
            upload=upload,
            division_code=division_code,
            owner_org=owner_org,
            case_id=case_id,
            purpose=purpose,
            actor=actor,
            at=at,
        )
    return files.keep(
        content=upload.read(),
        media_type=PDF,
        division_code=division_code,
        owner_org=owner_org,
        case_id=case_id,
        purpose=purpose,
        actor=actor,
        at=at,
    )
