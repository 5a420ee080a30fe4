"""When checks are owed, and what a sample must be: pure rules."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.planbook.deadlines import start_of
from nuantu.stays.rules import food
from nuantu.stays.rules.safety import (
    Checklist,
    Line,
    Rhythm,
    hours_in,
    inspectors_in,
    is_other_person,
    slots_at,
)

MOMENTS = st.integers(0, 3 * 366 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def _list(every: Rhythm, *hours: int) -> Checklist:
    return Checklist("fire", "消防检查", "", every, hours, (Line("灭火器"),), "本站制度")


@given(MOMENTS, st.sampled_from([("day", ()), ("day", (3, 6, 23)), ("week", ()), ("month", ())]))
def test_at_every_moment_a_list_is_owed_exactly_once(
    at: datetime, rhythm: tuple[Rhythm, tuple[int, ...]]
) -> None:
    every, hours = rhythm
    found = slots_at(_list(every, *hours), "JZ-1", at)
    assert len(found) == 1
    assert found[0].opens_at <= at < found[0].due_at


@given(MOMENTS, st.integers(1, 6))
def test_slots_follow_each_other_without_a_gap(at: datetime, hour: int) -> None:
    checklist = _list("day", hour, hour + 8)
    first = slots_at(checklist, "JZ-1", at)[0]
    following = slots_at(checklist, "JZ-1", first.due_at)[0]
    assert following.opens_at == first.due_at
    assert following.name != first.name


def test_a_duty_patrol_is_asked_for_three_times_a_night_and_day() -> None:
    checklist = _list("day", 3, 6, 23)
    day = start_of(date(2026, 12, 9))
    names = {slots_at(checklist, "JZ-1", day + timedelta(hours=hour))[0].name for hour in range(24)}
    assert len(names) == 4  # the last one belongs to the next day


def test_an_hour_that_no_clock_has_is_no_hour() -> None:
    assert hours_in("23、3 6") == (3, 6, 23)
    with pytest.raises(ValueError, match="25"):
        hours_in("25")


def test_whoever_mended_it_does_not_look_again() -> None:
    assert not is_other_person("a", "a")
    assert is_other_person("a", "b")


def test_names_of_inspectors_are_told_apart() -> None:
    assert inspectors_in("样甲、样乙，样甲") == ("样甲", "样乙")


@given(st.integers(1, 400), st.integers(50, 300))
def test_a_sample_is_too_light_below_the_line_and_never_at_it(grams: int, least: int) -> None:
    assert food.is_too_light(grams, least) == (grams < least)


@given(MOMENTS, st.integers(1, 96))
def test_a_sample_may_leave_at_its_moment_and_not_before(at: datetime, hours: int) -> None:
    until = food.keep_until(at, hours)
    assert food.is_too_early(at, until - timedelta(seconds=1), hours)
    assert not food.is_too_early(at, until, hours)


def test_dishes_are_read_as_the_kitchen_types_them() -> None:
    assert food.dishes_in("白菜、豆腐\n 白菜\n") == ("白菜", "豆腐")
    assert food.without_sample(["白菜", "豆腐"], ["豆腐"]) == ("白菜",)
