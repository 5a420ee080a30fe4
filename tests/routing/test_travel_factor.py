"""Each team has its own speed: whoever goes on foot is planned, checked and bounded on foot."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from nuantu.routing.bound import encounters_bound
from nuantu.routing.bounding import tight_bound, zone_bound
from nuantu.routing.checker import check
from nuantu.routing.json_fields import FileRefused
from nuantu.routing.mending import mends
from nuantu.routing.objective import timed
from nuantu.routing.plan import Plan, Route, plan_to_json
from nuantu.routing.problem import Problem
from nuantu.routing.problem_json import problem_from, problem_to_json
from nuantu.routing.reasons import why_visits
from nuantu.routing.replan import RoadClosed, replan
from nuantu.routing.replan_rest import Moment
from nuantu.routing.solve import solve
from tests.examples import examples
from tests.routing.weeks import place, problem, shift, week, weeks

WALKS = [{"id": "T1", "travel_factor": 10}]


@pytest.mark.parametrize("factor", [0, -1, 0.001, 1001, "fast", True, float("nan"), [1]])
def test_a_factor_that_is_no_speed_is_refused_at_its_place(factor: object) -> None:
    teams = [{"id": "T2"}, {"id": "T1", "travel_factor": factor}]
    with pytest.raises(FileRefused) as refused:
        problem_from(week([place("A", 1)], [shift()], teams=teams))
    assert [one.path for one in refused.value.mistakes] == ["teams[1].travel_factor"]
    assert "0.01 到 1000" in str(refused.value)
    assert "from 0.01 to 1000" in str(refused.value)


def test_the_checker_refuses_a_plan_on_foot_that_has_the_times_of_a_vehicle() -> None:
    drives = problem([place("A", 2)], [shift(end_min=300)])
    walks = problem([place("A", 2)], [shift(end_min=300)], teams=WALKS)
    clock = timed(drives, drives.shifts[0], ["A"])
    plan = Plan((Route("T1", 0, ("A",), clock.arrivals, clock.back),))
    assert check(drives, plan).is_valid
    assert {breach.code for breach in check(walks, plan).breaches} == {"late", "time"}
    wide = replace(walks, shifts=(replace(walks.shifts[0], end_min=700.0),))
    assert {breach.code for breach in check(wide, plan).breaches} == {"time"}


def test_a_place_that_nobody_reaches_on_foot_lacks_a_team() -> None:
    spots = [place("A", 12)]
    walks, drives = (problem(spots, [shift()], teams=teams) for teams in (WALKS, []))
    assert why_visits(walks, walks.locations[0]) == "no_team"
    assert why_visits(drives, drives.locations[0]) == "full"
    assert (encounters_bound(walks), encounters_bound(drives)) == (0, 1)


def test_moving_is_stretched_and_what_is_fixed_is_not() -> None:
    ice = {"kind": "detour", "detour": 1.0, "speeds_kmh": [[None, 40]], "fixed_min": 3, "factor": 2}
    closed = [{"one": "D", "other": "A", "minutes": 500}]
    asked = problem([place("A", 4)], [shift()], teams=WALKS, travel=ice)
    assert asked.minutes(0, 1) == pytest.approx((6 + 3) * 2)
    assert asked.leg(0, 1, asked.shifts[0], 240.0) == pytest.approx((60 + 3) * 2)
    shut = problem([place("A", 4)], [shift()], teams=WALKS, travel=ice, closures=closed)
    assert shut.leg(0, 1, shut.shifts[0], 240.0) == 500


def test_a_matrix_is_stretched_as_a_whole() -> None:
    data = week([place("A", 1)], [shift()], teams=WALKS)
    data |= {"travel": {"kind": "matrix", "matrix_file": "m", "factor": 1.5}}
    asked = problem_from(data, [[0.0, 7.0], [9.0, 0.0]])
    assert asked.leg(0, 1, asked.shifts[0], 240.0) == pytest.approx(105)


def test_a_file_of_before_reads_and_is_written_as_before() -> None:
    data = week([place("A", 1)], [shift()], teams=[{"id": "T1", "skills": [], "seats": 3.0}])
    read = problem_from(data)
    assert read.team_by_id["T1"].travel_factor == 1
    assert problem_to_json(read)["teams"] == data["teams"]
    walks = problem([place("A", 1)], [shift()], teams=WALKS)
    assert problem_from(json.loads(json.dumps(problem_to_json(walks)))) == walks


def _mixed() -> Problem:
    """Six places near and far; one team on foot, one with a vehicle."""
    spots = [place(f"N{n}", 0.3 * (n + 1)) for n in range(3)]
    spots += [place(f"F{n}", 0, 9.0 + n) for n in range(3)]
    return problem(spots, [shift("T1", 0), shift("T2", 0)], teams=WALKS, nights=1)


def test_the_bounds_let_neither_team_drive_for_the_other() -> None:
    spots = [place("A", 12), place("B", -12)]
    both = [shift("T1", 0), shift("T2", 0, end_min=320)]
    driven = problem(spots, both, nights=1)
    mixed = problem(spots, both, nights=1, teams=WALKS)
    for bound in (tight_bound, zone_bound):
        assert bound(driven, seconds=5) == pytest.approx(2, rel=1e-2)
        assert bound(mixed, seconds=5) == pytest.approx(1, rel=1e-2)


@pytest.mark.slow
def test_the_search_sends_the_vehicle_far_and_keeps_the_walkers_near() -> None:
    asked = _mixed()
    plan = solve(asked, iterations=400)
    assert check(asked, plan).is_valid
    assert not plan.unmet
    stops = {route.team: set(route.stops) for route in plan.routes}
    assert stops["T2"] >= {"F0", "F1", "F2"}
    assert stops.get("T1", set()) <= {"N0", "N1", "N2"}


@pytest.mark.slow
def test_a_plan_made_anew_keeps_each_team_at_its_own_speed() -> None:
    asked = _mixed()
    plan = Plan((Route("T1", 0, ("N0", "N1", "N2")), Route("T2", 0, ("F0", "F1", "F2"))))
    found = replan(asked, plan, Moment(0, 260.0), RoadClosed("F1", "F2"), iterations=200)
    assert check(found.problem, found.plan).is_valid
    assert found.rest.problem.team_by_id["T1"].travel_factor == 10
    stops = {route.team: set(route.stops) for route in found.plan.routes}
    assert not stops["T1"] & {"F0", "F1", "F2"}


@pytest.mark.slow
def test_a_team_that_would_mend_the_week_is_as_fast_as_the_one_it_is_like() -> None:
    """On foot one more shift reaches no place beyond an hour's walk."""
    far, near = ([place(name, x, service_min=100) for name in "AB"] for x in (8, 1))
    for spots, helps in ((far, False), (near, True)):
        asked = problem(spots, [shift()], teams=WALKS, nights=1)
        assert bool(mends(asked, solve(asked, iterations=50))) is helps


@pytest.mark.slow
@examples(40)
@given(weeks(places=5, nights=3, shifts=6))
def test_no_plan_of_teams_of_different_speeds_is_above_the_bounds(data: dict[str, Any]) -> None:
    asked = problem_from(data)
    plan = solve(asked, iterations=300)
    report = check(asked, plan)
    assert report.is_valid, [str(breach) for breach in report.breaches]
    assert report.objective.encounters <= encounters_bound(asked) + 1e-6
    assert report.objective.encounters <= tight_bound(asked, seconds=1) + 1e-6


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(weeks(places=5, nights=3, shifts=4))
def test_a_factor_of_one_changes_no_byte_of_a_plan(data: dict[str, Any]) -> None:
    plain = [{k: v for k, v in team.items() if k != "travel_factor"} for team in data["teams"]]
    said = [team | {"travel_factor": 1.0} for team in plain]
    plans = [
        solve(problem_from(data | {"teams": teams}), iterations=200) for teams in (plain, said)
    ]
    written = [plan_to_json(plan) | {"cpu_seconds": 0} for plan in plans]
    assert json.dumps(written[0]) == json.dumps(written[1])
