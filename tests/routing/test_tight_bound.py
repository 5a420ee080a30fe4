"""The bound by column generation holds every plan, and is closer than each location alone."""

import math
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuantu.routing.bound import encounters_bound
from nuantu.routing.bounding import Round, tight_bound, zone_bound
from nuantu.routing.bounding.folding import facets, rows_of
from nuantu.routing.checker import check
from nuantu.routing.problem import Problem
from nuantu.routing.problem_json import problem_from
from nuantu.routing.solve import solve
from tests.routing.test_bound import every_plan
from tests.routing.weeks import county, place, problem, shift, weeks


@pytest.mark.slow
@given(weeks(places=2, nights=2, shifts=2))
@settings(max_examples=10, deadline=None)
def test_no_plan_of_a_small_week_is_above_it(data: dict[str, Any]) -> None:
    week = problem_from(data)
    reports = [check(week, plan) for plan in every_plan(week)]
    best = max(report.objective.encounters for report in reports if report.is_valid)
    assert best <= tight_bound(week, seconds=2) + 1e-6


@pytest.mark.slow
@given(weeks(places=2, nights=2, shifts=2))
@settings(max_examples=10, deadline=None)
def test_no_plan_that_keeps_every_promise_is_above_the_bound_of_those(data: dict[str, Any]) -> None:
    week = problem_from(data)
    found = [check(week, plan) for plan in every_plan(week)]
    kept = [r.objective for r in found if r.is_valid and not r.objective.missing_visits]
    best = max((objective.encounters for objective in kept), default=-math.inf)
    assert best <= tight_bound(week, seconds=2, is_complete=True) + 1e-6


@pytest.mark.slow
def test_where_a_promise_takes_the_hours_the_bound_of_complete_plans_is_closer() -> None:
    far = place("FAR", 30, visits_per_week=1, rates=[0.0] * 12)
    week = problem([place("A", 1), place("B", 1.5), far], [shift(end_min=370)])
    assert tight_bound(week, seconds=5) > 1.9
    assert tight_bound(week, seconds=5, is_complete=True) < 1.6


@pytest.mark.slow  # the search is compiled
@given(weeks(places=5, nights=7, shifts=6))
@settings(max_examples=10, deadline=None)
def test_what_the_search_finds_stays_below_it(data: dict[str, Any]) -> None:
    week = problem_from(data)
    found = check(week, solve(week, iterations=2000)).objective.encounters
    assert found <= tight_bound(week, seconds=2) + 1e-6


@given(weeks(places=4, nights=5, shifts=4))
@settings(max_examples=10, deadline=None)
def test_it_is_never_above_the_bound_of_each_location_alone(data: dict[str, Any]) -> None:
    week = problem_from(data)
    assert tight_bound(week, seconds=2) <= encounters_bound(week) + 1e-6


@pytest.mark.slow
def test_where_hours_are_short_it_says_so_and_each_location_alone_does_not() -> None:
    week = county(locations=40, teams=2)
    rounds: list[Round] = []
    close = tight_bound(week, seconds=20, progress=rounds.append)
    assert close < 0.97 * encounters_bound(week)
    assert close - rounds[-1].mixture < 0.01 * close
    assert [one.bound for one in rounds] == sorted((one.bound for one in rounds), reverse=True)


def _two_zones(data: dict[str, Any]) -> Problem:
    """The same week with a second depot, from which team T2 sets out."""
    depots = [*data["depots"], {"id": "E", "x_km": 9.0, "y_km": 0.0}]
    shifts = [
        one | ({"start_depot": "E", "end_depot": "E"} if one["team"] == "T2" else {})
        for one in data["shifts"]
    ]
    return problem_from(data | {"depots": depots, "shifts": shifts})


