"""How good and how fast weeks of patrols are planned.

    python -m bench.patrol FOLDER [--seconds N ...] [--seeds N ...] [--workers N] [--only NAME ...]
        [--made N ...] [--close]

FOLDER holds weeks as *.json, and may hold pvrp/*.txt (Cordeau) and top/*.txt (Chao). With `--made`
counties of these seeds stand for the weeks of the folder; with `--close` a bound that only plans which keep
every promise must stay below is told beside the other. Seconds are
computing seconds of each chain, one unless workers say more, after the search was compiled; every
plan goes through the checker, and its figures are the checker's. The goals stand in
docs/reference/benchmarks.md.
"""

import argparse
import json
import math
import resource
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from bench.patrol_plans import classic, seen
from bench.patrol_weeks import prefecture, read_pvrp, read_top, rota, under_cold
from nuantu.routing.bound import encounters_bound
from nuantu.routing.bounding import MOST_PLACES, Round, tight_bound, zone_bound
from nuantu.routing.checker import check
from nuantu.routing.problem import Problem
from nuantu.routing.problem_json import problem_from
from nuantu.routing.search.engine import Progress, ready
from nuantu.routing.solve import solve

ZONES_SECONDS = 300.0  # for the prices of all zones of a prefecture


@dataclass
class Watch:
    """Computing seconds until the first plan that keeps every promise."""

    complete: float = math.inf

    def see(self, found: Progress) -> None:
        if not found.missing:
            self.complete = min(self.complete, found.seconds)


def proven(name: str, problem: Problem) -> float:
    """The closest bound, with the seconds it took; by zones for a prefecture."""
    simple, before = encounters_bound(problem), time.process_time()
    if len(problem.locations) > MOST_PLACES:
        bound = zone_bound(problem, seconds=ZONES_SECONDS)
        spent = time.process_time() - before
        print(f"{name} bound by zones: {bound:.2f} after {spent:.0f} CPU s; alone {simple:.2f}")
        return bound
    rounds: list[Round] = []
    bound = tight_bound(problem, seconds=150.0, progress=rounds.append)
    spent = time.process_time() - before
    near = 1 - rounds[-1].mixture / rounds[-1].bound
    print(
        f"{name} bound: {bound:.2f} after {spent:.1f} CPU s and {len(rounds)} rounds, prices within {near:.2%} "
        f"of their limit; each location alone {simple:.2f}",
        flush=True,
    )
    return bound


def complete(name: str, problem: Problem) -> None:
    """A line for the bound of the plans that keep every promise."""
    before = time.process_time()
    bound = tight_bound(problem, seconds=150.0, is_complete=True)
    spent = time.process_time() - before
    print(f"{name} bound with every promise kept: {bound:.2f} after {spent:.1f} CPU s", flush=True)


def week(
    name: str, problem: Problem, bound: float, seconds: float, seed: int, workers: int = 1
) -> None:
    """One line for a week: against the rota and the bound."""
    paper = rota(problem)
    old = check(problem, paper).objective
    watch = Watch()
    plan = solve(problem, seconds=seconds, seed=seed, workers=workers, progress=watch.see)
    found = seen(problem, plan)
    ratio = found.encounters / old.encounters if old.encounters else math.inf
    print(
        f"{name} {seconds:g} s: missing {found.missing_visits}, first complete {watch.complete:.1f} s, "
        f"encounters {found.encounters:.1f} = {ratio:.3f} of the rota ({old.encounters:.1f}, "
        f"missing {old.missing_visits}) = {found.encounters / bound:.1%} of the bound {bound:.1f}, "
        f"travel {found.travel_minutes / 60:.0f} h, {plan.cpu_seconds:.1f} CPU s, {memory():.2f} GiB",
        flush=True,
    )


def memory() -> float:
    """The most memory of this process so far, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


def periodic(folder: Path, seconds: float, seeds: Sequence[int]) -> None:
    """Gap of the travelled distance to the best known, in percent."""
    gaps = []
    for path in sorted(folder.glob("*.txt")):
        instance = read_pvrp(path)
        found = [classic(instance, seconds, seed)[1].travel_minutes for seed in seeds]
        gap = [100 * (one / instance.best_known - 1) for one in found]
        gaps.append(mean(gap))
        print(f"PVRP {path.stem} {seconds:g} s:", *(f"{one:.2f}" for one in gap), "%", flush=True)
    if gaps:
        print(f"PVRP {seconds:g} s, mean gap: {mean(gaps):.2f} %", flush=True)


def orienteering(folder: Path, seconds: float, seeds: Sequence[int]) -> None:
    """Gap of the score to the best known, in percent."""
    gaps = []
    for path in sorted(folder.glob("*.txt")):
        instance = read_top(path)
        found = [classic(instance, seconds, seed)[1].encounters for seed in seeds]
        gap = [100 * (1 - one / instance.best_known) for one in found]
        gaps.append(mean(gap))
        print(f"TOP {path.stem} {seconds:g} s:", *(f"{one:.2f}" for one in gap), "%", flush=True)
    if gaps:
        print(f"TOP {seconds:g} s, mean gap: {mean(gaps):.2f} %", flush=True)


def main() -> None:
    options = _options()
    before = time.process_time()
    ready()
    print(
        f"search loaded (compiled when the cache is cold): {time.process_time() - before:.1f} CPU s"
    )
    folder, seed = options.folder, options.seeds[0]
    if "weeks" in options.only:
        problems = list(weeks(folder, options.made))
        for problem in problems if options.close else ():
            complete(problem.name, problem)
        counties(problems, options.seconds, seed, options.workers)
    for seconds in options.seconds or (10.0,):
        if "pvrp" in options.only:
            periodic(folder / "pvrp", seconds, options.seeds)
        if "top" in options.only:
            orienteering(folder / "top", seconds, options.seeds)
    if "prefecture" in options.only:
        problem = prefecture()
        bound = proven("prefecture", problem)
        for seconds in options.seconds or (20.0, 60.0):
            week("prefecture", problem, bound, seconds, seed, options.workers)


def weeks(folder: Path, made: Sequence[int]) -> Iterator[Problem]:
    """The counties of these seeds, else the weeks of the folder."""
    for number in made:
        yield prefecture(300, 12, 2, number, name=f"county {number}")
    for path in [] if made else sorted(folder.glob("*.json")):
        yield problem_from(json.loads(path.read_text("utf-8")))


def counties(problems: Iterable[Problem], limits: Sequence[float], seed: int, workers: int) -> None:
    """Every week as it is and under a cold wave."""
    for problem in problems:
        name, cold = problem.name, under_cold(problem)
        bound, cold_bound = proven(name, problem), proven(f"{name} cold", cold)
        for seconds in limits or (2.0, 10.0, 60.0):
            week(name, problem, bound, seconds, seed, workers)
        for seconds in limits or (2.0, 20.0):
            week(f"{name} cold", cold, cold_bound, seconds, seed, workers)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, nargs="*")
    parser.add_argument("--seeds", type=int, nargs="*", default=[1])
    parser.add_argument("--made", type=int, nargs="*", default=[])
    parser.add_argument("--close", action="store_true")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=["weeks", "pvrp", "top", "prefecture"])
    return parser.parse_args()


if __name__ == "__main__":
    main()
