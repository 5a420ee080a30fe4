"""What a minute of a night is worth while visits are placed.

A visit to a place where hardly anybody is costs nothing on any night, so nothing would ever move it off the
nights that good places need (of seven nights only the even ones hold four visits two apart). So a
minute of a night whose shifts are full gets a price, which rises until as much room is left as `FULL`
says, and falls again where there is more. Only what one night costs more than the cheapest counts: where all are
full, no minute has a price. The price decides only where a visit is placed; whether a step is taken is
decided by what the plan is worth.
"""

import numpy as np

from nuantu.routing.search import layout
from nuantu.routing.search.layout import Floats, Routes, Week

FULL = 0.965  # share of a night's minutes that is used where a price neither rises nor falls
PACE = (
    0.015  # mean worths of a visit, for each minute and turn, by which a share above that raises it
)
MOST = 2.0  # highest price, in paces
PRICED_UNTIL = 0.6  # share of the budget; the rest fills what room the prices left
ROAD = 0.009  # mean worths of a visit that a minute on the road costs at least while it is guided
ROAD_FIRST = 0.1  # the same until every promise is kept
ROAD_UNTIL = 0.8  # share of the budget from which on it costs what the problem says


def road_price(own: float, unit: float, share: float, *, is_first: bool = False) -> float:
    """Cost of a minute on the road, in encounters, at a share of the budget.

    `own`: what the problem says; `unit`: mean worth of a visit; `is_first`: a promise is still to be
    kept. Minutes are short even where they cost nothing: the first plan would drive anywhere and
    miss most promises, and a search that may give up none of those it keeps hardly gets out of that.
    """
    if share >= ROAD_UNTIL:
        return own
    return max(own, (ROAD_FIRST if is_first else ROAD) * unit)


def new_prices(week: Week, routes: Routes, pace: float) -> Floats:
    """Prices of a minute of each shift, from those that hold and how full the nights are now."""
    clock, night = week.clock, week.shift[:, layout.NIGHT]
    if not pace:
        return np.zeros(len(clock))
    nights = week.clash.shape[1]
    has = clock[:, layout.LATEST] - clock[:, layout.LEAVES]
    back = np.where(routes.size > 0, routes.sums[:, layout.BACK], clock[:, layout.LEAVES])
    used = np.bincount(night, back - clock[:, layout.LEAVES], nights)
    share = used / np.maximum(np.bincount(night, has, nights), 1.0)
    price = np.maximum(0.0, clock[:, layout.PRICE] + pace * (share[night] - FULL))
    above = price - price.min(initial=np.inf)
    return np.asarray(np.minimum(above, pace * MOST), np.float64)
