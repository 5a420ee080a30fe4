"""When a place is open, as people type it: 08:00-17:30、22:00-05:00."""

import re
import unicodedata
from itertools import combinations

Hours = tuple[tuple[int, int], ...]

DAY_MIN = 1440
MOST = 4  # spans of a day
_CLOCK = r"(\d{1,2}):(\d{2})"
_SPAN = re.compile(rf"{_CLOCK}(?:[-–—―~至到]+){_CLOCK}")
_BETWEEN = re.compile(r"[、,;]|及|和")


class HoursUnreadable(ValueError):
    """Not spans of clock times, or spans that overlap."""


def parse_hours(text: str) -> Hours:
    """Spans in minutes after midnight, the earliest first; none for an empty text, which means always.

    A span over midnight ends above 1440. Raises HoursUnreadable for anything but one to four spans
    that do not overlap.
    """
    plain = re.sub(r"[\s分]+", "", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"[时点](?!\d)", ":00", plain)
    plain = re.sub(r"[时点.]", ":", plain)
    if not plain:
        return ()
    spans = sorted(_span(part) for part in _BETWEEN.split(plain))
    if len(spans) > MOST or any(_overlap(one, other) for one, other in combinations(spans, 2)):
        raise HoursUnreadable(text)
    return tuple(spans)


def hours_text(hours: Hours) -> str:
    """The spans as they are kept and shown."""
    return "、".join(f"{_clock(begin)}–{_clock(end)}" for begin, end in hours)


def _span(part: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(part)
    if found is None:
        raise HoursUnreadable(part)
    begin, end = _minute(found[1], found[2]), _minute(found[3], found[4])
    if begin in (end, DAY_MIN):
        raise HoursUnreadable(part)
    return begin, end if end > begin else end + DAY_MIN


def _minute(hour: str, minute: str) -> int:
    found = int(hour) * 60 + int(minute)
    if int(minute) > 59 or found > DAY_MIN:
        raise HoursUnreadable(f"{hour}:{minute}")
    return found


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share a minute, tomorrow's too."""
    return any(
        one[0] < other[1] + days and other[0] + days < one[1] for days in (-DAY_MIN, 0, DAY_MIN)
    )


def _clock(minute: int) -> str:
    minute = minute if minute <= DAY_MIN else minute - DAY_MIN
    return f"{minute // 60:02d}:{minute % 60:02d}"
