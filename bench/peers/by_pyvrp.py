"""PyVRP: the whole week as one problem, and one night at a time."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from bench.peers.nights import choose_nights, nights_of, single_nights, spans_of_nights
from bench.peers.visits import TICKS, Clock, Stops, Visit, Week, every_visit
from nuantu.routing.problem import Problem, Shift

EXTRA = 20  # locations without a promise tonight that a night is offered


def week_at_once(problem: Problem, seconds: float, seed: int) -> Stops:
    """One problem in absolute time; a span of nights for each visit, chosen by CP-SAT."""
    clock, week = Clock(seconds), Week(problem)
    nights = nights_of(week, spans_of_nights, seconds)
    visits = every_visit(week, nights, peak=not week.is_strict)
    return routes(week, visits, problem.shifts, clock, seed)


def night_by_night(problem: Problem, seconds: float, seed: int) -> Stops:
    """Nights by CP-SAT, then each by itself; a visit that is missed moves to a later night."""
    clock, week = Clock(seconds), Week(problem)
    chosen = choose_nights(week, single_nights, seconds)
    planned = {place: {night for (night,) in spans} for place, spans in chosen.items()}
    made: dict[int, set[int]] = {place: set() for place in range(len(problem.locations))}
    found: Stops = {}
    for night in range(problem.nights):
        tonight = [place for place, nights in planned.items() if night in nights]
        visits = [week.visit(place, [night], owed=True, peak=True) for place in tonight]
        visits += _extra(week, planned, made, night)
        shifts = [shift for shift in problem.shifts if shift.night == night]
        own = Clock(clock.left / (problem.nights - night))
        stops = routes(week, visits, shifts, own, seed)
        found |= stops
        row = {place.id: number for number, place in enumerate(problem.locations)}
        for names in stops.values():
            for name in names:
                made[row[name]].add(night)
        for place in tonight:
            if night not in made[place]:
                _carry(week, planned, made, place, night)
    return found


def _keeps_gap(week: Week, place: int, night: int, others: set[int]) -> bool:
    gap = max(1, week.problem.locations[place].min_gap_nights)
    return all(abs(night - other) >= gap for other in others)


def _carry(
    week: Week, planned: dict[int, set[int]], made: dict[int, set[int]], place: int, night: int
) -> None:
    planned[place].discard(night)
    for later in range(night + 1, week.problem.nights):
        if _keeps_gap(week, place, later, planned[place] | made[place]):
            planned[place].add(later)
            return


def _extra(
    week: Week, planned: dict[int, set[int]], made: dict[int, set[int]], night: int
) -> list[Visit]:
    """Visits that nobody promised, where most people are expected and the gap is kept."""
    free = [
        place
        for place in range(len(week.problem.locations))
        if night not in planned.get(place, ())
        and _keeps_gap(week, place, night, planned.get(place, set()) | made[place])
    ]
    free.sort(key=lambda place: -week.mean_rate(week.problem.locations[place], night))
    return [week.visit(place, [night], owed=False, peak=True) for place in free[:EXTRA]]


def routes(
    week: Week, visits: Sequence[Visit], shifts: Sequence[Shift], clock: Clock, seed: int
) -> Stops:
    """What PyVRP makes of these visits, as stops of the shifts."""
    library: Any = import_module("pyvrp")
    alike = week.alike(shifts)
    clients, groups, places = _clients(library, week, visits)
    data = library.ProblemData(
        locations=[library.Location(place.x, place.y) for place in week.problem.places],
        clients=clients,
        depots=[library.Depot(row) for row in range(len(week.depots))],
        vehicle_types=[_vehicles(library, week, same) for same in alike],
        distance_matrices=[week.cost],
        duration_matrices=[week.ticks],
        groups=groups,
    )
    result = library.solve(data, stop=lambda _cost: clock.is_over(), seed=seed, collect_stats=False)
    found: Stops = {}
    free = [list(same) for same in alike]
    for route in result.best.routes() if result.is_feasible() else ():
        stops = [places[at.idx] for at in route if at.is_client()]
        shift = free[route.vehicle_type()].pop()
        found[shift.key] = tuple(week.problem.locations[place].id for place in stops)
    return found


def _clients(
    library: Any, week: Week, visits: Sequence[Visit]
) -> tuple[list[Any], list[Any], list[int]]:
    clients: list[Any] = []
    groups: list[Any] = []
    places: list[int] = []
    has_load = any(place.load for place in week.problem.locations)
    for visit in visits:
        group = None
        if len(visit) > 1:
            group = len(groups)
            members = list(range(len(clients), len(clients) + len(visit)))
            groups.append(library.ClientGroup(members, required=False))
        for choice in visit:
            place = week.problem.locations[choice.place]
            clients.append(
                library.Client(
                    week.row(choice.place),
                    delivery=[round(place.load)] if has_load else [],
                    service_duration=round(place.service_min * TICKS),
                    tw_early=round(choice.begin * TICKS),
                    tw_late=round(choice.end * TICKS),
                    prize=0 if week.is_strict else round(choice.worth * week.scale),
                    required=week.is_strict,
                    group=group,
                )
            )
            places.append(choice.place)
    return clients, groups, places


def _vehicles(library: Any, week: Week, same: Sequence[Shift]) -> Any:
    shift = same[0]
    seats = week.problem.team_by_id[shift.team].seats
    begin = round(week.begins(shift) * TICKS)
    return library.VehicleType(
        num_available=len(same),
        capacity=[] if seats is None else [round(seats)],
        start_depot=week.depots[shift.start_depot],
        end_depot=week.depots[shift.end_depot],
        tw_early=begin,
        start_late=begin,
        tw_late=round(week.ends(shift) * TICKS),
    )
