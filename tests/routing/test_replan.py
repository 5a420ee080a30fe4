"""When something happens during a shift, the rest of the week is planned anew and changes little."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.routing.checker import check
from nuantu.routing.plan import Plan, Route
from nuantu.routing.problem import Location, Problem
from nuantu.routing.problem_json import problem_from, problem_to_json
from nuantu.routing.replan import (
    CadenceRaised,
    Event,
    Replanned,
    RoadClosed,
    RoadOpened,
    TeamLost,
    UrgentStop,
    replan,
)
from nuantu.routing.replan_rest import Moment
from nuantu.routing.replan_zone import MOST_WHOLE
from nuantu.routing.solve import solve
from tests.examples import examples
from tests.routing.weeks import county, place, problem, shift, weeks

pytestmark = pytest.mark.slow  # the first time, the search is compiled


def _replanned(week: Problem, plan: Plan, now: Moment, event: Event, **more: Any) -> Replanned:
    """A plan whose rest the checker finds nothing wrong with."""
    found = replan(week, plan, now, event, **({"iterations": 200} | more))
    report = check(found.rest.problem, found.rest_plan)
    assert report.is_valid, [str(breach) for breach in report.breaches]
    late = {b.code for b in check(found.problem, found.plan).breaches}
    assert not late, late
    assert found.value_freely >= (found.rest_plan.value or 0.0)
    return found


def _stops(plan: Plan) -> dict[tuple[str, int], tuple[str, ...]]:
    return {route.key: route.stops for route in plan.routes}


@examples(40)
@given(weeks(), st.sampled_from([0, 1, 2]), st.sampled_from([100.0, 250.0, 300.0]), st.data())
def test_no_new_plan_breaks_a_rule_or_changes_what_was_done(
    data: dict[str, Any], night: int, minute: float, draw: st.DataObject
) -> None:
    week = problem_from(data)
    plan = solve(week, iterations=100)
    spot = Location("NEW", 1.0, 1.0, 5.0, 1, 1, (1.0,))
    events: list[Event] = [UrgentStop(spot), CadenceRaised(night + 1)]
    events += [TeamLost(s.team) for s in week.shifts[:1]]
    events += [RoadClosed("D", place.id) for place in week.locations[:1]]
    events += [RoadClosed(*ends) for route in plan.routes for ends in pairwise(route.stops)][:2]
    found = _replanned(week, plan, Moment(night, minute), draw.draw(st.sampled_from(events)))
    after = _stops(found.plan)
    for route in plan.routes:
        arrivals = route.arrive_min or ()
        done = sum(route.night < night or arrive <= minute for arrive in arrivals)
        if route.night <= night:
            assert after.get(route.key, ())[:done] == route.stops[:done]


def _two_teams(**more: Any) -> tuple[Problem, Plan]:
    spots = [place(f"L{n}", 1 + n, service_min=20) for n in range(6)]
    week = problem(spots, [shift("T1"), shift("T2"), shift("T2", 1)], **more)
    plan = Plan((Route("T1", 0, ("L0", "L1", "L2")), Route("T2", 0, ("L3", "L4", "L5"))))
    return week, plan


def test_an_unknown_team_or_place_is_refused() -> None:
    week, plan = _two_teams()
    with pytest.raises(KeyError):
        replan(week, plan, Moment(0, 300), TeamLost("T9"))
    with pytest.raises(KeyError):
        replan(week, plan, Moment(0, 300), RoadClosed("L0", "NOWHERE"))


def test_the_stops_of_a_lost_team_go_to_others() -> None:
    week, plan = _two_teams()
    found = _replanned(week, plan, Moment(0, 250), TeamLost("T1"))
    after = _stops(found.plan)
    assert after["T1", 0] == ("L0",)
    assert found.plan.unmet == ()
    assert {"L1", "L2"} <= {
        stop for key, stops in after.items() if key[0] == "T2" for stop in stops
    }


def test_a_team_with_nothing_more_to_do_waits_and_then_helps() -> None:
    spots = [place("A", 1), place("B", 2, service_min=60), place("C", 3)]
    week = problem(spots, [shift("T1"), shift("T2")])
    plan = Plan((Route("T1", 0, ("A",)), Route("T2", 0, ("B", "C"))))
    found = _replanned(week, plan, Moment(0, 290), TeamLost("T2"))
    assert _stops(found.plan)["T1", 0] == ("A", "C")
    assert [own.held for own in found.problem.shifts] == [(1, 290), None]
    again = problem_from(problem_to_json(found.problem))
    assert check(again, found.plan).is_valid
    later = _replanned(again, found.plan, Moment(0, 320), CadenceRaised(1))
    assert _stops(later.plan)["T1", 0] == ("A", "C")


def test_who_waits_is_on_duty_and_his_hours_run() -> None:
    spots = [place("A", 1), place("FAR", 12, visits_per_week=0)]
    teams = [{"id": "T1", "max_hours": 2}]
    week = problem(spots, [shift("T1", start_min=180)], teams=teams)
    plan = Plan((Route("T1", 0, ("A",)),))
    near = Location("NEW", 1.0, 0.0, 5.0, 1, 1, (1.0,))
    found = _replanned(week, plan, Moment(0, 270), UrgentStop(near))
    assert _stops(found.plan)["T1", 0] == ("A", "NEW")


def test_an_urgent_stop_is_made_tonight_even_in_full_routes() -> None:
    spots = [place("A", 2, service_min=90), place("B", 3, service_min=90)]
    week = problem(spots, [shift(), shift("T1", 1)])
    plan = Plan((Route("T1", 0, ("A", "B")),))
    spot = Location("URGENT", 2.5, 0.0, 30.0, 1, 1, (3.0,))
    found = _replanned(week, plan, Moment(0, 245), UrgentStop(spot))
    assert "URGENT" in _stops(found.plan)["T1", 0]
    assert "B" in _stops(found.plan)["T1", 1]
    assert found.plan.unmet == ()


def test_an_urgent_stop_at_a_known_place_is_owed_apart() -> None:
    week, plan = _two_teams()
    found = _replanned(week, plan, Moment(0, 330), UrgentStop(week.by_id["L0"]))
    assert "L0!" in {
        stop for (_, night), stops in _stops(found.plan).items() for stop in stops if night == 0
    }


def test_what_is_promised_for_the_next_half_hour_stays() -> None:
    week, plan = _two_teams()
    found = _replanned(week, plan, Moment(0, 241), CadenceRaised(1))
    assert _stops(found.plan)["T1", 0][:1] == ("L0",)
    assert _stops(found.plan)["T2", 0][:1] == ("L3",)


def test_a_closed_road_is_not_driven() -> None:
    week, plan = _two_teams()
    found = _replanned(week, plan, Moment(0, 241), RoadClosed("L1", "L2"))
    pairs = {pair for stops in _stops(found.plan).values() for pair in pairwise(stops)}
    assert not pairs & {("L1", "L2"), ("L2", "L1")}
    assert found.plan.unmet == ()


def test_a_road_that_was_driven_before_it_closed_is_no_fault_of_the_week() -> None:
    week, plan = _two_teams()
    now = Moment(0, 300)
    found = _replanned(week, plan, now, RoadClosed("L0", "L1"))
    assert _stops(found.plan)["T1", 0][:2] == ("L0", "L1")
    again = problem_from(problem_to_json(found.problem))
    assert check(again, found.plan).is_valid
    late = Plan((Route("T2", 1, ("L0", "L1")),))
    assert "late" in {breach.code for breach in check(again, late).breaches}


def test_a_road_that_opens_is_driven_again_and_one_that_was_not_closed_cannot_open() -> None:
    week, plan = _two_teams()
    now = Moment(0, 241)
    closed = _replanned(week, plan, now, RoadClosed("L1", "L2"))
    found = _replanned(closed.problem, closed.plan, now, RoadOpened("L2", "L1"))
    assert found.problem.closures == ()
    assert found.plan.unmet == ()
    with pytest.raises(KeyError):
        replan(week, plan, now, RoadOpened("L1", "L2"))


def test_who_stands_at_a_closed_road_does_not_drive_it() -> None:
    week, plan = _two_teams()
    found = _replanned(week, plan, Moment(0, 244), RoadClosed("L0", "L1"))
    assert _stops(found.plan)["T1", 0][:2] != ("L0", "L1")
    assert found.plan.unmet == ()


def test_a_cadence_that_rises_tomorrow_leaves_tonight_as_it_is() -> None:
    spots = [place(f"L{n}", 1 + n, visits_per_week=1) for n in range(4)]
    week = problem(spots, [shift(team, night) for team in ("T1", "T2") for night in range(4)])
    plan = Plan((Route("T1", 0, ("L0", "L3")), Route("T2", 1, ("L1", "L2"))))
    found = _replanned(week, plan, Moment(0, 245), CadenceRaised(1, 4.0))
    after = _stops(found.plan)
    assert {key: stops for key, stops in after.items() if key[1] == 0} == {("T1", 0): ("L0", "L3")}
    assert sum(len(stops) for stops in after.values()) > 6
    assert found.remaining == 0


def test_far_from_what_happened_nothing_changes_in_a_large_prefecture() -> None:
    week = county(locations=MOST_WHOLE + 40, teams=26)
    plan = solve(week, iterations=20)
    team = next(route.team for route in plan.routes if route.night == 2)
    found = _replanned(week, plan, Moment(2, 300), TeamLost(team), iterations=20)
    before, after = _stops(plan), _stops(found.plan)
    assert found.beyond
    assert team not in {key[0] for key in found.beyond}
    assert all(after[key] == before[key] == stops for key, stops in found.beyond.items())
    assert len(found.rest.problem.locations) < len(week.locations)


def test_a_raised_cadence_is_kept_on_the_nights_that_are_left() -> None:
    spots = [place("A", 1), place("B", 2)]
    week = problem(spots, [shift("T1", night) for night in range(3)], nights=3)
    plan = Plan((Route("T1", 0, ("A", "B")),))
    found = _replanned(week, plan, Moment(0, 470), CadenceRaised(1))
    assert sum("A" in stops for stops in _stops(found.plan).values()) == 3
    assert found.plan.unmet == ()


def test_the_plan_of_insertion_is_there_before_the_search() -> None:
    week, plan = _two_teams()
    heard: list[Replanned] = []
    found = _replanned(week, plan, Moment(0, 250), TeamLost("T1"), first=heard.append)
    assert check(heard[0].rest.problem, heard[0].rest_plan).is_valid
    assert len(heard) == 1
    assert len(found.plan.unmet) <= len(heard[0].plan.unmet)


def test_few_of_the_stops_to_come_change_team_when_nothing_is_lost() -> None:
    week, plan = _two_teams()
    found = _replanned(week, plan, Moment(0, 241), CadenceRaised(1, 1.0))
    assert found.changed <= 0.2 * found.remaining
    assert found.stability_cost >= 0


def _too_much() -> tuple[Problem, Plan]:
    """Two hours a night for places of which half lie close together and half far away."""
    near = [place(f"N{n}", 1 + 0.1 * n, visits_per_week=1) for n in range(8)]
    far = [place(f"F{n}", -9 - n, 9, visits_per_week=1, rates=[3.0] * 12) for n in range(8)]
    week = problem([*near, *far], [shift("T1", night, end_min=360) for night in range(4)], nights=4)
    return week, Plan((Route("T1", 0, ("F0", "F1")),))


def test_a_doubled_cadence_keeps_as_much_as_a_plan_from_nothing() -> None:
    week, plan = _too_much()
    now, event = Moment(0, 300), CadenceRaised(1, 4.0)
    found = _replanned(week, plan, now, event, iterations=2000)
    cold = solve(found.rest.problem, iterations=2000)
    missed = [sum(item.missing for item in one.unmet) for one in (found.rest_plan, cold)]
    assert missed[0] <= missed[1]
    near = sum(stop.startswith("N") for stops in _stops(found.plan).values() for stop in stops)
    assert near > 12


def test_a_team_that_stays_keeps_its_stops_when_another_is_lost() -> None:
    week = county(locations=60, teams=5)
    plan = solve(week, iterations=400)
    for team in ("T0", "T3"):
        found = _replanned(week, plan, Moment(2, 280.0), TeamLost(team), iterations=400)
        own = found.changed - found.left_over
        assert own <= 0.2 * found.remaining or found.rest_plan.unmet
        assert found.is_beyond is (found.changed > 0.2 * found.remaining)
