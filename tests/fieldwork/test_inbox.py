"""The inbox of the phones, beginning with who is refused."""

import json
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from nuantu.fieldwork.models import FieldCommand
from nuantu.patrols.models import PatrolRun, PatrolVisit
from tests.fieldwork.phones import states

if TYPE_CHECKING:
    from tests.fieldwork.phones import Phone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("header", ["", "Field", "Field nf_wrong", "Bearer nf_wrong"])
def test_a_token_that_nobody_gave_opens_nothing(header: str) -> None:
    headers = {"Authorization": header} if header else {}
    for answer in (
        Client().get("/field/bundle", headers=headers),
        Client().post("/field/commands", "{}", content_type="application/json", headers=headers),
    ):
        assert answer.status_code == 401
        assert answer.json()["code"] == "unknown"


def test_a_night_without_signal_is_in_the_register_after_one_delivery(phone: "Phone") -> None:
    made = [
        phone.make(
            "run.begin", phone.route.public_id, crew="杨二", vehicle="贵H12345", km_out=51200
        ),
        phone.make("visit.arrive", phone.stop, lat=26.56, lon=108.066, accuracy=12),
        phone.make("visit.nobody", phone.stop, note="只有纸板"),
        phone.make("run.finish", phone.route.public_id, km_in=51230, note="无事", checks=[]),
    ]
    answer = phone.send(*made)
    assert answer.status_code == 200
    assert states(answer) == ["applied"] * 4
    run = PatrolRun.objects.get()
    assert (run.state, run.crew, run.km_out, run.km_in) == ("finished", "杨二", 51200, 51230)
    visit = PatrolVisit.objects.get()
    assert (visit.public_id, visit.state, visit.note) == (phone.stop, "nobody", "只有纸板")


def test_a_second_copy_is_known_and_changes_nothing(phone: "Phone") -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    first, second = phone.send(begin), phone.send(begin)
    assert json.loads(first.content)["kept"] == json.loads(second.content)["kept"] == [begin["id"]]
    assert FieldCommand.objects.count() == 1


def test_what_a_bundle_names_can_be_told_of_before_the_run_has_begun(phone: "Phone") -> None:
    answer = phone.bundle()
    (run,) = answer.json()["runs"]
    assert run["id"] == str(phone.route.public_id)
    assert [stop["id"] for stop in run["stops"]] == [str(phone.stop)]
    again = phone.bundle(**{"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
