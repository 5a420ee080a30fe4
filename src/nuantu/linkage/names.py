"""What a heard name says for each name on record: log likelihood ratios, in nats.

    P(heard h | true t) = k [h = t] + (1 − k) · P(syllable of h | syllable of t, region) · share(h)

with k the share written as it is, and share(h) how often h is written for its sound. Divided by
P(h) over the registry, a rare name that agrees says more than a common one: no table of
frequencies is needed beside the registry itself.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage import kernel_names as kernel
from nuantu.linkage.columns import Words
from nuantu.linkage.dialects import WIDTH, heard_from, hearing
from nuantu.linkage.kernel_names import Called, Heard, Making, Nicknames
from nuantu.linkage.latin import is_latin, orders, readings
from nuantu.linkage.parameters import Parameters
from nuantu.linkage.sounds import PLANE, PRIVATE, sounds
from nuantu.linkage.written import lookalikes, split_words

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]
SCARCE = 1e-5  # share of a character that no name on record has
FEW = 1e-3  # share of people who have a surname of two characters
MOST_OF_BEGINNING = 5.0  # nats: a name of one character twice would count it twice
Columns = tuple[NDArray[np.unsignedinteger], ...]


def code_point(character: str) -> int:
    """The code point, 1 for one beyond the basic plane."""
    return ord(character) if ord(character) < PLANE else 1


@dataclass(frozen=True)
class Letters:
    """Characters of one kind of name. `points`: distinct ones, 0 first for none; `share`: of people.

    `syllable`: of each; `sounding`: P(syllable), shape (syllables,).
    """

    points: Ints
    share: Floats
    syllable: Ints
    sounding: Floats
    place: dict[int, int] = field(repr=False)

    @classmethod
    def of(cls, points: Ints, weight: Floats, syllable_of: Ints) -> "Letters":
        """Built from how many people carry each character; half a person is added to who somebody is."""
        share = np.where(weight > 0.0, weight + 0.5, 0.0)
        share[0] = 0.0
        return cls.from_shares(points, share / max(share.sum(), 1e-9), syllable_of)

    @classmethod
    def from_shares(cls, points: Ints, share: Floats, syllable_of: Ints) -> "Letters":
        """The same from shares, which sum to 1."""
        syllable = syllable_of[points]
        counted = np.bincount(syllable, share, minlength=len(sounds().syllables))
        place = {int(points[number]): int(number) for number in np.flatnonzero(share)}
        return cls(points, share, syllable, counted.astype(np.float64), place)


def is_sound(point: int) -> bool:
    """Whether a letter stands for a syllable alone, heard or spelt without a character."""
    return PRIVATE <= point < PRIVATE + len(sounds().syllables)


def heard_table(
    letters: Letters, character: str, syllable_of: Ints, floor: float, with_: Parameters
) -> Table:
    """log(P(character | each letter) / P(character) + floor), shape (regions + 1, letters)."""
    point = code_point(character)
    syllable, place = int(syllable_of[point]), letters.place.get(point, -1)
    looks = map(ord, lookalikes().get(character, ""))
    alike = [letters.place[one] for one in looks if one in letters.place]
    heard = Heard(
        letters.syllable, letters.sounding, heard_from()[syllable], float(letters.sounding[syllable] + 1e-7),
        0.0 if is_sound(point) else with_.written_as_said, place, float(letters.share[place]),
        np.array(alike, np.int64), with_.taken_for, SCARCE, floor,
    )  # fmt: skip
    table = np.empty((len(hearing()), len(letters.points)), np.float32)
    kernel.hear(heard, np.empty((len(letters.sounding), WIDTH), np.float32), table)
    return table


def chance_of(
    letters: Letters, character: str, syllables: Ints, points: Ints, same: float
) -> Floats:
    """P(character | said character), shape (regions + 1, said): not divided by anything."""
    point = code_point(character)
    syllable = int(sounds().of[point])
    if is_sound(point):
        heard: Floats = hearing()[:, syllables, syllable].astype(np.float64)
        return heard
    place = letters.place.get(point)
    share = letters.share[place] if place is not None else SCARCE
    found: Floats = ((1.0 - same) * hearing()[:, syllables, syllable].astype(np.float64)) * (
        share / (letters.sounding[syllable] + 1e-6)
    )
    found[:, points == point] += same
    return found


@dataclass(frozen=True)
class Names:
    """The names of a registry. `surnames` and `aliases`: distinct words, "" first; `letters`: of given names."""

    surnames: tuple[str, ...]
    family: Letters
    letters: Letters
    aliases: tuple[str, ...]
    alias_share: Floats

    @cached_property
    def one_character(self) -> NDArray[np.bool_]:
        """Which surnames are of one character."""
        return np.array([len(one) == 1 for one in self.surnames])

    @cached_property
    def compound(self) -> dict[str, list[int]]:
        """Surnames of more than one character by their first."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.surnames):
            if len(one) > 1:
                found[one[0]].append(place)
        return dict(found)

    @cached_property
    def alias_ends(self) -> tuple[Ints, Ints]:
        """First and last character of each nickname as code points."""
        first = [0, *(code_point(one[0]) for one in self.aliases[1:])]
        last = [0, *(code_point(one[-1]) for one in self.aliases[1:])]
        return np.array(first, np.int32), np.array(last, np.int32)

    @cached_property
    def nicknames(self) -> Nicknames:
        """Those as the kernel reads them."""
        points = np.stack(self.alias_ends)
        return Nicknames(
            points, sounds().of[points].astype(np.int32), self.alias_lengths, self.alias_share.astype(np.float32),
            self.letters.syllable.astype(np.int32),
        )  # fmt: skip

    @cached_property
    def alias_lengths(self) -> Ints:
        """Characters of each nickname."""
        return np.array([len(one) for one in self.aliases], np.int32)


