"""Problem files: every mistake is named with its place, and what is read is written back equal."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from nuantu.routing.json_fields import FileRefused
from nuantu.routing.plan import Plan, Route, Unmet, plan_from, plan_to_json
from nuantu.routing.problem_json import problem_from, problem_to_json, read_problem
from tests.routing.weeks import place, problem, shift, week, weeks


def _paths(data: object) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        problem_from(data)
    return [mistake.path for mistake in refused.value.mistakes]


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"x_km": "far"}, "locations[0].x_km"),
        ({"x_km": float("nan")}, "locations[0].x_km"),
        ({"x_km": True}, "locations[0].x_km"),
        ({"id": ""}, "locations[0].id"),
        ({"service_min": -1}, "locations[0].service_min"),
        ({"visits_per_week": 8}, "locations[0].visits_per_week"),
        ({"visits_per_week": 1.5}, "locations[0].visits_per_week"),
        ({"min_gap_nights": 0}, "locations[0].min_gap_nights"),
        ({"rates": []}, "locations[0].rates"),
        ({"rates": [0.1, -0.1]}, "locations[0].rates[1]"),
        ({"windows": [[300, 200]]}, "locations[0].windows[0]"),
        ({"windows": [[300]]}, "locations[0].windows[0]"),
        ({"closed_nights": [7]}, "locations[0].closed_nights[0]"),
        ({"needs": [1]}, "locations[0].needs"),
        ({"night_share": 2}, "locations[0].night_share"),
    ],
)
def test_a_wrong_location_is_refused_at_its_place(more: dict[str, Any], path: str) -> None:
    assert path in _paths(week([place("A", 1) | more], [shift()]))


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"start_depot": "X"}, "shifts[0].start_depot"),
        ({"end_min": 100}, "shifts[0].end_min"),
        ({"night": 7}, "shifts[0].night"),
        ({"held": [1]}, "shifts[0].held"),
        ({"held": ["A", 300]}, "shifts[0].held"),
    ],
)
def test_a_wrong_shift_is_refused_at_its_place(more: dict[str, Any], path: str) -> None:
    assert path in _paths(week([place("A", 1)], [shift() | more]))


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"travel": None}, "travel"),
        ({"travel": {"kind": "flight", "detour": 1, "speeds_kmh": [[None, 9]]}}, "travel.kind"),
        ({"travel": {"detour": 1, "speeds_kmh": [[5, 9], [3, 9]]}}, "travel.speeds_kmh"),
        ({"travel": {"detour": 1, "speeds_kmh": [[None, 0]]}}, "travel.speeds_kmh[0]"),
        ({"travel": {"kind": "matrix", "matrix_file": "m.npy"}}, "travel.matrix_file"),
        ({"done": [{"location": "B", "night": 0}]}, "done[0].location"),
        ({"closures": [{"one": "A", "other": "X", "minutes": 9}]}, "closures[0].other"),
        ({"closures": [{"one": "A", "other": "D", "minutes": -1}]}, "closures[0].minutes"),
        ({"nights": 0}, "nights"),
        ({"locations": {}}, "locations"),
        ({"shifts": [shift(), shift()]}, "shifts[1]"),
        ({"depots": [{"id": "D", "lat": 1, "lon": 2}]}, "locations"),
    ],
)
def test_a_wrong_week_is_refused_at_its_place(more: dict[str, Any], path: str) -> None:
    assert path in _paths(week([place("A", 1)], [shift()]) | more)


@pytest.mark.parametrize("data", [None, [], "week", 3])
def test_what_is_no_object_is_refused(data: object) -> None:
    assert "$" in _paths(data)


def test_all_mistakes_come_at_once_in_both_languages() -> None:
    with pytest.raises(FileRefused) as refused:
        problem_from(week([place("A", 1, service_min=-1)], [shift(night=9)]))
    text = str(refused.value)
    assert "locations[0].service_min：应为数字" in text
    assert "must be a number from 0 to 6" in text


def test_a_key_that_nothing_reads_is_told() -> None:
    data = week([place("A", 1, servise_min=5)], [shift()])
    assert read_problem(data)[1] == ("locations[0].servise_min",)


@given(weeks())
@settings(max_examples=10, deadline=None)
def test_a_problem_is_written_as_it_was_read(data: dict[str, Any]) -> None:
    read = problem_from(data)
    assert problem_from(json.loads(json.dumps(problem_to_json(read)))) == read


def test_a_matrix_stands_in_the_order_of_the_file() -> None:
    data = week([place("A", 1)], [shift()]) | {"travel": {"kind": "matrix", "matrix_file": "m"}}
    read = problem_from(data, [[0.0, 7.0], [9.0, 0.0]])
    assert (read.minutes(0, 1), read.minutes(1, 0)) == (7.0, 9.0)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    data = week([], [shift()]) | {
        "depots": [{"id": "D", "lat": 26.0, "lon": 108.0}, {"id": "E", "lat": 27.0, "lon": 108.0}]
    }
    assert problem_from(data).minutes(0, 1) == pytest.approx(111.195 * 1.3 / 45 * 60 + 1, abs=0.01)


def test_the_speed_is_that_of_the_first_limit_above_the_way() -> None:
    read = problem([place("A", 3 / 1.3 - 0.001), place("B", 3 / 1.3 + 0.001)], [shift()])
    assert read.minutes(0, 1) > 8.4
    assert read.minutes(0, 2) < 5.1


def test_a_plan_is_written_as_it_was_read() -> None:
    plan = Plan(
        (Route("T1", 0, ("A", "B"), (250.0, 270.5), 300.0), Route("T1", 1, ())),
        (Unmet("C", 2, "full"), Unmet("D", 1, "雪", "night")),
        1.5,
        1.25,
        2.0,
        10.0,
        7,
    )
    assert plan_from(json.loads(json.dumps(plan_to_json(plan)))) == plan


def test_a_plan_with_a_time_too_few_is_refused() -> None:
    with pytest.raises(FileRefused, match=r"arrive_min"):
        plan_from({"routes": [{"team": "T", "night": 0, "stops": ["A"], "arrive_min": []}]})
