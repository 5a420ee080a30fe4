"""The team's phone on patrol and the register at the desk, beginning with who is refused."""

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from defusedxml.ElementTree import fromstring
from django.urls import reverse
from openpyxl import load_workbook

from nuantu.accounts.models import Organisation
from nuantu.core import clock, scope
from nuantu.encounters.models import Encounter
from nuantu.patrols import services
from nuantu.patrols.models import PatrolPhoto, PatrolRun, PatrolVisit
from nuantu.patrols.rules.gpx import NAMESPACE
from nuantu.persons import services as persons
from tests import builders
from tests.builders import EVENING, PATROL
from tests.cast import STATION
from tests.encounters.conftest import photo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.cast import Cast

pytestmark = pytest.mark.django_db
MINE = "/patrols/mine/"


@pytest.fixture(autouse=True)
def _on_patrol(_at_night: None) -> "Iterator[None]":
    with clock.frozen(PATROL):
        yield


def _press(browser: "Client", name: str, visit: PatrolVisit, **data: object) -> int:
    url = reverse(f"patrols:visit_{name}", args=[visit.public_id])
    return browser.post(url, data).status_code


def _text(browser: "Client", url: str = MINE) -> str:
    return browser.get(url).content.decode()


def _visit() -> PatrolVisit:
    with scope.system("a test looks"):
        return PatrolVisit.objects.select_related("run").order_by("-pk")[0]


def test_another_team_can_press_nothing_of_this_run(cast: "Cast") -> None:
    visit = builders.a_patrol_visit(cast)
    assert _press(cast.other_patroller.browser(), "nobody", visit) == 404
    assert _press(cast.dispatcher.browser(), "nobody", visit) == 403
    assert _visit().state == "arrived"


def test_before_its_time_the_phone_says_that_there_is_no_route_to_walk(cast: "Cast") -> None:
    builders.a_patrol_route(cast)
    with clock.frozen(EVENING):
        assert "现在没有要走的路线" in _text(cast.patroller.browser())
    assert "出巡人员" in _text(cast.patroller.browser())


@pytest.mark.slow
def test_a_night_on_the_phone_from_setting_out_to_reporting_back(cast: "Cast") -> None:
    route = builders.a_patrol_route(cast)
    browser = cast.patroller.browser()
    begin = reverse("patrols:begin", args=[route.public_id])
    assert browser.post(begin, {"crew": ""}).status_code == 422
    browser.post(begin, {"crew": "杨二", "vehicle": "贵H12345", "km_out": "51200"})
    assert "南桥桥洞" in _text(browser)
    visit = _visit()
    assert _press(browser, "arrive", visit, lat="26.5742", lon="107.9781", accuracy="12") == 302
    assert "没有人" in _text(browser)
    assert _press(browser, "photo", visit, photo=photo()) == 302
    assert _press(browser, "nobody", visit, note="只有纸板") == 302
    assert "各站都登记了" in _text(browser)
    finish = reverse("patrols:run_finish", args=[visit.run.public_id])
    refused = browser.post(finish, {"km_in": "9"})
    assert refused.status_code == 422
    assert "不能小于出巡里程 51200" in refused.content.decode()
    assert browser.post(finish, {"km_in": "51231", "note": "交班"}).status_code == 302
    with scope.system("a test looks"):
        run = PatrolRun.objects.get()
    assert (run.state, run.kilometres, run.vehicle) == ("finished", 31, "贵H12345")


def test_a_bad_position_keeps_nobody_from_arriving(cast: "Cast") -> None:
    builders.a_patrol_run(cast)
    browser = cast.patroller.browser()
    assert _press(browser, "arrive", _visit(), lat="north", lon="1e99", accuracy="-3") == 302
    assert (_visit().state, _visit().told_lat) == ("arrived", None)


@pytest.mark.slow
def test_a_refused_step_says_what_to_mend_and_keeps_what_was_typed(cast: "Cast") -> None:
    visit = builders.a_patrol_visit(cast)
    browser = cast.patroller.browser()
    answer = browser.post(
        reverse("patrols:visit_met", args=[visit.public_id]), {"count": "0", "note": "两个人走了"}
    )
    assert answer.status_code == 422
    assert "两个人走了" in answer.content.decode()
    bad = BytesIO(b"not a photo")
    bad.name = "x.jpg"
    answer = browser.post(reverse("patrols:visit_photo", args=[visit.public_id]), {"photo": bad})
    assert "不是能打开的照片" in answer.content.decode()


