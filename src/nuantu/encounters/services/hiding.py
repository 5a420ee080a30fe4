"""Hide a photo of a contact that nobody should pass around, show it again, open it for a purpose."""

from datetime import datetime

from django.db import transaction

from nuantu.core import hiding, journal
from nuantu.core.actors import Actor
from nuantu.core.hiding import HidingRefused
from nuantu.core.subjects import Subject
from nuantu.encounters.models import Evidence
from nuantu.persons.models import Case
from nuantu.persons.services import take_photo_off


def hide_photo(*, actor: Actor, at: datetime, photo: Evidence, why: str) -> Evidence:
    """Show a photo or video to nobody without a purpose, and take it off the card of its person.

    Raises HidingRefused where it is hidden.
    """
    with transaction.atomic():
        held = _held(photo)
        _note(held, "hide", actor, at, held.hide(actor=actor, at=at, why=why))
        person = held.encounter.person
        if person.photo_id == held.file_id:
            case = Case.objects.get(case_id=held.encounter.case_ref)
            take_photo_off(actor=actor, at=at, person=person, case=case)
    return held


def show_photo(*, actor: Actor, at: datetime, photo: Evidence) -> Evidence:
    """Show a photo to whoever reads the contact again. Raises HidingRefused where it is not hidden."""
    with transaction.atomic():
        held = _held(photo)
        _note(held, "show", actor, at, held.show())
    return held


def reveal_photo(*, actor: Actor, at: datetime, photo: Evidence, purpose: str) -> None:
    """Open a hidden photo to the actor for ten minutes; the line of the journal is the permission.

    Raises HidingRefused without a purpose that an auditor can read.
    """
    words = hiding.stated(purpose)
    _note(photo, "reveal", actor, at, "查看遮盖的影像", words)


def _held(photo: Evidence) -> Evidence:
    rows = Evidence.objects.select_for_update(of=("self",)).select_related("encounter__person")
    return rows.get(pk=photo.pk)


def _note(
    photo: Evidence, deed: str, actor: Actor, at: datetime, summary: str, purpose: str = ""
) -> None:
    encounter = photo.encounter
    journal.record(
        verb=f"encounters.photo.{deed}",
        actor=actor,
        at=at,
        subjects=[
            Subject("person", encounter.person.public_id),
            Subject("case", encounter.case_ref),
            Subject("encounter", encounter.public_id),
        ],
        division_code=encounter.division_code,
        owner_org=encounter.owner_org,
        case_id=encounter.case_id,
        summary=summary,
        basis=purpose,
        is_basis_typed=True,
        changes={"photo": str(photo.public_id)},
    )


__all__ = ["HidingRefused", "hide_photo", "reveal_photo", "show_photo"]
