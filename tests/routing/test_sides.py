"""Good places begin on even nights and others on odd ones, and no promise waits for that."""

from dataclasses import replace

import pytest

from nuantu.routing.checker import check
from nuantu.routing.problem import Problem
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.engine import STEPS_A_SECOND, Budget, Progress, Search, routes_of
from nuantu.routing.search.pack import pack
from nuantu.routing.search.sides import EVEN, ODD, STEPS_A_PLACE, is_worth_tying, tied_nights
from nuantu.routing.solve import finished, solve
from tests.routing.weeks import county, place, problem, shift

pytestmark = pytest.mark.slow  # the first time, the search is compiled

ALL, EVENS, ODDS = 0b1111111, EVEN & 0b1111111, ODD & 0b1111111
OTHER_NIGHTS = {"visits_per_week": 3, "min_gap_nights": 2}


def _people(each_hour: float) -> list[float]:
    return [each_hour] * 12


def _places() -> Problem:
    """Three places of other nights, one promised four visits, one daily, one closed on Sundays."""
    return problem(
        [
            place("poor", 1, rates=_people(0.1), **OTHER_NIGHTS),
            place("fair", 2, rates=_people(0.2), **OTHER_NIGHTS),
            place("good", 3, rates=_people(0.9), **OTHER_NIGHTS),
            place("often", 4, rates=_people(0.0), visits_per_week=4, min_gap_nights=2),
            place("daily", 5, visits_per_week=7),
            place("shut", 6, rates=_people(0.8), closed_nights=[6], **OTHER_NIGHTS),
        ],
        [shift("T1", night) for night in range(7)],
    )


def test_who_is_daily_shut_or_owed_more_is_not_tied_and_the_best_of_the_others_begin_on_even_nights() -> (
    None
):
    packed = pack(_places())
    found = dict(
        zip(
            [packed.problem.locations[row].id for row in packed.order],
            tied_nights(packed.week),
            strict=True,
        )
    )
    assert found["daily"] == found["often"] == ALL
    assert found["shut"] == ALL & ~(1 << 6)
    assert (found["good"], found["fair"], found["poor"]) == (EVENS, EVENS, ODDS)


def test_a_short_search_or_a_week_whose_sides_are_alike_ties_nothing() -> None:
    week = pack(county(20, 2)).week
    steps = STEPS_A_PLACE * 20
    assert not is_worth_tying(week, steps - 1)
    assert is_worth_tying(week, Budget(seconds=steps / STEPS_A_SECOND).about_steps)
    assert is_worth_tying(week, Budget(steps=steps).about_steps)
    fortnight = pack(replace(county(20, 2), nights=14)).week
    assert not is_worth_tying(fortnight, 1e9)


def test_sides_end_with_the_search_and_the_same_seed_gives_the_same_plan() -> None:
    week = county(8, 1)
    packed, steps = pack(week), STEPS_A_PLACE * 8
    chain = Chain(packed, 3 * 64)
    nights: list[bool] = []

    def see(_told: Progress) -> None:
        nights.append(bool((chain.week.wants != packed.week.wants).any()))

    best = Search([chain], Budget(steps=steps)).go(see)
    assert nights[0]
    assert not nights[-1]
    plan = finished(week, routes_of(best), 0.0, 3)
    assert check(week, plan).is_valid
    again = solve(week, iterations=steps, seed=3)
    assert replace(again, cpu_seconds=None) == replace(plan, cpu_seconds=None)


def test_a_promise_that_its_side_cannot_keep_gets_the_other_nights() -> None:
    nights = [0, 1, 2, 3, 4, 6]  # nobody is out on the last odd night
    week = problem(
        [place(f"L{n}", n, rates=_people(0.1 * n), **OTHER_NIGHTS) for n in range(1, 9)],
        [shift("T1", night, end_min=700) for night in nights],
    )
    plan = solve(week, iterations=STEPS_A_PLACE * 8, seed=1)
    assert not plan.unmet
    assert check(week, plan).is_valid
