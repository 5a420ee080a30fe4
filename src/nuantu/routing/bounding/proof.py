"""Prices and walks in turns until no walk gains anything, or the time is over."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nuantu.routing.bound import encounters_bound
from nuantu.routing.bounding.folding import MOST_NIGHTS, Row, owed_rows, rows_of
from nuantu.routing.bounding.grid import FINE, STEPS, Doubles, Grid, grid_of
from nuantu.routing.bounding.master import Master
from nuantu.routing.bounding.walks import Entries, Walk, best_walks, entries, tables_for
from nuantu.routing.problem import Problem

MOST_PLACES = 1000
WALKS = 16  # of a crew in a round
NEAR, PROVING = 50, 4  # entries of a place in most rounds; rounds from one proof to the next
CLOSE = 1e-3  # share of the bound at which more rounds are not worth it
CLOSER = 2e-4  # and where every promise counts, which is asked for by who has the time
SINGLE = 1e-5  # share that sums in single precision may lose
SMOOTH, SMOOTH_LATER, SETTLE = 0.9, 0.6, 0.02
GUESSES = (0.0, 0.1, 0.2, 0.4)  # worth of a minute, as shares of what the best visits pay


@dataclass(frozen=True, slots=True)
class Round:
    """`bound`: proven so far. `mixture`: what the walks known so far reach, at most the limit."""

    number: int
    bound: float
    mixture: float
    seconds: float


def tight_bound(
    problem: Problem,
    *,
    seconds: float = 60.0,
    progress: Callable[[Round], None] | None = None,
    is_complete: bool = False,
) -> float:
    """No plan of this problem expects more encounters than this.

    `is_complete`: no plan that keeps every promised visit; a little closer, for twice the seconds.

    Ends at `seconds` of computing time, or when the bound is within a thousandth of its limit; then
    the prices are looked at once more on a finer grid (2 s for a county), which is a little closer.
    Where the folded week cannot be set up (more than 12 nights or 1,000 locations, visits without
    any time between them) it is the bound of each location alone.
    """
    simple = encounters_bound(problem)
    if not problem.locations or not problem.shifts:
        return simple
    if problem.nights > MOST_NIGHTS or len(problem.locations) > MOST_PLACES:
        return simple
    grids = (grid_of(problem, step) for step in STEPS)
    grid = next((grid for grid in grids if grid.chunk >= 1), None)
    if grid is None:
        return simple
    proof = Proof(problem, grid, is_complete=is_complete)
    found = proof.go(seconds, progress)
    return min(simple, found, proof.on(grid_of(problem, FINE)))


class Proof:
    """`bound`: proven so far; `centre`: the prices that prove it."""

    def __init__(self, problem: Problem, grid: Grid, *, is_complete: bool = False) -> None:
        self.grid, self.rows = grid, rows_of(problem)
        self.close = CLOSER if is_complete else CLOSE
        if is_complete:
            self.rows += owed_rows(problem)
        self.master = Master(self.rows, grid.crews, len(problem.locations))
        self.tables = tables_for(grid)
        self.every, self.near = entries(grid), entries(grid, NEAR)
        self.bound, self.centre = math.inf, np.zeros(len(self.master.most))

    def go(self, seconds: float, progress: Callable[[Round], None] | None) -> float:
        begun, number = time.process_time(), 0
        self.guess()
        while (spent := time.process_time() - begun) < seconds:
            mixture, prices = self.master.solve()
            if progress:
                progress(Round(number, self.bound, mixture, spent))
            if self.bound - mixture <= self.close * self.bound or not self.step(prices, number):
                break
            number += 1
        return self.bound * (1 + SINGLE)

    def step(self, prices: Doubles, number: int) -> bool:
        """Look for walks near the best prices so far, then at the programme's own. False at the end.

        Most rounds look at short legs alone, which proves nothing and costs little.
        """
        share = max(SMOOTH_LATER, SMOOTH - SETTLE * number)
        between = share * self.centre + (1 - share) * prices
        if number % PROVING and self.master.take(self.look(between, self.near)):
            return True
        return bool(
            self.master.take(self.look(between, self.every))
            or self.master.take(self.look(prices, self.every))
        )

    def look(self, prices: Doubles, from_where: Entries) -> list[Walk]:
        """The walks that gain most at these prices; what they gain together proves a bound."""
        costs = self.master.of_visits(prices)
        total, found = self.of_rows(prices), []
        for number, crew in enumerate(self.grid.crews):
            gain, walks = best_walks(
                self.grid, number, costs[crew.side], self.tables, WALKS, from_where
            )
            total += crew.shifts * max(0.0, gain)
            found += walks
        if from_where is self.every and total < self.bound:
            self.bound, self.centre = total, prices
        return found

    def of_rows(self, prices: Doubles) -> float:
        """What all visits that the rows allow cost together."""
        own = len(self.rows)
        return float(prices[:own] @ self.master.most[:own])

    def on(self, grid: Grid) -> float:
        """The bound that the best prices prove on another grid; with the same crews."""
        costs, tables, every = self.master.of_visits(self.centre), tables_for(grid), entries(grid)
        total = self.of_rows(self.centre)
        for number, crew in enumerate(grid.crews):
            gain, _walks = best_walks(grid, number, costs[crew.side], tables, 0, every)
            total += crew.shifts * max(0.0, gain)
        return total * (1 + SINGLE)

    def guess(self) -> None:
        """Prices to begin near: what a visit pays at its best, less the worth of its minutes."""
        steps = np.sort(self.grid.legs[0], axis=1)[:, :3].mean(axis=1)
        peaks = np.maximum(0.0, np.max([crew.pay.max(axis=1) for crew in self.grid.crews], axis=0))
        worth = float(np.median(peaks / np.maximum(steps, 1.0)))
        for share in GUESSES:
            left = np.maximum(0.0, peaks - share * worth * steps)
            self.master.take(self.look(self.priced(left), self.every))

    def priced(self, visits: Doubles) -> Doubles:
        """Prices of the rows at which a visit costs about this much."""
        rows: list[Row] = self.rows
        prices = np.zeros(len(self.master.most))
        for number, row in enumerate(rows):
            sides = sum(share > 0 for share in row.share)
            if sides:
                prices[number] = visits[row.place] * sides / sum(row.share)
        return prices
