"""Whom a message covers: which counties, whole or in part, and by what we know it.

Codes are the word of the issuer and come first: a code covers every county below it, a town's code
covers its county in part. Then shapes, then names of the area, then the text itself. The text of a
prefecture covers the counties it lists as its subject, else all of its own.
"""

import re

from nuantu.accounts.rules.divisions import full_code, short_code
from nuantu.warnings.rules.covers import (
    COUNTY_DIGITS,
    PREFECTURE_DIGITS,
    PROVINCE_DIGITS,
    Basis,
    Country,
    Cover,
    Coverage,
    covers_of,
    distinct,
    one_of,
)
from nuantu.warnings.rules.issuers import issuer_named
from nuantu.warnings.rules.message import Area, Message, MsgType
from nuantu.warnings.rules.normalising import matching_copy
from nuantu.warnings.rules.regions import regions_naming
from nuantu.warnings.rules.scopes import by_text, part_of_county
from nuantu.warnings.rules.shapes import is_inside

_GENERIC_PLACE = re.compile(r"^(?:我|本)?(省|市|州|县|区|盟|旗)$")


def coverage(message: Message, country: Country) -> Coverage:
    """The counties we serve that a message covers."""
    division = issuer_division(message, country)
    for reader in (_by_codes, _by_shapes, _by_area_names):
        covers = reader(message, country, division)
        if covers is not None:
            return Coverage(distinct(covers), division, is_located=True)
    if message.is_national:
        return Coverage(distinct(_national(message, country)), division, is_located=True)
    return by_text(message, country, division)


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
    return "" if message.is_national else _lead_division(message, country)


def _lead_division(message: Message, country: Country) -> str:
    """The division a text begins with where it names no office: 榕江县21日18时发布…."""
    text = matching_copy(message.description or message.headline)
    head = re.split(r"继续发布|发布|解除|取消|撤销|变更|更新|升级|降级|将", text, maxsplit=1)
    if len(head) == 1:
        return ""
    mentions = country.names.mentions(re.sub(r"\[[^\]]*\]", "", head[0]))
    codes = [one_of(mention.codes, country) for mention in mentions]
    return max((code for code in codes if code), key=lambda c: len(short_code(c)), default="")


def place_named(place: str, country: Country) -> str:
    """The division that a place before 气象台 means; 市 alone is the reader's own city."""
    generic = _GENERIC_PLACE.match(place)
    if not generic:
        found = (country.names.chain(place[skip:], country.own) for skip in range(len(place) or 1))
        return next((code for code in found if code), "")
    own = short_code(country.own) if country.own else ""
    for length in (COUNTY_DIGITS, PREFECTURE_DIGITS, PROVINCE_DIGITS):
        if len(own) >= length and country.names.name_of(full_code(own[:length])).endswith(
            generic[1]
        ):
            return full_code(own[:length])
    return ""


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
    if len(prefix) > COUNTY_DIGITS:
        county = full_code(prefix[:COUNTY_DIGITS])
        name = country.names.name_of(code) or area.description or code
        return [(county, name)] if county in country.counties else []
    inside = [county for county in country.counties if county.startswith(prefix)]
    if len(prefix) == COUNTY_DIGITS:
        return [
            (county, _altitude_of(area) or part_of_county(text, county, country))
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
            return covers_of(mentions, text, country)
    return None


# ── the national centre, and who may end something here ──────────────────────────────────────────


def _national(message: Message, country: Country) -> list[Cover]:
    """What the national centre names; its lifting without names is for everybody."""
    covers = _by_regions(message, country)
    if covers or message.msg_type is not MsgType.CANCEL:
        return covers
    return [Cover(county, "", Basis.REGION) for county in country.counties]


def concerns(message: Message, located: Coverage, country: Country) -> bool:
    """Whether a message that covers none of our counties may still end something here: an update
    or cancel of an issuer whose area holds one of them, or of one unknown that names a message."""
    if message.msg_type not in (MsgType.UPDATE, MsgType.CANCEL):
        return False
    if message.is_national:
        return True
    if not located.issuer_division:
        return bool(message.references) and not any(area.codes for area in message.areas)
    prefix = short_code(located.issuer_division)[:COUNTY_DIGITS]
    return any(county.startswith(prefix) for county in country.counties)


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
        for cover in covers_of([mention], text, country)
    ]
