"""What makes an alarm: the state of one wearer as a step from fix to fix and from silence to silence.

One event is one alarm. A condition (outside, silent, removed, low battery, still, clock) begins once, and ends by
its own measure, which is farther off than where it began. A call (SOS, fall) is one event while calls follow each
other. What is told late is dated to its own moment. Distances in metres, durations as timedelta; moments are aware.
Sources: asks 17 and 18 of peers.md (traccar/traccar #3897, traccar/traccar-web #927); thresholds per wearer.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from nuantu.homeward.rules import clocks
from nuantu.homeward.rules.fences import METRES_PER_DEGREE, Fence, metres_outside_all
from nuantu.homeward.rules.fixes import FALL, LOW_BATTERY, REMOVED, SOS, Fix

OUTSIDE, SILENT, STILL, CLOCK = "outside", "silent", "still", "clock"
CALLS: Final = (SOS, FALL)
CONDITIONS: Final = (OUTSIDE, SILENT, REMOVED, LOW_BATTERY, STILL, CLOCK)
URGENT: Final = frozenset({SOS, FALL, REMOVED, OUTSIDE})
LOCAL: Final = ZoneInfo("Asia/Shanghai")

SAME_CALL: Final = timedelta(minutes=10)
OUTSIDE_FIXES: Final = 2
POOR_METRES: Final = 1_000
JUMP_METRES: Final = 2_000
FASTEST: Final = 70.0  # metres a second: 250 km an hour
BELIEVED_AFTER: Final = 3
CLOCK_RUN: Final = 3
RECHARGED: Final = 10
STILL_METRES: Final = 100


@dataclass(frozen=True, slots=True)
class Spot:
    """A place at a moment."""

    lat: float
    lon: float
    accuracy: int
    at: datetime

    def metres_to(self, other: "Spot") -> float:
        """Distance over a flat earth: short ones are exact, long ones only have to be long."""
        east = METRES_PER_DEGREE * math.cos(math.radians((self.lat + other.lat) / 2))
        return math.hypot((self.lat - other.lat) * METRES_PER_DEGREE, (self.lon - other.lon) * east)


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched for a wearer: his fences and thresholds. Without `may_judge` (no consent to fences and
    reminders) only his own calls count."""

    fences: tuple[Fence, ...] = ()
    margin: int = 50
    silent_after: timedelta = timedelta(hours=2)
    low_battery: int = 15
    still_after: timedelta | None = None
    may_judge: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered of a wearer. `open` holds the beginnings of events that last, `calls` the first and last
    moment of each call of the last days; both are kept as alarms."""

    at: datetime | None = None
    heard_at: datetime | None = None
    last: Spot | None = None
    anchor: Spot | None = None
    doubt: Spot | None = None
    doubts: int = 0
    outside_since: datetime | None = None
    outside_run: int = 0
    battery: int | None = None
    clock_run: int = 0
    open: Mapping[str, datetime] = field(default_factory=dict)
    calls: Mapping[str, tuple[tuple[datetime, datetime], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to an event: it began, it goes on (a call repeated), it ended."""

    what: str
    kind: str
    began_at: datetime
    at: datetime


BEGAN, AGAIN, ENDED = "began", "again", "ended"
Step = tuple[State, list[Change]]


def hear(
    state: State, fix: Fix, told_at: datetime, watch: Watch
) -> tuple[State, list[Change], bool]:
    """A fix that was not heard before, told now; whether its place was not believed.

    Its clock was judged already (`clocks.judge`). First what the time until now has made, so that nothing
    hangs on whether somebody looked in between.
    """
    state, changes = hear_again(state, told_at, watch)
    state, more = _calls(state, fix)
    changes += more
    if state.at is not None and fix.at <= state.at:
        return state, changes, False
    if state.at and fix.at - state.at >= watch.silent_after and STILL not in state.open:
        state = replace(state, anchor=None)
    state = replace(state, at=fix.at)
    if not watch.may_judge:
        spot = _spot(fix)
        return replace(state, last=spot or state.last, battery=_battery(state, fix)), changes, False
    state, more = _battery_and_wrist(state, fix, watch)
    changes += more
    state, more, is_jump = _place(state, fix, watch)
    return state, changes + more, is_jump


