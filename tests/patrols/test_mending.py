"""A week that breaks promises says which shifts would keep them."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.patrols import services
from nuantu.patrols.models import PatrolSearch, PatrolStop, PatrolWeek
from nuantu.patrols.rules import planned
from nuantu.patrols.rules.mending import extras
from nuantu.routing.problem_json import problem_from
from tests import builders
from tests.builders import EVENING, PATROL

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 12, 14)
HELP = {"depot": "", "night": 5, "start_min": 840.0, "end_min": 1200.0, "skills": [],
        "keeps": 2, "left": 1}  # fmt: skip
SAID = "夜巡一队在星期三 夜间 12-16（20:00–02:00）再值一班"
BESIDE = "星期三 夜间 12-16（20:00–02:00）从夜巡一队的驻地再派一支队伍"


def _short(cast: "Cast") -> PatrolWeek:
    """The asked week with a team that is out on Monday and Friday night only."""
    week = builders.an_asked_week(cast)
    with scope.system("a test gives the team two nights"):
        search = PatrolSearch.objects.get(week=week)
        shifts = [row for row in search.problem["shifts"] if row["night"] in (1, 9)]
        search.problem["shifts"], search.seconds = shifts, 1
        search.save()
    return week


def _page(cast: "Cast", week: PatrolWeek) -> str:
    url = reverse("patrols:week", args=[week.public_id])
    return cast.section_head.browser().get(url).content.decode()


def _helped(cast: "Cast") -> PatrolWeek:
    """The short week, planned by hand for Monday, with what would help."""
    week = _short(cast)
    with scope.system("a test reads what was asked"):
        problem = problem_from(PatrolSearch.objects.get(week=week).problem)
    team = problem.shifts[0].team
    plan = planned.plan_of(problem, {(team, 1): (problem.locations[1].id,)})
    helping = [HELP | {"depot": team}, HELP | {"depot": team, "keeps": 1, "left": 0}]
    assert services.keep_plan(week=week, problem=problem, plan=plan, at=EVENING, helping=helping)
    week.refresh_from_db()
    return week


def test_other_places_read_nothing_of_what_would_help(cast: "Cast") -> None:
    week = _helped(cast)
    url = reverse("patrols:week", args=[week.public_id])
    assert cast.outsider.browser().get(url).status_code == 404


def test_a_shift_that_was_to_have_begun_by_now_is_not_thought_of(cast: "Cast") -> None:
    week = _short(cast)
    with scope.system("a test reads what was asked"):
        problem = problem_from(PatrolSearch.objects.get(week=week).problem)
    plan = planned.plan_of(problem, {})
    assert [shift.night for shift, _skills in extras(problem, plan, MONDAY, EVENING)] == [
        3, 5, 7, 11, 13, 1, 9,
    ]  # fmt: skip
    assert [shift.night for shift, _skills in extras(problem, plan, MONDAY, PATROL)] == [
        3, 5, 7, 11, 13, 9,
    ]  # fmt: skip


def test_the_page_of_a_draft_names_the_team_and_the_night_that_would_help(cast: "Cast") -> None:
    week = _helped(cast)
    page = _page(cast, week)
    assert page.index(SAID) < page.index(BESIDE)
    assert "可多保 2 次，还缺 1 次" in page
    assert "可多保 1 次，不再缺" in page


def test_what_would_have_helped_is_silent_once_its_night_has_begun(cast: "Cast") -> None:
    week = _helped(cast)
    with clock.frozen(builders.PATROL.replace(day=17)):
        assert "再值一班" not in _page(cast, week)


def test_an_approved_week_proposes_no_shift(cast: "Cast") -> None:
    week = _helped(cast)
    with scope.system("a test approves"):
        services.approve(actor=cast.section_head.actor, at=EVENING, week=week)
    assert "再值一班" not in _page(cast, week)


def test_a_stop_moved_by_hand_forgets_what_would_have_helped(cast: "Cast") -> None:
    week = _helped(cast)
    with scope.system("a test moves a stop"):
        stop = PatrolStop.objects.select_related("route__team", "route__week").get()
        target = (str(stop.route.team.public_id), 9)
        services.move_stop(actor=cast.section_head.actor, at=EVENING, stop=stop, target=target)
    week.refresh_from_db()
    assert week.mends == []


@pytest.mark.slow  # the first time, the search is compiled
def test_the_worker_finds_the_night_on_which_one_more_shift_keeps_every_promise(
    cast: "Cast",
) -> None:
    week = _short(cast)
    services.solve_waiting(str(week.public_id))
    week.refresh_from_db()
    assert week.missing == 2
    assert [(row["night"], row["keeps"], row["left"]) for row in week.mends] == [(5, 2, 0)]
    page = _page(cast, week)
    assert "夜巡一队在星期三 夜间 12-16" in page
    assert "不再缺" in page
