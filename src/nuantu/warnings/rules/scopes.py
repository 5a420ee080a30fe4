"""Whom a Chinese text takes as its subject: the whole of its issuer, a list, a part of a county.

What a text only stresses (其中…) or takes out (除…外) is not its subject.
"""

import re

from nuantu.accounts.rules.divisions import short_code
from nuantu.warnings.rules.covers import (
    COUNTY_DIGITS,
    Basis,
    Country,
    Cover,
    Coverage,
    covers_of,
    distinct,
    is_in_part,
    part_after,
)
from nuantu.warnings.rules.gazetteer import Mention
from nuantu.warnings.rules.issuers import Issuer, issuers_in
from nuantu.warnings.rules.message import Message
from nuantu.warnings.rules.normalising import matching_copy
from nuantu.warnings.rules.regions import PART_WORD

_OWN = (
    r"(?:我|本|全)(?:省|市|州|县|区|盟|旗|境)|州内|境内|(?:省|市|州|县|区)内|各县市?|各乡镇|各镇街"
    rf"|(?:省|州|市|县)(?=的{PART_WORD})"
)
_WHOLE = re.compile(
    rf"(?:{_OWN})(?:范围内)?的?(?P<part>{PART_WORD}(?:[、和与及]{PART_WORD})*(?:县市|乡镇)?)?"
)
_ALTITUDE = re.compile(
    r"海拔(?:高度)?(?:在)?\d{2,4}(?:米|m)?(?:以上|以下|到\d+米)(?:的?(?:地区|区域|山区|乡镇))?"
)
_CLOSED = re.compile(r"(?:[一二两三四五六七八九十]个?县市?|全境|全县|全域)(?:以及|及|和|与|[,、])")
_EXCEPT = re.compile(r"除(?!了)(?P<names>[^。;:]{2,40}?)(?:以外|之外|外)")
_EMPHASIS = re.compile(r"其中[^。;]*")
_SEPARATOR = re.compile(rf"^(?:市|县|区|州)?(?:的)?(?:{PART_WORD})?[、和与及,/\s]*(?:的)?$")


def by_text(message: Message, country: Country, division: str) -> Coverage:
    """What the text takes as its subject within the issuer's division."""
    scope = short_code(division) if division else ""
    for text in (message.object_area, _body(message)):
        listed = _listed(text, scope, country) if text else None
        if listed is not None:
            whole, limited = listed
            covers = [*whole, *_with_altitude(limited, message)]
            return Coverage(distinct(covers), division, is_located=True)
    if not division:
        return Coverage((), "", is_located=False)
    text = matching_copy(message.description)
    excepted = _excepted(message, scope, country)
    own = [
        county
        for county in country.counties
        if county.startswith(scope[:COUNTY_DIGITS]) and county not in excepted
    ]
    part = _whole_part(_body(message))
    covers = [
        Cover(
            county,
            part_of_county(text, county, country) if len(scope) >= 6 else part,
            Basis.ISSUER,
        )
        for county in own
        if len(scope) >= COUNTY_DIGITS or is_in_part(county, scope, part, country)
    ]
    return Coverage(distinct(covers), division, is_located=True)


def _body(message: Message) -> str:
    """The text behind the announcement, without what it only stresses (其中…)."""
    text = matching_copy(message.description)
    head = re.search(r"(?:预警信号|预警信息|预警|信号|警报)[^:,。;]{0,16}[:,。]", text)
    return _EXCEPT.sub("", _EMPHASIS.sub("", text[head.end() :] if head else text))


def _excepted(message: Message, scope: str, country: Country) -> set[str]:
    """Counties that a text takes out: 全州除榕江、从江以外."""
    found = _EXCEPT.search(matching_copy(message.description))
    named = country.names.mentions(found["names"], scope) if found else []
    return {c.division_code for c in covers_of(named, found["names"] if found else "", country)}


def _with_altitude(covers: list[Cover], message: Message) -> list[Cover]:
    """The counties of a list that the text limits by altitude (天柱、锦屏海拔800米以上地区)."""
    altitude = _ALTITUDE.search(_body(message))
    if not altitude:
        return covers
    return [
        Cover(cover.division_code, cover.part or altitude.group(), cover.basis) for cover in covers
    ]


def _listed(text: str, scope: str, country: Country) -> tuple[list[Cover], list[Cover]] | None:
    """Covers of the divisions listed as the subject of a text; None where it speaks of the whole,
    or of nothing below the issuer. Those of a list that was closed before an altitude come first
    (剑河、台江两县及丹寨县海拔1000米以上)."""
    inner = [m for m in country.names.mentions(text, scope) if _is_below(m, scope)]
    issuers = issuers_in(text)
    inner = [m for m in inner if not _is_in_other_name(text, m, issuers)]
    if not inner or _speaks_of_whole(text, inner):
        return None
    if scope and len(scope) >= COUNTY_DIGITS:
        return None
    altitude = _ALTITUDE.search(text)
    closed = _CLOSED.finditer(text, 0, altitude.start()) if altitude else ()
    cut = max((found.end() for found in closed), default=0)
    whole = covers_of([m for m in inner if m.start < cut], text, country)
    return whole, covers_of([m for m in inner if m.start >= cut], text, country)


def _is_below(mention: Mention, scope: str) -> bool:
    return any(len(short_code(code)) > len(scope) for code in mention.codes)


def _is_in_other_name(text: str, mention: Mention, issuers: list[Issuer]) -> bool:
    """Whether a name is part of an issuer's name or of a road (贵黄高速)."""
    after = text[mention.end : mention.end + 4]
    return any(
        issuer.start <= mention.start < issuer.end for issuer in issuers
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


def part_of_county(text: str, county: str, country: Country) -> str:
    """The part of one county that a text names: towns, a direction, an altitude."""
    body = _EMPHASIS.sub("", text)
    towns = [
        m.name
        for m in country.names.mentions(body, short_code(county))
        if len(short_code(m.codes[0])) > COUNTY_DIGITS and m.name[-1] in "镇乡道处"
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
        part = part_after(body, mention.end)
        if part and county in mention.codes:
            return mention.name + part
    return ""