def hear_again(state: State, told_at: datetime, watch: Watch) -> Step:
    """Something was told, if nothing new: what the time until now has made, and that he is not silent."""
    state, changes = look(state, told_at, watch)
    state, more = _heard(state, told_at)
    return state, changes + more


def note_clock(state: State, verdict: str, told_at: datetime) -> Step:
    """What the newest fix of a delivery says of the wristband's clock: eight hours ahead at once, behind after a run."""
    if verdict == clocks.RIGHT:
        return _end(replace(state, clock_run=0), CLOCK, told_at)
    run = state.clock_run + 1 if verdict == clocks.BEHIND else CLOCK_RUN
    state = replace(state, clock_run=min(run, CLOCK_RUN))
    return _begin(state, CLOCK, told_at) if run >= CLOCK_RUN else (state, [])


def look(state: State, now: datetime, watch: Watch) -> Step:
    """Nothing was told: is it too long, and is he where he should be by what is known?"""
    if not watch.may_judge:
        return state, []
    changes: list[Change] = []
    if state.heard_at is not None and now - state.heard_at >= watch.silent_after:
        state, changes = _begin(state, SILENT, state.heard_at + watch.silent_after)
    state, more = _by_hours(state, now, watch)
    return state, changes + more


def due_at(kind: str, now: datetime, quiet: tuple[datetime, datetime] | None) -> datetime:
    """When somebody is told: at once, or after the quiet hours for what is not urgent."""
    if kind in URGENT or quiet is None or not quiet[0] <= now < quiet[1]:
        return now
    return quiet[1]


def _heard(state: State, told_at: datetime) -> Step:
    state, changes = _end(state, SILENT, told_at)
    return replace(state, heard_at=max(told_at, state.heard_at or told_at)), changes


def _calls(state: State, fix: Fix) -> Step:
    changes: list[Change] = []
    for kind in CALLS:
        if kind in fix.alarms:
            state, change = _call(state, kind, fix.at)
            changes.append(change)
    return state, changes


def _call(state: State, kind: str, at: datetime) -> tuple[State, Change]:
    """The event that a call belongs to, or a new one; an older call leaves the beginning where it was."""
    spans = list(state.calls.get(kind, ()))
    for number, (first, last) in enumerate(spans):
        if first - SAME_CALL <= at <= last + SAME_CALL:
            spans[number] = (first, max(last, at))
            return _with_calls(state, kind, spans), Change(AGAIN, kind, first, max(last, at))
    return _with_calls(state, kind, [*spans, (at, at)]), Change(BEGAN, kind, at, at)


def _with_calls(state: State, kind: str, spans: list[tuple[datetime, datetime]]) -> State:
    return replace(state, calls={**state.calls, kind: tuple(spans)})


def _battery(state: State, fix: Fix) -> int | None:
    return state.battery if fix.battery is None else fix.battery


def _battery_and_wrist(state: State, fix: Fix, watch: Watch) -> Step:
    level = _battery(state, fix)
    state = replace(state, battery=level)
    is_low = LOW_BATTERY in fix.alarms or (
        fix.battery is not None and fix.battery <= watch.low_battery
    )
    is_full = fix.battery is not None and fix.battery >= watch.low_battery + RECHARGED
    changes: list[Change] = []
    if is_low and not fix.is_charging:
        state, changes = _begin(state, LOW_BATTERY, fix.at)
    elif is_full or fix.is_charging:
        state, changes = _end(state, LOW_BATTERY, fix.at)
    if REMOVED in fix.alarms or fix.is_worn is False:
        state, more = _begin(state, REMOVED, fix.at)
    elif fix.is_worn:
        state, more = _end(state, REMOVED, fix.at)
    else:
        more = []
    return state, changes + more


