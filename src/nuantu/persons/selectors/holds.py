"""What may not be deleted yet: holds that were placed, and what packages above say is disputed."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.urls import reverse

from nuantu.core.subjects import Subject
from nuantu.core.subjects import label as label_of_subject
from nuantu.persons.models import EvidenceHold

HOLD: Final = "evidence_hold"
CASE: Final = "case"

Disputed = Callable[[], set[UUID]]
_kinds: set[str] = {CASE}
_disputed: dict[str, Disputed] = {}


def register_kind(kind: str) -> None:
    """Let the evidence of this kind of subject be held; it says how it is fetched with authority."""
    _kinds.add(kind)


def register_disputed(name: str, cases: Disputed) -> None:
    """Name the cases about which something is open that its own package keeps, such as a complaint.

    Asked under the system scope by the nightly deletion alone: that there is a complaint is not
    shown to whoever it may be about.
    """
    _disputed[name] = cases


def may_be_held(kind: str) -> bool:
    """Whether the evidence of this kind of subject can be held."""
    return kind in _kinds


def held(kind: str) -> set[UUID]:
    """The subjects of a kind whose evidence may not be deleted, for the system scope."""
    found = EvidenceHold.objects.filter(subject_kind=kind, ended_at=None)
    return set(found.values_list("subject_id", flat=True))


def held_cases() -> set[UUID]:
    """The cases whose evidence may not be deleted, for the system scope."""
    return held(CASE).union(*(cases() for cases in _disputed.values()))


def holds_of(kind: str, *subject_ids: UUID) -> list[EvidenceHold]:
    """The holds on these subjects that the reader may see, open ones first, then the newest."""
    found = EvidenceHold.objects.filter(subject_kind=kind, subject_id__in=subject_ids)
    return sorted(found, key=lambda hold: (not hold.is_open, -hold.recorded_at.timestamp()))


def label(public_id: UUID) -> str:
    """What a hold is called: what it is about."""
    hold = EvidenceHold.objects.filter(public_id=public_id).first()
    return label_of_subject(Subject(hold.subject_kind, hold.subject_id)) if hold else ""


def url(public_id: UUID) -> str:
    """The page of a hold."""
    return reverse("persons:hold", args=[public_id])
