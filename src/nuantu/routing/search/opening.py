"""The first part of a search: a few nights that stand for the whole week, where it can be folded so."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nuantu.routing.plan import Route
from nuantu.routing.problem import Problem
from nuantu.routing.search import layout, parts
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.engine import Budget, Progress, Search, routes_of, worth
from nuantu.routing.search.folded import Folded, folded
from nuantu.routing.search.full_nights import FullNights
from nuantu.routing.search.late import is_full

FOLDED_UNTIL = 0.9  # share of the budget
# Shares of the budget of few nights so full that shifts end late later: for a plan in time, and the most for it.
TRIAL, MOST_TRIAL = 0.05, 0.25
NEARLY, FULL_BY = (
    0.01,
    0.6,
)  # share of promised visits that may lack after it, and share by which none may
MENDING, MOST_MENDING = (
    0.03,
    5_000,
)  # share of the steps, and steps, for each mending of a late plan
WARM = 0.999  # of the starting temperature: the search goes on from its plan and builds none anew
COMPLETE_BY = (
    0.05  # share by which the few nights keep every promise, or the week is searched as it is
)

Listener = Callable[[Progress], None]


@dataclass(frozen=True)
class Opened:
    """What the first part of a search left. `routes` is empty where they could not say it.

    `seconds` were used by all chains together, `steps` by each; `rest` is the budget that is left;
    `value` is the most that was told.
    """

    rest: Budget
    routes: Sequence[Route] = ()
    share: float = 0.0
    seconds: float = 0.0
    steps: int = 0
    value: float = -math.inf

    def heard(self, progress: Listener | None) -> Listener | None:
        """Who hears about the search of the week hears what was used before it, too.

        The ways of a week cost a few thousandths more or less than the few nights knew, so the value
        of the best plan is told as it was until there is a better one.
        """
        if progress is None:
            return None

        def hear(told: Progress) -> None:
            share = self.share + (1.0 - self.share) * told.share
            seconds, steps = told.seconds + self.seconds, told.steps + self.steps
            value = told.value if told.missing else max(told.value, self.value)
            later = replace(told, value=value)
            progress(replace(later, share=share, seconds=seconds, steps=steps))

        return hear


def opened(
    problem: Problem,
    budget: Budget,
    seed: int,
    workers: int,
    progress: Listener | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Opened:
    """Search the few nights of a problem with part of the budget; with none of it where there are none."""
    few = folded(problem)
    if few is None:
        return Opened(budget)
    return Opening(few, budget, seed, workers).go(progress, cancelled)


class Opening:
    """Chains that search the few nights."""

    def __init__(self, few: Folded, budget: Budget, seed: int, workers: int) -> None:
        self.few, self.budget = few, budget
        packed = few.packed()
        self.packed, self.week = packed, packed.week
        self.chains = [Chain(packed, seed * 64 + number) for number in range(workers)]
        self.search = Search(self.chains, _part(budget))
        self.share, self.value = 0.0, -math.inf
        self.complete_by, self.is_lost = COMPLETE_BY, False
        self.spent = 0.0  # share of the budget of the few nights that a trial used

    def go(
        self,
        progress: Listener | None,
        cancelled: Callable[[], bool] | None,
    ) -> Opened:
        """Search until the share of the budget is used; sooner where a promise is not kept in time.

        Progress is told once every promise is kept, in figures of the week.
        """

        def see(told: Progress, part: float | None = None) -> None:
            part = 1.0 - self.spent if part is None else part
            self.share = (self.spent + part * told.share) * FOLDED_UNTIL
            if told.is_early:
                self.complete_by = max(self.complete_by, self.share + COMPLETE_BY)
            is_none = bool(told.missing) and self.value == -math.inf
            self.is_lost = is_none and self.share >= self.complete_by
            if not told.missing:
                self.value = max(self.value, round(told.value - self.way_more(), 9))
                if progress:
                    progress(replace(told, share=self.share, value=self.value))

        def stops() -> bool:
            return self.is_lost or bool(cancelled and cancelled())

        if is_full(self.chains):
            self._begin_full(lambda told: see(told, MOST_TRIAL), stops)
        best = self.search.go(see, stops)
        routes = () if best.missing else self.few.unfolded(routes_of(best))
        seconds = [chain.seconds for chain in self.chains]
        steps = self.chains[0].steps
        rest = _less(self.budget, max(seconds), steps)
        return Opened(rest, routes, self.share, sum(seconds), steps, self.value)

    def _begin_full(self, see: Listener, stops: Callable[[], bool]) -> None:
        """Search a little for a plan in time, and then with shifts that may end late."""
        part, self.complete_by = _part(self.budget), 1.0
        self.search = trial = Search(self.chains, _share(part, MOST_TRIAL))

        def is_enough() -> bool:
            is_complete = self.value > -math.inf
            return stops() or (is_complete and trial.share * MOST_TRIAL >= TRIAL)

        trial.go(see, is_enough)
        promised = int(self.week.wants[:, layout.VISITS].sum())
        if min(chain.missing for chain in self.chains) > NEARLY * promised:
            self.is_lost = True
            return
        self.complete_by = FULL_BY
        self.spent = trial.share * MOST_TRIAL
        mending = min(MOST_MENDING, int(MENDING * part.about_steps))
        company = FullNights(self.chains, worth(self.packed), mending)
        rest = _share(part, 1.0 - self.spent)
        self.search = Search(self.chains, rest, WARM, company=company)

    def way_more(self) -> float:
        """What the ways of the week cost more than all few nights repeated equally often."""
        held = self.search.top_plan if self.search.top else self.search.company.held
        whole, period = self.few.week, self.few.problem.nights
        more = 0.0
        for night in range(period):
            size = np.where(self.week.shift[:, layout.NIGHT] == night, held.size, 0)
            often = self.few.often(night) - whole.nights / period
            more += often * parts.travel(self.week, parts.Held(held.stops, size))
        return more * whole.weights.travel_per_min


def _part(budget: Budget) -> Budget:
    """The share of a budget that the few nights get."""
    return _share(budget, FOLDED_UNTIL)


def _share(budget: Budget, share: float) -> Budget:
    if budget.steps is not None:
        return Budget(steps=int(budget.steps * share))
    return Budget((budget.seconds or 0.0) * share)


def _less(budget: Budget, seconds: float, steps: int) -> Budget:
    """What is left of a budget."""
    if budget.steps is not None:
        return Budget(steps=max(0, budget.steps - steps))
    return Budget(max(0.0, (budget.seconds or 0.0) - seconds))
