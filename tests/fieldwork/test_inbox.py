"""The inbox of the phones, beginning with who is refused."""

import json
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from nuantu.encounters.models import Encounter
from nuantu.fieldwork.models import FieldCommand, ReviewCard
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


FIELDS = [
    ["conditions", "thin_clothes"],
    ["sex", "male"],
    ["age", "50"],
    ["looks", "灰大衣"],
    ["capacity", "capable"],
    ["is_informed", "on"],
    ["outcome", "refused"],
    ["goods_food", "1"],
    ["goods_drink", "1"],
    ["goods_padded_clothes", "1"],
    ["goods_quilt", "1"],
    ["refusal_choice", "要等人、要做事"],
    ["has_card", "on"],
    ["evidence", "declined"],
    ["evidence_reason", "本人不让拍"],
    ["place", "南桥桥洞"],
    ["closes_tip", "on"],
]


def test_a_contact_at_a_stop_is_written_by_the_same_rules(phone: "Phone") -> None:
    made = [
        phone.make("run.begin", phone.route.public_id, crew="杨二"),
        phone.make("visit.arrive", phone.stop),
        phone.make("contact.record", fields=FIELDS, visit=str(phone.stop)),
        phone.make("visit.met", phone.stop, count=1, note=""),
    ]
    answer = phone.send(*made)
    assert states(answer) == ["applied"] * 4, answer.json()
    encounter = Encounter.objects.get()
    assert (encounter.outcome, encounter.place, encounter.team) == (
        "refused", "南桥桥洞", phone.route.team,
    )  # fmt: skip
    assert PatrolVisit.objects.get().people_count == 1


def test_what_the_form_refuses_lies_before_the_desk_with_every_reason(phone: "Phone") -> None:
    fields = [pair for pair in FIELDS if pair[0] not in ("is_informed", "has_card")]
    answer = phone.send(phone.make("contact.record", fields=fields))
    assert states(answer) == ["review"]
    card = ReviewCard.objects.get()
    assert "拒绝救助也要告知" in card.words
    assert "求助联系卡" in card.words
    assert not Encounter.objects.exists()


def test_a_bundle_carries_the_contact_form_with_all_gates_and_nobody_in_it(phone: "Phone") -> None:
    form = phone.bundle().json()["forms"]["contact"]
    for name in ("outcome", "legal_basis", "mode_reason", "has_agreed", "goods_quilt", "photos"):
        assert f'name="{name}"' in form, name
    assert "csrfmiddlewaretoken" not in form
