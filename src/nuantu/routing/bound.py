"""A proven upper bound on the expected encounters of a week.

Each location alone, as if every team were free for it: on each night the best hour in which a
shift that may visit it can arrive and still be back, then the best set of nights that keeps the
gap. No plan can do better at any location, so the sum is a bound for all plans, whichever promises
they keep.
"""

from collections.abc import Mapping, Sequence

from nuantu.routing.problem import Location, Problem, Shift, straight_km

ROUNDING = 1e-3  # minutes; the search works in single precision


def encounters_bound(problem: Problem) -> float:
    """No plan of this problem expects more encounters than this."""
    groups = _groups(problem)
    done: dict[str, list[int]] = {}
    for visit in problem.done:
        done.setdefault(visit.location, []).append(visit.night)
    return sum(
        best_nights(nightly(problem, place, groups), place.min_gap_nights, done.get(place.id, ()))
        for place in problem.locations
    )


def _groups(problem: Problem) -> Mapping[int, list[Shift]]:
    """Shifts by night, alike ones once."""
    alike: dict[tuple[object, ...], Shift] = {}
    for shift in problem.shifts:
        team = problem.team_by_id[shift.team]
        ends = (shift.start_min, shift.end_min, shift.overtime_min)
        key = (shift.night, shift.start_depot, shift.end_depot, ends, team.skills, team.seats)
        alike.setdefault((*key, team.max_hours, team.travel_factor), shift)
    found: dict[int, list[Shift]] = {}
    for shift in alike.values():
        found.setdefault(shift.night, []).append(shift)
    return found


def nightly(
    problem: Problem, place: Location, groups: Mapping[int, Sequence[Shift]]
) -> list[float | None]:
    """The best rate of each night; None for a night on which nobody can come."""
    found: list[float | None] = []
    for night in range(problem.nights):
        rates = [
            rate
            for shift in groups.get(night, ())
            if night not in place.closed_nights
            and (rate := _best_rate(problem, place, shift)) is not None
        ]
        found.append(max(rates, default=None))
    return found


def _best_rate(problem: Problem, place: Location, shift: Shift) -> float | None:
    """The best hour between the earliest arrival and the last one that is back in time."""
    team = problem.team_by_id[shift.team]
    if not set(place.needs) <= set(team.skills):
        return None
    if team.seats is not None and place.load > team.seats:
        return None
    row = problem.place_index
    there = row["location", place.id]
    first = shift.start_min
    last = shift.end_min + shift.overtime_min - place.service_min
    first += _least(problem, row["depot", shift.start_depot], there, team.travel_factor)
    last -= _least(problem, there, row["depot", shift.end_depot], team.travel_factor)
    return _peak(place, first - ROUNDING, last + ROUNDING)


def _least(problem: Problem, origin: int, destination: int, travel_factor: float) -> float:
    """Minutes that no way undercuts, whatever lies between: straight on at the highest speed."""
    travel = problem.travel
    if travel.matrix is not None:
        return 0.0
    fastest = max(kmh for _limit, kmh in travel.speeds)
    straight = straight_km(problem.places[origin], problem.places[destination])
    fixed = travel.fixed_min if straight > 0 else 0.0
    return (straight * travel.detour / fastest * 60 * travel_factor + fixed) * travel.factor


def _peak(place: Location, first: float, last: float) -> float | None:
    if last < first:
        return None
    if not place.windows:
        return _most(place, first, last)
    inside = [
        _most(place, max(first, begin - ROUNDING), min(last, end - place.service_min + ROUNDING))
        for begin, end in place.windows
        if max(first, begin - ROUNDING) <= min(last, end - place.service_min + ROUNDING)
    ]
    return max(inside, default=None)


def _most(place: Location, first: float, last: float) -> float:
    blocks = range(int(first // 60), int(last // 60) + 1)
    return max((place.rate_at(block * 60.0) for block in blocks), default=0.0)


def best_nights(rates: Sequence[float | None], gap: int, done: Sequence[int] = ()) -> float:
    """The largest sum over nights that are `gap` apart, from each other and from visits done."""
    best = [0.0] * (len(rates) + 1)
    for night, rate in enumerate(rates):
        before = best[max(0, night + 1 - gap)]
        is_free = rate is not None and all(abs(night - other) >= gap for other in done)
        taken = before + (rate or 0.0) if is_free else 0.0
        best[night + 1] = max(best[night], taken)
    return best[-1]
