"""A first plan that keeps every promise is sought with shifts that may end late for a while."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from nuantu.routing.checker import check
from nuantu.routing.problem import Problem
from nuantu.routing.search import layout
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.engine import Budget, Progress, Search, routes_of
from nuantu.routing.search.folded import folded
from nuantu.routing.search.late import Late, is_worth_it
from nuantu.routing.search.pack import pack
from nuantu.routing.solve import finished, solve
from tests.routing.weeks import county

pytestmark = pytest.mark.slow  # the first time, the search is compiled


def _cold(minutes: float) -> Problem:
    """Every place every night, by shifts that are so long."""
    week = county(60, 4)
    spots = [replace(one, visits_per_week=7, min_gap_nights=1) for one in week.locations]
    shifts = [replace(one, end_min=one.start_min + minutes) for one in week.shifts]
    return replace(week, locations=tuple(spots), shifts=tuple(shifts))


def _late(chain: Chain) -> Late:
    late = Late([chain])
    while not late.is_over:
        steps = late.next_steps()
        late.turn(chain, steps)
        late.steps += steps
    return late


def test_no_shift_is_late_for_promises_that_fit_or_are_far_too_many() -> None:
    assert not is_worth_it([Chain(pack(_cold(900)), 1)])
    assert not is_worth_it([Chain(pack(_cold(60)), 1)])


def test_the_week_is_as_it_was_once_shifts_were_late() -> None:
    packed = pack(_cold(350))
    chain = Chain(packed, 1)
    has, weigh, clock = (
        one.copy() for one in (packed.week.has, packed.week.weigh, chain.week.clock)
    )
    before = chain.missing, chain.cost
    late = Late([chain])
    assert (chain.week.clock[:, layout.LATEST] > clock[:, layout.LATEST]).all()
    late.turn(chain, 100)
    late.end()
    for now, then in ((packed.week.has, has), (packed.week.weigh, weigh)):
        assert np.array_equal(now, then)
    assert np.array_equal(chain.week.clock, clock)
    assert (chain.missing, chain.cost) <= before
    plan = finished(packed.problem, routes_of(chain), 0.0, 1)
    assert check(packed.problem, plan).is_valid


def test_late_shifts_lead_to_a_plan_that_keeps_every_promise_in_time() -> None:
    week = _cold(290)
    few = folded(week)
    assert few is not None
    chain = Chain(few.packed(), 1)
    assert chain.missing > 0
    _late(chain).end()
    assert not chain.missing
    first, again = (solve(week, iterations=1500, seed=1) for _ in range(2))
    assert check(week, first).is_valid
    assert not first.unmet
    assert replace(first, cpu_seconds=None) == replace(again, cpu_seconds=None)


def test_what_fits_into_no_shift_is_missing_and_does_not_hold_up_the_search() -> None:
    week = _cold(290)
    shut = replace(week.locations[0], windows=((0, 5),))
    packed = pack(replace(week, locations=(shut, *week.locations[1:])))
    chain, told = Chain(packed, 1), list[Progress]()
    best = Search([chain], Budget(steps=1200)).go(told.append)
    assert best.missing >= 7
    assert told[-1].steps == 1200
    assert all(one.missing for one in told)
    early = [one for one in told if one.is_early]
    assert early
    assert all(one.steps <= 0.4 * 1200 + 500 for one in early)
    assert finished(packed.problem, routes_of(best), 0.0, 1).unmet


def test_first_plans_of_full_nights_are_tried_within_the_steps_and_no_figure_falls() -> None:
    week, told = _cold(290), list[Progress]()
    plan = solve(week, iterations=3000, seed=2, progress=told.append)
    assert check(week, plan).is_valid
    assert not plan.unmet
    assert told[-1].steps == 3000
    assert all(one.share <= later.share for one, later in pairwise(told))
    assert all(one.steps <= later.steps for one, later in pairwise(told))
    assert all(one.value <= later.value for one, later in pairwise(told))
