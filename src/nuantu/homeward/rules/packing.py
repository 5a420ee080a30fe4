"""Fixes and states as bytes, to be sealed."""

import json
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from nuantu.homeward.rules.fixes import FALL, LOW_BATTERY, REMOVED, SOS, Fix
from nuantu.homeward.rules.watching import Spot, State

_FORM: Final = struct.Struct(">iiHBB")
_SCALE: Final = 10_000_000
_NOWHERE: Final = 2**31 - 1
_NO_BATTERY: Final = 255
_FLAGS: Final = {SOS: 1, FALL: 2, REMOVED: 4, LOW_BATTERY: 8}
_SET_RIGHT, _JUMP = 64, 128


@dataclass(frozen=True, slots=True)
class Kept:
    """A fix as it is read back; `is_jump` was not believed, `is_set_right` had a clock eight hours ahead."""

    lat: float | None
    lon: float | None
    accuracy: int
    battery: int | None
    alarms: frozenset[str]
    is_jump: bool
    is_set_right: bool


def pack_fix(fix: Fix, *, is_jump: bool, is_set_right: bool) -> bytes:
    """Twelve bytes; a ten-millionth of a degree is a centimetre."""
    flags = sum(_FLAGS[kind] for kind in fix.alarms)
    flags |= (_JUMP if is_jump else 0) | (_SET_RIGHT if is_set_right else 0)
    lat, lon = _NOWHERE, _NOWHERE
    if fix.lat is not None and fix.lon is not None:
        lat, lon = round(fix.lat * _SCALE), round(fix.lon * _SCALE)
    return _FORM.pack(
        lat, lon, fix.accuracy, _NO_BATTERY if fix.battery is None else fix.battery, flags
    )


def unpack_fix(content: bytes) -> Kept:
    """What `pack_fix` packed."""
    lat, lon, accuracy, battery, flags = _FORM.unpack(content)
    is_somewhere = lat != _NOWHERE
    return Kept(
        lat=lat / _SCALE if is_somewhere else None,
        lon=lon / _SCALE if is_somewhere else None,
        accuracy=accuracy,
        battery=None if battery == _NO_BATTERY else battery,
        alarms=frozenset(kind for kind, flag in _FLAGS.items() if flags & flag),
        is_jump=bool(flags & _JUMP),
        is_set_right=bool(flags & _SET_RIGHT),
    )


def pack_state(state: State) -> bytes:
    """What a state remembers besides its open events."""
    return json.dumps(
        {
            "at": _stamp(state.at),
            "heard": _stamp(state.heard_at),
            "last": _spot(state.last),
            "anchor": _spot(state.anchor),
            "doubt": _spot(state.doubt),
            "doubts": state.doubts,
            "outside": _stamp(state.outside_since),
            "run": state.outside_run,
            "battery": state.battery,
            "clock": state.clock_run,
        },
        separators=(",", ":"),
    ).encode()


def unpack_state(content: bytes) -> State:
    """What `pack_state` packed, without open events."""
    told: dict[str, Any] = json.loads(content)
    return State(
        at=_moment(told["at"]),
        heard_at=_moment(told["heard"]),
        last=_read_spot(told["last"]),
        anchor=_read_spot(told["anchor"]),
        doubt=_read_spot(told["doubt"]),
        doubts=told["doubts"],
        outside_since=_moment(told["outside"]),
        outside_run=told["run"],
        battery=told["battery"],
        clock_run=told["clock"],
    )


def _stamp(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _moment(stamp: float | None) -> datetime | None:
    return None if stamp is None else datetime.fromtimestamp(stamp, UTC)


def _spot(spot: Spot | None) -> list[float] | None:
    return [spot.lat, spot.lon, spot.accuracy, spot.at.timestamp()] if spot else None


def _read_spot(told: list[float] | None) -> Spot | None:
    if told is None:
        return None
    return Spot(told[0], told[1], int(told[2]), datetime.fromtimestamp(told[3], UTC))
