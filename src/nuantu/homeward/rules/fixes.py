"""A fix as a wristband or a gateway tells it: OsmAnd requests, Traccar's forwarding of positions and events.

Everything is untrusted. Coordinates are WGS-84 degrees, accuracy metres (0: not told), battery per cent.
Sources: OsmAnd request of the Traccar protocol list; `forward.type=json` and `event.forward.type=json` of Traccar 6
(its model `Position`: `fixTime`, `valid`, `outdated`, `accuracy`, attributes `alarm`, `batteryLevel`, `charge`).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

SOS, FALL, REMOVED, LOW_BATTERY = "sos", "fall", "removed", "low_battery"
_ALARMS: Final = {
    "sos": SOS,
    "fall": FALL,
    "falldown": FALL,
    "removing": REMOVED,
    "removed": REMOVED,
    "tampering": REMOVED,
    "lowbattery": LOW_BATTERY,
    "lowpower": LOW_BATTERY,
}
_TRUE: Final = {"1", "true", "yes", "on"}
_FALSE: Final = {"0", "false", "no", "off"}
LONGEST_ID: Final = 64
FARTHEST_ACCURACY: Final = 65_000
MILLISECONDS_FROM: Final = 100_000_000_000


class FixFault(ValueError):
    """A fix that cannot be read; `code` is device, time or place."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fix:
    """Where somebody was at a moment; without `lat` and `lon` the wristband was only heard."""

    device: str
    at: datetime
    lat: float | None = None
    lon: float | None = None
    accuracy: int = 0
    battery: int | None = None
    is_charging: bool | None = None
    is_worn: bool | None = None
    alarms: frozenset[str] = frozenset()

    @property
    def has_place(self) -> bool:
        """Whether it says where."""
        return self.lat is not None and self.lon is not None


def read_osmand(told: Mapping[str, str], told_at: datetime) -> Fix:
    """One request of the OsmAnd kind: id, lat, lon, timestamp (s, ms or ISO), accuracy, batt, charge, alarm.

    Without a timestamp it is of the moment it was told. Raises FixFault.
    """
    lat, lon = told.get("lat", ""), told.get("lon", "")
    if not lat and "location" in told:
        lat, _comma, lon = told["location"].partition(",")
    stamp = told.get("timestamp", "")
    return Fix(
        device=device_of(told.get("id") or told.get("deviceid") or ""),
        at=moment(stamp) if stamp else told_at,
        **_place(lat, lon, _yes(told.get("valid")) is not False),
        accuracy=_accuracy(told.get("accuracy")),
        battery=_battery(told.get("batt") or told.get("battery")),
        is_charging=_yes(told.get("charge")),
        is_worn=_worn(told),
        alarms=_alarms(told.get("alarm")),
    )


def read_client(told: Mapping[str, Any], told_at: datetime) -> Fix:
    """The JSON that newer Traccar clients post: `device_id` and `location` with coords and battery. Raises FixFault."""
    where = _mapping(told.get("location"))
    coords, battery = _mapping(where.get("coords")), _mapping(where.get("battery"))
    extras = _mapping(where.get("extras"))
    level = _number(battery.get("level"))
    stamp = where.get("timestamp")
    return Fix(
        device=device_of(told.get("device_id") or ""),
        at=moment(stamp) if stamp else told_at,
        **_place(coords.get("latitude"), coords.get("longitude"), True),
        accuracy=_accuracy(coords.get("accuracy")),
        battery=_battery(level * 100 if level is not None and 0 <= level <= 1 else None),
        is_charging=_yes(battery.get("is_charging")),
        is_worn=_worn(extras),
        alarms=_alarms(extras.get("alarm") or told.get("alarm")),
    )


def read_traccar(told: Mapping[str, Any], told_at: datetime) -> Fix:
    """A forwarded position, or a forwarded event with its position. Raises FixFault.

    An event without a position says only that the wristband was heard, and its alarm.
    """
    device, position = _mapping(told.get("device")), _mapping(told.get("position"))
    event = _mapping(told.get("event"))
    attributes = _mapping(position.get("attributes"))
    is_good = position.get("valid") is not False and position.get("outdated") is not True
    stamp = position.get("fixTime") or position.get("deviceTime") or event.get("eventTime")
    if position and not is_good:
        stamp = position.get("deviceTime") or stamp
    alarms = _alarms(attributes.get("alarm"))
    if event.get("type") == "alarm":
        alarms |= _alarms(_mapping(event.get("attributes")).get("alarm"))
    return Fix(
        device=device_of(device.get("uniqueId") or ""),
        at=moment(stamp) if stamp else told_at,
        **_place(position.get("latitude"), position.get("longitude"), is_good and bool(position)),
        accuracy=_accuracy(position.get("accuracy")),
        battery=_battery(attributes.get("batteryLevel")),
        is_charging=_yes(attributes.get("charge")),
        is_worn=_worn(attributes),
        alarms=alarms,
    )


def moment(told: object) -> datetime:
    """Seconds or milliseconds since 1970, or ISO 8601; without a zone it is UTC. Raises FixFault."""
    text = str(told).strip()
    try:
        if text.isdigit():
            value = int(text)
            seconds = value / 1000 if value >= MILLISECONDS_FROM else value
            return datetime.fromtimestamp(seconds, UTC)
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError) as error:
        raise FixFault("time") from error
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def device_of(told: object) -> str:
    """What a device calls itself; JT/T 808 fills a phone number up with zeros, so those of a number do not count.

    Raises FixFault.
    """
    text = str(told).strip()
    if text.isascii() and text.isdigit():
        text = text.lstrip("0")
    if not text or len(text) > LONGEST_ID or not text.isprintable():
        raise FixFault("device")
    return text


def _place(lat: object, lon: object, is_good: bool) -> dict[str, Any]:
    """Both coordinates or neither; 0,0 is what devices say that know nothing. Raises FixFault."""
    if not is_good or lat in (None, "") or lon in (None, ""):
        return {"lat": None, "lon": None}
    north, east = _number(lat), _number(lon)
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        raise FixFault("place")
    if north == 0 and east == 0:
        return {"lat": None, "lon": None}
    return {"lat": north, "lon": east}


def _number(told: object) -> float | None:
    if isinstance(told, bool) or not isinstance(told, int | float | str):
        return None
    try:
        value = float(told)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _accuracy(told: object) -> int:
    value = _number(told)
    return int(min(max(value, 0), FARTHEST_ACCURACY)) if value is not None else 0


def _battery(told: object) -> int | None:
    value = _number(told)
    return round(value) if value is not None and 0 <= value <= 100 else None


def _yes(told: object) -> bool | None:
    word = str(told).strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


def _worn(told: Mapping[str, Any]) -> bool | None:
    if "worn" in told:
        return _yes(told["worn"])
    removed = _yes(told.get("removed"))
    return None if removed is None else not removed


def _alarms(told: object) -> frozenset[str]:
    words = str(told or "").replace(";", ",").split(",")
    tidy = (word.strip().lower().replace("_", "") for word in words)
    return frozenset(_ALARMS[word] for word in tidy if word in _ALARMS)


def _mapping(told: object) -> Mapping[str, Any]:
    return told if isinstance(told, Mapping) else {}
