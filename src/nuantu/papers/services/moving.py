"""Papers follow their case to whoever accepted it."""

from uuid import UUID

from nuantu.core import scope
from nuantu.core.models import StoredFile
from nuantu.papers.models import Paper
from nuantu.papers.services.signing import PURPOSE


def move_with_case(public_id: UUID, case_id: UUID | None, new_owner: str) -> None:
    """As `core.subjects` calls it: the papers of a case and their signatures; the numbers stay."""
    if case_id is None:
        return
    with scope.system("an accepted hand-over moves the papers of a case"):
        Paper.objects.filter(case_id=case_id).update(owner_org=new_owner)
        StoredFile.objects.filter(case_id=case_id, purpose=PURPOSE).update(owner_org=new_owner)
