"""A run as GPX 1.1: the planned stops as a route, what the phones said as a track.

A position that was doubted as a jump is not drawn into the track; it stays in the register.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape

NAMESPACE: Final = "http://www.topografix.com/GPX/1/1"


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in WGS-84 degrees with its moment (aware) and what is said of it."""

    lat: float
    lon: float
    at: datetime | None
    name: str = ""
    note: str = ""


def gpx(
    name: str, waypoints: Iterable[Mark], planned: Iterable[Mark], track: Iterable[Mark]
) -> str:
    """The file as text in UTF-8."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<gpx version="1.1" creator="Nuantu" xmlns="{NAMESPACE}">',
        f"<metadata><name>{_said(name)}</name></metadata>",
        *(_point("wpt", mark) for mark in waypoints),
        f"<rte><name>{_said(name)}</name>",
        *(_point("rtept", mark) for mark in planned),
        "</rte>",
        f"<trk><name>{_said(name)}</name><trkseg>",
        *(_point("trkpt", mark) for mark in track),
        "</trkseg></trk>",
        "</gpx>",
    ]
    return "\n".join(lines) + "\n"


def _point(tag: str, mark: Mark) -> str:
    parts = [f"<time>{mark.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</time>" if mark.at else ""]
    parts += [f"<name>{_said(mark.name)}</name>" if mark.name else ""]
    parts += [f"<desc>{_said(mark.note)}</desc>" if mark.note else ""]
    return f'<{tag} lat="{mark.lat:.6f}" lon="{mark.lon:.6f}">{"".join(parts)}</{tag}>'


def _said(text: str) -> str:
    """Text that XML can hold: control characters are gone."""
    return escape("".join(ch for ch in text if ch >= " " and ch not in "\ufffe\uffff"))
