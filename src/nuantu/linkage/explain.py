"""A score opened into what each field brings, with the reason in plain words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml

from nuantu.linkage import kernel_rows as kernel
from nuantu.linkage.asking import PARTS, asking
from nuantu.linkage.columns import LEVELS, Found
from nuantu.linkage.dialects import hearing, kindred, region_of, regions
from nuantu.linkage.fields import CHILDREN, EPOCH, FIRST_YEAR, SHORTEST, WEEK, YEAR
from nuantu.linkage.index import Index
from nuantu.linkage.latin import is_latin, orders, readings
from nuantu.linkage.names import code_point
from nuantu.linkage.sounds import sounds
from nuantu.linkage.tree import PROVINCES
from nuantu.linkage.written import lookalikes, plain_found

FILE: Final = Path(__file__).parent / "wording.yaml"
BITS: Final = 1.0 / math.log(2.0)
OFTEN: Final = 3.0  # times the mean rate, from which a region is named for a confusion
SEEN_AT_ALL: Final = 0.02
HEARD: Final = ("surname", "given", "nickname", "place", "accent")
LONGER: Final = {"内蒙": "内蒙古", "黑龙": "黑龙江"}
FIRST_DAY: Final = date(EPOCH, 1, 1)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one field brings. `nats`: for the record, below 0 against it; `why`: a key of wording.yaml.

    `values`: what the words of `why` need, in their order.
    """

    field: str
    nats: float
    seen: str
    on_record: str
    why: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """`prior`: log odds of any record before anything is known; `score` is the sum of what the fields
    bring; `posterior`: that the record is the person, among all records and nobody."""

    rid: int
    prior: float
    contributions: tuple[Contribution, ...]
    score: float
    posterior: float


@dataclass(frozen=True, slots=True)
class Record:
    """One record as the index knows it. `home`: names by level; `region`: of its speech."""

    surname: str
    given: str
    alias: str
    sex: int
    birth_year: int
    height: int
    lost_day: int
    lost_county: str
    marks: int
    home: tuple[str, ...]
    cores: tuple[int, ...]
    region: int


@cache
def _wording() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def sentence(contribution: Contribution, language: str) -> str:
    """One line on a contribution, in `zh` or `en`. Raises KeyError for another language."""
    words = _wording()
    field, written = contribution.field, words["on_record"][language]
    seen, on_record = (
        words["sexes"][one][language] if field == "sex" and one else one
        for one in (contribution.seen, contribution.on_record)
    )
    line: str = words["sentence"][language].format(
        field=words["fields"][field][language],
        seen=words["heard" if field in HEARD else "seen"][language].format(seen),
        on_record=written.format(on_record) if on_record else "",
        why=words["why"][contribution.why][language].format(*contribution.values),
        bits=contribution.nats * BITS,
    )
    return line


def explain(index: Index, found: Found, rid: int) -> Explanation:
    """Why a record scores as it does, the strongest field first.

    Raises KeyError for a report that is not in the index, ValueError for an empty question.
    """
    rows = index.rows_of([rid])
    with asking(index.coded, found, index.parameters) as question:
        parts = index.parts(question, rows)[0]
        ranking = index.ranked(question, 1)
    record, found = record_of(index, int(rows[0])), plain_found(found)
    contributions = [
        Contribution(field, float(nats), *_REASONS[field](index, found, record))
        for field, nats in zip(PARTS, parts, strict=True)
        if _asked(found, field)
    ]
    contributions.sort(key=lambda one: -abs(one.nats))
    score = float(parts.sum())
    return Explanation(
        rid, -math.log(max(len(index), 1)), tuple(contributions), score, ranking.sure_of(score)
    )


