"""The monthly statistical form: each stay of the month sorted into the form's lines.

Bands and lines are those of the form in use (DL-30): up to 6, 7 to 18, 19 to 59, from 60, so that
eighteen counts with the young here, whatever the legal lines say (TR-08).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

Origin = Literal["own", "other", "unknown"]
Tier = Literal["province", "city", "county"]
TIERS: Final[tuple[Tier, ...]] = ("province", "city", "county")

DISABLED: Final = frozenset({"disabled", "severely_disabled_person", "hard_to_move"})
WENT_ALONE: Final = frozenset({"self", "relatives", "employer"})
HOME: Final = frozenset({"self", "relatives", "employer", "fetched", "escorted"})
OTHER_WAYS: Final = frozenset({"station", "police", "foster", "foster_family"})


@dataclass(frozen=True, slots=True)
class Counted:
    """One stay of the month as the form sees it. `age` is in whole years at entry, None where nobody
    could say; `left_at` and `way` are empty while it goes on at the end of the month."""

    stay: int
    person: int
    tier: Tier
    entered_at: datetime
    left_at: datetime | None
    sex: str
    age: int | None
    classes: frozenset[str]
    origin: Origin
    way: str = ""
    has_voucher: bool = False
    was_treated: bool = False
    was_taught: bool = False


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line of the form: its code and which stays belong to it."""

    section: str
    code: str
    belongs: Callable[[Counted], bool]


@dataclass(frozen=True, slots=True)
class Figures:
    """One line counted: distinct people per tier and in all, and stays (person-times)."""

    line: FormLine
    people: tuple[int, int, int]
    total: int
    times: int


