"""A fault of a bill that the hospital has explained: the head may accept it with a reason (P1-50).

What is accepted is paid by the payers of the bill, never by the person or the family (X25).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.stays.models import AcceptedFault, Bill
from nuantu.stays.rules import bills as rules
from nuantu.stays.selectors.health import bills as reads
from nuantu.stays.services.health.billing import ACCEPT, BASIS, held
from nuantu.stays.services.health.lines import keep
from nuantu.stays.services.health.screening import HealthRefused
from nuantu.stays.services.lines import note


def accept_fault(
    *, actor: Actor, at: datetime, bill: Bill, fault: str, reason: str
) -> AcceptedFault:
    """Accept one named fault of a bill; `fault` is its key as the page offers it.

    Raises HealthRefused without a reason, before the hospital has answered, for sums that do not
    add up, for a fault that is gone, and for whoever put the answer of the hospital down himself.
    """
    if not reason.strip():
        raise HealthRefused(_("请写明为什么认可。"), field="reason")
    with transaction.atomic():
        row = held(bill)
        found = _acceptable(actor, row, fault)
        kept = AcceptedFault.objects.create(
            bill=row,
            code=found.code,
            about=found.about,
            said=found.said,
            right=found.right,
            reason=reason.strip()[:300],
            accepted_at=at,
            accepted_by=actor.name,
            accepted_by_id=actor.account_id,
        )
        note(
            verb="stays.bill.accept",
            actor=actor,
            at=at,
            row=row,
            person=row.person,
            kind="bill",
            summary="认可账单一处对不上",
            basis=BASIS,
            changes={"fault": found.code, "said": found.said, "right": found.right},
            sealed={"about": found.about, "reason": kept.reason},
        )
        if not reads.standing(row):
            keep(actor=actor, at=at, subject_id=row.public_id, kinds=(ACCEPT,), note="已认可")
    return kept


def _acceptable(actor: Actor, row: Bill, key: str) -> rules.Fault:
    if not reads.is_explained(row):
        raise HealthRefused(_("先退医院核实，登记医院的答复后再认可。"))
    found = next((one for one in reads.standing(row) if one.key == key), None)
    if found is None:
        raise HealthRefused(_("这一处已经没有了，请刷新看现在的账单。"), field="fault")
    if not found.is_explainable:
        raise HealthRefused(_("金额算不对的不能认可，请医院更正。"), field="fault")
    if _has_answered(row, actor):
        raise HealthRefused(_("医院的答复是你登记的，不能自己认可：请另一位同事登记答复后再认可。"))
    return found


def _has_answered(row: Bill, actor: Actor) -> bool:
    """Whether the same account put down the hospital's last answer."""
    lines = journal.timeline(Subject("bill", row.public_id)).filter(verb="stays.bill.correct")
    last = lines.values_list("actor_id", flat=True).first()
    return last == actor.public_id
