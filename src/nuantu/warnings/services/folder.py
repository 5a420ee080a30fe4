"""A watched folder: another program drops files, they are taken and moved to done/ or failed/."""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from nuantu.core import scope
from nuantu.core.actors import SYSTEM
from nuantu.core.errors import Refusal
from nuantu.warnings.models import Channel, FeedState
from nuantu.warnings.rules.decoding import MAX_BYTES
from nuantu.warnings.services.taking import NobodyToAnswer, home_of, take_messages

SETTLED = timedelta(seconds=2)
"""A file younger than this may still be written."""
BATCH = 200
_TYPES = {".xml": "application/xml", ".json": "application/json", ".txt": "text/plain"}
_UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload")


def take_folder(*, at: datetime, folder: Path) -> tuple[int, int]:
    """Take every settled file of a folder; returns how many were taken and how many failed.

    The oldest first. A taken file goes to `done/`; one that cannot be read goes to `failed/` with
    a text file beside it that says why. Nothing is deleted, nothing is overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _expect(folder.name, at)
    taken = failed = 0
    for path in _waiting(folder, at):
        try:
            reason = _take(path, at)
        except Refusal as refusal:
            reason = str(refusal)
        if reason:
            failed += 1
            moved = _move(path, folder / "failed")
            moved.with_name(f"{moved.name}.reason.txt").write_text(f"{reason}\n", encoding="utf-8")
        else:
            taken += 1
            _move(path, folder / "done")
    return taken, failed


def _expect(source: str, at: datetime) -> None:
    """A folder that is watched is missed when it brings nothing, even from the first day."""
    known = FeedState.objects.filter(channel=Channel.FOLDER, source=source)
    with transaction.atomic(), scope.system("the folder serves every county"):
        if known.exists():
            return
        with suppress(NobodyToAnswer):
            division, owner = home_of(SYSTEM)
            FeedState.objects.create(
                channel=Channel.FOLDER,
                source=source,
                division_code=division,
                owner_org=owner,
                last_at=at,
            )


def _waiting(folder: Path, at: datetime) -> list[Path]:
    found = [
        path
        for path in folder.iterdir()
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    ]
    settled = [
        path
        for path in found
        if path.suffix.lower() not in _UNFINISHED
        and path.stat().st_mtime <= (at - SETTLED).timestamp()
    ]
    return sorted(settled, key=lambda path: (path.stat().st_mtime, path.name))[:BATCH]


def _take(path: Path, at: datetime) -> str:
    """Take one file; the reason when it cannot be taken."""
    if path.stat().st_size > MAX_BYTES:
        return "文件太大，最大 2 MB / the file is larger than 2 MB"
    received_at = min(at, datetime.fromtimestamp(path.stat().st_mtime, tz=at.tzinfo))
    take_messages(
        actor=SYSTEM,
        at=at,
        body=path.read_bytes(),
        content_type=_TYPES.get(path.suffix.lower(), ""),
        received_at=received_at,
        channel=Channel.FOLDER,
        source=path.parent.name,
    )
    return ""


def _move(path: Path, into: Path) -> Path:
    into.mkdir(exist_ok=True)
    target = into / path.name
    number = 1
    while target.exists():
        target = into / f"{path.stem}-{number}{path.suffix}"
        number += 1
    return path.rename(target)