@given(weeks(places=2, nights=2, shifts=2), st.sampled_from([0.0, 2.0]))
@settings(max_examples=15, deadline=None)
def test_no_plan_of_two_zones_is_above_the_bound_by_zones(
    data: dict[str, Any], seconds: float
) -> None:
    week = _two_zones(data)
    reports = [check(week, plan) for plan in every_plan(week)]
    best = max(report.objective.encounters for report in reports if report.is_valid)
    assert best <= zone_bound(week, seconds=seconds) + 1e-6


@pytest.mark.slow
def test_by_zones_a_week_of_one_depot_is_bounded_as_closely_as_at_once() -> None:
    week = county(locations=30, teams=2)
    assert zone_bound(week, seconds=10) == pytest.approx(tight_bound(week, seconds=10), rel=0.01)


def test_two_places_too_far_apart_for_one_team_are_not_both_met() -> None:
    week = problem([place("A", -30), place("B", 30)], [shift(end_min=420)])
    assert encounters_bound(week) == 2
    assert tight_bound(week, seconds=5) == pytest.approx(1, rel=1e-4)


def test_a_visit_that_needs_the_police_is_met_by_no_team_without_them() -> None:
    week = problem([place("A", 1, needs=["police"]), place("B", 2)], [shift()])
    assert tight_bound(week, seconds=5) == pytest.approx(1, rel=1e-4)


def test_a_round_trip_between_two_places_is_not_a_walk() -> None:
    """Both want a visit every night; one team could otherwise go to and fro between them."""
    week = problem(
        [place("A", 1, visits_per_week=7), place("B", 2, visits_per_week=7)],
        [shift(night=night) for night in (0, 2)],
    )
    assert tight_bound(week, seconds=5) == pytest.approx(4, rel=1e-4)


def test_legs_of_less_than_a_minute_are_counted_too() -> None:
    """1.4 minutes hold two visits of 0.6 minutes at one spot, not three."""
    spots = [place(name, 0, service_min=0.6) for name in "ABC"]
    week = problem(spots, [shift(end_min=241.4)])
    assert encounters_bound(week) == 3
    assert tight_bound(week, seconds=5) == pytest.approx(2, rel=1e-4)


def test_time_that_is_over_at_once_still_gives_a_bound() -> None:
    week = county(locations=20, teams=2)
    assert tight_bound(week, seconds=0) <= encounters_bound(week)


@pytest.mark.parametrize(
    "week",
    [
        problem([], [shift()]),
        problem([place("A", 1)], []),
        problem([place("A", 1, service_min=0), place("B", 1, service_min=0)], [shift()]),
    ],
    ids=["no location", "no shift", "two places at one spot without any time"],
)
def test_a_week_that_cannot_be_folded_has_the_bound_of_each_location_alone(week: Problem) -> None:
    assert tight_bound(week, seconds=1) == encounters_bound(week)


def test_three_visits_two_nights_apart_cannot_be_four_even_and_three_odd() -> None:
    week = problem([place("A", 1, min_gap_nights=2)], [shift()])
    assert [(row.share, row.most) for row in rows_of(week)] == [((3, 4), 12)]


def test_a_visit_done_yesterday_closes_tonight_to_a_place_with_a_free_night_between() -> None:
    spot = place("A", 1, min_gap_nights=2)
    week = problem([spot], [shift()], nights=2, done=[{"location": "A", "night": -1}])
    assert [(row.share, row.most) for row in rows_of(week)] == [((1, 0), 0), ((0, 1), 1)]


counts = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=8)


@given(counts)
def test_rows_hold_every_count_and_touch_the_outermost(found: set[tuple[int, int]]) -> None:
    rows = facets(found)
    assert all(a * x + b * y <= most for a, b, most in rows for x, y in found)
    assert all(any(a * x + b * y == most for x, y in found) for a, b, most in rows)
    assert all(a >= 0 and b >= 0 for a, b, _most in rows)


@given(counts)
def test_what_lies_halfway_between_two_counts_is_held_too(found: set[tuple[int, int]]) -> None:
    for (x, y), (u, v) in combinations(found, 2):
        assert all(a * (x + u) + b * (y + v) <= 2 * most for a, b, most in facets(found))
