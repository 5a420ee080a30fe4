"""Where somebody should be: circles and polygons with their hours. Degrees in WGS-84, distances in metres."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

METRES_PER_DEGREE: Final = 111_195.0
SMALLEST_RADIUS, LARGEST_RADIUS = 50, 50_000
FEWEST_CORNERS, MOST_CORNERS = 3, 60
FLAT: Final = 1e-10  # square degrees: about a square metre
Corner = tuple[float, float]


class FenceFault(ValueError):
    """A fence that cannot be; `code` is missing, centre, radius, corners, area or crossing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Shape:
    """A circle around its one corner, or a polygon of three and more (latitude, longitude)."""

    corners: tuple[Corner, ...]
    radius: int = 0

    def metres_outside(self, lat: float, lon: float) -> float:
        """How far outside; 0 and less is inside a circle, 0 inside a polygon (flat earth nearby)."""
        east = METRES_PER_DEGREE * math.cos(math.radians(lat))
        flat = [((x - lon) * east, (y - lat) * METRES_PER_DEGREE) for y, x in self.corners]
        if self.radius:
            return math.hypot(*flat[0]) - self.radius
        if _holds(flat):
            return 0.0
        return min(_to_side(a, b) for a, b in _sides(flat))

    def ring(self) -> list[Corner]:
        """The closed border to draw, latitude first."""
        if not self.radius:
            return [*self.corners, self.corners[0]]
        (lat, lon), steps = self.corners[0], 48
        north = self.radius / METRES_PER_DEGREE
        east = north / math.cos(math.radians(lat))
        turns = [2 * math.pi * step / steps for step in range(steps + 1)]
        return [(lat + north * math.sin(turn), lon + east * math.cos(turn)) for turn in turns]


@dataclass(frozen=True, slots=True)
class Fence:
    """A shape and its hours in China's time; without hours it always holds. Hours may pass midnight."""

    shape: Shape
    hours_from: time | None = None
    hours_to: time | None = None

    def holds_at(self, local: datetime) -> bool:
        """Whether it is asked for at a moment of a clock in China."""
        return is_within(local.time(), self.hours_from, self.hours_to)


def is_within(moment: time, start: time | None, end: time | None) -> bool:
    """Whether a time of day lies in hours that may pass midnight; no hours are all hours."""
    if start is None or end is None or start == end:
        return True
    if start < end:
        return start <= moment < end
    return moment >= start or moment < end


def metres_outside_all(fences: Iterable[Fence], lat: float, lon: float) -> float:
    """How far outside the nearest of them."""
    return min((fence.shape.metres_outside(lat, lon) for fence in fences), default=0.0)


def circle(lat: float, lon: float, radius: int) -> Shape:
    """A checked circle. Raises FenceFault."""
    if abs(lat) > 90 or abs(lon) > 180:
        raise FenceFault("centre")
    if not SMALLEST_RADIUS <= radius <= LARGEST_RADIUS:
        raise FenceFault("radius")
    return Shape(((lat, lon),), radius)


def polygon(corners: Sequence[Corner]) -> Shape:
    """A checked polygon whose sides do not cross. Raises FenceFault."""
    found = list(corners)
    if len(found) > 1 and found[0] == found[-1]:
        found.pop()
    if not FEWEST_CORNERS <= len(found) <= MOST_CORNERS:
        raise FenceFault("corners")
    if any(abs(lat) > 90 or abs(lon) > 180 for lat, lon in found):
        raise FenceFault("corners")
    sides = list(_sides(found))
    for first, one in enumerate(sides):
        for second in range(first + 2, len(sides)):
            if (first, second) != (0, len(sides) - 1) and _cross(one, sides[second]):
                raise FenceFault("crossing")
    if not any(abs(_turn(found[0], a, b)) > FLAT for a, b in sides):
        raise FenceFault("area")
    return Shape(tuple(found))


def written(shape: Shape) -> str:
    """As it is kept."""
    return json.dumps({"corners": shape.corners, "radius": shape.radius}, separators=(",", ":"))


def read(text: str) -> Shape:
    """What `written` wrote."""
    told = json.loads(text)
    return Shape(tuple((lat, lon) for lat, lon in told["corners"]), told["radius"])


def _sides(corners: Sequence[Corner]) -> Iterable[tuple[Corner, Corner]]:
    return zip(corners, [*corners[1:], corners[0]], strict=True)


def _holds(flat: Sequence[Corner]) -> bool:
    """Even-odd rule for the origin: a ray to the east crosses the border an odd number of times."""
    is_inside = False
    for (x1, y1), (x2, y2) in _sides(flat):
        if (y1 > 0) != (y2 > 0) and (x2 - x1) * -y1 / (y2 - y1) + x1 > 0:
            is_inside = not is_inside
    return is_inside


def _to_side(a: Corner, b: Corner) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = max(0.0, min(1.0, -(a[0] * dx + a[1] * dy) / length)) if length else 0.0
    return math.hypot(a[0] + share * dx, a[1] + share * dy)


def _turn(a: Corner, b: Corner, c: Corner) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cross(one: tuple[Corner, Corner], two: tuple[Corner, Corner]) -> bool:
    (a, b), (c, d) = one, two
    return (_turn(a, b, c) > 0) != (_turn(a, b, d) > 0) and (_turn(c, d, a) > 0) != (
        _turn(c, d, b) > 0
    )
