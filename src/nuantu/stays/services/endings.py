"""Ending help: asked for with ground and facts, decided by somebody else who may."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.stays.models import Ending, Stay
from nuantu.stays.rules.leaving import may_go_alone
from nuantu.stays.selectors import door
from nuantu.stays.selectors.known import known_of
from nuantu.stays.services.holding import hold_stay
from nuantu.stays.services.lines import note

APPROVE_ENDING = "stay.approve_ending"
LV10 = "民发〔2014〕132号 第四章(LV-10)"


class EndingRefused(Refusal):
    """Ending help cannot be asked for or decided so."""


def ask_ending(*, actor: Actor, at: datetime, stay: Stay, ground: str, facts: str) -> Ending:
    """Ask that help be ended; a leader owes the answer.

    Raises EndingRefused with the field to mend, and while an answer is awaited.
    """
    known = {code for code, _words in door.grounds(stay.division_code, at, "leaving.ground")}
    if ground not in known:
        raise EndingRefused(_("请选择终止救助的原因。"), field="ground")
    if not facts.strip():
        raise EndingRefused(_("终止救助要写明事实。"), field="facts")
    if not may_go_alone(known_of(stay, at)):
        raise EndingRefused(
            _(
                "可能是未成年人，或有精神障碍、智力障碍的迹象：不能终止救助，由亲属接领、移交或护送返回。"
            )
        )
    try:
        with transaction.atomic():
            if not hold_stay(stay):
                raise EndingRefused(_("这个人已经离站。"))
            row = Ending.objects.create(
                division_code=stay.division_code,
                owner_org=stay.owner_org,
                case_id=stay.case_id,
                recorded_at=at,
                stay=stay,
                ground=ground,
                facts=facts.strip()[:600],
                asked_at=at,
                asked_by=actor.name,
                asked_by_id=actor.account_id,
            )
            _owe(actor, at, stay)
            _note(actor, at, row, "ask", "提请终止救助")
    except IntegrityError as error:
        raise EndingRefused(_("已经提请终止救助，正在等批准。")) from error
    return row


def _owe(actor: Actor, at: datetime, stay: Stay) -> None:
    term = rules_at(stay.division_code, at).need("vague.clock", key="paper").number
    open_duty(
        actor=actor,
        at=at,
        kind=APPROVE_ENDING,
        title="批准或不批准终止救助",
        title_en="Approve or decline the end of help",
        subject=Subject("stay", stay.public_id),
        owner_org=stay.owner_org,
        division_code=stay.division_code,
        case_id=stay.case_id,
        due_at=at + timedelta(minutes=term),
        basis=f"{LV10}；X56 无数字用语默认时限",
        basis_rule="P1-78",
    )


def answer_ending(
    *, actor: Actor, at: datetime, ending: Ending, is_approved: bool, note_text: str = ""
) -> Ending:
    """Approve or decline; help goes on until the resident is seen out.

    Raises EndingRefused for one's own request, one that was answered, a refusal without words.
    """
    if not is_approved and not note_text.strip():
        raise EndingRefused(_("不批准请写明原因和怎么办。"), field="note_text")
    if _is_own(ending, actor):
        raise EndingRefused(_("提请的人不能自己批准，请另一位负责人办理。"))
    with transaction.atomic():
        row = Ending.objects.select_for_update().get(pk=ending.pk)
        if row.state != Ending.State.ASKED:
            raise EndingRefused(_("这次提请已经答复。"))
        row.state = Ending.State.APPROVED if is_approved else Ending.State.DECLINED
        row.decided_at, row.decided_by, row.decided_by_id = at, actor.name, actor.account_id
        row.decision_note = note_text.strip()[:300]
        row.save()
        for duty in Duty.objects.filter(
            kind=APPROVE_ENDING, subject_id=row.stay.public_id, state=Duty.State.OPEN
        ):
            complete_duty(actor=actor, at=at, duty=duty)
        _note(actor, at, row, "answer", "批准终止救助" if is_approved else "不批准终止救助")
    return row


def _is_own(ending: Ending, actor: Actor) -> bool:
    """Whether the same account asked; by name only where a row from before has no account."""
    if ending.asked_by_id is None:
        return ending.asked_by == actor.name
    return ending.asked_by_id == actor.account_id


def _note(actor: Actor, at: datetime, row: Ending, verb: str, summary: str) -> None:
    note(
        verb=f"stays.ending.{verb}",
        actor=actor,
        at=at,
        row=row.stay,
        person=row.stay.person,
        summary=summary,
        basis=LV10,
        changes={"ground": row.ground, "state": row.state},
        sealed={"facts": row.facts, "note": row.decision_note},
    )
