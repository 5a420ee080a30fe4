"""The bundle: what one team needs for one shift, and nothing about anybody else."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from nuantu.core import clock, scope
from nuantu.dispatch import services as dispatch
from nuantu.dispatch.models import Dispatch, TeamPosition
from nuantu.dispatch.rules.phones import PhoneSaid
from nuantu.fieldwork.models import FieldDevice
from nuantu.places.models import KeyLocation
from tests import builders
from tests.builders import PATROL
from tests.fieldwork.phones import states
from tests.patrols import joint

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.fieldwork.phones import Phone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _sent(cast: "Cast", phone: "Phone") -> str:
    tip = builders.a_tip(callback="0855-0000009", flags=("elderly",))
    with scope.enter(scope.of_actor(cast.dispatcher.actor)):
        run = dispatch.assign(
            actor=cast.dispatcher.actor, at=clock.now(), tip=tip, team=phone.route.team
        )
    return str(run.public_id)


def test_a_bundle_tells_of_a_dispatch_without_whoever_reported_it(
    cast: "Cast", phone: "Phone"
) -> None:
    own_id = _sent(cast, phone)
    answer = phone.bundle()
    (sent,) = answer.json()["dispatches"]
    assert (sent["id"], sent["place"], sent["dangers"]) == (own_id, "三棵树镇南桥桥洞", ["elderly"])
    assert "0855-0000009" not in answer.content.decode()


def test_a_stop_says_when_its_place_is_open(phone: "Phone") -> None:
    with scope.system("a test gives a place its hours"):
        KeyLocation.objects.update(open_hours="20:00–06:00")
    (run,) = phone.bundle().json()["runs"]
    assert {stop["hours"] for stop in run["stops"]} == {"20:00–06:00"}


def test_a_stop_says_that_the_police_must_come_and_a_route_who_goes_along(
    cast: "Cast", phone: "Phone"
) -> None:
    partner = joint.a_partner(cast)
    with scope.system("a test wants the police at a place"):
        KeyLocation.objects.update(must_go_with_police=True)
    (run,) = phone.bundle().json()["runs"]
    assert {stop["police"] for stop in run["stops"]} == {True}
    assert run["along"] == [
        {
            "id": str(partner.public_id),
            "who": "公安 · 三棵树派出所",
            "person": "王某某（化名）",
            "phone": "0855-0000001",
            "is_police": True,
            "came": None,
        }
    ]


def test_a_new_dispatch_changes_the_mark_of_the_bundle(cast: "Cast", phone: "Phone") -> None:
    mark = phone.bundle()["ETag"]
    with clock.frozen(PATROL + timedelta(minutes=5)):
        same = phone.bundle(**{"If-None-Match": mark})
        assert (same.status_code, same["Field-Server-Time"]) == (304, clock.now().isoformat())
        _sent(cast, phone)
        assert phone.bundle(**{"If-None-Match": mark}).status_code == 200


def test_a_dispatch_is_answered_step_by_step_from_the_phone(cast: "Cast", phone: "Phone") -> None:
    own_id = _sent(cast, phone)
    made = [
        phone.make(f"dispatch.{step}", own_id, reason="桥下看过，没有人")
        for step in ("accept", "depart", "accept", "arrive", "check_in", "not_found", "check_in")
    ]
    assert states(phone.send(*made)) == ["applied"] * 7


def test_a_bundle_says_which_end_the_office_would_refuse(phone: "Phone") -> None:
    closed = phone.bundle().json()["choices"]["closed"]
    rows = {(row["name"], row.get("value")): row for row in closed}
    ill = rows["conditions", "unconscious"]
    assert "refused" in ill["ends"]
    assert "hospital" not in ill["ends"]
    assert ill["calls"]
    minor = rows["age", None]
    assert (minor["below"], "refused" in minor["ends"]) == (18, True)


def test_a_bundle_is_readable_for_a_shift_and_never_beyond_the_phones_end(phone: "Phone") -> None:
    until = phone.bundle().json()["readable_until"]
    assert until == (PATROL + timedelta(hours=14)).isoformat()
    FieldDevice.objects.update(expires_at=PATROL + timedelta(hours=2))
    until = phone.bundle().json()["readable_until"]
    assert until == (PATROL + timedelta(hours=2)).isoformat()


def test_a_clock_far_behind_answers_no_order_before_it_was_given(
    cast: "Cast", phone: "Phone"
) -> None:
    with clock.frozen(PATROL + timedelta(minutes=30)):
        own_id = _sent(cast, phone)
        arrive = phone.make("dispatch.arrive", own_id, lat=26.5, lon=108.0)
        arrive["made_at"] = (PATROL - timedelta(days=9)).isoformat()
        assert states(phone.send(arrive)) == ["applied"]
        run = Dispatch.objects.get()
        assert run.arrived_at == run.assigned_at


def test_what_is_told_late_takes_no_later_word_away(cast: "Cast", phone: "Phone") -> None:
    own_id = _sent(cast, phone)
    late = phone.make("dispatch.check_in", own_id, lat=26.5, lon=108.0)
    with clock.frozen(PATROL + timedelta(minutes=8)):
        run = Dispatch.objects.get()
        with scope.enter(scope.of_actor(cast.patroller.actor)):
            dispatch.check_in(
                actor=cast.patroller.actor, at=clock.now(), run=run, phone=PhoneSaid(26.6, 108.1)
            )
        phone.send(late)
    assert Dispatch.objects.get().checked_in_at == PATROL + timedelta(minutes=8)
    assert TeamPosition.objects.get().lat == 26.6
