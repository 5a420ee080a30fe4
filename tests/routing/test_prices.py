"""Minutes of full nights have a price, and it never decides what a plan is worth."""

from dataclasses import replace

import numpy as np
import pytest

from nuantu.routing.checker import check
from nuantu.routing.problem import Weights
from nuantu.routing.search import layout, parts
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.company import Partners
from nuantu.routing.search.engine import Budget, Progress, Search, routes_of
from nuantu.routing.search.pack import pack
from nuantu.routing.search.prices import MOST, ROAD, ROAD_UNTIL, new_prices, road_price
from nuantu.routing.solve import finished, solve
from tests.routing.weeks import county

pytestmark = pytest.mark.slow  # the first time, the search is compiled


def _chain() -> Chain:
    return Chain(pack(county(60, 4)), 1)


def _filled(chain: Chain, night: int, share: float) -> None:
    """Shifts of a night that are back after this share of their minutes."""
    week, rows = chain.week, np.flatnonzero(chain.week.shift[:, layout.NIGHT] == night)
    leaves, latest = week.clock[rows, layout.LEAVES], week.clock[rows, layout.LATEST]
    chain.routes.size[rows] = 1
    chain.routes.sums[rows, layout.BACK] = leaves + share * (latest - leaves)


def test_where_all_nights_are_full_no_minute_has_a_price() -> None:
    chain = _chain()
    for night in range(7):
        _filled(chain, night, 1.0)
    assert not new_prices(chain.week, chain.routes, 0.1).any()


def test_a_minute_of_a_fuller_night_costs_more_and_never_too_much() -> None:
    chain = _chain()
    for night in range(7):
        _filled(chain, night, 1.0 if night == 2 else 0.5)
    for _turn in range(1000):
        chain.price_minutes(0.1)
    price, nights = chain.week.clock[:, layout.PRICE], chain.week.shift[:, layout.NIGHT]
    assert price[nights == 2] == pytest.approx(0.1 * MOST)
    assert not price[nights != 2].any()


def test_prices_belong_to_a_chain_and_end_with_its_search() -> None:
    packed = pack(county(60, 4))
    chain = Chain(packed, 1)
    Search([chain], Budget(steps=1200)).go()
    assert not chain.week.clock[:, layout.PRICE].any()
    chain.price_minutes(0.1)
    assert not packed.week.clock[:, layout.PRICE].any()


def test_a_priced_search_gives_the_same_plan_again_and_breaks_no_rule() -> None:
    week = county(60, 4)
    first, again = (solve(week, iterations=1200, seed=3) for _ in range(2))
    assert check(week, first).is_valid
    assert replace(first, cpu_seconds=None) == replace(again, cpu_seconds=None)


def test_a_minute_on_the_road_costs_no_more_than_the_problem_says_where_that_is_enough() -> None:
    assert road_price(0.1, 1.0, 0.0) == 0.1
    assert road_price(0.0, 1.0, 0.0) == ROAD
    assert road_price(0.0, 1.0, ROAD_UNTIL) == 0.0


@pytest.mark.parametrize("divided", [False, True])
def test_where_the_way_costs_nothing_a_search_saves_minutes_and_tells_what_its_plan_is_worth(
    *, divided: bool
) -> None:
    free = replace(county(60, 4), weights=Weights(travel_per_min=0.0))
    packed = pack(free)
    chains = [Chain(packed, seed) for seed in range(1, 2 + divided)]
    company = Partners(chains) if divided else None
    told: list[Progress] = []
    search = Search(chains, Budget(steps=1200), company=company)
    best = search.go(told.append)
    plan = finished(free, routes_of(best), 0.0, 1)
    report = check(free, plan)
    assert report.is_valid
    assert packed.week.weigh[layout.W_TRAVEL] == 0.0
    assert best.value == pytest.approx(plan.value)
    minutes = parts.travel(packed.week, parts.best(best.desk))
    assert minutes == pytest.approx(report.objective.travel_minutes, abs=0.01)
    assert divided or told[-1].value == pytest.approx(plan.value)
