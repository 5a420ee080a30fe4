"""The application for a settlement (F-16): who he is not, what was searched, what was asked for and answered."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import override

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.encounters.selectors.papers import of_person
from nuantu.homeward.models import (
    Benefit,
    Placed,
    Settlement,
    SettlementState,
    SettlementStep,
    StepAnswer,
    StepCode,
)
from nuantu.homeward.selectors.settling import term_ends
from nuantu.papers.rules.kinds import Row, Values
from nuantu.papers.selectors import kinds
from nuantu.persons.models import Certainty, FactKind, PersonFact
from nuantu.tracing.models import IdentitySearch, LineKind
from nuantu.tracing.selectors.requests import requests_of
from nuantu.tracing.selectors.steps import steps_of

APPLICATION: Final = "settlement_case"
# How a step that was done is said to an office.
DONE: Final = {
    StepCode.COMPARE: "没有比中",
    StepCode.REVIEW: "同意上报",
    StepCode.APPROVE: "同意安置",
    StepCode.ACCEPT: "已受理",
}
OTHERWISE: Final = {StepAnswer.RETURNED: "退回补正", StepAnswer.HIT: "有线索，先核查"}


def feed_papers() -> None:
    """Tell `papers` who fills the application."""
    kinds.feed(
        APPLICATION, subject_kind="settlement", gather=application_values, offers=_applied_for
    )


def _applied_for(case_id: UUID) -> Iterable[UUID]:
    found = Settlement.objects.filter(case_id=case_id).exclude(state=SettlementState.ENDED)
    return found.values_list("public_id", flat=True)


def application_values(actor: Actor, row: Settlement, at: datetime) -> Values:
    """F-16 as far as it has come; a step that is not done leaves its places empty."""
    search = IdentitySearch.objects.filter(case_id=row.case_id).order_by("-pk").first()
    with override("zh-hans"):
        return {
            **of_person(row.person, at),
            **_steps(row),
            "stranded_date": _day(row.stranded_date),
            "term_end": _day(term_ends(row.stay, at)),
            "claimed_name": "、".join(_claimed(row)),
            "assigned_name": row.assigned_name,
            "assigned_birth_date": _day(row.assigned_birth_date),
            "naming": row.naming,
            "placed": str(Placed(row.placed).label),
            "house": row.house,
            "searched": _searched(search, at) if search else [],
            "asked": _asked(search, at) if search else [],
            "household": row.household,
            "registered_date": _day(row.registered_date),
            "registered_number": opened(row.id_number) if row.id_number else "",
            "benefits": "、".join(str(Benefit(one).label) for one in row.benefits),
        }


def _day(day: date | None) -> str:
    return f"{day:%Y年%m月%d日}" if day else ""


def _claimed(row: Settlement) -> list[str]:
    facts = PersonFact.objects.filter(person=row.person, kind=FactKind.NAME, corrections=None)
    found = facts.exclude(certainty=Certainty.VERIFIED).order_by("pk")
    return list(found.values_list("value", flat=True))


def _steps(row: Settlement) -> Values:
    last = {step.code: step for step in row.steps.order_by("pk")}
    return {
        "compared": _said(last.get(StepCode.COMPARE)),
        "letter_number": _paper(last.get(StepCode.LETTER)),
        "review": _said(last.get(StepCode.REVIEW)),
        "plan_number": _paper(last.get(StepCode.PLAN)),
        "approved": _said(last.get(StepCode.APPROVE)),
        "accepted": _said(last.get(StepCode.ACCEPT)),
    }


def _paper(step: SettlementStep | None) -> str:
    return step.paper if step else ""


def _said(step: SettlementStep | None) -> str:
    if step is None:
        return ""
    answer = OTHERWISE.get(StepAnswer(step.answer)) or DONE[StepCode(step.code)]
    return "，".join(filter(None, [_day(step.done_date), answer, step.paper, step.words]))


def _searched(search: IdentitySearch, at: datetime) -> list[Row]:
    return [
        {
            "measure": step.label,
            "outcome": done.says,
            "done_on": _day(clock.local(done.at).date()),
        }
        for step in steps_of(search, at)
        for done in step.done
    ]


def _asked(search: IdentitySearch, at: datetime) -> list[Row]:
    return [
        {
            "matter": one.row.get_kind_display(),
            "body": one.row.asked_of,
            "request_number": one.row.number,
            "reply": str(LineKind(one.row.answer).label)
            if one.row.answer
            else one.row.get_state_display(),
        }
        for one in requests_of(search, at)
    ]
