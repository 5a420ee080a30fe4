"""Nights that can hardly hold what they are promised: shifts may end late for most of a search.

Where no shift has room a visit changes its place only when others make room for it at once, so a search
that allows no lateness keeps the shape of its first plan. With a price on each minute late it may pass
through plans that cannot be driven. The price rises until no shift is late any more; then the ends
hold again, and the last part of the budget makes the most of what was found. A last minute that no
step saves without losing encounters is saved by a few steps in which encounters do not count.
"""

import math
from collections.abc import Sequence

from nuantu.routing.search import layout, parts
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.company import Company
from nuantu.routing.search.late import IN_TIME, mend

LATE_UNTIL = 0.85  # share of the budget of a search
LATE_BY = 0.125  # share of a shift
FIRST, LAST = 0.05, 1.0  # mean worths of a visit that a minute late costs, then and at the end
# Shares of the budget: where no plan was in time since late shifts began it is mended, and after so much again.
MENDED_FROM, MENDED_EVERY = 0.5, 0.1


class FullNights(Company):
    """Each chain searches the whole problem, with shifts that may end late for a while. The best plan
    in which none does is kept apart. `unit`: mean worth of a visit; `mending`: steps for each mending at most."""

    def __init__(self, chains: Sequence[Chain], unit: float, mending: int) -> None:
        super().__init__(chains)
        self.mending, self.mended_from = mending, MENDED_FROM
        self.unit, self.is_late = unit, False
        self.kept, self.kept_missing, self.kept_value = self.held, self.missing, self.value
        self.is_late = True
        week = chains[0].packed.week
        self.weigh, self.has = week.weigh.copy(), week.has.copy()
        self.clocks = [chain.week.clock.copy() for chain in chains]
        week.has[layout.HAS_HOURS] = 1
        self._price(0.0)
        for chain in chains:
            clock = chain.week.clock
            longest = clock[:, layout.LATEST] - clock[:, layout.LEAVES]
            if not self.weigh[layout.W_OVER]:
                clock[:, layout.ENDS] = clock[:, layout.LATEST]
            clock[:, layout.LATEST] += LATE_BY * longest
            chain.turn(0, 1.0, 1.0)

    @property
    def missing(self) -> int:
        return self.kept_missing if self.is_late else super().missing

    @property
    def value(self) -> float:
        return self.kept_value if self.is_late else super().value

    @property
    def held(self) -> parts.Held:
        return self.kept if self.is_late else super().held

    def meet(self, share: float) -> None:
        if self.is_late:
            self._keep()
            if self.mended_from <= share < LATE_UNTIL:
                self._mend()
                self.mended_from += MENDED_EVERY
            self._price(share / LATE_UNTIL)
        if self.is_late and share >= LATE_UNTIL:
            self._end()
        if not self.is_late:
            super().meet(share)

    def finish(self) -> Chain:
        if self.is_late:
            self._end()
        return super().finish()

    def _price(self, part: float) -> None:
        weigh = self.chains[0].packed.week.weigh
        late = self.unit * FIRST * (LAST / FIRST) ** part
        weigh[layout.W_OVER] = max(late, self.weigh[layout.W_OVER])

    def _keep(self) -> None:
        """The best plan without lateness that a chain stands on."""
        travel = self.weigh[layout.W_TRAVEL]
        for chain in self.chains:
            total = chain.routes.total
            if total[layout.T_OVER] > IN_TIME:
                continue
            missing = round(float(total[layout.T_MISSING] + total[layout.T_NIGHT]))
            value = float(total[layout.T_REWARD] - travel * total[layout.T_TRAVEL])
            if (missing, -value) < (self.kept_missing, -self.kept_value):
                self.kept = parts.current(chain.routes)
                self.kept_missing, self.kept_value = missing, value
                self.mended_from = math.inf

    def _mend(self) -> None:
        late = [one for one in self.chains if one.routes.total[layout.T_OVER] > IN_TIME]
        if late:
            mend(late, self.mending)
        self._keep()

    def _end(self) -> None:
        """The ends of the shifts hold again; each chain goes on from its plan or from the one kept."""
        self._mend()
        week, self.is_late = self.chains[0].packed.week, False
        week.has[:], week.weigh[:] = self.has, self.weigh
        for chain, clock in zip(self.chains, self.clocks, strict=True):
            chain.week.clock[:] = clock
            chain.go_on_from(parts.current(chain.routes))
            now = math.inf if chain.missing > self.kept_missing else -chain.value
            if chain.missing >= self.kept_missing and now > -self.kept_value:
                chain.go_on_from(self.kept)
