"""Every plan that the search makes can be driven, and promises come first."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from nuantu.routing.checker import check
from nuantu.routing.objective import Objective
from nuantu.routing.plan import Plan, Route
from nuantu.routing.problem import Problem
from nuantu.routing.problem_json import problem_from
from nuantu.routing.search.engine import Progress
from nuantu.routing.solve import solve
from tests.examples import examples
from tests.routing.weeks import place, problem, shift, weeks

pytestmark = pytest.mark.slow  # the first time, the search is compiled


def _solved(week: Problem, **more: Any) -> tuple[Plan, Objective]:
    """A plan that the checker finds nothing wrong with."""
    plan = solve(week, **({"iterations": 300} | more))
    report = check(week, plan)
    assert report.is_valid, [str(breach) for breach in report.breaches]
    return plan, report.objective


def _reasons(plan: Plan) -> dict[str, str]:
    return {item.location: item.reason for item in plan.unmet}


@examples(60)
@given(weeks())
def test_no_plan_breaks_a_rule_whatever_the_week_asks(week: dict[str, Any]) -> None:
    _solved(problem_from(week))


@examples(10)
@given(weeks(places=4, nights=2, shifts=2))
def test_no_single_visit_more_would_keep_another_promise(week: dict[str, Any]) -> None:
    asked = problem_from(week)
    plan, found = _solved(asked)
    routes = {route.key: route.stops for route in plan.routes}
    for key in asked.shift_by_key:
        stops = routes.get(key, ())
        for location in asked.by_id:
            for at in range(len(stops) + 1):
                longer = routes | {key: (*stops[:at], location, *stops[at:])}
                report = check(asked, Plan(tuple(Route(*k, v) for k, v in longer.items())))
                codes = {breach.code for breach in report.breaches} - {"unnamed"}
                assert codes or _missed(report.objective) >= _missed(found)


def _missed(found: Objective) -> int:
    return found.missing_visits + found.missing_night


@pytest.mark.parametrize("limits", [{}, {"seconds": 1, "iterations": 1}, {"seconds": -1}])
def test_a_search_without_one_clear_limit_is_refused(limits: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="seconds or iterations"):
        solve(problem([place("A", 1)], [shift()]), **limits)


def test_a_week_without_locations_or_shifts_has_a_plan_without_routes() -> None:
    assert _solved(problem([], [shift()]))[0].routes == ()
    plan, _found = _solved(problem([place("A", 1)], []))
    assert [(item.location, item.missing) for item in plan.unmet] == [("A", 1)]


def test_one_team_with_one_location_goes_there() -> None:
    plan, _found = _solved(problem([place("A", 1)], [shift()]))
    assert [route.stops for route in plan.routes] == [("A",)]


def test_when_all_windows_are_closed_the_plan_says_so() -> None:
    spots = [place(name, 1, windows=[[0, 60]]) for name in "AB"]
    plan, _found = _solved(problem(spots, [shift()]))
    assert (plan.routes, _reasons(plan)) == ((), {"A": "no_window", "B": "no_window"})


def test_a_location_on_an_island_is_named_and_the_others_are_visited() -> None:
    plan, found = _solved(problem([place("A", 1), place("ISLAND", 500)], [shift()]))
    assert _reasons(plan) == {"ISLAND": "no_team"}
    assert found.missing_visits == 1


def test_two_locations_on_one_spot_are_both_visited() -> None:
    _plan, found = _solved(problem([place("A", 1), place("B", 1)], [shift()]))
    assert found.missing_visits == 0


def test_a_week_that_cannot_be_done_names_the_full_shifts() -> None:
    spots = [place(f"L{n}", 1 + n / 10, service_min=60) for n in range(6)]
    plan, found = _solved(problem(spots, [shift()]))
    assert found.missing_visits == 3
    assert set(_reasons(plan).values()) == {"full"}


def test_a_shift_may_run_past_midnight_and_into_the_morning() -> None:
    late = place("A", 1, rates=[0.0] * 8 + [5.0] * 4, windows=[[500, 700]])
    others = [place(f"L{n}", 2 + n, service_min=45) for n in range(5)]
    plan, found = _solved(problem([late, *others], [shift(start_min=240, end_min=720)]))
    arrivals = dict(zip(plan.routes[0].stops, plan.routes[0].arrive_min or (), strict=True))
    assert arrivals["A"] >= 500
    assert found.missing_visits == 0


def test_visits_go_to_the_hours_in_which_people_are_there() -> None:
    early = place("EARLY", 3, rates=[0.0] * 4 + [2.0] + [0.0] * 7)
    late = place("LATE", 3, 1, rates=[0.0] * 6 + [2.0] + [0.0] * 5)
    between = [place(f"L{n}", 3, n, service_min=30, rates=[0.1] * 12) for n in range(2, 5)]
    plan, _found = _solved(problem([late, early, *between], [shift()]), iterations=2000)
    stops = plan.routes[0].stops
    assert stops.index("EARLY") < stops.index("LATE")
    assert plan.encounters == pytest.approx(4.3)


def test_nights_of_a_place_are_chosen_for_what_they_bring_together() -> None:
    """The best night of all rules out the four that together bring more."""
    spot = place("A", 3, visits_per_week=3, min_gap_nights=2, rates=[0.0] * 4 + [0.9] * 2 + [1.0])
    rota = [shift("T1", night, start_min=360 if night == 3 else 240) for night in range(7)]
    plan, found = _solved(problem([spot], rota))
    assert [route.night for route in plan.routes if route.stops] == [0, 2, 4, 6]
    assert found.encounters == pytest.approx(3.6)


def test_nights_chosen_together_keep_the_hours_of_the_team() -> None:
    spot = place("A", 3, visits_per_week=3, min_gap_nights=2)
    teams = [{"id": "T1", "max_hours": 1.0}]
    rota = [shift("T1", night) for night in range(7)]
    _plan, found = _solved(problem([spot], rota, teams=teams))
    assert found.missing_visits == 1


def test_a_promise_comes_before_any_number_of_encounters() -> None:
    rich = [place(f"R{n}", n, service_min=60, visits_per_week=0, rates=[9.0] * 12) for n in (1, 2)]
    _plan, found = _solved(problem([place("POOR", 30, rates=[0.0]), *rich], [shift(end_min=400)]))
    assert found.missing_visits == 0


def test_the_same_seed_and_steps_give_the_same_plan() -> None:
    spots = [place(f"L{n}", n % 5, n // 5, visits_per_week=2) for n in range(20)]
    week = problem(spots, [shift("T1", night) for night in range(3)])
    first, again = (solve(week, iterations=400, seed=7, workers=2) for _ in range(2))
    assert replace(first, cpu_seconds=None) == replace(again, cpu_seconds=None)


def test_a_plan_given_to_start_from_is_never_made_worse() -> None:
    spots = [place(f"L{n}", n % 5, n // 5, visits_per_week=2) for n in range(20)]
    week = problem(spots, [shift("T1", night) for night in range(4)])
    good, before = _solved(week, iterations=3000)
    _plan, after = _solved(week, iterations=1, start=good)
    assert (after.missing_visits, -after.value) <= (before.missing_visits, -before.value + 1e-6)


def test_stops_of_a_start_that_the_problem_forbids_are_left_out() -> None:
    week = problem([place("A", 1), place("FAR", 500)], [shift()])
    start = Plan((Route("T1", 0, ("FAR", "A", "GONE")), Route("T9", 0, ("A",))))
    plan, _found = _solved(week, iterations=0, start=start)
    assert [route.stops for route in plan.routes] == [("A",)]


def test_progress_is_told_and_never_gets_worse() -> None:
    spots = [place(f"L{n}", n % 5, n // 5) for n in range(20)]
    told: list[Progress] = []
    _solved(problem(spots, [shift()]), progress=told.append)
    assert told[-1].share == 1
    ranks = [(one.missing, -one.value) for one in told]
    assert ranks == sorted(ranks, reverse=True)


def test_a_cancelled_search_gives_the_best_plan_so_far() -> None:
    _plan, found = _solved(
        problem([place("A", 1)], [shift()]), seconds=60, iterations=None, cancelled=lambda: True
    )
    assert found.missing_visits == 0