def _from_nothing(words: Words) -> tuple[tuple[str, ...], Ints]:
    """The values with "" first, and the new code of each old one."""
    values = ("", *(one for one in words.values if one))
    place = {one: number for number, one in enumerate(values)}
    return values, np.array([place[one] for one in words.values], np.int32)


def code_names(surname: Words, given: Words, alias: Words) -> tuple[Names, Columns]:
    """Codes the columns of names of a registry: surname, last but one and last character, nickname."""
    surname, given = split_words(surname, given)
    surnames, recode = _from_nothing(surname)
    ends = [
        [code_point(one[-2]) if len(one) > 1 else 0, code_point(one[-1]) if one else 0]
        for one in given.values
    ]
    points, codes = np.unique(np.array([[0, 0], *ends], np.int32), return_inverse=True)
    rows = codes.reshape(-1, 2)[1:][given.codes]
    aliases, realias = _from_nothing(alias)
    columns = (recode[surname.codes], rows[:, 0], rows[:, 1], realias[alias.codes])
    carried = [np.bincount(column) for column in columns]
    names = counted_names(surnames, points.astype(np.int32), aliases, carried)
    return names, tuple(column.astype(np.uint32) for column in columns)


def counted_names(
    surnames: tuple[str, ...], points: Ints, aliases: tuple[str, ...], carried: Sequence[Longs]
) -> Names:
    """Names from how many people carry each code of each column of `code_names`."""
    sizes = (len(surnames), len(points), len(points), len(aliases))
    surname, first, second, alias = (
        np.pad(one.astype(np.float64), (0, size - len(one)))
        for one, size in zip(carried, sizes, strict=True)
    )
    heads = np.array([code_point(one) if len(one) == 1 else 0 for one in surnames], np.int32)
    alias[0] = 0.0
    return Names(
        surnames, Letters.of(heads, surname, sounds().of_surname),
        Letters.of(points, first + second, sounds().of), aliases, alias / max(alias.sum(), 1.0),
    )  # fmt: skip


def name_tables(
    names: Names, surname: str, given: str, with_: Parameters
) -> tuple[Table, Table, Table]:
    """For the surname and for the two last characters of the given name on record; (1, 1) where not told.

    A name in Latin letters may be read in several ways: each counts by its share.
    """
    ways = _ways(names, surname, given)
    none = np.zeros((1, 1), np.float32)
    tables: list[list[Table]] = []
    for _, family, own in ways:
        ends = given_tables(names, own, with_) if own else (none, none)
        tables.append([surname_table(names, family, with_) if family else none, *ends])
    if len(tables) == 1:
        return tables[0][0], tables[0][1], tables[0][2]
    mixed = [_mixed([share for share, _, _ in ways], each) for each in zip(*tables, strict=True)]
    return mixed[0], mixed[1], mixed[2]


def _ways(names: Names, surname: str, given: str) -> list[tuple[float, str, str]]:
    """(share, surname, given name): as told where it is in characters."""
    found = [(1.0, surname, given)]
    if is_latin(surname + given):
        found = _likelier(names, orders(surname, given)) or found
    elif is_latin(surname):
        found = [(one.share, one.joined, given) for one in readings(surname)] or found
    elif is_latin(given):
        found = [(one.share, surname, one.joined) for one in readings(given)] or found
    return found


