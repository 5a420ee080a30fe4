"""Stops of past patrols: what one is, how a file of them is read, how much an old one weighs."""

import csv
import io
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nuantu.routing.json_fields import Fields, Mistakes, repeated

MOST_FOUND = 1000
NIGHT_BEGINS = 18 * 60
DAY = 24 * 60
COLUMNS = ("location", "night", "time", "found", "level")
NEEDED = ("location", "night", "time", "found")
MOST_YEARS = 20  # from the middle night to any other; beyond it a year was mistyped


@dataclass(frozen=True, slots=True)
class PastStop:
    """One visit, also one that met nobody.

    `night`: the evening the patrol began. `minute`: arrival, from 18:00 of that evening. `level`:
    weather or warning level of the night in the deployer's words, "" for none.
    """

    location: str
    night: date
    minute: float
    found: int
    level: str = ""


@dataclass(frozen=True, slots=True)
class LearnParams:
    """What the deployer may set.

    `keep_per_year`: what a stop still weighs a year later, 1 for no forgetting. `explore`: share
    of the published rate that is a draw from the posterior, 0 for none. `seed`: of those draws.
    `prior_rate`: encounters of a visit at a place of which nothing at all is known, and
    `prior_log_sd` how little that is sure (1.5: within a factor of 20 either way).
    """

    keep_per_year: float = 0.6
    explore: float = 0.1
    seed: int = 0
    prior_rate: float = 0.1
    prior_log_sd: float = 1.5

    def __post_init__(self) -> None:
        """Raises ValueError for figures out of their range."""
        if not 0 < self.keep_per_year <= 1 or not 0 <= self.explore <= 1:
            message = "keep_per_year must be above 0 and explore at least 0, both at most 1"
            raise ValueError(message)
        if self.prior_rate <= 0 or self.prior_log_sd <= 0 or self.seed < 0:
            message = "prior_rate and prior_log_sd must be above 0, seed at least 0"
            raise ValueError(message)


def weight(stop_night: date, newest: date, keep_per_year: float) -> float:
    """How much a stop counts beside one of the newest night; falls by the day."""
    years: float = (newest - stop_night).days / 365.25
    return float(keep_per_year**years)


def stops_from_csv(
    text: str, blocks: int, locations: Collection[str] | None = None
) -> tuple[tuple[PastStop, ...], tuple[str, ...]]:
    """Stops of a table whose first line names its columns, and the columns that nothing reads.

    `locations`: those that may occur, None for any. Errors: FileRefused, naming the lines.
    """
    mistakes = Mistakes()
    table = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), strict=True)
    names = _column_names(table, mistakes)
    mistakes.refuse_if_any()
    fields = []
    try:
        for row in table:
            line = f"row {table.line_num}"
            if any(row.get(table.restkey, ())):
                mistakes.add(line, "格子比列多", "has more cells than there are columns")
            values = _numbered({key: row[key] for key in COLUMNS if row.get(key)})
            fields.append(Fields(values, line, mistakes))
    except csv.Error as error:
        line = f"row {table.line_num + 1}"
        mistakes.add(line, f"不是 CSV：{error}", f"is not CSV: {error}")
    stops = _stops(fields, blocks, locations, mistakes)
    return stops, tuple(name for name in names if name not in COLUMNS)


def _column_names(table: "csv.DictReader[str]", mistakes: Mistakes) -> Sequence[str]:
    try:
        names = [name.strip() for name in table.fieldnames or ()]
    except csv.Error as error:
        mistakes.add("row 1", f"不是 CSV：{error}", f"is not CSV: {error}")
        return ()
    table.fieldnames = names
    missing = ", ".join(name for name in NEEDED if name not in names)
    if missing:
        mistakes.add("row 1", f"缺少列：{missing}", f"lacks the columns {missing}")
    for _place, name in repeated(names):
        if name in COLUMNS:
            mistakes.add("row 1", f"列 {name} 出现两次", f"the column {name} stands there twice")
    return names


def _numbered(row: Mapping[str, str]) -> dict[str, Any]:
    """Text of a cell as the JSON value it stands for."""
    values: dict[str, Any] = {key: value.strip() for key, value in row.items()}
    try:
        values["found"] = float(values["found"])
    except (KeyError, ValueError):
        return values
    return values


def stops_from_json(
    data: object, blocks: int, locations: Collection[str] | None = None
) -> tuple[tuple[PastStop, ...], tuple[str, ...]]:
    """Stops of {"stops": [...]} and the keys that nothing reads. Errors: FileRefused."""
    mistakes = Mistakes()
    fields = Fields(data, "", mistakes).objects("stops")
    stops = _stops(fields, blocks, locations, mistakes)
    return stops, tuple(sorted({key for row in fields for key in row.data} - set(COLUMNS)))


def _stops(
    rows: Sequence[Fields], blocks: int, locations: Collection[str] | None, mistakes: Mistakes
) -> tuple[PastStop, ...]:
    stops = [_stop(row, blocks, locations) for row in rows]
    if not mistakes.found and not rows:
        mistakes.add("stops", "没有停留记录", "there is no stop")
    mistakes.refuse_if_any()
    for index, _key in repeated([(stop.location, stop.night, stop.minute) for stop in stops]):
        text = f"{stops[index].location} {stops[index].night}"
        mistakes.add(rows[index].path, f"同一停留重复：{text}", f"the same stop twice: {text}")
    mistakes.refuse_if_any()
    _refuse_years(stops, rows)
    mistakes.refuse_if_any()
    return tuple(stops)


def _refuse_years(stops: Sequence[PastStop], rows: Sequence[Fields]) -> None:
    """A night centuries ahead would leave all others no weight."""
    middle = sorted(stop.night for stop in stops)[len(stops) // 2]
    for stop, row in zip(stops, rows, strict=True):
        if abs((stop.night - middle).days) > MOST_YEARS * 366:
            row.wrong(
                "night",
                f"与其他停留相差 {MOST_YEARS} 年以上",
                f"is more than {MOST_YEARS} years from the other stops",
            )


def _stop(row: Fields, blocks: int, locations: Collection[str] | None) -> PastStop:
    location = row.text("location")
    if location and locations is not None and location not in locations:
        row.wrong("location", f"问题文件没有点位 {location}", f"no location {location}")
    found = row.whole("found", low=0, high=MOST_FOUND)
    return PastStop(location, _night(row), _minute(row, blocks), found, row.text("level", ""))


def _night(row: Fields) -> date:
    text = row.text("night")
    try:
        return date.fromisoformat(text)
    except ValueError:
        row.wrong("night", "应为日期，如 2026-01-15", "must be a date such as 2026-01-15")
        return date.min


def _minute(row: Fields, blocks: int) -> float:
    """Clock time as minutes from 18:00; 00:00 to 17:59 is the day after the patrol's evening."""
    clock = row.text("time").split(":")
    try:
        hour, minute = (int(part) for part in clock[:2])
    except ValueError:
        hour, minute = -1, 0
    if len(clock) not in {2, 3} or not (0 <= hour < 24 and 0 <= minute < 60):
        row.wrong("time", "应为时刻，如 23:40", "must be a time such as 23:40")
        return 0.0
    since = (hour * 60 + minute - NIGHT_BEGINS) % DAY
    if since >= blocks * 60:
        end = f"{(NIGHT_BEGINS + blocks * 60) % DAY // 60:02d}:00"
        row.wrong("time", f"不在 18:00 到 {end} 之间", f"is not between 18:00 and {end}")
    return float(since)


def block_of(minute: float) -> int:
    """Hour block of an arrival, counted from 18:00."""
    return math.floor(minute / 60)
