"""The clock of a tip as the page shows it."""

from datetime import datetime

from django.utils.translation import gettext as _

from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.limits import Distance
from nuantu.operations.rules.clocks import Clock, clock_of


def tip_clock(tip: Tip, at: datetime, owner: str = "") -> Clock:
    """Minutes left until somebody must be there; it stands still at arrival, or at the end."""
    done_at = tip.arrived_at or tip.closed_at
    return clock_of(
        opened_at=tip.clock_started_at,
        warn_at=tip.warn_at,
        due_at=tip.due_at,
        done_at=done_at,
        is_open=done_at is None,
        is_ended=tip.arrived_at is None and tip.outcome != Tip.Outcome.ON_SPOT,
        at=at,
        basis=f"{tip.limit_basis} · {limit_reason(tip)}",
        owner=owner or tip.owner_org,
    )


def limit_reason(tip: Tip) -> str:
    """Why this limit and not the other, in words; frozen at intake."""
    figures = {
        "minutes": tip.limit_travel_minutes,
        "threshold": tip.limit_far_minutes,
        "limit": tip.limit_minutes,
    }
    if tip.limit_distance == Distance.FAR:
        return (
            _("从责任站出发预计 %(minutes)s 分钟，超过 %(threshold)s 分钟，按路远 %(limit)s 分钟")
            % figures
        )
    if tip.limit_distance == Distance.NEAR:
        return (
            _("从责任站出发预计 %(minutes)s 分钟，不超过 %(threshold)s 分钟，按 %(limit)s 分钟")
            % figures
        )
    return _("位置不明，无法估计行程，按较严的 %(limit)s 分钟") % figures
