"""The inbox of the phones, beginning with who is refused."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from nuantu.core import clock, scope
from nuantu.encounters.models import Encounter
from nuantu.fieldwork import services
from nuantu.fieldwork.models import FieldCommand, FieldDevice, ReviewCard
from nuantu.fieldwork.selectors.devices import with_waiting
from nuantu.fieldwork.services import replay
from nuantu.operations.models import Duty
from nuantu.patrols import services as patrols
from nuantu.patrols.models import PatrolPhoto, PatrolRun, PatrolVisit, RunPartner
from tests.builders import PATROL
from tests.fieldwork.outbox import a_picture
from tests.fieldwork.phones import FIELDS, states
from tests.patrols import joint

if TYPE_CHECKING:
    from tests.cast import Cast
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_photo_that_the_phone_hid_is_hidden_and_one_of_an_older_app_is_shown(
    phone: "Phone",
) -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    arrive = phone.make("visit.arrive", phone.stop)
    hidden = phone.make("photo.add", phone.stop, hidden_for="undressed")
    plain = phone.make("photo.add", phone.stop)
    wrong = phone.make("photo.add", phone.stop, hidden_for="because")
    files = {f"file-{one['id']}-1": a_picture() for one in (hidden, plain, wrong)}
    answer = phone.send(begin, arrive, hidden, plain, wrong, files=files)
    assert states(answer) == ["applied"] * 4 + ["review"]
    with scope.system("a test looks"):
        found = PatrolPhoto.objects.order_by("pk").values_list("hidden_for", flat=True)
        assert list(found) == ["undressed", ""]


@pytest.mark.slow
def test_a_second_copy_is_known_and_changes_nothing(phone: "Phone") -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    first, second = phone.send(begin), phone.send(begin)
    assert json.loads(first.content)["kept"] == json.loads(second.content)["kept"] == [begin["id"]]
    assert FieldCommand.objects.count() == 1


@pytest.mark.slow
def test_what_a_bundle_names_can_be_told_of_before_the_run_has_begun(phone: "Phone") -> None:
    answer = phone.bundle()
    (run,) = answer.json()["runs"]
    assert run["id"] == str(phone.route.public_id)
    assert [stop["id"] for stop in run["stops"]] == [str(phone.stop)]
    again = phone.bundle(**{"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.slow
def test_whether_the_police_came_is_told_without_signal_and_only_of_who_goes_along(
    cast: "Cast", phone: "Phone"
) -> None:
    police, other = joint.a_partner(cast), joint.a_partner(cast, "health", part="day")
    route = phone.route.public_id
    begin = phone.make("run.begin", route, crew="杨二")
    absent = phone.make("run.partner", route, partner=str(police.public_id), came="no")
    stranger = phone.make("run.partner", route, partner=str(other.public_id), came="yes")
    assert states(phone.send(begin, absent, stranger)) == ["applied", "applied", "review"]
    (run,) = phone.bundle().json()["runs"]
    assert [one["came"] for one in run["along"]] == [False]
    with clock.frozen(PATROL + timedelta(minutes=20)):
        came = phone.make("run.partner", run["id"], partner=str(police.public_id), came="yes")
        assert states(phone.send(came)) == ["applied"]
    with scope.system("a test looks"):
        assert RunPartner.objects.get().has_come
        card = ReviewCard.objects.get()
    page = cast.dispatcher.browser().get(f"/field/reviews/{card.public_id}/").content.decode()
    for said in ("一起去的", "三棵树派出所", "到了"):
        assert said in page


@pytest.mark.slow
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


@pytest.mark.slow
def test_what_the_form_refuses_lies_before_the_desk_with_every_reason(phone: "Phone") -> None:
    fields = [pair for pair in FIELDS if pair[0] not in ("is_informed", "has_card")]
    answer = phone.send(phone.make("contact.record", fields=fields))
    assert states(answer) == ["review"]
    card = ReviewCard.objects.get()
    assert "拒绝救助也要告知" in card.words
    assert "求助联系卡" in card.words
    assert not Encounter.objects.exists()


@pytest.mark.slow
def test_a_bundle_carries_the_contact_form_with_all_gates_and_nobody_in_it(phone: "Phone") -> None:
    form = phone.bundle().json()["forms"]["contact"]
    for name in ("outcome", "legal_basis", "mode_reason", "has_agreed", "goods_quilt", "photos"):
        assert f'name="{name}"' in form, name
    assert "csrfmiddlewaretoken" not in form


def test_a_server_killed_between_keeping_and_applying_goes_on_by_its_job(phone: "Phone") -> None:
    device = FieldDevice.objects.get()
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    services.keep(at=PATROL, device=device, delivery=services.Delivery([begin]))
    assert not PatrolRun.objects.exists()
    assert with_waiting() == [device.public_id]
    services.apply_due(at=PATROL, device_id=device.public_id)
    assert PatrolRun.objects.get().state == "under_way"
    assert with_waiting() == []


@pytest.mark.slow
def test_one_that_is_missing_is_waited_for_and_then_not_any_longer(phone: "Phone") -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    well = phone.make("run.all_well", phone.route.public_id)
    assert states(phone.send(well)) == ["waiting"]
    with clock.frozen(PATROL + timedelta(minutes=11)):
        assert states(phone.send(well)) == ["review"]
        assert states(phone.send(begin)) == ["applied"]
        asked = phone.send(ask=[well["id"]]).json()["states"]
    assert (
        asked[well["id"]]["state"] == "applied"
    )  # it was tried again after what it had waited for


@pytest.mark.slow
def test_a_fault_of_ours_keeps_the_command_and_asks_somebody_in_the_end(
    phone: "Phone", monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_deed: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(replay._REPLAYS, "clock.tell", broken)
    told = phone.make("clock.tell")
    assert [states(phone.send(told)) for _time in range(5)] == [["waiting"]] * 4 + [["review"]]
    assert ReviewCard.objects.get().why == "failed"


@pytest.mark.slow
def test_a_team_without_signal_is_looked_for_once_and_its_late_word_ends_that(
    phone: "Phone",
) -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    phone.send(begin)
    with clock.frozen(PATROL + timedelta(minutes=60)):
        well = phone.make("run.all_well", phone.route.public_id)
    for minute in (91, 92, 100):
        _watch(minute)
    duty = Duty.objects.get(kind="patrol.no_word")
    with clock.frozen(PATROL + timedelta(minutes=101)):
        phone.send(well)
    duty.refresh_from_db()
    assert (duty.state, duty.done_by) == ("done", "杨二")
    for minute in (102, 149):
        _watch(minute)
    assert Duty.objects.filter(kind="patrol.no_word").count() == 1


@pytest.mark.slow
def test_a_word_of_long_ago_does_not_end_the_search(phone: "Phone") -> None:
    phone.send(phone.make("run.begin", phone.route.public_id, crew="杨二"))
    with clock.frozen(PATROL + timedelta(minutes=5)):
        well = phone.make("run.all_well", phone.route.public_id)
    _watch(100)
    with clock.frozen(PATROL + timedelta(minutes=110)):
        phone.send(well)
    assert Duty.objects.get(kind="patrol.no_word").state == "open"


def _watch(minute: int) -> None:
    at = PATROL + timedelta(minutes=minute)
    with clock.frozen(at), scope.system("the job of the minute"):
        patrols.watch_over(at=at)


@pytest.mark.slow
def test_what_a_long_video_delays_is_dated_as_it_was_told(phone: "Phone") -> None:
    phone.slow_by = timedelta(minutes=47)
    assert phone.send().status_code == 200
    with clock.frozen(PATROL + timedelta(minutes=30)):
        begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
        heard = {"server_time": clock.now().isoformat(), "here": phone.now(), "tick": 9}
        said = {"sent_at": phone.now(), "tick": 9, "heard": heard, "commands": [begin]}
    with clock.frozen(PATROL + timedelta(minutes=50)):
        answer = phone.client.post(
            "/field/commands", said, content_type="application/json", headers=phone.header
        )
    assert states(answer) == ["applied"]
    command = FieldCommand.objects.get()
    assert command.happened_at == PATROL + timedelta(minutes=30)
    assert FieldDevice.objects.get().clock_offset_seconds == 47 * 60


@pytest.mark.parametrize(
    "heard",
    [7, [], {}, {"tick": 1}, {"server_time": "x", "here": "y", "tick": 1},
     {"server_time": "2099-12-31T23:59:59+00:00", "here": "2001-01-01T00:00:00+00:00", "tick": -1e14}],
)  # fmt: skip
def test_whatever_a_phone_says_it_heard_its_entry_is_kept(phone: "Phone", heard: object) -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    said = {"sent_at": phone.now(), "tick": 9, "heard": heard, "commands": [begin]}
    answer = phone.client.post(
        "/field/commands", said, content_type="application/json", headers=phone.header
    )
    assert states(answer) == ["applied"]
    assert FieldCommand.objects.get().happened_at == PATROL
