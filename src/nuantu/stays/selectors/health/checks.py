"""Nobody leaves for home while he is in hospital or was not stable (P1-12)."""

from datetime import datetime

from django.utils.translation import gettext as _

from nuantu.stays.models import CloseContact, HospitalCare, Infection, Stay
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


def infection(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    """Somebody infected or isolated is let go when he wants; who takes him over is told (P9-34)."""
    if plan.way in (DIED, UNANNOUNCED):
        return None
    is_ill = Infection.objects.filter(stay=stay, end="").exists()
    near = CloseContact.objects.filter(stay=stay, infection__end="").exclude(state="cleared")
    if not is_ill and not near.exists():
        return FINE
    return Finding("ask", _("感染或密切接触还没解除：疾控怎么说、通知了去向地的谁？写明"))
