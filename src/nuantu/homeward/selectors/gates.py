"""The gates before a return: the facts read, the gates judged, their reasons in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.casework.selectors.outside import family_is_stopped, speaks_against_family
from nuantu.core import clock
from nuantu.homeward.models.return_choices import Halt, State, Way
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.rules import returning as rules
from nuantu.homeward.rules.returning import Company, Facts, Gate, Span, Wanted
from nuantu.homeward.selectors.station_letters import has_agreed
from nuantu.operations.selectors import rules_at
from nuantu.persons.models import PersonClass
from nuantu.persons.selectors import age_lines
from nuantu.stays.models import Absence, HospitalCare, Stay
from nuantu.stays.rules.leaving import Finding
from nuantu.stays.selectors.checks import Plan, register_check

GATES: Final[dict[str, str | Promise]] = {
    "medical": gettext_lazy("病情稳定"),
    "capacity": gettext_lazy("年龄和行为能力"),
    "safety": gettext_lazy("回家是否安全"),
    "halt": gettext_lazy("可以通行"),
    "family": gettext_lazy("本人愿意由亲属接"),
    "taker": gettext_lazy("有人接领"),
    "agreed": gettext_lazy("接收站同意"),
    "escorts": gettext_lazy("护送人数"),
    "women": gettext_lazy("女性护送人员"),
    "doctors": gettext_lazy("随行医护"),
    "route": gettext_lazy("行程"),
}
REASONS: Final[dict[str, str | Promise]] = {
    "in_hospital": gettext_lazy("还在医院，等出院证明"),
    "not_cleared": gettext_lazy("还没有医务人员说病情稳定、可以走"),
    "child": gettext_lazy("可能不满%(line)s周岁，不能一个人走：由亲属接领、流出地接回或护送"),
    "capacity": gettext_lazy("有精神障碍或智力障碍的迹象，不能一个人走：由亲属接领、流出地接回或护送"),
    "danger": gettext_lazy("有危险标记，等负责人决定；决定以前不联系接领人"),
    "decided_against": gettext_lazy("负责人决定不返乡，另定安置"),
    "said_no": gettext_lazy("他对社工说过不联系家里人：先再问他本人，由社工登记回答，或改用别的方式返乡"),
    "harm": gettext_lazy("有风险标记，家里人可能伤害他：由两人解除标记以前，不由亲属接"),
    "refused": gettext_lazy("亲属拒绝接领，已按规定通知民政部门，等流出地接回或改为护送"),
    "nobody": gettext_lazy("还没有登记谁来接领或接收"),
    "not_checked": gettext_lazy("还没有核对接领人证件"),
    "no_copy": gettext_lazy("还没有留接领人证件复印件"),
    "not_agreed": gettext_lazy("接收的救助站还没有函复同意：在下面“问救助站”发函，电话答复的登记在函上"),
    "lacks": gettext_lazy("还差 %(lacks)s 人"),
    "no_legs": gettext_lazy("还没有安排车次"),
    "missed": gettext_lazy("前一段还没到，后一段已经开了"),
    "no_station": gettext_lazy("要换乘，请写换乘地救助站的地址和电话告诉本人"),
}  # fmt: skip
# what opens a gate: the end of its address and its words
ESCORT: Final = ("escort", gettext_lazy("安排护送人员"))
CHANGE: Final = ("change", gettext_lazy("改方式或地点"))
SAFETY, LETTER = "safety", "letter"
STEPS: Final[dict[str, tuple[tuple[str, str | Promise], ...]]] = {
    "medical": (("clear", gettext_lazy("登记病情稳定")),),
    "capacity": (CHANGE,),
    "safety": ((SAFETY, gettext_lazy("决定是否返乡")),),
    "halt": (("lift", gettext_lazy("解除暂停")),),
    "family": (CHANGE,),
    "taker": (("taker", gettext_lazy("登记接领人")), ("refuse", gettext_lazy("登记拒绝接领"))),
    "agreed": ((LETTER, gettext_lazy("问救助站")),),
    "escorts": (ESCORT,),
    "women": (ESCORT,),
    "doctors": (ESCORT,),
    "route": (("leg", gettext_lazy("安排一段行程")),),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What opens a gate: the end of its address and its words."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A gate as the page shows it; a closed one with what opens it."""

    code: str
    label: str
    is_open: bool
    words: str
    steps: tuple[Step, ...] = ()


def gates_of(plan: ReturnPlan, at: datetime) -> tuple[Gate, ...]:
    """The gates of a plan now."""
    book = rules_at(plan.division_code, at)
    wanted = Wanted(
        escorts=int(book.need("return.escorts").number),
        women=int(book.need("return.escort_women").number),
        medical=int(book.need("return.escort_medical").number),
    )
    return rules.gates(facts_of(plan, at), wanted)


