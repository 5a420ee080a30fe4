"""A patrol that was sent past a tip is its team from that moment on, until it was there or comes no
more."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nuantu.core import scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.sentences import stored
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.dispatch.rules import states
from nuantu.dispatch.services import sending
from nuantu.patrols.models import PatrolVisit
from nuantu.patrols.selectors.spots import Turn, turn_of, waits_at

Visit = PatrolVisit.State
WHY: Final = "the tip of a stop may belong to another organisation"
NO_MORE: Final = _("巡查队不再去那里")
NOBODY: Final = _("巡查队到过，没有人")
Runs = list[Dispatch]


def must_be_free(waits: str) -> None:
    """Raises AlreadyAssigned where somebody else was sent for the tip, or it is closed."""
    with scope.system(WHY):
        tip = _tip(waits)
        if tip is not None:
            sending.must_be_free(tip)


def line_up(actor: Actor, at: datetime, waits: str, why: str = "") -> None:
    """Let the tip have the patrol that comes past it, be reached where that arrived (P9-20), get its
    result, or wait again where none comes any more, for the reason `why`.

    `waits`: the public id of the tip; one that follows another stands for that. Does nothing a
    second time.
    """
    with scope.system(WHY):
        tip = _tip(waits)
        if tip is None:
            return
        turn = turn_of(waits, at)
        for run in _past(waits, tip):
            if turn is None or not _is_of(run, tip, turn):
                sending.let_go(actor=actor, at=at, run=run, reason=why or stored(NO_MORE))
        tip.refresh_from_db()
        if turn is not None and tip.state in states.OPEN_STATES:
            _follow(actor, at, tip, turn, why)


def watch_stops(*, at: datetime) -> int:
    """Look after each tip that a patrol has: how many. Runs every minute under the system scope, for
    a turn that ends because its time is over; may run twice."""
    spots = Dispatch.objects.filter(state__in=states.LIVE_RUNS).exclude(spot_id=None)
    found = {one for spot in spots.values_list("spot_id", flat=True) for one in waits_at(spot)}
    for waits in sorted(found):
        line_up(SYSTEM, at, waits)
    return len(found)


def _tip(waits: str) -> Tip | None:
    """The tip, locked; the one that is handled for it where it is a duplicate."""
    rows = Tip.objects.select_for_update(of=("self",))
    tip = rows.filter(public_id=UUID(waits)).first()
    while tip is not None and tip.follows_id is not None:
        tip = rows.get(pk=tip.follows_id)
    return tip


def _past(waits: str, tip: Tip) -> Runs:
    """The live runs of patrols for the tip, or for the one whose place it took."""
    rows = Dispatch.objects.filter(state__in=states.LIVE_RUNS).exclude(spot_id=None)
    found = rows.filter(tip__public_id__in={waits, str(tip.public_id)})
    return list(found.select_related("tip", "team").order_by("pk"))


def _is_of(run: Dispatch, tip: Tip, turn: Turn) -> bool:
    return (run.tip_id, run.spot_id, run.team_id) == (tip.pk, turn.spot_id, turn.team.pk)


def _follow(actor: Actor, at: datetime, tip: Tip, turn: Turn, why: str) -> None:
    live = Dispatch.objects.filter(tip=tip, team=turn.team, state__in=states.LIVE_RUNS)
    run = live.select_related("tip", "team").first()
    if turn.state in (Visit.NOBODY, Visit.MET):
        if run is not None and run.state == Dispatch.State.ARRIVED:
            _end(actor, at, run, turn, why)
        return
    if run is None:
        run = _sent(actor, max(at, tip.received_at), tip, turn)
    if run.spot_id is not None and run.expected_at != turn.at:
        Dispatch.objects.filter(pk=run.pk).update(expected_at=turn.at)
    if turn.state == Visit.ARRIVED and run.state != Dispatch.State.ARRIVED:
        sending.arrive(actor=actor, at=max(at, run.assigned_at), run=run)


def _sent(actor: Actor, at: datetime, tip: Tip, turn: Turn) -> Dispatch:
    run = sending.assign(
        actor=actor,
        at=at,
        tip=tip,
        team=turn.team,
        is_support=tip.state != Tip.State.NEW,
        may_be_busy=True,
    )
    run.spot_id, run.expected_at = turn.spot_id, turn.at
    run.save(update_fields=["spot_id", "expected_at"])
    return run


def _end(actor: Actor, at: datetime, run: Dispatch, turn: Turn, why: str) -> None:
    """What the team found at its stop is the result of its run, unless it was sent there since."""
    left = turn.visit.left_at if turn.visit else None
    if left is None or run.assigned_at > left:
        return
    if turn.state == Visit.MET:
        sending.finish(actor=actor, at=at, run=run, note=why)
        return
    words = "：".join(part for part in (stored(NOBODY), why.strip()) if part)
    sending.not_found(actor=actor, at=at, run=run, reason=words)
