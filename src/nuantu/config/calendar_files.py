"""Holiday notices that an installation adds itself: `calendars/2027.yaml` in its data folder."""

import logging
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nuantu.planbook import notices
from nuantu.planbook.notices import BadNotice, Notice
from nuantu.planbook.text import Text

FOLDER = "calendars"
NAME = re.compile(r"^(20\d\d)\.yaml$")
MOST_FILES = 100

logger = logging.getLogger(__name__)
_Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What stands in the folder: notices that count, and files that do not, with the reason."""

    notices: tuple[Notice, ...] = ()
    refused: tuple[tuple[str, Text], ...] = ()


def folder(data: Path) -> Path:
    """Where the notices of an installation lie."""
    return data / FOLDER


def look(place: Path) -> Look:
    """Every file of the folder; read anew only when one of them changed."""
    try:
        found = [(path, path.stat()) for path in sorted(place.glob("*"))[:MOST_FILES]]
    except OSError:
        return Look()
    signature = tuple((path.name, state.st_mtime_ns, state.st_size) for path, state in found)
    return _read(place, signature)


def current(place: Path) -> tuple[Notice, ...]:
    """The notices that count, for `calendars.add_source`."""
    return look(place).notices


@cache
def _read(place: Path, signature: _Signature) -> Look:
    good: list[Notice] = []
    refused: list[tuple[str, Text]] = []
    for name, _, size in signature:
        try:
            good.append(_notice(place / name, size))
        except BadNotice as refusal:
            refused.append((name, refusal.says))
            logger.warning("%s/%s does not count: %s", FOLDER, name, refusal.says.en)
    return Look(tuple(good), tuple(refused))


def _notice(path: Path, size: int) -> Notice:
    named = NAME.match(path.name)
    if named is None:
        raise BadNotice(
            Text("文件名应是年份，如 2027.yaml", "The name has to be a year, such as 2027.yaml")
        )
    if size > notices.MOST_BYTES:
        raise BadNotice(Text("文件太大，不像放假通知", "The file is too large for a notice"))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadNotice(Text("读不了，应为 UTF-8 文本", "Cannot be read as UTF-8 text")) from None
    return notices.read(text, int(named[1]))
