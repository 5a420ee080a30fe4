"""The promise to be there: the tip's own clock and the duty that escalates."""

from datetime import datetime, timedelta

from nuantu.core.actors import Actor
from nuantu.dispatch.models import Tip
from nuantu.dispatch.selectors.duties import ARRIVE
from nuantu.dispatch.selectors.rulings import Rulings, rulings_at
from nuantu.dispatch.services.rows import subject_of
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import warn_moment
from nuantu.operations.services import open_duty


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
