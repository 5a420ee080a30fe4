"""Offering a resident to another station, the police or a foster institution, and bringing him there."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Handover
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, offer_handover, open_duty
from nuantu.persons.models import Case
from nuantu.stays.models import Stay
from nuantu.stays.models.choices import Way
from nuantu.stays.rules.leaving import HANDED
from nuantu.stays.selectors.receivers import can_take
from nuantu.stays.services.holding import hold_stay

BRING = "stay.bring"
WRONG_TAKER = _("这个单位不接这种移交：转他站选救助站，移交公安选公安机关，转托养选托养机构。")


class HandingRefused(Refusal):
    """He cannot be offered to them."""


def offer_stay(
    *, actor: Actor, at: datetime, stay: Stay, way: str, to_org: str, note_text: str
) -> Handover:
    """Offer a resident's case; he stays here until they accept and he is seen out.

    Raises HandingRefused for a way that hands nobody over, a receiver of another kind, somebody who has left and for a case
    that another organisation holds, HandoverRefused for a receiver that cannot be or an offer that
    stands already.
    """
    if way not in HANDED:
        raise HandingRefused(_("这种离站方式不用移交。"), field="way")
    if not can_take(way, to_org):
        raise HandingRefused(WRONG_TAKER, field="to_org")
    with transaction.atomic():
        if not hold_stay(stay):
            raise HandingRefused(_("这个人已经离站。"))
        case = Case.objects.filter(case_id=stay.case_id, owner_org=actor.org_code).first()
        if case is None:
            raise HandingRefused(_("个案已经不在本站，不能再移交。"))
        return offer_handover(
            actor=actor,
            at=at,
            subject=Subject("case", case.public_id),
            case_id=case.case_id,
            to_org=to_org,
            purpose=stored(Way(way).label),
            note=" ".join(note_text.split()),
            division_code=stay.division_code,
        )


def owe_bringing(*, at: datetime, handover: Handover) -> Duty | None:
    """Somebody accepted a resident: he is brought there and seen out within `stay.bring`.

    None where he is not here any more, or that is owed already. Call it under the system scope.
    """
    stay = Stay.objects.filter(
        case_id=handover.case_id, owner_org=handover.owner_org, left_at=None
    ).first()
    if handover.case_id is None or stay is None or _bringing(stay).exists():
        return None
    ruling = rules_at(stay.division_code, at).need(BRING)
    return open_duty(
        actor=SYSTEM,
        at=at,
        kind=BRING,
        title="对方已接收移交：把人送到，办理离站",
        title_en="They take him over: bring him there and see him out",
        subject=Subject("stay", stay.public_id),
        owner_org=stay.owner_org,
        division_code=stay.division_code,
        due_at=at + timedelta(minutes=ruling.number),
        basis=ruling.source[:200],
        basis_rule="S1-27",
    )


def keep_bringing(*, actor: Actor, at: datetime, stay: Stay) -> None:
    """He was seen out to whoever takes him over."""
    for duty in _bringing(stay):
        complete_duty(actor=actor, at=at, duty=duty, note="已离站")


def _bringing(stay: Stay) -> QuerySet[Duty]:
    return Duty.objects.filter(kind=BRING, subject_id=stay.public_id, state=Duty.State.OPEN)
