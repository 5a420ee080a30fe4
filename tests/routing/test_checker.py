"""The checker refuses every kind of wrong plan and names the reason."""

from dataclasses import replace
from typing import Any

import pytest

from nuantu.routing.checker import Report, check
from nuantu.routing.plan import Plan, Route, Unmet
from nuantu.routing.problem import Problem
from nuantu.routing.reasons import unmet_of
from tests.routing.weeks import place, problem, shift


def _report(week: Problem, *routes: Route, **more: Any) -> Report:
    unmet = unmet_of(week, {route.key: route.stops for route in routes})
    return check(week, replace(Plan(routes, unmet), **more))


def _codes(week: Problem, *routes: Route, **more: Any) -> set[str]:
    return {breach.code for breach in _report(week, *routes, **more).breaches}


A_ON_0 = Route("T1", 0, ("A",))


def test_a_route_that_comes_back_late_is_refused() -> None:
    week = problem([place("A", 5)], [shift(end_min=269)])
    assert _codes(week, A_ON_0) == {"late"}


def test_overtime_is_allowed_as_far_as_the_shift_says_and_costs() -> None:
    week = problem(
        [place("A", 5)],
        [shift(end_min=260, overtime_min=30)],
        overtime_weight_per_min=0.1,
    )
    report = _report(week, A_ON_0)
    assert report.is_valid
    # 6.5 km at 45 km/h and a minute to get ready, there and back, and ten minutes of service
    assert report.objective.overtime_minutes == pytest.approx(2 * (6.5 / 45 * 60 + 1) + 10 - 20)
    assert report.objective.overtime_cost == pytest.approx(report.objective.overtime_minutes / 10)


@pytest.mark.parametrize(
    ("spot", "team", "code"),
    [
        ({"windows": [[300, 400]]}, {}, "window"),
        ({"windows": [[240, 254]]}, {}, "window"),
        ({"closed_nights": [0]}, {}, "closed"),
        ({"needs": ["police"]}, {}, "partner"),
        ({"load": 3}, {"seats": 2}, "seats"),
        ({}, {"max_hours": 0.2}, "hours"),
    ],
)
def test_a_visit_that_may_not_be_is_refused(
    spot: dict[str, Any], team: dict[str, Any], code: str
) -> None:
    week = problem([place("A", 1, **spot)], [shift()], teams=[{"id": "T1", **team}])
    assert _codes(week, A_ON_0) == {code}


@pytest.mark.parametrize(
    ("route", "code"),
    [(Route("T9", 0, ("A",)), "no_shift"), (Route("T1", 0, ("Z", "A")), "no_location")],
)
def test_what_the_problem_does_not_know_is_refused(route: Route, code: str) -> None:
    week = problem([place("A", 1)], [shift()])
    report = check(week, Plan((route,), (Unmet("A", 1, "full"),)))
    assert code in {breach.code for breach in report.breaches}


def test_a_shift_that_stands_twice_is_refused() -> None:
    week = problem([place("A", 1)], [shift()])
    assert _codes(week, A_ON_0, Route("T1", 0, ()), unmet=()) == {"shift_twice"}


def test_two_visits_in_one_night_are_refused() -> None:
    week = problem([place("A", 1)], [shift(), shift("T2")])
    assert _codes(week, A_ON_0, Route("T2", 0, ("A",))) == {"twice"}


@pytest.mark.parametrize(("night", "codes"), [(1, {"gap"}), (2, set())])
def test_visits_keep_their_nights_apart(night: int, codes: set[str]) -> None:
    week = problem([place("A", 1, min_gap_nights=2)], [shift(), shift(night=night)])
    assert _codes(week, A_ON_0, Route("T1", night, ("A",))) == codes


def test_a_visit_of_last_week_counts_for_the_gap_and_not_for_the_promise() -> None:
    done = [{"location": "A", "night": -1}]
    week = problem([place("A", 1, min_gap_nights=2)], [shift()], done=done)
    assert _codes(week, A_ON_0) == {"gap"}
    assert [item.missing for item in unmet_of(week, {})] == [1]


def test_a_promise_that_is_missed_in_silence_is_refused() -> None:
    week = problem([place("A", 1, visits_per_week=2)], [shift()])
    assert _codes(week, A_ON_0, unmet=()) == {"unnamed"}
    assert _codes(week, A_ON_0, unmet=(Unmet("A", 2, "full"),)) == {"overstated"}
    assert _codes(week, A_ON_0, unmet=(Unmet("A", 1, ""),)) == {"no_reason"}


