"""The HTTP interface: tips in without an account, runs and receipts, Open311 beside it."""

from datetime import timedelta
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from nuantu.accounts.services import issue_token
from nuantu.core import clock
from nuantu.dispatch import services
from nuantu.dispatch.models import Dispatch, Notice, Tip
from nuantu.dispatch.rules.georeport import SERVICES, service_of, xml_of
from nuantu.places.rules.datums import Point
from nuantu.places.rules.geometry import haversine_metres
from tests import builders
from tests.cast import STATION, Cast, Player

pytestmark = pytest.mark.django_db
BRIDGE = {"place_text": "三棵树镇南桥桥洞", "lat": 26.5637, "lon": 108.066}
TIPS = "/api/v1/tips"


def program(player: Player) -> Client:
    """A program with the player's token."""
    assert player.user is not None
    token = issue_token(actor=player.actor, at=clock.now(), name="test", user=player.user)
    return Client(headers={"Authorization": f"Bearer {token}"})


def post(client: Client, url: str, body: dict[str, Any], **headers: str) -> Any:
    return client.post(url, body, content_type="application/json", headers=headers)


class TestTakingTips:
    """POST /tips needs no account and loses nothing."""

    def test_anybody_reports_and_gets_a_receipt(self, cast: Cast) -> None:
        answer = post(Client(), TIPS, BRIDGE | {"flags": ["minor"], "callback": "138 0000 0000"})
        assert answer.status_code == 201
        body, tip = answer.json(), Tip.objects.get()
        assert len(body["receipt"]) == 10
        assert body["url"].endswith(f"/r/{body['receipt']}/")
        assert clock.local(tip.due_at).timestamp() == pytest.approx(
            tip.received_at.timestamp() + tip.limit_minutes * 60
        )
        assert (body["limit_minutes"], tip.channel, tip.owner_org) == (30, "web", STATION)
        stand = Client().get(f"{TIPS}/receipt/{body['receipt']}").json()
        assert (stand["state"], stand["arrived_at"]) == ("new", None)
        assert "place_text" not in stand

    def test_a_time_without_a_zone_is_read_as_clocks_in_china_show_it(self, cast: Cast) -> None:
        seen = clock.local(clock.now()).replace(microsecond=0) - timedelta(minutes=20)
        body = BRIDGE | {"happened_at": seen.replace(tzinfo=None).isoformat()}
        assert post(Client(), TIPS, body).status_code == 201
        assert Tip.objects.get().happened_at == seen

    def test_a_value_of_another_type_is_refused_in_the_language_asked_for(self, cast: Cast) -> None:
        for wrong, expected in (
            ({"person_count": "很多"}, "应是整数"),
            ({"happened_at": "昨晚"}, "应是时间"),
            ({"datum": "utm"}, "只能写"),
        ):
            answer = post(Client(), TIPS, BRIDGE | wrong)
            assert answer.status_code == 422
            assert expected in answer.json()["detail"][0]["msg"]
            english = post(Client(), TIPS, BRIDGE | wrong, **{"Accept-Language": "en"})
            assert english.json()["detail"][0]["msg"].isascii()
        broken = Client().post(TIPS, b"{", content_type="application/json")
        assert (broken.status_code, "JSON" in broken.json()["detail"]) == (400, True)
        assert "读不懂" in broken.json()["detail"]
        assert not Tip.objects.exists()

    def test_a_program_reports_as_itself(self, cast: Cast) -> None:
        answer = post(program(cast.operator), TIPS, BRIDGE | {"channel": "12345"})
        assert answer.status_code == 201
        assert (Tip.objects.get().channel, Tip.objects.get().received_by) == ("12345", "韦小雨")
        assert post(Client(), TIPS, BRIDGE | {"channel": "110"}).status_code == 201
        assert Tip.objects.order_by("pk")[1].channel == "web", "the public cannot say it is 110"

    def test_a_wrong_token_is_not_the_public(self, cast: Cast) -> None:
        stranger = Client(headers={"Authorization": "Bearer nt_wrong"})
        assert post(stranger, TIPS, BRIDGE).status_code == 401
        assert not Tip.objects.exists()

    def test_the_same_key_gives_the_same_receipt(self, cast: Cast) -> None:
        key = {"Idempotency-Key": "5f2c9a4e-partner-1"}
        first, second = (post(Client(), TIPS, BRIDGE, **key) for _ in range(2))
        assert first.json() == second.json()
        other = post(Client(), TIPS, BRIDGE | {"place_text": "别处"}, **key)
        assert other.status_code == 422
        assert other.json()["detail"][0]["loc"] == ["body", "idempotency_key"]
        assert Tip.objects.count() == 1

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"place_text": ""}, "place_text"),
            ({"place_text": "桥", "seen_text": "冷" * 2001}, "seen_text"),
            ({"place_text": "桥", "flags": ["martian"]}, "flags"),
            ({"place_text": "桥", "callback": "没有"}, "callback"),
            ({"place_text": "桥", "division_code": "529999"}, "division_code"),
            ({"place_text": "桥", "lat": "north", "lon": 108}, "lat"),
            ({"place_text": 5}, "place_text"),
        ],
    )
    def test_what_must_be_mended_is_named(
        self, cast: Cast, said: dict[str, Any], field: str
    ) -> None:
        answer = post(Client(), TIPS, said)
        assert answer.status_code == 422, answer.content
        (problem, *_rest) = answer.json()["detail"]
        assert problem["loc"][-1] == field
        assert problem["msg"]
        assert not Tip.objects.exists()

    def test_swapped_coordinates_come_back_with_the_better_point(self, cast: Cast) -> None:
        answer = post(Client(), TIPS, {"place_text": "桥", "lat": 108.066, "lon": 26.5637})
        (problem,) = answer.json()["detail"]
        assert (answer.status_code, problem["type"]) == (422, "swapped")
        assert problem["suggestion"] == {"lat": 26.5637, "lon": 108.066}

    def test_another_province_is_taken_on_a_second_word(self, cast: Cast) -> None:
        beijing = {"place_text": "天安门", "lat": 39.9, "lon": 116.39}
        (problem,) = post(Client(), TIPS, beijing).json()["detail"]
        assert (problem["type"], problem["may_confirm"]) == ("outside_province", True)
        answer = post(Client(), TIPS, beijing | {"is_position_confirmed": True})
        assert answer.status_code == 201
        assert answer.json()["question"] == "", "he has answered"
        assert Tip.objects.get().position_doubt == "outside_province", "the desk still knows"

    def test_what_was_left_out_of_a_report_is_named(self, cast: Cast) -> None:
        odd = {"place_text": "三棵树镇南桥桥洞", "lat": 26.5637, "adress": "南桥"}
        answer = post(Client(), TIPS, odd)
        assert (answer.status_code, answer.json()["left_out"]) == (201, ["adress", "lat"])
        assert post(Client(), TIPS, BRIDGE).json()["left_out"] == []

    def test_a_wrong_method_is_answered_in_json(self, cast: Cast) -> None:
        answer = Client().delete(TIPS)
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
        assert "POST" in answer["Allow"]
        assert "POST" in answer.json()["detail"]

    def test_far_from_everything_is_asked_not_refused(self, cast: Cast) -> None:
        answer = post(Client(), TIPS, {"place_text": "山里", "lat": 26.40, "lon": 108.60})
        assert answer.status_code == 201
        assert "位置对吗" in answer.json()["question"]

    @pytest.mark.parametrize(
        ("body", "status"),
        [(b"{", 400), (b"[1]", 422), (b"\xff\xfe", 400), (b"x" * 10_000_000, 413)],
    )
    def test_a_body_that_is_no_report_is_answered_plainly(
        self, cast: Cast, body: bytes, status: int
    ) -> None:
        answer = Client().post(TIPS, body, content_type="application/json")
        assert answer.status_code == status
        assert not Tip.objects.exists()

    def test_emoji_stay_and_control_characters_go(self, cast: Cast) -> None:
        post(Client(), TIPS, {"place_text": "桥\u0000下🥶", "seen_text": "孩子\u0007😭"})
        tip = Tip.objects.get()
        assert (tip.place_text, tip.seen_text) == ("桥下🥶", "孩子😭")

    def test_too_many_from_one_address_wait(self, cast: Cast) -> None:
        for _ in range(30):
            services.admit(address="127.0.0.1")
        answer = post(Client(), TIPS, BRIDGE)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")
        assert "110" in answer.json()["detail"][0]["msg"]
        assert post(program(cast.operator), TIPS, BRIDGE).status_code == 201

    def test_still_there_needs_only_the_receipt(self, cast: Cast) -> None:
        code = builders.a_receipt()
        assert post(Client(), f"{TIPS}/receipt/{code}/still-there", {}).json()["state"] == "new"
        assert post(Client(), f"{TIPS}/receipt/AAAAAAAAAA/still-there", {}).status_code == 404


