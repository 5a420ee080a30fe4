"""The pages of a patrol week, beginning with who is refused."""

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from nuantu.core import scope
from nuantu.operations.models import Team
from nuantu.patrols import services
from nuantu.patrols.models import PatrolSearch, PatrolStop, PatrolWeek
from nuantu.patrols.selectors import weeks
from nuantu.patrols.selectors.words import why
from tests import builders
from tests.builders import EVENING

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _url(name: str, week: PatrolWeek) -> str:
    return reverse(f"patrols:{name}", args=[week.public_id])


def test_the_team_finds_its_week_only_once_it_was_published(cast: "Cast", week: PatrolWeek) -> None:
    browser = cast.patroller.browser()
    assert browser.get(_url("week", week)).status_code == 404
    head = cast.section_head.browser()
    head.post(_url("approve", week))
    assert browser.get(_url("week", week)).status_code == 404
    head.post(_url("publish", week))
    assert browser.get(_url("week", week)).status_code == 404, "departments are missing"
    head.post(_url("publish", week), {"reason": "联合单位下周到位"})
    page = browser.get(_url("week", week)).content.decode()
    assert "南桥桥洞" in page
    assert reverse("patrols:move", args=[week.public_id])[:20] not in page.split("<main")[1]


def test_the_list_without_weeks_says_what_to_do(cast: "Cast") -> None:
    page = cast.dispatcher.browser().get(reverse("patrols:weeks")).content.decode()
    assert "还没有周计划" in page
    assert 'value="2026-12-14"' in page


def test_a_week_that_cannot_be_planned_is_refused_with_what_to_do(cast: "Cast") -> None:
    builders.a_season()
    answer = cast.section_head.browser().post(
        reverse("patrols:plan"), {"first_day": "2026-12-16", "seconds": 5}
    )
    assert answer.status_code == 422
    assert "重点区域" in answer.content.decode()


def test_a_week_that_is_asked_for_shows_its_progress(cast: "Cast") -> None:
    builders.a_season()
    builders.a_key_location(cast)
    answer = cast.section_head.browser().post(
        reverse("patrols:plan"), {"first_day": "2026-12-16", "seconds": 5}, follow=True
    )
    page = answer.content.decode()
    assert 'data-state="running"' in page
    assert "这一周没有班次" in page


def test_the_board_says_what_is_kept_what_is_not_and_why(cast: "Cast", week: PatrolWeek) -> None:
    page = cast.dispatcher.browser().get(_url("week", week)).content.decode()
    assert "夜巡一队" in page
    assert "北桥桥洞" in page
    assert "缺 3 次" in page
    assert "需增加班次" in page
    assert "P9" in page
    assert "未经核实" in page


def test_the_board_lists_the_halves_with_routes_and_counts_the_others(
    cast: "Cast", week: PatrolWeek
) -> None:
    board = weeks.board(week, EVENING)
    shifts = week.search.problem["shifts"]
    routes = weeks.routes_of(week)
    assert len(board.heads) == len({route.half for route in routes})
    assert board.idle_count == sum(
        row["night"] not in {route.half for route in routes} for row in shifts
    )
    remarked = {lack.name for lack in board.remarks if lack.reason != why("twin")}
    assert not remarked & {lack.name for lack in board.unmet}


def test_a_week_on_its_way_shows_no_empty_board(cast: "Cast", week: PatrolWeek) -> None:
    with scope.system("test"):
        PatrolWeek.objects.filter(pk=week.pk).update(missing=None)
        PatrolSearch.objects.filter(week=week).update(state="running", told_at=EVENING)
    page = cast.section_head.browser().get(_url("week", week)).content.decode()
    assert 'data-state="running"' in page
    assert "没有站点" not in page
    assert "<h2>办理</h2>" not in page


def test_the_board_speaks_english(cast: "Cast", week: PatrolWeek) -> None:
    page = cast.dispatcher.browser("en").get(_url("week", week)).content.decode()
    assert "every shift that could go is full" in page
    assert "Patrol weeks" in page


def test_a_silent_search_can_be_started_again(cast: "Cast", week: PatrolWeek) -> None:
    with scope.system("a worker was killed"):
        PatrolSearch.objects.filter(week=week).update(
            state="running", told_at=EVENING - services.planning.AHEAD
        )
    browser = cast.dispatcher.browser()
    page = browser.get(_url("week", week)).content.decode()
    assert "程序可能中断了" in page
    assert _url("again", week) in page
    browser.post(_url("again", week), {"seconds": 5})
    with scope.system("a test looks"):
        assert PatrolSearch.objects.get(week=week).state == "waiting"


def test_a_refused_move_names_the_promise_and_an_allowed_one_times_the_routes_anew(
    cast: "Cast", week: PatrolWeek
) -> None:
    with scope.system("a test looks for a stop"):
        stop = PatrolStop.objects.get(route__week=week, route__half=9)
    team = Team.objects.get().public_id
    browser = cast.dispatcher.browser()
    url = reverse("patrols:move", args=[stop.public_id])
    refused = browser.post(url, {"target": f"{team}|7"})
    assert refused.status_code == 422
    assert "南桥桥洞 两次巡访离得太近" in refused.content.decode()
    assert browser.post(url, {"target": "nobody|3"}).status_code == 422
    assert browser.post(url, {"target": f"{team}|11"}).status_code == 302
    with scope.system("a test looks"):
        halves = PatrolStop.objects.values_list("route__half", flat=True)
        assert sorted(halves) == [1, 5, 11]
    assert browser.get(url).status_code == 404


def test_the_sheet_holds_every_stop_in_the_order_of_time(cast: "Cast", week: PatrolWeek) -> None:
    answer = cast.office.browser().get(_url("export", week))
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert "街面巡查计划表" in str(rows[0][0])
    assert [row[4] for row in rows[3:]] == ["南桥桥洞"] * 3


def test_the_paper_names_teams_places_and_times(cast: "Cast", week: PatrolWeek) -> None:
    page = cast.auditor.browser().get(_url("print", week)).content.decode()
    assert "凯里市街面巡查计划表" in page
    assert "夜巡一队" in page
    assert "<ol><li>20:21 南桥桥洞" in page
    assert "审批人" in page


def test_the_map_shows_the_stops_of_the_newest_week(cast: "Cast", week: PatrolWeek) -> None:
    url = reverse("places:layer", args=["patrol_stops"])
    features = cast.dispatcher.browser().get(url).json()["features"]
    assert [feature["properties"]["label"] for feature in features] == ["南桥桥洞"]
    assert features[0]["properties"]["note"].count("夜巡一队") == 3
    assert cast.police.browser().get(url).status_code == 404


def test_the_paper_in_english_names_the_county_after_the_schedule(
    cast: "Cast", week: PatrolWeek
) -> None:
    page = cast.auditor.browser("en").get(_url("print", week)).content.decode()
    assert "Street patrol schedule of 凯里市" in page
