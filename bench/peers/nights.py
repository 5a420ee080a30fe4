"""On which nights visits are made, balanced over the zones and nights by CP-SAT.

Locations of one promise that lie together move together, about six at a time.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import combinations, pairwise, product
from typing import Any

import numpy as np

from bench.peers.visits import Nights, Week

TOGETHER = 6
SHARE = 0.08  # of a budget that may go into choosing nights
OVERFULL = 100  # cost of a minute above what a night holds, in minutes off the mean

Spans = tuple[tuple[int, ...], ...]
Patterns = Callable[[int, int, int], list[Spans]]


def single_nights(nights: int, visits: int, gap: int) -> list[Spans]:
    """Every set of nights that keeps the gap."""
    return [
        tuple((night,) for night in chosen)
        for chosen in combinations(range(nights), visits)
        if all(b - a >= gap for a, b in pairwise(chosen))
    ]


def spans_of_nights(nights: int, visits: int, gap: int) -> list[Spans]:
    """Spans of up to three nights that keep the gap whichever of their nights is taken."""
    found = []
    for starts in combinations(range(nights), visits):
        for lengths in product((1, 2, 3), repeat=visits):
            ends = [a + n - 1 for a, n in zip(starts, lengths, strict=True)]
            is_kept = all(b - a >= gap for a, b in zip(ends, starts[1:], strict=False))
            if is_kept and ends[-1] < nights:
                spans = zip(starts, ends, strict=True)
                found.append(tuple(tuple(range(a, b + 1)) for a, b in spans))
    widest = max((sum(map(len, spans)) for spans in found), default=0)
    return [spans for spans in found if sum(map(len, spans)) == widest]


def nights_of(week: Week, patterns: Patterns, seconds: float) -> Nights:
    """Chosen by CP-SAT where there is something to choose."""
    if not any(place.visits_per_week for place in week.problem.locations):
        return {}
    return choose_nights(week, patterns, seconds)


def choose_nights(week: Week, patterns: Patterns, seconds: float) -> Nights:
    """The nights of every location that is promised visits."""
    groups = _together(week)
    model_of: Any = import_module("ortools.sat.python.cp_model")
    model = model_of.CpModel()
    load: dict[tuple[int, int], list[Any]] = defaultdict(list)
    options = []
    for zone, members in groups:
        place = week.problem.locations[members[0]]
        found = patterns(week.problem.nights, place.visits_per_week, max(1, place.min_gap_nights))
        chosen = [model.new_bool_var("") for _one in found]
        model.add_exactly_one(chosen)
        minutes = sum(_minutes(week, member) for member in members)
        for spans, is_chosen in zip(found, chosen, strict=True):
            for span in spans:
                for night in span:
                    load[zone, night].append(round(minutes / len(span)) * is_chosen)
        options.append((members, found, chosen))
    _balance(week, model, load)
    solver = model_of.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = max(0.5, SHARE * seconds)
    is_found = solver.solve(model) in (model_of.OPTIMAL, model_of.FEASIBLE)
    nights: dict[int, Spans] = {}
    for number, (members, found, chosen) in enumerate(options):
        taken = [is_found and solver.boolean_value(one) for one in chosen]
        row = taken.index(True) if is_found else number % len(found)
        nights |= dict.fromkeys(members, found[row])
    return nights


def _balance(week: Week, model: Any, load: dict[tuple[int, int], list[Any]]) -> None:
    """Nights of a zone near their mean, and above what the zone's shifts hold only in need."""
    cost = []
    for zone in {zone for zone, _night in load}:
        rows = [load[zone, night] for night in range(week.problem.nights)]
        for night, row in enumerate(rows):
            room = sum(
                round(s.end_min - s.start_min) - 20
                for s in week.problem.shifts
                if s.night == night and week.depots[s.start_depot] == zone
            )
            over = model.new_int_var(0, 10**6, "")
            model.add(over >= sum(row) - room)
            off = model.new_int_var(0, 10**6, "")
            whole = sum(sum(each) for each in rows)
            model.add(off * week.problem.nights >= sum(row) * week.problem.nights - whole)
            cost += [OVERFULL * over, off]
    model.minimize(sum(cost))


def _minutes(week: Week, place: int) -> float:
    """About what a visit takes: the service and a short leg."""
    row = week.row(place)
    legs = np.sort(week.minutes[row, len(week.depots) :])
    leg = float(legs[1:4].mean()) if len(legs) > 3 else 1.0
    return week.problem.locations[place].service_min + leg


def _together(week: Week) -> list[tuple[int, list[int]]]:
    """(zone, locations near each other with the same promise); a zone is the nearest depot."""
    first = len(week.depots)
    by_kind: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for number, place in enumerate(week.problem.locations):
        if place.visits_per_week:
            zone = int(week.minutes[:first, week.row(number)].argmin())
            by_kind[zone, place.visits_per_week, place.min_gap_nights].append(number)
    found = []
    for (zone, _visits, _gap), members in by_kind.items():
        left: Sequence[int] = members
        while left:
            near = sorted(left, key=lambda m: week.minutes[week.row(left[0]), week.row(m)])
            found.append((zone, list(near[:TOGETHER])))
            left = near[TOGETHER:]
    return found
