"""Contacts follow their case to whoever accepted it."""

from uuid import UUID

from nuantu.core import scope
from nuantu.core.models import StoredFile
from nuantu.encounters.models import Encounter
from nuantu.encounters.services.rows import PURPOSE


def move_encounters(*, case_id: UUID, new_owner: str) -> None:
    """Give the contacts of a case and their photos to the new holder."""
    with scope.system("an accepted hand-over moves the contacts of a case"):
        Encounter.objects.filter(case_id=case_id).update(owner_org=new_owner)
        StoredFile.objects.filter(case_id=case_id, purpose=PURPOSE).update(owner_org=new_owner)


def move_with_case(public_id: UUID, case_id: UUID | None, new_owner: str) -> None:
    """As `core.subjects` calls it; without a case there is nothing that moves."""
    if case_id is not None:
        move_encounters(case_id=case_id, new_owner=new_owner)
