"""Pure decisions: what a command is, when it happened, which comes next."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.fieldwork.rules.commands import UNKNOWN, UNREADABLE, read
from nuantu.fieldwork.rules.moments import (
    Heard,
    Moment,
    Receipt,
    clock_offset,
    happened,
    left_at,
)
from nuantu.fieldwork.rules.order import Waiting, next_of, settled_on
from tests.examples import examples

NOON = datetime(2026, 12, 14, 12, 0, tzinfo=UTC)
NEAR = timedelta(minutes=2)
GAP = timedelta(minutes=10)
GOOD = {
    "id": "7d977246-7bef-417e-9b8c-fa068838cbac",
    "seq": 1,
    "kind": "visit.nobody",
    "about": "91954fa7-f5fa-4799-9b7c-8cf48761a9ad",
    "made_at": "2026-12-14T20:00:00+08:00",
    "tick": 12.5,
    "boot": None,
    "body": {},
}
SPANS = st.timedeltas(timedelta(hours=-9), timedelta(hours=9))
SHORT = st.timedeltas(timedelta(0), timedelta(hours=5))


def _at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def _told(
    made: float,
    *,
    sent: float,
    received: float,
    before: float | None = None,
    floor: datetime | None = None,
    latest: datetime | None = None,
    elapsed: timedelta | None = None,
) -> Moment:
    """Minutes by the phone's clock and by the server's."""
    offset = timedelta(minutes=before) if before is not None else None
    receipt = Receipt(_at(received), _at(sent), offset)
    return happened(
        _at(made), receipt, floor=floor, latest=latest, elapsed=elapsed, doubt_from=NEAR
    )


def test_a_good_command_is_read_and_a_fraction_of_a_tick_falls_away() -> None:
    command = read(GOOD)
    assert command is not None
    assert (command.seq, command.tick, command.trouble) == (1, 12, "")


@pytest.mark.parametrize("raw", [None, 7, "x", [], {}, {"id": 7}, {"id": "7" * 99}])
def test_without_an_id_nothing_can_be_kept(raw: object) -> None:
    assert read(raw) is None


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        ({"kind": "house.burn"}, UNKNOWN),
        ({"seq": 0}, UNREADABLE),
        ({"seq": True}, UNREADABLE),
        ({"made_at": "2026-12-14T20:00:00"}, UNREADABLE),
        ({"made_at": "0001-01-01T00:00:00+00:00"}, UNREADABLE),
        ({"about": "x"}, UNREADABLE),
        ({"body": None}, UNREADABLE),
    ],
)
def test_what_lacks_keeps_its_id_and_says_so(change: dict[str, object], trouble: str) -> None:
    command = read(GOOD | change)
    assert command is not None
    assert command.trouble == trouble


@given(
    raw=st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda more: st.lists(more) | st.dictionaries(st.text(), more),
        max_leaves=8,
    ),
    name=st.sampled_from(sorted(GOOD)),
)
@examples(300)
def test_no_json_whatever_breaks_the_reader(raw: object, name: str) -> None:
    for said in (raw, GOOD | {name: raw}):
        command = read(said)
        if command is not None:
            json.loads(command.told())


def test_place_in_the_queue_and_running_time_do_not_make_another_command() -> None:
    one, other = read(GOOD), read(GOOD | {"seq": 9, "tick": 99})
    changed = read(GOOD | {"body": {"note": "x"}})
    assert one is not None
    assert other is not None
    assert changed is not None
    assert one.told() == other.told() != changed.told()


@pytest.mark.parametrize(
    ("told", "expected", "is_doubtful"),
    [
        (_told(-30, sent=0, received=0), -30, False),
        (_told(-30, sent=0, received=1), -29, False),
        (_told(-30, sent=0, received=1, before=0), -30, False),
        (_told(150, sent=180, received=0), -30, True),
        (_told(-77, sent=-47, received=0), -30, True),
        # set right in the middle: made by the wrong clock, sent by the right one
        (_told(150, sent=0, received=0, before=-180), -30, True),
        # and the other way round
        (_told(-30, sent=180, received=0, before=0, floor=_at(-60)), -30, True),
        # the app has run for 30 minutes since, whatever the clock says
        (_told(-5, sent=0, received=0, elapsed=timedelta(minutes=30)), -30, True),
        # never before what is known of the phone, never after what came next
        (_told(-90, sent=0, received=0, floor=_at(-60)), -60, True),
        (_told(-10, sent=0, received=0, latest=_at(-20)), -20, True),
        (_told(15, sent=0, received=0), 0, True),
    ],
)  # fmt: skip
def test_the_phones_clock_is_put_right(told: Moment, expected: float, is_doubtful: bool) -> None:
    assert told.happened_at == _at(expected)
    assert told.is_doubtful == is_doubtful


@given(off=SPANS, ago=SHORT, latency=st.timedeltas(timedelta(0), timedelta(seconds=90)))
@examples(300)
def test_a_clock_that_is_wrong_by_the_same_all_the_time_is_put_right_to_the_latency(
    off: timedelta, ago: timedelta, latency: timedelta
) -> None:
    made_at = NOON - ago + off
    receipt = Receipt(NOON + latency, NOON + off)
    moment = happened(made_at, receipt, doubt_from=NEAR)
    assert NOON - ago <= moment.happened_at <= NOON - ago + latency


@given(
    made=SPANS,
    sent=SPANS,
    before=st.none() | SPANS,
    elapsed=st.none() | SHORT,
    floor=st.none() | SPANS,
    latest=st.none() | SPANS,
)
@examples(500)
def test_no_clock_whatever_moves_an_entry_out_of_its_bounds(
    made: timedelta, sent: timedelta, before: timedelta | None, elapsed: timedelta | None,
    floor: timedelta | None, latest: timedelta | None,
) -> None:  # fmt: skip
    first = NOON + min(floor, timedelta()) if floor is not None else None
    last = NOON + latest if latest is not None else None
    moment = happened(
        NOON + made,
        Receipt(NOON, NOON + sent, before),
        floor=first,
        latest=last,
        elapsed=elapsed,
        doubt_from=NEAR,
    )
    assert moment.happened_at <= NOON
    if last is not None and last <= NOON:
        assert moment.happened_at <= last
    if first is not None and (last is None or first <= last):
        assert moment.happened_at >= first


def test_a_request_that_was_long_on_its_way_makes_no_clock_slow() -> None:
    receipt = Receipt(_at(1), _at(0), timedelta(0))
    assert clock_offset(receipt, NEAR) == timedelta(0)
    moved = Receipt(_at(0), _at(60), timedelta(0))
    assert clock_offset(moved, NEAR) == timedelta(minutes=-60)


def _left(heard: float, sent: float, ran: float, received: float) -> datetime | None:
    """Heard at noon; minutes by the phone's clock then and at sending, of the app, by the server's."""
    said = Heard(NOON, _at(heard), 0)
    return left_at(said, _at(sent), round(ran * 60_000), _at(received), NEAR)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (_left(0, 1, 1, 1), 1),
        (_left(-47, -46, 1, 90), 1),  # an hour and a half on its way, by a clock that is slow
        (_left(0, 40, 1, 41), 40),  # the app slept meanwhile
        (_left(0, 1, 1, 0.5), 0.5),  # never after its receipt
        (_left(0, -59, 1, 1), None),  # the clock was set back
        (_left(0, 61, 1, 1), None),  # it was set forward
        (_left(0, 1, -1, 1), None),  # of another run of the app
    ],
)
def test_the_phone_knows_when_it_sent_unless_its_clock_was_set(
    moment: datetime | None, expected: float | None
) -> None:
    assert moment == (None if expected is None else _at(expected))


@given(off=SPANS, ago=SHORT, on_its_way=SHORT, before=SPANS)
@examples(300)
def test_however_long_a_request_is_on_its_way_its_entries_keep_their_moments(
    off: timedelta, ago: timedelta, on_its_way: timedelta, before: timedelta
) -> None:
    received = NOON + on_its_way
    left = left_at(Heard(NOON, NOON + off, 5), NOON + off, 5, received, NEAR)
    moment = happened(NOON - ago + off, Receipt(received, NOON + off, -off, left), doubt_from=NEAR)
    assert moment.happened_at == NOON - ago
    set_since = Receipt(received, NOON + off, before, left)
    assert clock_offset(set_since, NEAR) == -off
    assert happened(NOON - ago + off, set_since, doubt_from=NEAR).happened_at <= NOON


@given(places=st.sets(st.integers(1, 12)), settled=st.integers(0, 12), minutes=st.integers(0, 20))
def test_the_first_goes_when_nothing_is_missing_before_it_or_long_enough(
    places: set[int], settled: int, minutes: int
) -> None:
    waiting = [Waiting(place, NOON) for place in places]
    chosen = next_of(waiting, settled=settled, at=_at(minutes), gap=GAP)
    if not places:
        assert chosen is None
    elif min(places) <= settled + 1 or minutes >= 10:
        assert chosen == Waiting(min(places), NOON)
    else:
        assert chosen is None


@given(places=st.sets(st.integers(1, 12)), settled=st.integers(0, 12))
def test_settled_reaches_to_the_first_gap(places: set[int], settled: int) -> None:
    reached = settled_on(settled, places)
    assert set(range(settled + 1, reached + 1)) <= places
    assert reached + 1 not in places
