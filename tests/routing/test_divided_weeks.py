"""A large week that chains divide among themselves stays one plan that keeps every rule."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given

from nuantu.routing.checker import check
from nuantu.routing.problem import Problem
from nuantu.routing.problem_json import problem_from
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.company import SHARED, Partners, company_of
from nuantu.routing.search.engine import Budget, Progress, Search, ready, routes_of
from nuantu.routing.search.pack import pack
from nuantu.routing.search.parts import Cut
from nuantu.routing.solve import finished, solve
from tests.examples import examples
from tests.routing.weeks import county, weeks

pytestmark = pytest.mark.slow  # the first time, the search is compiled


@cache
def _large() -> Problem:
    return county(SHARED, 24)


@examples(60)
@given(weeks())
def test_a_divided_week_breaks_no_rule_and_is_worth_what_the_search_says(
    week: dict[str, Any],
) -> None:
    ready()
    problem = problem_from(week)
    assume(problem.locations and problem.shifts)
    packed = pack(problem)
    chains = [Chain(packed, seed) for seed in (1, 2)]
    best = Search(chains, Budget(steps=200), company=Partners(chains)).go()
    plan = finished(problem, routes_of(best), 0.0, 1)
    report = check(problem, plan)
    assert report.is_valid, [str(breach) for breach in report.breaches]
    assert best.missing == report.objective.missing_visits + report.objective.missing_night


def test_only_a_large_week_is_divided() -> None:
    ready()
    small = pack(county(30, 3))
    assert not isinstance(company_of([Chain(small, 1), Chain(small, 2)]), Partners)
    large = pack(_large())
    assert not isinstance(company_of([Chain(large, 1)]), Partners)
    assert isinstance(company_of([Chain(large, 1), Chain(large, 2)]), Partners)


def test_a_place_belongs_to_a_part_when_no_other_part_visits_it() -> None:
    ready()
    packed = pack(_large())
    chain = Chain(packed, 1)
    cut = Cut(packed, chain.routes, 2, 3)
    assert set(cut.of_row.tolist()) == {0, 1}
    for spot, part in enumerate(cut.of_spot.tolist()):
        rows = chain.routes.at[spot, :, 0]
        parts = set(cut.of_row[rows[rows >= 0]].tolist())
        assert parts <= {part} if part >= 0 else len(parts) == 2
    assert np.bincount(cut.of_spot + 1).min() > 0


def test_two_chains_that_divide_a_week_make_one_plan_that_can_be_driven() -> None:
    told: list[Progress] = []
    plan = solve(_large(), iterations=3000, workers=2, progress=told.append)
    report = check(_large(), plan)
    assert report.is_valid, [str(breach) for breach in report.breaches]
    ranks = [(one.missing, -one.value) for one in told]
    assert ranks == sorted(ranks, reverse=True)
    assert report.objective.missing_visits <= told[-1].missing
    again = solve(_large(), iterations=3000, workers=2)
    assert replace(again, cpu_seconds=None) == replace(plan, cpu_seconds=None)
    worse = report.objective
    better = check(_large(), solve(_large(), iterations=60, workers=2, start=plan)).objective
    assert (better.missing_visits, -better.value) <= (worse.missing_visits, -worse.value + 1e-6)


def test_a_cancelled_search_of_a_divided_week_gives_its_best_plan() -> None:
    turns = iter(range(100))
    plan = solve(_large(), iterations=3000, workers=2, cancelled=lambda: next(turns) > 5)
    assert check(_large(), plan).is_valid
