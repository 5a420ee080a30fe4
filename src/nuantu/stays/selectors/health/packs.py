"""Whether the epidemic pack is switched on at a place: a plan says so, with its law and its end."""

from dataclasses import dataclass
from datetime import date, datetime

from nuantu.core import clock
from nuantu.operations.selectors import rules_at
from nuantu.stays.models import Health, Reception, Screening

EPIDEMIC = "epidemic"


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack of clauses: on or off, why, and what it says."""

    is_on: bool = False
    reason: str = ""
    until: date | None = None
    source: str = ""


OFF = Pack()


def epidemic(division_code: str, at: datetime) -> Pack:
    """The epidemic pack at a place and moment; off where no plan switches it on, or its law lapsed."""
    ruling = rules_at(division_code, at).find("pack", key=EPIDEMIC)
    value = ruling.value if ruling is not None else None
    if ruling is None or not isinstance(value, dict):
        return OFF
    said = str(value.get("until") or "")
    until = date.fromisoformat(said) if said else None
    is_over = until is not None and until < clock.local(at).date()
    return Pack(
        is_on=bool(value.get("is_on")) and not is_over,
        reason=str(value.get("reason") or ""),
        until=until,
        source=ruling.source,
    )


def zone_at_entry(reception: Reception, at: datetime) -> str:
    """The zone by health in which somebody begins (P9-34).

    While the pack is on, whoever no medic has looked at begins under observation; nobody waits at
    the door for a medic, a phone or a test.
    """
    if reception.health != Health.GENERAL or not epidemic(reception.division_code, at).is_on:
        return reception.health
    seen = Screening.objects.filter(
        case_id=reception.case_id, screened_at__gte=reception.asked_at, result="fit"
    )
    return reception.health if seen.exists() else Health.OBSERVATION
