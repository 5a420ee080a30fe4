"""When a dose is due: the times of a medication on the days that it runs."""

from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo


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


def measured(temperature: object, pulse: object, pressure: object, saturation: object) -> list[str]:
    """Vital signs in words: degrees Celsius, beats a minute, mmHg, per cent; what is missing is left out."""
    figures = (
        (temperature, "体温 {} ℃"),
        (pulse, "脉搏 {} 次/分"),
        (pressure, "血压 {} mmHg"),
        (saturation, "血氧 {}%"),
    )
    return [form.format(value) for value, form in figures if value]


def _time_in(part: str) -> time:
    hour, colon, minute = part.partition(":")
    if not colon or len(minute) != len("00"):
        raise ValueError(part)
    return time(int(hour), int(minute))
