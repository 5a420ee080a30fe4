"""Small invented weeks for the tests of the patrol engine."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from nuantu.routing.problem import Problem
from nuantu.routing.problem_json import problem_from

ROADS = {"kind": "detour", "detour": 1.3, "speeds_kmh": [[3, 24], [None, 45]], "fixed_min": 1.0}

WINDOWS = ([[200, 300]], [[250, 290], [330, 460]])


def place(name: str, x: float, y: float = 0.0, **more: Any) -> dict[str, Any]:
    """A location that wants one visit and expects one person at any hour."""
    base = {"id": name, "x_km": x, "y_km": y, "service_min": 10, "visits_per_week": 1}
    return base | {"min_gap_nights": 1, "rates": [1.0] * 12} | more


def shift(team: str = "T1", night: int = 0, **more: Any) -> dict[str, Any]:
    """Four hours from 22:00 out of depot D."""
    base = {"team": team, "night": night, "start_depot": "D", "end_depot": "D"}
    return base | {"start_min": 240, "end_min": 480} | more


def week(
    locations: list[dict[str, Any]], shifts: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    """A problem file: one depot at the origin."""
    depots = [{"id": "D", "x_km": 0.0, "y_km": 0.0}]
    base = {"name": "test", "nights": 7, "depots": depots, "locations": locations}
    return base | {"shifts": shifts, "travel": ROADS, "travel_weight_per_min": 0.002} | more


def problem(*arguments: Any, **more: Any) -> Problem:
    return problem_from(week(*arguments, **more))


def county(locations: int, teams: int) -> Problem:
    """A week of an invented county: three visits each, more to meet at some hours than at others."""
    dice = np.random.default_rng(locations * 100 + teams)
    spots = [
        place(
            f"L{row}",
            dice.uniform(-15, 15),
            dice.uniform(-15, 15),
            visits_per_week=3,
            min_gap_nights=2,
            rates=[dice.uniform(0, 0.3) for _hour in range(12)],
        )
        for row in range(locations)
    ]
    crews = [shift(f"T{team}", night) for team in range(teams) for night in range(7)]
    return problem(spots, crews)


@st.composite
def weeks(draw: st.DrawFn, *, places: int = 5, nights: int = 3, shifts: int = 4) -> dict[str, Any]:
    """Problem files with every key that the engine knows."""
    spots = st.floats(-12, 12).map(lambda value: round(value, 3))
    rates = st.lists(st.sampled_from([0.0, 0.1, 0.4, 1.0]), min_size=1, max_size=12)
    locations = [
        place(
            f"L{row}",
            draw(spots),
            draw(spots),
            service_min=draw(st.sampled_from([0, 5, 12.5])),
            visits_per_week=draw(st.integers(0, nights)),
            min_gap_nights=draw(st.integers(1, 3)),
            rates=draw(rates),
            **draw(st.sampled_from([{}, *({"windows": some} for some in WINDOWS)])),
            closed_nights=draw(st.sampled_from([[], [0], [nights - 1]])),
            needs=draw(st.sampled_from([[], ["police"]])),
            night_share=draw(st.sampled_from([0, 0.5, 1])),
            load=draw(st.sampled_from([0, 1])),
        )
        for row in range(draw(st.integers(0, places)))
    ]
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(["T1", "T2"]), st.integers(0, nights - 1)),
            unique=True,
            max_size=shifts,
        )
    )
    rota = [
        shift(team, night, start_min=draw(st.sampled_from([60, 230])), end_min=330, overtime_min=20)
        for team, night in keys
    ]
    factor = draw(st.sampled_from([1.0, 0.5, 2.5]))
    teams = [
        {"id": "T1", "skills": ["police"], "seats": 3, "max_hours": 5, "travel_factor": factor}
    ]
    was_visited = draw(st.booleans()) and bool(locations)
    made = [{"location": "L0", "night": -1}] if was_visited else []
    more = {"nights": nights, "teams": teams, "done": made, "night_hours": [240, 720]}
    costs = {"overtime_weight_per_min": 0.01, "fairness_weight": 0.05}
    return week(locations, rota, **more, **costs)
