"""A point in words: which known place it is near, how far from it and on which side."""

import math
from dataclasses import dataclass

from nuantu.places.rules.datums import Point
from nuantu.places.rules.geometry import haversine_metres

BESIDE_METRES = 30.0
IN_THE_MIDDLE_METRES = 150.0
_WINDS = (
    ("北", "north"),
    ("东北", "northeast"),
    ("东", "east"),
    ("东南", "southeast"),
    ("南", "south"),
    ("西南", "southwest"),
    ("西", "west"),
    ("西北", "northwest"),
)


@dataclass(frozen=True, slots=True)
class Described:
    """The same words in Chinese and in English; names of places stay as they are."""

    zh: str
    en: str


def describe(
    point: Point, *, area: str, centre: Point | None, landmark: str = "", at: Point | None = None
) -> Described:
    """三棵树镇 · 大桥南约 200 米; without a landmark from the centre of the area: 三棵树镇中心南约 3 公里.

    `area` is the town or county that the point lies in; `landmark` stands at `at`.
    """
    if landmark and at is not None:
        metres = haversine_metres(at, point)
        head = "" if landmark.startswith(area) else f"{area} · "
        if metres < BESIDE_METRES:
            return Described(f"{head}{landmark}旁", f"{head}beside {landmark}")
        zh, en, far = _wind(at, point), _wind(at, point, 1), _distances(metres)
        return Described(
            f"{head}{landmark}{zh}约 {far[0]}", f"{head}about {far[1]} {en} of {landmark}"
        )
    if centre is None:
        return Described(area, area)
    metres = haversine_metres(centre, point)
    if metres < IN_THE_MIDDLE_METRES:
        return Described(f"{area}中心", f"Centre of {area}")
    zh, en, far = _wind(centre, point), _wind(centre, point, 1), _distances(metres)
    return Described(f"{area}中心{zh}约 {far[0]}", f"About {far[1]} {en} of the centre of {area}")


def _wind(start: Point, end: Point, language: int = 0) -> str:
    """On which of eight sides of `start` the other point lies."""
    north = end.lat - start.lat
    east = (end.lon - start.lon) * math.cos(math.radians(start.lat))
    return _WINDS[round(math.degrees(math.atan2(east, north)) / 45) % 8][language]


def _distances(metres: float) -> tuple[str, str]:
    """As exact as a person says it: in steps of 50 m, from a kilometre on in kilometres."""
    if metres < 975:
        said = max(50, round(metres / 50) * 50)
        return f"{said} 米", f"{said} m"
    kilometres = f"{metres / 1000:.1f}" if metres < 9950 else f"{metres / 1000:.0f}"
    kilometres = kilometres.removesuffix(".0")
    return f"{kilometres} 公里", f"{kilometres} km"
