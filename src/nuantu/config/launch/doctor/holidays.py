"""Checks of the holiday notices: files that do not count, and a year that should be here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from nuantu.config import calendar_files
from nuantu.config.launch.doctor.findings import Finding, doubtful, good
from nuantu.planbook import calendars

HOW_TO = "docs/how-to/add-a-holiday-calendar.md"


def examine(data: Path, today: date) -> Iterator[Finding]:
    """Every file that is refused, then whether working days can be counted into next year."""
    found = calendar_files.look(calendar_files.folder(data))
    for name, says in found.refused:
        yield doubtful(
            f"{calendar_files.FOLDER}/{name} 不作数：{says.zh}",
            f"{calendar_files.FOLDER}/{name} does not count: {says.en}",
            (f"改好后用 ./nuantu calendar check 检查，见 {HOW_TO}", f"mend it, see {HOW_TO}"),
        )
    calendar = calendars.with_notices(found.notices)
    missing = calendar.overdue_year(today)
    if missing is None:
        last = max(calendar.published)
        yield good(f"放假通知录到 {last} 年", f"holiday notices are here up to {last}")
        return
    yield doubtful(
        f"还没有 {missing} 年的放假通知，工作日按法定节假日推算，调休未知",
        f"the holiday notice for {missing} is missing; working days are counted by the law alone",
        (
            f"国务院通知公布后放入 {calendar_files.FOLDER}/{missing}.yaml，见 {HOW_TO}",
            f"put it at {calendar_files.FOLDER}/{missing}.yaml once it is published, see {HOW_TO}",
        ),
    )
