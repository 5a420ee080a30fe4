"""Vital signs at or beyond their limits, and the residents whom a medic has to see because of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.planbook.rulebook import RuleBook
from nuantu.stays.models import Reception, Stay
from nuantu.stays.rules.medicine import MEASURES, alarming

SEE: Final = "vital.see"


def limits(division_code: str, at: datetime) -> tuple[dict[str, float], dict[str, float]]:
    """The lower and the upper limits by measure, in its unit, as the dated parameters say."""
    book = rules_at(division_code, at)
    return _figures(book, "vital.low"), _figures(book, "vital.high")


def _figures(book: RuleBook, kind: str) -> dict[str, float]:
    found = {name: book.find(kind, key=name) for name in MEASURES}
    return {name: ruling.number for name, ruling in found.items() if ruling is not None}


def alarms_in(figures: Mapping[str, float], division_code: str, at: datetime) -> list[str]:
    """Which of these figures are an alarm."""
    return alarming(figures, *limits(division_code, at)) if figures else []


def owed_looks(org: str) -> QuerySet[Duty]:
    """Open promises of a station to see somebody because of his vital signs, the earliest first."""
    rows = Duty.objects.filter(owner_org=org, kind=SEE, state=Duty.State.OPEN)
    return rows.order_by("due_at", "pk")


def looks_at(row: Stay | Reception) -> QuerySet[Duty]:
    """The same about one resident, from his reception on, or about somebody at the door."""
    ids = [row.public_id]
    if isinstance(row, Stay) and row.reception is not None:
        ids.append(row.reception.public_id)
    return owed_looks(row.owner_org).filter(subject_id__in=ids)