@pytest.mark.slow
def test_a_contact_recorded_at_a_stop_stands_in_the_register_and_leads_to_it(
    cast: "Cast",
) -> None:
    visit = builders.a_patrol_visit(cast)
    browser = cast.patroller.browser()
    url = f"{reverse('encounters:new')}?stop={visit.public_id}"
    assert url in _text(browser)
    assert "南桥桥洞" in _text(browser, url)
    data = {
        "place": "南桥桥洞",
        "lat": visit.lat,
        "lon": visit.lon,
        "happened_at": f"{clock.local(PATROL):%Y-%m-%dT%H:%M}",
        "conditions": ["calm"],
        "capacity": "capable",
        "outcome": "helped_on_spot",
        "sex": "male",
        "looks": "灰大衣",
    }
    answer = browser.post(url, data)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == MINE
    assert "已登记接触 1 人" in _text(browser)
    assert _press(browser, "met", visit, count=1) == 302
    with scope.system("a test looks"):
        encounter = Encounter.objects.get()
        assert visit.contacts.get().case_id == encounter.case_id
    page = _text(cast.leader.browser(), reverse("patrols:run", args=[visit.run.public_id]))
    assert reverse("encounters:detail", args=[encounter.public_id]) in page


@pytest.mark.slow
def test_the_page_of_a_run_sets_the_plan_against_what_was_done(cast: "Cast") -> None:
    visit = builders.a_patrol_visit(cast)
    with clock.frozen(PATROL + timedelta(seconds=20)):
        _press(cast.patroller.browser(), "nobody", visit, note="只有纸板")
    page = _text(cast.section_head.browser(), reverse("patrols:run", args=[visit.run.public_id]))
    assert "停留太短" in page
    assert "只有纸板" in page
    assert "1 / 1" in page
    assert "夜巡一队出巡" in page


@pytest.mark.slow
def test_the_register_finds_runs_by_words_and_by_what_was_found(cast: "Cast") -> None:
    visit = builders.a_patrol_visit(cast)
    _press(cast.patroller.browser(), "nobody", visit, note="只有纸板")
    browser = cast.dispatcher.browser()
    url = reverse("patrols:register")
    run_url = reverse("patrols:run", args=[visit.run.public_id])
    for query in ("", "?q=纸板", "?q=龙海", "?found=zero", "?found=doubt", "?since=2026-12-14"):
        assert run_url in _text(browser, url + query), query
    for query in (
        "?q=体育场",
        "?found=people",
        "?found=gap",
        "?state=finished",
        "?until=2026-12-13",
    ):
        assert "没有符合的巡查" in _text(browser, url + query), query


@pytest.mark.parametrize("asked", ["until=9999-12-31", "since=0001-01-01", "since=x"])
def test_a_day_that_no_calendar_reaches_asks_nothing_of_a_register(
    cast: "Cast", asked: str
) -> None:
    builders.a_patrol_run(cast)
    browser = cast.leader.browser()
    assert "夜巡一队" in _text(browser, f"{reverse('patrols:register')}?{asked}")
    for page in ("patrols:register_export", "dispatch:tips"):
        assert browser.get(f"{reverse(page)}?{asked}").status_code == 200


def test_a_stop_still_to_come_is_not_one_that_was_left_out(cast: "Cast") -> None:
    run = builders.a_patrol_run(cast)
    browser = cast.leader.browser()
    url = f"{reverse('patrols:register')}?found=gap"
    assert "没有符合的巡查" in _text(browser, url)
    with scope.system("the desk ends it"):
        services.break_off(actor=cast.leader.actor, at=PATROL, run=run, reason="车坏了")
    assert reverse("patrols:run", args=[run.public_id]) in _text(browser, url)


@pytest.mark.slow
def test_the_sheet_holds_one_row_per_stop_and_its_export_is_journalled(cast: "Cast") -> None:
    visit = builders.a_patrol_visit(cast)
    _press(cast.patroller.browser(), "nobody", visit, note="=1+1")
    answer = cast.section_head.browser().get(reverse("patrols:register_export"))
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert rows[0][6] == "地点"
    assert rows[1][6] == "南桥桥洞"
    assert rows[1][11] == "没有人"
    assert rows[1][13] == "'=1+1"
    assert cast.patroller.browser().get(reverse("patrols:register_export")).status_code == 403


@pytest.mark.slow
def test_a_run_as_gpx_draws_what_is_believed_and_names_what_was_found(cast: "Cast") -> None:
    run = builders.a_patrol_run(cast)
    browser = cast.patroller.browser()
    _press(browser, "arrive", _visit(), lat="26.5742", lon="107.9781", accuracy="12")
    _press(browser, "nobody", _visit(), note="只有纸板")
    with clock.frozen(PATROL + timedelta(minutes=1)):
        url = reverse("patrols:run_stop", args=[run.public_id])
        browser.post(url, {"place": "<路口> & 桥", "lat": "26.9", "lon": "108.9"})
    answer = cast.leader.browser().get(reverse("patrols:run_track", args=[run.public_id]))
    root = fromstring(answer.content)
    tag = f"{{{NAMESPACE}}}"
    assert [wpt.findtext(f"{tag}name") for wpt in root.iter(f"{tag}wpt")] == ["南桥桥洞"]
    assert [wpt.findtext(f"{tag}desc") for wpt in root.iter(f"{tag}wpt")] == ["没有人"]
    assert len(list(root.iter(f"{tag}rtept"))) == 1
    assert [point.get("lat") for point in root.iter(f"{tag}trkpt")] == ["26.574200"]


