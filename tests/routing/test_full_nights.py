"""Nights so full that nothing fits anywhere: for most of a search shifts may end late, at a price."""

from dataclasses import replace

import numpy as np
import pytest

from nuantu.routing.checker import check
from nuantu.routing.problem import Problem, Weights
from nuantu.routing.search import layout
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.engine import Budget, Progress, Search, routes_of, worth
from nuantu.routing.search.folded import Folded, folded
from nuantu.routing.search.full_nights import FullNights
from nuantu.routing.search.late import IN_TIME, is_full, mend
from nuantu.routing.solve import finished, solve
from tests.routing.weeks import county

MENDING = 2_000  # steps
pytestmark = pytest.mark.slow  # the first time, the search is compiled


def _cold(minutes: float, weights: Weights | None = None) -> Problem:
    """Every place every night, by shifts that are so long."""
    week = county(60, 4)
    spots = [replace(one, visits_per_week=7, min_gap_nights=1) for one in week.locations]
    shifts = [replace(one, end_min=one.start_min + minutes) for one in week.shifts]
    return replace(
        week, locations=tuple(spots), shifts=tuple(shifts), weights=weights or week.weights
    )


def _few(week: Problem) -> Folded:
    few = folded(week)
    assert few is not None
    return few


def _late(few: Folded, share: float) -> tuple[Chain, FullNights]:
    """A chain that searched with late shifts, and the company when `share` of the budget is used."""
    packed = few.packed()
    chain = Chain(packed, 1)
    company = FullNights([chain], worth(packed), MENDING)
    for turn in range(10):
        chain.turn(100, 0.3 * 0.8**turn, 0.3 * 0.8 ** (turn + 1))
        company.meet(share * (turn + 1) / 10)
    return chain, company


def test_a_plan_that_is_late_is_never_told() -> None:
    few = _few(_cold(290))
    chain, company = _late(few, 0.5)
    clock = company.clocks[0]
    assert (chain.week.clock[:, layout.LATEST] > clock[:, layout.LATEST]).all()
    told = company.missing, company.value
    best = company.finish()
    assert np.array_equal(chain.week.clock, clock)
    assert (best.missing, -best.value) <= (told[0], -told[1])
    plan = finished(few.problem, routes_of(best), 0.0, 1)
    assert check(few.problem, plan).is_valid


@pytest.mark.parametrize("weights", [Weights(), Weights(overtime_per_min=0.05)])
def test_the_problem_is_as_it_was_when_the_ends_hold_again(weights: Weights) -> None:
    few = _few(_cold(290, weights))
    before = few.packed().week
    chain, company = _late(few, 0.9)
    assert not company.is_late
    assert np.array_equal(chain.packed.week.weigh, before.weigh)
    assert np.array_equal(chain.packed.week.has, before.has)
    assert (chain.routes.sums[:, layout.BACK] <= chain.week.clock[:, layout.LATEST] + 1e-4).all()


def test_a_late_plan_is_mended_to_one_that_keeps_every_promise_in_time() -> None:
    few = _few(_cold(310))
    chain, company = _late(few, 0.1)
    assert chain.routes.total[layout.T_OVER] > IN_TIME
    weigh = chain.packed.week.weigh.copy()
    mend([chain], 0)
    assert chain.routes.total[layout.T_OVER] > IN_TIME
    mend([chain], MENDING)
    assert chain.routes.total[layout.T_OVER] <= IN_TIME
    assert np.array_equal(chain.packed.week.weigh, weigh)
    assert company.finish().missing == 0


def test_a_minute_late_becomes_dearer_and_ends_below_what_a_visit_is_worth() -> None:
    few = _few(_cold(290))
    packed = few.packed()
    company = FullNights([Chain(packed, 1)], worth(packed), 0)
    prices = []
    for share in (0.0, 0.3, 0.6, 0.849):
        company.meet(share)
        prices.append(float(packed.week.weigh[layout.W_OVER]))
    assert prices == sorted(prices)
    assert prices[0] < prices[-1] <= worth(packed)


def test_late_shifts_find_more_than_hard_ends_in_as_many_steps() -> None:
    week, steps = _cold(330), 8000
    few = _few(week)
    assert is_full([Chain(few.packed(), 1)])
    hard = []
    for seed in (1, 2, 3):
        best = Search([Chain(few.packed(), seed)], Budget(steps=steps)).go()
        hard.append(best.value)
    late = [solve(week, iterations=steps, seed=seed) for seed in (1, 2, 3)]
    assert all(check(week, plan).is_valid and not plan.unmet for plan in late)
    assert np.mean([plan.value or 0.0 for plan in late]) > np.mean(hard)


def test_what_is_told_of_full_nights_never_falls_and_two_chains_share_the_end() -> None:
    week, told = _cold(330), list[Progress]()
    plan, again = (
        solve(week, iterations=3000, seed=1, workers=2, progress=told.append) for _ in range(2)
    )
    assert replace(plan, cpu_seconds=None) == replace(again, cpu_seconds=None)
    assert check(week, plan).is_valid
    first = [one.value for one in told[: len(told) // 2]]
    assert first == sorted(first)
