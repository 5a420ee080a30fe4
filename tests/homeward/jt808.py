"""JT/T 808 as its published format has it, to test what a Traccar gateway makes of it: 0x0200 and the batch 0x0704 with
header of 2013 or 2019, BCD time, escapes and checksum. Only a test tool; the product takes these devices through a
gateway, which names a device by the digits of the header with their zeros.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

BEIJING = timezone(timedelta(hours=8))
EMERGENCY, LOW_POWER = 1, 1 << 7  # bits of the alarm word
LOCATED, SOUTH, WEST = 1 << 1, 1 << 2, 1 << 3  # bits of the status word
REPORT, BATCH = 0x0200, 0x0704


@dataclass(frozen=True)
class Report:
    """A position report: phone number of the terminal, place in degrees, moment, alarm word, serial and status."""

    phone: str
    lat: float
    lon: float
    at: datetime
    alarm: int = 0
    serial: int = 1
    status: int = LOCATED


def message(report: Report, *, is_2019: bool = False) -> bytes:
    """The framed message as a terminal sends it."""
    return _framed(REPORT, report, _body(report), is_2019=is_2019)


def batch(reports: list[Report]) -> bytes:
    """What was kept without signal, in one message (type 1: fill in)."""
    body = len(reports).to_bytes(2, "big") + b"\x01"
    for report in reports:
        one = _body(report)
        body += len(one).to_bytes(2, "big") + one
    return _framed(BATCH, reports[0], body, is_2019=False)


def _body(report: Report) -> bytes:
    status = report.status | (SOUTH if report.lat < 0 else 0) | (WEST if report.lon < 0 else 0)
    local = report.at.astimezone(BEIJING)
    words = (report.alarm, status, round(abs(report.lat) * 1e6), round(abs(report.lon) * 1e6))
    body = b"".join(word.to_bytes(4, "big") for word in words)
    body += (100).to_bytes(2, "big") + (0).to_bytes(2, "big") + (90).to_bytes(2, "big")
    return body + bytes.fromhex(local.strftime("%y%m%d%H%M%S"))


def _framed(kind: int, report: Report, body: bytes, *, is_2019: bool) -> bytes:
    head = kind.to_bytes(2, "big") + (len(body) | (0x4000 if is_2019 else 0)).to_bytes(2, "big")
    head += b"\x01" if is_2019 else b""
    head += bytes.fromhex(report.phone.rjust(20 if is_2019 else 12, "0"))
    raw = head + report.serial.to_bytes(2, "big") + body
    raw += bytes([_sum(raw)])
    return b"\x7e" + raw.replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02") + b"\x7e"


def _sum(raw: bytes) -> int:
    check = 0
    for byte in raw:
        check ^= byte
    return check


def forwarded(frame: bytes) -> list[dict[str, Any]]:
    """What a gateway forwards of a message: unescaped, checked, times taken from Beijing to UTC. Raises ValueError."""
    raw = frame[1:-1].replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d")
    if frame[0] != 0x7E or frame[-1] != 0x7E or _sum(raw) != 0:
        raise ValueError("checksum")
    is_2019 = bool(int.from_bytes(raw[2:4], "big") & 0x4000)
    start, length = (5, 10) if is_2019 else (4, 6)
    device = raw[start : start + length].hex()
    body = raw[start + length + 2 : -1]
    if int.from_bytes(raw[:2], "big") == REPORT:
        return [_position(device, body)]
    found, place = [], 3
    for _turn in range(int.from_bytes(body[:2], "big")):
        size = int.from_bytes(body[place : place + 2], "big")
        found.append(_position(device, body[place + 2 : place + 2 + size]))
        place += 2 + size
    return found


def _position(device: str, body: bytes) -> dict[str, Any]:
    alarm, status, lat, lon = (int.from_bytes(body[at : at + 4], "big") for at in (0, 4, 8, 12))
    local = datetime.strptime(body[22:28].hex(), "%y%m%d%H%M%S").replace(tzinfo=BEIJING)
    told = local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+00:00")
    alarms = [word for bit, word in ((EMERGENCY, "sos"), (LOW_POWER, "lowBattery")) if alarm & bit]
    return {
        "device": {"uniqueId": device},
        "position": {
            "protocol": "huabao",
            "valid": bool(status & LOCATED),
            "outdated": False,
            "fixTime": told,
            "deviceTime": told,
            "latitude": lat / 1e6 * (-1 if status & SOUTH else 1),
            "longitude": lon / 1e6 * (-1 if status & WEST else 1),
            "accuracy": 0.0,
            "attributes": {"alarm": ",".join(alarms)} if alarms else {},
        },
    }
