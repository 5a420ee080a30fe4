"""Rounds in the house told by a tablet without a line, beginning with who is refused."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.erasure import opened
from nuantu.core.fields import MASK
from nuantu.core.models import JournalEntry
from nuantu.fieldwork.models import ReviewCard
from nuantu.fieldwork.selectors.cards import card_page
from nuantu.operations.models import Duty
from nuantu.persons import services as persons
from nuantu.stays import services as stays
from nuantu.stays.models import (
    Absence,
    BeddingChange,
    CareEntry,
    Dose,
    HealthNote,
    RollCall,
    RollMark,
    Search,
    Stay,
)
from nuantu.stays.services import care
from tests.fieldwork.phones import Phone, states
from tests.fieldwork.tablets import SUPPER, a_medicine, a_tablet, a_woman, in_bed
from tests.stays.house import a_photo, a_stay, beds_of

if TYPE_CHECKING:
    from tests.cast import Cast, Player

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = SUPPER + timedelta(hours=1)
EATEN = {"kind": "meal", "slot": "supper", "outcome": "given"}
NOT_EATEN = {**EATEN, "outcome": "refused"}


@pytest.fixture(autouse=True)
def _supper(_on_patrol: None) -> Iterator[None]:
    with clock.frozen(SUPPER):
        yield


@pytest.fixture
def tablet(cast: "Cast") -> Phone:
    """The station's tablet in the carer's hand."""
    return a_tablet(cast.carer)


def _late(tablet: Phone, at: datetime, *made: dict[str, Any]) -> list[str]:
    """What was made before arrives at a later moment; its states."""
    with clock.frozen(at):
        return states(tablet.send(*made))


def _left(cast: "Cast", stay: Stay, at: datetime) -> None:
    """He left, as the database keeps it."""
    with scope.system("a test lets somebody leave"):
        Stay.objects.filter(pk=stay.pk).update(left_at=at)


def _words() -> str:
    (card,) = ReviewCard.objects.all()
    return card.words


def _as(player: "Player") -> Any:
    return scope.enter(scope.of_actor(player.actor))


def test_a_patroller_gets_no_house_and_answers_for_no_resident(cast: "Cast") -> None:
    stay, phone = in_bed(cast), a_tablet(cast.patroller)
    assert phone.bundle().json()["house"] is None
    assert states(phone.send(phone.make("care.log", stay.public_id, **EATEN))) == ["review"]
    assert not CareEntry.objects.exists()


def test_a_carer_puts_down_no_dose_and_no_vital_signs(cast: "Cast", tablet: Phone) -> None:
    stay = in_bed(cast)
    row = a_medicine(cast, stay)
    made = [
        tablet.make("care.dose", row.public_id, due_at=SUPPER.isoformat(), outcome="given"),
        tablet.make("care.vital", stay.public_id, temperature="36.6"),
    ]
    assert states(tablet.send(*made)) == ["review"] * 2
    assert not Dose.objects.exists()
    assert not HealthNote.objects.exists()


def test_a_resident_of_another_house_is_not_found(cast: "Cast", tablet: Phone) -> None:
    stay = in_bed(cast)
    with scope.system("a test moves the house"):
        Stay.objects.filter(pk=stay.pk).update(owner_org="JZ-522622")
    made = [
        tablet.make("care.log", stay.public_id, **EATEN),
        tablet.make("care.round", what="supper", outcomes={str(stay.public_id): "given"}),
        tablet.make("care.roll", found={str(stay.public_id): "present"}),
        tablet.make("care.missing", stay.public_id),
    ]
    assert states(tablet.send(*made)) == ["review"] * 4


def test_the_bundle_holds_the_house_of_tonight_and_no_medical_word(
    cast: "Cast", tablet: Phone
) -> None:
    man, woman = in_bed(cast), a_woman(cast)
    a_medicine(cast, man, is_told=True)
    a_medicine(cast, woman)
    answer = tablet.bundle()
    assert "某药" not in answer.content.decode()
    house = answer.json()["house"]
    told = {one["id"]: one for one in house["residents"]}
    his = told[str(man.public_id)]
    assert (his["bed"], his["is_woman"], his["meals"]) == ("男区 男区101-1", False, {})
    assert [set(one) for one in his["doses"]] == [{"due_at"}] * 4
    assert told[str(woman.public_id)]["doses"] == [], "a carer is told of what the medic says"
    assert [one["code"] for one in house["slots"]] == ["breakfast", "lunch", "supper"]
    medics = a_tablet(cast.medic).bundle()
    assert "某药" not in medics.content.decode()
    (one, *_more) = medics.json()["house"]["residents"][-1]["doses"]
    assert set(one) == {"due_at", "id", "place"}


def test_a_restricted_resident_is_masked_on_the_tablet(cast: "Cast", tablet: Phone) -> None:
    stay = in_bed(cast)
    with _as(cast.leader):
        persons.restrict_person(
            actor=cast.leader.actor, at=SUPPER, person=stay.person, case=None, reason="工作人员亲属"
        )
    (one,) = tablet.bundle().json()["house"]["residents"]
    assert one["called"] == "受限记录"


def test_a_meal_told_an_hour_late_stands_at_its_moment_in_the_log_and_the_journal(
    cast: "Cast", tablet: Phone
) -> None:
    stay = in_bed(cast)
    made = tablet.make("care.log", stay.public_id, **EATEN)
    assert _late(tablet, LATER, made) == _late(tablet, LATER, made) == ["applied"]
    entry = CareEntry.objects.get()
    assert (entry.happened_at, entry.recorded_at, entry.noted_by) == (SUPPER, LATER, "杨照料")
    line = JournalEntry.objects.get(verb="stays.daily.note")
    assert (line.happened_at, line.recorded_at) == (SUPPER, LATER)


def test_a_later_word_about_a_meal_holds_whichever_arrives_first(
    cast: "Cast", tablet: Phone
) -> None:
    stay = in_bed(cast)
    made = tablet.make("care.log", stay.public_id, **EATEN)
    with clock.frozen(LATER), _as(cast.reception):
        care.note_care(
            actor=cast.reception.actor,
            at=LATER,
            stay=stay,
            deed=care.Deed("meal", "supper"),
            outcome="refused",
        )
    assert _late(tablet, LATER, made) == ["review"]
    assert CareEntry.objects.get().outcome == "refused"
    assert "李接待" in _words()


def test_a_round_names_whom_it_could_not_be_put_down_for(cast: "Cast", tablet: Phone) -> None:
    first, second = a_stay(cast), a_stay(cast)
    _left(cast, second, SUPPER + timedelta(minutes=5))
    outcomes = {str(first.public_id): "given", str(second.public_id): "given"}
    with clock.frozen(LATER):
        answer = tablet.send(tablet.make("care.round", what="supper", outcomes=outcomes))
    (state,) = answer.json()["states"].values()
    assert state["state"] == "applied"
    assert second.number in state["words"]
    assert CareEntry.objects.get().stay == first


def test_what_happened_before_somebody_left_is_written_down_afterwards(
    cast: "Cast", tablet: Phone
) -> None:
    stay = a_stay(cast)
    ate = tablet.make("care.log", stay.public_id, **EATEN)
    with clock.frozen(SUPPER + timedelta(minutes=30)):
        too_late = tablet.make("care.log", stay.public_id, **NOT_EATEN)
    _left(cast, stay, SUPPER + timedelta(minutes=20))
    assert _late(tablet, LATER, ate, too_late) == ["applied", "review"]
    assert CareEntry.objects.get().outcome == "given"
    assert stay.number in _words()


def test_a_woman_is_washed_by_a_woman_on_the_tablet_too(cast: "Cast", tablet: Phone) -> None:
    who = a_woman(cast).public_id
    made = [
        tablet.make("care.log", who, kind="wash", outcome="given"),
        tablet.make("care.log", who, kind="wash", outcome="given", is_by_woman="on"),
    ]
    assert states(tablet.send(*made)) == ["review", "applied"]


def _dose(tablet: Phone, row: Any, outcome: str = "given") -> dict[str, Any]:
    due_at = SUPPER - timedelta(hours=1)  # five in the afternoon
    return tablet.make("care.dose", row.public_id, due_at=due_at.isoformat(), outcome=outcome)


def test_a_dose_that_two_tablets_say_was_given_is_a_card_and_never_silent(cast: "Cast") -> None:
    row, medic = a_medicine(cast, in_bed(cast)), a_tablet(cast.medic)
    other = a_tablet(cast.medic)
    first, again = _dose(medic, row), _dose(other, row)
    assert _late(other, LATER, again) == ["applied"]
    assert _late(medic, LATER, first) == _late(medic, LATER, first) == ["review"]
    assert Dose.objects.count() == 1
    card = ReviewCard.objects.get()
    assert card.why == "contrary"
    assert "有没有服两次" in card.words
    page = card_page(card)
    assert ("哪一次", "12-09 17:00") in page.said
    assert "某药" not in str(page)


def test_a_dose_told_twice_goes_to_medic_and_head_and_to_nobody_else(cast: "Cast") -> None:
    row, medic = a_medicine(cast, in_bed(cast)), a_tablet(cast.medic)
    other = a_tablet(cast.medic)
    assert _late(other, LATER, _dose(other, row)) == ["applied"]
    made = [_dose(medic, row), medic.make("house.burn", row.public_id)]
    assert _late(medic, LATER, *made) == ["review", "review"]
    dose = ReviewCard.objects.get(command__kind="care.dose")
    plain = ReviewCard.objects.get(command__kind="house.burn")
    sees = {
        who: [
            who.browser().get(reverse("fieldwork:review", args=[card.public_id])).status_code
            for card in (dose, plain)
        ]
        for who in (cast.dispatcher, cast.leader, cast.medic, cast.station_head)
    }
    assert list(sees.values()) == [[404, 200], [404, 200], [200, 404], [200, 200]]
    desk = cast.dispatcher.browser()
    aside = reverse("fieldwork:review_set_aside", args=[dose.public_id])
    assert desk.post(aside, {"reason": "重复"}).status_code == 404
    assert dose.duty_id is not None
    with scope.system("the test reads promises"):
        asked = Duty.objects.get(public_id=dose.duty_id)
        assert asked.kind == "fieldwork.review_medical"
        assert plain.duty_id != dose.duty_id
        cast.medic.browser().post(aside, {"reason": "只服了一次，问过本人"})
        asked.refresh_from_db()
        assert asked.state == "done"


def test_a_dose_that_was_not_wanted_and_told_twice_is_told_once(cast: "Cast") -> None:
    row, medic = a_medicine(cast, in_bed(cast)), a_tablet(cast.medic)
    made = [_dose(medic, row, "refused"), _dose(medic, row, "refused"), _dose(medic, row)]
    assert states(medic.send(*made)) == ["applied", "applied", "review"]
    assert Dose.objects.get().outcome == "refused"


def test_a_dose_given_before_the_medicine_was_ended_is_put_down(cast: "Cast") -> None:
    row, medic = a_medicine(cast, in_bed(cast)), a_tablet(cast.medic)
    made = _dose(medic, row)
    with clock.frozen(LATER), _as(cast.medic):
        care.end_medication(actor=cast.medic.actor, at=LATER, row=row)
    assert _late(medic, LATER, made) == ["applied"]


def test_vital_signs_lie_sealed_and_the_desk_sees_only_that_there_are_any(cast: "Cast") -> None:
    stay, medic = in_bed(cast), a_tablet(cast.medic)
    good = medic.make("care.vital", stay.public_id, temperature="36.6", pressure="120/80")
    bad = medic.make("care.vital", stay.public_id, temperature="46.6", text="发热")
    assert states(medic.send(good, bad)) == ["applied", "review"]
    assert json.loads(opened(HealthNote.objects.get().figures))["temperature"] == 36.6
    said = dict(card_page(ReviewCard.objects.get()).said)
    assert set(said.values()) == {MASK}


def test_bedding_changed_by_two_is_changed_once(cast: "Cast", tablet: Phone) -> None:
    stay = in_bed(cast)
    (bed,) = [row.bed for row in stay.beds.select_related("bed")]
    made = tablet.make("care.bedding", bed.public_id)
    with clock.frozen(LATER), _as(cast.reception):
        own = beds_of(bed.room.zone)[0]
        care.change_bedding(actor=cast.reception.actor, at=LATER, beds=[own])
    assert _late(tablet, LATER, made) == ["applied"]
    assert BeddingChange.objects.get().changed_by == "李接待"


def test_a_roll_call_told_late_raises_the_alarm_at_its_moment_and_keeps_its_photo(
    cast: "Cast", tablet: Phone
) -> None:
    child, man = a_stay(cast, years=12), a_stay(cast)
    made = tablet.make(
        "care.roll", found={str(child.public_id): "gone", str(man.public_id): "present"}
    )
    name = f"file-{made['id']}-0"
    with clock.frozen(LATER):
        assert states(tablet.send(made, files={name: a_photo()})) == ["applied"]
    roll = RollCall.objects.get()
    assert (roll.called_at, roll.photo is not None, roll.marks.count()) == (SUPPER, True, 2)
    assert Search.objects.get().raised_at == SUPPER


def test_an_old_roll_call_raises_no_alarm_about_who_was_seen_since(
    cast: "Cast", tablet: Phone
) -> None:
    child, man = a_stay(cast, years=12), a_stay(cast)
    made = tablet.make(
        "care.roll", found={str(child.public_id): "gone", str(man.public_id): "present"}
    )
    actor = cast.reception.actor
    with clock.frozen(LATER), _as(cast.reception):
        care.call_roll(actor=actor, at=LATER, found={child: "present", man: "present"})
        due = LATER + timedelta(hours=2)
        stays.go_out(actor=actor, at=LATER, stay=man, reason="errand", due_at=due)
    assert _late(tablet, LATER, made) == ["applied"]
    assert not Search.objects.exists()
    assert Absence.objects.get().back_at is None, "who went out later has not come back by it"
    assert RollMark.objects.filter(stay=child).count() == 2


def test_an_alarm_about_somebody_seen_since_lies_before_the_desk(
    cast: "Cast", tablet: Phone
) -> None:
    seen, lost = a_stay(cast), a_stay(cast)
    made = [tablet.make("care.missing", one.public_id) for one in (seen, lost, lost)]
    with clock.frozen(LATER), _as(cast.reception):
        care.call_roll(actor=cast.reception.actor, at=LATER, found={seen: "present"})
    assert _late(tablet, LATER, *made) == ["review", "applied", "applied"]
    assert Search.objects.get().stay == lost
