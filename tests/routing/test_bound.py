"""No plan of a week meets more people than its bound says."""

from collections.abc import Iterator
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given, settings

from nuantu.routing.bound import best_nights, encounters_bound
from nuantu.routing.checker import check
from nuantu.routing.plan import Plan, Route
from nuantu.routing.problem import Problem
from nuantu.routing.problem_json import problem_from
from nuantu.routing.reasons import unmet_of
from tests.routing.weeks import place, problem, shift, weeks


def every_plan(week: Problem) -> Iterator[Plan]:
    """All plans of a tiny week, right and wrong."""
    names = [spot.id for spot in week.locations]
    orders = [order for size in range(len(names) + 1) for order in permutations(names, size)]
    for stops in product(orders, repeat=len(week.shifts)):
        routes = tuple(
            Route(own.team, own.night, order) for own, order in zip(week.shifts, stops, strict=True)
        )
        yield Plan(routes, unmet_of(week, {route.key: route.stops for route in routes}))


@given(weeks(places=2, nights=2, shifts=2))
@settings(max_examples=10, deadline=None)
def test_no_plan_of_a_small_week_is_above_its_bound(data: dict[str, Any]) -> None:
    week = problem_from(data)
    reports = [check(week, plan) for plan in every_plan(week)]
    best = max(report.objective.encounters for report in reports if report.is_valid)
    assert best <= encounters_bound(week) + 1e-9


@pytest.mark.parametrize(
    ("rates", "gap", "done", "best"),
    [
        ([1, 5, 1], 2, (), 5),
        ([3, 5, 3], 2, (), 6),
        ([3, None, 3], 1, (), 6),
        ([3, 5, 3], 2, (-1,), 5),
        ([3, 5, 3], 1, (1,), 6),
    ],
)
def test_the_best_nights_keep_the_gap(
    rates: list[float | None], gap: int, done: tuple[int, ...], best: float
) -> None:
    assert best_nights(rates, gap, done) == best


def test_the_bound_takes_the_best_hour_that_a_shift_can_reach() -> None:
    rates = [9.0, 9.0, 9.0, 9.0, 1.0, 2.0, 3.0, 9.0]
    week = problem(
        [place("A", 1, rates=rates, closed_nights=[1])], [shift(end_min=400), shift(night=1)]
    )
    assert encounters_bound(week) == 3
