"""Searches that begin and end with a stay, without anybody typing it again."""

from datetime import datetime
from uuid import UUID

from nuantu.core import scope
from nuantu.core.actors import SYSTEM
from nuantu.core.models import StoredFile
from nuantu.operations.models import Duty
from nuantu.persons.models import Case
from nuantu.stays.models import Stay
from nuantu.stays.rules.clocks import is_unknown
from nuantu.stays.selectors.known import known_of
from nuantu.tracing.models import Fragment, IdentityRequest, IdentitySearch
from nuantu.tracing.services.fragments import SOUND
from nuantu.tracing.services.requests import SCAN
from nuantu.tracing.services.search_lines import REQUEST
from nuantu.tracing.services.searching import EVIDENCE, begin_search, leave_search

FILES = (SOUND, EVIDENCE, SCAN)


def begin_of_stay(*, at: datetime, stay: Stay) -> None:
    """Nobody knows who a resident is: the search begins, or is taken up again."""
    case = Case.objects.select_related("person").filter(case_id=stay.case_id).first()
    if case is not None and case.is_open and stay.is_here and is_unknown(known_of(stay, at)):
        begin_search(actor=SYSTEM, at=at, case=case)


def leave_of_stay(*, at: datetime, stay: Stay) -> None:
    """A resident left: where nobody knows who he is, the steps end and the search waits for late answers."""
    found = IdentitySearch.objects.filter(case_id=stay.case_id).first()
    is_back = Stay.objects.filter(case_id=stay.case_id, left_at=None).exists()
    if found is not None and not is_back:
        leave_search(actor=SYSTEM, at=at, search=found)


def watch_searches(*, at: datetime) -> int:
    """Once an hour: no resident whom nobody knows without a search; how many began.

    Call it under the system scope.
    """
    searched = IdentitySearch.objects.values("case_id")
    here = Stay.objects.filter(left_at=None).exclude(case_id__in=searched)
    begun = 0
    for stay in here.select_related("person", "reception").order_by("pk").iterator():
        begin_of_stay(at=at, stay=stay)
        begun += 1
    return begun


def is_searched(case_id: UUID) -> bool:
    """Whether somebody searches for who this is, or did."""
    return IdentitySearch.objects.filter(case_id=case_id).exists()


def move_with_case(public_id: UUID, case_id: UUID | None, new_owner: str) -> None:
    """As `core.subjects` calls it: search, fragments, requests and their files go with the case."""
    if case_id is None:
        return
    with scope.system("an accepted hand-over moves the search of a case"):
        for model in (IdentitySearch, Fragment, IdentityRequest):
            model.objects.filter(case_id=case_id).update(owner_org=new_owner)
        asked = IdentityRequest.objects.filter(case_id=case_id).values("public_id")
        Duty.objects.filter(subject_kind=REQUEST, subject_id__in=asked).update(owner_org=new_owner)
        StoredFile.objects.filter(case_id=case_id, purpose__in=FILES).update(owner_org=new_owner)
