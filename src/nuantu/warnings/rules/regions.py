"""Parts of provinces and the large regions that the national centre speaks of (贵州东南部, 江南).

Boundaries of such regions are not published as geometry; a county belongs to one by where its
seat lies in the box of the whole, generously, because a missed cold wave costs more than a patrol.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nuantu.warnings.rules.message import Point

_NEAR, _FAR = 0.4, 0.6
PART_WORD = (
    r"(?:偏?(?:东南|东北|西南|西北|东|南|西|北|中东|中西|中南|中北|北中|南中|东中|西中|中)部"
    r"|大部分?(?:地区)?|部分(?:地区|县市|乡镇)?|局部(?:地区)?|沿江|沿海|山区|高海拔(?:地区|山区)?)"
)
_DIRECTIONS = re.compile(r"东南|东北|西南|西北|[东南西北中]{1,2}(?=部)")


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees WGS-84."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Region:
    """A large region: the provinces that take part (two digits) and its box."""

    provinces: frozenset[str]
    box: Box


REGIONS = {
    "西南地区": Region(frozenset({"50", "51", "52", "53", "54"}), Box(21.0, 97.0, 34.0, 110.2)),
    "西南": Region(frozenset({"50", "51", "52", "53", "54"}), Box(21.0, 97.0, 34.0, 110.2)),
    "西北地区": Region(frozenset({"61", "62", "63", "64", "65"}), Box(31.5, 73.0, 49.5, 111.3)),
    "华北": Region(frozenset({"11", "12", "13", "14", "15"}), Box(34.5, 110.0, 43.0, 120.0)),
    "东北地区": Region(frozenset({"21", "22", "23", "15"}), Box(38.5, 118.0, 53.5, 135.1)),
    "黄淮": Region(frozenset({"37", "41", "32", "34"}), Box(32.5, 110.0, 38.4, 122.7)),
    "江淮": Region(frozenset({"32", "34", "42"}), Box(30.4, 115.0, 33.8, 122.0)),
    "江汉": Region(frozenset({"42"}), Box(29.4, 108.3, 33.3, 116.2)),
    "江南": Region(
        frozenset({"31", "33", "36", "43", "34", "32", "42", "35"}), Box(24.5, 108.7, 31.6, 122.9)
    ),
    "华南": Region(frozenset({"44", "45", "46", "35"}), Box(18.0, 104.4, 27.0, 118.5)),
    "四川盆地": Region(frozenset({"51", "50"}), Box(28.0, 103.0, 32.6, 109.5)),
    "云贵高原": Region(frozenset({"52", "53"}), Box(21.0, 97.5, 29.3, 109.7)),
}
_NATIONWIDE = re.compile(r"全国大部|我国大部|中东部大部|我国中东部")


def box_of(points: Iterable[Point]) -> Box | None:
    """The box around points, None without points."""
    known = list(points)
    if not known:
        return None
    latitudes, longitudes = [p[0] for p in known], [p[1] for p in known]
    return Box(min(latitudes), min(longitudes), max(latitudes), max(longitudes))


def lies_in_part(point: Point, box: Box, part: str) -> bool:
    """Whether a point may lie in 东南部, 中西部 … of a box; any other word takes the whole."""
    found = _DIRECTIONS.search(part)
    if not found:
        return True
    eastward = _share(point[1], box.west, box.east)
    northward = _share(point[0], box.south, box.north)
    return all(_is_towards(letter, eastward, northward, found.group()) for letter in found.group())


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def _is_towards(letter: str, eastward: float, northward: float, word: str) -> bool:
    if letter == "中":
        return len(word) == 2 or (0.15 <= eastward <= 0.85 and 0.15 <= northward <= 0.85)
    slack = 0.1 if "中" in word else 0.0
    return {
        "东": eastward >= _NEAR - slack,
        "西": eastward <= _FAR + slack,
        "南": northward <= _FAR + slack,
        "北": northward >= _NEAR - slack,
    }[letter]


def regions_naming(text: str, province: str, point: Point | None) -> str:
    """The words of a national text that take in a place of `province` (two digits), else empty."""
    nationwide = _NATIONWIDE.search(text)
    if nationwide:
        return nationwide.group()
    for name, region in REGIONS.items():
        if province not in region.provinces:
            continue
        for found in re.finditer(rf"{name}((?:地区)?{PART_WORD}(?:和{PART_WORD})?)?", text):
            parts = re.split("和", found[1] or "")
            if point is None or any(lies_in_part(point, region.box, part) for part in parts):
                return found.group()
    return ""