@pytest.mark.slow
def test_a_photo_is_shown_without_its_exif_to_who_may_see_the_run(cast: "Cast") -> None:
    visit = builders.a_patrol_visit(cast)
    _press(cast.patroller.browser(), "photo", visit, photo=photo())
    with scope.system("a test looks"):
        url = reverse("patrols:photo", args=[PatrolPhoto.objects.get().public_id])
    assert cast.leader.browser().get(url)["Content-Type"] == "image/jpeg"
    assert cast.other_patroller.browser().get(url).status_code == 404


@pytest.mark.slow
@pytest.mark.rule("P2-10")
def test_the_checklist_that_was_loaded_is_asked_line_by_line_at_the_end(cast: "Cast") -> None:
    browser = cast.section_head.browser()
    url = reverse("patrols:checklist")
    assert browser.post(url, {"name": "六必须", "lines": "甲\n甲"}).status_code == 422
    with clock.frozen(EVENING):
        browser.post(url, {"name": "六必须", "lines": "必须穿反光衣\n\n必须两人同行"})
    builders.a_patrol_visit(cast)
    _press(cast.patroller.browser(), "nobody", _visit())
    page = _text(cast.patroller.browser())
    assert "必须穿反光衣" in page
    finish = reverse("patrols:run_finish", args=[_visit().run.public_id])
    answer = cast.patroller.browser().post(finish, {"done_0": "on"})
    assert answer.status_code == 422
    assert "必须两人同行" in answer.content.decode()
    sent = {"done_0": "on", "remark_1": "一人请假"}
    assert cast.patroller.browser().post(finish, sent).status_code == 302


@pytest.mark.slow
def test_the_desk_breaks_a_run_off_with_its_reason(cast: "Cast") -> None:
    run = builders.a_patrol_run(cast)
    url = reverse("patrols:run_break_off", args=[run.public_id])
    browser = cast.leader.browser()
    assert browser.post(url, {"reason": ""}).status_code == 422
    assert browser.post(url, {"reason": "车坏了"}).status_code == 302
    assert _visit().reason == "车坏了"
    assert browser.post(url, {"reason": "再来"}).status_code == 422


@pytest.mark.slow
def test_the_phone_and_the_register_speak_english(cast: "Cast") -> None:
    visit = builders.a_patrol_visit(cast)
    assert "Nobody here" in cast.patroller.browser("en").get(MINE).content.decode()
    url = reverse("patrols:run", args=[visit.run.public_id])
    assert "Plan and done" in cast.office.browser("en").get(url).content.decode()
    assert "Patrol register" in cast.office.browser("en").get("/patrols/register/").content.decode()


@pytest.mark.slow
def test_photos_of_a_stop_where_a_child_was_met_are_shown_after_a_reveal_only(cast: "Cast") -> None:
    visit = builders.a_patrol_visit(cast)
    case, head = builders.a_case(cast), cast.station_head
    with scope.enter(scope.of_actor(cast.patroller.actor)):
        kept = services.add_photo(
            actor=cast.patroller.actor, at=clock.now(), visit=visit, upload=photo()
        )
    url = reverse("patrols:photo", args=[kept.public_id])
    assert head.browser().get(url).status_code == 200
    with scope.system("a test ties a child to the stop"):
        visit.contacts.create(subject_kind="encounter", subject_id=case.public_id,
                              case_id=case.case_id, noted_at=clock.now())  # fmt: skip
    with scope.enter(scope.of_actor(head.actor)):
        persons.restrict_person(actor=head.actor, at=clock.now(), person=case.person, case=case,
                                reason="未成年人")  # fmt: skip
    assert head.browser().get(url).status_code == 404
    reveal = reverse("persons:reveal", args=[case.person.public_id])
    run = reverse("patrols:run", args=[visit.run.public_id])
    assert reveal in head.browser().get(run).content.decode()
    assert head.browser().post(reveal, {"purpose": "核对投诉"}).status_code == 302
    assert head.browser().get(url).status_code == 200


def test_the_page_of_a_team_rings_its_own_station(cast: "Cast") -> None:
    builders.a_patrol_run(cast)
    with scope.system("a test gives the station a phone"):
        Organisation.objects.filter(code=STATION).update(phone="0855-0000021")
    assert 'href="tel:0855-0000021"' in _text(cast.patroller.browser())