def first_of_next(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def _age(low: int, high: int) -> Callable[[Counted], bool]:
    return lambda one: one.age is not None and low <= one.age <= high


def _health(one: Counted) -> str:
    """One word per person, the heaviest first, so that the lines add up."""
    for code, word in (
        ("critically_ill_person", "critical"),
        ("suspected_mental_disorder", "mental"),
        ("intellectual_disability", "intellectual"),
    ):
        if code in one.classes:
            return word
    return "disabled" if DISABLED & one.classes else "healthy"


def _exit(one: Counted) -> str:
    """How the month ended for him, in the words of the form."""
    if not one.way:
        return "still_here"
    if one.way == "self" and one.has_voucher:
        return "voucher"
    if one.way in WENT_ALONE:
        return "alone"
    return "other" if one.way in OTHER_WAYS else one.way


def _help(one: Counted) -> str:
    """The main help: treatment, then placement, with a family too, then education, then the way home,
    else board and lodging."""
    if one.was_treated or "critically_ill_person" in one.classes:
        return "medical"
    if one.way == "foster_family":
        return "foster_family"
    if one.way == "foster" or "stranded_unidentified_person" in one.classes:
        return "placement"
    if one.was_taught:
        return "education"
    return "home" if one.way in HOME else "living"


def _of(sort: Callable[[Counted], str], word: str) -> Callable[[Counted], bool]:
    return lambda one: sort(one) == word


def _across(word: str) -> Callable[[Counted], bool]:
    return lambda one: _exit(one) == word and one.origin == "other"


def _classed(code: str) -> Callable[[Counted], bool]:
    return lambda one: code in one.classes


LINES: Final[tuple[FormLine, ...]] = (
    FormLine("total", "helped", lambda one: True),
    FormLine("sex", "male", lambda one: one.sex == "male"),
    FormLine("sex", "female", lambda one: one.sex == "female"),
    FormLine("sex", "sex_unknown", lambda one: one.sex not in ("male", "female")),
    FormLine("age", "up_to_6", _age(0, 6)),
    FormLine("age", "7_to_18", _age(7, 18)),
    FormLine("age", "19_to_59", _age(19, 59)),
    FormLine("age", "from_60", _age(60, 200)),
    FormLine("age", "age_unknown", lambda one: one.age is None),
    FormLine("age", "minor_male", lambda one: one.sex == "male" and _age(0, 18)(one)),
    *(
        FormLine("health", word, _of(_health, word))
        for word in ("healthy", "critical", "mental", "intellectual", "disabled")
    ),
    FormLine("origin", "own_province", lambda one: one.origin == "own"),
    FormLine("origin", "other_province", lambda one: one.origin == "other"),
    FormLine("origin", "origin_unknown", lambda one: one.origin == "unknown"),
    *(
        FormLine("exit", word, _of(_exit, word))
        for word in ("settled", "voucher", "alone", "ended", "left_without_notice", "escorted")
    ),
    FormLine("exit", "escorted_across", _across("escorted")),
    FormLine("exit", "fetched", _of(_exit, "fetched")),
    FormLine("exit", "fetched_across", _across("fetched")),
    *(FormLine("exit", word, _of(_exit, word)) for word in ("died", "still_here", "other")),
    FormLine("help", "medical", _of(_help, "medical")),
    FormLine("help", "education", _of(_help, "education")),
    FormLine("help", "foster_family", _of(_help, "foster_family")),
    FormLine("help", "living", _of(_help, "living")),
    FormLine("help", "home", _of(_help, "home")),
    FormLine("help", "placement", _of(_help, "placement")),
    FormLine("special", "trafficked", _classed("trafficked")),
    FormLine("special", "domestic_violence", _classed("domestic_violence")),
    FormLine("special", "parents_in_prison", _classed("parents_in_prison")),
    FormLine("special", "left_behind", _classed("left_behind_child")),
    FormLine("special", "hong_kong_macao_taiwan", _classed("hong_kong_macao_taiwan")),
    FormLine("special", "foreign", _classed("foreign")),
)
# "of which" lines are part of the one before and do not add up with the others
PARTS: Final = frozenset({"minor_male", "escorted_across", "fetched_across"})


def last_stays(stays: Iterable[Counted]) -> list[Counted]:
    """One stay a person, his last: what a count of people sorts, so that nobody stands twice."""
    found: dict[int, Counted] = {}
    for one in sorted(stays, key=lambda one: (one.entered_at, one.stay)):
        found[one.person] = one
    return list(found.values())


def count(stays: Sequence[Counted]) -> list[Figures]:
    """Every line of the form. A person counts once per tier and once in all, by his last stay there;
    person-times count every stay."""
    by_tier = [last_stays(one for one in stays if one.tier == tier) for tier in TIERS]
    people = last_stays(stays)
    return [_figures(line, by_tier, people, stays) for line in LINES]


def _figures(
    line: FormLine,
    by_tier: Sequence[Sequence[Counted]],
    people: Sequence[Counted],
    stays: Sequence[Counted],
) -> Figures:
    belongs = line.belongs
    first, second, third = (sum(map(belongs, rows)) for rows in by_tier)
    return Figures(
        line, (first, second, third), sum(map(belongs, people)), sum(map(belongs, stays))
    )


def mean_days(stays: Sequence[Counted], month: date, until: date) -> float:
    """Mean days in the house per stay within the month, up to and with the day `until`; a begun day
    counts, the day of leaving not unless it is the day of entry. 0 for a month without stays."""
    days = [_days(one, month, until) for one in stays]
    return sum(days) / len(days) if days else 0.0


def _days(one: Counted, month: date, until: date) -> int:
    first, end = month.replace(day=1), min(first_of_next(month), until + timedelta(days=1))
    begins = max(one.entered_at.date(), first)
    ends = min(one.left_at.date(), end) if one.left_at else end
    return max(1, (ends - begins).days)


def origin_of(
    text: str, own_province: str, provinces: Iterable[str], found: Sequence[str]
) -> Origin:
    """Whether somebody comes from the station's own province, by the words for where he is from.

    `own_province` is a name like 贵州省, `provinces` all of them, `found` the two-digit provinces of
    the places that the words name. Words that name several provinces say nothing.
    """
    words = text.strip()
    if not words:
        return "unknown"
    named = {name for name in provinces if name[:2] in words}
    if named:
        return "own" if own_province in named else "other"
    codes = set(found)
    if len(codes) != 1:
        return "unknown"
    return "own" if codes.pop() == "own" else "other"
