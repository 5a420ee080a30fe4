"""Points of a running week that are no key location, and what waits for somebody at such a point."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from nuantu.accounts.rules.divisions import short_code
from nuantu.core.actors import Actor
from nuantu.core.ids import new_id
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import PatrolReplan, PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.asking import Figures, Spot, may_go
from nuantu.patrols.rules.replanning import URGENT, Happening
from nuantu.patrols.selectors.asking import crews_of, figures_of
from nuantu.places.rules.datums import Point
from nuantu.places.selectors import division_at

State = PatrolReplan.State


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something open with a place (WGS-84 degrees), for example a tip that nobody has reached.

    `due_at`: by when somebody was promised there, where nobody has been.
    """

    id: str
    place: str
    lat: float
    lon: float
    due_at: datetime | None = None


Source = Callable[[Actor, str], list[Waiting]]
_sources: dict[str, Source] = {}


def register_waiting(name: str, source: Source) -> None:
    """Add what waits for somebody in a division, as far as the actor may read it.

    Called from apps.ready() of the package that keeps the rows.
    """
    _sources[name] = source


def waiting_for(actor: Actor, division_code: str) -> list[Waiting]:
    """What waits for somebody in a division, as far as the actor may read it."""
    return [one for source in _sources.values() for one in source(actor, division_code)]


def spots_of(week: PatrolWeek) -> list[Happening]:
    """The urgent visits of a week at points of their own, those that were undone too: a team may
    have been there."""
    rows = PatrolReplan.objects.filter(
        week=week, kind=URGENT, state__in=[State.CONFIRMED, State.UNDONE]
    )
    events = [Happening.from_json(row.event) for row in rows.order_by("decided_at", "pk")]
    return [event for event in events if event.is_spot]


def visit_at(
    week: PatrolWeek, name: str, point: Point, at: datetime, waits: Waiting | None = None
) -> Happening:
    """An urgent visit at a point: how long it takes and which teams answer for the place.

    `name`: the place in words; `waits`: what waits there, where anything does.
    """
    rulings = figures_of(rules_at(week.division_code, at))
    figures = Figures(**{key: ruling.number for key, ruling in rulings.items()})
    town, county = division_at(*point), short_code(week.division_code)
    place = str(new_id())
    spot = Spot(
        id=place,
        lat=point.lat,
        lon=point.lon,
        division_code=town if town.startswith(county) else week.division_code,
        kind="",
        visits=0,
    )
    crews = crews_of(week.division_code, week.first_day, halves.week_begins(week.first_day))
    return Happening(
        URGENT,
        place=place,
        name=name,
        lat=round(point.lat, 6),
        lon=round(point.lon, 6),
        service_min=figures.service_min,
        teams=tuple(
            crew.id for crew in crews if crew.lat is not None and may_go(crew, spot, figures)
        ),
        waits=waits.id if waits else "",
        latest=waits.due_at.isoformat() if waits and waits.due_at else "",
    )
