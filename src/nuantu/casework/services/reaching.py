"""The family is asked for with his consent, bodies are asked to help, police are answered by a number, and what a
conference decides is owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.casework.models import (
    CasePlan,
    Conference,
    Disclosure,
    FamilyAnswer,
    FamilyConsent,
    Reach,
    Referral,
    ReferralKind,
)
from nuantu.casework.rules.reaching import consent_gap
from nuantu.casework.selectors.knowing import classes_of_case, is_minor
from nuantu.casework.selectors.outside import family_is_stopped
from nuantu.casework.selectors.papers import LEGAL_AID, values_of
from nuantu.casework.services.lines import PLAN, note
from nuantu.casework.services.owing import DECIDE, DECISION, REFERRAL, keep, owe_plan
from nuantu.casework.services.plans import CaseworkRefused, account_of, held_plan
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import open_duty
from nuantu.papers.selectors.kinds import kinds
from nuantu.papers.services import issue_paper
from nuantu.persons.models import Case
from nuantu.planbook import deadlines

GAPS: Final = {
    "stopped": _("有风险标记：家里人可能伤害他。先由两人解除标记，才能联系。"),
    "own": _("成年人自己决定：请问他本人。"),
    "guardian": _("未成年人、不能独自决定的人，要问监护人。"),
    "danger": _("只有标记了轻生风险，才能不问本人就联系。"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom of the family he was asked about, who answered, how far one may go, in which words."""

    basis: str
    answer: str
    reaches: Sequence[str]
    relation: str
    words: str


@dataclass(frozen=True, slots=True)
class Met:
    """A conference: when, who, what was said, what was decided: (what, who owes it, until when)."""

    held_at: datetime
    people: str
    minutes: str
    decisions: Sequence[tuple[str, User | None, date]]


def ask_about_family(*, actor: Actor, at: datetime, plan: CasePlan, asked: Asked) -> FamilyConsent:
    """Put down whether his family may be told or asked; the newest answer counts, a refusal too. Raises
    CaseworkRefused with the field to mend."""
    agrees = asked.answer == FamilyAnswer.AGREES
    reaches = [one for one in asked.reaches if one in Reach.values] if agrees else []
    if agrees and not reaches:
        raise CaseworkRefused(_("请选同意到哪一步。"), field="reaches")
    if not asked.words.strip():
        raise CaseworkRefused(_("请写原话。"), field="words")
    with together():
        row = held_plan(plan)
        case = Case.objects.select_related("person").get(case_id=row.case_id)
        gap = consent_gap(
            asked.basis, asked.answer, is_minor=is_minor(case, at),
            classes=classes_of_case(row.case_id), is_stopped=family_is_stopped(row.case_id),
        )  # fmt: skip
        if gap:
            raise CaseworkRefused(GAPS[gap], field="basis")
        consent = FamilyConsent.objects.create(
            plan=row, noted_at=at, noted_by=actor.name, basis=asked.basis, answer=asked.answer,
            reaches=reaches, relation=asked.relation.strip(), words=asked.words.strip(),
        )  # fmt: skip
        said = stored(FamilyAnswer(asked.answer).label)
        note(row, "family", actor=actor, at=at, summary=f"问是否联系家人：{said}")
    return consent


def withdraw_consent(*, actor: Actor, at: datetime, consent: FamilyConsent) -> FamilyConsent:
    """He takes his word back: nobody of the family is told or asked from now on."""
    with together():
        plan = held_plan(consent.plan)
        changed = FamilyConsent.objects.filter(
            pk=consent.pk, withdrawn_at=None, answer=FamilyAnswer.AGREES
        ).update(withdrawn_at=at, withdrawn_by=actor.name)
        if not changed:
            raise CaseworkRefused(_("同意已经撤回。"))
        note(plan, "family_withdraw", actor=actor, at=at, summary="撤回联系家人的同意")
    consent.refresh_from_db()
    return consent


def refer(
    *, actor: Actor, at: datetime, plan: CasePlan, kind: str, body: str, words: str
) -> Referral:
    """Ask another body to help; its answer is awaited by the term of its kind. Legal aid gets a numbered paper."""
    if kind not in ReferralKind.values or not body.strip() or not words.strip():
        raise CaseworkRefused(_("请写明转介给谁、请他做什么。"), field="body")
    with together():
        row = held_plan(plan)
        found = Referral(
            plan=row, noted_at=at, noted_by=actor.name, kind=kind, body=body.strip()[:120],
            words=words.strip(),
        )  # fmt: skip
        if kind == ReferralKind.LEGAL_AID:
            values = values_of(row, at, body=body.strip(), words=words.strip())
            paper = issue_paper(
                actor=actor, at=at, kind=kinds()[LEGAL_AID], subject=row, values=values
            )
            found.number, found.paper_id = paper.number, paper.public_id
        found.save()
        ruling = rules_at(row.division_code, at).need("casework.referral", key=kind)
        due_at = at + timedelta(minutes=ruling.number)
        owe_plan(row, REFERRAL, actor=actor, at=at, due_at=due_at, basis=ruling.source)
        said = stored(ReferralKind(kind).label)
        note(row, "refer", actor=actor, at=at, summary=f"转介：{said}")
    return found