def _spot(fix: Fix) -> Spot | None:
    if fix.lat is None or fix.lon is None or fix.accuracy > POOR_METRES:
        return None
    return Spot(fix.lat, fix.lon, fix.accuracy, fix.at)


def _place(state: State, fix: Fix, watch: Watch) -> tuple[State, list[Change], bool]:
    spot = _spot(fix)
    if spot is None:
        return *_unmoved(state, fix.at, watch), False
    if state.last is not None and _is_jump(state.last, spot):
        state = _doubted(state, spot)
        if state.doubts < BELIEVED_AFTER:
            return state, [], True
        state = replace(state, anchor=None, outside_run=0)
    state = replace(state, last=spot, doubt=None, doubts=0)
    state, changes = _fenced(state, spot, watch)
    state, more = _moved(state, spot, watch)
    return state, changes + more, False


def _is_jump(before: Spot, spot: Spot) -> bool:
    """Whether nobody gets there in the time between."""
    metres = before.metres_to(spot) - spot.accuracy - before.accuracy
    seconds = max(1.0, (spot.at - before.at).total_seconds())
    return metres > JUMP_METRES and metres / seconds > FASTEST


def _doubted(state: State, spot: Spot) -> State:
    """Count places that agree with each other and not with what was known: the third is believed."""
    agrees = state.doubt is not None and not _is_jump(state.doubt, spot)
    return replace(state, doubt=spot, doubts=state.doubts + 1 if agrees else 1)


def _fenced(state: State, spot: Spot, watch: Watch) -> Step:
    """Outside by where he is, not by whether he was seen to cross; twice, and clearly."""
    local = spot.at.astimezone(LOCAL)
    fences = [fence for fence in watch.fences if fence.holds_at(local)]
    metres = metres_outside_all(fences, spot.lat, spot.lon)
    if not fences or metres <= 0:
        state = replace(state, outside_since=None, outside_run=0)
        return _end(state, OUTSIDE, spot.at)
    if metres <= watch.margin + spot.accuracy:
        return state, []
    run = state.outside_run + 1
    since = state.outside_since if state.outside_run and state.outside_since else spot.at
    state = replace(state, outside_since=since, outside_run=min(run, OUTSIDE_FIXES))
    return _begin(state, OUTSIDE, since) if run >= OUTSIDE_FIXES else (state, [])


def _by_hours(state: State, now: datetime, watch: Watch) -> Step:
    """Fences that begin or end to hold while nothing is told."""
    last = state.last
    if last is None or all(fence.hours_from is None for fence in watch.fences):
        return state, []
    local = now.astimezone(LOCAL)
    fences = [fence for fence in watch.fences if fence.holds_at(local)]
    if not fences:
        state = replace(state, outside_since=None, outside_run=0)
        return _end(state, OUTSIDE, now)
    metres = metres_outside_all(fences, last.lat, last.lon)
    if metres <= watch.margin + last.accuracy:
        return state, []
    return _begin(state, OUTSIDE, now)


def _moved(state: State, spot: Spot, watch: Watch) -> Step:
    if state.anchor is None or state.anchor.metres_to(spot) > STILL_METRES + spot.accuracy:
        return _end(replace(state, anchor=spot), STILL, spot.at)
    return _unmoved(state, spot.at, watch)


def _unmoved(state: State, at: datetime, watch: Watch) -> Step:
    """A wristband in a drawer also tells fixes without a place: what counts is that no other place was told."""
    if (
        watch.still_after is None
        or state.anchor is None
        or at - state.anchor.at < watch.still_after
    ):
        return state, []
    return _begin(state, STILL, state.anchor.at + watch.still_after)


def _begin(state: State, kind: str, at: datetime) -> Step:
    if kind in state.open:
        return state, []
    return replace(state, open={**state.open, kind: at}), [Change(BEGAN, kind, at, at)]


def _end(state: State, kind: str, at: datetime) -> Step:
    began = state.open.get(kind)
    if began is None:
        return state, []
    left = {name: moment for name, moment in state.open.items() if name != kind}
    return replace(state, open=left), [Change(ENDED, kind, began, max(at, began))]
