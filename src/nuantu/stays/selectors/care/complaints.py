"""Complaints as lists and pages show them; whoever is meant does not find his."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from nuantu.accounts.models import User
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.stays.models import Complaint

SHOWN = 100


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """One complaint; its words only where they were just opened."""

    row: Complaint
    about: str
    words: str
    answer: str


def complaints(actor: Actor) -> list[Complaint]:
    """Complaints that the actor's organisation answers, open ones first."""
    rows = Complaint.objects.filter(owner_org=actor.org_code).exclude(about_id=actor.public_id)
    return list(rows.order_by(F("answered_at").desc(nulls_first=True), "-made_at")[:SHOWN])


def complaint_page(row: Complaint, words: str = "") -> ComplaintPage:
    """Read the page; the caller has authorised the reader."""
    about = User.objects.filter(public_id=row.about_id).first() if row.about_id else None
    return ComplaintPage(row, about.name if about else "", words, opened(row.answer))


def staff_of(org: str) -> Iterable[User]:
    """Who works in a station, by name."""
    return User.objects.filter(organisation_id=org, is_active=True).order_by("name")


def disputed_cases() -> set[UUID]:
    """Cases of residents who gave their name and wait for an answer; for the system scope."""
    waiting = Complaint.objects.filter(answered_at=None, case_id__isnull=False)
    return {case for case in waiting.values_list("case_id", flat=True) if case is not None}
