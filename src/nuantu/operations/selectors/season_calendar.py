"""What stands in a season calendar: phases, dated promises with their duties, raised levels."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors.bands import places_said
from nuantu.operations.selectors.board import office_names
from nuantu.operations.selectors.library import LibraryPlan, phase_bars
from nuantu.operations.selectors.months import Band, Entry, Office
from nuantu.planbook import deadlines, files, words
from nuantu.planbook.compiler import Compiled, compile_plan
from nuantu.planbook.planned import TASK, PlannedDuty

REPORT = "report.submit"
DATED = (REPORT, TASK)


@dataclass(frozen=True, slots=True)
class Season:
    """Everything of some plans between two days."""

    entries: tuple[Entry, ...]
    bands: tuple[Band, ...]


def season_of_plans(
    operations: Sequence[Operation], *, first: date, last: date, at: datetime
) -> Season:
    """The dated promises and the phases of plans in force.

    A promise whose duties the reader may not see stands as the plan says it. Two queries.
    """
    shown = [one for one in operations if _touches(one, first, last)]
    duties = list(
        Duty.objects.filter(
            operation__in=shown,
            kind__in=DATED,
            due_at__gte=deadlines.start_of(first),
            due_at__lte=deadlines.end_of(last),
        )
        .exclude(state=Duty.State.CANCELLED)
        .order_by("due_at", "owner_org")
    )
    names = office_names(duty.owner_org for duty in duties)
    by_plan: defaultdict[int | None, list[Duty]] = defaultdict(list)
    for duty in duties:
        by_plan[duty.operation_id].append(duty)
    entries = [
        entry
        for one in shown
        for entry in _entries(one, by_plan[one.pk], names, at)
        if first <= entry.day <= last
    ]
    return Season(
        tuple(sorted(entries, key=lambda entry: (entry.day, entry.plan))),
        tuple(_phases_of(shown, is_area=len(operations) > 1)),
    )


def season_of_library(found: LibraryPlan) -> Season:
    """The dated promises and the phases of a packaged plan for a year."""
    url = reverse("operations:library_plan", args=[found.code])
    entries = tuple(_promise(duty, found.code, f"{url}?year={found.year}") for duty in found.duties)
    if found.compiled is None:
        return Season(entries, ())
    return Season(entries, tuple(_bands(found.compiled, url)))


def _touches(operation: Operation, first: date, last: date) -> bool:
    """Whether a plan has anything to say between two days; reports may follow its end."""
    tail = operation.end_date + timedelta(days=120)
    return operation.start_date - timedelta(days=120) <= last and tail >= first


@lru_cache(maxsize=512)
def _compiled(text: str, year: int, shift_days: int) -> Compiled | None:
    plan = files.read(text).plan
    return compile_plan(plan, year=year, shift_days=shift_days) if plan else None


def compiled_of(operation: Operation) -> Compiled | None:
    """The plan of an operation as it was put in force, compiled."""
    return _compiled(operation.source_text, operation.year, operation.shift_days)


def _entries(
    operation: Operation, duties: Sequence[Duty], names: dict[str, str], at: datetime
) -> Iterator[Entry]:
    """One entry for each promise and day, with the offices that owe it."""
    compiled = compiled_of(operation)
    groups: defaultdict[tuple[str, date], list[Duty]] = defaultdict(list)
    for duty in duties:
        groups[code_of(duty), deadlines.local_day(duty.due_at)].append(duty)
    for (_code, day), found in groups.items():
        yield _owed(operation, day, found, names, at)
    seen = {code for code, _day in groups}
    rules = reverse("operations:rules", args=[operation.public_id])
    for planned in compiled.duties if compiled else ():
        if planned.code not in seen:
            clause = planned.clause.partition("、")[0]
            yield _promise(planned, operation.plan_code, f"{rules}?q={clause}")


def code_of(duty: Duty) -> str:
    """The code in the plan file of a dated duty."""
    parts = (duty.recurrence or "").split(":")
    return parts[1] if len(parts) > 1 else str(duty.public_id)


def goes_to(duty: Duty) -> str:
    """Whom a report of a plan is sent to, in the language of the page; '' for any other duty."""
    if duty.kind != REPORT or duty.operation is None:
        return ""
    compiled = compiled_of(duty.operation)
    code, language = code_of(duty), get_language() or ""
    found = (one for one in compiled.duties if one.code == code) if compiled else ()
    return next((one.to_said(language) for one in found), "")


def _owed(
    operation: Operation,
    day: date,
    duties: Sequence[Duty],
    names: dict[str, str],
    at: datetime,
) -> Entry:
    offices = tuple(
        Office(
            names[duty.owner_org],
            reverse("operations:duty", args=[duty.public_id]),
            _state(duty, at),
        )
        for duty in duties
    )
    states = {office.state for office in offices}
    state = "late" if "late" in states else "open" if "open" in states else "done"
    return Entry(
        day=day,
        label=duties[0].said,
        url=offices[0].url,
        kind="report" if duties[0].kind == REPORT else "task",
        plan=operation.plan_code,
        clause=duties[0].basis_rule,
        state=state,
        offices=offices,
    )


def _state(duty: Duty, at: datetime) -> str:
    if duty.state == Duty.State.DONE:
        return "done"
    return "late" if duty.due_at < at else "open"


def _promise(planned: PlannedDuty, plan_code: str, url: str) -> Entry:
    is_english = (get_language() or "").startswith("en")
    return Entry(
        day=planned.due_date,
        label=(is_english and planned.title_en) or planned.title,
        url=url,
        kind="report" if planned.kind == REPORT else "task",
        plan=plan_code,
        clause=planned.clause,
        offices=(Office(words.said(planned.who, get_language() or ""), url, ""),),
    )


def _phases_of(operations: Sequence[Operation], *, is_area: bool) -> Iterator[Band]:
    """The phases of plans; those that many divisions run through together are one band."""
    together: defaultdict[Band, list[Operation]] = defaultdict(list)
    for one in operations:
        for band in _phases(one):
            together[band].append(one)
    for band, found in together.items():
        one = found[0]
        if len(found) == 1:
            place = f"{one.division.name} " if is_area else ""
            url = reverse("operations:operation", args=[one.public_id])
        else:
            place, url = f"{places_said(len(found))} ", reverse("operations:operations")
        yield replace(band, label=place + band.label, url=url)


def _phases(operation: Operation) -> Iterator[Band]:
    compiled = compiled_of(operation)
    if compiled is not None:
        yield from _bands(compiled, "")
        return
    yield Band(operation.start_date, operation.end_date, operation.plan_code, "", "phase")


def _bands(compiled: Compiled, url: str) -> Iterator[Band]:
    season, code = compiled.season, compiled.plan.code
    if not season.phases:
        yield Band(season.start, season.end, f"{code} " + _("行动期"), url, "phase")
    for name, first, last in phase_bars(season):
        yield Band(first, last, f"{code} {name}", url, "phase")
