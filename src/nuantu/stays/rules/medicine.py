"""When a dose is due, on the days that a medication runs; vital signs as figures."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, tzinfo
from operator import itemgetter
from typing import Any, Final

# vital signs: degrees Celsius, beats a minute, mmHg twice, per cent
MEASURES: Final = ("temperature", "pulse", "systolic", "diastolic", "saturation")


def doses_of(
    times: Iterable[time], day: date, begins: date, ends: date | None, zone: tzinfo
) -> list[datetime]:
    """The doses of one day, in their order; none before the first and after the last day."""
    if day < begins or (ends is not None and day > ends):
        return []
    return sorted(datetime.combine(day, one, tzinfo=zone) for one in set(times))


def times_in(text: str) -> list[time]:
    """Times of the day as they are typed, `8:00、20:00`. Raises ValueError for anything else."""
    parts = text.replace("，", " ").replace("、", " ").replace(",", " ").replace("：", ":").split()
    found = [_time_in(part) for part in parts]
    if not found:
        raise ValueError(text)
    return sorted(set(found))


def measured(said: Mapping[str, Any]) -> dict[str, float]:
    """The vital signs of a form as figures by `MEASURES`; a pressure of 120/80 is two of them, what is
    missing is left out."""
    upper, _slash, lower = str(said.get("pressure") or "").partition("/")
    found = {**said, "systolic": upper, "diastolic": lower}
    return {name: float(found[name]) for name in MEASURES if found.get(name)}


def alarming(
    figures: Mapping[str, float], low: Mapping[str, float], high: Mapping[str, float]
) -> list[str]:
    """The measures that lie at or beyond a limit, in the order of `MEASURES`; one without a limit
    never does."""
    return [
        name
        for name in MEASURES
        if name in figures
        and (
            (name in low and figures[name] <= low[name])
            or (name in high and figures[name] >= high[name])
        )
    ]


def course(notes: Iterable[tuple[datetime, Mapping[str, float]]], name: str) -> list[float]:
    """How one measure went, from the first to the last moment."""
    return [figures[name] for _at, figures in sorted(notes, key=itemgetter(0)) if name in figures]


def _time_in(part: str) -> time:
    hour, colon, minute = part.partition(":")
    if not colon or len(minute) != len("00"):
        raise ValueError(part)
    return time(int(hour), int(minute))
