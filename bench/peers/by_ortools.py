"""OR-Tools' routing library: the whole week as one problem, guided local search."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np

from bench.peers.nights import nights_of, spans_of_nights
from bench.peers.visits import TICKS, Clock, Nights, Stops, Visit, Week, every_visit
from nuantu.routing.problem import Problem

STRICT = 10**8  # cost of leaving out a visit that must be made


def week_at_once(problem: Problem, seconds: float, _seed: int) -> Stops:
    """One vehicle for each shift, one optional node for each visit. The library takes no seed."""
    clock, week = Clock(seconds), Week(problem)
    return routes(week, nights_of(week, spans_of_nights, seconds), clock)


def routes(week: Week, nights: Nights, clock: Clock) -> Stops:
    """What the library makes of visits on these nights."""
    visits = [visit for visit in every_visit(week, nights, peak=False) if _fits(week, visit)]
    names: Any = import_module("ortools.constraint_solver.routing_enums_pb2")
    library: Any = import_module("ortools.constraint_solver.pywrapcp")
    manager, routing = _model(library, week, visits)
    parameters = library.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = names.FirstSolutionStrategy.PATH_CHEAPEST_ARC
    parameters.local_search_metaheuristic = names.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromSeconds(round(5 * clock.left) + 1)
    routing.AddSearchMonitor(routing.solver().CustomLimit(clock.is_over))
    answer = routing.SolveWithParameters(parameters)
    return _stops(week, visits, manager, routing, answer) if answer else {}


def _fits(week: Week, visit: Visit) -> bool:
    """Whether some shift could make it alone; a node that none can make has no first solution."""
    row = week.row(visit[0].place)
    service = week.problem.locations[visit[0].place].service_min
    return any(
        week.minutes[week.depots[s.start_depot], row]
        + service
        + week.minutes[row, week.depots[s.end_depot]]
        <= s.end_min - s.start_min
        for s in week.problem.shifts
    )


def _model(library: Any, week: Week, visits: Sequence[Visit]) -> tuple[Any, Any]:
    problem = week.problem
    shifts, first = problem.shifts, len(week.depots)
    rows = np.array([*range(first), *(week.row(visit[0].place) for visit in visits)])
    starts = [week.depots[shift.start_depot] for shift in shifts]
    ends = [week.depots[shift.end_depot] for shift in shifts]
    manager = library.RoutingIndexManager(len(rows), len(shifts), starts, ends)
    routing = library.RoutingModel(manager)
    service = np.array([0.0] * first + [problem.locations[v[0].place].service_min for v in visits])
    ticks = week.ticks[np.ix_(rows, rows)] + np.rint(service * TICKS).astype(np.int64)[:, None]
    routing.SetArcCostEvaluatorOfAllVehicles(
        routing.RegisterTransitMatrix(week.cost[np.ix_(rows, rows)].tolist())
    )
    horizon = round(week.day * problem.nights * TICKS)
    transit = routing.RegisterTransitMatrix(ticks.tolist())
    routing.AddDimension(transit, horizon, horizon, False, "time")
    clock = routing.GetDimensionOrDie("time")
    for number, shift in enumerate(shifts):
        begin = round(week.begins(shift) * TICKS)
        clock.CumulVar(routing.Start(number)).SetRange(begin, begin)
        clock.CumulVar(routing.End(number)).SetRange(begin, round(week.ends(shift) * TICKS))
    for number, (choice, *_others) in enumerate(visits):
        index = manager.NodeToIndex(first + number)
        clock.CumulVar(index).SetRange(round(choice.begin * TICKS), round(choice.end * TICKS))
        worth = STRICT if week.is_strict else round(choice.worth * week.scale)
        routing.AddDisjunction([index], worth)
        able = [n for n, s in enumerate(shifts) if choice.begin <= week.ends(s)]
        able = [n for n in able if week.begins(shifts[n]) <= choice.end]
        routing.VehicleVar(index).SetValues([-1, *able])
    if any(place.load for place in problem.locations):
        _seats(routing, week, visits)
    return manager, routing


def _seats(routing: Any, week: Week, visits: Sequence[Visit]) -> None:
    problem = week.problem
    loads = [round(problem.locations[visit[0].place].load) for visit in visits]
    transit = routing.RegisterUnaryTransitVector([0] * len(week.depots) + loads)
    seats = [round(problem.team_by_id[s.team].seats or sum(loads)) for s in problem.shifts]
    routing.AddDimensionWithVehicleCapacity(transit, 0, seats, True, "seats")


def _stops(week: Week, visits: Sequence[Visit], manager: Any, routing: Any, answer: Any) -> Stops:
    first, found = len(week.depots), {}
    for number, shift in enumerate(week.problem.shifts):
        stops, index = [], answer.Value(routing.NextVar(routing.Start(number)))
        while not routing.IsEnd(index):
            visit = visits[manager.IndexToNode(index) - first]
            stops.append(week.problem.locations[visit[0].place].id)
            index = answer.Value(routing.NextVar(index))
        found[shift.key] = tuple(stops)
    return found
