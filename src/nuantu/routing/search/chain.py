"""One annealing chain: its plan, its desk, and the seconds that it used."""

import time
from collections.abc import Sequence

import numpy as np

from nuantu.routing.plan import Route
from nuantu.routing.search import layout, parts
from nuantu.routing.search.anneal import run
from nuantu.routing.search.pack import Packed, open_state, put_best
from nuantu.routing.search.prices import new_prices
from nuantu.routing.search.sides import tied_nights
from nuantu.routing.search.squeeze import Kept


class Chain:
    """One annealing chain over one packed problem."""

    def __init__(self, packed: Packed, seed: int, start: Sequence[Route] = ()) -> None:
        self.packed = packed
        self.week = packed.week._replace(clock=packed.week.clock.copy())
        self.routes, self.desk = open_state(packed, seed)
        self.seconds, self.steps, self.pace = 0.0, 0, 0.0
        self.has_start, self.is_tied = bool(start), False
        put_best(packed, self.desk, start)
        self.turn(0, 1.0, 1.0)

    def turn(self, steps: int, warm: float, cold: float) -> None:
        """Some steps; with none, start anew from the best plan of the desk."""
        before = time.thread_time()
        run(self.week, self.routes, self.desk, steps, warm, cold)
        used = time.thread_time() - before
        self.seconds += used
        self.steps += steps
        if steps:
            self.pace = used / steps

    @property
    def is_fresh(self) -> bool:
        """Whether it was handed no plan and made no step."""
        return not self.has_start and not self.steps

    def build(self, tries: int) -> None:
        """The first of so many plans that keeps every promise, else the best one, at the costs of now."""
        found: Kept | None = None
        for _try in range(tries):
            self.desk.route[:, layout.R_BEST] = 0
            self.turn(0, 1.0, 1.0)
            if not self.missing:
                return
            if found is None or self.cost < found.cost:
                found = self.keep()
        if found is not None:
            self.go_back(found)

    def tie(self) -> None:
        """Let each place be visited on one side of the week only; see `sides`."""
        wants = self.week.wants.copy()
        wants[:, layout.NIGHTS] = tied_nights(self.week)
        self.week = self.week._replace(wants=wants)
        self.is_tied = True

    def untie(self) -> None:
        """All nights of a place again."""
        if self.is_tied:
            self.week.wants[:] = self.packed.week.wants
            self.is_tied = False

    def price_minutes(self, pace: float) -> None:
        """Prices of minutes after a turn; see `prices`. A `pace` of 0 takes them away."""
        self.week.clock[:, layout.PRICE] = new_prices(self.week, self.routes, pace)

    @property
    def missing(self) -> int:
        return round(float(self.desk.best[layout.B_MISSING]))

    @property
    def cost(self) -> float:
        return float(self.desk.best[layout.B_COST])

    @property
    def value(self) -> float:
        """Encounters less costs."""
        return self.missing * float(self.packed.week.weigh[layout.W_MISSING]) - self.cost

    @property
    def worth(self) -> float:
        """The value without what it costs that visits left their home shift."""
        week, desk = self.packed.week, self.desk
        homes, moved = week.wants[:, layout.HOME], 0
        for row in np.flatnonzero(week.has[layout.HAS_HOMES] * desk.route[:, layout.R_BEST]):
            own = homes[desk.best_stops[row, : desk.route[row, layout.R_BEST]]]
            own = own[(own >= 0) & (own != row)]
            moved += int((week.shift[own, layout.NIGHT] == week.shift[row, layout.NIGHT]).sum())
        beyond = max(0.0, moved - float(week.weigh[layout.MAY_MOVE]))
        cost = week.weigh[layout.W_MOVED] * moved + week.weigh[layout.W_BEYOND] * beyond
        return self.value + float(cost)

    def keep(self) -> Kept:
        """The best plan, to come back to."""
        plan = parts.best(self.desk)
        return Kept(self.missing, self.cost, self.value, plan.stops, plan.size)

    def go_back(self, kept: Kept) -> None:
        """Go on from a plan that was kept, of this chain or of another."""
        self.go_on_from(parts.Held(kept.stops, kept.sizes))

    def go_on_from(self, plan: parts.Held) -> None:
        """Make a plan the current one and the best so far."""
        parts.put(self.desk, plan)
        self.turn(0, 1.0, 1.0)
