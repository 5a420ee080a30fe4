"""Ages as ranges, and the five lines that are five different rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.persons.rules.ages import (
    Age,
    AgeLines,
    age_on,
    around,
    bands,
    is_treated_as_elderly,
    is_treated_as_minor,
    later,
    side_of,
    years_between,
)

LINES = AgeLines()
days = st.dates(date(1900, 1, 1), date(2060, 12, 31))
ranges = st.tuples(st.integers(0, 110), st.integers(0, 15)).map(lambda p: Age(p[0], p[0] + p[1]))


@pytest.mark.parametrize(
    ("birth", "day", "years"),
    [
        (date(2008, 12, 10), date(2026, 12, 9), 17),
        (date(2008, 12, 10), date(2026, 12, 10), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_an_age_counts_full_years(birth: date, day: date, years: int) -> None:
    """Somebody is eighteen on his birthday and not a day before."""
    assert years_between(birth, day) == years


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (5, {"child_with_mother", "sensitive", "must_be_collected", "minor"}),
        (6, {"sensitive", "must_be_collected", "minor"}),
        (13, {"sensitive", "must_be_collected", "minor"}),
        (14, {"must_be_collected", "minor"}),
        (15, {"must_be_collected", "minor"}),
        (16, {"minor"}),
        (17, {"minor"}),
        (18, set()),
        (59, set()),
        (60, {"elderly"}),
    ],
)
def test_each_line_is_its_own_rule(years: int, expected: set[str]) -> None:
    """A known age lies below each line up to the day before it and not on it."""
    assert bands(Age(years, years, is_estimated=False), LINES) == expected


def test_somebody_who_may_be_a_minor_is_protected_as_one() -> None:
    """A guess of 16 to 20 protects, a guess of 18 to 22 does not."""
    assert is_treated_as_minor(Age(16, 20), LINES)
    assert not is_treated_as_minor(Age(18, 22), LINES)
    assert not is_treated_as_minor(None, LINES)


def test_an_unknown_age_opens_no_line() -> None:
    """Nothing is invented about somebody of whom nothing is known."""
    assert bands(None, LINES) == frozenset()


@pytest.mark.parametrize(("low", "high"), [(-1, 3), (9, 8), (100, 126)])
def test_a_range_that_cannot_be_is_refused(low: int, high: int) -> None:
    """A range never runs backwards and never leaves human years."""
    with pytest.raises(ValueError, match="no age"):
        Age(low, high)


def test_nobody_is_born_after_the_event() -> None:
    """An age on a day before the birth is an error, not a negative number."""
    with pytest.raises(ValueError, match="no age"):
        age_on(date(2026, 12, 10), date(2026, 12, 9))


@given(ranges, st.integers(1, 100))
def test_a_line_is_passed_on_one_side_only(age: Age, line: int) -> None:
    """Below and above exclude each other, and every possible age agrees with the answer."""
    side = side_of(age, line)
    answers = {"below" if years < line else "above" for years in range(age.low, age.high + 1)}
    assert side == (answers.pop() if len(answers) == 1 else "unsure")


@given(ranges)
def test_whoever_is_surely_a_minor_is_treated_as_one_at_every_line(age: Age) -> None:
    """Falling below a lower line means falling below every higher one."""
    order = ["child_with_mother", "sensitive", "must_be_collected", "minor"]
    held = [name in bands(age, LINES) for name in order]
    assert held == sorted(held)


@given(ranges, st.integers(0, 80))
def test_years_that_pass_never_make_anybody_younger(age: Age, years: int) -> None:
    """A guess moved along stays as wide or narrower and never protects as a minor anew."""
    moved = later(age, years)
    assert moved.low >= age.low
    assert moved.high >= age.high
    assert is_treated_as_minor(age, LINES) or not is_treated_as_minor(moved, LINES)
    assert is_treated_as_elderly(moved, LINES) or not is_treated_as_elderly(age, LINES)


@given(st.integers(0, 120))
def test_about_some_years_contains_those_years(years: int) -> None:
    """ "About fifty" includes fifty and is a guess."""
    guess = around(years)
    assert guess.low <= years <= guess.high
    assert guess.is_estimated
