"""Weeks to plan: made up, or read from the classic files of periodic routing and team orienteering."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nuantu.routing.objective import timed
from nuantu.routing.plan import Plan
from nuantu.routing.problem import (
    Depot,
    Location,
    Problem,
    Shift,
    Team,
    Travel,
    Weights,
    straight_km,
)
from nuantu.routing.solve import finished

ROADS = Travel(1.32, ((3.0, 24.0), (12.0, 34.0), (math.inf, 50.0)), 1.0)
STRAIGHT = Travel(1.0, ((math.inf, 60.0),))  # a minute for each unit of length
HOURLY = {
    "station": (7, 10, 12, 12, 11, 8, 7, 6, 6, 6, 7, 8),
    "bridge": (2, 3, 6, 8, 10, 11, 11, 11, 11, 11, 10, 6),
    "square": (11, 16, 16, 13, 10, 7, 5, 5, 3, 3, 5, 6),
    "atm": (1, 2, 5, 7, 10, 12, 12, 12, 12, 12, 10, 5),
}
# Best known values, typed from the literature.
PVRP = {
    "p01": 524.61,
    "p02": 1322.87,
    "p03": 524.61,
    "p04": 835.26,
    "p06": 835.26,
    "p07": 826.14,
    "p09": 826.14,
}
TOP = {"p4.2.h": 835, "p4.3.m": 1063, "p4.4.l": 880, "p7.2.t": 1179, "p7.3.t": 1120}


@dataclass(frozen=True)
class Classic:
    """A classic instance: nights a location's visits may be on, and its best known value."""

    problem: Problem
    night_sets: Mapping[str, Sequence[Sequence[int]]]
    best_known: float