def test_the_night_share_is_a_promise_of_its_own() -> None:
    spot = place("A", 1, visits_per_week=2, night_share=0.5)
    week = problem([spot], [shift(start_min=60, end_min=200), shift(night=1, start_min=60)])
    early = _report(week, A_ON_0, Route("T1", 1, ("A",)))
    assert early.objective.missing_night == 1
    assert [item.promise for item in early.unmet] == ["night"]
    week = problem([spot], [shift(start_min=60, end_min=200), shift(night=1, start_min=240)])
    assert _report(week, A_ON_0, Route("T1", 1, ("A",))).objective.missing_night == 0


@pytest.mark.parametrize(
    ("more", "code"),
    [({"encounters": 5.0}, "encounters"), ({"value": 5.0}, "value"), ({"bound": 0.5}, "bound")],
)
def test_figures_that_are_not_those_of_the_routes_are_refused(
    more: dict[str, Any], code: str
) -> None:
    assert _codes(problem([place("A", 1)], [shift()]), A_ON_0, **more) == {code}


def test_times_that_are_not_those_of_the_road_are_refused() -> None:
    week = problem([place("A", 1)], [shift()])
    assert _codes(week, replace(A_ON_0, arrive_min=(240.0,))) == {"time"}


@pytest.mark.parametrize(
    ("spot", "reason"),
    [
        (place("A", 900), "no_team"),
        (place("A", 1, needs=["police"]), "no_partner"),
        (place("A", 1, windows=[[0, 60]]), "no_window"),
        (place("A", 1, closed_nights=[0]), "full"),
        (place("A", 1, closed_nights=[0, 1]), "no_window"),
        (place("A", 1, closed_nights=[0, 1, 2, 3, 4, 5, 6]), "shut"),
        (place("A", 1, windows=[[300, 304]]), "shut"),
        (place("A", 1, load=9), "no_seats"),
        (place("A", 1, visits_per_week=3), "too_few_nights"),
        (place("A", 1, visits_per_week=2, min_gap_nights=2), "too_few_nights"),
        (place("A", 1), "full"),
    ],
)
def test_the_reason_is_what_stands_in_the_way(spot: dict[str, Any], reason: str) -> None:
    teams = [{"id": "T1", "seats": 4}]
    week = problem([spot], [shift(), shift(night=1)], teams=teams)
    assert [item.reason for item in unmet_of(week, {})] == [reason]


def test_a_week_without_shifts_says_so() -> None:
    assert [one.reason for one in unmet_of(problem([place("A", 1, needs=["police"])], []), {})] == [
        "no_shift"
    ]


def test_a_place_that_opens_when_the_teams_have_passed_is_not_called_full() -> None:
    late = place("A", 1, windows=[[400, 470]])
    week = problem([late], [shift()])
    assert [item.reason for item in unmet_of(week, {})] == ["opens_late"]
    stays = problem([late, place("B", 2, service_min=200)], [shift()])
    routes = {("T1", 0): ("B",)}
    assert [item.reason for item in unmet_of(stays, routes)] == ["full"]
    closes = problem([place("A", 1, windows=[[475, 500]])], [shift(end_min=490)])
    assert [item.reason for item in unmet_of(closes, {})] == ["opens_late"]


def test_an_early_team_whose_seats_or_nights_are_taken_is_full_all_the_same() -> None:
    late = place("A", 1, windows=[[400, 470]], load=3)
    week = problem([late, place("B", 2, load=2)], [shift()], teams=[{"id": "T1", "seats": 4}])
    assert [item.reason for item in unmet_of(week, {("T1", 0): ("B",)})] == ["full"]
    twice = place("A", 1, windows=[[400, 470]], visits_per_week=2)
    spots, both = [twice, place("B", 1, service_min=160)], [shift(), shift("T2"), shift(night=1)]
    routes = {("T1", 0): ("B", "A"), ("T1", 1): ("B",)}
    found = {item.location: item.reason for item in unmet_of(problem(spots, both), routes)}
    assert found == {"A": "full"}


def test_the_value_is_the_sum_of_its_terms() -> None:
    week = problem(
        [place("A", 1), place("B", 2)],
        [shift(end_min=262, overtime_min=60), shift("T2")],
        overtime_weight_per_min=0.1,
        fairness_weight=0.3,
    )
    objective = _report(week, Route("T1", 0, ("A", "B"))).objective
    assert objective.fairness_cost > 0
    assert objective.overtime_cost > 0
    assert objective.value == pytest.approx(sum(amount for _name, amount in objective.terms))
    assert objective.encounters == 2
