"""What the safety page of a station shows: checks owed, hazards, inspectors, what was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from nuantu.accounts.models import Organisation, User
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.stays.models import Hazard, Inspection, SafetyCheck
from nuantu.stays.rules.safety import Checklist
from nuantu.stays.selectors.safety.lists import checklists_of

RECENT = 12
LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OwedCheck:
    """A check that is still owed, with its clock."""

    row: SafetyCheck
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class HazardLine:
    """A hazard that is not closed, with the clock of what it asks for now."""

    row: Hazard
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class SafetyBoard:
    """The page."""

    owed: list[OwedCheck]
    hazards: list[HazardLine]
    inspections: list[Inspection]
    done: list[SafetyCheck]
    lists: list[Checklist]
    overdue: int

    @property
    def late_checks(self) -> int:
        """Checks whose time is over."""
        return sum(one.clock is not None and one.clock.remaining_seconds < 0 for one in self.owed)

    @property
    def unanswered(self) -> int:
        """Inspections that wait for an answer."""
        return sum(one.is_answer_owed and one.answered_at is None for one in self.inspections)


def safety_board(org: str, division_code: str, at: datetime) -> SafetyBoard:
    """Everything the safety page of a station shows; six queries whatever the number of rows."""
    since = at - LOOK_BACK
    checks = SafetyCheck.objects.filter(owner_org=org)
    waiting = list(checks.filter(done_at=None, due_at__gte=since).order_by("due_at"))
    hazards = list(open_hazards(org))
    clocks = clocks_of([*(one.public_id for one in waiting), *(h.public_id for h in hazards)], at)
    done = checks.exclude(done_at=None).annotate(
        faults=Count("lines", filter=Q(lines__is_ok=False))
    )
    lines = [HazardLine(one, clocks.get(one.public_id)) for one in hazards]
    return SafetyBoard(
        owed=[OwedCheck(one, clocks.get(one.public_id)) for one in waiting],
        hazards=lines,
        inspections=list(
            Inspection.objects.filter(owner_org=org)
            .annotate(finding_count=Count("hazards"))
            .order_by("-inspected_at")[:RECENT]
        ),
        done=list(done.order_by("-done_at")[:RECENT]),
        lists=checklists_of(org, division_code, at),
        overdue=sum(one.clock is not None and one.clock.remaining_seconds < 0 for one in lines),
    )


def open_hazards(org: str) -> QuerySet[Hazard]:
    """Hazards of a station that are not closed, the most pressing first."""
    rows = Hazard.objects.filter(owner_org=org).exclude(state=Hazard.State.CLOSED)
    return rows.select_related("mender").order_by("due_at", "pk")


def clocks_of(ids: Iterable[UUID], at: datetime) -> dict[UUID, Clock]:
    """The clock of the open duty about each thing; one query."""
    rows = Duty.objects.filter(subject_id__in=list(ids), state=Duty.State.OPEN).order_by("-due_at")
    return {row.subject_id: row.clock(at) for row in rows}


def hazards_found(org: str, *, words: str = "", state: str = "") -> QuerySet[Hazard]:
    """The register of hazards of a station, newest first, by words and state."""
    rows = Hazard.objects.filter(owner_org=org).select_related("mender")
    if state:
        rows = rows.filter(state=state)
    if words.strip():
        text = words.strip()
        rows = rows.filter(Q(what__icontains=text) | Q(place__icontains=text))
    return rows.order_by("-found_at", "-pk")


def menders(org: str) -> QuerySet[User]:
    """Who can be asked to mend something: everybody of the station with an account."""
    return User.objects.filter(organisation_id=org, is_active=True).order_by("name")


def division_of(org: str) -> str:
    """Where a station sits; nothing for a code that nobody has."""
    rows = Organisation.objects.filter(code=org).values_list("division_id", flat=True)
    return rows.first() or ""