class TestReading:
    """What staff and connected programs read."""

    @pytest.mark.slow
    def test_lists_are_scoped_filtered_and_paged(self, cast: Cast) -> None:
        for number in range(3):
            builders.a_tip(f"三棵树镇{number}组", flags=("minor",) if number else ())
        mine = program(cast.auditor)
        body = mine.get(f"{TIPS}?flag=minor&limit=1").json()
        assert (body["total"], len(body["items"])) == (2, 1)
        assert body["items"][0]["clock"]["state"] == "calm"
        assert "callback" not in body["items"][0]
        assert mine.get(TIPS, {"limit": 5000}).status_code == 422
        wrong = mine.get(TIPS, {"state": "waiting"})
        assert wrong.status_code == 422
        assert "on_scene" in wrong.content.decode(), "says which states there are"
        assert program(cast.outsider).get(TIPS).json()["total"] == 0
        assert Client().get(TIPS).status_code == 401
        assert program(cast.admin).get(TIPS).status_code == 403

    def test_one_tip_shows_notices_and_runs(self, cast: Cast) -> None:
        tip = builders.a_tip(flags=("minor",))
        services.assign(
            actor=cast.dispatcher.actor, at=clock.now(), tip=tip, team=builders.a_team(cast)
        )
        body = program(cast.dispatcher).get(f"{TIPS}/{tip.public_id}").json()
        assert [notice["recipient"] for notice in body["notices"]] == ["120", "110"]
        assert body["runs"][0]["team_name"] == "甲队"
        assert program(cast.outsider).get(f"{TIPS}/{tip.public_id}").status_code == 404


