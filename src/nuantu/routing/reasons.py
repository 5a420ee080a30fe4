"""Why a promise of a plan is not kept, and the list of all that are not."""

from collections.abc import Mapping, Sequence

from nuantu.routing.objective import objective_of, shortfalls, timed
from nuantu.routing.plan import Unmet
from nuantu.routing.problem import Location, Problem, Shift

Routes = Mapping[tuple[str, int], Sequence[str]]


def unmet_of(problem: Problem, routes: Routes) -> tuple[Unmet, ...]:
    """Every promise that the routes miss, with the reason, in the order of the problem."""
    _objective, clocks = objective_of(problem, routes)
    found = []
    for place, (visits, night) in shortfalls(problem, routes, clocks).items():
        location = problem.by_id[place]
        if visits:
            found.append(Unmet(place, visits, why_visits(problem, location, routes)))
        if night:
            reason = why_visits(problem, location, routes, at_night=True)
            found.append(Unmet(place, night, reason, "night"))
    return tuple(found)


def why_visits(
    problem: Problem, place: Location, routes: Routes | None = None, *, at_night: bool = False
) -> str:
    """The first thing that stands in the way, asked in the order in which it can be mended.

    With the routes of a plan it tells a place that opens after the teams are there from full shifts.
    """
    shifts: Sequence[Shift] = problem.shifts
    if _is_shut(problem, place):
        return "shut"
    if not shifts:
        return "no_shift"
    for code, may in (
        ("no_partner", _has_partner),
        ("no_seats", _has_seats),
        ("no_team", _is_back),
        ("no_window", _is_open),
    ):
        shifts = [shift for shift in shifts if may(problem, place, shift)]
        if not shifts:
            return code
    free = {shift.night for shift in shifts}
    done = [visit.night for visit in problem.done if visit.location == place.id]
    if _most_visits(free, done, place.min_gap_nights) < place.visits_per_week:
        return "too_few_nights"
    if any(_opens_late(problem, place, shift, routes) for shift in shifts if routes is not None):
        return "opens_late"
    return "night_full" if at_night else "full"


def _is_shut(problem: Problem, place: Location) -> bool:
    """Whether it never is open for as long as a visit takes, whatever the shifts."""
    is_ever_open = not place.windows or any(
        end > begin and end - begin >= place.service_min for begin, end in place.windows
    )
    return not is_ever_open or set(range(problem.nights)) <= set(place.closed_nights)


def _has_partner(problem: Problem, place: Location, shift: Shift) -> bool:
    return set(place.needs) <= set(problem.team_by_id[shift.team].skills)


def _has_seats(problem: Problem, place: Location, shift: Shift) -> bool:
    seats = problem.team_by_id[shift.team].seats
    return seats is None or place.load <= seats


def _legs(problem: Problem, place: Location, shift: Shift) -> tuple[float, float]:
    row = problem.place_index
    there, factor = row["location", place.id], problem.factor_of(shift)
    return (
        problem.minutes(row["depot", shift.start_depot], there, factor),
        problem.minutes(there, row["depot", shift.end_depot], factor),
    )


def _is_back(problem: Problem, place: Location, shift: Shift) -> bool:
    out, back = _legs(problem, place, shift)
    length = out + place.service_min + back
    most = problem.team_by_id[shift.team].max_hours
    latest = shift.end_min + shift.overtime_min
    return shift.start_min + length <= latest and (most is None or length <= most * 60)


def _is_open(problem: Problem, place: Location, shift: Shift) -> bool:
    """Whether some arrival between the way there and the last way back lies in a window."""
    if shift.night in place.closed_nights:
        return False
    out, back = _legs(problem, place, shift)
    first = shift.start_min + out
    last = shift.end_min + shift.overtime_min - back - place.service_min
    return not place.windows or any(
        max(first, begin) <= min(last, end - place.service_min) for begin, end in place.windows
    )


def _opens_late(problem: Problem, place: Location, shift: Shift, routes: Routes | None) -> bool:
    """Whether a team would make it as its last stop, if only it waited until the place opens."""
    stops = (routes or {}).get(shift.key, ())
    made = {key[1] for key, there in (routes or {}).items() if place.id in there}
    made |= {visit.night for visit in problem.done if visit.location == place.id}
    seats = problem.team_by_id[shift.team].seats
    load = place.load + sum(problem.by_id[stop].load for stop in stops)
    if any(abs(shift.night - other) < place.min_gap_nights for other in made):
        return False
    if seats is not None and load > seats:
        return False
    arrival = timed(problem, shift, [*stops, place.id]).arrivals[-1]
    back = _legs(problem, place, shift)[1]
    last = shift.end_min + shift.overtime_min - back - place.service_min
    ends = [(begin, min(last, end - place.service_min)) for begin, end in place.windows]
    return any(arrival < begin <= latest for begin, latest in ends) and not any(
        begin <= arrival <= latest for begin, latest in ends
    )


def _most_visits(free: set[int], done: Sequence[int], gap: int) -> int:
    """Visits that fit into the free nights with the gap, beside those that were done."""
    made = sum(night >= 0 for night in done)
    taken = list(done)
    for night in sorted(free):
        if all(abs(night - other) >= gap for other in taken):
            taken.append(night)
            made += 1
    return made