def shown_gates(plan: ReturnPlan, at: datetime) -> list[Shown]:
    """Every gate with its reason in words."""
    return [
        Shown(
            gate.code,
            str(GATES[gate.code]),
            gate.is_open,
            _reason(gate, plan.division_code, at),
            () if gate.is_open else _steps(gate),
        )
        for gate in gates_of(plan, at)
    ]


def _steps(gate: Gate) -> tuple[Step, ...]:
    """What opens it; whom relatives refused goes home by another way, or somebody else is put down."""
    found = STEPS[gate.code]
    if gate.reason == "refused":
        found = (CHANGE, found[0])
    return tuple(Step(code, str(label)) for code, label in found)


def words_of(gate: Gate, division_code: str, at: datetime) -> str:
    """The gate that is shut, and why, in words."""
    return f"{GATES[gate.code]}{_('：')}{_reason(gate, division_code, at)}"


def _reason(gate: Gate, division_code: str, at: datetime) -> str:
    """Why a gate is shut; empty for an open one."""
    if gate.is_open:
        return ""
    if gate.reason in Halt.values:
        return str(Halt(gate.reason).label)
    values = {"lacks": gate.lacks, "line": age_lines(division_code, at).must_be_collected}
    return str(REASONS[gate.reason]) % values


def facts_of(plan: ReturnPlan, at: datetime) -> Facts:
    """What the gates ask of a plan. A mark of danger that came after the decision asks anew."""
    marks = list(PersonClass.objects.filter(case_id=plan.case_id, withdrawn_at=None))
    dangers = [mark.decided_at for mark in marks if mark.code in rules.DANGERS]
    decided = plan.safety_at
    is_fresh = decided is not None and all(moment <= decided for moment in dangers)
    age = plan.person.age_on(clock.local(at).date())
    line = age_lines(plan.division_code, at).must_be_collected
    return Facts(
        way=plan.way,
        sex=plan.person.sex,
        may_be_child=age is not None and age.low < line,
        classes=frozenset(mark.code for mark in marks),
        is_cleared=plan.cleared_at is not None,
        is_in_hospital=_is_in_hospital(plan),
        safety=plan.safety if is_fresh else "",
        is_taker_checked=plan.is_taker_checked,
        has_copy=plan.taker_copy_id is not None,
        has_taker=bool(plan.taker),
        has_agreed=has_agreed(plan),
        is_refused=plan.refused_at is not None,
        halt=plan.halt,
        against_family=_against_family(plan),
        escorts=tuple(
            Company(one.sex, one.is_medical) for one in plan.escorts.filter(dropped_at=None)
        ),
        legs=tuple(
            Span(leg.origin, leg.goal, leg.leaves_at, leg.due_at, bool(leg.station_words))
            for leg in plan.legs.filter(dropped_at=None)
        ),
    )


def _against_family(plan: ReturnPlan) -> str:
    """What he told his social worker, or a mark, speaks against relatives (X58); asked where they are to fetch him."""
    if plan.way != Way.RELATIVES:
        return ""
    if family_is_stopped(plan.case_id):
        return "harm"
    return "said_no" if speaks_against_family(plan.case_id) else ""


def _is_in_hospital(plan: ReturnPlan) -> bool:
    if HospitalCare.objects.filter(case_id=plan.case_id, ended_at=None).exists():
        return True
    away = Absence.objects.filter(
        stay__case_id=plan.case_id, back_at=None, reason=Absence.Reason.HOSPITAL
    )
    return away.exists()


def check_leaving() -> None:
    """Let leaving a station ask the return plan, where there is one."""
    register_check("return_plan", gettext_lazy("返乡计划"), _judge)


def _judge(stay: Stay, wanted: Plan, at: datetime) -> Finding | None:
    """By the way that was planned every gate must be open; by another one somebody says why."""
    if wanted.way not in Way.values:
        return None
    plan = (
        ReturnPlan.objects.select_related("person")
        .filter(case_id=stay.case_id, state=State.PLANNED)
        .first()
    )
    if plan is None:
        return None
    if wanted.way not in (plan.way, "escorted" if plan.way == Way.STATION else plan.way):
        said = _("返乡计划 %(number)s 写的是“%(way)s”：写明为什么改")
        return Finding("ask", said % {"number": plan.number, "way": plan.get_way_display()})
    closed = rules.shut(gates_of(plan, at))
    return Finding("blocks", joined(closed, plan.division_code, at)) if closed else Finding("fine")


def joined(closed: Iterable[Gate], division_code: str, at: datetime) -> str:
    """The reasons of several gates in one sentence."""
    return str(_("；")).join(words_of(gate, division_code, at) for gate in closed)
