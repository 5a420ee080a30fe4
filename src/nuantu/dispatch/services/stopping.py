"""A patrol that was sent past a tip is its team: where it arrives, the promise of the tip is kept."""

from datetime import datetime
from uuid import UUID

from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.dispatch.rules import states
from nuantu.dispatch.services.sending import arrive, assign
from nuantu.operations.models import Team


def reach_tip(actor: Actor, at: datetime, waits: str, team: Team) -> None:
    """The team is at the place of a tip: it is sent there if nobody sent it, and has arrived (P9-20).

    `waits`: the public id of the tip. Nothing for a tip that is closed, or that is none.
    """
    with scope.system("the tip of a stop may belong to another organisation"):
        tip = Tip.objects.select_for_update().filter(public_id=UUID(waits)).first()
        if tip is None or tip.state not in states.OPEN_STATES:
            return
        live = Dispatch.objects.filter(tip=tip, team=team, state__in=states.LIVE_RUNS)
        run = live.select_related("tip", "team").first()
        since = max(at, tip.received_at)
        if run is None:
            run = assign(
                actor=actor,
                at=since,
                tip=tip,
                team=team,
                is_support=tip.state != Tip.State.NEW,
                may_be_busy=True,
            )
        if run.state != Dispatch.State.ARRIVED:
            arrive(actor=actor, at=max(since, run.assigned_at), run=run)
