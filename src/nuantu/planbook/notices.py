"""State Council holiday notices as files, read and checked before a day is counted by them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nuantu.planbook import statutory
from nuantu.planbook.text import Text

MOST_BYTES: Final = 64_000
LONGEST: Final = 16  # days of one holiday; the longest so far had ten
SATURDAY: Final = 5
_SLIPS: Final = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "string_too_short": "太短",
}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Holiday(_Part):
    """One holiday of a notice: its days off, first to last, and the weekend days worked for it."""

    name: Annotated[str, Field(min_length=1, max_length=20)]
    first: date
    last: date | None = None
    make_up: tuple[date, ...] = ()

    @property
    def days(self) -> list[date]:
        """Every day off, weekends between included."""
        last = self.last or self.first
        return [self.first + timedelta(days=n) for n in range((last - self.first).days + 1)]


class Notice(_Part):
    """What one notice fixes for one year."""

    year: Annotated[int, Field(ge=2004, le=2099)]
    source: Annotated[str, Field(min_length=6, max_length=200)]
    holidays: Annotated[tuple[Holiday, ...], Field(min_length=1, max_length=20)]


class BadNotice(ValueError):
    """The file is no notice that days may be counted by; `says` names what to mend."""

    def __init__(self, says: Text) -> None:
        super().__init__(says.zh)
        self.says = says


def read(text: str, year: int | None = None) -> Notice:
    """The notice in the text of a YAML file; ``year`` is the one its file name says.

    Errors: BadNotice, with the first thing to mend.
    """
    if len(text.encode()) > MOST_BYTES:
        raise BadNotice(Text("文件太大，不像放假通知", "The file is too large for a notice"))
    try:
        notice = Notice.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError, ValueError) as error:
        raise BadNotice(_unreadable(error)) from None
    for problem in _problems(notice, year):
        raise BadNotice(problem)
    return notice


def _unreadable(error: Exception) -> Text:
    if isinstance(error, ValidationError):
        slips = [
            (".".join(map(str, slip["loc"])) or "year, source, holidays", slip)
            for slip in error.errors()[:5]
        ]
        return Text(
            "；".join(f"{where}：{_SLIPS.get(slip['type'], '写得不对')}" for where, slip in slips),
            "; ".join(f"{where}: {slip['msg']}" for where, slip in slips),
        )
    words = " ".join(str(error).split())[:160]
    return Text(
        f"不是 YAML，或日期不存在：{words}", f"No YAML, or a day that does not exist: {words}"
    )


def _problems(notice: Notice, year: int | None) -> Iterator[Text]:
    if year is not None and notice.year != year:
        yield Text(
            f"文件名是 {year} 年，里面写的是 {notice.year} 年",
            f"The file is named {year} and speaks of {notice.year}",
        )
    seen: dict[date, str] = {}
    for holiday in notice.holidays:
        yield from _of_holiday(notice, holiday, seen)
    yield from _of_weekends(notice, seen)
    for day, name in statutory.holidays(notice.year).items():
        if day not in seen:
            yield Text(
                f"{day} 是法定节假日（{name}），通知里没有放假",
                f"{day} is a day off by law ({name}) and not in the notice",
            )


def _of_holiday(notice: Notice, holiday: Holiday, seen: dict[date, str]) -> Iterator[Text]:
    if holiday.last and not 0 <= (holiday.last - holiday.first).days < LONGEST:
        yield Text(
            f"{holiday.name}：{holiday.first} 至 {holiday.last} 不像一个假期",
            f"{holiday.name}: {holiday.first} to {holiday.last} is no holiday",
        )
        return
    for day in holiday.days:
        if day in seen:
            yield Text(
                f"{day} 写了两次（{seen[day]}、{holiday.name}）",
                f"{day} stands twice ({seen[day]}, {holiday.name})",
            )
        seen[day] = holiday.name
    for day in (*holiday.days, *holiday.make_up):
        if day.year != notice.year and (day.year, day.month) != (notice.year - 1, 12):
            yield Text(f"{day} 不在 {notice.year} 年", f"{day} is not in {notice.year}")


def _of_weekends(notice: Notice, seen: dict[date, str]) -> Iterator[Text]:
    for holiday in notice.holidays:
        for day in holiday.make_up:
            if day in seen:
                yield Text(f"{day} 既放假又上班", f"{day} is both off and worked")
            elif day.weekday() < SATURDAY:
                yield Text(
                    f"{day} 不是周末，不用写成调休上班",
                    f"{day} is no weekend day and needs no make-up entry",
                )
