"""Counties covered by a message, and the counties that a name and its part take in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from nuantu.accounts.rules.divisions import full_code, short_code
from nuantu.warnings.rules.gazetteer import Gazetteer, Mention
from nuantu.warnings.rules.message import Point
from nuantu.warnings.rules.regions import PART_WORD, box_of, lies_in_part

PROVINCE_DIGITS, PREFECTURE_DIGITS, COUNTY_DIGITS = 2, 4, 6


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


def distinct(covers: Sequence[Cover]) -> tuple[Cover, ...]:
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


def covers_of(mentions: list[Mention], text: str, country: Country) -> list[Cover]:
    covers: list[Cover] = []
    scope = ""
    for mention in mentions:
        codes = [code for code in mention.codes if code.startswith(scope)] or list(mention.codes)
        code = one_of(codes, country)
        if not code:
            continue
        part = part_after(text, mention.end)
        scope = short_code(code)[:PREFECTURE_DIGITS]
        covers.extend(named_cover(code, part, mention.name, country))
    return covers


def one_of(codes: Sequence[str], country: Country) -> str:
    """The division a name means: the largest; of namesakes the one near us."""
    near = [code for code in codes if country.own and code[:2] == country.own[:2]]
    chosen = near or list(codes)
    return chosen[0] if chosen else ""


def part_after(text: str, end: int) -> str:
    found = re.match(rf"(?:的)?({PART_WORD}(?:[、和]{PART_WORD})*)", text[end : end + 24])
    return found[1] if found else ""


def named_cover(code: str, part: str, name: str, country: Country) -> list[Cover]:
    prefix = short_code(code)
    if len(prefix) > COUNTY_DIGITS:
        county = full_code(prefix[:COUNTY_DIGITS])
        return [Cover(county, name, Basis.NAME)] if county in country.counties else []
    inside = [county for county in country.counties if county.startswith(prefix)]
    if len(prefix) == COUNTY_DIGITS or not part:
        return [Cover(county, part, Basis.NAME) for county in inside]
    return [
        Cover(county, f"{name}{part}", Basis.REGION)
        for county in inside
        if is_in_part(county, prefix, part, country)
    ]


def is_in_part(county: str, prefix: str, part: str, country: Country) -> bool:
    box = box_of(p for code, ps in country.points.items() if code.startswith(prefix) for p in ps)
    own = country.points.get(county, ())
    return (
        not box
        or not own
        or any(lies_in_part(point, box, word) for word in re.split("[、和]", part) for point in own)
    )