class TestTransitions:
    """From a tip to a closed one by programs."""

    @pytest.mark.slow
    def test_the_whole_way(self, cast: Cast) -> None:
        tip, team = builders.a_tip(flags=("danger",)), builders.a_team(cast)
        dispatcher, patroller = program(cast.dispatcher), program(cast.patroller)
        answer = post(dispatcher, f"{TIPS}/{tip.public_id}/assign", {"team": str(team.public_id)})
        assert answer.status_code == 201
        run = f"/api/v1/dispatches/{answer.json()['id']}"
        for step in ("accept", "depart", "arrive"):
            said = {"phone_at": clock.now().isoformat(), "lat": 26.5637, "lon": 108.066}
            assert post(patroller, f"{run}/{step}", said).status_code == 200
        assert post(patroller, f"{run}/accept", {}).status_code == 422
        assert patroller.get(run).json()["arrived_at"]
        for notice in Notice.objects.filter(tip=tip):
            told = post(dispatcher, f"/api/v1/notices/{notice.public_id}/told", {"way": "phone"})
            assert told.json()["state"] == "told"
        closing = f"{TIPS}/{tip.public_id}/close"
        assert post(dispatcher, closing, {"outcome": "police"}).json()["verification"] == "true"
        assert post(dispatcher, closing, {"outcome": "police"}).status_code == 422
        assert Dispatch.objects.get().state == "done"

    @pytest.mark.slow
    @pytest.mark.parametrize("said", ["0001-01-01T00:00:00", "9999-12-31T23:59:59-08:00"])
    def test_a_phone_whose_clock_was_never_set_arrives_all_the_same(
        self, cast: Cast, said: str
    ) -> None:
        run, patroller = builders.a_run(cast), program(cast.patroller)
        steps = f"/api/v1/dispatches/{run.public_id}"
        for step in ("accept", "depart", "arrive"):
            answer = post(patroller, f"{steps}/{step}", {"phone_at": said})
            assert (answer.status_code, step) == (200, step)
        assert patroller.get(steps).status_code == 200

    def test_a_team_of_another_station_presses_nothing(self, cast: Cast) -> None:
        run = f"/api/v1/dispatches/{builders.a_run(cast).public_id}"
        assert post(program(cast.other_patroller), f"{run}/accept", {}).status_code == 404
        assert post(program(cast.patroller), f"{run}/recall", {"reason": "x"}).status_code == 403
        assert post(program(cast.patroller), f"{run}/fly", {}).status_code == 422