def _likelier(names: Names, ways: Sequence[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """Ways to read a name, by how usual its sounds are as a surname and as a given name; shares sum to 1."""
    found = []
    for share, family, own in ways:
        usual = names.family.sounding[sounds().of[ord(family)]] if len(family) == 1 else 1e-3
        usual = usual if family else 1.0
        called = [float(names.letters.sounding[sounds().of[ord(one)]]) for one in own[-2:]]
        found.append(
            (share * (float(usual) + 1e-6) * (min(called, default=1.0) + 1e-4), family, own)
        )
    total = sum(share for share, _, _ in found)
    return [(share / total, family, own) for share, family, own in found]


def _mixed(shares: Sequence[float], tables: Sequence[Table]) -> Table:
    """The log of the mean ratio over readings."""
    if all(table.size == 1 for table in tables):
        return tables[0]
    total = sum(
        share * np.exp(table.astype(np.float64))
        for share, table in zip(shares, tables, strict=True)
    )
    return np.log(total).astype(np.float32)


def surname_table(names: Names, heard: str, with_: Parameters) -> Table:
    """For each surname on record; one of another length agrees by chance, or where it was cut."""
    same, floor = with_.written_as_said, with_.floor_surname
    shares = np.maximum(names.family.share, SCARCE)
    if len(heard) == 1:
        table = heard_table(names.family, heard, sounds().of_surname, floor, with_)
        table[:, ~names.one_character] = np.log(floor)
        alone = names.family.place.get(code_point(heard))
        cut = with_.cut_surname / (shares[alone] if alone else SCARCE)
        table[:, names.compound.get(heard, [])] = np.log(cut + floor)
    else:
        found = np.zeros((len(hearing()), len(names.surnames)))
        for place, one in enumerate(names.surnames):
            if len(one) == len(heard):
                found[:, place] = _whole(one, heard, same) / shares[place]
            elif one == heard[:1]:
                found[:, place] = with_.cut_surname / FEW
        if all(is_sound(code_point(one)) for one in heard):
            found *= shares
            found /= (found @ names.family.share)[:, None] + 1e-7
        table = np.log(found + floor).astype(np.float32)
    table[:, 0] = 0.0
    return table


def _whole(said: str, heard: str, same: float) -> Floats:
    """P(heard | said) of words of one length, by region, homophones of each at one in twenty."""
    total: Floats = np.ones(len(hearing()))
    for one, other in zip(said, heard, strict=True):
        chance = hearing()[:, sounds().of[code_point(one)], sounds().of[code_point(other)]]
        if is_sound(code_point(other)):
            total = total * chance
        else:
            total = total * ((1.0 - same) * 0.05 * chance + (same if one == other else 0.0))
    return total


def given_tables(names: Names, heard: str, with_: Parameters) -> tuple[Table, Table]:
    """For the last but one and for the last character of the given name on record.

    One character heard is the whole of a short name or, seldom, the end or the beginning of a long one.
    """
    floor, syllable_of = with_.floor_given, sounds().of
    second = heard_table(names.letters, heard[-1], syllable_of, floor, with_)
    if len(heard) > 1:
        first = heard_table(names.letters, heard[-2], syllable_of, floor, with_)
        first[:, 0] = with_.one_for_two
    else:
        last = np.maximum(np.exp(second.astype(np.float64)) - floor, 0.0)
        begins = np.minimum(np.log1p(with_.cut_behind * last / floor), MOST_OF_BEGINNING)
        first = (np.log(with_.cut_given / with_.short_given) + begins).astype(np.float32)
        first[:, 0] = np.log(1.0 / with_.short_given)
    second[:, 0] = 0.0
    return first, second


def nickname_tables(names: Names, heard: str, with_: Parameters) -> tuple[Table, Table]:
    """For each nickname on record, and for the last character of a given name without one.

    A nickname that nobody wrote down is mostly made of the name: 小 or 阿 before its last
    character, or that character twice.
    """
    if is_latin(heard):
        heard = next((one.joined for one in readings(heard)), heard)
    letters, same = names.letters, with_.written_as_said
    sides = [_said(letters, heard[side], same) for side in (0, -1)]
    chances, factors, sames, points = zip(*sides, strict=True)
    places = [letters.place.get(point, -1) for point in points]
    prefix = _prefix(letters, heard[0], with_.nickname_prefixes, same)
    doubled = with_.nickname_doubled if len(heard) == 2 else 0.0
    known = np.empty((len(hearing()), len(names.aliases)), np.float32)
    bare = np.empty((len(hearing()), len(letters.points)), np.float32)
    kernel.call(
        Called(chances, factors, sames, points, (places[0], places[1])), names.nicknames,
        Making(prefix, doubled, with_.nickname_made, with_.nickname_doubt, len(heard)),
        np.empty(len(letters.sounding)), known, bare,
    )  # fmt: skip
    return known, bare


def _said(letters: Letters, character: str, same: float) -> tuple[Table, float, float, int]:
    """P(character | syllable said) by region, what it counts, the share written as said, and the character."""
    point = code_point(character)
    syllable = int(sounds().of[point])
    if is_sound(point):
        return heard_from()[syllable], 1.0, 0.0, point
    place = letters.place.get(point)
    share = float(letters.share[place]) if place is not None else SCARCE
    factor = (1.0 - same) * share / (float(letters.sounding[syllable]) + 1e-6)
    return heard_from()[syllable], factor, same, point


def _prefix(
    letters: Letters, heard: str, prefixes: Sequence[tuple[str, float]], same: float
) -> Floats:
    total: Floats = np.zeros(len(hearing()))
    for prefix, rate in prefixes:
        points = np.array([code_point(prefix)], np.int32)
        total = total + rate * chance_of(letters, heard, sounds().of[points], points, same)[:, 0]
    return total
