"""The routes of a week as lines: on the map, on the time axis, one style and letter per team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.patrols.models import PatrolRoute, PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.selectors.words import half_said
from nuantu.routing import haversine_metres

STYLES, DASHES = (
    6,
    4,
)  # colours and dashes of the map; together with the letter no two teams are alike
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
AXIS: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a team is drawn: colour 1 to 6, dash 0 to 3, a letter."""

    mark: str
    style: int
    dash: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A route on the time axis, in thousandths of the week."""

    key: str
    label: str
    left: float
    width: float
    stop_count: int
    is_shown: bool
    half: int


@dataclass(frozen=True, slots=True)
class AxisLine:
    """A team on the time axis."""

    team: str
    look: Look
    bars: tuple[Bar, ...]


def look(number: int) -> Look:
    """The look of the team with this number in the order of names."""
    mark = LETTERS[number % len(LETTERS)] + (str(number // len(LETTERS)) * (number >= len(LETTERS)))
    return Look(mark, number % STYLES + 1, number // STYLES % DASHES)


def looks(routes: Sequence[PatrolRoute]) -> dict[int, Look]:
    """A look for each team of the routes, by key of the team."""
    teams = sorted({(route.team.name, route.team_id) for route in routes})
    return {pk: look(number) for number, (_name, pk) in enumerate(teams)}


def axis(
    week: PatrolWeek, routes: Sequence[PatrolRoute], shown: int | None
) -> tuple[AxisLine, ...]:
    """The routes of each team as bars of the week; those of the half shown stand out."""
    drawn, lines = looks(routes), []
    for name, pk in sorted({(route.team.name, route.team_id) for route in routes}):
        mine = [route for route in routes if route.team_id == pk]
        lines.append(AxisLine(name, drawn[pk], tuple(_bar(week, one, shown) for one in mine)))
    return tuple(lines)


def _bar(week: PatrolWeek, route: PatrolRoute, shown: int | None) -> Bar:
    begins, whole = halves.week_begins(week.first_day), timedelta(days=halves.DAYS)
    left = (route.leaves_at - begins) / whole * AXIS
    width = max(12.0, (route.back_at - route.leaves_at) / whole * AXIS)
    stops = len(route.stops.all())
    label = f"{half_said(week.first_day, route.half)} {clock.local(route.leaves_at):%H:%M}"
    is_shown = shown is None or route.half == shown
    return Bar(
        str(route.public_id), label, round(left, 1), round(width, 1), stops, is_shown, route.half
    )


def axis_days(week: PatrolWeek) -> tuple[date, ...]:
    """The days of a week as they head the time axis; each begins at 06:00."""
    return tuple(week.first_day + timedelta(days=day) for day in range(halves.DAYS))


def patrol_day(at: datetime) -> date:
    """The day of the axis that a moment lies in: before 06:00 still the day before."""
    return clock.local(at - timedelta(minutes=halves.BEGINS_MIN)).date()


def now_on_axis(week: PatrolWeek, at: datetime) -> float | None:
    """Where a moment lies on the axis, in thousandths; None outside the week."""
    begins = halves.week_begins(week.first_day)
    share = (at - begins) / timedelta(days=halves.DAYS)
    return round(share * AXIS, 1) if 0 <= share < 1 else None


def half_choices(week: PatrolWeek, routes: Sequence[PatrolRoute]) -> list[tuple[int, str]]:
    """The halves that have routes, with their names."""
    numbers = sorted({route.half for route in routes})
    return [(half, half_said(week.first_day, half)) for half in numbers]


def collection(
    week: PatrolWeek, routes: Sequence[PatrolRoute], shown: int | None
) -> dict[str, Any]:
    """The routes of a half, or of the whole week, as GeoJSON: a line each, and its stops numbered.

    Lines are straight; the way on the road is not known.
    """
    drawn = looks(routes)
    features: list[dict[str, Any]] = []
    for route in routes:
        if shown is None or route.half == shown:
            features += _features(week, route, drawn[route.team_id])
    return {"type": "FeatureCollection", "features": features}


def _features(week: PatrolWeek, route: PatrolRoute, drawn: Look) -> list[dict[str, Any]]:
    stops = list(route.stops.all())
    points = [stop.point[::-1] for stop in stops]
    if route.team.base_lat is not None and route.team.base_lon is not None and points:
        base = (route.team.base_lon, route.team.base_lat)
        points = [base, *points, base]
    if len(points) < 2:
        points = points * 2
    common = {"key": str(route.public_id), "style": drawn.style, "dash": drawn.dash}
    said = _("%(n)s 站，%(since)s 出发，%(until)s 返回") % {
        "n": len(stops),
        "since": f"{clock.local(route.leaves_at):%H:%M}",
        "until": f"{clock.local(route.back_at):%H:%M}",
    }
    half = half_said(week.first_day, route.half)
    line = {**common, "mark": drawn.mark, "label": f"{drawn.mark} {route.team.name}",
            "note": f"{half} · {said}", "url": ""}  # fmt: skip
    found = [_geo("LineString", [list(point) for point in points], line)] if stops else []
    return found + [
        _geo("Point", list(stop.point[::-1]), {**common, "number": number})
        for number, stop in enumerate(stops, 1)
    ]


def _geo(kind: str, coordinates: object, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": coordinates},
        "properties": properties,
    }


def metres_of(route: PatrolRoute) -> float:
    """The straight way of a route from its base and back."""
    points = [stop.point for stop in route.stops.all()]
    if route.team.base_lat is not None and route.team.base_lon is not None and points:
        base = (route.team.base_lat, route.team.base_lon)
        points = [base, *points, base]
    return sum(haversine_metres(a, b) for a, b in pairwise(points))
