"""Everything the page of one plan needs, read once; and what is shown of a risk to those who may not know which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.casework.models import (
    CaseGoal,
    CasePlan,
    CaseSession,
    Conference,
    Disclosure,
    FamilyConsent,
    PlanHandover,
    Referral,
    RiskMark,
    RiskSign,
    SafetyPlan,
    SessionKind,
    Supporter,
    TeamMember,
)
from nuantu.casework.rules.grounds import offers_for
from nuantu.casework.selectors.knowing import classes_of_case
from nuantu.casework.selectors.papers import papers_in_force
from nuantu.casework.selectors.plans import next_of, url_of
from nuantu.core import clock
from nuantu.core.erasure import opened
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.operations.selectors import leader_on_duty, rules_at
from nuantu.papers.models import Paper
from nuantu.papers.selectors.kinds import kind_word
from nuantu.persons.models import Case
from nuantu.persons.selectors.cards import Card, card_of

LINES: Final = 60
_LOOKS: Final = r"\.(reveal|refuse)$"


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise with its clock and page."""

    duty: Duty
    clock: Clock
    url: str


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk that holds, and what is owed about it."""

    row: RiskMark
    owed: list[Owed]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper of the plan: its kind in words, the paper."""

    kind: str
    row: Paper


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What the page of one plan shows; nothing of it lies sealed."""

    card: Card
    case: Case | None
    goals: list[CaseGoal]
    team: list[TeamMember]
    supporters: list[Supporter]
    sessions: list[CaseSession]
    risks: list[Risk]
    consents: list[FamilyConsent]
    referrals: list[Referral]
    disclosures: list[Disclosure]
    conferences: list[Conference]
    handover: PlanHandover | None
    owed: list[Owed]
    offers: tuple[str, ...]
    has_safety_plan: bool
    minutes: int
    papers: list[Sheet]
    lines: list[JournalEntry]


def plan_page(plan: CasePlan, at: datetime, *, is_masked: bool) -> PlanPage:
    """Read the page; the caller has authorised the reader."""
    codes = classes_of_case(plan.case_id)
    risks = list(RiskMark.objects.filter(case_id=plan.case_id, lifted_at=None).order_by("pk"))
    duties = next_of([plan.public_id, *(one.public_id for one in risks)])
    sessions = list(plan.casesessions.order_by("-held_at", "-pk"))
    conferences = list(Conference.objects.filter(plan=plan).order_by("-held_at", "-pk"))
    about = [plan.public_id, *(one.public_id for one in conferences)]
    return PlanPage(
        card=card_of(plan.person, at, codes=codes, is_opened=not is_masked),
        case=Case.objects.filter(case_id=plan.case_id).first(),
        goals=list(plan.casegoals.order_by("state", "due_date", "pk")),
        team=list(plan.teammembers.filter(left_at=None).order_by("pk")),
        supporters=list(plan.supporters.order_by("pk")),
        sessions=sessions,
        risks=[_risk(one, duties[one.public_id], at) for one in risks],
        consents=list(FamilyConsent.objects.filter(plan=plan).order_by("-noted_at", "-pk")),
        referrals=list(Referral.objects.filter(plan=plan).order_by("-noted_at", "-pk")),
        disclosures=list(Disclosure.objects.filter(plan=plan).order_by("-noted_at", "-pk")),
        conferences=conferences,
        handover=PlanHandover.objects.filter(plan=plan, ended_at=None)
        .select_related("to_user")
        .first(),
        owed=_owed(duties[plan.public_id], at),
        offers=tuple(str(SessionKind(code).label) for code in offers_for(codes)),
        has_safety_plan=SafetyPlan.objects.filter(case_id=plan.case_id).exists(),
        minutes=sum(one.minutes for one in sessions),
        papers=[Sheet(kind_word(one.kind), one) for one in papers_in_force(about)],
        lines=_lines(plan),
    )


def _owed(duties: Iterable[Duty], at: datetime) -> list[Owed]:
    return [
        Owed(one, one.clock(at), reverse("operations:duty", args=[one.public_id])) for one in duties
    ]


def _risk(row: RiskMark, duties: Iterable[Duty], at: datetime) -> Risk:
    return Risk(row, _owed(duties, at), tuple(str(RiskSign(code).label) for code in row.signs))


def _lines(plan: CasePlan) -> list[JournalEntry]:
    rows = JournalEntry.objects.filter(
        subjects__kind="case_plan", subjects__subject_id=plan.public_id
    ).exclude(verb__regex=_LOOKS)
    return list(rows.order_by("-happened_at", "-recorded_at", "-seq")[:LINES])


@dataclass(frozen=True, slots=True)
class Words:
    """Sealed words under what they belong to."""

    head: str
    parts: tuple[tuple[str, str], ...]


def sealed_words(plan: CasePlan, *, is_worker: bool) -> list[Words]:
    """What lies sealed: everything for the worker, risks and the safety plan for who leads the house."""
    found = [_of_risk(one) for one in RiskMark.objects.filter(case_id=plan.case_id).order_by("pk")]
    found += [_of_safety(one) for one in safety_of(plan.case_id)]
    found += [_of_disclosure(one) for one in Disclosure.objects.filter(plan=plan).order_by("pk")]
    if is_worker:
        found += _of_reaching(plan)
        for given in PlanHandover.objects.filter(plan=plan).order_by("pk"):
            found.append(Words(_("交接"), ((given.noted_by, opened(given.words)),)))
        found.append(Words(_("依据"), ((plan.get_ground_display(), opened(plan.ground_words)),)))
        for one in plan.supporters.order_by("pk"):
            found.append(Words(_("支持人"), ((one.relation, opened(one.contact)),)))
        for session in plan.casesessions.order_by("-held_at", "-pk"):
            if session.notes:
                head = f"{session.get_kind_display()} {session.held_at:%Y-%m-%d}"
                found.append(Words(head, ((session.noted_by, opened(session.notes)),)))
        if plan.evaluation:
            found.append(Words(_("评估"), ((plan.closed_by, opened(plan.evaluation)),)))
    return found


def _of_disclosure(row: Disclosure) -> Words:
    said = [(_("要什么"), opened(row.asked))]
    if row.reason:
        said.append((_("依据"), opened(row.reason)))
    if row.given:
        said.append((_("提供了什么"), opened(row.given)))
    return Words(f"{row.number} {row.body}", tuple(said))


def _of_reaching(plan: CasePlan) -> list[Words]:
    found = [
        Words(_("联系家人"), ((one.relation, opened(one.words)),))
        for one in FamilyConsent.objects.filter(plan=plan).order_by("pk")
    ]
    for one in Referral.objects.filter(plan=plan).order_by("pk"):
        said = [(_("请他们做什么"), opened(one.words))]
        if one.answer:
            said.append((_("答复"), opened(one.answer)))
        found.append(Words(f"{one.get_kind_display()} {one.body}", tuple(said)))
    for met in Conference.objects.filter(plan=plan).order_by("pk"):
        head = f"{_('个案会议')} {met.held_at:%Y-%m-%d}"
        found.append(Words(head, ((met.people, opened(met.minutes)),)))
    return found


def safety_of(case_id: UUID | None) -> list[SafetyPlan]:
    """The safety plan that counts, if there is one."""
    return list(SafetyPlan.objects.filter(case_id=case_id).order_by("-put_at", "-pk")[:1])


def _of_risk(row: RiskMark) -> Words:
    said = [(_("看到、听到什么"), opened(row.reasons))]
    if row.lift_reason:
        said.append((_("为什么解除"), opened(row.lift_reason)))
    return Words(f"{row.get_kind_display()} {row.marked_by}", tuple(said))


def _of_safety(row: SafetyPlan) -> Words:
    return Words(
        _("安全计划"),
        (
            (_("不好的时候先有什么"), opened(row.signs)),
            (_("什么能帮他"), opened(row.helps)),
            (_("打给谁"), opened(row.people)),
            (_("收起来的东西"), opened(row.out_of_reach)),
        ),
    )


@dataclass(frozen=True, slots=True)
class AskPage:
    """For whoever is beside him now: whom to ask, what to do, what helps; never which risk it is."""

    card: Card
    case: Case | None
    workers: tuple[str, ...]
    leader: str
    lines: tuple[tuple[str, str], ...]
    owed: list[Owed]
    helps: str
    out_of_reach: str
    marked_at: datetime


def ask_page(mark: RiskMark, at: datetime) -> AskPage:
    """Read the page; the caller has authorised the reader."""
    plan = (
        CasePlan.objects.filter(case_id=mark.case_id, state="open")
        .select_related("worker", "stand_in")
        .first()
    )
    workers = [plan.worker, plan.stand_in] if plan else []
    leader = leader_on_duty(mark.owner_org, at)
    newest = next(iter(safety_of(mark.case_id)), None)
    marks = RiskMark.objects.filter(case_id=mark.case_id, lifted_at=None)
    duties = next_of(marks.values_list("public_id", flat=True))
    return AskPage(
        card=card_of(mark.person, at),
        case=Case.objects.filter(case_id=mark.case_id).first(),
        workers=tuple(one.name for one in workers if one and one.is_active),
        leader=leader.user.name if leader else "",
        lines=_numbers(mark.division_code, at),
        owed=_owed([duty for one in duties.values() for duty in one], at),
        helps=opened(newest.helps) if newest else "",
        out_of_reach=opened(newest.out_of_reach) if newest else "",
        marked_at=mark.marked_at,
    )


@dataclass(frozen=True, slots=True)
class SafetySheet:
    """The safety plan as he carries it: whom to call first, no name of his, no risk."""

    put_at: datetime
    people: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    workers: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]


def safety_sheet(plan: CasePlan, at: datetime) -> SafetySheet | None:
    """The newest safety plan to print; None where none was written. The caller has authorised the reader."""
    row = next(iter(safety_of(plan.case_id)), None)
    if row is None:
        return None
    known = dict(_of_safety(row).parts)
    people = known.pop(_("打给谁"))
    return SafetySheet(
        put_at=row.put_at,
        people=tuple(line.strip() for line in people.splitlines() if line.strip()),
        lines=_numbers(plan.division_code, at),
        workers=tuple(one.name for one in (plan.worker, plan.stand_in) if one and one.is_active),
        parts=tuple(known.items()),
    )


def _numbers(division_code: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """Numbers to call, by the parameter: what it is, the number."""
    rows = rules_at(division_code, at).every("casework.line")
    found = (row.value for row in rows if isinstance(row.value, Mapping))
    word = "label_en" if (get_language() or "").startswith("en") else "label"
    return tuple((str(value[word]), str(value["number"])) for value in found)


def case_of(public_id: UUID) -> UUID | None:
    """The case that a plan belongs to."""
    return CasePlan.objects.filter(public_id=public_id).values_list("case_id", flat=True).first()


def case_of_risk(public_id: UUID) -> UUID | None:
    """The case that a risk belongs to."""
    return RiskMark.objects.filter(public_id=public_id).values_list("case_id", flat=True).first()


def case_of_conference(public_id: UUID) -> UUID | None:
    """The case that a conference belongs to."""
    rows = Conference.objects.filter(public_id=public_id)
    return rows.values_list("plan__case_id", flat=True).first()


def conference_label(public_id: UUID) -> str:
    """What a conference is called in a line about it: its day, nobody's name."""
    day = Conference.objects.filter(public_id=public_id).values_list("held_at", flat=True).first()
    return f"{_('个案会议')} {clock.local(day):%Y-%m-%d}" if day else _("个案会议")


