"""Relief points asked for by a warning: open, or shut with a reason (P1-34)."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from nuantu.core.actors import SYSTEM
from nuantu.operations.models import Duty
from nuantu.operations.services import complete_duty
from nuantu.places.models import ReliefPoint

KIND = "reliefpoint.open"


def settle_points(*, at: datetime, division_code: str) -> int:
    """Tick off the county's duty once each of its points is open or was shut with a reason since.

    A point counts only by what was said of it after the duty was opened: yesterday's reason says
    nothing about tonight. A county without any point keeps its duty. Returns how many were done.
    """
    county = division_code[:6]
    points = ReliefPoint.objects.filter(division_code__startswith=county, closed_at=None)
    done = 0
    for duty in Duty.objects.filter(
        kind=KIND, state=Duty.State.OPEN, division_code__startswith=county
    ).order_by("pk"):
        answered = Q(is_open=True) | (~Q(shut_reason="") & Q(state_at__gte=duty.opened_at))
        if not points.exists() or points.exclude(answered).exists():
            continue
        open_count = points.filter(is_open=True).count()
        note = _("%(open)s 个救助点开放，%(shut)s 个未开放并已说明原因") % {
            "open": open_count,
            "shut": points.count() - open_count,
        }
        complete_duty(actor=SYSTEM, at=at, duty=duty, note=note)
        done += 1
    return done
