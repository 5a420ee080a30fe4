"""What casework tells other pages: the buttons of a person, and what leaving must know."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.casework.models import CasePlan, FamilyAnswer, FamilyConsent, RiskMark
from nuantu.casework.rules.grounds import CLASS_OF, FROM_SOMEBODY
from nuantu.core.actors import Actor
from nuantu.persons.models import Case, Person, PersonClass
from nuantu.persons.selectors.extensions import Action
from nuantu.stays.models import Stay
from nuantu.stays.rules.leaving import COLLECTED, HOME, Finding
from nuantu.stays.selectors.checks import FINE, Plan

READ, WRITE, MARK = "casework.plan.read", "casework.plan.write", "casework.risk.mark"
OVERSEE = "casework.plan.oversee"


def actions() -> Iterable[Action]:
    """Ask the worker, where there is a risk; mark one; open the plan, or begin one."""
    return (
        Action("casework.ask", gettext_lazy("有风险，先问社工"), MARK, _ask, "alert"),
        Action("casework.mark", gettext_lazy("标记风险"), MARK, _mark, "flag"),
        Action("casework.plan", gettext_lazy("社工个案"), READ, _plan, "plan"),
        Action("casework.open", gettext_lazy("开始社工个案"), WRITE, _open, "plan"),
    )


def _is_held(actor: Actor, case: Case | None) -> bool:
    return case is not None and case.is_open and case.owner_org == actor.org_code


def _ask(actor: Actor, person: Person, case: Case | None) -> str:
    if case is None:
        return ""
    mark = RiskMark.objects.filter(case_id=case.case_id, lifted_at=None).order_by("pk").first()
    return reverse("casework:ask", args=[mark.public_id]) if mark else ""


def _mark(actor: Actor, person: Person, case: Case | None) -> str:
    if case is None or not _is_held(actor, case):
        return ""
    return reverse("casework:mark", args=[case.case_id])


def _plan(actor: Actor, person: Person, case: Case | None) -> str:
    plan = _newest(case)
    if plan is None:
        return ""
    own = actor.account_id
    known = {one.public_id for one in (plan.worker, plan.stand_in) if one}
    if not actor.may(OVERSEE) and own not in known:
        return ""
    return reverse("casework:plan", args=[plan.public_id])


def _newest(case: Case | None) -> CasePlan | None:
    if case is None:
        return None
    rows = CasePlan.objects.filter(case_id=case.case_id).select_related("worker", "stand_in")
    return rows.order_by("-opened_at").first()


def _open(actor: Actor, person: Person, case: Case | None) -> str:
    plan = _newest(case)
    if case is None or not _is_held(actor, case) or (plan is not None and plan.is_open):
        return ""
    return reverse("casework:open", args=[case.case_id])


def before_leaving(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    """A risk stops the way home: nobody is fetched by a family while somebody may harm him there; a capable adult
    who goes by himself is asked, and what he answered is written down (X58)."""
    if plan.way not in HOME | COLLECTED:
        return None
    kinds = set(
        RiskMark.objects.filter(case_id=stay.case_id, lifted_at=None).values_list("kind", flat=True)
    )
    said_no = plan.way in COLLECTED and speaks_against_family(stay.case_id)
    if not kinds and said_no:
        return Finding("blocks", _("他说过不愿意联系家里人：先再问他本人，在社工个案里登记"))
    if not kinds:
        return FINE
    if kinds & FROM_SOMEBODY and plan.way in COLLECTED:
        return Finding("blocks", _("有风险标记：先问社工，由两人解除以后才能由别人接走"))
    return Finding("ask", _("有风险标记：问过社工没有？写明他怎么说、路上和到了以后谁在身边"))


def before_closing(case: Case, at: datetime) -> str:
    """A case does not end over an open plan or a risk that still holds; what to do stands with it."""
    found = []
    if CasePlan.objects.filter(case_id=case.case_id, state=CasePlan.State.OPEN).exists():
        found.append(_("社工个案还在进行：先由社工结束个案，写明结果和以后谁接着管"))
    if RiskMark.objects.filter(case_id=case.case_id, lifted_at=None).exists():
        found.append(_("风险标记还在：先由一人提出、另一人确认解除"))
    return "；".join(found)


def holds_class(given: PersonClass) -> str:
    """The class of a risk goes with its mark, which two people lift; one alone does not take it back."""
    kinds = [kind for kind, code in CLASS_OF.items() if code == given.code]
    marks = RiskMark.objects.filter(case_id=given.case_id, lifted_at=None, kind__in=kinds)
    if not kinds or not marks.exists():
        return ""
    return _("有风险标记：先问社工。标记由两人解除以后，这个类别自动撤销")


def family_is_stopped(case_id: UUID | None) -> bool:
    """Whether nobody of the family may be told or asked now, because somebody may harm him (X58)."""
    rows = RiskMark.objects.filter(case_id=case_id, lifted_at=None)
    return rows.filter(kind__in=FROM_SOMEBODY).exists()


def last_answer(case_id: UUID | None) -> FamilyConsent | None:
    """What he said last when he was asked about his family; None where nobody asked."""
    rows = FamilyConsent.objects.filter(plan__case_id=case_id)
    return rows.order_by("-noted_at", "-pk").first()


def may_reach_family(case_id: UUID | None, reach: str) -> bool:
    """Whether his own word, or his guardian's, goes so far and nothing stops it (X58)."""
    last = last_answer(case_id)
    agreed = last is not None and last.withdrawn_at is None and reach in last.reaches
    return agreed and not family_is_stopped(case_id)


def speaks_against_family(case_id: UUID | None) -> bool:
    """Whether he refused contact with his family or took his word back, or somebody of it may harm him: for those who
    have a consent of their own to go by, and must not act against this one."""
    last = last_answer(case_id)
    said_no = last is not None and (
        last.answer == FamilyAnswer.REFUSES or last.withdrawn_at is not None
    )
    return said_no or family_is_stopped(case_id)
