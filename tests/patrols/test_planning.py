"""From the plan in force to a planned week, and what people may do with it."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from nuantu.core import journal, scope
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations import services as operations
from nuantu.operations.models import Team
from nuantu.patrols import services
from nuantu.patrols.models import PatrolSearch, PatrolStop, PatrolWeek
from nuantu.patrols.rules import planned
from nuantu.patrols.selectors.asking import question_of
from nuantu.routing.checker import check
from nuantu.routing.problem_json import problem_from
from tests import builders
from tests.builders import EVENING, PATROL
from tests.cast import BUREAU, COUNTY, OTHER_COUNTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast, Player

    Seen = Callable[[Player], Any]

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 12, 14)


def _plan(player: "Player", first_day: date = MONDAY, county: str = COUNTY) -> PatrolWeek:
    return services.plan_week(
        actor=player.actor, at=EVENING, county=county, first_day=first_day, seconds=1
    )


def test_other_places_see_no_week_of_this_county(
    cast: "Cast", week: PatrolWeek, seen_as: "Seen"
) -> None:
    for player in (cast.outsider, cast.other_patroller, cast.police, cast.township):
        with seen_as(player):
            assert not PatrolWeek.objects.exists()
            assert not PatrolSearch.objects.exists()
            assert not PatrolStop.objects.exists()
    for player in (cast.dispatcher, cast.section_head, cast.office):
        with seen_as(player):
            assert PatrolStop.objects.filter(route__week=week).count() == 3


def test_without_a_plan_in_force_nothing_is_promised(cast: "Cast", seen_as: "Seen") -> None:
    builders.a_key_location(cast)
    with seen_as(cast.section_head), pytest.raises(services.NothingToPlan, match="方案"):
        _plan(cast.section_head)


def test_without_key_locations_there_is_nothing_to_plan(cast: "Cast", seen_as: "Seen") -> None:
    builders.a_season()
    with seen_as(cast.section_head), pytest.raises(services.NothingToPlan, match="重点区域"):
        _plan(cast.section_head)


@pytest.mark.parametrize("first_day", [date(2026, 11, 30), date(2027, 6, 7)])
def test_a_week_that_is_over_or_far_ahead_is_refused(
    cast: "Cast", seen_as: "Seen", first_day: date
) -> None:
    builders.a_season()
    with seen_as(cast.section_head), pytest.raises(services.WeekRefused):
        _plan(cast.section_head, first_day)


def test_a_week_is_planned_once_whoever_asks(cast: "Cast", seen_as: "Seen") -> None:
    builders.an_asked_week(cast, cast.dispatcher)
    with seen_as(cast.section_head), pytest.raises(services.WeekRefused, match="已经有"):
        _plan(cast.section_head, MONDAY + timedelta(days=3))


@pytest.mark.rule("P9-03")
def test_the_own_plan_promises_three_visits_of_each_location(cast: "Cast", seen_as: "Seen") -> None:
    week = builders.an_asked_week(cast)
    with seen_as(cast.section_head):
        problem = problem_from(week.search.problem)
        assert [place.visits_per_week for place in problem.locations] == [3, 3]
        assert {place.min_gap_nights for place in problem.locations} == {4}
        assert len(problem.shifts) == 7
        assert any(
            line.startswith("patrol.cadence\t\t3\tper_week\tP9") for line in week.search.basis
        )
        assert all(
            line.endswith("unverified") for line in week.search.basis if "patrol.service" in line
        )
        waiting = ProcrastinateJob.objects.filter(task_name="patrols.solve")
        assert waiting.get().args == {"week": str(week.public_id)}


@pytest.mark.rule("P9-05")
def test_a_raised_level_promises_a_visit_every_day(cast: "Cast", seen_as: "Seen") -> None:
    builders.an_asked_week(cast)
    with scope.system("a test raises the level"):
        operations.set_level(
            actor=cast.leader.actor,
            at=EVENING,
            division_code=COUNTY,
            level="raised",
            cause=None,
            reason="寒潮",
        )
    with seen_as(cast.section_head):
        asked = question_of(COUNTY, MONDAY, EVENING)
    assert asked.level == "raised"
    assert [place.visits_per_week for place in asked.asked.problem.locations] == [7, 7]


@pytest.mark.slow
@pytest.mark.rule("P1-24")
def test_only_locations_in_use_of_this_county_are_asked(cast: "Cast", seen_as: "Seen") -> None:
    from nuantu.places.services import close_place

    builders.a_season()
    builders.a_patrol_team(cast)
    kept = builders.a_key_location(cast)
    gone = builders.a_key_location(cast, "北桥桥洞")
    with seen_as(cast.section_head):
        close_place(actor=cast.section_head.actor, at=EVENING, place=gone, reason="已拆")
        asked = question_of(COUNTY, MONDAY, EVENING).asked
        elsewhere = question_of(OTHER_COUNTY, MONDAY, EVENING).asked
    assert [place.id for place in asked.problem.locations] == [str(kept.public_id)]
    assert not elsewhere.problem.locations


def test_turns_that_have_begun_are_not_planned_any_more(cast: "Cast", seen_as: "Seen") -> None:
    builders.an_asked_week(cast)
    thursday = datetime(2026, 12, 17, 4, 0, tzinfo=UTC)
    with seen_as(cast.section_head):
        problem = question_of(COUNTY, MONDAY, thursday).asked.problem
    assert sorted(shift.night for shift in problem.shifts) == [7, 9, 11, 13]


def test_a_plan_is_kept_with_times_promises_and_what_is_missing(
    cast: "Cast", week: PatrolWeek, seen_as: "Seen"
) -> None:
    assert (week.promised, week.missing, week.kept) == (6, 3, 3)
    assert [item["reason"] for item in week.unmet] == ["full"]
    assert 0 < (week.share or 0) < 1
    with seen_as(cast.dispatcher):
        first = PatrolStop.objects.select_related("route__shift").order_by("arrives_at")[0]
        assert first.leaves_at - first.arrives_at == timedelta(minutes=10)
        assert first.route.leaves_at == datetime(2026, 12, 14, 12, 0, tzinfo=UTC)
        assert first.route.shift is not None
        verbs = [line.verb for line in journal.timeline(Subject("patrol_week", week.public_id))]
    assert verbs == ["patrols.week.planned", "patrols.week.plan"]


def test_who_knows_the_address_of_a_refused_move_learns_which_promise_breaks(
    cast: "Cast", week: PatrolWeek, seen_as: "Seen"
) -> None:
    team = str(Team.objects.get().public_id)
    with seen_as(cast.dispatcher):
        stop = PatrolStop.objects.select_related("route__team", "route__week", "key_location").get(
            route__half=9
        )
        with pytest.raises(services.MoveRefused, match="离得太近"):
            services.move_stop(actor=cast.dispatcher.actor, at=EVENING, stop=stop, target=(team, 7))
        with pytest.raises(services.MoveRefused, match="没有这个班次"):
            services.move_stop(actor=cast.dispatcher.actor, at=EVENING, stop=stop, target=(team, 0))
        services.move_stop(actor=cast.dispatcher.actor, at=EVENING, stop=stop, target=(team, 11))
        halves = PatrolStop.objects.values_list("route__half", flat=True)
        assert sorted(halves) == [1, 5, 11]
        week.refresh_from_db()
    assert (week.missing_before, week.missing) == (3, 3)


def test_a_week_goes_from_draft_to_approved_to_published_and_back(
    cast: "Cast", week: PatrolWeek, seen_as: "Seen"
) -> None:
    actor = cast.section_head.actor
    with seen_as(cast.section_head):
        with pytest.raises(Refusal):
            services.publish(actor=actor, at=EVENING, week=week)
        services.approve(actor=actor, at=EVENING, week=week)
        with pytest.raises(Refusal):
            services.approve(actor=actor, at=EVENING, week=week)
        with pytest.raises(services.WeekRefused):
            services.ask_again(actor=actor, at=EVENING, week=week)
        stop = PatrolStop.objects.select_related("route__team", "route__week").get(route__half=9)
        with pytest.raises(services.MoveRefused):
            services.move_stop(actor=actor, at=EVENING, stop=stop, target=("", 1))
        services.publish(actor=actor, at=EVENING, week=week, reason="联合单位下周到位")
        assert week.state == "published"
        with pytest.raises(Refusal, match="原因"):
            services.take_back(actor=actor, at=EVENING, week=week, reason=" ")
        services.take_back(actor=actor, at=EVENING, week=week, reason="队伍有变")
    assert week.is_draft
    assert week.approved_at is None


def test_a_week_that_is_not_planned_yet_is_not_approved(cast: "Cast", seen_as: "Seen") -> None:
    week = builders.an_asked_week(cast)
    with seen_as(cast.section_head), pytest.raises(Refusal, match="没有排完"):
        services.approve(actor=cast.section_head.actor, at=EVENING, week=week)


def test_a_running_search_is_not_asked_again_until_it_was_silent(
    cast: "Cast", seen_as: "Seen"
) -> None:
    week = builders.an_asked_week(cast)
    actor = cast.section_head.actor
    with seen_as(cast.section_head):
        with pytest.raises(services.WeekRefused, match="正在排班"):
            services.ask_again(actor=actor, at=EVENING, week=week)
        later = EVENING + timedelta(minutes=6)
        services.ask_again(actor=actor, at=later, week=week)
        assert PatrolSearch.objects.get(week=week).seed == 2


@pytest.mark.slow
def test_a_week_planned_anew_on_its_way_keeps_what_was_walked(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    assert visit.key_location
    with seen_as(cast.patroller):
        at = PATROL + timedelta(minutes=10)
        services.nobody_here(actor=cast.patroller.actor, at=at, visit=visit, note="")
    actor, later = cast.section_head.actor, PATROL + timedelta(hours=20)
    with seen_as(cast.section_head):
        week = PatrolWeek.objects.get()
        before = week.routes.get(half=1)
        services.take_back(actor=actor, at=later, week=week, reason="队伍有变")
        services.ask_again(actor=actor, at=later, week=week)
        problem = problem_from(PatrolSearch.objects.get(week=week).problem)
        place = str(visit.key_location.public_id)
        assert [(made.location, made.night) for made in problem.done] == [(place, 1)]
        assert min(shift.night for shift in problem.shifts) > 1
        turn = max(problem.shifts, key=lambda shift: shift.night)
        plan = planned.plan_of(problem, {turn.key: (place,)})
        assert services.keep_plan(week=week, problem=problem, plan=plan, at=later)
        routes = list(week.routes.order_by("half"))
        assert [route.half for route in routes] == [1, turn.night]
        assert routes[0].pk == before.pk
        stop = PatrolStop.objects.select_related("route__team", "route__week").get(route=routes[1])
        services.try_move(stop, (turn.team, turn.night - 2))


def test_a_search_that_breaks_leaves_the_week_as_it_was_and_says_so(
    cast: "Cast", week: PatrolWeek, seen_as: "Seen"
) -> None:
    with scope.system("a test breaks the problem"):
        PatrolSearch.objects.filter(week=week).update(problem={"nights": 0}, state="waiting")
    services.solve_waiting(str(week.public_id))
    with seen_as(cast.section_head):
        search = PatrolSearch.objects.get(week=week)
        assert search.state == "failed"
        assert "FileRefused" in search.failure
        assert PatrolStop.objects.count() == 3


def test_a_plan_that_comes_after_the_approval_is_not_kept(
    cast: "Cast", week: PatrolWeek, seen_as: "Seen"
) -> None:
    with seen_as(cast.section_head):
        services.approve(actor=cast.section_head.actor, at=EVENING, week=week)
    problem = problem_from({"nights": 14, "depots": [], "locations": [], "shifts": [],
                            "travel": {"detour": 1, "speeds_kmh": [[None, 40]]}})  # fmt: skip
    plan = planned.plan_of(problem, {})
    assert not services.keep_plan(week=week, problem=problem, plan=plan, at=EVENING)


@pytest.mark.slow  # the first time, the search is compiled
@pytest.mark.rule("P9-03")
def test_the_search_keeps_every_promise_that_can_be_kept(cast: "Cast", seen_as: "Seen") -> None:
    week = builders.an_asked_week(cast)
    with scope.system("a test wants a short search"):
        PatrolSearch.objects.filter(week=week).update(seconds=1)
    services.solve_waiting(str(week.public_id))
    services.solve_waiting(str(week.public_id))
    with seen_as(cast.section_head):
        week = PatrolWeek.objects.get()
        assert (week.promised, week.missing) == (6, 0)
        assert week.search.state == "done"
        problem = problem_from(week.search.problem)
        stops = PatrolStop.objects.values_list(
            "route__team__public_id", "route__half", "key_location__public_id"
        ).order_by("route", "number")
        routes: dict[tuple[str, int], list[str]] = {}
        for team, half, place in stops:
            routes.setdefault((str(team), half), []).append(str(place))
    assert check(problem, planned.plan_of(problem, routes)).is_valid


def test_the_bureau_of_a_county_without_station_holds_its_week(cast: "Cast") -> None:
    week = builders.an_asked_week(cast)
    assert week.owner_org != BUREAU
    assert week.division_code == COUNTY
