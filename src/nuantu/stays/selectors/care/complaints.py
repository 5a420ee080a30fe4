"""Complaints as lists and pages show them; whoever is meant does not find his."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, Q

from nuantu.accounts.models import Organisation, User
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.operations.selectors import rules_at
from nuantu.stays.models import Complaint, Stay

REACH: Final = "keep.complaint_reach"
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
    """Cases of residents of whom one waits for an answer, for the system scope: his own where he gave
    his name, otherwise those of all who can have written it."""
    waiting = Complaint.objects.filter(answered_at=None)
    named = waiting.filter(case_id__isnull=False).values_list("case_id", flat=True)
    found = {case for case in named if case is not None}
    for row in waiting.filter(case_id=None):
        found.update(_may_have_written(row))
    return found


def _may_have_written(row: Complaint) -> set[UUID]:
    """Cases of whoever was in the house then, or had left within `keep.complaint_reach` days."""
    since = row.made_at - _reach(row)
    there = Stay.objects.filter(owner_org__in=_houses(row), entered_at__lte=row.made_at)
    there = there.filter(Q(left_at=None) | Q(left_at__gte=since))
    return {case for case in there.values_list("case_id", flat=True) if case is not None}


def disputed_rolls() -> Q:
    """The roll-calls that lie near to a complaint which waits for an answer, for the system scope."""
    found = Q(pk__in=[])
    for row in Complaint.objects.filter(answered_at=None):
        span = row.made_at - _reach(row), row.made_at + _reach(row)
        found |= Q(owner_org__in=_houses(row), called_at__range=span)
    return found


def _reach(row: Complaint) -> timedelta:
    return timedelta(days=rules_at(row.division_code, row.made_at).need(REACH).number)


def _houses(row: Complaint) -> set[str]:
    """The station that it is about; what is about a head lies with the authority above him."""
    below = Organisation.objects.filter(parent=row.owner_org, kind=Organisation.Kind.STATION)
    return {row.owner_org, *below.values_list("code", flat=True)}
