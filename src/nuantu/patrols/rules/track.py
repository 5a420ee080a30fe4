"""A track that a device recorded: read, set against the stops of a run and the planned way.

The device is believed no more than the team: what does not fit is told, not decided.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from nuantu.patrols.rules.register import Fix, Limits, is_jump
from nuantu.routing.distance import Point, haversine_metres

HUGE, BROKEN, BOMB, EMPTY, TIMELESS = "huge", "broken", "bomb", "empty", "timeless"
BACKWARDS, NOWHERE, ELSEWHEN = "backwards", "nowhere", "elsewhen"
THIN: Final = timedelta(seconds=10)  # points nearer in time than this tell nothing new
MARGIN: Final = timedelta(hours=6)  # before and after the run; a recorder is switched on early
METRES_OF_DEGREE: Final = 111_195.0


class TrackUnreadable(ValueError):
    """The file is no track; its argument is the code of the reason."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a track says of one stop: how near it came, when, and how long it stayed."""

    metres: int
    arrived_at: datetime | None
    left_at: datetime | None
    dwell: timedelta


@dataclass(frozen=True, slots=True)
class Deviation:
    """How far a track was from the straight planned way: the farthest point, and time beyond."""

    metres: int
    at: datetime
    beyond: timedelta


def read_track(content: bytes, most_bytes: int, most_points: int) -> list[Fix]:
    """The points of a GPX file in their order. Raises TrackUnreadable."""
    if len(content) > most_bytes:
        raise TrackUnreadable(HUGE)
    nodes = [node for node in _tree(content).iter() if _name(node) == "trkpt"]
    if len(nodes) > most_points:
        raise TrackUnreadable(HUGE)
    found = [_fix(node) for node in nodes]
    if len(found) < 2:
        raise TrackUnreadable(EMPTY)
    if any(later.at < before.at for before, later in pairwise(found)):
        raise TrackUnreadable(BACKWARDS)
    return found


def _tree(content: bytes) -> Any:
    try:
        return fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise TrackUnreadable(BOMB) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise TrackUnreadable(BROKEN) from error


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _fix(node: Any) -> Fix:
    try:
        lat, lon = float(node.get("lat")), float(node.get("lon"))
    except (TypeError, ValueError) as error:
        raise TrackUnreadable(NOWHERE) from error
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise TrackUnreadable(NOWHERE)
    said = next((child.text for child in node if _name(child) == "time"), None)
    try:
        at = datetime.fromisoformat((said or "").strip())
    except ValueError as error:
        raise TrackUnreadable(TIMELESS) from error
    return Fix(at if at.tzinfo else at.replace(tzinfo=UTC), (lat, lon))


def must_belong(track: Sequence[Fix], since: datetime, until: datetime, at: datetime) -> None:
    """Raises TrackUnreadable for a track of another time than the run, or of the future."""
    first, last = track[0].at, track[-1].at
    if first < since - MARGIN or last > min(until + MARGIN, at + timedelta(minutes=5)):
        raise TrackUnreadable(ELSEWHEN)


def thinned(track: Sequence[Fix]) -> list[Fix]:
    """The track without points that follow within seconds; first and last stay."""
    found = [track[0]]
    for fix in track[1:-1]:
        if fix.at - found[-1].at >= THIN:
            found.append(fix)
    return [*found, track[-1]]


def jumps(track: Sequence[Fix], limits: Limits) -> int:
    """How often the track jumps farther and faster than anybody drives."""
    return sum(is_jump(before, after, limits) for before, after in pairwise(track))


def without_spikes(track: Sequence[Fix], limits: Limits) -> list[Fix]:
    """The track without the points to which it jumped and from which it came back: nobody was there.

    Where it goes on from the new place, it may have been wrong before as well as after: all stays.
    """
    pieces: list[list[Fix]] = [[track[0]]]
    for before, after in pairwise(track):
        if is_jump(before, after, limits):
            pieces.append([])
        pieces[-1].append(after)
    found = pieces[0]
    for number, piece in enumerate(pieces[1:], 1):
        follows = pieces[number + 1] if number + 1 < len(pieces) else None
        is_spike = is_jump(found[-1], piece[0], limits) and follows is not None
        if not is_spike or follows is None or is_jump(found[-1], follows[0], limits):
            found = [*found, *piece]
    return found


def match(track: Sequence[Fix], place: Point, near_metres: float) -> Match:
    """What the track says of a place: the time spent nearer than so many metres."""
    away = [haversine_metres(fix.point, place) for fix in track]
    there = [fix.at for fix, metres in zip(track, away, strict=True) if metres <= near_metres]
    dwell = timedelta()
    for (before, far), (after, farther) in pairwise(zip(track, away, strict=True)):
        if far <= near_metres and farther <= near_metres:
            dwell += after.at - before.at
    return Match(round(min(away)), min(there, default=None), max(there, default=None), dwell)


def deviation(track: Sequence[Fix], way: Sequence[Point], far_metres: float) -> Deviation | None:
    """How far the track was from the straight way between the stops; None without a way."""
    if len(way) < 2:
        return None
    away = [min(_to_segment(fix.point, a, b) for a, b in pairwise(way)) for fix in track]
    farthest = max(range(len(track)), key=away.__getitem__)
    beyond = sum(
        (after.at - before.at
         for (before, far), (after, _farther) in pairwise(zip(track, away, strict=True))
         if far > far_metres),
        timedelta(),
    )  # fmt: skip
    return Deviation(round(away[farthest]), track[farthest].at, beyond)


def _to_segment(point: Point, a: Point, b: Point) -> float:
    """Metres from a point to a segment, on the plane around the point."""
    scale = math.cos(math.radians(point[0]))

    def flat(one: Point) -> tuple[float, float]:
        return (
            (one[1] - point[1]) * scale * METRES_OF_DEGREE,
            (one[0] - point[0]) * METRES_OF_DEGREE,
        )

    (ax, ay), (bx, by) = flat(a), flat(b)
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
    return math.hypot(ax + share * dx, ay + share * dy)


def length_metres(track: Iterable[Fix]) -> float:
    """The way that the device went."""
    return sum(haversine_metres(a.point, b.point) for a, b in pairwise(track))
