"""The complaints box of the residents: taken with or without a name, opened, answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation, User
from nuantu.core import journal, scope
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.stays.models import Complaint, Stay
from nuantu.stays.services.staying import number_of

ANSWER = "stay.complaint"
LAW = "国务院令第381号 第十四条"
# about whoever leads the house the authority above decides
HEADS = frozenset({"station_head"})


class ComplaintRefused(Refusal):
    """This cannot be done with the complaint."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was complained about: in words, about whom, by whom where he wants to say so."""

    topic: str
    channel: str
    text: str
    about: User | None = None
    is_about_head: bool = False
    stay: Stay | None = None


def take_complaint(*, actor: Actor, at: datetime, said: Said) -> Complaint:
    """Take a complaint; whoever takes it down need not be able to read it afterwards.

    Raises ComplaintRefused without words. The answer is owed within `care.complaint`.
    """
    if not said.text.strip():
        raise ComplaintRefused(_("请写明要反映什么。"), field="text")
    about = said.about or (_head_of(actor.org_code) if said.is_about_head else None)
    owner = _decided_by(actor, said)
    case_id = said.stay.case_id if said.stay else None
    with scope.system("a complaint may be about whoever takes it down"), transaction.atomic():
        row = Complaint.objects.create(
            division_code=owner.division_id,
            owner_org=owner.code,
            case_id=case_id,
            recorded_at=at,
            number=number_of("Y", actor.division_code, at),
            topic=said.topic,
            channel=said.channel,
            text=said.text.strip(),
            about_id=str(about.public_id) if about else "",
            stay=said.stay,
            made_at=at,
        )
        _owe_answer(actor, at, row)
        _note("stays.complaint.take", actor, at, row, f"收到在站人员意见：{row.number}")
    return row


def _decided_by(actor: Actor, said: Said) -> Organisation:
    """The station itself, or the authority above where its head is meant."""
    own = Organisation.objects.select_related("parent").get(code=actor.org_code)
    is_head = said.is_about_head or (said.about and HEADS.intersection(said.about.roles))
    return own.parent if is_head and own.parent else own


def _head_of(org: str) -> User | None:
    """The head of a station, who is meant where the whole house is."""
    return User.objects.filter(
        organisation_id=org, is_active=True, roles__overlap=sorted(HEADS)
    ).first()


def _owe_answer(actor: Actor, at: datetime, row: Complaint) -> None:
    ruling = rules_at(row.division_code, at).need("care.complaint")
    open_duty(
        actor=actor,
        at=at,
        kind=ANSWER,
        title="答复在站人员意见",
        title_en="Answer a resident's complaint",
        subject=Subject("complaint", row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        due_at=at + timedelta(days=ruling.number),
        basis=ruling.source[:200],
    )


def open_complaint(*, actor: Actor, at: datetime, row: Complaint) -> str:
    """The words of a complaint, or that they were erased; that they were read is put down."""
    with transaction.atomic():
        _note("stays.complaint.open", actor, at, row, f"查看在站人员意见：{row.number}")
    return opened(row.text)


def answer_complaint(*, actor: Actor, at: datetime, row: Complaint, words: str) -> Complaint:
    """Answer a complaint. Raises ComplaintRefused without words, or when it was answered."""
    if not words.strip():
        raise ComplaintRefused(_("请写明怎么答复、改了什么。"), field="words")
    with transaction.atomic():
        found = Complaint.objects.select_for_update().get(pk=row.pk)
        if found.answered_at is not None:
            raise ComplaintRefused(_("已经答复。"))
        found.answer, found.answered_at, found.answered_by = words.strip(), at, actor.name
        found.save()
        for duty in Duty.objects.filter(
            kind=ANSWER, subject_id=row.public_id, state=Duty.State.OPEN
        ):
            complete_duty(actor=actor, at=at, duty=duty)
        _note("stays.complaint.answer", actor, at, row, f"答复在站人员意见：{row.number}")
    return found


def _note(verb: str, actor: Actor, at: datetime, row: Complaint, summary: str) -> None:
    journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=[Subject("complaint", row.public_id)],
        division_code=row.division_code,
        owner_org=row.owner_org,
        summary=summary,
        basis=LAW,
    )
