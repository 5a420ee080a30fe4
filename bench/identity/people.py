"""People who got lost: who they are, when and where, and the report that their family files.

Days count from 1 January 1990, heights are in centimetres. Shares and spreads are made up; what they
are like is compared with the shared samples by `bench.identity.compare`.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.identity.country import Country, Names, Numbers
from bench.identity.names import NameTable

Reals = NDArray[np.float64]

CLOSING_DAY: Final = 13300  # found later than this, a person counts as found on this day
MARKS: Final = 40
UNKNOWN: Final = -1
# share, men among them
KINDS: Final = {
    "taken": (0.135, 0.6),
    "child": (0.11, 0.59),
    "adult": (0.335, 0.615),
    "old": (0.42, 0.49),
}
HAS_NICKNAME, NICKNAME_TOLD = 0.36, 0.7
TOWN_KNOWN, VILLAGE_KNOWN = 0.92, 0.815
OLD_NAME = 0.35
LOST_AT_HOME = 0.7
HEIGHT_KNOWN, HEIGHT_ROUNDED, HEIGHT_ERROR = 0.75, 0.4, 2.5
YEAR_KNOWN, DAY_KNOWN = 0.97, 0.7
GROWN: Final = {"M": 167.0, "F": 156.0}
GROWTH: Final = {  # of each year from birth to 18, as a share of the grown height
    "M": (.35, .47, .525, .565, .6, .64, .677, .713, .75, .787, .825, .865, .895, .933, .966, .989, .996, .999, 1.0),
    "F": (.37, .5, .56, .605, .642, .683, .723, .762, .8, .843, .883, .924, .951, .981, .994, .999, 1.0, 1.0, 1.0),
}  # fmt: skip
SPREAD: Final = 0.036  # of a height, as a share of it
CITIES: Final = (
    "11", "12", "31", "50", "4401", "4403", "4419", "4420", "4406", "4413", "3201", "3202", "3205", "3301", "3302",
    "3303", "3307", "3501", "3502", "3505", "4201", "4301", "5101", "6101", "4101", "3701", "3702", "2101", "2102",
    "5301", "5201", "4501", "3401", "3601", "1301", "6501", "2301",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """Who they truly are. `home`: number of the village; `stature`: standard deviations from the
    mean of sex and cohort; `born` in days, usually negative; `lost_in`: number of the county."""

    surname: Names
    given: Names
    nickname: Names
    sex: Names
    born: Reals
    stature: Reals
    home: Numbers
    lost_day: Numbers
    lost_in: Numbers
    found_day: Numbers
    marks: Numbers

    def __len__(self) -> int:
        """How many."""
        return len(self.surname)


def people(dice: np.random.Generator, size: int, country: Country, names: NameTable) -> People:
    """So many people, each by himself."""
    kind = dice.choice(len(KINDS), size, p=[share for share, _ in KINDS.values()])
    men = np.array([share for _, share in KINDS.values()])[kind]
    sex = np.where(dice.random(size) < men, "M", "F").astype(object)
    lost_day, gap, age = _loss(dice, kind)
    born = lost_day - age * 365.25
    home = dice.integers(0, len(country), size)
    given = names.draw_given(dice, sex, (1990 + born / 365.25).astype(np.int64))
    return People(
        names.surnames.draw(dice, size),
        given,
        _nicknames(dice, names, sex, given),
        sex,
        born,
        np.clip(dice.normal(0, 1, size), -3, 3),
        home,
        lost_day,
        _lost_in(dice, country, home),
        np.minimum(lost_day + gap, CLOSING_DAY),
        _marks(dice, size),
    )


def _loss(dice: np.random.Generator, kind: Numbers) -> tuple[Numbers, Numbers, Reals]:
    """The day of the loss, days until found, and age at the loss in years."""
    size = len(kind)
    taken = kind == 0
    age = np.select(
        [taken, kind == 1, kind == 2],
        [dice.triangular(0.5, 5, 13, size), dice.uniform(3, 18, size), 18 + 44 * dice.beta(1.6, 2.2, size)],
        60 + 36 * dice.beta(2.2, 3.2, size),
    )  # fmt: skip
    recent = CLOSING_DAY - 1 - dice.exponential(2250, size)
    long_ago = dice.uniform(0, CLOSING_DAY - 200, size)
    lost = np.where(taken | (recent < 0), long_ago, recent).astype(np.int64)
    soon = dice.exponential(80, size)
    later = dice.exponential(1400, size)
    years = np.abs(dice.normal(6000, 2500, size)) + 200
    gap = np.where(taken, years, np.where(dice.random(size) < 0.74, soon, later))
    return lost, 1 + gap.astype(np.int64), age


def _nicknames(dice: np.random.Generator, names: NameTable, sex: Names, given: Names) -> Names:
    size = len(sex)
    last = np.array([one[-1] for one in given], object)
    known = np.where(
        sex == "M", names.nicknames["M"].draw(dice, size), names.nicknames["F"].draw(dice, size)
    )
    form = dice.choice(4, size, p=(0.28, 0.19, 0.19, 0.34))
    made = np.select(
        [form == 0, form == 1, form == 2], ["小" + last, "阿" + last, last + last], known
    )
    return np.where(dice.random(size) < HAS_NICKNAME, made, "")


def _lost_in(dice: np.random.Generator, country: Country, home: Numbers) -> Numbers:
    """The county of the loss: at home, or in a city that people leave for."""
    cities = city_counties(country)
    far = cities[dice.integers(0, len(cities), len(home))]
    return np.where(dice.random(len(home)) < LOST_AT_HOME, country.county_of[home], far)


def city_counties(country: Country) -> Numbers:
    """Numbers of the counties of large cities."""
    return np.flatnonzero([code.startswith(CITIES) for code in country.county_codes])


def _marks(dice: np.random.Generator, size: int) -> Numbers:
    """Some of 40 kinds: the first are common, and four conditions in the middle."""
    rows = np.repeat(np.arange(size), dice.poisson(0.67, size))
    bits = dice.choice(MARKS, len(rows), p=mark_shares())
    marks = np.zeros(size, np.int64)
    np.bitwise_or.at(marks, rows, np.int64(1) << bits)
    return marks


def mark_shares() -> Reals:
    """How common each kind of mark is among marks."""
    shares = (np.arange(MARKS) + 1.6) ** -0.75
    shares[[23, 26, 27, 28]] = 0.25
    return np.asarray(shares / shares.sum())


def heights(sex: Names, born: Reals, stature: Reals, day: Numbers) -> Reals:
    """Centimetres on a day, by growth, cohort and old age; sex F or M."""
    age = np.maximum(0, (day - born) / 365.25)
    year = 1990 + born / 365.25
    cohort = np.clip((1960 - year) / 10, 0, 6) * 0.5
    years = np.arange(19)
    grown = np.where(sex == "M", GROWN["M"], GROWN["F"]) - cohort
    share = np.where(
        sex == "M", np.interp(age, years, GROWTH["M"]), np.interp(age, years, GROWTH["F"])
    )
    return np.asarray(grown * share * (1 + SPREAD * stature) - 0.08 * np.maximum(0, age - 55))


def reports(
    dice: np.random.Generator, who: People, country: Country, first_rid: int
) -> dict[str, Names | Numbers]:
    """What their families report, as columns of the registry format."""
    size = len(who)
    province, city, county, town, village = (names[who.home] for names in country.home)
    told_town = dice.random(size) < TOWN_KNOWN
    told_village = told_town & (dice.random(size) < VILLAGE_KNOWN)
    year, day = _birthday(dice, who.born)
    return {
        "rid": first_rid + np.arange(size),
        "surname": who.surname,
        "given": who.given,
        "alias": np.where(dice.random(size) < NICKNAME_TOLD, who.nickname, ""),
        "sex": who.sex,
        "birth_year": year,
        "birth_md": day,
        "height": _reported_height(dice, who),
        "prov": province,
        "city": city,
        "county": _county_as_told(dice, county, country.county_of[who.home], country),
        "town": np.where(told_town, town, ""),
        "village": np.where(told_village, village, ""),
        "lost_day": who.lost_day,
        "lost_county": country.county_codes[who.lost_in],
        "marks": who.marks,
    }


def _birthday(dice: np.random.Generator, born: Reals) -> tuple[Numbers, Numbers]:
    size = len(born)
    date = np.datetime64("1990-01-01") + born.astype(np.int64)
    year = date.astype("datetime64[Y]").astype(np.int64) + 1970
    month = date.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (date - date.astype("datetime64[M]")).astype(np.int64) + 1
    off = np.where(dice.random(size) < 0.9, 0, np.rint(dice.normal(0, 1.4, size))).astype(np.int64)
    known = dice.random(size) < YEAR_KNOWN
    exact = known & (dice.random(size) < DAY_KNOWN / YEAR_KNOWN)
    return np.where(known, year + off, UNKNOWN), np.where(exact, month * 100 + day, UNKNOWN)


def _reported_height(dice: np.random.Generator, who: People) -> Numbers:
    size = len(who)
    said = heights(who.sex, who.born, who.stature, who.lost_day) + dice.normal(
        0, HEIGHT_ERROR, size
    )
    said = np.where(dice.random(size) < HEIGHT_ROUNDED, 5 * np.rint(said / 5), said)
    known = dice.random(size) < HEIGHT_KNOWN
    return np.where(known, np.maximum(45, np.rint(said)), UNKNOWN).astype(np.int64)


def _county_as_told(
    dice: np.random.Generator, today: Names, county: Numbers, country: Country
) -> Names:
    told = today.copy()
    for row in np.flatnonzero(dice.random(len(today)) < OLD_NAME):
        names = country.old_names.get(int(county[row]))
        if names:
            told[row] = names[int(dice.integers(len(names)))]
    return told
