"""Moments in warnings: stamps of structured forms and times written in Chinese.

A bare text leaves out what its reader knows: the year, the month, even the day. They are taken
from the receipt, across the turn of a month or year. All Chinese times are UTC+8 (WE-28).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from nuantu.warnings.rules.message import Note, NoteKind

CHINA = timezone(timedelta(hours=8), "UTC+8")
AHEAD = timedelta(hours=12)
"""How far ahead of its receipt a time without month may lie before it means the month before."""
AHEAD_OF_YEAR = timedelta(days=3)
"""The same for a time with month and day but without year."""
_EARLIEST, _LATEST = 1990, 2199

PERIOD = r"(?:凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|夜间|夜里|早|晚)"
_CLOCK = (
    rf"(?P<period>{PERIOD})?(?P<hour>\d{{1,2}})(?:时|点钟?|:)"
    r"(?:(?P<minute>\d{1,2})(?![\d时点])分?|(?P<half>半)|整|许|左右)?"
    r"(?::?(?P<second>\d{1,2})(?:秒|(?![\d时点日月年])))?"
)
_WEEKDAY = r"(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
_DAY = (
    r"(?:(?P<iso_year>(?:19|20|21)\d{2})[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})(?!\d)"
    r"|(?P<dash_month>\d{1,2})[-/](?P<dash_day>\d{1,2})(?=\s+\d{1,2}:)"
    r"|(?:(?P<year>(?:(?:19|20|21)?\d{2}))年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})(?:日|号)"
    r"|(?P<word>今天|今日|今晨|今早|今晚|今夜|本日|当日|昨天|昨日|昨夜|昨晚|前天|前日|明天|明日|明晨"
    r"|明早|明晚|后天)(?:的)?)"
)
_DATED = re.compile(rf"(?<!\d){_DAY}{_WEEKDAY}[T\s,]*(?:{_CLOCK})?")
_CLOCK_ALONE = re.compile(rf"(?<![\d:.\-~]){_CLOCK}")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})([01]\d)([0-3]\d)([0-2]\d)([0-5]\d)([0-5]\d)?(?!\d)")
_WORD_DAYS = {"前": -2, "昨": -1, "今": 0, "本": 0, "当": 0, "明": 1, "后": 2}
_AFTERNOON = ("下午", "傍晚", "晚上", "晚间", "夜间", "夜里", "晚")
_EVENING_WORDS = ("今晚", "今夜", "昨夜", "昨晚", "明晚")


@dataclass(frozen=True, slots=True)
class Written:
    """A time as a Chinese text writes it: what is None was left out. `word` is 今天, 昨日 …"""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    word: str = ""
    period: str = ""
    hour: int | None = None
    minute: int = 0
    second: int = 0


def written_times(text: str) -> list[Written]:
    """Every time in a matching copy, in order of place."""
    dated = [_written(found) for found in _DATED.finditer(text)]
    taken = [(written.start, written.end) for written in dated]
    alone = [
        _written(found)
        for found in _CLOCK_ALONE.finditer(text)
        if not any(start <= found.start() < end for start, end in taken)
    ]
    return sorted((*dated, *alone, *_compact_times(text)), key=lambda written: written.start)


def _written(found: re.Match[str]) -> Written:
    part = {name: value or "" for name, value in found.groupdict().items()}
    year = part.get("iso_year") or part.get("year") or ""
    return Written(
        start=found.start(),
        end=found.end(),
        year=_number(year if len(year) != 2 else f"20{year}"),
        month=_number(_first(part, "iso_month", "month", "dash_month")),
        day=_number(_first(part, "iso_day", "day", "dash_day")),
        word=part.get("word", ""),
        period=part["period"],
        hour=_number(part["hour"]),
        minute=30 if part["half"] else int(part["minute"] or 0),
        second=int(part["second"] or 0),
    )


def _first(part: dict[str, str], *names: str) -> str:
    return next((part[name] for name in names if part.get(name)), "")


def _number(digits: str) -> int | None:
    return int(digits) if digits else None


def _compact_times(text: str) -> Iterator[Written]:
    for found in _COMPACT.finditer(text):
        year, month, day, hour, minute, second = (int(figure or 0) for figure in found.groups())
        yield Written(
            found.start(),
            found.end(),
            year=year,
            month=month,
            day=day,
            hour=hour,
            minute=minute,
            second=second,
        )


def resolve(written: Written, received_at: datetime) -> tuple[datetime, tuple[Note, ...]] | None:
    """The moment of a written time, its missing parts taken from the receipt.

    None for a time that does not exist (25时, 31 February). The notes name what was taken.
    """
    clock = _clock_of(written)
    if clock is None:
        return None
    received = received_at.astimezone(CHINA)
    found = _day_of(written, received, clock)
    if found is None:
        return None
    day, notes = found
    if written.hour is None:
        notes = (*notes, Note(NoteKind.CLOCK_MISSING))
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + clock, notes


def _clock_of(written: Written) -> timedelta | None:
    """Time since midnight; 24时 and 晚上12时 are the next midnight."""
    hour = written.hour or 0
    if hour > 24 or written.minute > 59 or written.second > 59:
        return None
    is_evening = written.period in _AFTERNOON or written.word in _EVENING_WORDS
    if (
        (is_evening and 5 <= hour <= 12)
        or (written.period == "下午" and hour < 12)
        or (written.period == "中午" and hour < 4)
    ):
        hour += 12
    elif written.period == "凌晨" and hour == 12:
        hour = 0
    return timedelta(hours=hour, minutes=written.minute, seconds=written.second)


def _day_of(
    written: Written, received: datetime, clock: timedelta
) -> tuple[date, tuple[Note, ...]] | None:
    today = received.date()
    if written.word:
        day = today + timedelta(days=_WORD_DAYS[written.word[0]])
        return day, (Note(NoteKind.DAY_FROM_RECEIPT, day.isoformat()),)
    if written.day is None:
        return _day_from_clock(received, clock)
    if written.month is None:
        return _day_in_month(written.day, received, clock)
    if written.year is None:
        return _day_in_year(written.month, written.day, received, clock)
    day_or_none = _date(written.year, written.month, written.day)
    return (day_or_none, ()) if day_or_none else None


def _day_from_clock(received: datetime, clock: timedelta) -> tuple[date, tuple[Note, ...]]:
    day = received.date()
    if _at(day, clock) > received + AHEAD:
        day -= timedelta(days=1)
    return day, (Note(NoteKind.DAY_FROM_RECEIPT, day.isoformat()),)


def _day_in_month(
    day: int, received: datetime, clock: timedelta
) -> tuple[date, tuple[Note, ...]] | None:
    """The latest day with that number not after the receipt (and the tolerance)."""
    year, month = received.year, received.month
    ahead = received + AHEAD
    candidates = [(ahead.year, ahead.month), *((year, month - back) for back in range(3))]
    for candidate_year, candidate_month in candidates:
        months = candidate_year * 12 + candidate_month - 1
        found = _date(months // 12, months % 12 + 1, day)
        if found and _at(found, clock) <= ahead:
            return found, (Note(NoteKind.MONTH_FROM_RECEIPT, f"{found:%Y-%m}"),)
    return None


def _day_in_year(
    month: int, day: int, received: datetime, clock: timedelta
) -> tuple[date, tuple[Note, ...]] | None:
    ahead = received + AHEAD_OF_YEAR
    for year in (ahead.year, *range(received.year, received.year - 9, -1)):
        found = _date(year, month, day)
        if found and _at(found, clock) <= ahead:
            return found, (Note(NoteKind.YEAR_FROM_RECEIPT, str(year)),)
    return None


def _at(day: date, clock: timedelta) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + clock


def _date(year: int, month: int, day: int) -> date | None:
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def stamp(text: str, received_at: datetime) -> tuple[datetime, tuple[Note, ...]] | None:
    """The moment of a field of a structured message, or None when it cannot be read.

    Takes ISO 8601 with and without zone, 2020-02-05 10:45:00+08:00, 2021/11/07 16:11, seconds or
    milliseconds since 1970, 20200205104500, mail dates and Chinese times. Without a zone it is
    Chinese time (noted).
    """
    bare = text.strip()
    if not bare or len(bare) > 80:
        return None
    for reader in (_epoch, _compact, _iso, _mail):
        found = reader(bare)
        if found is not None:
            return found if _EARLIEST <= found[0].year <= _LATEST else None
    times = written_times(bare)
    return resolve(times[0], received_at) if times else None


_Stamped = tuple[datetime, tuple[Note, ...]]


def _epoch(text: str) -> _Stamped | None:
    if not re.fullmatch(r"\d{9,10}(\.\d+)?|\d{12,13}(\.0+)?", text) or (
        text.startswith("20") and len(text) == 12
    ):
        return None
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, tz=UTC), ()


def _compact(text: str) -> _Stamped | None:
    found = _COMPACT.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(figure or 0) for figure in found.groups())
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=CHINA)
    except ValueError:
        return None
    return moment, (Note(NoteKind.ZONE_ASSUMED),)


def _iso(text: str) -> _Stamped | None:
    normal = re.sub(r"\s*([+-]\d{2}:?\d{2})$", r"\1", text.replace("/", "-"))
    normal = re.sub(r"\.0(?=$|[+-])", "", normal)
    normal = re.sub(r"-00:00$", "+00:00", normal)
    normal = re.sub(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", _padded_date, normal)
    try:
        moment = datetime.fromisoformat(normal)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=CHINA), (Note(NoteKind.ZONE_ASSUMED),)
    return moment, ()


def _padded_date(found: re.Match[str]) -> str:
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"


def _mail(text: str) -> _Stamped | None:
    if not re.match(r"[A-Z][a-z]{2}, ", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    return (moment, ()) if moment.tzinfo else (moment.replace(tzinfo=UTC), ())
