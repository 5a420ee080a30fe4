"""A device's track set against a run; the vehicle log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from nuantu.core import clock
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import PatrolRun, PatrolTrack, PatrolVisit
from nuantu.patrols.rules import halves
from nuantu.patrols.rules import track as tracks
from nuantu.patrols.rules.register import Fix, Limits
from nuantu.patrols.selectors.register import half_word, limits_of
from nuantu.planbook import deadlines

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class StopLine:
    """One stop by the register and by the device."""

    visit: PatrolVisit
    match: tracks.Match
    dwell_minutes: int
    is_near: bool


@dataclass(frozen=True, slots=True)
class TrackPage:
    """A track with what it says of each stop and of the way; `left_out` points were nowhere near it."""

    track: PatrolTrack
    lines: tuple[StopLine, ...]
    metres: int
    deviation: tracks.Deviation | None
    beyond_minutes: int
    left_out: int


def fixes_of(track: PatrolTrack) -> list[Fix]:
    """The points of a track."""
    rows = zip(track.seconds, track.lats, track.lons, strict=True)
    return [Fix(track.began_at + timedelta(seconds=after), (lat, lon)) for after, lat, lon in rows]


def track_pages(run: PatrolRun, at: datetime) -> tuple[TrackPage, ...]:
    """The tracks of a run, each set against its stops."""
    rows = list(run.tracks.order_by("began_at"))
    if not rows:
        return ()
    limits = limits_of(run.division_code, at)
    far = rules_at(run.division_code, at).need("patrol.off_way").number
    visits = [row for row in run.visits.all() if row.lat is not None and row.lon is not None]
    return tuple(_page(run, row, visits, limits, far) for row in rows)


def _page(
    run: PatrolRun, row: PatrolTrack, visits: list[PatrolVisit], limits: Limits, far: float
) -> TrackPage:
    read, near = fixes_of(row), limits.far_metres
    track = tracks.without_spikes(read, limits)
    lines = []
    for visit in visits:
        found = tracks.match(track, (visit.lat or 0.0, visit.lon or 0.0), near)
        is_near = found.metres <= near
        lines.append(StopLine(visit, found, round(found.dwell / MINUTE), is_near))
    away = tracks.deviation(track, _way(run, visits), far)
    beyond = round(away.beyond / MINUTE) if away else 0
    metres, left_out = round(tracks.length_metres(track)), len(read) - len(track)
    return TrackPage(row, tuple(lines), metres, away, beyond, left_out)


def _way(run: PatrolRun, visits: list[PatrolVisit]) -> list[tuple[float, float]]:
    planned = sorted((row for row in visits if row.planned_at), key=lambda row: row.number)
    points = [(row.lat or 0.0, row.lon or 0.0) for row in planned]
    team = run.team
    if team.base_lat is not None and team.base_lon is not None and points:
        base = (team.base_lat, team.base_lon)
        return [base, *points, base]
    return points


def track_ways(run: PatrolRun, at: datetime) -> dict[str, Any]:
    """The planned way and the tracks of a run as lines for the map."""
    visits = [row for row in run.visits.all() if row.lat is not None and row.lon is not None]
    planned = [[lon, lat] for lat, lon in _way(run, visits)]
    features = [_line("plan", planned, "P", 1, 1)] if len(planned) > 1 else []
    for number, row in enumerate(run.tracks.order_by("began_at")):
        track = tracks.without_spikes(fixes_of(row), limits_of(run.division_code, at))
        points = [[fix.point[1], fix.point[0]] for fix in track]
        features.append(_line(f"track{number}", points, "G", 2 + number % 5, 0))
    return {"type": "FeatureCollection", "features": features}


def _line(key: str, points: list[list[float]], mark: str, style: int, dash: int) -> dict[str, Any]:
    said = {"key": key, "mark": mark, "style": style, "dash": dash, "label": mark, "note": ""}
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": points},
        "properties": {**said, "url": ""},
    }


@dataclass(frozen=True, slots=True)
class VehicleLine:
    """One trip of a vehicle."""

    run: PatrolRun
    day: date
    half: str
    hours: float | None


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle in a month: trips, kilometres, hours; `gaps` are trips without both readings."""

    plate: str
    lines: tuple[VehicleLine, ...]
    kilometres: int
    hours: float
    gaps: int


def vehicles(runs: QuerySet[PatrolRun], month: date) -> list[Vehicle]:
    """The vehicle log of a month; a trip belongs to the month in which it began."""
    following = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    rows = runs.exclude(vehicle="").filter(
        begun_at__gte=deadlines.start_of(month.replace(day=1)),
        begun_at__lt=deadlines.start_of(following),
    )
    found: dict[str, list[VehicleLine]] = {}
    for run in rows.select_related("team").order_by("vehicle", "begun_at", "pk"):
        found.setdefault(run.vehicle, []).append(_trip(run))
    return [_vehicle(plate, lines) for plate, lines in found.items()]


def _trip(run: PatrolRun) -> VehicleLine:
    span = run.ended_at - run.begun_at if run.ended_at and run.begun_at else None
    hours = round(span / timedelta(hours=1), 1) if span else None
    return VehicleLine(run, halves.day_of(run.first_day, run.half), half_word(run.half), hours)


def _vehicle(plate: str, lines: list[VehicleLine]) -> Vehicle:
    driven = [line.run.kilometres for line in lines]
    return Vehicle(
        plate,
        tuple(lines),
        sum(km for km in driven if km is not None),
        round(sum(line.hours or 0.0 for line in lines), 1),
        sum(km is None for km in driven),
    )


def vehicle_rows(found: list[Vehicle]) -> Iterator[tuple[object, ...]]:
    """The rows of the vehicle log as a sheet: a trip each, and the sum of each vehicle."""
    for vehicle in found:
        for line in vehicle.lines:
            run = line.run
            yield (vehicle.plate, f"{line.day:%Y-%m-%d}", line.half, run.team.name, run.crew,
                   run.begun_at, run.ended_at, line.hours, run.km_out, run.km_in,
                   run.kilometres)  # fmt: skip


def month_of(text: str, at: datetime) -> date:
    """The month that was asked for as `2026-11`; nonsense is this month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return clock.local(at).date().replace(day=1)
