"""The plan of the week ahead is owed before that week begins, so that patrols do not break off (P1-25)."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.selectors import bureau_of, counties, station_of
from nuantu.core import scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.turns import wait_for_turn
from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors import operations_at, rules_at
from nuantu.operations.services import DutyClosed, cancel_duty, complete_duty, open_duty
from nuantu.patrols.models import PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.selectors.unbroken import running_monday
from nuantu.places.models import KeyLocation

NEXT: Final = "patrol.next_week"
WHY: Final = "the plan of the week ahead is owed by the station of each county"


def owe_next_weeks(*, at: datetime) -> int:
    """Open what each county with a plan in force owes: its next week, published; how many were opened.

    Kept by the publication, taken back when the week is over. May run twice.
    """
    with scope.system(WHY):
        return sum(_owe(county, at) for county in counties_in_plans())


def counties_in_plans() -> list[str]:
    """The counties that a plan which was started and not closed holds for."""
    divisions = Operation.objects.filter(closed_at=None).values_list("division_id", flat=True)
    return sorted({county for code in set(divisions) for county in counties_below(code)})


def counties_below(division_code: str) -> list[str]:
    """The counties of a division; a county or a part of it means the county."""
    if division_code[4:6] != "00":
        return [division_code[:6].ljust(12, "0")]
    prefix = division_code[:2] if division_code[2:4] == "00" else division_code[:4]
    return [division.code for division in counties(prefix)]


def _owe(county: str, at: datetime) -> int:
    first_day = running_monday(at) + timedelta(days=halves.DAYS)
    begins = halves.week_begins(first_day)
    operations, owner = operations_at(county, begins), station_of(county) or bureau_of(county)
    with transaction.atomic():
        wait_for_turn(f"{NEXT}:{county}")
        _forget_past(county, at)
        places = KeyLocation.objects.filter(closed_at=None, division_code__startswith=county[:6])
        if not operations or owner is None or not places.exists():
            return 0
        weeks = PatrolWeek.objects.filter(division_code=county, first_day=first_day)
        if weeks.filter(state=PatrolWeek.State.PUBLISHED).exists() or _open(county, first_day):
            return 0
        term = rules_at(county, at).need(NEXT)
        open_duty(
            actor=SYSTEM,
            at=at,
            kind=NEXT,
            title=_title(first_day),
            title_en=f"Plan and publish the patrol week from {first_day:%d %b}",
            subject=Subject("operation", operations[0].public_id),
            owner_org=owner.code,
            division_code=county,
            due_at=max(begins - timedelta(hours=term.number), at),
            basis=f"{term.source} {term.number:g} {term.unit}",
            basis_rule="P1-25",
            operation=operations[0],
        )
    return 1


def _title(first_day: date) -> str:
    return f"排好并下发 {first_day:%Y-%m-%d} 起一周的巡查计划"


def _open(county: str, first_day: date) -> list[Duty]:
    rows = Duty.objects.filter(kind=NEXT, state=Duty.State.OPEN, division_code=county)
    return list(rows.filter(title=_title(first_day)))


def _forget_past(county: str, at: datetime) -> None:
    """A week that is over cannot be planned any more; that it had no plan stays named."""
    over = at - timedelta(days=halves.DAYS + 1)
    for duty in Duty.objects.filter(
        kind=NEXT, state=Duty.State.OPEN, division_code=county, due_at__lt=over
    ):
        cancel_duty(actor=SYSTEM, at=at, duty=duty, reason="这一周已经过去，没有下发周计划")


def week_is_out(*, actor: Actor, at: datetime, week: PatrolWeek) -> None:
    """A week was published: what was owed for it is kept."""
    with scope.system(WHY):
        for duty in _open(week.division_code, week.first_day):
            try:
                complete_duty(actor=actor, at=at, duty=duty, note=stored(_("周计划已下发")))
            except DutyClosed:
                continue
