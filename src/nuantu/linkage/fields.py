"""What age, height, days, county, marks, accent and sex say: tables of log likelihood ratios, in nats.

Each table holds log P(seen | on record) − log P(seen), the second over the registry; a field that is
unknown on either side says nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage import kernel_fields as kernel
from nuantu.linkage.columns import MAN, SEX, WOMAN, Found, Registry, Words
from nuantu.linkage.dialects import kindred
from nuantu.linkage.parameters import Band, Parameters

Floats = NDArray[np.float64]
Table = NDArray[np.float32]
Columns = tuple[NDArray[np.unsignedinteger], ...]

FIRST_YEAR = 1900
EPOCH = 1990
YEAR = 365.25
UNCLEAR = 146  # cm: less may be a child's, where nobody knows the year of birth
UNBORN = -2.0  # years: younger nobody is even by the roughest guess
GROWN = 19  # years from which a height no longer changes
SHORTEST, CHILDREN = 120, 100  # cm, first code of a child's height
MIDDLE, MIDDLE_MOST, STEPS = 170, 60, 12  # code of a child of usual height, and steps of a spread
SPREAD_OF_HEIGHTS = 0.045
AGES = (0, 1, *range(2, 19))
BOYS = (
    50.4, 76.5, 88.5, 96.8, 104.1, 111.3, 117.7, 124.0, 130.0, 135.4, 140.2, 145.3, 151.9, 159.5, 165.9,
    169.8, 171.6, 172.3, 172.7,
)  # fmt: skip
GIRLS = (
    49.7, 75.0, 87.2, 95.6, 103.1, 110.2, 116.6, 122.5, 128.5, 134.1, 140.1, 146.6, 152.4, 156.3, 158.6,
    159.8, 160.1, 160.3, 160.6,
)  # fmt: skip
WEEK = 7
MARKS = 40
CODED = ("birth", "height", "lost", "county", "marks")


@dataclass(frozen=True)
class Fields:
    """What the codes of the fields mean, 0 for unknown, and `shares`: how codes are distributed.

    birth: year − 1900; height: cm − 120, for whoever was a child at the loss how tall he was for his
    age; lost: week from 1990; county into `counties`; marks into `patterns` (bit sets).
    """

    counties: tuple[str, ...]
    patterns: NDArray[np.uint64]
    shares: Mapping[str, Floats]

    @cached_property
    def county_codes(self) -> NDArray[np.int64]:
        """The six digits of each county, 0 for what is no number."""
        return np.array([int(one) if one.isdigit() else 0 for one in self.counties], np.int64)

    @cached_property
    def carried(self) -> Floats:
        """How many people have each mark, as a share, shape (40,)."""
        return np.array([float(self.shares["marks"][one > 0].sum()) for one in self.bits.T])

    def unseen(self, each: Floats) -> Floats:
        """The sum of `each` over the marks of each pattern."""
        key = each.tobytes()
        found = self.sums.get(key)
        if found is None:
            self.sums.clear()
            found = self.sums[key] = self.bits @ each
        return found

    @cached_property
    def sums(self) -> dict[bytes, Floats]:
        """The last answer of `unseen`, which is nearly always asked the same."""
        return {}

    @cached_property
    def bits(self) -> NDArray[np.uint8]:
        """Which marks each pattern has, shape (patterns, 40)."""
        shifted = self.patterns[:, None] >> np.arange(MARKS, dtype=np.uint64)
        return (shifted & np.uint64(1)).astype(np.uint8)


def code_fields(registry: Registry) -> tuple[Fields, Columns]:
    """Codes the columns of a registry that are no names: birth, height, lost, county, marks."""
    born, height, lost = registry.birth_year, registry.height, registry.lost_day
    birth = np.where(born > 0, np.clip(born - FIRST_YEAR, 1, 255), 0)
    age = np.where((born > 0) & (lost >= 0), lost / YEAR + EPOCH - born, GROWN)
    height = np.where((born <= 0) & (height < UNCLEAR), 0, height)
    tall = (height / usual_height(age, registry.sex) - 1.0) / SPREAD_OF_HEIGHTS
    coded = np.where(
        age >= GROWN,
        np.clip(height - SHORTEST, 1, CHILDREN - 1),
        MIDDLE + np.clip(np.rint(tall * STEPS), -MIDDLE_MOST, MIDDLE_MOST),
    )
    patterns, marks = np.unique(registry.marks, return_inverse=True)
    county, counties = _counties(registry.lost_county)
    columns: Columns = (
        birth.astype(np.uint8),
        np.where(height > 0, coded, 0).astype(np.uint8),
        np.where(lost >= 0, lost // WEEK + 1, 0).astype(np.uint16),
        county,
        marks.astype(np.uint32),
    )
    carried = [np.bincount(column) for column in columns]
    return counted_fields(counties, patterns.astype(np.uint64), carried), columns


def counted_fields(
    counties: tuple[str, ...], patterns: NDArray[np.uint64], carried: Sequence[NDArray[np.int64]]
) -> Fields:
    """Fields from how many people carry each code of each column of `code_fields`."""
    people = max(int(carried[0].sum()), 1)
    sizes = (256, 256, len(carried[2]), len(counties), len(patterns))
    shares = {
        name: np.pad(one, (0, size - len(one))) / people
        for name, one, size in zip(CODED, carried, sizes, strict=True)
    }
    return Fields(counties, patterns, shares)


def usual_height(age: Floats, sex: NDArray[np.int8]) -> Floats:
    """Median height in cm of Chinese children and grown people by age in years (growth curves of 2009)."""
    man, woman = np.interp(age, AGES, BOYS), np.interp(age, AGES, GIRLS)
    return np.where(sex == MAN, man, np.where(sex == WOMAN, woman, (man + woman) / 2.0))


def _counties(words: Words) -> tuple[NDArray[np.uint16], tuple[str, ...]]:
    values = ("", *(one for one in words.values if one))
    place = {one: number for number, one in enumerate(values)}
    recode = np.array([place[one] for one in words.values], np.uint16)
    return recode[words.codes], values


def birth_table(fields: Fields, age: int, day: int, with_: Parameters) -> Table:
    """For each year of birth."""
    table = np.zeros(256, np.float32)
    if age >= 0 and day >= 0:
        ages = sorted((float(start or UNBORN), band) for start, band in with_.ages)
        kernel.birth(
            day / YEAR + EPOCH - FIRST_YEAR - 0.5, float(age), np.array([start for start, _ in ages]),
            np.array([_bell(band) for _, band in ages]), fields.shares["birth"], np.empty(256), table,
        )  # fmt: skip
    return table


def _bell(band: Band) -> tuple[float, float, float, float, float]:
    (near, spread), (far, wide) = band.near, band.far
    return float(band.middle), float(near), float(spread), float(far), float(wide)


def height_table(fields: Fields, found: Found, with_: Parameters) -> Table:
    """For each height of grown people, and of children as how tall they were for their age.

    A child has grown since: what counts is how tall the found person is for the age he seems to be.
    """
    table = np.zeros(256, np.float32)
    if found.height <= 0:
        return table
    age = np.array([found.age if found.age >= 0 else GROWN], np.float64)
    usual = float(usual_height(age, np.array([SEX.get(found.sex, 0)], np.int8))[0])
    step = usual * SPREAD_OF_HEIGHTS / STEPS
    same = float(np.interp(found.age, (6, 20), (0.8, 0.0))) if found.age >= 0 else 0.2
    kernel.height(
        float(found.height - SHORTEST), _bell(with_.height_grown), _bell(with_.height_child),
        (CHILDREN, usual - SHORTEST + (CHILDREN - MIDDLE) * step, step), same, fields.shares["height"],
        np.empty(256), table,
    )  # fmt: skip
    return table


def lost_table(fields: Fields, day: int, with_: Parameters) -> Table:
    """For each week of a loss: how long people stay lost. Nobody is found before he is lost."""
    share = fields.shares["lost"]
    table = np.zeros(len(share), np.float32)
    if day >= 0:
        ends = np.array([0, *(until for until, _ in with_.gaps)], np.float64)
        found = np.array([0.0, *accumulate(part for _, part in with_.gaps)])
        closed = day == with_.closing_day
        kernel.lost(float(day), WEEK, ends, found, closed, share, np.empty(len(share)), table)
    return table


def county_table(fields: Fields, found: str, with_: Parameters) -> Table:
    """For each county of a loss: people are found where they were lost, or not far from it."""
    share = fields.shares["county"]
    table = np.zeros(len(share), np.float32)
    if found:
        here = int(found) if found.isdigit() else 0
        kernel.county(here, fields.county_codes, np.array(with_.relations), share, table)
    return table


def marks_table(fields: Fields, marks: int, with_: Parameters) -> Table:
    """For each set of marks on record; a rare mark that agrees says more."""
    share, hit, miss = fields.carried, with_.mark_seen, with_.mark_invented
    chance = hit * share + miss * (1.0 - share)
    missing = np.log((1.0 - hit) / (1.0 - chance)), np.log((1.0 - miss) / (1.0 - chance))
    unseen = fields.unseen(missing[0] - missing[1]) + missing[1].sum()
    seen = np.array([mark for mark in range(MARKS) if marks >> mark & 1], np.int64)
    agree, alone = np.log(hit / chance) - missing[0], np.log(miss / chance) - missing[1]
    table = np.empty(len(unseen), np.float32)
    kernel.marks(seen, fields.patterns, unseen, agree[seen], alone[seen], table)
    return table


def sex_table(sex: int, with_: Parameters) -> Table:
    """For unknown, woman and man."""
    table = np.zeros(3, np.float32)
    if sex in {WOMAN, MAN}:
        table[WOMAN:] = np.log(with_.sex_wrong * 2)
        table[sex] = np.log((1.0 - with_.sex_wrong) * 2)
    return table


def accent_table(
    provinces: tuple[int, ...], people: Floats, accent: str, with_: Parameters
) -> Table:
    """For each province of a home, given as two-digit codes, 0 for none.

    An accent is the own one, that of the region of speech, or of anywhere as people are many.
    """
    codes, share = np.array(provinces), people / max(people.sum(), 1.0)
    heard = int(accent) if accent.isdigit() else 0
    if not (codes == heard).any():
        return np.zeros(len(codes), np.float32)
    kin = np.array([kindred(int(one), heard) for one in codes])
    own, near = with_.accent_own, with_.accent_near
    here, around = float(share[codes == heard].sum()), float(share[kin].sum())
    chance = np.full(len(codes), (1.0 - own - near) * here)
    chance[kin] += near * here / max(around, 1e-9)
    chance[codes == heard] += own
    return np.log(chance / float(chance @ share)).astype(np.float32)
