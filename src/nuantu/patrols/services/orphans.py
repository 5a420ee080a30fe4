"""Locations that lie in nobody's area: somebody must be named, and the duty list says so."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import SYSTEM
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import DutyClosed, complete_duty, open_duty
from nuantu.patrols.models import PatrolSearch, PatrolWeek
from nuantu.patrols.rules.asking import NO_AREA
from nuantu.patrols.services.rows import KIND

AREA: Final = "patrol.area"


def ask_for_areas(*, week: PatrolWeek, at: datetime) -> Duty | None:
    """Owe an answer for the locations of a planned week that lie in nobody's area.

    A week planned anew without any keeps the promise. Runs under the system scope; may run twice.
    """
    remarks = PatrolSearch.objects.values_list("remarks", flat=True).get(week=week)
    count = sum(text.startswith(f"{NO_AREA}:") for text in remarks)
    asked = Duty.objects.filter(kind=AREA, state=Duty.State.OPEN, division_code=week.division_code)
    if not count:
        for duty in asked:
            _close(duty, at)
        return None
    if asked.exists():
        return None
    term = rules_at(week.division_code, at).need(AREA)
    return open_duty(
        actor=SYSTEM,
        at=at,
        kind=AREA,
        title=f"明确 {count} 个重点区域由谁巡查",
        title_en=f"Say who patrols key locations in nobody's area: {count}",
        subject=Subject(KIND, week.public_id),
        owner_org=week.owner_org,
        division_code=week.division_code,
        due_at=at + timedelta(days=term.number),
        basis=f"{term.source} {term.number:g} {term.unit}",
        basis_rule=term.source[:60],
    )


def _close(duty: Duty, at: datetime) -> None:
    try:
        complete_duty(actor=SYSTEM, at=at, duty=duty, note=stored(_("每个重点区域都有队伍负责")))
    except DutyClosed:
        return
