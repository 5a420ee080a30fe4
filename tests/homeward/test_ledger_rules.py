"""Risk with its reasons, the days of visits and the steps of help: pure rules."""

from datetime import date

import pytest

from nuantu.homeward.rules.revisits import (
    Cadence,
    missed_in_a_row,
    months_between,
    next_visit,
    steps_after,
)
from nuantu.homeward.rules.risk import Known, Reason, Weights, judge

WEIGHTS = Weights(
    grounds={"mental_illness": 3, "low_income": 1},
    situations={"returns": 3, "locked": 5, "weak_family": 1, "old": 2, "child": 3},
    middle=4,
    high=8,
    old_from=70,
    child_below=14,
)
CADENCE = Cadence(
    usual={"high": 30, "low": 180},
    in_season={"high": 15, "low": 90},
    season_months=months_between(12, 2) | months_between(7, 8),
    lead=10,
)


def test_what_nobody_knows_counts_nothing() -> None:
    found = judge(Known(), WEIGHTS)
    assert (found.level, found.points, found.reasons) == ("low", 0, ())


@pytest.mark.parametrize(
    ("known", "level"),
    [
        (Known(grounds=("low_income",)), "low"),
        (Known(grounds=("mental_illness",), family="weak"), "middle"),
        (Known(grounds=("mental_illness",), returns=2), "high"),
        (Known(grounds=("low_income",), is_locked=True), "high"),
        (Known(years=72, grounds=("mental_illness",)), "middle"),
    ],
)
def test_the_level_follows_the_sum_and_who_is_locked_in_is_high(known: Known, level: str) -> None:
    assert judge(known, WEIGHTS).level == level


def test_every_point_stands_in_a_reason_the_heaviest_first() -> None:
    found = judge(Known(grounds=("low_income", "mental_illness"), returns=5), WEIGHTS)
    assert found.reasons[0] == Reason("returns", 9, 5)
    assert sum(one.points for one in found.reasons) == found.points == 13


def test_visits_come_closer_in_cold_and_heat_and_before_a_feast() -> None:
    assert next_visit(date(2026, 4, 1), "high", CADENCE, ()) == date(2026, 5, 1)
    assert next_visit(date(2026, 12, 1), "high", CADENCE, ()) == date(2026, 12, 16)
    assert next_visit(date(2026, 6, 10), "high", CADENCE, ()) == date(2026, 7, 1)
    laba = date(2027, 1, 15)
    assert next_visit(date(2026, 12, 20), "low", CADENCE, [laba]) == laba
    assert next_visit(date(2027, 1, 10), "low", CADENCE, [laba]) > laba


def test_months_go_over_the_new_year() -> None:
    assert months_between(11, 2) == {11, 12, 1, 2}
    assert months_between(7, 7) == {7}


def test_only_the_newest_visits_in_vain_count() -> None:
    assert missed_in_a_row(["absent", "missing", "met", "absent"]) == 2
    assert missed_in_a_row([]) == 0


def test_a_card_goes_step_by_step_and_other_help_may_skip() -> None:
    assert steps_after("card", "begun") == ("examined", "refused", "dropped")
    assert steps_after("training", "begun") == (
        "applied", "decided", "issued", "refused", "dropped",
    )  # fmt: skip
    assert steps_after("card", "issued") == ()
