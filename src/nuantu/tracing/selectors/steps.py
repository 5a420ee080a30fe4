"""The steps of a search as its page shows them: its own, and those whose clocks the stay keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.operations.selectors import rules_at
from nuantu.planbook import sources
from nuantu.stays.models import Inquiry, Stay
from nuantu.tracing.models import IdentitySearch, IdentityStep
from nuantu.tracing.rules.steps import DNA, OF_THE_STAY, POLICE, WORDS, PlannedStep, planned

_BY_INQUIRY: Final = {
    Inquiry.Kind.IDENTITY: POLICE,
    Inquiry.Kind.FINGERPRINT: POLICE,
    Inquiry.Kind.PORTRAIT: POLICE,
    Inquiry.Kind.DNA: DNA,
}


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a step once: when, by whom, in which words; `url` leads where more is written."""

    at: datetime
    by: str
    says: str
    words: str = ""
    url: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step on the page: its clock while it is owed, what came of it, who keeps the clock."""

    code: str
    label: str
    source: str
    plan: str
    clock: Clock | None
    is_unverified: bool
    may_take: bool
    owner: str
    url: str
    done: tuple[Done, ...]

    @property
    def state(self) -> str:
        """`due` while it is owed, `done` once something came of it, else `waits`."""
        if self.clock is not None:
            return "due"
        return "done" if self.done else "waits"


def planned_for(division_code: str, at: datetime) -> tuple[PlannedStep, ...]:
    """The steps that hold for a place: those of the law, overlaid by the plans in force."""
    book = rules_at(division_code, at)
    unknown = book.need("vague.clock", key="paper")
    return planned(
        book.rules("tracing.step"), book.rules("search.step"), (unknown.number / 60, "hour")
    )


def steps_of(search: IdentitySearch, at: datetime) -> list[StepLine]:
    """Every step in its order; a fixed number of queries."""
    rows = list(search.steps.select_related("evidence").order_by("-done_at"))
    stays = list(Stay.objects.filter(case_id=search.case_id).order_by("-entered_at"))
    duties = _duties(search, stays)
    asked = list(Inquiry.objects.filter(reception__case_id=search.case_id).order_by("-asked_at"))
    plans = planned_for(search.division_code, at)
    known = {one.code for one in plans}
    gone = [row.code for row in rows if row.code not in known]
    older = (PlannedStep(code, 0, "", "", *WORDS.get(code, (code, code))) for code in gone)
    return [_line(search, plan, rows, duties, stays, asked, at) for plan in (*plans, *older)]


def _duties(search: IdentitySearch, stays: Iterable[Stay]) -> list[Duty]:
    kinds = [kind for found in OF_THE_STAY.values() for kind in found]
    of_stay = Duty.objects.filter(
        subject_kind="stay", subject_id__in=[one.public_id for one in stays], kind__in=kinds
    )
    of_search = Duty.objects.filter(subject_kind="identity_search", subject_id=search.public_id)
    return list((of_stay | of_search).order_by("due_at"))


def _line(
    search: IdentitySearch,
    plan: PlannedStep,
    rows: list[IdentityStep],
    duties: list[Duty],
    stays: list[Stay],
    asked: list[Inquiry],
    at: datetime,
) -> StepLine:
    language = get_language() or ""
    mine = [row for row in rows if row.code == plan.code]
    waiting = next((row for row in mine if row.done_at is None), None)
    running = _running(plan, waiting, duties)
    is_english = language.startswith("en")
    owner_url = reverse("stays:detail", args=[stays[0].public_id]) if stays else ""
    return StepLine(
        code=plan.code,
        label=plan.en if is_english else plan.zh,
        source=sources.said(plan.source, language),
        plan=sources.said(plan.plan, language),
        clock=running.clock(at) if running else None,
        is_unverified="未核实" in plan.source or "系统默认" in plan.source,
        may_take=waiting is not None and search.is_open,
        owner=_("在站") if plan.is_of_the_stay else "",
        url=owner_url if plan.is_of_the_stay else "",
        done=(
            *(_done(row) for row in mine if row.done_at),
            *(_kept(duty, owner_url) for duty in _finished(plan, duties)),
            *(_asked(one) for one in asked if _BY_INQUIRY[Inquiry.Kind(one.kind)] == plan.code),
        ),
    )


def _running(plan: PlannedStep, waiting: IdentityStep | None, duties: list[Duty]) -> Duty | None:
    wanted: UUID | None = waiting.duty_id if waiting else None
    kinds = OF_THE_STAY.get(plan.code, ())
    still = (one for one in duties if one.state == Duty.State.OPEN)
    return next((one for one in still if one.public_id == wanted or one.kind in kinds), None)


def _finished(plan: PlannedStep, duties: list[Duty]) -> list[Duty]:
    kinds = OF_THE_STAY.get(plan.code, ())
    return [one for one in duties if one.kind in kinds and one.state == Duty.State.DONE]


def _done(row: IdentityStep) -> Done:
    evidence = reverse("tracing:evidence", args=[row.public_id]) if row.evidence_id else ""
    says = str(row.get_answer_display())
    return Done(row.done_at or row.opened_at, row.done_by, says, row.words, evidence=evidence)


def _kept(duty: Duty, url: str) -> Done:
    return Done(duty.done_at or duty.due_at, duty.done_by, duty.said, duty.note, url)


def _asked(row: Inquiry) -> Done:
    """What police answer of somebody they look for stands with the reception alone."""
    moment, asked = row.answered_at or row.asked_at, f"{row.get_kind_display()} · {row.asked_of}"
    if row.answer == Inquiry.Answer.WANTED:
        return Done(moment, row.asked_by, f"{asked} · {_('答复见接待登记')}")
    return Done(moment, row.asked_by, f"{asked} · {row.get_answer_display()}", row.answer_note)
