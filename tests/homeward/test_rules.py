"""What a fix says, where a fence is, and what becomes an alarm: no database."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nuantu.homeward.rules import clocks
from nuantu.homeward.rules.cells import MOST_CELLS, View, level_for, window
from nuantu.homeward.rules.fences import Fence, FenceFault, Shape, circle, polygon, read, written
from nuantu.homeward.rules.fixes import (
    Fix,
    FixFault,
    device_of,
    read_client,
    read_osmand,
    read_traccar,
)
from nuantu.homeward.rules.packing import pack_fix, pack_state, unpack_fix, unpack_state
from nuantu.homeward.rules.watching import BEGAN, ENDED, SAME_CALL, Change, State, Watch, hear, look
from tests.homeward import jt808

NOON = datetime(2026, 12, 9, 4, 0, tzinfo=UTC)
HOME, FAR = (26.583, 107.98), (26.60, 107.98)


def _osmand(**told: str) -> Fix:
    return read_osmand({"id": "1", "lat": "26.5", "lon": "107.9"} | told, NOON)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"id": ""}, "device"),
        ({"id": "x" * 65}, "device"),
        ({"lat": "91"}, "place"),
        ({"lon": "east"}, "place"),
        ({"lat": "nan"}, "place"),
        ({"timestamp": "yesterday"}, "time"),
        ({"timestamp": "9" * 30}, "time"),
    ],
)
def test_what_cannot_be_read_is_refused_and_says_what(told: dict[str, str], code: str) -> None:
    with pytest.raises(FixFault) as fault:
        _osmand(**told)
    assert fault.value.code == code


def test_a_moment_comes_in_seconds_milliseconds_and_iso() -> None:
    stamp = str(int(NOON.timestamp()))
    for told in (
        stamp,
        f"{stamp}000",
        "2026-12-09T04:00:00Z",
        "2026-12-09T12:00:00+08:00",
        "2026-12-09 04:00:00",
    ):
        assert _osmand(timestamp=told).at == NOON, told
    assert _osmand().at == NOON


def test_osmand_and_the_traccar_client_say_the_same() -> None:
    one = _osmand(accuracy="12.7", batt="43", charge="true", alarm="sos,fallDown")
    assert (one.accuracy, one.battery, one.is_charging) == (12, 43, True)
    assert one.alarms == {"sos", "fall"}
    told = {
        "device_id": "1",
        "location": {
            "timestamp": "2026-12-09T04:00:00Z",
            "coords": {"latitude": 26.5, "longitude": 107.9, "accuracy": 12.7},
            "battery": {"level": 0.43, "is_charging": True},
            "extras": {"alarm": "sos,fallDown"},
        },
    }
    assert read_client(told, NOON) == one
    assert not _osmand(lat="0", lon="0").has_place
    assert not _osmand(valid="false").has_place


def test_traccar_forwards_positions_and_events() -> None:
    position: dict[str, Any] = {
        "fixTime": "2026-12-09T04:00:00.000+00:00",
        "valid": True,
        "latitude": 26.5,
        "longitude": 107.9,
        "attributes": {"batteryLevel": 43, "alarm": "removing"},
    }
    device = {"uniqueId": "1"}
    one = read_traccar({"position": position, "device": device}, NOON)
    assert (one.at, one.lat, one.battery) == (NOON, 26.5, 43)
    assert one.alarms == {"removed"}
    event = {"type": "alarm", "eventTime": "2026-12-09T04:00:00Z", "attributes": {"alarm": "sos"}}
    alone = read_traccar({"event": event, "device": device}, NOON)
    assert not alone.has_place
    assert alone.alarms == {"sos"}
    stale = position | {"outdated": True, "deviceTime": "2026-12-09T05:00:00Z"}
    assert not read_traccar({"position": stale, "device": device}, NOON).has_place


@pytest.mark.parametrize("is_2019", [False, True])
def test_jt808_comes_in_through_a_gateway(is_2019: bool) -> None:
    """Beijing time in BCD, escaped bytes (0x7d and 0x7e in the serial number), both headers; the zeros with which
    the header fills a phone number up make no other device."""
    report = jt808.Report(
        "13800012345", 26.58313, 107.98, NOON, jt808.EMERGENCY | jt808.LOW_POWER, 0x7D7E
    )
    frame = jt808.message(report, is_2019=is_2019)
    assert b"\x7d\x01\x7d\x02" in frame
    (told,) = jt808.forwarded(frame)
    assert told["device"]["uniqueId"] == "13800012345".rjust(20 if is_2019 else 12, "0")
    one = read_traccar(told, NOON)
    assert (one.device, one.at, one.lat) == (device_of("13800012345"), NOON, 26.58313)
    assert one.alarms == {"sos", "low_battery"}


def test_jt808_tells_a_day_without_signal_in_one_message() -> None:
    """0x0704: each keeps its own moment; one without a fix has no place; south and west are negative."""
    reports = [
        jt808.Report("13800012345", 26.5, 107.9, NOON - timedelta(hours=hours))
        for hours in (3, 2, 1)
    ]
    reports.append(jt808.Report("13800012345", -26.5, -107.9, NOON))
    reports.append(jt808.Report("13800012345", 0.0, 0.0, NOON + timedelta(minutes=1), status=0))
    fixes = [read_traccar(told, NOON) for told in jt808.forwarded(jt808.batch(reports))]
    assert [fix.at for fix in fixes] == [report.at for report in reports]
    assert [fix.lat for fix in fixes] == [26.5, 26.5, 26.5, -26.5, None]
    assert fixes[3].lon == -107.9
    broken = bytearray(jt808.message(reports[0]))
    broken[20] ^= 1
    with pytest.raises(ValueError, match="checksum"):
        jt808.forwarded(bytes(broken))


def test_a_clock_is_judged_against_the_moment_it_was_told() -> None:
    ahead = NOON + timedelta(hours=8, minutes=1)
    assert clocks.judge(ahead, NOON) == (clocks.AHEAD, NOON + timedelta(minutes=1))
    assert clocks.judge(NOON + timedelta(hours=2), NOON)[0] == clocks.FUTURE
    assert clocks.judge(NOON - timedelta(hours=8), NOON)[0] == clocks.BEHIND
    assert clocks.judge(NOON - timedelta(days=8), NOON)[0] == clocks.OLD
    assert clocks.judge(NOON + timedelta(minutes=1), NOON) == (clocks.RIGHT, NOON)


def test_fences_that_cannot_be_are_refused() -> None:
    for corners, code in (
        ([(26.0, 107.0), (26.1, 107.0)], "corners"),
        ([(26.0, 107.0), (26.1, 107.1), (26.2, 107.2)], "area"),
        ([(26.0, 107.0), (26.1, 107.1), (26.1, 107.0), (26.0, 107.1)], "crossing"),
    ):
        with pytest.raises(FenceFault) as fault:
            polygon(corners)
        assert fault.value.code == code
    with pytest.raises(FenceFault):
        circle(26.0, 107.0, 20)


def test_a_fence_holds_what_is_in_it() -> None:
    square = polygon([(26.0, 107.0), (26.1, 107.0), (26.1, 107.1), (26.0, 107.1)])
    assert square.metres_outside(26.05, 107.05) == 0
    assert square.metres_outside(26.11, 107.05) == pytest.approx(1112, rel=0.01)
    round_one = circle(*HOME, 800)
    assert round_one.metres_outside(*HOME) == -800
    assert read(written(square)) == square
    assert isinstance(read(written(round_one)), Shape)


def test_a_view_of_the_map_never_asks_for_many_squares() -> None:
    for side in (0.001, 0.02, 0.3, 2.0, 12.0, 40.0):
        view = View(26.0, 104.0, 26.0 + side, 104.0 + side)
        x1, x2, y1, y2 = window(view, level_for(view))
        assert (x2 - x1 + 1) * (y2 - y1 + 1) <= max(MOST_CELLS, (40 / 0.64 + 2) ** 2)


def test_bytes_give_back_what_was_packed() -> None:
    one = Fix("1", NOON, 26.5830001, 107.98, 12, 43, alarms=frozenset({"sos", "removed"}))
    kept = unpack_fix(pack_fix(one, is_jump=True, is_set_right=False))
    assert (kept.lat, kept.battery, kept.alarms, kept.is_jump) == (26.5830001, 43, one.alarms, True)
    assert len(pack_fix(Fix("1", NOON), is_jump=False, is_set_right=True)) == 12


WATCH = Watch(fences=(), silent_after=timedelta(minutes=60), low_battery=15)


class Dice:
    """Numbers that look thrown and are the same for a seed (the 64-bit congruential generator of Knuth)."""

    def __init__(self, seed: int) -> None:
        self.value = seed * 2_654_435_761 + 1

    def random(self) -> float:
        self.value = (self.value * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return (self.value >> 11) / 2**53

    def randint(self, low: int, high: int) -> int:
        return low + int(self.random() * (high - low + 1))

    def choice(self, values: Sequence[Any]) -> Any:
        return values[self.randint(0, len(values) - 1)]


Event = tuple[str, datetime, datetime | None]


def _expected(told: list[Fix], watch: Watch) -> list[Event]:
    """The events of a day by looking at all of its fixes at once: gaps, runs and calls."""
    found: list[Event] = []
    for before, fix in itertools.pairwise(told):
        if fix.at - before.at >= watch.silent_after:
            found.append(("silent", before.at + watch.silent_after, fix.at))
    return sorted([*found, *_outsides(told), *_lows(told), *_calls(told)], key=str)


def _outsides(told: list[Fix]) -> list[Event]:
    found: list[Event] = []
    for is_out, run in itertools.groupby(told, key=lambda fix: (fix.lat, fix.lon) == FAR):
        fixes = list(run)
        if is_out and len(fixes) > 1:
            after = told.index(fixes[-1]) + 1
            found.append(("outside", fixes[0].at, told[after].at if after < len(told) else None))
    return found


def _lows(told: list[Fix]) -> list[Event]:
    found: list[Event] = []
    began: datetime | None = None
    for fix in told:
        level = 20 if fix.battery is None else fix.battery
        if level <= 15 and began is None:
            began = fix.at
        elif level >= 25 and began is not None:
            found.append(("low_battery", began, fix.at))
            began = None
    return [*found, *([("low_battery", began, None)] if began else [])]


def _calls(told: list[Fix]) -> list[Event]:
    found: list[Event] = []
    last: datetime | None = None
    for fix in told:
        if "sos" in fix.alarms:
            if last is None or fix.at - last > SAME_CALL:
                found.append(("sos", fix.at, None))
            last = fix.at
    return found


class Site:
    """The site as the database keeps it: packed state, alarms by event; restarted between any two deliveries."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.packed = pack_state(State())
        self.heard_at: datetime | None = None
        self.known: set[datetime] = set()
        self.alarms: dict[tuple[str, datetime], list[datetime | None]] = {}
        self.doubled = 0

    def _state(self) -> State:
        calls = tuple(
            (began, end[0] or began) for (kind, began), end in self.alarms.items() if kind == "sos"
        )
        opened = {
            kind: began
            for (kind, began), end in self.alarms.items()
            if kind != "sos" and end == [None]
        }
        state = unpack_state(self.packed)
        return State(
            **{name: getattr(state, name) for name in State.__dataclass_fields__ if name not in ("open", "calls", "heard_at")},
            heard_at=self.heard_at, open=opened, calls={"sos": calls},
        )  # fmt: skip

    def _apply(self, changes: list[Change]) -> None:
        for change in changes:
            name = (change.kind, change.began_at)
            if change.what == BEGAN:
                self.doubled += name in self.alarms
                self.alarms[name] = [None]
            if change.what == ENDED or change.kind == "sos":
                self.alarms[name] = [change.at]

    def tell(self, fixes: list[Fix]) -> None:
        state = self._state()
        for fix in fixes:
            if fix.at not in self.known:
                self.known.add(fix.at)
                state, changes, _is_jump = hear(state, fix, fix.at, self.watch)
                self._apply(changes)
        self.packed, self.heard_at = pack_state(state), state.heard_at

    def look(self, at: datetime) -> None:
        _state, changes = look(self._state(), at, self.watch)
        self._apply(changes)


