"""What daily care wrote about somebody goes with his case."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from nuantu.core import scope
from nuantu.core.erasure import erase_case, opened
from nuantu.core.models import RowHistory
from nuantu.core.typed import GONE
from nuantu.stays.models import (
    CareEntry,
    CloseContact,
    Complaint,
    DeathStep,
    HealthNote,
    Screening,
    Search,
    SearchStep,
)
from nuantu.stays.selectors.health.measured import measured_of
from nuantu.stays.services import care, health
from tests.cast import COUNTY, STATION, Cast
from tests.stays.house import NIGHT, a_stay, a_stay_in_bed
from tests.stays.patients import a_contact, a_death, an_infection, case_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
As = Callable[..., Any]


def erase(cast: Cast, case_id: UUID | None) -> None:
    assert case_id is not None
    with scope.system("the head erases a closed case"):
        erase_case(
            case_id=case_id,
            actor=cast.station_head.actor,
            at=NIGHT,
            reason="期满",
            division_code=COUNTY,
            owner_org=STATION,
        )


def versions(table: str) -> str:
    """What earlier versions of the rows of a table say."""
    rows = RowHistory.objects.filter(table_name=table)
    return " ".join(str(row.before) for row in rows)


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
    erase(cast, stay.case_id)
    with scope.system("the test reads what is left"):
        words = [
            CareEntry.objects.get().note,
            SearchStep.objects.get().note,
            Search.objects.get().end_note,
            opened(Complaint.objects.get().text),
            opened(HealthNote.objects.get().text),
        ]
    assert words == [GONE] * 5


def test_names_and_words_about_contacts_go_with_the_case_also_from_earlier_versions(
    cast: Cast, as_: As
) -> None:
    contact = a_contact(cast)
    with as_(cast.medic):
        for words in ("和王小明同桌", "在家观察"):
            contact.note = words
            contact.save()
    with scope.system("the test reads earlier versions"):
        assert "杨照料" in versions("stays_closecontact")
    erase(cast, contact.infection.case_id)
    with scope.system("the test reads what is left"):
        row = CloseContact.objects.get(pk=contact.pk)
        assert (row.staff_name, row.note, row.told_to) == (GONE, GONE, "")
        assert "erased" in versions("stays_closecontact")
        for word in ("杨照料", "王小明", "在家观察"):
            assert word not in versions("stays_closecontact")


def test_what_hangs_on_somebody_else_s_infection_stays_until_his_own_case_is_erased(
    cast: Cast, as_: As
) -> None:
    other, ill = a_stay_in_bed(cast), a_stay_in_bed(cast)
    row = an_infection(cast, ill)
    with as_(cast.medic):
        contact = health.add_contact(
            actor=cast.medic.actor, at=NIGHT, infection=row, how="ate", stay=other
        )
        contact.note = "愿意隔离"
        contact.save()
    erase(cast, ill.case_id)
    with scope.system("the test reads what is left"):
        assert CloseContact.objects.get(pk=contact.pk).note == "愿意隔离"
    erase(cast, other.case_id)
    with scope.system("the test reads what is left"):
        assert CloseContact.objects.get(pk=contact.pk).note == GONE


def test_words_of_the_steps_after_a_death_go_also_from_earlier_versions(
    cast: Cast, as_: As
) -> None:
    death = a_death(cast)
    with as_(cast.medic):
        step = health.take_step(
            actor=cast.medic.actor,
            at=NIGHT,
            step=death.steps.get(kind="police"),
            done_to="城关所 张某",
            words="他的儿子在场",
        )
        step.words = "他的儿子不在场"
        step.save()
    erase(cast, death.case_id)
    with scope.system("the test reads what is left"):
        row = DeathStep.objects.get(pk=step.pk)
        assert (row.done_to, row.words) == (GONE, GONE)
        assert "erased" in versions("stays_deathstep")
        assert "儿子" not in versions("stays_deathstep")
        assert "张某" not in versions("stays_deathstep")


def test_what_was_measured_lies_sealed_and_goes_with_the_case(cast: Cast, as_: As) -> None:
    stay = a_stay(cast)
    found = health.Findings("hospital", 392, ("infectious_patient",), "咳血", test="positive")
    with as_(cast.medic):
        row = health.screen(
            actor=cast.medic.actor, at=NIGHT, case=case_of(stay), found=found, stay=stay
        )
        clear = str(Screening.objects.filter(pk=row.pk).values())
        assert measured_of(Screening.objects.get(pk=row.pk)) == found.measured
    assert "392" not in clear
    assert "infectious_patient" not in clear
    assert "positive" not in clear
    erase(cast, stay.case_id)
    with scope.system("the test reads what is left"):
        assert measured_of(Screening.objects.get(pk=row.pk)) == health.Findings("fit").measured
