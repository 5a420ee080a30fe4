"""Whoever waits at a point of an urgent visit is told when the team is there."""

from collections.abc import Callable
from datetime import datetime

from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.operations.models import Team
from nuantu.patrols.models import PatrolReplan, PatrolVisit
from nuantu.patrols.rules.replanning import URGENT

Told = Callable[[Actor, datetime, str, Team], None]
_told: dict[str, Told] = {}


def register_reached(name: str, told: Told) -> None:
    """Add who is told that a team is where something waits: the actor, the moment, the id of what
    waits, the team. It refuses nothing: the arrival stands in any case.

    Called from apps.ready() of the package that keeps the rows.
    """
    _told[name] = told


def tell_reached(*, actor: Actor, at: datetime, visit: PatrolVisit, team: Team) -> None:
    """Say that the team is at a stop; nothing where nobody waits there."""
    if visit.spot_id is None:
        return
    with scope.system("who waits for a team is told that it came"):
        asked = PatrolReplan.objects.filter(
            kind=URGENT,
            event__place=str(visit.spot_id),
            state__in=[PatrolReplan.State.CONFIRMED, PatrolReplan.State.UNDONE],
        )
        events = list(asked.values_list("event", flat=True))
    for waits in {event["waits"] for event in events if event.get("waits")}:
        for told in _told.values():
            told(actor, at, waits, team)
