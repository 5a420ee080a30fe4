"""A week that cannot be done says which shifts would mend it."""

import pytest

from nuantu.routing.mending import mends
from nuantu.routing.problem import Problem
from nuantu.routing.solve import solve
from tests.routing.weeks import place, problem, shift

pytestmark = pytest.mark.slow  # the first time, the search is compiled


def _short_of_hours() -> Problem:
    """Four hours for eight visits of an hour, half of them on the second night alone."""
    spots = [
        place(f"L{n}", 1 + n / 10, service_min=60, closed_nights=[0] if n < 4 else [])
        for n in range(8)
    ]
    return problem(spots, [shift("T1", 0), shift("T2", 1, end_min=330)], nights=2)


def test_a_week_that_can_be_done_needs_nothing() -> None:
    week = problem([place("A", 1)], [shift()])
    assert mends(week, solve(week, iterations=100)) == ()


def test_a_week_without_any_shift_is_not_mended() -> None:
    week = problem([place("A", 1)], [])
    assert mends(week, solve(week, iterations=100)) == ()


def test_one_more_team_is_proposed_on_the_night_where_it_helps_most() -> None:
    week = _short_of_hours()
    plan = solve(week, iterations=300)
    missed = sum(item.missing for item in plan.unmet)
    found = mends(week, plan)
    assert missed > 0
    assert found[0].night == 1
    assert found[0].keeps == missed - found[0].left
    assert [one.left for one in found] == sorted((one.left for one in found), reverse=True)
    assert found[-1].left == 0


def test_the_same_plan_and_seed_propose_the_same() -> None:
    week = _short_of_hours()
    plan = solve(week, iterations=300)
    assert mends(week, plan, seed=3) == mends(week, plan, seed=3)


def test_a_partner_whom_nobody_brings_is_part_of_the_proposal() -> None:
    week = problem([place("A", 1, needs=["police"])], [shift()])
    found = mends(week, solve(week, iterations=100))
    assert [(one.skills, one.left) for one in found] == [(("police",), 0)]


def test_an_island_is_helped_by_no_shift() -> None:
    week = problem([place("A", 1), place("ISLAND", 500)], [shift()])
    assert mends(week, solve(week, iterations=100)) == ()
