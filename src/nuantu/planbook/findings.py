"""What a check of a plan finds: an error, a warning or a question, with clause and line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from nuantu.planbook.text import Text

Level = Literal["error", "warning", "question"]
LEVEL_WORDS = {
    "error": Text("错误", "error"),
    "warning": Text("提醒", "warning"),
    "question": Text("疑问", "question"),
}

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``clause`` is the plan's clause it touches, ``line`` the line in the file."""

    level: Level
    code: str
    message: Text
    clause: str = ""
    line: int | None = None
    path: tuple[str | int, ...] = ()


def moved(finding: Finding, days: int) -> Finding:
    """The finding with every day of its message moved by so many days, as a drill moves its season."""
    if not days:
        return finding
    by = timedelta(days=days)
    zh, en = (
        _DAY.sub(lambda match: str(date.fromisoformat(match[0]) + by), words)
        for words in (finding.message.zh, finding.message.en)
    )
    return replace(finding, message=Text(zh, en))


def error(
    code: str,
    zh: str,
    en: str,
    *,
    clause: str = "",
    line: int | None = None,
    path: tuple[str | int, ...] = (),
) -> Finding:
    """A finding that keeps the plan from being put in force."""
    return Finding("error", code, Text(zh, en), clause, line, path)


def warning(
    code: str, zh: str, en: str, *, clause: str = "", path: tuple[str | int, ...] = ()
) -> Finding:
    """A finding that the author should mend or accept."""
    return Finding("warning", code, Text(zh, en), clause, None, path)


def question(
    code: str, zh: str, en: str, *, clause: str = "", path: tuple[str | int, ...] = ()
) -> Finding:
    """A finding that only the author can answer."""
    return Finding("question", code, Text(zh, en), clause, None, path)
