"""What is typed when a promise about somebody is kept is nobody else's to read, and goes with him."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from nuantu.core import journal, scope
from nuantu.core.erasure import erase_case
from nuantu.core.models import JournalEntry
from nuantu.core.typed import GONE
from nuantu.operations.models import Duty
from nuantu.operations.services import cancel_duty, complete_duty
from nuantu.stays import services
from nuantu.stays.models import Stay
from nuantu.stays.services import health
from tests.cast import COUNTY, STATION, Cast
from tests.stays.house import NIGHT, a_stay
from tests.stays.patients import a_bill, a_care, a_death, a_patient

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
As = Callable[..., Any]
UNCLE = "在舅舅杨大山家，常喝酒"


def _erase(cast: Cast, case_id: UUID | None) -> None:
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


def _written() -> str:
    """Everything that stands in the clear in the journal."""
    lines = JournalEntry.objects.values_list("summary", "basis", "changes")
    return json.dumps(list(lines), ensure_ascii=False)


def _left(cast: Cast) -> tuple[Stay, Duty]:
    """A man who left, and the revisit that is owed."""
    stay = a_stay(cast)
    services.leave(
        actor=cast.reception.actor,
        at=NIGHT,
        stay=stay,
        out=services.WayOut(way="self", is_declared=True),
        confirmed={"notices": "无匹配"},
    )
    return stay, Duty.objects.get(kind="stay.revisit")


def test_what_a_revisit_found_lies_sealed_and_goes_with_the_case(cast: Cast, as_: As) -> None:
    with as_(cast.reception):
        stay, owed = _left(cast)
        assert owed.case_id is None
        complete_duty(actor=cast.reception.actor, at=NIGHT, duty=owed, note=UNCLE)
        assert owed.note == UNCLE
        assert UNCLE not in _written()
        line = JournalEntry.objects.get(verb="operations.duty.complete", case_id=stay.case_id)
        assert journal.words_of(line)["note"] == UNCLE
    _erase(cast, stay.case_id)
    with as_(cast.reception):
        owed.refresh_from_db()
        assert owed.note == GONE


def test_so_does_why_it_was_taken_back(cast: Cast, as_: As) -> None:
    with as_(cast.reception):
        stay, owed = _left(cast)
        cancel_duty(actor=cast.reception.actor, at=NIGHT, duty=owed, reason=UNCLE)
        assert UNCLE not in _written()
    _erase(cast, stay.case_id)
    with as_(cast.reception):
        owed.refresh_from_db()
        assert owed.cancel_reason == GONE


def test_nobody_reads_in_a_duty_which_relative_was_told_of_a_death(cast: Cast, as_: As) -> None:
    death = a_death(cast)
    with as_(cast.medic):
        health.take_step(
            actor=cast.medic.actor,
            at=NIGHT,
            step=death.steps.get(kind="family"),
            done_to="舅舅杨大山",
        )
        assert not Duty.objects.filter(note__contains="杨大山").exists()
        assert "杨大山" not in _written()


def test_nor_where_a_patient_was_looked_for_nor_why_a_hospital_refused(cast: Cast, as_: As) -> None:
    care, actor = a_care(cast), cast.medic.actor
    with as_(cast.medic):
        ask = care.asks.get()
        health.answer_ask(
            actor=actor, at=NIGHT, ask=ask, answer="refuses", answer_note="肺结核，没有隔离床"
        )
        line = JournalEntry.objects.get(verb="stays.care.answer")
        assert not {"note", "reason", "value"} & set(journal.words_of(line))
    patient = a_patient(cast)
    with as_(cast.medic):
        health.end_care(
            actor=actor,
            at=NIGHT,
            care=patient,
            out=health.Discharge(end="left", end_words="凌晨走了"),
        )
        health.keep_gone(actor=actor, at=NIGHT, care=patient, words=UNCLE)
        assert not Duty.objects.filter(note__contains="舅舅").exists()
        assert UNCLE not in _written()
        assert "肺结核" not in _written()


def test_what_is_doubted_about_a_bill_is_not_in_the_clear(cast: Cast, as_: As) -> None:
    bill = a_bill(cast)
    with as_(cast.medic):
        health.dispute(actor=cast.medic.actor, at=NIGHT, bill=bill, words="没做过胸透")
        assert "胸透" not in _written()
