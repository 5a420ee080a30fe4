"""A family claims somebody who is settled: the claim is noted, checked, and answered to that family alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.homeward.models import (
    ClaimAnswer,
    ClaimWay,
    Settlement,
    SettlementClaim,
    SettlementEnd,
    SettlementState,
)
from nuantu.homeward.rules import claims as rules
from nuantu.homeward.selectors.looks import newest
from nuantu.homeward.services.consents import is_harmed
from nuantu.homeward.services.lines import HomewardRefused, note
from nuantu.homeward.services.looking import READ_AGAIN_AFTER
from nuantu.homeward.services.settling import end_settlement, halt
from nuantu.homeward.services.settling_owing import SETTLEMENT
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.persons.models import Case, Certainty, FactKind
from nuantu.persons.services import add_fact
from nuantu.planbook import calendars, deadlines
from nuantu.planbook.deadlines import Term
from nuantu.stays.selectors.known import is_identified

CLAIM: Final = "settlement_claim"
ANSWER: Final = "settlement.claim"
WAITS: Final = gettext_noop("有家属认领，等公安比对")
OPEN_TO_CLAIMS: Final = (
    SettlementState.RUNNING,
    SettlementState.HALTED,
    SettlementState.SETTLED,
    SettlementState.REOPENED,
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who claims him, how to reach them, what they bring forward."""

    claimant: str
    relation: str
    phone: str
    words: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of it: `basis` is how it was checked, `paper` the number of the comparison, `name` his own name where
    the family is his, `checked` how it was made sure that they did not harm him, `told_way` how they were told."""

    answer: str
    basis: str
    told_way: str
    paper: str = ""
    name: str = ""
    checked: str = ""


def claim(*, actor: Actor, at: datetime, row: Settlement, claimed: Claimed) -> SettlementClaim:
    """Note that a family claims him; an answer is owed to each, and nobody is registered meanwhile.

    Raises HomewardRefused with the field to mend.
    """
    for field in ("claimant", "relation", "phone", "words"):
        if not getattr(claimed, field).strip():
            raise HomewardRefused(_("请填写这一项。"), field=field)
    with together():
        held = Settlement.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if held.state not in OPEN_TO_CLAIMS:
            raise HomewardRefused(_("这件落户安置已经终止，请登记为寻人。"))
        rows = SettlementClaim.objects.filter(settlement=held)
        last = rows.aggregate(last=Max("number"))["last"] or 0
        made = SettlementClaim.objects.create(
            settlement=held,
            number=last + 1,
            case_id=held.case_id,
            division_code=held.division_code,
            owner_org=held.owner_org,
            recorded_at=at,
            claimant=claimed.claimant.strip()[:60],
            relation=claimed.relation.strip()[:40],
            phone=claimed.phone.strip()[:40],
            words=claimed.words.strip()[:300],
            claimed_at=at,
            noted_by=actor.name,
            noted_by_id=UUID(actor.public_id),
        )
        summary = f"第{made.number}家认领"
        note(held, "settlement.claim", actor=actor, at=at, summary=summary)
        _owe(actor, at, made)
        is_running = held.state == SettlementState.RUNNING
        if rules.halts(is_running=is_running, is_registered=held.registered_date is not None):
            halt(actor=actor, at=at, row=held, words=WAITS)
    return made


def _owe(actor: Actor, at: datetime, row: SettlementClaim) -> None:
    ruling = rules_at(row.division_code, at).need("settlement.claim")
    open_duty(
        actor=actor,
        at=at,
        kind=ANSWER,
        title=f"落户安置：答复第{row.number}家认领",
        title_en=f"Settlement: answer family {row.number} that claims him",
        subject=Subject(CLAIM, row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        due_at=deadlines.due(at, Term(int(ruling.number), "working_day"), calendars.national()),
        basis=ruling.source[:200],
        basis_rule="P1-68",
    )


def answer_claim(
    *, actor: Actor, at: datetime, row: SettlementClaim, answered: Answered
) -> SettlementClaim:
    """Answer one family. Of a family that is his, his name is verified with it: the settlement ends, or is reopened
    where he is registered. A family that is refused hears the fixed words and nothing about him.

    Raises HomewardRefused with the field to mend; FactRefused where the name cannot stand.
    """
    try:
        with together():
            held = SettlementClaim.objects.select_for_update().get(pk=row.pk)
            _check(actor, held, answered)
            _put(actor, at, held, answered)
            _note_answer(actor, at, held)
            if held.answer == ClaimAnswer.ACCEPTED:
                _identify(actor, at, held, answered)
    except IntegrityError as error:
        if "homeward_settlementclaim_one_accepted" in str(error):
            raise HomewardRefused(
                _("已经认定另一家。要改的，先更正核实的姓名。"), field="answer"
            ) from error
        raise
    return held


def _check(actor: Actor, row: SettlementClaim, answered: Answered) -> None:
    if row.answer:
        raise HomewardRefused(_("这家已经答复过了，请看答复。"))
    if answered.answer not in ClaimAnswer.values:
        raise HomewardRefused(_("请选答复。"), field="answer")
    if answered.told_way not in ClaimWay.values:
        raise HomewardRefused(_("请选怎样告诉对方的。"), field="told_way")
    if not answered.basis.strip():
        raise HomewardRefused(_("请写怎样核实的。"), field="basis")
    if rules.needs_paper(answered.answer) and not answered.paper.strip():
        raise HomewardRefused(_("请写公安比对结论的文号。"), field="paper")
    if answered.answer == ClaimAnswer.ACCEPTED:
        _check_accepting(actor, row, answered)


def _check_accepting(actor: Actor, row: SettlementClaim, answered: Answered) -> None:
    if row.noted_by_id == UUID(actor.public_id):
        raise HomewardRefused(_("登记认领的人不能自己认定，请另一位同事答复。"), field="answer")
    if not answered.name.strip():
        raise HomewardRefused(_("请写核实的姓名。"), field="name")
    if is_harmed(row) and not answered.checked.strip():
        raise HomewardRefused(
            _("他有家庭暴力或被拐卖标记：请写怎样核实这家不是加害人。"), field="checked"
        )


def _put(actor: Actor, at: datetime, row: SettlementClaim, answered: Answered) -> None:
    row.answer, row.told_way = answered.answer, answered.told_way
    row.basis, row.paper = answered.basis.strip()[:300], answered.paper.strip()[:120]
    row.checked, row.told = answered.checked.strip()[:200], rules.TOLD[answered.answer]
    row.answered_at, row.answered_by = at, actor.name
    row.answered_by_id = UUID(actor.public_id)
    row.save()
    owed = Duty.objects.filter(subject_kind=CLAIM, subject_id=row.public_id, state=Duty.State.OPEN)
    for duty in owed:
        complete_duty(actor=actor, at=at, duty=duty, evidence=row.public_id)


def _note_answer(actor: Actor, at: datetime, row: SettlementClaim) -> None:
    said = stored(ClaimAnswer(row.answer).label)
    note(
        row.settlement,
        "settlement.answer",
        actor=actor,
        at=at,
        summary=f"答复第{row.number}家认领：{said}",
        changes={"answer": row.answer, "told_way": row.told_way, "reason": row.basis},
    )


def _identify(actor: Actor, at: datetime, row: SettlementClaim, answered: Answered) -> None:
    held = Settlement.objects.select_related("person").get(pk=row.settlement_id)
    if not is_identified(held.person):
        add_fact(
            actor=actor,
            at=at,
            person=held.person,
            case=Case.objects.get(case_id=held.case_id),
            kind=FactKind.NAME,
            value=answered.name,
            certainty=Certainty.VERIFIED,
            source=f"家属认领，公安比对 {answered.paper.strip()}"[:120],
        )
    if held.state not in (SettlementState.REOPENED, SettlementState.ENDED):
        end_settlement(
            actor=actor,
            at=at,
            row=held,
            why=SettlementEnd.IDENTIFIED,
            words=f"第{row.number}家认领，公安比对 {answered.paper.strip()}",
        )


def note_claim_read(*, actor: Actor, at: datetime, row: SettlementClaim) -> None:
    """Write that somebody opened a claim and saw its phone, once in ten minutes for each claim."""
    subject, since = Subject(SETTLEMENT, row.settlement.public_id), at - READ_AGAIN_AFTER
    summary = f"查看第{row.number}家认领"
    if newest(subject, actor, "homeward.settlement.claim_read", since, summary) is None:
        note(row.settlement, "settlement.claim_read", actor=actor, at=at, summary=summary)
