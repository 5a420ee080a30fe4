"""Asking police and others about somebody; a duty keeps the clock until the answer is here."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.stays.models import Inquiry, Reception, Way
from nuantu.stays.services.lines import note

ANSWER, WANTED = "stay.inquiry", "stay.wanted"


class InquiryRefused(Refusal):
    """It was asked already, or answered already."""


def ask(*, actor: Actor, at: datetime, reception: Reception, kind: str, asked_of: str) -> Inquiry:
    """Ask for a check of identity, fingerprints, portrait or DNA; the answer is owed in time.

    Raises InquiryRefused while the same question waits for its answer.
    """
    label = stored(Inquiry.Kind(kind).label)
    try:
        with transaction.atomic():
            row = Inquiry.objects.create(
                reception=reception,
                kind=kind,
                asked_of=asked_of.strip()[:80],
                asked_at=at,
                asked_by=actor.name,
            )
            row.duty_id = _owe(actor, at, row).public_id
            row.save(update_fields=["duty_id"])
            note(
                verb="stays.inquiry.ask",
                actor=actor,
                at=at,
                row=reception,
                person=reception.person,
                summary=f"申请{label}",
                changes={"kind": kind, "asked_of": row.asked_of},
            )
    except IntegrityError as error:
        raise InquiryRefused(_("同一项核查已经提出，正在等答复。"), field="kind") from error
    return row


def _owe(actor: Actor, at: datetime, row: Inquiry) -> Duty:
    term = rules_at(row.reception.division_code, at).need("vague.clock", key="paper").number
    return open_duty(
        actor=actor,
        at=at,
        kind=ANSWER,
        title="催问并登记核查答复",
        title_en="Ask for the answer of a check and put it down",
        subject=Subject("reception", row.reception.public_id),
        owner_org=row.reception.owner_org,
        division_code=row.reception.division_code,
        case_id=row.reception.case_id,
        due_at=at + timedelta(minutes=term),
        basis="民发〔2015〕158号 一(一)；X56 无数字用语默认时限",
        basis_rule="P1-78",
    )


def _told(row: Inquiry) -> dict[str, Any]:
    """What the line says. Whoever knows the person reads it: that police look for him stands with the
    station alone."""
    if row.answer == Inquiry.Answer.WANTED:
        hidden = {"answer": row.answer, "police": row.answer_note}
        return {"summary": "核查答复：见接待登记", "changes": {"kind": row.kind}, "sealed": hidden}
    return {
        "summary": f"核查答复：{stored(row.get_answer_display)}",
        "changes": {"kind": row.kind, "answer": row.answer, "note": row.answer_note},
    }


def _owe_police(actor: Actor, at: datetime, row: Inquiry) -> None:
    """Police are told where he is and fetch him themselves; nobody here holds him meanwhile."""
    term = rules_at(row.reception.division_code, at).need("vague.clock", key="rescue").number
    open_duty(
        actor=actor,
        at=at,
        kind=WANTED,
        title="公安核查有答复：看接待登记，马上回复公安",
        title_en="The police answered a check: read the reception and call them back at once",
        subject=Subject("reception", row.reception.public_id),
        owner_org=row.reception.owner_org,
        division_code=row.reception.division_code,
        case_id=row.reception.case_id,
        due_at=at + timedelta(minutes=term),
        basis="民发〔2015〕158号 一(一)；X56 无数字用语默认时限",
        basis_rule="P1-78",
    )


def police_fetched(*, actor: Actor, at: datetime, reception: Reception) -> None:
    """Police have him: the word that was owed to them is kept."""
    for duty in Duty.objects.filter(
        kind=WANTED, subject_id=reception.public_id, state=Duty.State.OPEN
    ):
        complete_duty(actor=actor, at=at, duty=duty, note=stored(Way.POLICE.label))


def put_answer(
    *, actor: Actor, at: datetime, inquiry: Inquiry, answer: str, note_text: str = ""
) -> Inquiry:
    """Put the answer down; no fingerprint, no profile, only what came of it. Whom police look for is
    owed a word to them at once.

    Raises InquiryRefused when it was answered, or a match, or what police will do, is not described.
    """
    if answer in (Inquiry.Answer.POSSIBLE, Inquiry.Answer.CONFIRMED) and not note_text.strip():
        raise InquiryRefused(_("疑似或确认的，请写明是谁、依据什么。"), field="note_text")
    if answer == Inquiry.Answer.WANTED and not note_text.strip():
        said = _("涉案的，请写明哪个公安机关、联系谁、几时到。本站不扣留人，移交时办移交公安。")
        raise InquiryRefused(said, field="note_text")
    with transaction.atomic():
        row = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        if row.answer:
            raise InquiryRefused(_("答复已经登记。"))
        row.answer, row.answered_at, row.answered_by = answer, at, actor.name
        row.answer_note = note_text.strip()[:300]
        row.save()
        for duty in Duty.objects.filter(
            kind=ANSWER, subject_id=row.reception.public_id, state=Duty.State.OPEN
        ):
            if duty.public_id == row.duty_id:
                complete_duty(actor=actor, at=at, duty=duty)
        if answer == Inquiry.Answer.WANTED:
            _owe_police(actor, at, row)
        note(
            verb="stays.inquiry.answer",
            actor=actor,
            at=at,
            row=row.reception,
            person=row.reception.person,
            **_told(row),
        )
    return row
