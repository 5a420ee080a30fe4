"""People who are found and cannot say who they are: what a station writes down of them.

Four levels: L1 mild, L2 middle, L3 hard noise; L4 hard noise, one fragment of a place and no county
where he was found, so nothing ties him to the county of the loss.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.identity.country import Country
from bench.identity.hearing import Hearing
from bench.identity.people import MARKS, People, city_counties, heights, mark_shares

LEVELS: Final = ("L1", "L2", "L3", "L4")
FULL, GIVEN, SURNAME, NICKNAME, NOTHING = range(5)
KINDS: Final = re.compile(
    "(?:(?:[一-鿿]族|维吾尔|哈萨克|蒙古|柯尔克孜)*(?:自治区|自治州|自治县|自治旗|民族乡)|村民委员会|社区居民委员会|"
    "居民委员会|村委会|社区居委会|居委会|街道办事处|街道|地区|社区|嘎查|苏木|[省市县区旗盟州镇乡村])$"
)
SPOKEN_KIND: Final = ("省", "市", "县", "镇", "村")
OTHER_KIND: Final = ("", "地区", "区", "乡", "庄")
OWN_GROUP: Final = 0.6  # of wrong guesses of an accent


@dataclass(frozen=True, slots=True)
class Noise:
    """Of one level: `modes` of the name in order of the constants, `places` how often each level of the
    home is said, `age` as a share of it, `height` in centimetres, `marks` how often one is seen."""

    modes: Sequence[float]
    places: Sequence[float]
    age: float
    height: float
    height_known: float
    marks: float
    accent: tuple[float, float]
    cut_name: float
    wrong_surname: float


NOISE: Final[Mapping[str, Noise]] = {
    "L1": Noise((.795, .06, .045, .085, .015), (.93, .72, .74, .56, .52), .06, 2.4, .9, .7, (.71, .86), .015, 0),
    "L2": Noise((.615, .11, .09, .135, .05), (.72, .4, .49, .38, .43), .125, 3,  .81, .57, (.62, .7), .06, .003),
    "L3": Noise((.335, .15, .18, .16, .175), (.5, .22, .32, .25, .3), .19, 4.2, .65, .42, (.5, .485), .09, .008),
    "L4": Noise((.335, .15, .18, .16, .175), (.5, .22, .32, .25, .3), .19, 4.2, .65, .42, (.5, .485), .09, .008),
}  # fmt: skip
FRAGMENT: Final = {"core": 0.5, "kind": 0.34, "other kind": 0.09, "cut": 0.07}
WHOLLY_WRONG: Final = 0.02  # fragments of a place that he passed through
OLD_NAME: Final = 0.08
PROVINCE_MISHEARD: Final = 0.15
SHORT: Final = 2  # characters: no shorter name is cut
RELATION: Final = (
    0.32,
    0.255,
    0.165,
    0.26,
)  # found in the county, city, province of the loss; elsewhere
FALSE_MARKS: Final = 0.19


class Station:
    """Writes down what can be known of people; `hearing` holds how it is misheard."""

    def __init__(self, country: Country, hearing: Hearing) -> None:
        self.country = country
        self.hearing = hearing
        self.cities = city_counties(country)
        codes = country.county_codes.astype(str)
        self.by_city = _grouped(codes, 4)
        self.by_province = _grouped(codes, 2)
        self.provinces = sorted(self.by_province)

    def row(self, dice: np.random.Generator, who: People, one: int, level: str) -> dict[str, Any]:
        """The query about person number `one`, without qid, level and truth."""
        noise = NOISE[level]
        county = str(self.country.county_codes[self.country.county_of[who.home[one]]])
        mode = int(dice.choice(5, p=noise.modes))
        surname, given, nickname = self._name(dice, who, one, (mode, level, county))
        day = int(who.found_day[one])
        return {
            "h_surname": surname,
            "h_given": given,
            "h_nick": nickname,
            "sex": who.sex[one],
            "age": _age(dice, (day - who.born[one]) / 365.25, noise.age),
            "height": _height(dice, who, one, noise),
            "places": "|".join(self._places(dice, int(who.home[one]), level, county)),
            "accent": self._accent(dice, county, noise.accent),
            "found_day": day,
            "found_county": "" if level == "L4" else self._found(dice, int(who.lost_in[one])),
            "marks": _marks(dice, int(who.marks[one]), noise.marks),
            "mode": mode,
        }

    def _name(
        self, dice: np.random.Generator, who: People, one: int, about: tuple[int, str, str]
    ) -> tuple[str, str, str]:
        mode, level, county = about
        noise = NOISE[level]
        surname, given, nickname = who.surname[one], who.given[one], who.nickname[one]
        if dice.random() < noise.wrong_surname:
            surname = who.surname[int(dice.integers(len(who)))]
        if len(given) > 1 and dice.random() < noise.cut_name:
            given = given[-1] if dice.random() < 0.75 else given[0]
        if not nickname:
            nickname = ("阿" if dice.random() < 0.55 else "小") + who.given[one][-1]

        def heard(text: str, role: str) -> str:
            return self.hearing.heard(dice, text, county, level, role)

        has_surname = mode in (FULL, SURNAME) or (mode == NICKNAME and dice.random() < 0.4)
        return (
            heard(surname, "surname") if has_surname else "",
            heard(given, "given") if mode in (FULL, GIVEN) else "",
            heard(nickname, "given") if mode == NICKNAME else "",
        )

    def _places(self, dice: np.random.Generator, home: int, level: str, county: str) -> list[str]:
        shares = np.array(NOISE[level].places)
        if level == "L4":
            said = [int(dice.choice(5, p=shares / shares.sum()))]
        else:
            said = [int(one) for one in np.flatnonzero(dice.random(5) < shares)]
        if dice.random() < WHOLLY_WRONG:
            home = int(dice.integers(len(self.country)))
        found = [
            self._fragment(dice, home, depth, level, county)
            for depth in said
            if self.country.home[depth][home]
        ]
        if level in ("L3", "L4") or dice.random() < 0.15:
            dice.shuffle(found)
        return list(dict.fromkeys(one for one in found if one))

    def _fragment(
        self, dice: np.random.Generator, home: int, depth: int, level: str, county: str
    ) -> str:
        name = str(self.country.home[depth][home])
        old = self.country.old_names.get(int(self.country.county_of[home]))
        if depth == 2 and old and dice.random() < OLD_NAME:
            name = old[int(dice.integers(len(old)))]
        kind = ""
        if depth == 0:
            name = name[:3] if name.startswith(("内蒙古", "黑龙江")) else name[:2]
            if dice.random() >= PROVINCE_MISHEARD:
                return name
        else:
            name, kind = _form(dice, name, depth)
        return self.hearing.heard(dice, name, county, level, "place") + kind

    def _accent(self, dice: np.random.Generator, county: str, known: tuple[float, float]) -> str:
        told, right = known
        if dice.random() >= told:
            return ""
        if dice.random() < right:
            return county[:2]
        group = self.hearing.group(county)
        near = [code for code in self.provinces if self.hearing.group(code) == group]
        choice = near if dice.random() < OWN_GROUP else self.provinces
        return choice[int(dice.integers(len(choice)))]

    def _found(self, dice: np.random.Generator, lost_in: int) -> str:
        lost = str(self.country.county_codes[lost_in])
        relation = int(dice.choice(4, p=RELATION))
        choices = (
            [lost],
            self.by_city[lost[:4]],
            self.by_province[lost[:2]],
            self.country.county_codes[self.cities],
        )[relation]
        return str(choices[int(dice.integers(len(choices)))])


def _form(dice: np.random.Generator, name: str, depth: int) -> tuple[str, str]:
    """What is said of a name, and the kind of place put after it, which nobody mishears."""
    core = KINDS.sub("", name)
    core = core if len(core) > 1 else name
    form = str(dice.choice(list(FRAGMENT), p=list(FRAGMENT.values())))
    if form == "cut" and len(core) > SHORT:
        return (core[1:] if dice.random() < 0.5 else core[:-1]), ""
    if form == "kind" and core != name:
        return core, SPOKEN_KIND[depth]
    if form == "other kind" and core != name:
        return core, OTHER_KIND[depth]
    return core, ""


def _grouped(codes: NDArray[np.str_], size: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(code[:size], []).append(str(code))
    return found


def _age(dice: np.random.Generator, age: float, share: float) -> int:
    spread = max(0.5, share * min(age, 55.0)) * (1.8 if dice.random() < 0.1 else 0.9)
    guess = age + dice.normal(0, spread)
    if age >= 18 and dice.random() < 0.5:
        guess = 5 * round(guess / 5)
    return max(0, round(guess))


def _height(dice: np.random.Generator, who: People, one: int, noise: Noise) -> int:
    if dice.random() >= noise.height_known:
        return -1
    of = slice(one, one + 1)
    true = heights(who.sex[of], who.born[of], who.stature[of], who.found_day[of])[0]
    return max(45, round(float(true) + dice.normal(0, noise.height)))


def _marks(dice: np.random.Generator, true: int, seen: float) -> int:
    marks = 0
    for bit in range(MARKS):
        if true >> bit & 1 and dice.random() < seen:
            marks |= 1 << bit
    for bit in dice.choice(MARKS, dice.poisson(FALSE_MARKS), p=mark_shares()):
        marks |= 1 << int(bit)
    return marks
