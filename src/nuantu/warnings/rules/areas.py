"""Whom a message covers: which counties, whole or in part, and by what we know it.

Codes are the word of the issuer and come first: a code covers every county below it, a town's code
covers its county in part. Then shapes, then names of the area, then the text itself. The text of a
prefecture covers the counties it lists as its subject, else all of its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from nuantu.accounts.rules.divisions import full_code, short_code
from nuantu.warnings.rules.gazetteer import Gazetteer, Mention
from nuantu.warnings.rules.issuers import issuer_named, issuers_in
from nuantu.warnings.rules.message import Area, Message, Point
from nuantu.warnings.rules.normalising import matching_copy
from nuantu.warnings.rules.regions import PART_WORD, box_of, lies_in_part, regions_naming
from nuantu.warnings.rules.shapes import is_inside

_OWN = (
    r"(?:我|本|全)(?:省|市|州|县|区|盟|旗|境)|州内|境内|(?:省|市|州|县|区)内|各县市?|各乡镇|各镇街"
)
_WHOLE = re.compile(
    rf"(?:{_OWN})(?:范围内)?(?P<part>{PART_WORD}(?:[、和与及]{PART_WORD})*(?:县市|乡镇)?)?"
)
_ALTITUDE = re.compile(
    r"海拔(?:高度)?(?:在)?\d{2,4}(?:米|m)?(?:以上|以下|到\d+米)(?:的?(?:地区|区域|山区|乡镇))?"
)
_EXCEPT = re.compile(r"除(?!了)(?P<names>[^。;:]{2,40}?)(?:以外|之外|外)")
_EMPHASIS = re.compile(r"其中[^。;]*")
_GENERIC_PLACE = re.compile(r"^(?:我|本)?(省|市|州|县|区|盟|旗)$")
_SEPARATOR = re.compile(rf"^(?:市|县|区|州)?(?:的)?(?:{PART_WORD})?[、和与及,/\s]*(?:的)?$")
_PROVINCE_DIGITS, _PREFECTURE_DIGITS, _COUNTY_DIGITS = 2, 4, 6


class Basis(StrEnum):
    """By what a county is known to be covered."""

    CODE = "code"
    SHAPE = "shape"
    NAME = "name"
    ISSUER = "issuer"
    REGION = "region"
    HAND = "hand"


@dataclass(frozen=True, slots=True, order=True)
class Cover:
    """One county (12 digits) covered by a message; `part` says which part, empty for the whole."""

    division_code: str
    part: str = ""
    basis: Basis = Basis.CODE


@dataclass(frozen=True, slots=True)
class Country:
    """What is known of places: names, the counties we serve, points of counties, our own division.

    `points` may hold several places of one county; counties without points are never excluded by
    shape or direction when a name or code takes them in.
    """

    names: Gazetteer
    counties: Sequence[str]
    points: Mapping[str, Sequence[Point]] = field(default_factory=dict)
    own: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who is covered. `issuer_division` has 12 digits or is empty; `is_located` is false when it
    cannot be told whom the message is for, so that a person has to say."""

    covers: tuple[Cover, ...]
    issuer_division: str
    is_located: bool


def coverage(message: Message, country: Country) -> Coverage:
    """The counties we serve that a message covers."""
    division = issuer_division(message, country)
    for reader in (_by_codes, _by_shapes, _by_area_names):
        covers = reader(message, country, division)
        if covers is not None:
            return Coverage(_distinct(covers), division, is_located=True)
    if message.is_national:
        return Coverage(_distinct(_by_regions(message, country)), division, is_located=True)
    return _by_text(message, country, division)


def issuer_division(message: Message, country: Country) -> str:
    """The division of the issuer: its code, else its name, else our own where it says 我县."""
    if message.sender_division:
        return message.sender_division
    for name in (message.sender_name, message.sender):
        issuer = issuer_named(matching_copy(name))
        if issuer is None or issuer.is_national:
            continue
        found = place_named(issuer.place, country)
        if found:
            return found
    return ""


def place_named(place: str, country: Country) -> str:
    """The division that a place before 气象台 means; 市 alone is the reader's own city."""
    generic = _GENERIC_PLACE.match(place)
    if not generic:
        return country.names.chain(place, country.own)
    own = short_code(country.own) if country.own else ""
    for length in (_COUNTY_DIGITS, _PREFECTURE_DIGITS, _PROVINCE_DIGITS):
        if len(own) >= length and country.names.name_of(full_code(own[:length])).endswith(
            generic[1]
        ):
            return full_code(own[:length])
    return ""


def _distinct(covers: Sequence[Cover]) -> tuple[Cover, ...]:
    """One cover a county: a whole cover absorbs parts, several parts are joined."""
    parts: dict[str, list[Cover]] = {}
    for cover in covers:
        parts.setdefault(cover.division_code, []).append(cover)
    return tuple(_joined(group) for _, group in sorted(parts.items()))


