"""What would mend the promises of a week that cannot be kept: the shifts it lacks, best first.

Each shift that exists is thought once more on every night, with the partners that the missed
locations need; the plan is improved for a moment with it, and the one that keeps most promises is taken.
So it goes on until nothing is missed or nothing helps.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nuantu.routing.plan import Plan, Route
from nuantu.routing.problem import Problem, Shift, Team
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.engine import Budget, Search, ready, routes_of
from nuantu.routing.search.pack import pack
from nuantu.routing.solve import WARM

MOST_SHIFTS = 5
MOST_PLACES = 1000  # above them each trial would take seconds
KINDS = 2  # kinds of shift that are thought of, the most frequent first
STEPS = 150  # of search with each
EXTRA = "+"  # before the number of a team that does not exist


Extra = tuple[Shift, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Mend:
    """One more shift on a night. `keeps`: promises that it keeps, `left`: those still missed."""

    night: int
    depot: str
    start_min: float
    end_min: float
    skills: tuple[str, ...]
    keeps: int
    left: int


def mends(
    problem: Problem,
    plan: Plan,
    *,
    seed: int = 1,
    most: int = MOST_SHIFTS,
    extras: Sequence[Extra] | None = None,
) -> tuple[Mend, ...]:
    """The shifts that would keep the missed promises, in the order in which they help most.

    `extras` are the shifts that can be had, each with what its team brings, the preferred first;
    None thinks of every shift once more on every night, with the partners that are needed.
    """
    found: list[Mend] = []
    left, routes = sum(item.missing for item in plan.unmet), plan.routes
    if extras is None:
        skills = _needed(problem, plan)
        extras = [(shift, skills) for shift in _options(problem)]
    if not left or not extras or len(problem.locations) > MOST_PLACES:
        return ()
    ready()
    while left and len(found) < most:
        options = [_with(problem, *extra, len(found)) for extra in extras]
        chains = [_chain(option, routes, seed) for option in options]
        best = min(range(len(chains)), key=lambda number: (chains[number].missing, number))
        missed = chains[best].missing
        if missed >= left:
            break
        problem, routes = options[best], _routes(chains[best])
        shift = problem.shifts[-1]
        times, skills = (shift.start_min, shift.end_min), extras[best][1]
        found.append(Mend(shift.night, shift.start_depot, *times, skills, left - missed, missed))
        left = missed
    return tuple(found)


def _chain(problem: Problem, routes: Sequence[Route], seed: int) -> Chain:
    chain = Chain(pack(problem), seed, routes)
    return Search([chain], Budget(steps=STEPS), WARM).go()


def _routes(chain: Chain) -> tuple[Route, ...]:
    return tuple(Route(*key, stops) for key, stops in routes_of(chain).items() if stops)


def _needed(problem: Problem, plan: Plan) -> tuple[str, ...]:
    missed = [problem.by_id[item.location] for item in plan.unmet]
    return tuple(sorted({name for place in missed for name in place.needs}))


def _options(problem: Problem) -> list[Shift]:
    """The most frequent kinds of shift, on every night."""
    like: dict[tuple[object, ...], Shift] = {}
    kinds: Counter[tuple[object, ...]] = Counter()
    for s in problem.shifts:
        kind = (s.start_depot, s.end_depot, s.start_min, s.end_min, problem.factor_of(s))
        like.setdefault(kind, s)
        kinds[kind] += 1
    return [
        replace(like[kind], night=night, overtime_min=0.0, held=None)
        for kind, _times in kinds.most_common(KINDS)
        for night in range(problem.nights)
    ]


def _with(problem: Problem, shift: Shift, skills: tuple[str, ...], number: int) -> Problem:
    """The problem with one more team that has only this shift and brings what is needed."""
    like = problem.team_by_id.get(shift.team, Team(shift.team))
    team = Team(f"{EXTRA}{number + 1}", skills, travel_factor=like.travel_factor)
    more = replace(shift, team=team.id)
    return replace(problem, teams=(*problem.teams, team), shifts=(*problem.shifts, more))
