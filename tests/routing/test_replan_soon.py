"""An urgent stop is made as early as it can, and a road matrix knows a place that is new to it."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.routing.checker import check
from nuantu.routing.plan import Plan, Route
from nuantu.routing.problem import Location, Problem
from nuantu.routing.problem_json import problem_from
from nuantu.routing.replan import Event, Replanned, TeamLost, UrgentStop, replan
from nuantu.routing.replan_rest import Moment, with_location
from nuantu.routing.replan_roads import grown, over
from nuantu.routing.solve import solve
from tests.examples import examples
from tests.routing.weeks import place, problem, shift, weeks

pytestmark = pytest.mark.slow  # the first time, the search is compiled
LATE = {"rates": [0.0] * 11 + [9.0]}


def _spot(x: float, **more: Any) -> Location:
    return Location("URGENT", x, 0.0, 10.0, 1, 1, (0.0,), **more)


def _replanned(week: Problem, plan: Plan, now: Moment, event: Event, *soon: str) -> Replanned:
    """A plan whose rest the checker finds nothing wrong with."""
    found = replan(week, plan, now, event, soon=soon, iterations=200)
    report = check(found.rest.problem, found.rest_plan)
    assert report.is_valid, [str(breach) for breach in report.breaches]
    assert not check(found.problem, found.plan).breaches
    return found


def _arrivals(plan: Plan) -> dict[str, tuple[str, float]]:
    return {
        stop: (route.team, minute)
        for route in plan.routes
        for stop, minute in zip(route.stops, route.arrive_min or (), strict=True)
    }


def _two_teams() -> tuple[Problem, Plan]:
    """T1 goes east and T2 west; every stop takes twenty minutes."""
    spots = [place(f"E{n}", 2 + 2 * n, service_min=20) for n in range(4)]
    spots += [place(f"W{n}", -2 - 2 * n, service_min=20) for n in range(4)]
    week = problem(spots, [shift("T1"), shift("T2")])
    east, west = (tuple(f"{side}{n}" for n in range(4)) for side in "EW")
    return week, Plan((Route("T1", 0, east), Route("T2", 0, west)))


def test_who_may_not_go_or_would_not_be_back_does_not_come_soon() -> None:
    week, plan = _two_teams()
    found = replan(week, plan, Moment(0, 241), UrgentStop(_spot(3, needs=("boat",))),
                   soon=["URGENT"], iterations=50)  # fmt: skip
    assert "URGENT" not in _arrivals(found.plan)
    found = replan(week, plan, Moment(0, 241), UrgentStop(_spot(300)), soon=["URGENT"],
                   iterations=50)  # fmt: skip
    assert "URGENT" not in _arrivals(found.plan)


def test_the_nearest_team_comes_right_after_what_is_promised_for_the_next_half_hour() -> None:
    week, plan = _two_teams()
    now = Moment(0, 241)
    found = _replanned(week, plan, now, UrgentStop(_spot(7)), "URGENT")
    route = next(route for route in found.plan.routes if "URGENT" in route.stops)
    assert route.team == "T1"
    assert route.stops[:2] == ("E0", "URGENT")
    assert found.plan.unmet == ()


def test_without_haste_the_stop_is_made_where_it_suits_the_route() -> None:
    week, plan = _two_teams()
    spot = Location("URGENT", 8.2, 0.0, 10.0, 1, 1, tuple(LATE["rates"]))
    found = _replanned(week, plan, Moment(0, 241), UrgentStop(spot))
    soon = _replanned(week, plan, Moment(0, 241), UrgentStop(spot), "URGENT")
    assert _arrivals(soon.plan)["URGENT"][1] < _arrivals(found.plan)["URGENT"][1]


def test_a_team_with_nothing_to_do_leaves_at_once_for_it() -> None:
    week = problem([place("A", 1), place("B", -3, service_min=90)], [shift("T1"), shift("T2")])
    plan = Plan((Route("T1", 0, ("A",)), Route("T2", 0, ("B",))))
    found = _replanned(week, plan, Moment(0, 300), UrgentStop(_spot(2)), "URGENT")
    team, minute = _arrivals(found.plan)["URGENT"]
    assert team == "T1"
    assert 300 < minute < 306


def test_an_urgent_stop_stays_early_when_something_else_happens_or_its_team_is_lost() -> None:
    week, plan = _two_teams()
    now = Moment(0, 241)
    first = _replanned(week, plan, now, UrgentStop(_spot(7)), "URGENT")
    second = Location("SECOND", -7.0, 0.0, 10.0, 1, 1, (0.0,))
    both = _replanned(first.problem, first.plan, now, UrgentStop(second), "URGENT", "SECOND")
    assert _arrivals(both.plan)["URGENT"] == _arrivals(first.plan)["URGENT"]
    assert _arrivals(both.plan)["SECOND"][0] == "T2"
    lost = _replanned(first.problem, first.plan, Moment(0, 250), TeamLost("T1"), "URGENT")
    assert _arrivals(lost.plan)["URGENT"][0] == "T2"


def _near_stops() -> tuple[Problem, Plan]:
    """One team that is due at three places within the next half hour."""
    spots = [place(f"E{n}", 3 + 3 * n, service_min=3) for n in range(4)]
    return problem(spots, [shift("T1")]), Plan((Route("T1", 0, ("E0", "E1", "E2", "E3")),))


def _at_urgent(week: Problem, plan: Plan, soon: dict[str, float]) -> tuple[str, float]:
    found = replan(week, plan, Moment(0, 241), UrgentStop(_spot(5)), soon=soon, iterations=50)
    return _arrivals(found.plan)["URGENT"]


def test_the_promised_half_hour_yields_where_the_caller_would_wait_too_long_otherwise() -> None:
    week, plan = _near_stops()
    _team, usual = _at_urgent(week, plan, {"URGENT": math.inf})
    _team, hasty = _at_urgent(week, plan, {"URGENT": usual - 1})
    assert hasty <= usual - 1


def test_the_half_hour_does_not_yield_to_a_minute_that_nobody_can_keep() -> None:
    week, plan = _near_stops()
    assert _at_urgent(week, plan, {"URGENT": 242.0}) == _at_urgent(week, plan, {"URGENT": math.inf})


def test_who_is_in_time_goes_although_a_team_a_little_later_would_keep_more() -> None:
    far = place("B", -20, service_min=5, windows=[[270, 300]], needs=["boat"])
    teams = [{"id": "T1", "skills": ["boat"]}, {"id": "T2", "travel_factor": 1.5}]
    week = problem([far], [shift("T1"), shift("T2")], teams=teams)
    plan, now = Plan((Route("T1", 0, ("B",)),)), Moment(0, 239)
    found = {}
    for latest in (math.inf, 252.0):
        soon = {"URGENT": latest}
        answer = replan(week, plan, now, UrgentStop(_spot(5)), soon=soon, iterations=50)
        found[latest] = _arrivals(answer.plan)["URGENT"]
    assert found[math.inf][0] == "T2"
    assert found[252.0][0] == "T1"
    assert found[252.0][1] <= 252.0 < found[math.inf][1]


def test_of_two_urgent_stops_the_one_that_is_due_first_is_reached_first() -> None:
    week, plan = _near_stops()
    both = with_location(week, Location("LATER", 4.0, 0.0, 10.0, 1, 1, (0.0,)))
    soon = {"LATER": 400.0, "URGENT": 300.0}
    found = replan(both, plan, Moment(0, 241), UrgentStop(_spot(5)), soon=soon, iterations=50)
    arrivals = _arrivals(found.plan)
    assert arrivals["URGENT"][1] < arrivals["LATER"][1]


@examples(20)
@given(weeks(), st.sampled_from([100.0, 250.0, 300.0]), st.floats(-6, 6))
def test_no_haste_breaks_a_rule_or_changes_what_was_done(
    data: dict[str, Any], minute: float, x: float
) -> None:
    week = problem_from(data)
    plan = solve(week, iterations=60)
    now, event = Moment(1, minute), UrgentStop(_spot(x))
    found = replan(week, plan, now, event, soon=["URGENT"], iterations=60)
    report = check(found.rest.problem, found.rest_plan)
    assert report.is_valid, [str(breach) for breach in report.breaches]
    assert not {b.code for b in check(found.problem, found.plan).breaches}
    easy = replan(week, plan, now, event, iterations=60)
    soon, later = _arrivals(found.plan), _arrivals(easy.plan)
    assert "URGENT" in soon or "URGENT" not in later


def _by_matrix(travel_factor: float = 1.0) -> tuple[Problem, Plan]:
    spots = [place("A", 1), place("B", 2), place("C", 4)]
    minutes = np.array([[abs(a - b) * 3.0 for b in (0, 1, 2, 4)] for a in (0, 1, 2, 4)], np.float32)
    roads = {"kind": "matrix", "matrix_file": "m.npy"}
    crew = [{"id": "T1", "travel_factor": travel_factor}]
    return (
        problem_from(
            {"name": "m", "nights": 7, "depots": [{"id": "D", "x_km": 0.0, "y_km": 0.0}],
             "locations": spots, "shifts": [shift()], "teams": crew, "travel": roads},
            [memoryview(row) for row in minutes],
        ),
        Plan((Route("T1", 0, ("A", "B", "C")),)),
    )  # fmt: skip


def test_a_road_matrix_times_a_new_place_over_the_nearest_one() -> None:
    week, plan = _by_matrix()
    spot = _spot(2.5)
    way = over(week, spot)
    assert (way.name, way.km) == ("B", 0.5)
    assert way.minutes == pytest.approx(1.5)
    travel = grown(week, spot)
    assert travel.matrix is not None
    assert list(travel.matrix[4]) == pytest.approx([7.5, 4.5, 1.5, 7.5, 0.0])
    found = _replanned(week, plan, Moment(0, 241), UrgentStop(spot), "URGENT")
    assert "URGENT" in _arrivals(found.plan)
    assert found.plan.unmet == ()


def test_a_known_place_keeps_its_own_roads_when_it_is_urgent() -> None:
    week, plan = _by_matrix()
    found = _replanned(week, plan, Moment(0, 241), UrgentStop(week.by_id["C"]), "C!")
    arrivals = _arrivals(found.plan)
    assert "C!" in arrivals
    row = found.problem.row_named("C!")
    assert found.problem.minutes(row, found.problem.row_named("C")) == 0
    assert found.problem.minutes(row, 0) == 12
