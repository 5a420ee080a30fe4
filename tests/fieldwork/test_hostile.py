"""What a broken or hostile phone sends, and what a person gets whose role was taken away."""

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from nuantu.core import clock, scope
from nuantu.dispatch import services as dispatch
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.fieldwork.models import FieldCommand, FieldDevice, ReviewCard
from nuantu.fieldwork.selectors import devices
from tests import builders
from tests.fieldwork.phones import states

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.fieldwork.phones import Phone

pytestmark = pytest.mark.django_db


def _without_role(cast: "Cast") -> None:
    account: Any = cast.patroller.account
    account.roles = ["auditor"]
    account.save()


@pytest.mark.slow
def test_whoever_is_on_patrol_no_more_gets_no_bundle(cast: "Cast", phone: "Phone") -> None:
    assert phone.bundle().json()["runs"]
    _without_role(cast)
    answer = phone.bundle()
    assert (answer.status_code, answer.json()["code"]) == (401, "revoked")


def test_what_his_phone_still_held_is_looked_at_first(cast: "Cast", phone: "Phone") -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    _without_role(cast)
    answer = phone.send(begin)
    assert (answer.status_code, answer.json()["kept"]) == (202, [begin["id"]])
    assert ReviewCard.objects.get().why == "ended"


@pytest.mark.slow
def test_the_phone_of_a_closed_account_cannot_fill_the_desk(
    cast: "Cast", phone: "Phone", monkeypatch: pytest.MonkeyPatch
) -> None:
    account: Any = cast.patroller.account
    account.is_active = False
    account.save()
    monkeypatch.setattr(devices, "MOST_AFTER_END", 3)
    assert phone.send(*(phone.make("clock.tell") for _time in range(3))).status_code == 202
    assert phone.send(phone.make("clock.tell")).json()["code"] == "revoked"


@pytest.mark.slow
@pytest.mark.parametrize("words", ["帐篷\ud83d", "\udc00", "半\x00截"])
def test_broken_letters_hold_up_nothing_behind_them(phone: "Phone", words: str) -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew=words)
    other = phone.make("clock.tell")
    answer = phone.send(begin, other)
    assert answer.status_code == 200
    assert answer.json()["kept"] == [begin["id"], other["id"]]
    assert phone.send(begin).json()["kept"] == [begin["id"]]
    assert FieldCommand.objects.count() == 2


def test_a_kind_with_a_null_is_a_card(phone: "Phone") -> None:
    made = phone.make("run.\x00begin", phone.route.public_id)
    assert states(phone.send(made)) == ["review"]
    assert ReviewCard.objects.get().why == "unknown"


def test_a_label_with_a_null_enrols(cast: "Cast") -> None:
    said = json.dumps({"label": "红\x00米\ud83d"})
    browser = cast.patroller.browser()
    answer = browser.post("/field/devices/", said, content_type="application/json")
    assert answer.status_code == 201
    assert FieldDevice.objects.get().label == "红 米�"


@pytest.mark.parametrize(("now", "then"), [(1e14, 0), (-1e14, 0), (0, 2**53)])
def test_a_running_time_of_ages_hinders_no_delivery(
    phone: "Phone", now: float, then: float
) -> None:
    boot = str(uuid4())
    made = phone.make("clock.tell") | {"tick": then, "boot": boot}
    said = {"sent_at": phone.now(), "tick": now, "boot": boot, "commands": [made]}
    answer = phone.client.post(
        "/field/commands", said, content_type="application/json", headers=phone.header
    )
    assert states(answer) == ["applied"]


@pytest.mark.slow
def test_a_photo_without_its_file_is_told_to_the_desk(phone: "Phone") -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    answer = phone.send(begin, phone.make("photo.add", phone.stop))
    assert states(answer) == ["applied", "review"]


@pytest.mark.slow
def test_a_contact_that_names_a_dispatch_of_others_uses_no_key_of_their_case(
    cast: "Cast", phone: "Phone"
) -> None:
    case = builders.a_case(cast)
    with scope.enter(scope.of_actor(cast.dispatcher.actor)):
        tip = builders.a_tip()
        run = dispatch.assign(
            actor=cast.dispatcher.actor, at=clock.now(), tip=tip, team=phone.route.team
        )
    Tip.objects.filter(pk=tip.pk).update(case_id=case.case_id)
    Dispatch.objects.filter(pk=run.pk).update(owner_org=cast.outsider.actor.org_code)
    fields = [["looks", "灰大衣"]]
    phone.send(phone.make("contact.record", fields=fields, dispatch=str(run.public_id)))
    assert ReviewCard.objects.get().case_id is None


def test_the_way_back_to_work_goes_by_a_new_enrolment(cast: "Cast", phone: "Phone") -> None:
    account: Any = cast.patroller.account
    roles = account.roles
    _without_role(cast)
    assert phone.bundle().status_code == 401
    account.roles = roles
    account.save()
    assert phone.bundle().json()["code"] == "revoked"
    assert FieldDevice.objects.get().revoke_reason == "账号已停用、调离或不再出巡"
