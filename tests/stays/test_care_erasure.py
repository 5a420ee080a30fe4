"""What daily care wrote about somebody goes with his case."""

from collections.abc import Callable
from typing import Any

import pytest

from nuantu.core import scope
from nuantu.core.erasure import erase_case, opened
from nuantu.core.typed import GONE
from nuantu.stays.models import CareEntry, Complaint, HealthNote, Search, SearchStep
from nuantu.stays.services import care
from tests.cast import COUNTY, STATION, Cast
from tests.stays.house import NIGHT, a_stay

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def test_the_words_of_care_go_with_the_case(cast: Cast, as_: As) -> None:
    stay = a_stay(cast)
    assert stay.case_id is not None
    carer, medic = cast.carer.actor, cast.medic.actor
    with as_(cast.carer):
        care.note_care(
            actor=carer, at=NIGHT, stay=stay, deed=care.Deed("visitor"), note_text="他的舅舅"
        )
        search = care.raise_search(actor=carer, at=NIGHT, stay=stay)
        care.take_step(actor=carer, at=NIGHT, search=search, step="police", note_text="城关所")
        care.end_search(actor=carer, at=NIGHT, search=search, end="found", note_text="在舅舅家")
        care.take_complaint(actor=carer, at=NIGHT, said=care.Said("food", "box", "饭凉", stay=stay))
    with as_(cast.medic):
        care.note_health(actor=medic, at=NIGHT, stay=stay, kind="vital", text="体温 36.7")
    with scope.system("the head erases a closed case"):
        erase_case(
            case_id=stay.case_id,
            actor=cast.station_head.actor,
            at=NIGHT,
            reason="期满",
            division_code=COUNTY,
            owner_org=STATION,
        )
        words = [
            CareEntry.objects.get().note,
            SearchStep.objects.get().note,
            Search.objects.get().end_note,
            opened(Complaint.objects.get().text),
            opened(HealthNote.objects.get().text),
        ]
    assert words == [GONE] * 5
