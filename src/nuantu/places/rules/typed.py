"""Coordinates as people type, paste or read them out.

In China latitude (3 to 54) and longitude (73 to 136) never overlap, so the order of two bare
numbers can be told from the numbers; a label (N, 北纬, lat …) wins where there is one.
"""

import re
import unicodedata
from dataclasses import dataclass

from nuantu.places.rules.datums import Datum, Point

_NUMBER = r"[-+]?\d{1,3}(?:\.\d+)?"
_ANGLE = re.compile(
    rf"""(?P<degrees>{_NUMBER})\s*
    (?:(?:°|º|˚|度|d\b)\s*
       (?:(?P<minutes>\d{{1,2}}(?:\.\d+)?)\s*(?:['′’‘]|分)\s*
          (?:(?P<seconds>\d{{1,2}}(?:\.\d+)?)\s*(?:["″”“]|''|′′|秒)\s*)?
       )?
    )?""",
    re.VERBOSE | re.IGNORECASE,
)
_LATITUDE = re.compile(r"(?:北纬|南纬|纬度|latitude|lat|[ns])", re.IGNORECASE)
_LONGITUDE = re.compile(r"(?:东经|西经|经度|longitude|long|lng|lon|[ew])", re.IGNORECASE)
_HEADINGS = re.compile(
    r"坐标|位置|约|coordinates|geo|point|wgs-?84|gcj-?02|bd-?09|cgcs2000|高德|腾讯|百度|北斗|gps|地图",
    re.IGNORECASE,
)
_DATUM_WORDS = (
    (re.compile(r"bd-?09|百度", re.IGNORECASE), Datum.BD09),
    (re.compile(r"gcj-?02|高德|腾讯", re.IGNORECASE), Datum.GCJ02),
    (re.compile(r"wgs-?84|cgcs2000|gps|北斗", re.IGNORECASE), Datum.WGS84),
)
_FILLING = re.compile(r"[\s,，、;；:：=&/|()\[\]{}°。.]*")


@dataclass(frozen=True, slots=True)
class TypedPoint:
    """What was read: the point as written, whether longitude stood first, and the datum if told."""

    point: Point
    has_longitude_first: bool
    datum: Datum | None = None


def parse_coordinates(text: str) -> TypedPoint | None:
    """The point that a line of text names, or None when it is not (only) a pair of coordinates.

    Reads 26.58,107.97 / 107.97 E 26.58 N / 北纬26°34′58″ 东经107°58′12″ / geo:26.58,107.97 /
    POINT(107.97 26.58), full-width signs, and degrees with minutes. Words around it (an address)
    make it None: those belong to the address matcher.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    bare = _HEADINGS.sub(" ", plain)
    angles = list(_ANGLE.finditer(bare))
    if len(angles) != 2 or not _is_only_filling(bare, angles):
        return None
    first, second = (_degrees(angle) for angle in angles)
    labels = _labels(bare, angles)
    if first is None or second is None or labels is None:
        return None
    axes = labels[0].axis, labels[1].axis
    if axes == ("", "") and not any(re.search(r"[.°º˚度]", angle[0]) for angle in angles):
        return None
    first *= labels[0].sign
    second *= labels[1].sign
    is_swapped = axes[0] == "lon" or axes[1] == "lat"
    if axes == ("", ""):
        is_swapped = _is_longitude_first(first, second)
    point = Point(second, first) if is_swapped else Point(first, second)
    return TypedPoint(point, is_swapped, datum_in(plain))


def datum_in(text: str) -> Datum | None:
    """The datum a map's name stands for."""
    return next((datum for pattern, datum in _DATUM_WORDS if pattern.search(text)), None)


@dataclass(frozen=True, slots=True)
class _Label:
    axis: str  # "lat", "lon" or "" when nothing is said
    sign: int


def _is_longitude_first(first: float, second: float) -> bool:
    """Two bare numbers: the one that can only be a Chinese longitude is the longitude."""
    return abs(first) > 60 and abs(second) <= 60


def _degrees(angle: re.Match[str]) -> float | None:
    minutes, seconds = float(angle["minutes"] or 0), float(angle["seconds"] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    degrees = float(angle["degrees"])
    part = minutes / 60 + seconds / 3600
    return degrees - part if degrees < 0 else degrees + part


def _is_only_filling(text: str, angles: list[re.Match[str]]) -> bool:
    """Whether nothing but labels and separators stands around the two angles."""
    rest = text[: angles[0].start()] + " " + text[angles[0].end() : angles[1].start()]
    rest += " " + text[angles[1].end() :]
    return _FILLING.fullmatch(_LATITUDE.sub(" ", _LONGITUDE.sub(" ", rest))) is not None


def _labels(text: str, angles: list[re.Match[str]]) -> tuple[_Label, _Label] | None:
    """What is said before the first, between, and after the second angle.

    The words between belong to the second angle when something stands before the first, else to
    the first. The same axis told twice is a contradiction: None.
    """
    before = text[: angles[0].start()]
    between = text[angles[0].end() : angles[1].start()]
    after = text[angles[1].end() :]
    if _axis(before) and not _axis(after):
        first, second = before, between
    elif _axis(before):
        return None
    elif _axis(after):
        first, second = between, after
    else:
        first, second = (between, "") if _axis(between) else (before, "")
    one, two = _label(first), _label(second)
    return None if one.axis and one.axis == two.axis else (one, two)


def _axis(words: str) -> str:
    if _LATITUDE.search(_LONGITUDE.sub(" ", words)):
        return "lat"
    return "lon" if _LONGITUDE.search(words) else ""


def _label(words: str) -> _Label:
    is_negative = re.search(r"南纬|西经|\b[sw]\b", words, re.IGNORECASE) is not None
    return _Label(_axis(words), -1 if is_negative else 1)
