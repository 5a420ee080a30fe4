"""Families who claim somebody who is settled: in the page of the settlement and one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.homeward.models import ClaimAnswer, Settlement, SettlementClaim
from nuantu.homeward.rules.claims import TOLD
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One family in the page of the settlement, with the clock of its answer."""

    row: SettlementClaim
    clock: Clock | None
    url: str


def claim_url(public_id: UUID) -> str:
    """The page where a claim is answered."""
    return reverse("homeward:claim", args=[public_id])


def claim_label(public_id: UUID) -> str:
    """How a claim is called; no name of a family."""
    found = SettlementClaim.objects.filter(public_id=public_id).values_list(
        "settlement__number", "number"
    )
    settlement, number = found.first() or ("", "")
    return _("落户安置 %(settlement)s 第%(n)s家认领") % {"settlement": settlement, "n": number}


def case_of(public_id: UUID) -> UUID | None:
    """The case of a claim."""
    found = SettlementClaim.objects.filter(public_id=public_id)
    return found.values_list("case_id", flat=True).first()


def human_of(public_id: UUID) -> UUID | None:
    """The record of who is claimed."""
    found = SettlementClaim.objects.filter(public_id=public_id)
    return found.values_list("settlement__person__public_id", flat=True).first()


def about_human(person_id: UUID) -> Iterable[UUID]:
    """The claims of a person."""
    found = SettlementClaim.objects.filter(settlement__person__public_id=person_id)
    return found.values_list("public_id", flat=True)


def claims_of(row: Settlement, at: datetime) -> list[ClaimLine]:
    """The families that claim him, in the order in which they came."""
    rows = list(SettlementClaim.objects.filter(settlement=row).order_by("number"))
    ids = [one.public_id for one in rows if not one.answer]
    owed = Duty.objects.filter(subject_id__in=ids, state=Duty.State.OPEN) if ids else []
    clocks = {duty.subject_id: duty.clock(at) for duty in owed}
    return [ClaimLine(one, clocks.get(one.public_id), claim_url(one.public_id)) for one in rows]


def sentences() -> list[tuple[str, str]]:
    """Each answer with the words that the family hears."""
    return [(str(answer.label), TOLD[answer.value]) for answer in ClaimAnswer]
