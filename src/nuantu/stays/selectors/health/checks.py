"""Nobody leaves for home while he is in hospital or was not stable (P1-12)."""

from datetime import datetime

from django.utils.translation import gettext as _

from nuantu.stays.models import HospitalCare, Stay
from nuantu.stays.rules.leaving import DIED, UNANNOUNCED, Finding
from nuantu.stays.selectors.checks import FINE, Plan


def care(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    """A treatment that goes on blocks every way out but death and leaving without a word."""
    if plan.way in (DIED, UNANNOUNCED):
        return None
    going_on = HospitalCare.objects.filter(case_id=stay.case_id).exclude(state="ended")
    if going_on.exists():
        return Finding("blocks", _("正在就医：病情稳定、有出院证明，在医务里结束就医后再办"))
    return FINE