def conference_url(public_id: UUID) -> str | None:
    """The page of its plan."""
    plan = Conference.objects.filter(public_id=public_id).values_list("plan__public_id", flat=True)
    found = plan.first()
    return url_of(found) if found else None


def risk_label(public_id: UUID) -> str:
    """What a risk is called in a line about it: never which it is."""
    case = RiskMark.objects.filter(public_id=public_id).values("case_id")
    number = Case.objects.filter(case_id__in=case).values_list("number", flat=True).first()
    return _("有风险，先问社工 %(number)s") % {"number": number or ""}


def risk_url(public_id: UUID) -> str:
    """The page of a risk."""
    return reverse("casework:ask", args=[public_id])


def move(kind: str, case_id: UUID | None, new_owner: str) -> None:
    """Plans and risks of a case follow it to a new owner, with what is owed about them."""
    if case_id is None:
        return
    rows = (CasePlan if kind == "case_plan" else RiskMark).objects.filter(case_id=case_id)
    ids = list(rows.values_list("public_id", flat=True))
    rows.update(owner_org=new_owner)
    Duty.objects.filter(subject_kind=kind, subject_id__in=ids, state="open").update(
        owner_org=new_owner
    )
    if kind != "case_plan":
        SafetyPlan.objects.filter(case_id=case_id).update(owner_org=new_owner)
