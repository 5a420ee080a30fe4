"""Learning where people are, backtested on simulated seasons whose truth is known.

    PYTHONPATH=src python -m bench.learning [--seeds 4] [--plot docs/images/learning-calibration.svg]

Calibration: how often intervals of 5 to 95 % hold the true rate of a place and hour at a level.
Log score: log probability given to the finds of the following season, beside raw means (of the
place and hour, of the place), the mean of the kind at that hour and level, and the truth itself.
Exploration: people met in a season that visits the places the rates prefer, learnt anew each week.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from bench.learning_plot import write_plot
from nuantu.routing.learning import LearnParams, PastStop, learn
from nuantu.routing.learning.gamma import Array
from nuantu.routing.seasons import SeasonParams, Seasons, simulate

SHARES = tuple(round(0.05 * step, 2) for step in range(1, 20))
SHOWN = (0.5, 0.8, 0.95)
GROUPS = (("never visited", 0, 1), ("1 to 5 visits", 1, 6), ("6 to 20", 6, 21), ("more", 21, 10**9))
BASE = SeasonParams()
WORLDS = {
    "as modelled": BASE,
    "short (10 nights)": replace(BASE, nights=10),
    "people in groups": replace(BASE, crowding=2.0),
    "own hours per place": replace(BASE, quirk=0.3),
}


@dataclass
class Tally:
    """Hits by [share], [group, share], and how many rates were asked for."""

    hits: Array
    by_group: Array
    sizes: Array

    @classmethod
    def empty(cls) -> "Tally":
        groups = len(GROUPS)
        return cls(np.zeros(len(SHARES)), np.zeros((groups, len(SHARES))), np.zeros(groups))

    @property
    def coverage(self) -> Array:
        return np.asarray(self.hits / self.sizes.sum())


def calibrate(params: SeasonParams, seeds: Sequence[int]) -> tuple[Tally, float]:
    """Hits of all intervals over all seeds, and CPU seconds of one fit."""
    tally, seconds = Tally.empty(), 0.0
    for seed in seeds:
        seasons = simulate(params, seed)
        begin = time.process_time()
        learnt = learn(seasons.stops[0], seasons.kinds)
        seconds += time.process_time() - begin
        for column, level in enumerate(seasons.levels):
            table, truth = learnt.table(level), seasons.truth[0][:, :, column]
            group = np.array(
                [[low <= seen < high for seen in table.visits] for _n, low, high in GROUPS]
            )
            tally.sizes += group.sum(axis=1) * truth.shape[1]
            for at, share in enumerate(SHARES):
                low, high = table.interval(share)
                hit = ((low <= truth) & (truth <= high)).sum(axis=1)
                tally.hits[at] += hit.sum()
                tally.by_group[:, at] += group @ hit
    return tally, seconds / len(seeds)


Guess = Callable[[PastStop], float]


def raw_means(stops: Sequence[PastStop], key: Callable[[PastStop], object]) -> Guess:
    """Log score by the Poisson mean of all stops with the same key.

    One visit with the mean of all is added to every sum, as one find after none would else cost
    infinitely much.
    """
    overall = sum(stop.found for stop in stops) / len(stops)
    sums: dict[object, list[float]] = {}
    for stop in stops:
        total = sums.setdefault(key(stop), [overall, 1.0])
        total[0] += stop.found
        total[1] += 1

    def score(stop: PastStop) -> float:
        found, visits = sums.get(key(stop), (overall, 1.0))
        return poisson(stop.found, found / visits)

    return score


def poisson(found: int, mean: float) -> float:
    """Log probability of a count."""
    factorial = np.log(np.arange(1, found + 1)).sum()
    return float(found * np.log(mean) - mean - factorial)


def scores(seasons: Seasons, keep: float = 1.0) -> dict[str, float]:
    """Mean log score per stop of the last season, after learning from those before."""
    past = tuple(stop for year in seasons.stops[:-1] for stop in year)
    learnt = learn(
        past, seasons.kinds, params=LearnParams(keep_per_year=keep), levels=seasons.levels
    )
    tables = {level: learnt.table(level) for level in seasons.levels}
    row = {place: index for index, place in enumerate(tables[""].places)}
    column = {level: index for index, level in enumerate(seasons.levels)}
    kind = seasons.kinds

    def hour(stop: PastStop) -> int:
        return int(stop.minute // 60)

    guesses: dict[str, Guess] = {
        "learnt": lambda s: tables[s.level].log_score(row[s.location], hour(s), s.found),
        "mean of place and hour": raw_means(past, lambda s: (s.location, hour(s))),
        "mean of place": raw_means(past, lambda s: s.location),
        "mean of kind, hour, level": raw_means(
            past, lambda s: (kind[s.location], hour(s), s.level)
        ),
        "truth": lambda s: poisson(
            s.found, float(seasons.truth[-1][row[s.location], hour(s), column[s.level]])
        ),
    }
    last = seasons.stops[-1]
    return {name: float(np.mean([guess(stop) for stop in last])) for name, guess in guesses.items()}


def mean_scores(params: SeasonParams, seeds: Sequence[int], keep: float = 1.0) -> dict[str, float]:
    """Scores averaged over the seeds."""
    found = [scores(simulate(params, seed), keep) for seed in seeds]
    return {name: float(np.mean([one[name] for one in found])) for name in found[0]}


def explore(share: float, seed: int, weeks: int = 12, visits: int = 150) -> tuple[int, int]:
    """People met, and places never seen, when each week visits where the rates are highest.

    It begins with half of the places never visited and a fortnight of patrols at the others.
    """
    params = replace(BASE, nights=14, stops_per_night=40, unvisited=0.5, places=200)
    seasons, rng = simulate(params, seed), np.random.default_rng(seed)
    truth, stops, met = seasons.truth[0][:, :, 0], list(seasons.stops[0]), 0
    names = sorted(seasons.kinds)
    for week in range(weeks):
        table = learn(stops, seasons.kinds, params=LearnParams(keep_per_year=1.0)).table()
        rates = table.explored(share, seed=1000 * seed + week)
        best = rates.argmax(axis=1)
        chosen = np.argsort(-rates.max(axis=1), kind="stable")[: visits // 3]
        for place in chosen.tolist():
            for night in range(3):
                found = int(rng.poisson(truth[place, best[place]]))
                met += found
                when = date(2021, 1, 1) + timedelta(days=7 * week + 2 * night)
                stops.append(PastStop(names[place], when, 60.0 * best[place], found))
    return met, len(names) - len({stop.location for stop in stops})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    seeds = range(options.seeds)
    curves: dict[str, Array] = {}
    for name, params in WORLDS.items():
        tally, seconds = calibrate(params, seeds)
        curves[name] = tally.coverage
        shown = ", ".join(f"{s:.0%}: {tally.coverage[SHARES.index(s)]:.1%}" for s in SHOWN)
        print(f"calibration, {name}: {shown}; {seconds:.2f} CPU s a fit")
        for row, (group, _low, _high) in enumerate(GROUPS):
            if tally.sizes[row]:
                held = tally.by_group[row] / tally.sizes[row]
                shown = ", ".join(f"{s:.0%}: {held[SHARES.index(s)]:.1%}" for s in SHOWN)
                print(f"    {group}: {shown}")
    for name, params in (
        ("two seasons", BASE),
        ("two seasons, sparse", replace(BASE, stops_per_night=15)),
    ):
        found = mean_scores(replace(params, years=2), seeds)
        print(f"log score, {name}: " + ", ".join(f"{k} {v:.4f}" for k, v in found.items()))
    drifting = replace(BASE, years=4, drift=0.6, stops_per_night=25)
    for keep in (1.0, 0.6, 0.3, 0.1):
        found = mean_scores(drifting, seeds, keep)
        print(
            f"log score, drifting, keep {keep}: learnt {found['learnt']:.4f}, truth {found['truth']:.4f}"
        )
    for share in (0.0, 0.1, 0.3, 1.0):
        met, unseen = np.mean([explore(share, seed) for seed in seeds], axis=0)
        print(
            f"exploration {share}: {met:.0f} people met in 12 weeks, {unseen:.0f} places never seen"
        )
    if options.plot:
        write_plot(options.plot, SHARES, curves)


if __name__ == "__main__":
    main()
