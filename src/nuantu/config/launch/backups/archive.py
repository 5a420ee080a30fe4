"""What a backup file holds: the database, the files, the wrapped keys, and a manifest of all."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from nuantu.config.launch.backups.sealing import SealedReader, SealedWriter
from nuantu.config.launch.trouble import Trouble

FORMAT = 1
DUMP = "database.dump"
KEYS = "keys.sealed"
FILES = "files"
MANIFEST = "manifest.json"
READ_BYTES = 1 << 20


@dataclass
class Manifest:
    """What the backup is of, and how to know that all of it is there."""

    mode: str
    version: str
    made_at: str
    server: str
    tables: dict[str, int]
    digests: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def write(target: Path, passphrase: str, members: dict[str, Path], manifest: Manifest) -> None:
    """Stream the members into one sealed file; the manifest with their digests comes last."""
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        writer = SealedWriter(file, passphrase)
        with tarfile.open(fileobj=writer, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            for name, path in members.items():
                manifest.digests[name] = _digest(path)
                tar.add(path, arcname=name, recursive=False)
            body = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(body)
            tar.addfile(entry, io.BytesIO(body))
        writer.close()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpack(source: Path, passphrase: str, folder: Path) -> Manifest:
    """Open the whole file into `folder` and compare every digest. Raises Trouble."""
    try:
        with source.open("rb") as file:
            reader = io.BufferedReader(SealedReader(file, passphrase), READ_BYTES)
            with tarfile.open(fileobj=reader, mode="r|") as tar:
                for entry in tar:
                    _extract(tar, entry, folder)
            while reader.read(READ_BYTES):
                pass
    except tarfile.TarError as error:
        raise _damaged(str(error)) from error
    except OSError as error:
        raise Trouble(
            f"读不出 {source}（{error.strerror}）。", f"{source} cannot be read ({error.strerror})."
        ) from error
    return _checked_manifest(folder)


def _extract(tar: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> None:
    """Only plain files below the folder; the seal proves the origin, this guards against a slip."""
    name = PurePosixPath(entry.name)
    content = tar.extractfile(entry)
    if name.is_absolute() or ".." in name.parts or not entry.isfile() or content is None:
        raise _damaged(entry.name)
    target = folder / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := content.read(READ_BYTES):
            file.write(piece)


def _checked_manifest(folder: Path) -> Manifest:
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise _damaged(MANIFEST) from error
    if manifest.format != FORMAT:
        raise Trouble(
            f"这份备份是第 {manifest.format} 版格式，本程序只认第 {FORMAT} 版；请升级暖途。",
            f"The backup has format {manifest.format} and this program knows {FORMAT}; "
            "upgrade Nuantu.",
        )
    found = {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    if found != manifest.digests:
        wrong = {name for name, _ in found.items() ^ manifest.digests.items()}
        raise _damaged(", ".join(sorted(wrong)[:3]))
    return manifest


def _damaged(what: str) -> Trouble:
    return Trouble(
        f"备份内容不对（{what}），请改用另一份备份。",
        f"The backup's content is wrong ({what}); use another one.",
    )
