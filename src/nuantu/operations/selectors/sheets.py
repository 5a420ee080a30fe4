"""The duty sheet of an office: what one plan asks of it, dated and standing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import get_language

from nuantu.accounts.models import Organisation
from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors.season_calendar import DATED, code_of, compiled_of
from nuantu.planbook import deadlines
from nuantu.planbook.planned import PlannedDuty
from nuantu.planbook.schema import Plan

# which part of a plan's member units an organisation plays
ROLES: Final = {
    Organisation.Kind.BUREAU: "civil_affairs",
    Organisation.Kind.OFFICE: "joint_meeting_office",
    Organisation.Kind.STATION: "relief_station",
    Organisation.Kind.TOWNSHIP: "township",
    Organisation.Kind.POLICE: "police",
    Organisation.Kind.URBAN: "city_management",
    Organisation.Kind.HOSPITAL: "hospital",
    Organisation.Kind.HEALTH: "health",
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One duty of an office; a standing one has no day."""

    title: str
    clause: str
    quote: str
    due: date | None = None
    goes_to: str = ""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a plan asks of one office."""

    office: Organisation
    dated: tuple[SheetLine, ...]
    standing: tuple[SheetLine, ...]

    @property
    def count(self) -> int:
        """How many lines it has."""
        return self.dated_count + len(self.standing)

    @property
    def dated_count(self) -> int:
        """How many of them have a day; the standing ones are numbered after them."""
        return len(self.dated)


def sheets_of(operation: Operation, offices: Iterable[Organisation]) -> list[Sheet]:
    """A sheet for each of the offices, in their order, empty ones too. One query."""
    compiled = compiled_of(operation)
    plan = compiled.plan if compiled else None
    planned = {duty.code: duty for duty in compiled.duties} if compiled else {}
    owed: defaultdict[str, list[Duty]] = defaultdict(list)
    found = Duty.objects.filter(operation=operation, kind__in=DATED)
    for duty in found.exclude(state=Duty.State.CANCELLED).order_by("due_at", "pk"):
        owed[duty.owner_org].append(duty)
    return [
        Sheet(office, _dated(owed[office.code], planned), _standing(plan, office))
        for office in offices
    ]


def _dated(duties: Sequence[Duty], planned: Mapping[str, PlannedDuty]) -> tuple[SheetLine, ...]:
    language = get_language() or ""
    return tuple(
        SheetLine(
            title=duty.said,
            clause=duty.basis_rule or duty.basis,
            quote=planned[code].quote if code in planned else "",
            due=deadlines.local_day(duty.due_at),
            is_done=duty.state == Duty.State.DONE,
            goes_to=planned[code].to_said(language) if code in planned else "",
        )
        for duty in duties
        for code in (code_of(duty),)
    )


def _standing(plan: Plan | None, office: Organisation) -> tuple[SheetLine, ...]:
    """The tasks that the plan gives to the kind of unit the office is."""
    role = ROLES.get(Organisation.Kind(office.kind), "")
    is_english = (get_language() or "").startswith("en")
    return tuple(
        SheetLine((is_english and task.says_en) or task.says, "、".join(task.clause), task.quote)
        for unit in (plan.organisation.units if plan else ())
        if unit.role == role
        for task in unit.tasks
    )
