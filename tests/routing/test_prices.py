"""Minutes of full nights have a price, and it never decides what a plan is worth."""

from dataclasses import replace

import numpy as np
import pytest

from nuantu.routing.checker import check
from nuantu.routing.search import layout
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.engine import Budget, Search
from nuantu.routing.search.pack import pack
from nuantu.routing.search.prices import MOST, new_prices
from nuantu.routing.solve import solve
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
