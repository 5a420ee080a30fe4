"""Points of a running week that are no key location, and what waits for somebody at such a point."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nuantu.accounts.rules.divisions import short_code
from nuantu.core.actors import Actor
from nuantu.core.ids import new_id
from nuantu.operations.models import Team
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import PatrolReplan, PatrolRun, PatrolStop, PatrolVisit, PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.asking import Figures, Spot, may_go
from nuantu.patrols.rules.replanning import URGENT, Happening
from nuantu.patrols.selectors.asking import crews_of, figures_of
from nuantu.places.rules.datums import Point
from nuantu.places.selectors import division_at

State, Visit = PatrolReplan.State, PatrolVisit.State
HOLDS = (State.CONFIRMED, State.UNDONE)  # a team may have been at a point that was undone
AWAITED = (PatrolRun.State.NOT_BEGUN, PatrolRun.State.UNDER_WAY)


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


@dataclass(frozen=True, slots=True)
class Reported:
    """What was reported of what waits at a stop, as its team may read it: words, dangers, and the moment
    by which somebody should be there, None once somebody was."""

    words: str
    dangers: tuple[str, ...]
    due_at: datetime | None


Source = Callable[[Actor, str], list[Waiting]]
Reader = Callable[[UUID], Reported | None]
_sources: dict[str, tuple[Source, Reader]] = {}


def register_waiting(name: str, source: Source, reader: Reader) -> None:
    """Add what waits for somebody in a division, as far as the actor may read it, and what the team
    that comes past a point reads of it.

    Called from apps.ready() of the package that keeps the rows.
    """
    _sources[name] = (source, reader)


def waiting_for(actor: Actor, division_code: str) -> list[Waiting]:
    """What waits for somebody in a division, as far as the actor may read it."""
    return [one for source, _reader in _sources.values() for one in source(actor, division_code)]


def reported_at(spot_id: UUID | None) -> Reported | None:
    """What was reported of a point of an urgent visit; None where nothing waits there any more."""
    if spot_id is None:
        return None
    found = (reader(spot_id) for _source, reader in _sources.values())
    return next((told for told in found if told), None)


def spots_of(week: PatrolWeek) -> list[Happening]:
    """The urgent visits of a week at points of their own, those that were undone too: a team may
    have been there."""
    rows = PatrolReplan.objects.filter(week=week, kind=URGENT, state__in=HOLDS)
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


@dataclass(frozen=True, slots=True)
class Turn:
    """How far a patrol is that was sent past something that waits: the team, the moment at which the
    plan brings it there, and its stop, None while it has not set out."""

    spot_id: UUID
    team: Team
    at: datetime
    visit: PatrolVisit | None

    @property
    def state(self) -> str:
        """Whether it is coming, there, or what it found, as a stop says it."""
        return self.visit.state if self.visit else Visit.PLANNED


def turn_of(waits: str, at: datetime) -> Turn | None:
    """Which patrol has what waits at a point, of those sent past it the last one; None where nobody
    comes, because it was withdrawn, passed by, or the run is over."""
    rows = PatrolReplan.objects.filter(kind=URGENT, event__waits=waits, state__in=HOLDS)
    for replan in rows.select_related("week").order_by("-decided_at", "-pk"):
        turn = _turn(replan.week, UUID(replan.event["place"]), at)
        if turn is not None:
            return turn
    return None


def waits_at(spot_id: UUID | None) -> set[str]:
    """The ids of what waits at a point of an urgent visit."""
    if spot_id is None:
        return set()
    rows = PatrolReplan.objects.filter(kind=URGENT, event__place=str(spot_id), state__in=HOLDS)
    events = rows.values_list("event", flat=True)
    return {event["waits"] for event in events if event.get("waits")}


def stop_past(spot_id: UUID | None, team_id: int) -> PatrolVisit | None:
    """The stop of a team's run at a point of an urgent visit, as far as the scope shows it."""
    if spot_id is None:
        return None
    rows = PatrolVisit.objects.filter(spot_id=spot_id, run__team_id=team_id)
    return rows.select_related("run").order_by("-pk").first()


def _turn(week: PatrolWeek, spot_id: UUID, at: datetime) -> Turn | None:
    visits = PatrolVisit.objects.filter(spot_id=spot_id, run__first_day=week.first_day)
    for visit in visits.exclude(state=Visit.SKIPPED).select_related("run__team").order_by("-pk"):
        run = visit.run
        is_over = run.state == PatrolRun.State.NOT_BEGUN and at >= run.planned_until
        if visit.state != Visit.PLANNED or (run.state in AWAITED and not is_over):
            return Turn(spot_id, run.team, visit.planned_at or at, visit)
    if visits.exists() or week.state != PatrolWeek.State.PUBLISHED:
        return None
    stops = PatrolStop.objects.filter(spot_id=spot_id, route__week=week, route__back_at__gt=at)
    stop = stops.select_related("route__team").first()
    return Turn(spot_id, stop.route.team, stop.arrives_at, None) if stop else None
