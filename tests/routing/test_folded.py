"""A week is searched by a few nights that stand for it, and only where they can say all of it."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from nuantu.routing.checker import check
from nuantu.routing.problem import Problem
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.engine import Budget, Progress, Search, routes_of
from nuantu.routing.search.folded import folded
from nuantu.routing.search.opening import FOLDED_UNTIL, opened
from nuantu.routing.search.pack import pack
from nuantu.routing.solve import finished, solve
from tests.routing.weeks import county, place, problem, shift

pytestmark = pytest.mark.slow  # the first time, the search is compiled

THRICE = {"visits_per_week": 3, "min_gap_nights": 2}
EVENS, ODDS = (0, 2, 4, 6), (1, 3, 5)


def _week(places: list[dict[str, Any]], nights: list[int] | None = None, **more: Any) -> Problem:
    own = range(7) if nights is None else nights
    return problem(places, [shift("T1", night, end_min=700) for night in own], **more)


def _often(name: str) -> dict[str, Any]:
    return place(name, 2, **THRICE)


@pytest.mark.parametrize(
    "week",
    [
        _week([place("A", 1, night_share=0.5, **THRICE)]),
        _week([place("A", 1, **THRICE)], teams=[{"id": "T1", "max_hours": 30}]),
        _week([place("A", 1, **THRICE)], fairness_weight=0.1),
        _week([place("A", 1, **THRICE)], done=[{"location": "A", "night": 0}]),
        _week([place("A", 1, **THRICE)], nights=[0, 1, 2, 3, 5, 6]),
        _week([_often("A"), _often("B"), place("C", 1, visits_per_week=3, min_gap_nights=3)]),
        _week([_often("A"), place("C", 1, visits_per_week=2, min_gap_nights=3)]),
        _week([place("A", 1, closed_nights=[0, 2, 3], **THRICE)]),
    ],
    ids=[
        "night share",
        "hours",
        "fairness",
        "under way",
        "shifts",
        "gap",
        "nights between",
        "closed",
    ],
)
def test_a_week_that_few_nights_cannot_say_is_not_folded(week: Problem) -> None:
    assert folded(week) is None
    plan = solve(week, iterations=100)
    assert check(week, plan).is_valid


def test_each_promise_has_the_nights_that_keep_it() -> None:
    week = _week(
        [
            *(place(f"thrice {row}", row, **THRICE) for row in range(20)),
            place("often", 2, visits_per_week=4, min_gap_nights=2),
            place("daily", 3, visits_per_week=7),
            place("four", 3, visits_per_week=4),
            place("twice", 4, visits_per_week=2, min_gap_nights=3),
            place("shut", 5, closed_nights=[2], **THRICE),
            place("shut odd", 6, closed_nights=[3], **THRICE),
            place("before", 7, **THRICE),
        ],
        done=[{"location": "before", "night": -1}],
    )
    few = folded(week)
    assert few is not None
    assert {name: nights for name, nights in few.nights.items() if " " not in name} == {
        "often": [EVENS, ODDS],
        "daily": [EVENS, ODDS],
        "four": [EVENS, ODDS],
        "twice": [(0, 4), (1, 5)],
        "shut": [(0, 4, 6), ODDS],
        "before": [(2, 4, 6), ODDS],
    }
    promised = {one.id: (one.visits_per_week, one.closed_nights) for one in few.problem.locations}
    assert promised["daily"] == (2, ())
    assert promised["often"] == promised["four"] == promised["shut odd"] == (1, (1,))
    assert promised["thrice 0"] == promised["before"] == promised["shut"] == (1, ())


def test_a_week_of_halves_is_four_of_them_and_one_of_every_night_is_one() -> None:
    spots = [place(f"L{row}", row, visits_per_week=3, min_gap_nights=4) for row in range(20)]
    halves = problem(
        [*spots, place("daily", 3, visits_per_week=7, min_gap_nights=2)],
        [shift("T1", half) for half in range(14)],
        nights=14,
    )
    few = folded(halves)
    assert few is not None
    assert few.nights["L0"] == [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10), (3, 7, 11)]
    daily = few.problem.by_id["daily"]
    assert (daily.visits_per_week, daily.closed_nights) == (2, ())
    packed = few.packed()
    assert packed.week.clash[packed.row_of["daily"]].tolist() == [0b1011, 0b0111, 0b1110, 0b1101]
    assert packed.week.clash[packed.row_of["L0"]].tolist() == [0b1111] * 4
    stops = {route.key: route.stops for route in opened(halves, Budget(steps=500), 1, 1).routes}
    assert not finished(halves, stops, 0.0, 1).unmet
    assert check(halves, finished(halves, stops, 0.0, 1)).is_valid
    cold = _week([place(f"L{row}", row, visits_per_week=7) for row in range(3)])
    one = folded(cold)
    assert one is not None
    assert one.problem.nights == 1
    assert one.often(0) == 7


def test_the_week_is_worth_what_two_nights_say_whatever_hours_places_are_open() -> None:
    week = county(20, 2)
    spots = [
        replace(one, windows=((240, 360), (420, 700))) if row % 3 == 0 else one
        for row, one in enumerate(week.locations)
    ]
    week = replace(week, locations=tuple(spots))
    told: list[Progress] = []
    found = opened(week, Budget(steps=1000), 1, 1, told.append)
    stops = {route.key: route.stops for route in found.routes}
    plan = finished(week, stops, 0.0, 1)
    assert check(week, plan).is_valid
    assert not plan.unmet
    assert told[-1].value == pytest.approx(plan.value, abs=1e-3)
    assert stops["T0", 0] == stops["T0", 2] == stops["T0", 6] != stops["T0", 1]
    assert told[-1].share == pytest.approx(FOLDED_UNTIL, abs=0.03)


def test_the_plan_of_the_week_goes_on_from_two_nights_and_never_gets_worse() -> None:
    week, told = county(20, 2), list[Progress]()
    plan = solve(week, iterations=1000, seed=2, progress=told.append)
    assert check(week, plan).is_valid
    assert told[-1].steps == 1000
    assert told[-1].share == 1.0
    assert all(later.share >= one.share for one, later in pairwise(told))
    assert all(later.value >= one.value for one, later in pairwise(told))
    assert plan.value == pytest.approx(told[-1].value, abs=0.01)


def test_two_nights_meet_more_in_as_many_steps() -> None:
    week = county(60, 4)
    free = Search([Chain(pack(week), 64)], Budget(steps=3000)).go()
    alone = finished(week, routes_of(free), 0.0, 1)
    plan = solve(week, iterations=3000, seed=1)
    assert not plan.unmet
    assert (plan.value or 0) > (alone.value or 0)


def test_what_two_nights_cannot_keep_and_seven_can_is_kept() -> None:
    far = [(14.0, 0.0), (-14.0, 0.0), (0.0, 14.0), (0.0, -14.0), (10, 10), (-10, 10), (10, -10)]
    week = problem(
        [place(f"L{row}", x, y, service_min=60) for row, (x, y) in enumerate(far)],
        [shift("T1", night, end_min=360) for night in range(7)],
    )
    told: list[Progress] = []
    assert folded(week) is not None
    assert not opened(week, Budget(steps=2000), 1, 1, told.append).routes
    assert not told
    assert not solve(week, iterations=2000).unmet
