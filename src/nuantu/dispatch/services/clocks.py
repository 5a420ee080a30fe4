"""The promise to be there: the tip's own clock and the duty that escalates."""

from datetime import datetime, timedelta

from nuantu.core import late
from nuantu.core.actors import SYSTEM, Actor
from nuantu.dispatch.models import Tip
from nuantu.dispatch.selectors.duties import ARRIVE, DECIDE
from nuantu.dispatch.selectors.rulings import Rulings, rulings_at
from nuantu.dispatch.services.rows import subject_of
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import warn_moment
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty


def set_clock(*, tip: Tip, at: datetime, amber_share: float) -> None:
    """Put start, amber and due moment on the row from its frozen limit; saves nothing."""
    tip.clock_started_at = at
    tip.due_at = at + timedelta(minutes=tip.limit_minutes)
    tip.warn_at = warn_moment(at, tip.due_at, amber_share)


def open_arrival_duty(*, actor: Actor, at: datetime, tip: Tip) -> Duty:
    """The duty that stands behind the clock of the row; it climbs the ladder by itself."""
    return open_duty(
        actor=actor,
        at=at,
        kind=ARRIVE,
        title=f"到场：{tip.place_text}"[:200],
        title_en=f"Reach {tip.place_text_en or tip.place_text}"[:200],
        subject=subject_of(tip),
        owner_org=tip.owner_org,
        division_code=tip.division_code,
        case_id=tip.case_id,
        due_at=tip.due_at,
        warn_at=tip.warn_at,
        basis=tip.limit_basis,
        basis_rule=tip.limit_rule,
    )


def start_clock(*, actor: Actor, at: datetime, tip: Tip, rulings: Rulings | None = None) -> Duty:
    """Start the clock of a tip and open the duty behind it; the caller saves the row."""
    told = rulings or rulings_at(tip.division_code, at)
    set_clock(tip=tip, at=at, amber_share=told.amber_share)
    return open_arrival_duty(actor=actor, at=at, tip=tip)


def ask_to_decide(*, at: datetime, tip: Tip) -> None:
    """Somebody was there and nobody has the tip now: its clock stands still, so whoever holds it owes a
    decision, by `tip.triage` (PA-17). One at a time."""
    if _open_question(tip) is not None:
        return
    term = rules_at(tip.division_code, at).need("tip.triage")
    open_duty(
        actor=SYSTEM,
        at=at,
        kind=DECIDE,
        title=f"没有找到，再派人或办结：{tip.place_text}"[:200],
        title_en=f"Not found, send again or close: {tip.place_text_en or tip.place_text}"[:200],
        subject=subject_of(tip),
        owner_org=tip.owner_org,
        division_code=tip.division_code,
        case_id=tip.case_id,
        due_at=late.recorded_at(at) + timedelta(minutes=term.number),
        basis=term.source,
        basis_rule=term.source[:60],
    )


def end_question(*, actor: Actor, at: datetime, tip: Tip, note: str) -> None:
    """It was decided: a team was sent, or the tip closed."""
    duty = _open_question(tip)
    if duty is not None:
        complete_duty(actor=actor, at=max(at, duty.opened_at), duty=duty, note=note[:200])


def _open_question(tip: Tip) -> Duty | None:
    rows = Duty.objects.filter(subject_kind="tip", subject_id=tip.public_id, kind=DECIDE)
    return rows.filter(state=Duty.State.OPEN).first()
