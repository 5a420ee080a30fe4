"""A command that cannot be taken over as it came: a card for the desk, with a clock."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from nuantu.core import events, live
from nuantu.core.actors import SYSTEM
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.fieldwork.models import FieldCommand, ReviewCard
from nuantu.fieldwork.rules import commands as kinds
from nuantu.fieldwork.selectors.devices import KIND, minutes
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty

REVIEW_DUTY, MEDICAL_DUTY = "fieldwork.review", "fieldwork.review_medical"
Why = ReviewCard.Why
PLAIN = {
    Why.ENDED: _("手机已收回或到期，请核对后再登记。"),
    Why.COPY: _("同一编号先后送来两种内容，请核对。"),
    Why.UNKNOWN: _("这个版本的系统不认识这条指令。"),
    Why.UNREADABLE: _("这条指令不完整，不能登记。"),
    Why.FAILED: _("登记时程序出错，请核对后再试。"),
}


def open_card(*, at: datetime, command: FieldCommand, why: str, words: str = "") -> ReviewCard:
    """Lay a command before the desk, a dose or vital signs before the medic. One duty of the phone
    covers all its open cards of either."""
    said = (words or stored(PLAIN[Why(why)]))[:500]
    card, is_new = ReviewCard.objects.get_or_create(
        command=command,
        defaults={
            "division_code": command.division_code,
            "owner_org": command.owner_org,
            "case_id": command.case_id,
            "recorded_at": at,
            "why": why,
            "words": said,
            "opened_at": at,
            "duty_id": _duty_of(command, at).public_id,
        },
    )
    command.state, command.words, command.settled_at = FieldCommand.State.REVIEW, said[:300], None
    command.save(update_fields=["state", "words", "settled_at"])
    if is_new:
        events.announce("fieldwork.review_opened", card=str(card.public_id))
        live.hint("fieldwork", command.division_code, command.owner_org)
    return card


def _duty_of(command: FieldCommand, at: datetime) -> Duty:
    """The open duty to look at what this phone sent; opened where there is none."""
    device, name = command.device, command.device.user.name
    kind, title, title_en = (
        (
            MEDICAL_DUTY,
            f"医务核对{name}补送的服药和体征",
            f"Medic: look at the doses and vital signs that {name} sent",
        )
        if command.kind in kinds.MEDICAL
        else (
            REVIEW_DUTY,
            f"核对{name}手机补送的内容",
            f"Look at what the phone of {name} sent",
        )
    )
    found = Duty.objects.filter(
        kind=kind, subject_id=device.public_id, state=Duty.State.OPEN
    ).first()
    if found is not None:
        return found
    book = rules_at(command.division_code, at)
    basis = book.need("field.review")
    return open_duty(
        actor=SYSTEM,
        at=at,
        kind=kind,
        title=title,
        title_en=title_en,
        subject=Subject(KIND, device.public_id),
        owner_org=command.owner_org,
        division_code=command.division_code,
        due_at=at + minutes(book, "field.review"),
        basis=f"{basis.source} {basis.number:g} {basis.unit}",
        basis_rule=basis.source[:60],
    )


def close_card(
    *,
    at: datetime,
    card: ReviewCard,
    state: str,
    decided_by: str,
    reason: str = "",
    entered: Subject | None = None,
) -> ReviewCard:
    """A card is decided; with the last open one of its phone the duty is done."""
    card.state, card.decided_at, card.decided_by = state, at, decided_by[:120]
    card.reason = reason[:300]
    if entered is not None:
        card.entered_kind, card.entered_id = entered.kind, entered.public_id
    card.save()
    is_last = not ReviewCard.objects.filter(
        duty_id=card.duty_id, state=ReviewCard.State.OPEN
    ).exists()
    duties = Duty.objects.filter(public_id=card.duty_id or card.public_id)
    duty = duties.filter(state=Duty.State.OPEN).first()
    if is_last and duty is not None:
        complete_duty(actor=SYSTEM, at=at, duty=duty, note=stored(_("待核卡都已处理")))
    live.hint("fieldwork", card.division_code, card.owner_org)
    return card
