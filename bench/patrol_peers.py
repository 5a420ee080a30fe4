"""Weeks of patrols by our search and by the field's solvers, side by side in one run.

    python -m bench.patrol_peers FOLDER [--seconds 10 60] [--seed 1] [--only weeks pvrp top ...]

FOLDER holds weeks as *.json, and may hold pvrp/*.txt (Cordeau) and top/*.txt (Chao). Beside each
week of the folder stand the same week under a cold wave and a county made up by `--seed`. Every plan
goes through the checker, and its figures are the checker's. Seconds are computing seconds of one
thread, setting up included; ours after the search was compiled. Peers come from
`requirements-peers.lock`; the run says which are absent and goes on without them.
"""

import argparse
import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import mean

from bench.patrol_plans import classic
from bench.patrol_weeks import Classic, prefecture, read_pvrp, read_top, rota, under_cold
from bench.peers import by_ortools, by_pyvrp, by_vroom, periodic
from bench.peers.visits import Stops
from nuantu.routing.checker import check
from nuantu.routing.objective import Objective
from nuantu.routing.plan import Plan
from nuantu.routing.problem import Problem
from nuantu.routing.problem_json import problem_from
from nuantu.routing.search.engine import ready
from nuantu.routing.solve import finished, solve

OURS, PAPER = "nuantu", "fixed rota"
COLD_SECONDS = 20.0


@dataclass(frozen=True)
class Peer:
    """A way to plan, and the packages it needs."""

    name: str
    needs: tuple[str, ...]
    go: Callable[[Problem, float, int], Stops]


@dataclass(frozen=True)
class ClassicPeer:
    """A way to plan a classic instance, whose nights lie in sets."""

    name: str
    needs: tuple[str, ...]
    go: Callable[[Classic, float, int], Stops]


WEEKS = (
    Peer("CP-SAT + PyVRP", ("ortools", "pyvrp"), by_pyvrp.night_by_night),
    Peer("PyVRP week", ("ortools", "pyvrp"), by_pyvrp.week_at_once),
    Peer("OR-Tools", ("ortools",), by_ortools.week_at_once),
    Peer("VROOM", ("ortools", "vroom"), by_vroom.week_at_once),
)
TOP = (
    Peer("PyVRP", ("pyvrp",), by_pyvrp.week_at_once),
    Peer("OR-Tools", ("ortools",), by_ortools.week_at_once),
    Peer("VROOM", ("vroom",), by_vroom.week_at_once),
)
PVRP = (
    ClassicPeer("PyVRP", ("pyvrp",), periodic.by_turns),
    ClassicPeer("OR-Tools", ("ortools",), periodic.by_ortools_once),
    ClassicPeer("VROOM", ("vroom",), periodic.by_vroom_once),
)


def main() -> None:
    options = _options()
    absent = [name for name in ("pyvrp", "ortools", "vroom") if not find_spec(name)]
    if absent:
        print("absent, left out:", ", ".join(absent), "(requirements-peers.lock)", flush=True)
    ready()
    for problem in _weeks(options.folder, options.seed):
        for seconds in options.seconds if "weeks" in options.only else ():
            compared(problem, seconds, options.seed)
        if "cold" in options.only:
            compared(under_cold(problem), COLD_SECONDS, options.seed, "under cold")
    limit = min(options.seconds)
    for kind, read in (("PVRP", read_pvrp), ("TOP", read_top)):
        if kind.lower() in options.only:
            classics(kind, options.folder, read, limit, options.seed)


def _weeks(folder: Path, seed: int) -> Iterator[Problem]:
    for path in sorted(folder.glob("*.json")):
        yield problem_from(json.loads(path.read_text("utf-8")))
    yield prefecture(300, 12, 2, seed + 40, name=f"county {seed}")


def _present(needs: Sequence[str]) -> bool:
    return all(find_spec(name) for name in needs)


def compared(problem: Problem, seconds: float, seed: int, under: str = "") -> None:
    """A table of one week: what each misses and meets, and ours as a multiple of it."""
    print(f"\n{problem.name} {under} {seconds:g} s", flush=True)
    began = time.process_time()
    ours = told(problem, solve(problem, seconds=seconds, seed=seed))
    _row(OURS, ours, ours, time.process_time() - began)
    _row(PAPER, told(problem, rota(problem)), ours, 0.0)
    for peer in WEEKS:
        if _present(peer.needs):
            began = time.process_time()
            stops = peer.go(problem, seconds, seed)
            spent = time.process_time() - began
            _row(peer.name, told(problem, finished(problem, stops, spent, seed)), ours, spent)


def _row(name: str, found: Objective, ours: Objective, spent: float) -> None:
    ratio = ours.encounters / found.encounters if found.encounters else math.inf
    print(
        f"  {name:15} missing {found.missing_visits:4d}  encounters {found.encounters:7.1f}  "
        f"nuantu {ratio:.3f} times  travel {found.travel_minutes / 60:4.0f} h  {spent:5.1f} CPU s",
        flush=True,
    )


def told(problem: Problem, plan: Plan) -> Objective:
    """What the checker finds; a plan that cannot be driven is said so and counted as it is."""
    report = check(problem, plan)
    if not report.is_valid:
        print("  not valid:", *map(str, report.breaches[:3]), flush=True)
    return report.objective


@dataclass
class Gaps:
    """Gaps of one way to the best known values, in percent."""

    found: list[float] = field(default_factory=list)
    missing: int = 0

    def __str__(self) -> str:
        if not self.found:
            return "no complete plan"
        left_out = f", {self.missing} without a complete plan" if self.missing else ""
        return f"{mean(self.found):.2f} %{left_out}"


def classics(
    kind: str, folder: Path, read: Callable[[Path], Classic], seconds: float, seed: int
) -> None:
    """Mean gaps of the classic instances of a folder."""
    gaps: dict[str, Gaps] = {}
    for path in sorted((folder / kind.lower()).glob("*.txt")):
        instance = read(path)
        found = {OURS: classic(instance, seconds, seed)[1]}
        found |= dict(_by_peers(kind, instance, seconds, seed))
        for name, objective in found.items():
            if objective.missing_visits:
                gaps.setdefault(name, Gaps()).missing += 1
            else:
                gaps.setdefault(name, Gaps()).found.append(_gap(kind, instance, objective))
        print(kind, path.stem, *(f"{n} {_gap(kind, instance, o):.2f}" for n, o in found.items()))
    for name, gap in gaps.items():
        print(f"{kind} {seconds:g} s, mean gap, {name}: {gap}", flush=True)


def _by_peers(
    kind: str, instance: Classic, seconds: float, seed: int
) -> Iterator[tuple[str, Objective]]:
    problem = instance.problem
    if kind == "TOP":
        for peer in TOP:
            if _present(peer.needs):
                stops = peer.go(problem, seconds, seed)
                yield peer.name, told(problem, finished(problem, stops, seconds, seed))
        return
    for other in PVRP:
        if _present(other.needs):
            stops = other.go(instance, seconds, seed)
            yield other.name, told(problem, finished(problem, stops, seconds, seed))


def _gap(kind: str, instance: Classic, found: Objective) -> float:
    if found.missing_visits:
        return math.nan
    if kind == "TOP":
        return 100 * (1 - found.encounters / instance.best_known)
    return 100 * (found.travel_minutes / instance.best_known - 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, nargs="+", default=[10.0, 60.0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=["weeks", "cold", "pvrp", "top"])
    return parser.parse_args()


if __name__ == "__main__":
    main()
