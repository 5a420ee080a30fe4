"""The monthly form: nobody counts twice, every section adds up, nothing unrecorded becomes a zero."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.stays.rules import monthly
from nuantu.stays.rules.monthly import Counted, Figures

MONTH = date(2026, 12, 1)
LAST = date(2026, 12, 31)
FIRST = datetime(2026, 12, 1, tzinfo=UTC)
WAYS = ("", "self", "relatives", "fetched", "escorted", "ended", "died", "station", "settled")
WHOLE = ("sex", "age", "health", "origin", "exit", "help")


def _stay(number: int, person: int, day: float = 0, **known: Any) -> Counted:
    values: dict[str, Any] = {
        "tier": "county",
        "left_at": None,
        "sex": "male",
        "age": 50,
        "classes": frozenset(),
        "origin": "own",
    }
    return Counted(
        stay=number, person=person, entered_at=FIRST + timedelta(days=day), **{**values, **known}
    )


STAYS = st.lists(
    st.tuples(
        st.integers(1, 8),
        st.floats(-20, 29),
        st.sampled_from(("county", "city")),
        st.sampled_from(("male", "female", "unknown")),
        st.one_of(st.none(), st.integers(0, 100)),
        st.sampled_from(WAYS),
        st.sampled_from(("own", "other", "unknown")),
        st.sampled_from(
            (frozenset(), frozenset({"disabled"}), frozenset({"critically_ill_person"}))
        ),
    ),
    max_size=25,
)


NAMES = ("tier", "sex", "age", "way", "origin", "classes")
Rows = list[tuple[Any, ...]]


def _made(rows: Rows) -> list[Counted]:
    return [
        _stay(number, person, day, **dict(zip(NAMES, known, strict=True)))
        for number, (person, day, *known) in enumerate(rows)
    ]


def _by_code(figures: list[Figures]) -> dict[str, Figures]:
    return {one.line.code: one for one in figures}


@given(STAYS)
def test_every_section_adds_up_to_everybody(rows: Rows) -> None:
    stays = _made(rows)
    figures = monthly.count(stays)
    total = _by_code(figures)["helped"]
    assert total.total == len({one.person for one in stays})
    assert total.times == len(stays)
    for section in WHOLE:
        lines = [
            one
            for one in figures
            if one.line.section == section and one.line.code not in monthly.PARTS
        ]
        assert sum(one.total for one in lines) == total.total, section
        assert sum(one.times for one in lines) == total.times, section


@given(STAYS)
def test_the_total_is_never_more_than_the_columns_together(rows: Rows) -> None:
    helped = _by_code(monthly.count(_made(rows)))["helped"]
    assert max(helped.people) <= helped.total <= sum(helped.people)


def test_whoever_came_twice_is_one_person_sorted_by_the_last_stay() -> None:
    first = _stay(1, 7, 0, way="self")
    second = _stay(2, 7, 9, way="escorted", origin="other")
    found = _by_code(monthly.count([second, first]))
    assert (found["helped"].total, found["helped"].times) == (1, 2)
    assert (found["alone"].total, found["escorted"].total) == (0, 1)
    assert found["escorted_across"].total == 1


@pytest.mark.parametrize(
    ("age", "code"),
    [(6, "up_to_6"), (7, "7_to_18"), (18, "7_to_18"), (19, "19_to_59"), (60, "from_60")],
)
def test_the_bands_are_those_of_the_form_and_not_of_the_law(age: int, code: str) -> None:
    assert _by_code(monthly.count([_stay(1, 1, age=age)]))[code].total == 1


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"way": "foster_family", "was_taught": True}, "foster_family"),
        ({"way": "escorted", "was_taught": True}, "education"),
        ({"way": "escorted"}, "home"),
        ({"was_taught": True, "was_treated": True}, "medical"),
        ({"way": "foster", "was_taught": True}, "placement"),
        ({}, "living"),
    ],
)
def test_everybody_counts_with_one_main_help(known: dict[str, Any], code: str) -> None:
    found = _by_code(monthly.count([_stay(1, 1, **known)]))
    helps = [line.code for line in monthly.LINES if line.section == "help"]
    assert [name for name in helps if found[name].total] == [code]


@pytest.mark.parametrize(
    "code",
    ["trafficked", "domestic_violence", "parents_in_prison", "hong_kong_macao_taiwan", "foreign"],
)
def test_who_is_marked_so_stands_in_the_line_of_that_name_and_nobody_else(code: str) -> None:
    marked, other = _stay(1, 1, classes=frozenset({code})), _stay(2, 2)
    assert _by_code(monthly.count([marked, other]))[code].total == 1


def test_mean_days_count_only_days_of_the_month() -> None:
    before = _stay(1, 1, -10, left_at=FIRST + timedelta(days=4), way="self")
    short = _stay(2, 2, 3, left_at=FIRST + timedelta(days=3, hours=2), way="self")
    assert monthly.mean_days([before, short], MONTH, LAST) == (4 + 1) / 2
    assert monthly.mean_days([_stay(3, 3, 0)], MONTH, LAST) == 31
    assert monthly.mean_days([], MONTH, LAST) == 0


def test_days_to_come_are_not_counted_while_the_month_runs() -> None:
    tenth = MONTH.replace(day=10)
    assert monthly.mean_days([_stay(1, 1, 0), _stay(2, 2, 8)], MONTH, tenth) == (10 + 2) / 2


@pytest.mark.parametrize(
    ("text", "found", "origin"),
    [
        ("", [], "unknown"),
        ("贵州台江", [], "own"),
        ("湖南怀化", [], "other"),
        ("毕节", ["own"], "own"),
        ("鼓楼区", ["32", "41"], "unknown"),
        ("说不清", [], "unknown"),
    ],
)
def test_origin_is_told_by_words_and_never_guessed(
    text: str, found: list[str], origin: str
) -> None:
    assert monthly.origin_of(text, "贵州省", ["贵州省", "湖南省"], found) == origin
