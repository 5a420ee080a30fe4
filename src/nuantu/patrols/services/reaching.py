"""Whoever waits at a point of an urgent visit is told who comes, who is there, and when nobody does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.patrols.models import PatrolReplan, PatrolRun, PatrolStop, PatrolVisit, PatrolWeek
from nuantu.patrols.rules.replanning import URGENT, Happening
from nuantu.patrols.selectors.spots import HOLDS, waits_at
from nuantu.patrols.services.register_rows import told_of_run

WHY = "who waits for a team is told whether it comes"


@dataclass(frozen=True, slots=True)
class Keeper:
    """The package that keeps the rows of what waits.

    `must_be_free`: raises its Refusal where somebody else has it already. `line_up`: who has it may
    have changed, for the reason in words; it asks `turn_of` and refuses nothing.
    """

    must_be_free: Callable[[str], None]
    line_up: Callable[[Actor, datetime, str, str], None]


_keepers: dict[str, Keeper] = {}


def register_keeper(name: str, keeper: Keeper) -> None:
    """Called from apps.ready() of the package that keeps the rows."""
    _keepers[name] = keeper


def must_be_free(event: Happening) -> None:
    """Raises a Refusal where somebody else was sent to what waits."""
    if event.waits:
        for keeper in _keepers.values():
            keeper.must_be_free(event.waits)


def tell_of_visits(
    *, actor: Actor, at: datetime, visits: Iterable[PatrolVisit], why: str = ""
) -> None:
    """Something happened to stops of a run: whoever waits there is told."""
    spots = {visit.spot_id for visit in visits if visit.spot_id}
    if spots:
        with scope.system(WHY):
            _tell(actor, at, {one for spot in spots for one in waits_at(spot)}, why)


def tell_of_week(*, actor: Actor, at: datetime, week: PatrolWeek, why: str) -> None:
    """The routes of a week changed: whoever waits at one of its points is told."""
    with scope.system(WHY):
        rows = PatrolReplan.objects.filter(week=week, kind=URGENT, state__in=HOLDS)
        events = rows.values_list("event", flat=True)
        _tell(actor, at, {event["waits"] for event in events if event.get("waits")}, why)


def _tell(actor: Actor, at: datetime, waits: Iterable[str], why: str) -> None:
    for one in sorted(waits):
        for keeper in _keepers.values():
            keeper.line_up(actor, at, one, why)


def withdraw(*, actor: Actor, at: datetime, spot_id: UUID, why: str) -> None:
    """Nobody is to go to a point any more: a team that is out passes by, a route loses the stop."""
    with scope.system("a stop is withdrawn from the team that has it, whoever it belongs to"):
        visits = PatrolVisit.objects.filter(spot_id=spot_id, state=PatrolVisit.State.PLANNED)
        for visit in visits.select_related("run__team"):
            said = {"location": visit.place, "reason": why}
            told_of_run(visit.run, "visit.withdraw", actor, at, "不用去一站", said)
        is_out = PatrolRun.State.UNDER_WAY
        visits.filter(run__state=is_out).update(
            state=PatrolVisit.State.SKIPPED, reason=why[:300], recorded_by=actor.name
        )
        visits.exclude(run__state=is_out).delete()
        if not PatrolVisit.objects.filter(spot_id=spot_id).exists():
            PatrolStop.objects.filter(spot_id=spot_id).delete()