def _joined(group: list[Cover]) -> Cover:
    whole = [cover for cover in group if not cover.part]
    if whole:
        return whole[0]
    words = "、".join(dict.fromkeys(cover.part for cover in group))
    return Cover(group[0].division_code, words, group[0].basis)


# ── codes, shapes, names of areas ────────────────────────────────────────────────────────────────


def _by_codes(message: Message, country: Country, division: str) -> list[Cover] | None:
    coded = [area for area in message.areas if area.codes]
    if not coded:
        return None
    text = matching_copy(message.description)
    return [
        Cover(county, part, Basis.CODE)
        for area in coded
        for code in area.codes
        for county, part in _below(code, area, text, country)
    ]


def _below(code: str, area: Area, text: str, country: Country) -> list[tuple[str, str]]:
    """The counties of a code with the part each is covered in."""
    prefix = short_code(code)
    if len(prefix) > _COUNTY_DIGITS:
        county = full_code(prefix[:_COUNTY_DIGITS])
        name = country.names.name_of(code) or area.description or code
        return [(county, name)] if county in country.counties else []
    inside = [county for county in country.counties if county.startswith(prefix)]
    if len(prefix) == _COUNTY_DIGITS:
        return [
            (county, _altitude_of(area) or _part_of_county(text, county, country))
            for county in inside
        ]
    return [(county, _altitude_of(area)) for county in inside]


def _altitude_of(area: Area) -> str:
    if area.altitude_metres is None or area.altitude_metres <= 0:
        return ""
    return f"海拔{area.altitude_metres:.0f}米以上"


def _by_shapes(message: Message, country: Country, division: str) -> list[Cover] | None:
    shaped = [area for area in message.areas if area.polygons or area.circles]
    if not shaped:
        return None
    covers: list[Cover] = []
    for county in country.counties:
        points = country.points.get(county, ())
        inside = [point for point in points if any(is_inside(point, area) for area in shaped)]
        if inside:
            part = "" if len(inside) == len(points) else shaped[0].description or "图示范围"
            covers.append(Cover(county, part, Basis.SHAPE))
    return covers


def _by_area_names(message: Message, country: Country, division: str) -> list[Cover] | None:
    """Area descriptions that are plain names of divisions (凯里市、麻江县)."""
    text = matching_copy("、".join(area.description for area in message.areas if area.description))
    if not text:
        return None
    for scope in dict.fromkeys((short_code(division) if division else "", "")):
        mentions = country.names.mentions(text, scope)
        if mentions:
            return _covers_of(mentions, text, country)
    return None


def _covers_of(mentions: list[Mention], text: str, country: Country) -> list[Cover]:
    covers: list[Cover] = []
    scope = ""
    for mention in mentions:
        codes = [code for code in mention.codes if code.startswith(scope)] or list(mention.codes)
        code = _one_of(codes, country)
        if not code:
            continue
        part = _part_after(text, mention.end)
        scope = short_code(code)[:_PREFECTURE_DIGITS]
        covers.extend(_named_cover(code, part, mention.name, country))
    return covers


def _one_of(codes: Sequence[str], country: Country) -> str:
    """The division a name means: the largest; of namesakes the one near us."""
    near = [code for code in codes if country.own and code[:2] == country.own[:2]]
    chosen = near or list(codes)
    return chosen[0] if chosen else ""


def _part_after(text: str, end: int) -> str:
    found = re.match(rf"(?:的)?({PART_WORD}(?:[、和]{PART_WORD})*)", text[end : end + 24])
    return found[1] if found else ""


def _named_cover(code: str, part: str, name: str, country: Country) -> list[Cover]:
    prefix = short_code(code)
    if len(prefix) > _COUNTY_DIGITS:
        county = full_code(prefix[:_COUNTY_DIGITS])
        return [Cover(county, name, Basis.NAME)] if county in country.counties else []
    inside = [county for county in country.counties if county.startswith(prefix)]
    if len(prefix) == _COUNTY_DIGITS or not part:
        return [Cover(county, part, Basis.NAME) for county in inside]
    return [
        Cover(county, f"{name}{part}", Basis.REGION)
        for county in inside
        if _is_in_part(county, prefix, part, country)
    ]


def _is_in_part(county: str, prefix: str, part: str, country: Country) -> bool:
    box = box_of(p for code, ps in country.points.items() if code.startswith(prefix) for p in ps)
    own = country.points.get(county, ())
    return (
        not box
        or not own
        or any(lies_in_part(point, box, word) for word in re.split("[、和]", part) for point in own)
    )


# ── the text ─────────────────────────────────────────────────────────────────────────────────────


def _by_regions(message: Message, country: Country) -> list[Cover]:
    """The national centre names provinces with parts and large regions; never all by default."""
    text = matching_copy(message.description)
    covers: list[Cover] = []
    for county in country.counties:
        point = next(iter(country.points.get(county, ())), None)
        words = regions_naming(text, county[:2], point)
        if words:
            covers.append(Cover(county, words, Basis.REGION))
    provinces = [m for m in country.names.mentions(text) if len(short_code(m.codes[0])) <= 4]
    return covers + [
        Cover(cover.division_code, cover.part or mention.name, Basis.REGION)
        for mention in provinces
        for cover in _covers_of([mention], text, country)
    ]


