"""Plans as a list: whose, with which risk, what is due next."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.casework.models import CasePlan, CaseSession, PlanHandover, RiskMark
from nuantu.core.actors import Actor
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.persons.models import Case
from nuantu.persons.selectors.cards import Card, cards_of

OVERSEE: Final = "casework.plan.oversee"
PLAN: Final = "case_plan"
NOBODY: Final = UUID(int=0)
LATE, ALL, ALONE = "late", "all", "alone"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty values ask nothing."""

    words: str = ""
    state: str = ""
    risk: str = ""
    is_mine: bool = False

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Filters":
        """From the cleaned values of the filter form."""
        return cls(
            str(values.get("q") or "").strip(),
            str(values.get("state") or ""),
            str(values.get("risk") or ""),
            bool(values.get("mine")),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One line: who, whose, with how many goals, whether there is a risk, what is next until when."""

    plan: CasePlan
    card: Card
    number: str
    has_risk: bool
    clock: Clock | None
    due_at: datetime | None
    url: str


def plans_seen(actor: Actor) -> QuerySet[CasePlan]:
    """Plans the actor works on; every plan of the house for whoever answers for it."""
    found = CasePlan.objects.filter(
        Q(owner_org=actor.org_code) | Q(division_code__startswith=actor.prefix)
        if actor.prefix
        else Q(owner_org=actor.org_code)
    )
    return found if actor.may(OVERSEE) else found.filter(_works_on(actor))


def _works_on(actor: Actor) -> Q:
    own = actor.account_id or NOBODY
    offered = PlanHandover.objects.filter(to_user__public_id=own, ended_at=None)
    team = CasePlan.objects.filter(teammembers__user__public_id=own, teammembers__left_at=None)
    return (
        Q(worker__public_id=own)
        | Q(stand_in__public_id=own)
        | (Q(pk__in=team.values("pk")) | Q(pk__in=offered.values("plan_id")))
    )


def plans(actor: Actor, filters: Filters, at: datetime) -> QuerySet[CasePlan]:
    """The list, what is to be done soonest first."""
    found = plans_seen(actor).select_related("person__photo", "worker", "stand_in")
    if filters.is_mine:
        found = found.filter(_works_on(actor))
    if filters.state == LATE:
        late = Duty.objects.filter(
            subject_kind=PLAN, subject_id=OuterRef("public_id"), state="open", due_at__lt=at
        )
        found = found.filter(Exists(late), state="open")
    elif filters.state == ALONE:
        gone = Q(worker__is_active=False) | ~Q(worker__organisation_id=F("owner_org"))
        found = found.filter(gone, state="open")
    elif filters.state != ALL:
        found = found.filter(state=filters.state or "open")
    if filters.risk:
        marked = RiskMark.objects.filter(case_id=OuterRef("case_id"), lifted_at=None)
        found = found.filter(Exists(marked))
    if filters.words:
        found = found.filter(_called(filters.words))
    return found.order_by("state", "next_date", "pk")


def _called(words: str) -> Q:
    """By name or looks, worker, number of the case; a restricted person only by the whole number."""
    case = Case.objects.filter(number__iexact=words).values("case_id")
    looks = Q()
    for part in words.lower().split():
        looks &= Q(person__search_text__contains=part) | Q(worker__name__icontains=part)
    return Q(case_id__in=case) | (Q(person__is_restricted=False) & looks)


def rows_of(found: Sequence[CasePlan], at: datetime) -> list[Row]:
    """Lines of the list, restricted people masked; a fixed number of queries."""
    ids = [one.case_id for one in found]
    numbers = dict(Case.objects.filter(case_id__in=ids).values_list("case_id", "number"))
    risky = set(
        RiskMark.objects.filter(case_id__in=ids, lifted_at=None).values_list("case_id", flat=True)
    )
    duties = next_of([one.public_id for one in found])
    return [
        Row(
            plan=one,
            card=card,
            number=numbers.get(one.case_id, ""),
            has_risk=one.case_id in risky,
            clock=duties[one.public_id][0].clock(at) if duties[one.public_id] else None,
            due_at=duties[one.public_id][0].due_at if duties[one.public_id] else None,
            url=url_of(one.public_id),
        )
        for one, card in zip(found, cards_of([one.person for one in found], at), strict=True)
    ]


def next_of(ids: Iterable[UUID]) -> defaultdict[UUID, list[Duty]]:
    """Open promises about these plans or risks, the earliest first; one query."""
    found: defaultdict[UUID, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(subject_id__in=list(ids), state="open").order_by(
        "due_at", "pk"
    ):
        found[duty.subject_id].append(duty)
    return found


def url_of(public_id: UUID) -> str:
    """The page of a plan."""
    return reverse("casework:plan", args=[public_id])


def label_of(public_id: UUID) -> str:
    """What a plan is called in a line about it: the number of its case, nobody's name."""
    case = CasePlan.objects.filter(public_id=public_id).values("case_id")
    number = Case.objects.filter(case_id__in=case).values_list("number", flat=True).first()
    return _("社工个案 %(number)s") % {"number": number} if number else _("社工个案")


def headings() -> list[str]:
    """The heads of the exported list."""
    return [
        *(_("个案"), _("称呼"), _("性别"), _("年龄"), _("社工"), _("替班人"), _("状态")),
        *(_("开始时间"), _("下一步"), _("期限"), _("有风险标记"), _("结果")),
        _("一起参加的机构或志愿者"),
    ]


def sheet(rows: Iterable[Row]) -> Iterator[list[object]]:
    """One row per plan, masked as on the screen, nothing sealed."""
    kept = list(rows)
    partners = _partners_of([row.plan.pk for row in kept])
    for row in kept:
        plan = row.plan
        yield [
            row.number,
            row.card.called,
            row.card.sex,
            row.card.age,
            plan.worker.name,
            plan.stand_in.name if plan.stand_in else "",
            plan.get_state_display(),
            plan.opened_at,
            "" if row.card.is_masked else plan.next_step,
            row.due_at or "",
            _("是") if row.has_risk else _("否"),
            plan.get_outcome_display(),
            "、".join(f"{said}（{count}）" for said, count in partners[plan.pk].items()),
        ]


def _partners_of(plan_ids: list[int]) -> defaultdict[int, Counter[str]]:
    """Who took part in how many sessions of plans, in the order in which they came; one query."""
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    rows = CaseSession.objects.filter(plan__in=plan_ids).exclude(partners="")
    for plan_id, said in rows.order_by("held_at", "pk").values_list("plan_id", "partners"):
        found[plan_id][said] += 1
    return found
