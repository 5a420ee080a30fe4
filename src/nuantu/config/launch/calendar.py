"""`./nuantu calendar`: the days of a year, a notice's file checked, a deadline counted."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from nuantu.config import calendar_files
from nuantu.config.launch import installation as place
from nuantu.config.launch.trouble import Trouble
from nuantu.core import clock
from nuantu.planbook import calendars, deadlines, lunar, notices, solar_terms
from nuantu.planbook.calendars import WorkCalendar
from nuantu.planbook.deadlines import Term, TermUnit
from nuantu.planbook.notices import BadNotice

TERM = re.compile(r"^(\d{1,4})(wd|d|m|y)$")
UNITS: dict[str, TermUnit] = {"d": "day", "wd": "working_day", "m": "month", "y": "year"}
FEASTS = ("腊八", "小年", "除夕", "春节", "元宵节", "端午节", "中秋节", "重阳节")
FIRST, LAST = 1901, 2098


def main(arguments: Sequence[str]) -> int:
    """Print what is asked for; raises Trouble for what cannot be read."""
    options = _parser().parse_args(arguments)
    own = calendar_files.folder(place.current(options.data).home)
    calendar = calendars.with_notices(calendar_files.current(own))
    if options.action == "check":
        return _check(Path(options.file))
    if options.action == "count":
        return _count(calendar, options.day, options.term)
    return _show(calendar, options.year or clock.today().year)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nuantu calendar", description="节假日与节气 / calendar")
    parser.add_argument("--data", metavar="DIR", help="数据目录 / data folder (.nuantu)")
    parser.set_defaults(year=None)
    actions = parser.add_subparsers(dest="action")
    show = actions.add_parser("show", help="列出一年 / list one year")
    show.add_argument("year", type=int, nargs="?")
    check = actions.add_parser("check", help="检查放假通知文件 / check a notice's file")
    check.add_argument("file", metavar="2027.yaml")
    count = actions.add_parser("count", help="推算期限 / count a deadline")
    count.add_argument("day", metavar="2026-09-28")
    count.add_argument("term", metavar="7wd", help="7wd 工作日 / 10d 天 / 6m 月 / 1y 年")
    return parser


def _check(path: Path) -> int:
    named = calendar_files.NAME.match(path.name)
    try:
        text = path.read_text(encoding="utf-8-sig")
        notice = notices.read(text, int(named[1]) if named else None)
    except OSError as error:
        raise Trouble(f"读不了 {path}", f"cannot read {path}: {error.strerror}") from None
    except BadNotice as refusal:
        raise Trouble(refusal.says.zh, refusal.says.en) from None
    except UnicodeDecodeError:
        raise Trouble(f"{path} 不是 UTF-8 文本", f"{path} is no UTF-8 text") from None
    off = sum(len(holiday.days) for holiday in notice.holidays)
    worked = sum(len(holiday.make_up) for holiday in notice.holidays)
    print(f"{notice.year}：放假 {off} 天，调休上班 {worked} 天 / {off} off, {worked} made up")
    print(f"放到 / put it at {calendar_files.FOLDER}/{notice.year}.yaml")
    return 0


def _count(calendar: WorkCalendar, day_text: str, term_text: str) -> int:
    found = TERM.match(term_text)
    try:
        start = date.fromisoformat(day_text)
    except ValueError:
        found = None
    if found is None:
        raise Trouble("写成 2026-09-28 7wd", "write 2026-09-28 7wd")
    end = deadlines.end_day(start, Term(int(found[1]), UNITS[found[2]]), calendar)
    passed = deadlines.working_days_after(start, end, calendar)
    print(f"{end} 24:00 · {passed} 个工作日 / working days after {start}")
    if calendar.is_provisional(start, end):
        print("放假通知未全，推算 / a notice is missing, provisional")
    return 0


def _show(calendar: WorkCalendar, year: int) -> int:
    if not FIRST <= year <= LAST:
        raise Trouble(f"年份应在 {FIRST} 至 {LAST}", f"a year from {FIRST} to {LAST}")
    print(f"{year} · {calendar.sources.get(year, '通知未公布或未录入 / no notice here')}")
    rest = {day: name for day, name in _off(calendar, year).items() if day.year == year}
    for first, last, name in _runs(rest):
        print(f"  休 off    {first:%m-%d}{'' if first == last else f' – {last:%m-%d}'}  {name}")
    for day, name in sorted(calendar.make_up_days.items()):
        if day.year == year:
            print(f"  班 worked {day:%m-%d}  {name}")
    feasts = {lunar.day_named(of, name): name for of in (year - 1, year) for name in FEASTS}
    named = [f"{name} {day:%m-%d}" for day, name in sorted(feasts.items()) if day.year == year]
    print("农历 lunar: " + " · ".join(named))
    terms = [f"{name} {solar_terms.day_of(year, name):%m-%d}" for name in solar_terms.NAMES]
    print("节气 terms: " + " · ".join(terms))
    return 0


def _off(calendar: WorkCalendar, year: int) -> dict[date, str]:
    if year in calendar.published:
        return dict(calendar.rest_days)
    return dict(calendars.statutory_holidays(year))


def _runs(days: dict[date, str]) -> list[tuple[date, date, str]]:
    """Days that follow each other under one name, as first and last."""
    runs: list[tuple[date, date, str]] = []
    for day, name in sorted(days.items()):
        if runs and runs[-1][2] == name and runs[-1][1] == day - timedelta(days=1):
            runs[-1] = (runs[-1][0], day, name)
        else:
            runs.append((day, day, name))
    return runs