def answer_referral(
    *, actor: Actor, at: datetime, referral: Referral, state: str, answer: str
) -> Referral:
    """Put down what the other body answered. Raises CaseworkRefused."""
    if state not in (Referral.State.TAKEN, Referral.State.DECLINED):
        raise CaseworkRefused(_("请选对方怎么答复。"), field="state")
    if not answer.strip():
        raise CaseworkRefused(_("请写明对方的答复。"), field="answer")
    with together():
        plan = held_plan(referral.plan)
        row = Referral.objects.select_for_update().get(pk=referral.pk)
        if row.state != Referral.State.WAITING:
            raise CaseworkRefused(_("答复已经登记。"))
        row.plan = plan
        row.state, row.answer, row.answered_at = state, answer.strip(), at
        row.save()
        if not Referral.objects.filter(plan=plan, state=Referral.State.WAITING).exists():
            subject = Subject(PLAN, plan.public_id)
            keep(subject, REFERRAL, actor=actor, at=at, words="已登记答复")
        said = stored(Referral.State(state).label)
        note(plan, "refer_answer", actor=actor, at=at, summary=f"转介答复：{said}")
    return row


def ask_disclosure(
    *, actor: Actor, at: datetime, plan: CasePlan, body: str, letter: str, asked: str
) -> Disclosure:
    """Police or a court ask for something of a plan: it gets a number, and another person decides."""
    if not (body.strip() and letter.strip() and asked.strip()):
        raise CaseworkRefused(_("请写明谁来要、文号、要什么。"), field="letter")
    with together():
        row = held_plan(plan)
        year = clock.local(at).year
        count = Disclosure.objects.filter(plan__owner_org=row.owner_org).count() + 1
        found = Disclosure.objects.create(
            plan=row, noted_at=at, noted_by=actor.name, body=body.strip(), letter=letter.strip(),
            asked=asked.strip(), asked_of=account_of(actor),
            number=f"{row.owner_org[-6:]}-{year}-{count:04d}",
        )  # fmt: skip
        ruling = rules_at(row.division_code, at).need(DECIDE)
        due_at = at + timedelta(minutes=ruling.number)
        owe_plan(row, DECIDE, actor=actor, at=at, due_at=due_at, basis=ruling.source)
        note(row, "disclosure", actor=actor, at=at, summary=f"有单位来要个案材料：{found.number}")
    return found


def decide_disclosure(
    *, actor: Actor, at: datetime, disclosure: Disclosure, state: str, reason: str, given: str
) -> Disclosure:
    """Another person than who took the letter decides; what is given stands in the row, word for word. Raises
    CaseworkRefused with the field to mend."""
    is_given = state == Disclosure.State.GIVEN
    if state not in (Disclosure.State.GIVEN, Disclosure.State.REFUSED):
        raise CaseworkRefused(_("请选提供还是不提供。"), field="state")
    if not reason.strip():
        raise CaseworkRefused(_("请写明依据哪一条。"), field="reason")
    if is_given and not given.strip():
        raise CaseworkRefused(_("请逐字写明提供了什么；没有要的不给。"), field="given")
    with together():
        plan = held_plan(disclosure.plan)
        row = Disclosure.objects.select_for_update(of=("self",)).get(pk=disclosure.pk)
        if row.state != Disclosure.State.ASKED:
            raise CaseworkRefused(_("已经决定。"))
        decider = account_of(actor)
        if row.asked_of_id == decider.pk:
            raise CaseworkRefused(_("要由另一个人决定。"))
        row.plan = plan
        row.state, row.reason, row.given = state, reason.strip(), given.strip() if is_given else ""
        row.decided_at, row.decided_by, row.decided_of = at, actor.name, decider
        row.save()
        keep(Subject(PLAN, plan.public_id), DECIDE, actor=actor, at=at, words="已决定")
        said = stored(Disclosure.State(state).label)
        note(
            plan, "disclosure_decide", actor=actor, at=at, summary=f"个案材料 {row.number}：{said}"
        )
    return row


def confer(*, actor: Actor, at: datetime, plan: CasePlan, met: Met) -> Conference:
    """Put down a conference; each decision becomes a promise of whoever was named. Raises CaseworkRefused."""
    decisions = [one for one in met.decisions if one[0].strip()]
    if not decisions:
        raise CaseworkRefused(_("请写至少一条决定：做什么、谁、哪天。"), field="what_1")
    if met.held_at > at:
        raise CaseworkRefused(_("不能是以后的时间。"), field="held_at")
    with together():
        row = held_plan(plan)
        found = Conference.objects.create(
            plan=row, noted_at=at, noted_by=actor.name, held_at=met.held_at,
            people=met.people.strip(), minutes=met.minutes.strip(),
            decisions=[_said(*one) for one in decisions],
        )  # fmt: skip
        for _what, who, day in decisions:
            _owe_decision(row, actor, at, who, day)
        note(row, "confer", actor=actor, at=at, summary="个案会议", happened_at=met.held_at)
    return found


def _said(what: str, who: User | None, day: date) -> str:
    return f"{what.strip()}（{who.name if who else '—'}，{day:%Y-%m-%d}）"[:200]


def _owe_decision(plan: CasePlan, actor: Actor, at: datetime, who: User | None, day: date) -> Any:
    """The promise names the worker to ask and not what was decided: the whole house reads titles of duties."""
    return open_duty(
        actor=actor,
        at=at,
        kind=DECISION,
        title=f"个案会议的决定（内容问{plan.worker.name}）",
        title_en=f"A decision of the case conference (ask {plan.worker.name})",
        subject=Subject(PLAN, plan.public_id),
        owner_org=plan.owner_org,
        division_code=plan.division_code,
        due_at=max(deadlines.end_of(day), at),
        basis="个案会议",
        assignee=who or plan.worker,
    )