class TestOpen311:
    """GeoReport v2: the shape, the window, the blur."""

    BASE = "/open311/v2"

    def test_services_and_definitions_in_both_forms(self, cast: Cast) -> None:
        listed = Client().get(f"{self.BASE}/services.json").json()
        assert [one["service_code"] for one in listed] == [one.code for one in SERVICES]
        root = fromstring(Client().get(f"{self.BASE}/services.xml").content)
        assert root.tag == "services"
        assert len(root.findall("service/service_code")) == len(SERVICES)
        described = Client().get(f"{self.BASE}/services/child-alone.json").json()
        assert {one["code"] for one in described["attributes"]} == {
            "flags",
            "asked",
            "person_count",
        }
        xml = Client().get(f"{self.BASE}/services/child-alone.xml").content
        assert fromstring(xml).findall(".//attribute/values/value/key")
        assert Client().get(f"{self.BASE}/services/potholes.json").status_code == 404
        assert Client().get(f"{self.BASE}/services.yaml").status_code == 404
        assert Client().get(f"{self.BASE}/services.json?jurisdiction_id=1101").status_code == 404
        assert Client().get(f"{self.BASE}/services.json?jurisdiction_id=5226").status_code == 200

    def test_a_report_is_a_tip_and_its_id_is_the_receipt(self, cast: Cast) -> None:
        said = {
            "service_code": "child-alone",
            "address_string": "三棵树镇南桥桥洞",
            "description": "一个孩子在哭",
            "lat": "26.5637",
            "long": "108.066",
            "attribute[flags][]": ["thin_clothes"],
            "phone": "13800000000",
        }
        answer = Client().post(f"{self.BASE}/requests.json", said)
        assert answer.status_code == 201
        (row,) = answer.json()
        tip = Tip.objects.get()
        assert set(tip.urgent_flags) == {"minor", "thin_clothes"}
        (found,) = Client().get(f"{self.BASE}/requests/{row['service_request_id']}.json").json()
        assert (
            found["expected_datetime"] == clock.local(tip.due_at).replace(microsecond=0).isoformat()
        )
        assert (found["status"], found["service_code"]) == ("open", "child-alone")
        assert found["description"] is found["media_url"] is found["address"] is None
        apart = haversine_metres(Point(found["lat"], found["long"]), Point(26.5637, 108.066))
        assert 0 < apart < 360, "the middle of a square of 500 m"

    @pytest.mark.parametrize(
        ("said", "says"),
        [
            ({"lat": "107.978", "long": "26.574"}, "lat=26.574000 long=107.978000"),
            ({"lat": "26.574"}, "lat 和 long 要一起填写"),
            ({"address_string": "桥", "phone": "12"}, "phone: "),
            ({}, "address_string: "),
        ],
    )
    def test_an_error_says_what_to_mend_by_the_names_of_georeport(
        self, cast: Cast, said: dict[str, str], says: str
    ) -> None:
        answer = Client().post(
            f"{self.BASE}/requests.json", {"service_code": "child-alone", **said}
        )
        assert answer.status_code == 400
        assert says in answer.json()[0]["description"]
        assert not Tip.objects.exists()

    @pytest.mark.parametrize(
        ("said", "status"),
        [
            ({"address_string": "桥"}, 400),
            ({"service_code": "child-alone"}, 400),
            ({"service_code": "child-alone", "lat": "x", "long": "1"}, 400),
            ({"service_code": "child-alone", "address_string": "桥", "api_key": "wrong"}, 403),
            ({"service_code": "child-alone", "address_string": "桥", "jurisdiction_id": "11"}, 404),
        ],
    )
    def test_errors_have_code_and_description(
        self, cast: Cast, said: dict[str, str], status: int
    ) -> None:
        answer = Client().post(f"{self.BASE}/requests.xml", said)
        assert answer.status_code == status
        root = fromstring(answer.content)
        assert (root.tag, root.findtext("error/code")) == ("errors", str(status))
        assert root.findtext("error/description")
        assert not Tip.objects.exists()

    @pytest.mark.slow
    def test_lists_need_a_key_and_a_window_of_ninety_days(self, cast: Cast) -> None:
        tip = builders.a_tip()
        url = f"{self.BASE}/requests.json"
        assert Client().get(url).status_code == 403
        mine = program(cast.auditor)
        (row,) = mine.get(url).json()
        assert row["service_request_id"] == str(tip.public_id)
        assert mine.get(url, {"service_code": "child-alone"}).json() == []
        assert mine.get(url, {"status": "closed"}).json() == []
        assert len(mine.get(url, {"service_request_id": str(tip.public_id)}).json()) == 1
        old = (clock.now() - timedelta(days=200)).isoformat()
        assert mine.get(url, {"start_date": old}).status_code == 400
        assert mine.get(url, {"start_date": "yesterday"}).status_code == 400
        assert program(cast.outsider).get(url).json() == []
        one = f"{self.BASE}/requests/{tip.public_id}.json"
        assert Client().get(one).status_code == 404
        assert mine.get(one).status_code == 200

    def test_xml_holds_no_character_that_xml_does_not_know(self) -> None:
        body = xml_of("a", "b", [{"c": "x\x00<&>\x0b", "d": None, "e": True}])
        item = fromstring(body).find("b")
        assert item is not None
        assert (item.findtext("c"), item.findtext("d"), item.findtext("e")) == ("x<&>", "", "true")

    def test_marks_belong_to_one_service(self) -> None:
        assert service_of(["critical", "minor"]).code == "child-alone"
        assert service_of(["elderly"]).code == "street-person"
