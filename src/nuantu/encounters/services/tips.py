"""A contact brings its tip and run in line: urgent marks, arrival, end."""

from datetime import datetime

from django.db import transaction

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.dispatch import services as dispatch
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.dispatch.rules.reports import Position, Report
from nuantu.dispatch.rules.states import ARRIVED, LIVE_RUNS, OPEN_STATES
from nuantu.encounters.models import Condition
from nuantu.encounters.rules.contact import Contact
from nuantu.encounters.rules.outcomes import TIP_OUTCOME, tip_flags
from nuantu.encounters.services.checking import Checked
from nuantu.operations.selectors import team_of_user

BASIS = "现场接触所见"


def found_on_patrol(
    *, actor: Actor, at: datetime, contact: Contact, checked: Checked
) -> tuple[Tip, Dispatch | None] | None:
    """An urgent find of a patrol becomes a tip that this team is on already.

    So that 120 and 110 stand on its list of notices and the desk sees it; nothing for a find that
    is not urgent.
    """
    flags = tip_flags(checked.judgement.classes)
    if not flags:
        return None
    place = contact.place
    has_point = place.lat is not None and place.lon is not None
    seen = "、".join(stored(Condition(code).label) for code in contact.conditions)
    report = Report(
        place_text=place.words,
        seen_text=seen,
        flags=tuple(sorted(flags)),
        asked="no_answer",
        channel="patrol",
        position=Position(place.lat or 0.0, place.lon or 0.0, source="gps") if has_point else None,
        division_code=place.division_code,
        is_position_confirmed=True,
        happened_at=contact.happened_at,
    )
    tip = dispatch.take_tip(actor=actor, at=at, report=report).tip
    team = team_of_user(actor.public_id, at)
    if team is None:
        return tip, None
    run = dispatch.assign(actor=actor, at=at, tip=tip, team=team, may_be_busy=True)
    return tip, dispatch.arrive(actor=actor, at=at, run=run)


def bring_in_line(
    *,
    actor: Actor,
    at: datetime,
    contact: Contact,
    checked: Checked,
    tip: Tip,
    run: Dispatch | None,
) -> str:
    """Mark what is urgent, arrive if that was forgotten, finish the run, close the tip if asked.

    A tip that cannot be closed yet (somebody still to be told, a breach unexplained) stays open;
    returns why, empty when nothing stands in the way. The contact is written all the same.
    """
    if tip.state not in OPEN_STATES:
        return ""
    missing = tip_flags(checked.judgement.classes) - tip.flags
    if missing:
        flags = tip.flags | missing
        tip = dispatch.mark_urgent(actor=actor, at=at, tip=tip, flags=flags, reason=BASIS)
    outcome = TIP_OUTCOME[contact.outcome]
    if run is not None and run.state in LIVE_RUNS:
        if run.state != ARRIVED:
            run = dispatch.arrive(actor=actor, at=at, run=run)
        if contact.closes_tip:
            dispatch.finish(actor=actor, at=at, run=run, outcome=outcome)
    if not contact.closes_tip:
        return ""
    return _close(actor, at, tip, outcome, contact.breach_reason)


def _close(actor: Actor, at: datetime, tip: Tip, outcome: str, breach_reason: str) -> str:
    try:
        with transaction.atomic():
            dispatch.close_tip(
                actor=actor, at=at, tip=tip, outcome=outcome, breach_reason=breach_reason
            )
    except Refusal as refusal:
        return str(refusal)
    return ""
