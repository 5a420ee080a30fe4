"""VROOM by its Python binding: the whole week as one problem, once."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import numpy as np

from bench.peers.nights import nights_of, spans_of_nights
from bench.peers.visits import TICKS, Clock, Nights, Stops, Week, every_visit
from nuantu.routing.problem import Problem

HIGHEST = 100  # priority that the library knows
EXPLORATION = 5


def week_at_once(problem: Problem, seconds: float, _seed: int) -> Stops:
    """A job for each visit; prizes become priorities. The library takes no seed."""
    clock, week = Clock(seconds), Week(problem)
    return routes(week, nights_of(week, spans_of_nights, seconds), clock)


def routes(week: Week, nights: Nights, clock: Clock) -> Stops:
    """What the library makes of visits on these nights."""
    problem = week.problem
    visits = every_visit(week, nights, peak=False)
    library: Any = import_module("vroom")
    asked = library.Input()
    asked.set_durations_matrix("car", week.ticks.astype(np.uint32))
    has_load = any(place.load for place in problem.locations)
    most = max((visit[0].worth for visit in visits), default=1.0) or 1.0
    for number, (choice, *_others) in enumerate(visits):
        place = problem.locations[choice.place]
        asked.add_job(
            library.Job(
                number,
                week.row(choice.place),
                default_service=round(place.service_min * TICKS),
                delivery=[round(place.load)] if has_load else (),
                priority=max(1, round(HIGHEST * choice.worth / most)),
                time_windows=[
                    library.TimeWindow(round(choice.begin * TICKS), round(choice.end * TICKS))
                ],
            )
        )
    for number, shift in enumerate(problem.shifts):
        seats = problem.team_by_id[shift.team].seats
        begin = round(week.begins(shift) * TICKS)
        asked.add_vehicle(
            library.Vehicle(
                number,
                start=week.depots[shift.start_depot],
                end=week.depots[shift.end_depot],
                capacity=[round(seats or 1e6)] if has_load else (),
                time_window=library.TimeWindow(begin, round(week.ends(shift) * TICKS)),
            )
        )
    answer = asked.solve(EXPLORATION, nb_threads=1, timeout=timedelta(seconds=clock.left))
    return {
        problem.shifts[route["vehicle"]].key: tuple(
            problem.locations[visits[step["id"]][0].place].id
            for step in route["steps"]
            if step["type"] == "job"
        )
        for route in answer.to_dict()["routes"]
    }
