"""Medicine and medical words: the carer reads that a dose is due, the medic what it is."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Duty
from nuantu.stays.models import Dose, HealthNote, Medication
from nuantu.stays.rules.medicine import course, doses_of, measured, times_in
from nuantu.stays.selectors.care.medicine import doses_today
from nuantu.stays.services import care as services
from tests.cast import STATION, Cast
from tests.stays.house import NIGHT, a_medication, a_stay
from tests.web import does_not_see, page_for, refused_for, sees, submits

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
EVENING = datetime(2026, 12, 9, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "早上", "8", "8:5", "25:00", "8:61", "8:00 晚"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        times_in(text)


def test_times_are_read_as_people_write_them() -> None:
    assert times_in("20:00、8:00，12：30 8:00") == [time(8), time(12, 30), time(20)]


def test_a_medicine_has_no_dose_before_its_first_and_after_its_last_day() -> None:
    first, last = date(2026, 12, 9), date(2026, 12, 11)
    days = [first + timedelta(days=n) for n in range(-1, 4)]
    found = [len(doses_of([time(8)], day, first, last, clock.LOCAL)) for day in days]
    assert found == [0, 1, 1, 1, 0]


def test_a_dose_is_given_once_at_its_time_and_never_ahead_of_the_day(cast: Cast, as_: As) -> None:
    row, actor = a_medication(cast), cast.medic.actor
    with as_(cast.medic):
        give: dict[str, Any] = {"actor": actor, "at": NIGHT, "row": row, "outcome": "given"}
        with pytest.raises(services.MedicineRefused, match="没有要服的药"):
            services.give_dose(**give, due_at=EVENING + timedelta(minutes=5))
        with pytest.raises(services.MedicineRefused, match="还没到"):
            services.give_dose(**give, due_at=EVENING + timedelta(days=1))
        services.give_dose(**give, due_at=EVENING)
        with pytest.raises(services.MedicineRefused, match="由别人登记"):
            services.give_dose(**give, due_at=EVENING)
        services.end_medication(actor=actor, at=NIGHT, row=row)
        assert not doses_today(STATION, NIGHT)
        with pytest.raises(services.MedicineRefused, match="已经停药"):
            services.end_medication(actor=actor, at=NIGHT, row=row)


def test_a_dose_of_the_evening_is_not_ticked_off_at_noon_and_a_refused_one_is_taken_later(
    cast: Cast, as_: As
) -> None:
    """A slip of the finger at noon would leave him without his evening dose; a second press changes nothing."""
    row, actor = a_medication(cast), cast.medic.actor
    give: dict[str, Any] = {"actor": actor, "row": row, "due_at": EVENING}
    with as_(cast.medic):
        noon = EVENING - timedelta(minutes=121)
        with pytest.raises(services.MedicineRefused, match="17:00 起登记"):
            services.give_dose(**give, at=noon, outcome="given")
        with pytest.raises(services.MedicineRefused, match="结果"):
            services.give_dose(**give, at=EVENING, outcome="x")
        with pytest.raises(services.MedicineRefused, match="没有登记过"):
            services.take_after_all(**give, at=EVENING)
        services.give_dose(**give, at=EVENING, outcome="refused")
        assert services.take_after_all(**give, at=NIGHT).outcome == "given"
        with pytest.raises(services.MedicineRefused, match="没有登记过"):
            services.take_after_all(**give, at=NIGHT)
        missed = doses_today(STATION, NIGHT + timedelta(days=2))
    assert [line.due_at.day for line in missed] == [11 - 1, 11 - 1, 11, 11]
    assert [line.is_missed for line in missed] == [True, True, True, False]


def test_a_dose_of_this_morning_may_be_given_an_hour_early(cast: Cast, as_: As) -> None:
    row = a_medication(cast)
    due = datetime(2026, 12, 10, 0, 0, tzinfo=UTC)
    with as_(cast.medic):
        services.give_dose(
            actor=cast.medic.actor,
            at=due - timedelta(hours=1),
            row=row,
            due_at=due,
            outcome="given",
        )
    assert Dose.objects.get().due_at == due


def test_vital_signs_are_figures_in_their_units_and_follow_each_other_in_time() -> None:
    assert measured({"temperature": Decimal("36.8"), "pressure": "118/76", "pulse": None}) == {
        "temperature": 36.8,
        "systolic": 118,
        "diastolic": 76,
    }
    later, first = NIGHT, NIGHT - timedelta(days=1)
    notes: list[tuple[datetime, dict[str, float]]] = [
        (later, {"pulse": 80}),
        (first, {"pulse": 96}),
        (first, {}),
    ]
    assert course(notes, "pulse") == [96, 80]


@pytest.mark.slow
def test_a_vital_sign_at_its_limit_is_kept_and_owes_a_look_that_the_next_one_keeps(
    cast: Cast, as_: As
) -> None:
    """39.8 °C and 70 % were stored like any other; nobody was told."""
    stay = a_stay(cast)
    page = reverse("stays:medical_note", args=[stay.public_id])
    fine = {"kind": "vital", "temperature": "36.8", "pressure": "118/76", "saturation": "97"}
    submits(cast.medic, page, fine)
    owed = Duty.objects.filter(kind="vital.see", subject_id=stay.public_id)
    assert not owed.exists()
    beyond = {**fine, "temperature": "39.8", "pressure": "220/130", "saturation": "70"}
    submits(cast.medic, page, beyond)
    submits(cast.medic, page, {**fine, "pulse": "180"})
    duty = owed.get()
    assert (duty.owner_org, duty.state) == (STATION, Duty.State.OPEN)
    assert duty.due_at - duty.opened_at == timedelta(minutes=15)
    assert HealthNote.objects.count() == 3
    assert "39.8" not in str([(x.summary, x.changes) for x in JournalEntry.objects.all()])
    sees(page_for(cast.medic, reverse("stays:medicine")), "体征到了警戒值")
    sees(page_for(cast.station_head, "/stays/head/"), duty.title)
    for first_page in ("/stays/health/", "/stays/care/"):
        sees(page_for(cast.medic, first_page), "体征到了警戒值")
    does_not_see(page_for(cast.carer, "/stays/care/"), "体征到了警戒值")
    opened = cast.medic.browser().post(reverse("stays:medical_open", args=[stay.public_id]), {})
    sees(opened, "马上去看他", "status--danger", "血氧 70 %", "脉搏 180 次/分")
    before = duty.opened_at - timedelta(minutes=5)
    with as_(cast.medic):
        put: dict[str, Any] = {"actor": cast.medic.actor, "stay": stay, "kind": "vital"}
        services.note_health(**put, at=before, text="早先量的", figures={"pulse": 80})
        assert owed.get().state == Duty.State.OPEN
        services.note_health(**put, at=clock.now(), text="已送医")
        assert owed.get().state == Duty.State.DONE
        services.note_health(**put, at=before, text="", figures={"saturation": 70})
    assert owed.count() == 1


def test_medical_words_lie_sealed_in_row_and_journal(cast: Cast, as_: As) -> None:
    row, stay = a_medication(cast), a_stay(cast)
    with as_(cast.medic):
        note = services.note_health(
            actor=cast.medic.actor, at=NIGHT, stay=stay, kind="counselling", text="想家，睡不着"
        )
    said = str([(x.summary, x.changes) for x in JournalEntry.objects.all()])
    assert "某药" not in said + row.what.token
    assert "想家" not in said + note.text.token


def test_a_dose_that_was_put_down_wrongly_is_taken_back_and_stays_as_a_line(
    cast: Cast, as_: As
) -> None:
    """A wrong press left him without his dose, and nobody could put it right."""
    row, actor = a_medication(cast), cast.medic.actor
    give: dict[str, Any] = {"actor": actor, "at": NIGHT, "row": row, "due_at": EVENING}
    with as_(cast.medic):
        dose = services.give_dose(**give, outcome="given")
    back = reverse("stays:dose_back", args=[dose.public_id])
    refused_for(cast.carer, cast.reception, url=back, data={"mistake": "slip"})
    submits(cast.medic, back, {"mistake": "slip"})
    with as_(cast.medic):
        with pytest.raises(services.MedicineRefused, match="错在哪里"):
            services.take_dose_back(actor=actor, at=NIGHT, dose=dose, mistake="")
        with pytest.raises(services.MedicineRefused, match="已经更正过"):
            services.take_dose_back(actor=actor, at=NIGHT, dose=dose, mistake="slip")
        line = next(x for x in doses_today(STATION, NIGHT) if x.due_at == EVENING)
        assert (line.dose, line.taken_back) == (None, dose)
        services.give_dose(**give, outcome="refused")
    page = page_for(cast.medic, reverse("stays:medical", args=[row.stay.public_id]))
    sees(page, "<s>已服</s>", "按错了", "本人不要")
    said = JournalEntry.objects.get(verb="stays.medicine.back")
    assert said.summary == "更正服药“已服”：按错了"


@pytest.mark.slow
def test_the_carer_reads_that_a_dose_is_due_and_not_of_what(cast: Cast) -> None:
    row = a_medication(cast, is_told=True)
    quiet = a_medication(cast)
    board = page_for(cast.carer, "/stays/care/")
    assert board.content.decode().count("有药要服") == 1
    does_not_see(board, "某药")
    page = page_for(cast.carer, reverse("stays:care_resident", args=[row.stay.public_id]))
    sees(page, "有药要服")
    does_not_see(page, "某药")
    health = reverse("stays:medical", args=[quiet.stay.public_id])
    refused_for(cast.carer, cast.reception, cast.leader, url=health)
    refused_for(cast.carer, url="/stays/care/medicine/")


@pytest.mark.slow
def test_the_medic_opens_gives_and_writes_and_each_look_is_put_down(cast: Cast) -> None:
    row = a_medication(cast)
    round_page = "/stays/care/medicine/"
    does_not_see(page_for(cast.medic, round_page), "某药")
    sees(cast.medic.browser().post(round_page, {}), "某药")
    assert JournalEntry.objects.filter(verb="stays.medical.read").count() == 1
    dose = reverse("stays:dose", args=[row.public_id])
    submits(cast.medic, dose, {"due_at": EVENING.isoformat(), "outcome": "refused"})
    assert Dose.objects.get().outcome == "refused"
    page = [row.stay.public_id]
    vital = {"kind": "vital", "temperature": "37.2", "pressure": "118/76"}
    submits(cast.medic, reverse("stays:medical_note", args=page), vital)
    turned = cast.medic.browser().post(
        reverse("stays:medical_note", args=page), {**vital, "pressure": "76/118"}
    )
    assert turned.status_code == 422
    does_not_see(page_for(cast.medic, reverse("stays:medical", args=page)), "37.2")
    opened = cast.station_head.browser().post(reverse("stays:medical_open", args=page), {})
    sees(opened, "体温 37.2 ℃；收缩压 118 mmHg；舒张压 76 mmHg", "某药")
    does_not_see(opened, "体征走势")
    submits(cast.medic, reverse("stays:medical_note", args=page), {**vital, "temperature": "38"})
    opened = cast.medic.browser("en").post(reverse("stays:medical_open", args=page), {})
    sees(opened, "Course of the vital signs", "Temperature 38 ℃")
    bad = cast.medic.browser().post(
        reverse("stays:medical", args=page), {"what": "另一种药", "times": "早晚"}
    )
    assert bad.status_code == 422
    sees(bad, "另一种药", "时间请写成")
    assert (Medication.objects.count(), HealthNote.objects.count()) == (1, 2)