def record_of(index: Index, row: int) -> Record:
    """What stands on record in a row; -1 and "" where unknown."""
    of, names, fields, tree = index.records, index.coded.names, index.coded.fields, index.tree
    codes = [int(one) for one in of.codes[:, row]]
    block = int(np.searchsorted(of.starts, row, side="right")) - 1
    node, home, cores = int(of.village[row]), [], []
    for level in reversed(tree.levels):
        home.append(level.names[node])
        cores.append(int(level.name_of[node]))
        node = int(level.parent[node])
    points = names.letters.points
    given = [chr(points[codes[one]]) for one in (kernel.FIRST, kernel.SECOND) if codes[one]]
    height, birth, lost = codes[kernel.HEIGHT], codes[kernel.BIRTH], codes[kernel.LOST]
    return Record(
        names.surnames[codes[kernel.SURNAME]], "".join(given), names.aliases[codes[kernel.ALIAS]],
        int(of.sex[block]), birth + FIRST_YEAR if birth else -1,
        height + SHORTEST if 0 < height < CHILDREN else -min(height, 1), (lost - 1) * WEEK if lost else -1,
        fields.counties[codes[kernel.COUNTY]], int(fields.patterns[codes[kernel.MARKS]]),
        tuple(reversed(home)), tuple(reversed(cores)), int(of.region[block]),
    )  # fmt: skip


Reason = tuple[str, str, str, tuple[str, ...]]


def _asked(found: Found, field: str) -> bool:
    told = {
        "surname": found.surname or is_latin(found.given), "given": found.given or is_latin(found.surname), "nickname": found.nickname, "birth": min(found.age, found.found_day) >= 0,
        "height": found.height >= 0, "lost": found.found_day >= 0, "county": found.found_county,
        "place": any(found.places), "accent": found.accent, "sex": found.sex,
    }  # fmt: skip
    return bool(told.get(field, True))


def _surname(_index: Index, found: Found, record: Record) -> Reason:
    if is_latin(found.surname + found.given):
        return _spelt(found.surname or found.given, record.surname, _read(found, record)[0])
    return _heard(found.surname, record.surname, record.region)


def _given(_index: Index, found: Found, record: Record) -> Reason:
    if is_latin(found.surname + found.given):
        return _spelt(found.given or found.surname, record.given, _read(found, record)[1])
    return _heard(found.given, record.given, record.region)


def _read(found: Found, record: Record) -> tuple[str, str]:
    """Surname and given name in Latin letters, read as fits the record best."""
    ways = [(family, own) for _, family, own in orders(found.surname, found.given)]

    def fits(way: tuple[str, str]) -> int:
        return alike(way[0], record.surname) + alike(way[1], record.given)

    return max(ways, key=fits, default=("", ""))


def alike(spelt: str, on_record: str) -> bool:
    """Whether two names sound the same, each its own way."""
    return [sounds().of[code_point(one)] for one in spelt] == [
        sounds().of[code_point(one)] for one in on_record
    ]


def _spelt(seen: str, on_record: str, read: str) -> Reason:
    if not on_record:
        return seen, "", "unknown", ()
    return seen, on_record, "same_when_read" if alike(read, on_record) else "unlike", ()


def _nickname(_index: Index, found: Found, record: Record) -> Reason:
    if is_latin(found.nickname):
        read = next((one.joined for one in readings(found.nickname)), "")
        return _spelt(found.nickname, record.alias or record.given, read)
    if not record.alias and record.given:
        seen, last = found.nickname, record.given[-1]
        alike = sounds().of[code_point(seen[-1])] == sounds().of[code_point(last)]
        return seen, record.given, "made" if alike else "unlike", ()
    return _heard(found.nickname, record.alias, record.region)


def _heard(seen: str, on_record: str, region: int) -> Reason:
    """How what was heard differs from what stands on record."""
    if not on_record:
        return seen, "", "unknown", ()
    if seen == on_record:
        return seen, on_record, "same", ()
    if len(seen) != len(on_record):
        part = seen in on_record or on_record in seen
        return seen, on_record, "shorter" if part else "unlike", ()
    pairs = [
        (int(sounds().of[code_point(said)]), int(sounds().of[code_point(heard)]))
        for said, heard in zip(on_record, seen, strict=True)
    ]
    apart = [pair for pair in pairs if pair[0] != pair[1]]
    if not apart:
        return seen, on_record, "same_sound", ()
    if any(
        said != heard and said in lookalikes().get(heard, "")
        for said, heard in zip(on_record, seen, strict=True)
    ):
        return seen, on_record, "looks_alike", ()
    rates = hearing()
    if min(float(rates[region, said, heard]) for said, heard in apart) < SEEN_AT_ALL:
        return seen, on_record, "unlike", ()
    said, heard = apart[0]
    usual = float(rates[-1, said, heard])
    named = region < len(regions()) and float(rates[region, said, heard]) > usual
    place = regions()[region].zh if named else "各地"
    spelt = ("".join(sounds().syllables[one]) for one in (said, heard))
    return seen, on_record, "confused", (place, *spelt)


