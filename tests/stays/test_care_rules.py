"""Daily care, decided without a database: meals, menus, bedding, who washes whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.stays.rules import care

NOON = datetime(2026, 12, 9, 4, 0, tzinfo=UTC)
STARTS = {"breakfast": 420, "lunch": 690, "supper": 1050}


@pytest.mark.parametrize(
    ("minute", "slot"),
    [(0, ""), (419, ""), (420, "breakfast"), (700, "lunch"), (1050, "supper"), (1439, "supper")],
)
def test_the_meal_of_now_is_the_one_that_began_last(minute: int, slot: str) -> None:
    assert care.slot_now(minute, STARTS) == slot


def test_women_are_washed_by_women_and_fed_by_anybody() -> None:
    assert care.must_be_by_woman("wash", "female")
    assert care.must_be_by_woman("haircut", "female")
    assert not care.must_be_by_woman("meal", "female")
    assert not care.must_be_by_woman("wash", "male")


@pytest.mark.rule("P14-19")
def test_a_day_may_not_be_cooked_twice_however_it_is_written() -> None:
    before = [(date(2026, 12, 8), ("粥、咸菜", "米饭 白菜、豆腐", "面条"))]
    assert care.same_as(("咸菜，粥", "豆腐、白菜、米饭", "面条。"), before) == date(2026, 12, 8)
    assert care.same_as(("粥、咸菜", "米饭、白菜、豆腐", "馒头"), before) is None


def test_bedding_of_somebody_who_left_is_due_at_once() -> None:
    left = NOON - timedelta(hours=2)
    assert care.bedding_due(care.Bedding(vacated_at=left), 7) == left
    changed = care.Bedding(changed_at=NOON, vacated_at=left)
    assert care.bedding_due(changed, 7) is None


def test_bedding_in_use_is_due_a_week_after_its_change_or_after_he_came() -> None:
    came = NOON - timedelta(days=3)
    assert care.bedding_due(care.Bedding(taken_at=came), 7) == came + timedelta(days=7)
    changed = care.Bedding(NOON, came)
    assert care.bedding_due(changed, 7) == NOON + timedelta(days=7)


moments = st.integers(0, 60).map(lambda n: NOON - timedelta(days=n))


@given(st.none() | moments, st.none() | moments, st.none() | moments)
def test_nobody_sleeps_longer_on_the_same_bedding_than_the_term(
    changed: datetime | None, taken: datetime | None, vacated: datetime | None
) -> None:
    due = care.bedding_due(care.Bedding(changed, taken, vacated), 7)
    if taken is not None and (vacated is None or vacated <= taken):
        assert due is not None
        assert due <= max(changed or taken, taken) + timedelta(days=7)
