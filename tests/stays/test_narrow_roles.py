"""The kitchen and the gate see what they need, and no file."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nuantu.core import clock, scope, subjects
from nuantu.core.ids import new_id
from nuantu.core.subjects import Subject
from nuantu.stays import services
from nuantu.stays.models import Absence, Complaint, Medication, Stay
from nuantu.stays.selectors import narrow
from nuantu.stays.services import safety
from tests.cast import Cast
from tests.stays import house, safety_house

pytestmark = pytest.mark.django_db


def _a_patient(cast: Cast) -> Stay:
    """A resident with a sick diet, a medicine and a complaint about somebody."""
    stay = house.a_stay_in_bed(cast)
    with scope.enter(scope.of_actor(cast.carer.actor)):
        needs = services.Needs(sex="male", diet="patient")
        services.change_needs(actor=cast.carer.actor, at=clock.now(), stay=stay, needs=needs)
    house.a_medication(cast, stay)
    return stay


def test_no_page_leads_a_reader_where_his_role_does_not_go(cast: Cast) -> None:
    """A carer gets to no contact, a medic to no reception; who works there does."""
    contact, reception = Subject("encounter", new_id()), Subject("reception", new_id())
    assert subjects.way(contact, cast.carer.actor) is None
    assert subjects.way(reception, cast.medic.actor) is None
    assert subjects.way(contact, cast.medic.actor)
    assert subjects.way(reception, cast.station_head.actor)


@pytest.mark.slow
def test_the_kitchen_reads_what_he_eats_and_never_why(cast: Cast) -> None:
    """The stay, the care page and the gate are not the kitchen's; a diet is."""
    stay = _a_patient(cast)
    cook = cast.kitchen.browser()
    for name in ("detail", "care_resident", "record", "out"):
        assert cook.get(reverse(f"stays:{name}", args=[stay.public_id])).status_code == 403
    assert cook.get("/").headers["Location"] == reverse("stays:diets")
    page = cook.get(reverse("stays:diets")).content.decode()
    assert "病号" in page
    assert stay.person.called_as in page
    assert reverse("stays:detail", args=[stay.public_id]) not in page


@pytest.mark.slow
def test_kitchen_and_gate_read_first_what_is_theirs_to_do(cast: Cast) -> None:
    """Neither has a board of duties: the cook reads of no round, the guard of no menu."""
    safety_house.a_kept_meal(cast)
    kept = safety_house.a_meal(cast, "白菜豆腐", days_ago=1)
    house.a_zone(cast, "男区", "male", "adult")
    safety.open_checks(at=house.NIGHT)
    later = house.NIGHT + timedelta(hours=50)
    with scope.enter(scope.of_actor(cast.kitchen.actor)):
        cook = narrow.of_kitchen(cast.kitchen.actor, later)
    with scope.enter(scope.of_actor(cast.security.actor)):
        guard = narrow.of_gate(cast.security.actor, later)
    assert [one.words for one in cook if one.clock is None] == [
        "1 份留样到时，可以销毁",
        "今天还没有菜谱",
        "明天还没有菜谱",
    ]
    assert reverse("stays:samples", args=[kept.public_id]) in {one.url for one in cook}
    said = {one.words for one in guard}
    assert {"消防检查", "值班巡查"} <= said
    assert not said & {one.words for one in cook}
    page = cast.kitchen.browser().get(reverse("stays:diets")).content.decode()
    assert cook[0].words in page
    assert "还没有点过名。" in cast.security.browser().get(reverse("stays:gate")).content.decode()


@pytest.mark.slow
def test_the_gate_lets_out_and_in_and_holds_nobody(cast: Cast) -> None:
    """Security opens no file; going out and coming back lead to the gate again."""
    stay = _a_patient(cast)
    guard = cast.security.browser()
    for name in ("detail", "care_resident", "record", "bed", "leave"):
        assert guard.get(reverse(f"stays:{name}", args=[stay.public_id])).status_code == 403
    due = clock.local(clock.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    said = {"reason": "errand", "due_at": due, "with_whom": "", "note_text": ""}
    gone = guard.post(reverse("stays:out", args=[stay.public_id]), said)
    assert gone.headers["Location"] == reverse("stays:gate")
    assert "登记返回" in guard.get(reverse("stays:gate")).content.decode()
    guard.post(reverse("stays:back", args=[stay.public_id]))
    with scope.enter(scope.of_actor(cast.security.actor)):
        assert Absence.objects.get(stay=stay).back_at is not None


@pytest.mark.parametrize("who", ["kitchen", "security"])
def test_the_database_hides_medical_rows_from_who_sees_no_people(cast: Cast, who: str) -> None:
    """Whatever a page asks for: no medicine and no complaint, though the rows are of his own house."""
    _a_patient(cast)
    house.a_complaint(cast)
    with scope.enter(scope.of_actor(cast[who].actor)):
        assert not Medication.objects.exists()
        assert not Complaint.objects.exists()
        assert Stay.objects.exists()
    with scope.enter(scope.of_actor(cast.medic.actor)):
        assert Medication.objects.exists()