def _day(dice: Dice) -> list[Fix]:
    at, told = NOON, []
    for _turn in range(dice.randint(2, 14)):
        at += timedelta(minutes=dice.choice([1, 3, 9, 11, 40, 59, 60, 61, 200]))
        lat, lon = FAR if dice.random() < 0.4 else HOME
        calls = frozenset({"sos"}) if dice.random() < 0.25 else frozenset()
        told.append(Fix("1", at, lat, lon, 5, dice.choice([None, 9, 15, 20, 25, 80]), alarms=calls))
    return told


@pytest.mark.parametrize(
    "seeds",
    [range(300), pytest.param(range(300, 10_000), marks=pytest.mark.slow)],
    ids=["few", "all"],
)
def test_no_alarm_is_lost_or_doubled_in_ten_thousand_days(seeds: range) -> None:
    """Fixes, silence, looks in between, a restart after every delivery, deliveries told twice."""
    watch = Watch(fences=(Fence(circle(*HOME, 800)),), silent_after=timedelta(minutes=60))
    for seed in seeds:
        dice = Dice(seed)
        told, site, start = _day(dice), Site(watch), 0
        while start < len(told):
            end = start + dice.randint(1, 3)
            site.tell(told[start:end])
            if dice.random() < 0.3:
                site.tell(told[max(0, start - 2) : end])
            if dice.random() < 0.5 and end < len(told):
                site.look(told[end].at - timedelta(seconds=dice.randint(0, 59)))
            start = end
        got = sorted(
            (
                (kind, began, None if kind == "sos" else ended[0])
                for (kind, began), ended in site.alarms.items()
            ),
            key=str,
        )
        assert site.doubled == 0, seed
        assert got == _expected(told, watch), seed