def _by_text(message: Message, country: Country, division: str) -> Coverage:
    """What the text takes as its subject within the issuer's division."""
    scope = short_code(division) if division else ""
    for text in (message.object_area, _body(message)):
        listed = _listed(text, scope, country) if text else None
        if listed is not None:
            return Coverage(_distinct(_with_altitude(listed, message)), division, is_located=True)
    if not division:
        return Coverage((), "", is_located=False)
    text = matching_copy(message.description)
    excepted = _excepted(message, scope, country)
    own = [
        county
        for county in country.counties
        if county.startswith(scope[:_COUNTY_DIGITS]) and county not in excepted
    ]
    part = _whole_part(_body(message))
    covers = [
        Cover(
            county,
            _part_of_county(text, county, country) if len(scope) >= 6 else part,
            Basis.ISSUER,
        )
        for county in own
        if len(scope) >= _COUNTY_DIGITS or _is_in_part(county, scope, part, country)
    ]
    return Coverage(_distinct(covers), division, is_located=True)


def _body(message: Message) -> str:
    """The text behind the announcement, without what it only stresses (其中…)."""
    text = matching_copy(message.description)
    head = re.search(r"(?:预警信号|预警信息|预警|信号|警报)[^:,。;]{0,16}[:,。]", text)
    return _EXCEPT.sub("", _EMPHASIS.sub("", text[head.end() :] if head else text))


def _excepted(message: Message, scope: str, country: Country) -> set[str]:
    """Counties that a text takes out: 全州除榕江、从江以外."""
    found = _EXCEPT.search(matching_copy(message.description))
    named = country.names.mentions(found["names"], scope) if found else []
    return {c.division_code for c in _covers_of(named, found["names"] if found else "", country)}


def _with_altitude(covers: list[Cover], message: Message) -> list[Cover]:
    """The counties of a list that the text limits by altitude (天柱、锦屏海拔800米以上地区)."""
    altitude = _ALTITUDE.search(_body(message))
    if not altitude:
        return covers
    return [
        Cover(cover.division_code, cover.part or altitude.group(), cover.basis) for cover in covers
    ]


def _listed(text: str, scope: str, country: Country) -> list[Cover] | None:
    """Covers of the divisions listed as the subject of a text; None where it speaks of the whole,
    or of nothing below the issuer."""
    inner = [m for m in country.names.mentions(text, scope) if _is_below(m, scope)]
    inner = [m for m in inner if not _is_in_issuer(text, m)]
    if not inner or _speaks_of_whole(text, inner):
        return None
    if scope and len(scope) >= _COUNTY_DIGITS:
        return None
    return _covers_of(inner, text, country)


def _is_below(mention: Mention, scope: str) -> bool:
    return any(len(short_code(code)) > len(scope) for code in mention.codes)


def _is_in_issuer(text: str, mention: Mention) -> bool:
    """Whether a name is part of an issuer's name or of a road (贵黄高速)."""
    after = text[mention.end : mention.end + 4]
    return any(
        issuer.start <= mention.start < issuer.end for issuer in issuers_in(text)
    ) or after.startswith(("高速", "公路", "大道", "方向"))


def _speaks_of_whole(text: str, inner: list[Mention]) -> bool:
    """Whether 全州, 我市 … stands for itself and not before a list (我州天柱、锦屏等县)."""
    for found in _WHOLE.finditer(text):
        following = [m for m in inner if m.start >= found.end()]
        gap = text[found.end() : following[0].start] if following else "。"
        if not _SEPARATOR.match(gap):
            return True
    return False


def _whole_part(text: str) -> str:
    """The part of the whole that a text speaks of: 全州大部, 我州海拔800米以上地区."""
    altitude = _ALTITUDE.search(text)
    if altitude:
        return altitude.group()
    parts = [found.group() for found in _WHOLE.finditer(text) if found["part"]]
    return parts[0] if parts else ""


def _part_of_county(text: str, county: str, country: Country) -> str:
    """The part of one county that a text names: towns, a direction, an altitude."""
    body = _EMPHASIS.sub("", text)
    towns = [
        m.name
        for m in country.names.mentions(body, short_code(county))
        if len(short_code(m.codes[0])) > _COUNTY_DIGITS and m.name[-1] in "镇乡道处"
    ]
    if towns:
        return "、".join(dict.fromkeys(towns))
    altitude = _ALTITUDE.search(body)
    return altitude.group() if altitude else _direction_in_county(body, county, country)


def _direction_in_county(body: str, county: str, country: Country) -> str:
    found = _WHOLE.search(body)
    if found and found["part"]:
        return found.group()
    for mention in country.names.mentions(body, short_code(county)):
        part = _part_after(body, mention.end)
        if part and county in mention.codes:
            return mention.name + part
    return ""
