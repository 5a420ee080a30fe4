"""Which clocks run for whom, and when they end."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.planbook import calendars
from nuantu.stays.rules import clocks, leaving
from nuantu.stays.rules.clocks import Known

ASKED = (clocks.DECIDE, clocks.NEXT, *clocks.IDENTITY)
knowns = st.builds(
    Known,
    is_identified=st.booleans(),
    may_be_child=st.booleans(),
    classes=st.lists(
        st.sampled_from(
            ["minor", "suspected_mental_disorder", "intellectual_disability", "elderly"]
        )
    ).map(tuple),
    has_told=st.booleans(),
)
moments = st.integers(0, 20 * 24).map(
    lambda hours: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=hours)
)


@given(knowns)
def test_the_ten_days_hold_only_for_whom_the_law_words_them(known: Known) -> None:
    found = clocks.at_entry(known)
    is_spared = known.may_be_child or bool(clocks.WITHOUT_TERM.intersection(known.classes))
    assert (clocks.DECIDE in found) is not is_spared
    assert (clocks.NEXT in found) is is_spared
    assert leaving.may_go_alone(known) is not is_spared
    is_told = known.has_told and not is_spared
    assert (clocks.NOTICE in found) is not (known.is_identified or is_told)


@given(knowns, st.sets(st.sampled_from(ASKED)))
def test_whatever_runs_one_of_the_decision_and_the_next_step_is_left_running(
    known: Known, running: set[str]
) -> None:
    switch = clocks.switched(known, running)
    left = (running - set(switch.stops)) | set(switch.starts)
    assert ({clocks.DECIDE, clocks.NEXT} & left) == {
        clocks.DECIDE if clocks.has_term(known) else clocks.NEXT
    }
    assert not clocks.is_unknown(known) or left.intersection(clocks.IDENTITY)
    assert clocks.switched(known, left) == clocks.Switch()


@pytest.mark.rule("P1-78")
@given(st.lists(st.tuples(knowns, st.sampled_from(ASKED)), min_size=1, max_size=40))
def test_no_day_of_a_year_finds_somebody_in_the_house_without_a_clock(
    story: list[tuple[Known, str]],
) -> None:
    """Days pass, what is known changes, clerks keep what they like: what they keep is followed."""
    running = set(clocks.at_entry(story[0][0]))
    for known, kept in story:
        assert running & {clocks.DECIDE, clocks.NEXT}
        switch = clocks.switched(known, running)
        running = (running - set(switch.stops)) | set(switch.starts)
        if kept in running and kept != clocks.DECIDE:
            running = (running - {kept}) | set(clocks.after(kept))
        assert running & {clocks.DECIDE, clocks.NEXT}


@given(moments)
def test_a_term_never_ends_before_its_full_days_and_never_on_a_day_of_rest(
    start: datetime,
) -> None:
    calendar = calendars.national()
    hours = clocks.ends_at(start, 24, "hour", calendar)
    days = clocks.ends_at(start, 10, "day", calendar)
    working = clocks.ends_at(start, 7, "working_day", calendar)
    assert hours == start + timedelta(hours=24)
    assert days >= start + timedelta(days=10)
    for end in (days, working):
        assert calendar.is_working_day((end + timedelta(hours=8)).date())


def test_a_unit_that_is_no_length_of_time_is_refused() -> None:
    with pytest.raises(KeyError):
        clocks.ends_at(datetime(2026, 3, 1, tzinfo=UTC), 3, "fen", calendars.national())


def test_what_is_known_ends_only_the_clocks_of_who_he_is() -> None:
    running = (clocks.NOTICE, clocks.DECIDE, clocks.SETTLE)
    assert clocks.unfinished(running, is_identified=True) == (clocks.NOTICE, clocks.SETTLE)
    assert clocks.unfinished(running, is_identified=False) == ()
