"""The first plan that keeps every promise: shifts may end late at a price, and nobody counts encounters.

Where promises leave hardly any minutes, a search that also looks for encounters stands long before the
last of them: a place far out fits into no shift, and to make room minutes must be saved in many
others, which chance and better hours undo. So for some steps only minutes on the road and minutes
late cost something. Every visit is in the plan then, and lateness is what has to go (Vidal et al. 2012
search so beyond what is allowed). As soon as no shift is late, the weights of the problem hold again.
"""

from collections.abc import Sequence

from nuantu.routing.search import layout, parts
from nuantu.routing.search.chain import Chain

STEPS_A_VISIT, MOST_STEPS = 100, 50_000  # of a cooling; promised visits are counted
TURN = 500  # steps, at most
COOLINGS = 2  # a first plan that has not come by then needs something else
HOT, COLD = 8.0, 1.0  # minutes on the road
LATE_BY = 0.2  # share of a shift
LATE_MINUTE = (
    2.0  # what a minute late costs, in minutes on the road; twice that in the second cooling
)
MISSING = 1000.0  # what a missing visit costs, in minutes on the road
MISSING_UNTIL = 0.1  # share of a cooling after which what is still missing fits into no shift
IN_TIME = 1e-5  # minutes
MOST_MISSING = 0.25  # share of the promised visits; where more lack, they are far too many
MENDING, MENDED = (
    1.5,
    100,
)  # minutes on the road while a plan is mended, and steps between two looks


def is_worth_it(chains: Sequence[Chain]) -> bool:
    """Whether some promises are not kept yet, and not far too many."""
    promised = int(chains[0].packed.week.wants[:, layout.VISITS].sum())
    return 0 < min(chain.missing for chain in chains) <= MOST_MISSING * promised


def is_full(chains: Sequence[Chain]) -> bool:
    """Whether nights cannot be chosen and the first plan has no room for some promises."""
    return not chains[0].desk.tune[layout.P_NIGHTS] and is_worth_it(chains)


class Late:
    """Chains whose shifts may end late for a while; the best plans of before are not lost."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        self.chains, self.steps = chains, 0
        week = chains[0].packed.week
        promised = int(week.wants[:, layout.VISITS].sum())
        self.cooling = min(MOST_STEPS, STEPS_A_VISIT * promised)
        self.saved = [chain.keep() for chain in chains]
        self.weigh, self.has = week.weigh.copy(), week.has.copy()
        self.clocks = [chain.week.clock.copy() for chain in chains]
        _count_minutes(week, LATE_MINUTE)
        for chain in chains:
            clock = chain.week.clock
            longest = clock[:, layout.LATEST] - clock[:, layout.LEAVES]
            clock[:, layout.ENDS] = clock[:, layout.LATEST]
            clock[:, layout.LATEST] += LATE_BY * longest
            clock[:, layout.PRICE] = 0.0
        self._load()

    @property
    def is_over(self) -> bool:
        """Whether a plan keeps every promise in time, or none will soon."""
        if self.steps >= COOLINGS * self.cooling or any(map(_is_done, self.chains)):
            return True
        return self.steps >= MISSING_UNTIL * self.cooling and all(map(_lacks, self.chains))

    def next_steps(self) -> int:
        """How many steps each chain should make next. A new cooling makes lateness dearer."""
        done = self.steps % self.cooling
        if self.steps and not done:
            self.chains[0].packed.week.weigh[layout.W_OVER] *= 2.0
            self._load()
        return min(TURN, self.cooling - done)

    def turn(self, chain: Chain, steps: int) -> None:
        """So many steps of one chain."""
        begin = self.steps % self.cooling / self.cooling
        end = begin + steps / self.cooling
        chain.turn(steps, HOT * (COLD / HOT) ** begin, HOT * (COLD / HOT) ** end)

    def end(self) -> None:
        """The week as it is again; each chain goes on from its better plan."""
        week = self.chains[0].packed.week
        plans = [parts.current(chain.routes) for chain in self.chains]
        week.has[:], week.weigh[:] = self.has, self.weigh
        for chain, clock in zip(self.chains, self.clocks, strict=True):
            chain.week.clock[:] = clock
        for chain, plan, before in zip(self.chains, plans, self.saved, strict=True):
            chain.go_on_from(plan)
            if (before.missing, before.cost) < (chain.missing, chain.cost):
                chain.go_back(before)

    def _load(self) -> None:
        for chain in self.chains:
            chain.turn(0, 1.0, 1.0)


def mend(chains: Sequence[Chain], steps: int) -> None:
    """Make plans that are late hardly different ones in time, where so many steps can: encounters do not count for them.

    Shifts must be allowed to end late; the weights are as before afterwards, and the chains go on from what was found.
    """
    week = chains[0].packed.week
    has, weigh = week.has.copy(), week.weigh.copy()
    prices = [chain.week.clock[:, layout.PRICE].copy() for chain in chains]
    _count_minutes(week, 2.0 * LATE_MINUTE)
    for chain in chains:
        chain.week.clock[:, layout.PRICE] = 0.0
        chain.turn(0, 1.0, 1.0)
        for _look in range(steps // MENDED):
            if _is_done(chain):
                break
            chain.turn(MENDED, MENDING, MENDING)
    plans = [parts.current(chain.routes) for chain in chains]
    week.has[:], week.weigh[:] = has, weigh
    for chain, plan, price in zip(chains, plans, prices, strict=True):
        chain.week.clock[:, layout.PRICE] = price
        chain.go_on_from(plan)


def _count_minutes(week: layout.Week, late: float) -> None:
    """Only minutes on the road, minutes late and visits that are missing cost something."""
    week.has[layout.HAS_REWARD], week.has[layout.HAS_HOURS] = 0, 1
    week.weigh[[layout.W_TRAVEL, layout.W_OVER, layout.W_UNEVEN]] = 1.0, late, 0.0
    week.weigh[[layout.W_MISSING, layout.W_NIGHT]] = MISSING


def _lacks(chain: Chain) -> bool:
    total = chain.routes.total
    return bool(total[layout.T_MISSING] + total[layout.T_NIGHT] > 0)


def _is_done(chain: Chain) -> bool:
    return not _lacks(chain) and bool(chain.routes.total[layout.T_OVER] <= IN_TIME)
