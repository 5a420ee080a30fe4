"""Runs the compiled search: temperatures, and several chains at once."""

import fcntl
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from nuantu.routing.problem import Depot, Location, Problem, Shift, Travel
from nuantu.routing.search import layout
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.company import SHARED, Company, company_of
from nuantu.routing.search.compiled import FOLDER
from nuantu.routing.search.late import Late, is_worth_it
from nuantu.routing.search.pack import Packed, pack, take_best
from nuantu.routing.search.prices import PACE, PRICED_UNTIL, road_price
from nuantu.routing.search.sides import TIED_UNTIL, is_worth_tying
from nuantu.routing.search.squeeze import UNTIL, Squeeze, is_hopeless

# Temperatures in mean worths of a visit, tuned on weeks and on classic instances: (first, last)
# where promises and encounters pull in two directions, and where there is only one of them.
BOTH, SINGLE = (0.8, 0.006), (1.0, 0.015)
# Shares of the budget: a promise that is missing then, where nights can be chosen, and until when shifts
# may be late for it.
LATE_FROM, LATE_UNTIL = 0.03, 0.4
REPAIRING = 0.3  # most of the time for a first plan that keeps every promise
MENDED_BY = 0.05  # a promise that is missing then may need a night of the other side
NOTHING = 1e-7  # encounters
TRIES = 5  # first plans, while promises are missing
TURN_SECONDS = 0.1
STEPS_A_SECOND = 30_000  # of one chain
FIRST_STEPS = 50
TURNS = 60
WHOLE = FOLDER / "whole"  # stands beside machine code that was compiled to its end
UNHURRIED = 5.0  # wall seconds for one second of computing, on a busy machine


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to search: seconds of computing of each chain, or steps of each chain."""

    seconds: float | None = None
    steps: int | None = None

    def __post_init__(self) -> None:
        """Raises ValueError unless there is exactly one limit above or at 0."""
        given = [limit for limit in (self.seconds, self.steps) if limit is not None]
        if len(given) != 1 or given[0] < 0:
            message = "give seconds or iterations, at least 0"
            raise ValueError(message)

    @property
    def about_steps(self) -> float:
        """The steps of each chain that this allows in a county, before any was made."""
        return (self.seconds or 0.0) * STEPS_A_SECOND + (self.steps or 0)


@dataclass(frozen=True, slots=True)
class Progress:
    """The best plan so far. `value`: encounters less costs; `share`: of the budget used.

    `is_squeezed`: the chains follow other weights for a while, and none of their plans counts.
    `is_early`: so they do before the first plan that keeps every promise.
    """

    share: float
    seconds: float
    steps: int
    missing: int
    value: float
    is_squeezed: bool = False
    is_early: bool = False


def is_compiled() -> bool:
    """Whether the machine code of this version lies on disk, all of it."""
    return WHOLE.exists()


@cache
def ready() -> None:
    """Load the machine code, compiling it the first time (half a minute, once per version).

    Others who need it at the same time wait for the one who compiles.
    """
    with (FOLDER / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        spot = Location("", 0.0, 0.0, 1.0, 1, 1, (1.0,))
        shift = Shift("", 0, "", "", 0.0, 60.0)
        tiny = Problem("", 1, (Depot("", 0.0, 0.0),), (spot,), (shift,), Travel())
        Chain(pack(tiny), 1).turn(1, 1.0, 1.0)
        WHOLE.touch()


def worth(packed: Packed) -> float:
    """What a visit is about worth: the unit of the temperatures."""
    week = packed.week
    visits = np.maximum(week.wants[:, layout.VISITS], 1)
    reward = float(np.average(week.spot[:, layout.PEAK], weights=visits))
    few = week.near[:, :6]
    legs = week.toward[np.arange(len(few))[:, None], few] if few.size else np.zeros(1)
    return reward + float(week.weigh[layout.W_TRAVEL] * legs.mean()) or 1e-6


def _has_both(packed: Packed) -> bool:
    """Whether promises and encounters pull in two directions."""
    return bool(packed.week.has[layout.HAS_REWARD] and packed.week.wants[:, layout.VISITS].any())


def _is_free(chain: Chain) -> bool:
    """Whether no visit has a home shift to stay with."""
    return not chain.packed.week.has[layout.HAS_HOMES]


def _has_choice(chain: Chain) -> bool:
    """Whether nights can be chosen."""
    return bool(chain.desk.tune[layout.P_NIGHTS])


class Search:
    """Chains that share a budget. `heat`: share of the full starting temperature; `may_squeeze`:
    where far more is promised than can be kept, search for a while with other weights."""

    def __init__(
        self,
        chains: Sequence[Chain],
        budget: Budget,
        heat: float = 1.0,
        *,
        may_squeeze: bool = False,
        company: Company | None = None,
    ) -> None:
        self.chains, self.budget, self.may_squeeze = chains, budget, may_squeeze
        self.unit = unit = worth(chains[0].packed)
        has_both = _has_both(chains[0].packed)
        hot, cold = BOTH if has_both else SINGLE
        self.hot, self.cold = max(hot * heat, cold) * unit, cold * unit
        self.began, self.wall = self._used(), time.monotonic()
        self.cooling_from: float | None = 0.0 if has_both else None
        is_free = has_both and _is_free(chains[0])
        self.is_priced = is_free and _has_choice(chains[0])
        self.is_guided = is_free and heat >= 1.0
        self.is_judged = False
        is_first = self.is_guided and all(chain.is_fresh for chain in chains)
        if is_first and company is None:
            self._open()
        self.company = company or company_of(chains)
        self.may_be_late = is_first and type(self.company) is Company
        self.late_from = LATE_FROM if _has_choice(chains[0]) else 0.0
        self.squeeze: Squeeze | None = None
        self.top: tuple[int, float] | None = (
            None  # missing and value of the best plan of a guided search
        )
        self.top_plan = self.company.held

    def _open(self) -> None:
        """First plans: minutes on the road are dear, and nights of places tied where that pays."""
        week, steps = self.chains[0].packed.week, self.budget.about_steps
        week.weigh[layout.W_TRAVEL] = self._road(0.0, is_first=True)
        is_tied = is_worth_tying(week, steps) and len(week.wants) < SHARED
        for chain in self.chains:
            if is_tied:
                chain.tie()
            chain.build(TRIES)

    def _used(self) -> float:
        if self.budget.steps is not None:
            return float(self.chains[0].steps)
        return max(chain.seconds for chain in self.chains)

    @property
    def share(self) -> float:
        """Share of the budget that is used."""
        limit = self.budget.steps if self.budget.seconds is None else self.budget.seconds
        if not limit:
            return 1.0
        used = (self._used() - self.began) / limit
        if self.budget.seconds is not None:
            late = (time.monotonic() - self.wall) / (limit * UNHURRIED + 1.0)
            used = max(used, late)
        return min(1.0, used)

    def temperature(self, share: float) -> float:
        """Hot and falling. Where nothing else is sought, cold until all promises are kept, or cannot
        soon be; where encounters are, a cold search would stand long before the last promise."""
        if self.cooling_from is None:
            return self.cold
        until = UNTIL if self.squeeze else 1.0
        part = (share - self.cooling_from) / max(1e-9, until - self.cooling_from)
        return float(self.hot * (self.cold / self.hot) ** max(0.0, part))

    def go(
        self,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Chain:
        """Search until the budget is used or somebody cancels. Returns the best chain."""
        with ThreadPoolExecutor(len(self.chains)) as pool:
            while (share := self.share) < 1.0 and not (cancelled and cancelled()):
                if self.may_be_late and share >= self.late_from:
                    self._be_late(pool, progress, cancelled)
                    share = self.share
                self._change_phase(share)
                self._price_road(share)
                self._untie(share)
                warm = self.temperature(share)
                steps = self._steps()
                ahead = min(1.0, share + self._share_of(steps))
                cold = self.temperature(ahead)
                self.company.set_out()
                turns = [pool.submit(chain.turn, steps, warm, cold) for chain in self.chains]
                for turn in turns:
                    turn.result()
                self.company.meet(self.share)
                self._price_minutes()
                self._remember()
                if progress:
                    progress(self.told())
            self._end_squeeze()
            self._price_road(1.0)
        return self._with_top(self.company.finish())

    def _be_late(
        self,
        pool: ThreadPoolExecutor,
        progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        """Where promises are missing, let shifts end late until none is."""
        self.may_be_late = False
        if not is_worth_it(self.chains):
            return
        before, late = self.told(), Late(self.chains)
        while self.share < LATE_UNTIL and not late.is_over and not (cancelled and cancelled()):
            steps = min(late.next_steps(), self._left())
            for turn in [pool.submit(late.turn, chain, steps) for chain in self.chains]:
                turn.result()
            late.steps += steps
            if progress:
                seconds = sum(chain.seconds for chain in self.chains)
                used = replace(before, share=self.share, seconds=seconds, is_early=True)
                progress(replace(used, steps=self.chains[0].steps))
        late.end()
        self._remember()
        if progress:
            progress(self.told())

    def _change_phase(self, share: float) -> None:
        """Begin to cool once all promises are kept or cannot soon be; squeeze where they never can."""
        if share >= UNTIL:
            self._end_squeeze()
        if self.is_judged:
            return
        if self.may_squeeze and is_hopeless(self.chains, share, REPAIRING):
            self._price_road(1.0)
            self.is_guided, self.top = False, None
            self.company = self.company.disbanded()
            self.squeeze, self.cooling_from = Squeeze(self.chains, self.unit), share
        elif self.company.missing and share < REPAIRING:
            return
        elif self.cooling_from is None:
            self.cooling_from = share
        self.is_judged = True

    def _untie(self, share: float) -> None:
        """Free the nights of all places in time, or once a promise may want them."""
        if share >= TIED_UNTIL or (share >= MENDED_BY and self.company.missing):
            for chain in self.chains:
                chain.untie()

    def _price_minutes(self) -> None:
        """Where encounters are sought on nights that can be chosen, full nights become dear."""
        if not self.is_priced:
            return
        self.is_priced = self.share < PRICED_UNTIL
        for chain in self.chains:
            chain.price_minutes(PACE * self.unit if self.is_priced else 0.0)

    def _price_road(self, share: float) -> None:
        """Where encounters are sought, a minute on the road costs something at first."""
        if self.is_guided:
            is_first = self.company.missing > 0 and share < REPAIRING
            self.company.price_road(self._road(share, is_first=is_first))

    def _remember(self) -> None:
        """While minutes have another price the plan that counts as best may be worth less than one before."""
        now = self.company.missing, -self.company.value
        if self.is_guided and (self.top is None or now < self.top):
            self.top, self.top_plan = now, self.company.held

    def _with_top(self, best: Chain) -> Chain:
        if self.top is not None and self.top < (best.missing, -best.value - NOTHING):
            best.go_on_from(self.top_plan)
        return best

    def _road(self, share: float, *, is_first: bool) -> float:
        own = self.chains[0].packed.problem.weights.travel_per_min
        return road_price(own, self.unit, share, is_first=is_first)

    def _end_squeeze(self) -> None:
        if self.squeeze:
            self.squeeze.end()
            self.squeeze, self.hot = None, self.cold

    def told(self) -> Progress:
        seconds = sum(chain.seconds for chain in self.chains)
        best, steps = self.squeeze or self.company, self.chains[0].steps
        is_squeezed = self.squeeze is not None
        missing, value = best.missing, best.value
        if self.top is not None:
            missing, value = self.top[0], -self.top[1]
        return Progress(self.share, seconds, steps, missing, round(value, 9), is_squeezed)

    def _left(self) -> int:
        """Steps that a budget of steps still holds; any number where seconds are counted."""
        if self.budget.steps is None:
            return sys.maxsize
        return max(1, self.budget.steps - (self.chains[0].steps - int(self.began)))

    def _steps(self) -> int:
        """Steps of the next turn: a fixed part of a budget of steps, else about a tenth second."""
        budget, chain = self.budget, self.chains[0]
        if budget.steps is not None:
            return min(self._left(), max(1, -(-budget.steps // TURNS)))
        if chain.pace == 0:
            return FIRST_STEPS
        left = (1.0 - self.share) * float(budget.seconds or 0)
        wanted = min(TURN_SECONDS, max(left, 0.001), float(budget.seconds or 0) / TURNS)
        return max(1, int(wanted / chain.pace))

    def _share_of(self, steps: int) -> float:
        if self.budget.steps is not None:
            return steps / self.budget.steps
        return steps * self.chains[0].pace / float(self.budget.seconds or 1)


def routes_of(chain: Chain) -> dict[tuple[str, int], tuple[str, ...]]:
    """Stops of every shift in the chain's best plan."""
    return take_best(chain.packed, chain.desk)