def _birth(_index: Index, found: Found, record: Record) -> Reason:
    if record.birth_year < 0:
        return str(found.age), "", "unknown", ()
    true = int(found.found_day / YEAR + EPOCH - record.birth_year)
    return (
        str(found.age),
        str(record.birth_year),
        "years_off",
        (str(true), str(abs(found.age - true))),
    )


def _height(_index: Index, found: Found, record: Record) -> Reason:
    if record.height == -1:
        return str(found.height), "", "grew", ()
    if record.height <= 0:
        return str(found.height), "", "unknown", ()
    off = abs(found.height - record.height)
    return str(found.height), str(record.height), "cm_off", (str(off),)


def _lost(_index: Index, found: Found, record: Record) -> Reason:
    seen = _day(found.found_day)
    if record.lost_day < 0:
        return seen, "", "unknown", ()
    gap = found.found_day - record.lost_day
    why = "days_before" if gap >= 0 else "found_before"
    return seen, _day(record.lost_day), why, (str(max(gap, 0)),)


def _day(days: int) -> str:
    return str(FIRST_DAY + timedelta(days=days))


def _county(_index: Index, found: Found, record: Record) -> Reason:
    here, lost = found.found_county, record.lost_county
    if not lost:
        return here, "", "unknown", ()
    ways = (("same_county", 6), ("same_city", 4), ("same_province", 2))
    why = next((code for code, digits in ways if here[:digits] == lost[:digits]), "elsewhere")
    return here, lost, why, ()


def _marks(_index: Index, found: Found, record: Record) -> Reason:
    seen, on_record = found.marks, record.marks
    counts = (seen & on_record, on_record & ~seen, seen & ~on_record)
    values = tuple(str(one.bit_count()) for one in counts)
    return str(seen.bit_count()), str(on_record.bit_count()), "marks_shared", values


def _place(index: Index, found: Found, record: Record) -> Reason:
    """Each fragment with the name of the home that it means most likely."""
    fitting = []
    for fragment in found.places:
        likely = index.coded.places.meaning.of(fragment, index.parameters).likely
        odds = dict(zip(likely.names.tolist(), likely.odds[:, record.region].tolist(), strict=True))
        scored = [
            (odds.get(core, 0.0) * share, name)
            for core, name, share in zip(
                record.cores, record.home, index.parameters.levels, strict=True
            )
        ]
        chance, name = max(scored)
        if chance > 0.0:
            fitting.append(fragment if fragment == name else f"{fragment}→{name}")
    written = "".join(record.home[: len(LEVELS)])
    if not fitting:
        return "、".join(found.places), written, "places_none", ()
    return "、".join(found.places), written, "places_found", ("、".join(fitting),)


def _accent(_index: Index, found: Found, record: Record) -> Reason:
    here = PROVINCES.get(record.home[0][:2], 0)
    heard = int(found.accent) if found.accent.isdigit() else 0
    name = next((name for name, code in PROVINCES.items() if code == heard), found.accent)
    seen = LONGER.get(name, name)
    if heard == here:
        return seen, record.home[0], "own_accent", ()
    near = heard in region_of() and kindred(here, heard)
    return seen, record.home[0], "near_accent" if near else "other_accent", ()


def _sex(_index: Index, found: Found, record: Record) -> Reason:
    written = ("", "F", "M")[record.sex]
    why = "unknown" if not written else "same" if written == found.sex else "other_sex"
    return found.sex, written, why, ()


_REASONS: Final = {
    "surname": _surname, "given": _given, "nickname": _nickname, "birth": _birth, "height": _height, "lost": _lost,
    "county": _county, "marks": _marks, "place": _place, "accent": _accent, "sex": _sex,
}  # fmt: skip


def strongest(explanation: Explanation, most: int = 3) -> Sequence[Contribution]:
    """The fields that speak loudest for or against."""
    return explanation.contributions[:most]