def prefecture(
    locations: int = 3000,
    teams: int = 120,
    depots: int = 12,
    seed: int = 1,
    *,
    name: str = "prefecture",
) -> Problem:
    """Towns around depots, a tenth of the places scattered; hours and visits as in a county."""
    dice = np.random.default_rng(seed)
    homes = [
        Depot(f"D{n}", 25 + 45 * (n % 4) + dice.uniform(-9, 9), 22 + 42 * (n // 4))
        for n in range(depots)
    ]
    places = [_place(dice, f"L{n}", homes[n % depots]) for n in range(locations)]
    shifts = [
        Shift(f"T{t}", night, f"D{t % depots}", f"D{t % depots}", begin, begin + 300)
        for t in range(teams)
        for night in range(7)
        for begin in [60.0 if (t // depots) % 3 == 2 else 240.0]
    ]
    return Problem(name, 7, tuple(homes), tuple(places), tuple(shifts), ROADS)


def _place(dice: np.random.Generator, name: str, home: Depot) -> Location:
    kind = sorted(HOURLY)[int(dice.integers(len(HOURLY)))]
    spread = 18.0 if dice.random() < 0.1 else 6.0
    total = float(dice.gamma(0.7, 1.8))
    daily = dice.random() < 0.12
    return Location(
        name,
        home.x + dice.normal(0, spread),
        home.y + dice.normal(0, spread),
        float(dice.choice((6.0, 8.0, 10.0, 12.0, 15.0))),
        7 if daily else 3,
        1 if daily else 2,
        tuple(total * share / 100 for share in HOURLY[kind]),
        kind=kind,
    )


def under_cold(problem: Problem) -> Problem:
    """The same week with every location every night, in shifts of eight hours."""
    places = [
        replace(p, visits_per_week=problem.nights, min_gap_nights=1) for p in problem.locations
    ]
    shifts = [replace(s, end_min=s.start_min + 480) for s in problem.shifts]
    return replace(problem, locations=tuple(places), shifts=tuple(shifts))


def rota(problem: Problem) -> Plan:
    """What a bureau does on paper: each team has a sector and drives its round, night after night."""
    stops: dict[tuple[str, int], list[str]] = {}
    last: dict[str, int] = {}
    made: dict[str, int] = {}
    for team, sector in _sectors(problem).items():
        begin = 0
        for shift in sorted((s for s in problem.shifts if s.team == team), key=lambda s: s.night):
            route: list[str] = []
            for step in range(len(sector)):
                place = sector[(begin + step) % len(sector)]
                if shift.night - last.get(place.id, -99) < place.min_gap_nights:
                    continue
                if made.get(place.id, 0) >= place.visits_per_week:
                    continue
                if timed(problem, shift, [*route, place.id]).back > shift.end_min:
                    break
                route.append(place.id)
                last[place.id] = shift.night
                made[place.id] = made.get(place.id, 0) + 1
            begin = (begin + step) % len(sector) if sector else 0
            stops[shift.key] = route
    return finished(problem, stops, 0.0, 0)


def _sectors(problem: Problem) -> dict[str, list[Location]]:
    """Locations by nearest depot and angle, each team's in the order of the nearest next."""
    teams: dict[str, list[str]] = {}
    for shift in problem.shifts:
        if shift.team not in teams.setdefault(shift.start_depot, []):
            teams[shift.start_depot].append(shift.team)
    homes = [depot for depot in problem.depots if depot.id in teams]
    around: dict[str, list[Location]] = {depot.id: [] for depot in homes}
    for place in problem.locations:
        around[min(homes, key=lambda d: straight_km(d, place)).id].append(place)
    found = {}
    for home in homes:
        ring = sorted(around[home.id], key=lambda p: math.atan2(p.y - home.y, p.x - home.x))
        crew = teams[home.id]
        for number, team in enumerate(crew):
            part = ring[number * len(ring) // len(crew) : (number + 1) * len(ring) // len(crew)]
            found[team] = _round(part, home)
    return found


def _round(places: list[Location], home: Depot) -> list[Location]:
    at: Depot | Location = home
    left, found = list(places), []
    while left:
        at = min(left, key=lambda place: straight_km(at, place))
        left.remove(at)
        found.append(at)
    return found


def read_pvrp(path: Path) -> Classic:
    """A file of Cordeau's format: least distance, every visit made, in one of its sets of days."""
    rows = [line.split() for line in path.read_text("utf-8").splitlines() if line.strip()]
    _kind, vehicles, customers, days = map(int, rows[0][:4])
    longest, seats = float(rows[1][0]) or 1e6, float(rows[1][1])
    home = rows[days + 1]
    depot = Depot("D", float(home[1]), float(home[2]))
    places, sets = [], {}
    for row in rows[days + 2 : days + 2 + customers]:
        name, visits = row[0], int(row[5])
        masks = [int(mask) for mask in row[7:]]
        sets[name] = [
            [day for day in range(days) if mask >> (days - 1 - day) & 1] for mask in masks
        ]
        place = Location(
            name, float(row[1]), float(row[2]), float(row[3]), visits, 1, (0.0,), load=float(row[4])
        )
        places.append(place)
    teams = tuple(Team(f"T{n}", seats=seats) for n in range(vehicles))
    shifts = tuple(Shift(t.id, day, "D", "D", 0, longest) for t in teams for day in range(days))
    problem = Problem(
        path.stem, days, (depot,), tuple(places), shifts, STRAIGHT, teams, weights=Weights(1.0)
    )
    return Classic(problem, sets, PVRP[path.stem])


def read_top(path: Path) -> Classic:
    """A file of Chao's format: most score within the time of each tour."""
    rows = [line.split(";") for line in path.read_text("utf-8").splitlines() if line.strip()]
    teams, longest = int(rows[1][1]), float(rows[2][1])
    points = [tuple(map(float, row)) for row in rows[3:]]
    ends = Depot("A", points[0][0], points[0][1]), Depot("B", points[-1][0], points[-1][1])
    blocks = int(longest // 60) + 1
    places = [
        Location(str(n), x, y, 0.0, 0, 1, (score,) * blocks)
        for n, (x, y, score) in enumerate(points[1:-1])
        if score > 0
    ]
    shifts = tuple(Shift(f"T{n}", 0, "A", "B", 0.0, longest) for n in range(teams))
    problem = Problem(path.stem, 1, ends, tuple(places), shifts, STRAIGHT, weights=Weights(0.05))
    return Classic(problem, {}, TOP[path.stem])
