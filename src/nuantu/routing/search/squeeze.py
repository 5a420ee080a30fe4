"""More promised than the shifts can hold: keep as many promises as can be kept.

With each promise above everything else the search cannot give one up to win two. So for a part of
the time a promise is worth a few visits and each minute on the road has a price, because minutes are
what is short; then the weights of the problem hold again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nuantu.routing.search import layout
from nuantu.routing.search.layout import Ints, Shorts

if TYPE_CHECKING:
    from nuantu.routing.search.chain import Chain

HOPELESS, AT_ONCE = 0.1, 0.25  # share of the promises that lack after the repairing, or at once
UNTIL = 0.8  # share of the budget at which the weights of the problem hold again
PROMISE = 3.0  # mean worths of a visit that a promise counts for
MINUTE = 0.32  # mean worths of a visit that a minute on the road costs


@dataclass(frozen=True, slots=True)
class Kept:
    """A plan as a chain holds it, with what it misses and is worth."""

    missing: int
    cost: float
    value: float
    stops: Shorts
    sizes: Ints


class Squeeze:
    """Chains whose weights are changed for a while; the best plans of before are not lost."""

    def __init__(self, chains: Sequence["Chain"], unit: float) -> None:
        self.chains = chains
        self.missing = min(chain.missing for chain in chains)
        self.value = max(chain.value for chain in chains if chain.missing == self.missing)
        self.saved = [chain.keep() for chain in chains]
        self.weigh = chains[0].packed.week.weigh.copy()
        weigh = chains[0].packed.week.weigh
        weigh[layout.W_MISSING] = weigh[layout.W_NIGHT] = PROMISE * unit
        weigh[layout.W_TRAVEL] = max(MINUTE * unit, weigh[layout.W_TRAVEL])
        self._load()

    def end(self) -> None:
        """The weights of the problem again; each chain goes on from its better plan."""
        self.chains[0].packed.week.weigh[:] = self.weigh
        self._load()
        for chain, before in zip(self.chains, self.saved, strict=True):
            if (before.missing, before.cost) < (chain.missing, chain.cost):
                chain.go_back(before)

    def _load(self) -> None:
        for chain in self.chains:
            chain.turn(0, 1.0, 1.0)


def is_hopeless(chains: Sequence["Chain"], share: float, repaired: float) -> bool:
    """Whether so much is missing that more was promised than the shifts hold. `share`: of the budget
    that was used; `repaired`: share from which on the repairing is over."""
    wants = chains[0].packed.week.wants
    promised = int(wants[:, layout.VISITS].sum())
    most = HOPELESS if share >= repaired else AT_ONCE
    return min(chain.missing for chain in chains) > most * promised
