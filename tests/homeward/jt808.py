"""JT/T 808 as its published format has it, to test what a Traccar gateway makes of it: 0x0200 with header, BCD time,
escapes and checksum. Only a test tool; the product takes these devices through a gateway.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

BEIJING = timezone(timedelta(hours=8))
EMERGENCY = 1  # bit 0 of the alarm word


@dataclass(frozen=True)
class Report:
    """A position report: phone number of the terminal, place in degrees, moment, alarm word."""

    phone: str
    lat: float
    lon: float
    at: datetime
    alarm: int = 0
    serial: int = 1


def _bcd(digits: str) -> bytes:
    return bytes.fromhex(digits)


def message(report: Report, *, is_2019: bool = False) -> bytes:
    """The framed message as a terminal sends it."""
    local = report.at.astimezone(BEIJING)
    body = report.alarm.to_bytes(4, "big") + (2).to_bytes(4, "big")
    body += round(report.lat * 1e6).to_bytes(4, "big") + round(report.lon * 1e6).to_bytes(4, "big")
    body += (100).to_bytes(2, "big") + (0).to_bytes(2, "big") + (90).to_bytes(2, "big")
    body += _bcd(local.strftime("%y%m%d%H%M%S"))
    attributes = len(body) | (0x4000 if is_2019 else 0)
    head = (0x0200).to_bytes(2, "big") + attributes.to_bytes(2, "big")
    if is_2019:
        head += b"\x01" + _bcd(report.phone.rjust(20, "0"))
    else:
        head += _bcd(report.phone.rjust(12, "0"))
    raw = head + report.serial.to_bytes(2, "big") + body
    check = 0
    for byte in raw:
        check ^= byte
    raw += bytes([check])
    escaped = raw.replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02")
    return b"\x7e" + escaped + b"\x7e"


def forwarded(frame: bytes) -> dict[str, Any]:
    """What a gateway forwards of a message: unescaped, checked, the time taken from Beijing to UTC."""
    assert frame[0] == frame[-1] == 0x7E
    raw = frame[1:-1].replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d")
    check = 0
    for byte in raw:
        check ^= byte
    assert check == 0, "checksum"
    assert raw[:2] == b"\x02\x00"
    is_2019 = bool(int.from_bytes(raw[2:4], "big") & 0x4000)
    start = 5 if is_2019 else 4
    digits = 10 if is_2019 else 6
    phone = raw[start : start + digits].hex().lstrip("0")
    body = raw[start + digits + 2 : -1]
    local = datetime.strptime(body[22:28].hex(), "%y%m%d%H%M%S").replace(tzinfo=BEIJING)
    alarm = int.from_bytes(body[:4], "big")
    return {
        "device": {"uniqueId": phone},
        "position": {
            "protocol": "jt808",
            "valid": bool(int.from_bytes(body[4:8], "big") & 2),
            "outdated": False,
            "fixTime": local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+00:00"),
            "latitude": int.from_bytes(body[8:12], "big") / 1e6,
            "longitude": int.from_bytes(body[12:16], "big") / 1e6,
            "accuracy": 0.0,
            "attributes": {"alarm": "sos"} if alarm & EMERGENCY else {},
        },
    }
