"""What several chains do for each other: go on from the best plan, or divide a large week."""

import math
from collections.abc import Sequence

import numpy as np

from nuantu.routing.search import layout, parts
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.layout import Ints, Week

EXCHANGES = (0.5, 0.75, 0.9)
SHARED = 600  # places from which on chains divide a week among themselves
JOINS = 30  # times they put their parts together
HURRY = 4  # turns between two times while a promise is not kept


class Company:
    """Each chain searches the whole week; at some moments all go on from the best plan."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        self.chains, self.turns, self.meetings = chains, 0, 0

    @property
    def best(self) -> Chain:
        return min(self.chains, key=lambda chain: chain.cost)

    @property
    def missing(self) -> int:
        return self.best.missing

    @property
    def cost(self) -> float:
        return self.best.cost

    def set_out(self) -> None:
        """Before each turn: work on the surroundings of the next places."""
        for chain, places in zip(self.chains, self.places(), strict=True):
            parts.window(chain.desk, places, self.turns)
        self.turns += 1

    def places(self) -> Sequence[Ints]:
        """The places that each chain may take as seeds."""
        return [np.arange(len(chain.week.wants)) for chain in self.chains]

    def meet(self, share: float) -> None:
        """After each turn, when `share` of the budget is used."""
        if self.meetings < len(EXCHANGES) and share >= EXCHANGES[self.meetings]:
            self.meetings += 1
            best = self.best
            for chain in self.chains:
                if chain is not best:
                    chain.go_on_from(parts.best(best.desk))

    @property
    def value(self) -> float:
        """Encounters less costs of the best plan, a minute on the road at the price of the problem."""
        packed = self.chains[0].packed
        weigh, own = packed.week.weigh, packed.problem.weights.travel_per_min
        value = self.missing * float(weigh[layout.W_MISSING]) - self.cost
        dearer = float(weigh[layout.W_TRAVEL]) - own
        return value + dearer * parts.travel(packed.week, self.held) if dearer else value

    @property
    def held(self) -> parts.Held:
        """The best plan."""
        return parts.best(self.best.desk)

    def price_road(self, price: float) -> None:
        """Between turns: what a minute on the road costs from now on, also in the best plans so far."""
        week = self.chains[0].packed.week
        more = price - float(week.weigh[layout.W_TRAVEL])
        if not more:
            return
        week.weigh[layout.W_TRAVEL] = price
        for chain in self.chains:
            minutes = parts.travel(week, parts.best(chain.desk))
            chain.desk.best[layout.B_COST] += more * minutes

    def disbanded(self) -> "Company":
        """The chains, each on the whole week again."""
        return self

    def finish(self) -> Chain:
        """The chain with the best plan."""
        return self.best


class Partners(Company):
    """Each chain searches its part of the week; at every meeting it is cut anew."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        super().__init__(chains)
        self.open: Week = chains[0].packed.week
        for chain in chains:
            shift, wants = self.open.shift.copy(), self.open.wants.copy()
            clock = chain.week.clock
            chain.week = self.open._replace(shift=shift, wants=wants, clock=clock)
        self.joined, self.kept_cost = 0, math.inf
        self._keep(chains[0])
        self.cut, self.own = self._divide(parts.best(chains[0].desk))

    def _keep(self, chain: Chain) -> None:
        if chain.cost < self.kept_cost:
            self.kept, self.kept_cost = parts.best(chain.desk), chain.cost
            self.kept_missing = chain.missing

    @property
    def missing(self) -> int:
        best = self.best
        return best.missing if best.cost < self.kept_cost else self.kept_missing

    @property
    def cost(self) -> float:
        return min(self.best.cost, self.kept_cost)

    @property
    def held(self) -> parts.Held:
        return parts.best(self.best.desk) if self.best.cost < self.kept_cost else self.kept

    def price_road(self, price: float) -> None:
        more = price - float(self.open.weigh[layout.W_TRAVEL])
        self.kept_cost += more * parts.travel(self.open, self.kept)
        super().price_road(price)

    def places(self) -> Sequence[Ints]:
        return self.own

    def meet(self, share: float) -> None:
        is_urgent = self.missing > 0 and self.turns % HURRY == 0
        if is_urgent or share * JOINS >= self.joined + 1:
            self.joined = int(share * JOINS)
            self.meetings += 1
            now = parts.joined([parts.current(c.routes) for c in self.chains], self.cut.of_row)
            self._join()
            self.cut, self.own = self._divide(now)

    def finish(self) -> Chain:
        self._join()
        first = self.chains[0]
        first.go_on_from(self.kept)
        return first

    def disbanded(self) -> Company:
        self.finish()
        for chain in self.chains[1:]:
            self._open(chain)
            chain.go_on_from(self.kept)
        return Company(self.chains)

    def _join(self) -> None:
        """Put the best of all parts together, and keep it when it is the best so far."""
        first = self.chains[0]
        self._keep(self.best)
        plans = [parts.best(chain.desk) for chain in self.chains]
        self._open(first)
        first.go_on_from(parts.joined(plans, self.cut.of_row))
        self._keep(first)

    def _open(self, chain: Chain) -> None:
        chain.week.shift[:], chain.week.wants[:] = self.open.shift, self.open.wants

    def _divide(self, plan: parts.Held) -> tuple[parts.Cut, list[Ints]]:
        """All chains stand on the same plan, and each may change its part of it."""
        first = self.chains[0]
        self._open(first)
        first.go_on_from(plan)
        cut = parts.Cut(first.packed, first.routes, len(self.chains), self.meetings)
        same, own = parts.best(first.desk), []
        for part, chain in enumerate(self.chains):
            own.append(parts.close(chain.week, self.open, cut, part))
            if chain is not first:
                chain.go_on_from(same)
        return cut, own


def company_of(chains: Sequence[Chain]) -> Company:
    """How these chains work together: a large week is divided."""
    is_large = len(chains[0].packed.week.wants) >= SHARED
    return Partners(chains) if is_large and len(chains) > 1 else Company(chains)
