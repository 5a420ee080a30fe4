"""The checks before leaving: a registry that later packages add to, and the first ones.

A check is asked with the stay, how and to whom it would end, and the moment. It answers with a
finding, or None where it does not apply to this way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.operations.models import Handover
from nuantu.persons.models import PersonClass
from nuantu.persons.selectors import age_lines
from nuantu.stays.models import Absence, Belonging, Stay
from nuantu.stays.rules.leaving import (
    COLLECTED,
    DIED,
    ENDED,
    FOSTER_FAMILY,
    HANDED,
    HOME,
    SELF,
    UNANNOUNCED,
    Finding,
    may_go_alone,
)
from nuantu.stays.selectors.known import known_of
from nuantu.stays.selectors.receivers import declined_of, offered_of


@dataclass(frozen=True, slots=True)
class Plan:
    """How somebody is to leave, and to whom."""

    way: str
    to_org: str = ""


Judge = Callable[[Stay, Plan, datetime], Finding | None]


@dataclass(frozen=True, slots=True)
class Check:
    """A check as the page shows it."""

    code: str
    label: str
    finding: Finding


_AT_RISK = frozenset({"danger", "suicide_risk"})
# marks of somebody whom a relative may have harmed or sold
_FROM_SOMEBODY = frozenset({"domestic_violence", "trafficked"})
_checks: dict[str, tuple[str | Promise, Judge]] = {}
FINE = Finding("fine")


def register_check(code: str, label: str | Promise, judge: Judge) -> None:
    """Add a check; called from `apps.ready()`. The same code replaces, so that tracing takes over
    the search that a clerk confirms by hand until then."""
    _checks[code] = (label, judge)


def checks_of(stay: Stay, plan: Plan, at: datetime) -> list[Check]:
    """Every check that applies to this way, in the order they were registered."""
    found = []
    for code, (label, judge) in _checks.items():
        finding = judge(stay, plan, at)
        if finding is not None:
            found.append(Check(code, str(label), finding))
    return found


def _alone(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    if plan.way not in (SELF, ENDED):
        return None
    if may_go_alone(known_of(stay, at)):
        return FINE
    words = _(
        "可能不满%(line)s周岁，或有精神障碍、智力障碍的迹象：由亲属接领、流出地接回或护送返回"
    ) % {"line": age_lines(stay.division_code, at).must_be_collected}
    return Finding("blocks", words)


def _belongings(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    things = list(Belonging.objects.filter(reception__stay=stay, end=""))
    if not things:
        return FINE
    words = "、".join(thing.item for thing in things)
    if plan.way in (DIED, UNANNOUNCED):
        return Finding("ask", _("还保管着：%(things)s。写明怎么处理") % {"things": words})
    return Finding("blocks", _("还保管着：%(things)s。先归还或移交") % {"things": words})


def _notices(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    if plan.way in (DIED, UNANNOUNCED):
        return None
    return Finding("ask", _("查过寻亲公告和走失报案没有？写明查了哪里、结果"))


def _danger(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    if plan.way not in HOME:
        return None
    marks = PersonClass.objects.filter(
        case_id=stay.case_id, withdrawn_at=None, code__in=_AT_RISK | _FROM_SOMEBODY
    )
    codes = set(marks.values_list("code", flat=True))
    if not codes:
        return FINE
    if not codes & _FROM_SOMEBODY:
        return Finding("ask", _("有危险标记：单独问过本人回家是否安全？写明回答和安排"))
    return Finding(
        "ask",
        _(
            "有家庭暴力或被拐卖标记：接领人不在场时单独问过本人怕谁、愿不愿意去？"
            "写明回答，告诉了公安、妇联的谁"
        ),
    )


def _absence(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    absence = Absence.objects.filter(stay=stay, back_at=None).first()
    if absence is None or plan.way in (DIED, UNANNOUNCED):
        return FINE
    if absence.reason == Absence.Reason.HOSPITAL:
        return Finding("ask", _("还在医院：病情稳定、有出院证明？写明"))
    return Finding("blocks", _("登记着外出，还没有返回"))


def _collector(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    if plan.way not in COLLECTED:
        return None
    return Finding("ask", _("核对了接领人证件并留复印件？写明证件种类和与本人的关系证明"))


def _fostering(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    """A foster family takes a minor only, and somebody with the right decided on it (MI-02)."""
    if plan.way != FOSTER_FAMILY:
        return None
    if not (stay.is_minor or known_of(stay, at).may_be_child):
        return Finding("blocks", _("家庭寄养只给未成年人。成年人请选转托养机构"))
    return Finding(
        "ask", _("哪个民政部门决定寄养、协议编号（未成年人保护法第93条）？写明，并写谁评估过这一家")
    )


def _handover(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    if plan.way not in HANDED:
        return None
    accepted = Handover.objects.filter(
        case_id=stay.case_id,
        to_org=plan.to_org,
        state=Handover.State.ACCEPTED,
        answered_at__gte=stay.entered_at,
    )
    if accepted.exists():
        return FINE
    if offered_of(stay):
        return Finding("blocks", _("已提出移交，等对方接收后再办离站"))
    declined = declined_of(stay)
    if declined and declined.row.to_org == plan.to_org:
        said = _("%(name)s没有接收：%(why)s。另约时间或换一家，再提出移交")
        return Finding("blocks", said % {"name": declined.name, "why": declined.why})
    return Finding("blocks", _("对方还没有接收移交。先提出移交，对方接收后再办离站"))


def _family(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    stays_on = Stay.objects.filter(with_stay=stay, left_at=None)
    if not stays_on.exists():
        return None
    return Finding("ask", _("一起来的家人还在站：写明由谁照看或何时一起走"))


def register_first_checks() -> None:
    """The checks that stays brings itself."""
    register_check("alone", gettext_lazy("年龄和行为能力"), _alone)
    register_check("belongings", gettext_lazy("随身物品"), _belongings)
    register_check("absence", gettext_lazy("人在站内"), _absence)
    register_check("notices", gettext_lazy("寻亲公告和走失报案"), _notices)
    register_check("danger", gettext_lazy("回家是否安全"), _danger)
    register_check("collector", gettext_lazy("接领人证件"), _collector)
    register_check("fostering", gettext_lazy("寄养决定和协议"), _fostering)
    register_check("handover", gettext_lazy("对方接收移交"), _handover)
    register_check("family", gettext_lazy("一起来的家人"), _family)
