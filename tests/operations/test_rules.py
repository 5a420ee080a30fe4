"""Clocks, the ladder, recurring patrols and the roster, without a database."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.operations.rules.cadence import is_asked_today, period_of, slot_key, slots
from nuantu.operations.rules.clocks import clock_of, is_breached, warn_moment
from nuantu.operations.rules.ladder import Rung, rung_at, rungs_to_climb
from nuantu.operations.rules.places import chain, county_of
from nuantu.operations.rules.roster import Watch, clashes, gaps
from nuantu.planbook import deadlines

NOON = datetime(2026, 12, 9, 4, 0, tzinfo=UTC)
minutes = st.integers(0, 20_000).map(lambda n: timedelta(minutes=n))
spans = st.tuples(minutes, minutes)


@given(minutes, minutes, st.floats(0, 1), st.integers(-10_000, 40_000))
def test_a_clock_goes_calm_amber_red_in_this_order(
    start: timedelta, length: timedelta, share: float, moment: int
) -> None:
    """Amber at the share of the limit, red at its end; what is left never jumps."""
    opened = NOON + start
    due = opened + length
    warn = warn_moment(opened, due, share)
    assert opened <= warn <= due
    at = opened + timedelta(minutes=moment)
    face = clock_of(opened_at=opened, warn_at=warn, due_at=due, done_at=None, is_open=True, at=at)
    expected = "red" if at >= due else "amber" if at >= warn else "calm"
    assert face.state == expected
    assert face.remaining_seconds == int((due - at).total_seconds())
    assert face.limit_seconds == int(length.total_seconds())


@given(minutes, minutes, minutes)
def test_a_kept_promise_stands_still(length: timedelta, done: timedelta, later: timedelta) -> None:
    """After it is done its clock shows what was used, whenever it is read."""
    due = NOON + length
    faces = {
        clock_of(
            opened_at=NOON,
            warn_at=due,
            due_at=due,
            done_at=NOON + done,
            is_open=False,
            at=NOON + done + wait,
        )
        for wait in (timedelta(0), later)
    }
    assert len(faces) == 1
    (face,) = faces
    assert face.state == "done"
    assert (face.remaining_seconds < 0) == is_breached(
        due_at=due, done_at=NOON + done, at=NOON + done + later
    )


@given(minutes, minutes, minutes, minutes)
def test_the_ladder_only_goes_up(
    warn: timedelta, rest: timedelta, after: timedelta, step: timedelta
) -> None:
    """A later look never reports a lower rung."""
    warn_at, due_at = NOON + warn, NOON + warn + rest

    def rung(at: datetime) -> Rung:
        return rung_at(warn_at=warn_at, due_at=due_at, bureau_after=after, at=at)

    looks = [NOON + step * n for n in range(4)]
    assert [rung(at) for at in looks] == sorted(rung(at) for at in looks)
    assert rung(due_at + after) == Rung.BUREAU
    assert rung(due_at) in (Rung.LEADER, Rung.BUREAU)


@given(st.sampled_from(list(Rung)), st.sampled_from(list(Rung)))
def test_every_rung_is_taken_once_and_none_is_skipped(reached: Rung, target: Rung) -> None:
    """A duty that was overlooked for an hour still tells everybody on the way."""
    climbed = rungs_to_climb(reached, target)
    assert climbed == list(range(reached + 1, target + 1))


@given(
    st.integers(1, 24),
    st.sampled_from(["per_day", "per_week", "per_month"]),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_a_period_owes_exactly_its_patrols(count: int, unit: str, day: date) -> None:
    """All fall due with the period, each turns amber in its own part of it, in order."""
    first, last = period_of(day, unit)
    assert first <= day <= last
    found = slots(count, unit, day)
    assert [slot.number for slot in found] == list(range(1, count + 1))
    assert {slot.due_at for slot in found} == {deadlines.end_of(last)}
    warned = [slot.warn_at for slot in found]
    assert warned == sorted(warned)
    assert all(slot.opens_at <= slot.warn_at <= slot.due_at for slot in found)
    keys = {slot_key("patrol.daily", "522601000000", unit, day, slot.number) for slot in found}
    assert len(keys) == count


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["per_day", "per_week", "per_month"]),
)
def test_every_day_of_a_period_names_the_same_slots(day: date, unit: str) -> None:
    """However often the job runs in a week, the slot has one name."""
    first, last = period_of(day, unit)
    names = {slot_key("k", "522601000000", unit, some, 1) for some in (first, day, last)}
    assert len(names) == 1
    assert slot_key("k", "522601000000", unit, last + timedelta(days=1), 1) not in names


@pytest.mark.parametrize(("hour", "asked"), [(8, True), (21, True), (23, False)])
def test_a_patrol_is_asked_today_only_while_there_is_time(hour: int, asked: bool) -> None:
    """A warning at 23:00 asks for tomorrow's patrol."""
    at = datetime(2026, 12, 9, hour, 0, tzinfo=deadlines.CHINA)
    assert is_asked_today(at, timedelta(minutes=120)) is asked


def _watches(raw: list[tuple[timedelta, timedelta]]) -> list[Watch]:
    return [
        Watch("hotline", str(n), NOON + start, NOON + start + max(length, timedelta(minutes=1)))
        for n, (start, length) in enumerate(raw)
    ]


@given(st.lists(spans, max_size=6), st.integers(1, 3), minutes)
def test_gaps_are_exactly_where_people_are_missing(
    raw: list[tuple[timedelta, timedelta]], count: int, probe: timedelta
) -> None:
    """At any moment a gap stands if and only if fewer people hold the post than the plan asks."""
    watches = _watches(raw)
    begins, ends = NOON, NOON + timedelta(days=10)
    found = gaps(watches, post="hotline", count=count, begins=begins, ends=ends)
    moment = NOON + probe
    if not begins <= moment < ends:
        return
    held = sum(watch.starts_at <= moment < watch.ends_at for watch in watches)
    here = [gap for gap in found if gap.starts_at <= moment < gap.ends_at]
    assert len(here) == (1 if held < count else 0)
    assert all(gap.missing == count - held for gap in here)


@given(st.lists(spans, max_size=6))
def test_gaps_do_not_touch_with_the_same_lack(raw: list[tuple[timedelta, timedelta]]) -> None:
    """Neighbouring stretches are joined, so one hole is said once."""
    found = gaps(
        _watches(raw), post="hotline", count=2, begins=NOON, ends=NOON + timedelta(days=10)
    )
    for before, after in pairwise(found):
        assert before.ends_at <= after.starts_at
        assert before.ends_at < after.starts_at or before.missing != after.missing


def test_one_person_on_two_posts_is_a_clash() -> None:
    """The same person cannot answer the hotline and drive the car (C09)."""
    night = NOON + timedelta(hours=8)
    watches = [
        Watch("hotline", "韦", NOON, night),
        Watch("vehicle", "韦", NOON + timedelta(hours=2), night),
        Watch("reception", "龙", NOON, night),
    ]
    (clash,) = clashes(watches)
    assert clash.person == "韦"
    assert set(clash.posts) == {"hotline", "vehicle"}


def test_a_place_lies_in_its_town_county_prefecture_and_province() -> None:
    """Codes without what they do not have: a county has no town above it."""
    assert chain("522601100000") == [
        "522601100000",
        "522601000000",
        "522600000000",
        "520000000000",
    ]
    assert chain("522600000000") == ["522600000000", "520000000000"]
    assert county_of("522601100000") == "522601000000"
