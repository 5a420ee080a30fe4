"""Invented people of three centuries with several entries each, after the pattern of Splink's `historical_50k`.

That set (people of Wikidata, their entries made worse by its authors) could not be had for this project. Here everybody
is invented: names are syllables, brothers and sisters share a surname and a town, and an entry lacks, abbreviates or
mistakes what such entries do. The shares of mistakes were set before anything was measured.
"""

from collections.abc import Sequence
from typing import Final, TypeVar

import numpy as np

Row = dict[str, str]
One = TypeVar("One")

STARTS: Final = "b c d f g h j k l m n p r s t v w br ch cl cr dr fl gr pl pr sh st th tr"
MIDDLES: Final = "a e i o u ea ai oo"
ENDS: Final = "n r s t l m d ck ll rd tt ng"
LETTERS: Final = "abcdefghilmnoprst"
ENTRIES: Final = 8.0  # beside the first, on the average
MOST: Final = 40
SIBLINGS: Final = 0.25  # share of people who are brother or sister of the one before
MISSING: Final = {
    "first_name": 0.02, "surname": 0.01, "dob": 0.12, "birth_place": 0.2, "postcode": 0.2, "occupation": 0.25,
}  # fmt: skip


def table(rows: int, seed: int) -> list[Row]:
    """So many entries or a few more; `cluster` says whose each is."""
    source, found = _People(seed), list[Row]()
    person: Row = {}
    number = 0
    while len(found) < rows:
        person = source.person(person)
        entries = min(1 + int(source.chance.exponential(ENTRIES)), MOST)
        found += [{"cluster": str(number)} | source.entry(person) for _ in range(entries)]
        number += 1
    return found


class _People:
    def __init__(self, seed: int) -> None:
        self.chance = np.random.default_rng(seed)
        self.given = self._words(900, (1, 1, 2))
        self.surnames = self._words(9_000, (1, 2, 2))
        self.places = self._words(1_500, (2, 2, 3))
        self.work = self._words(120, (2, 3))

    def person(self, before: Row) -> Row:
        """Somebody, perhaps of the family of who came before."""
        is_sibling = bool(before) and self.chance.random() < SIBLINGS
        year = int(before["year"]) + self._from(-9, 9) if is_sibling else 0
        place = before["birth_place"] if is_sibling else self._often(self.places)
        return {
            "first_name": self._often(self.given),
            "second_name": self._often(self.given) if self._is(0.5) else "",
            "surname": before["surname"] if is_sibling else self._often(self.surnames),
            "year": str(year or self._from(1550, 1900)),
            "day": f"{self._from(1, 12):02d}-{self._from(1, 28):02d}",
            "birth_place": place,
            "postcode": self._post(place),
            "occupation": self._often(self.work),
        }

    def entry(self, of: Row) -> Row:
        """One of the entries of somebody, with what it mistakes or lacks."""
        first, surname = of["first_name"], of["surname"]
        first = self._wrong(first) if self._is(0.15) else first
        first = first[:1] if self._is(0.06) else first
        first += f" {of['second_name']}" if of["second_name"] and self._is(0.3) else ""
        surname = self._wrong(surname) if self._is(0.15) else surname
        surname = self._often(self.surnames) if self._is(0.05) else surname
        if self._is(0.03):
            first, surname = surname, first
        post = self._post(of["birth_place"]) if self._is(0.3) else of["postcode"]
        told = {
            "first_name": first,
            "surname": surname,
            "dob": self._born(of),
            "birth_place": self._often(self.places) if self._is(0.1) else of["birth_place"],
            "postcode": post,
            "occupation": self._often(self.work) if self._is(0.15) else of["occupation"],
        }
        return {name: "" if self._is(MISSING[name]) else value for name, value in told.items()}

    def _born(self, of: Row) -> str:
        """The year alone stands as its first day."""
        if self._is(0.3):
            return f"{of['year']}-01-01"
        year = int(of["year"]) + (self._one((-10, -1, 1, 10)) if self._is(0.06) else 0)
        return f"{year}-{of['day']}"

    def _post(self, place: str) -> str:
        return f"{place[:2]}{self._from(1, 40)} {self._from(1, 9)}{place[1:3]}"

    def _wrong(self, word: str) -> str:
        at = self._from(0, max(len(word) - 2, 0))
        swapped = word[at + 1 : at + 2] + word[at : at + 1]
        other = self._one(LETTERS)
        middle = self._one((swapped, word[at + 1 : at + 2], other + word[at + 1 : at + 2]))
        return word[:at] + middle + word[at + 2 :]

    def _from(self, least: int, most: int) -> int:
        return int(self.chance.integers(least, most + 1))

    def _one(self, many: Sequence[One]) -> One:
        return many[self._from(0, len(many) - 1)]

    def _is(self, share: float) -> bool:
        return self.chance.random() < share

    def _often(self, words: Sequence[str]) -> str:
        """The first words much oftener than the last."""
        return words[int(len(words) ** self.chance.random()) - 1]

    def _words(self, count: int, syllables: Sequence[int]) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            begun = [
                self._one(STARTS.split()) + self._one(MIDDLES.split())
                for _ in range(self._one(syllables))
            ]
            found["".join(begun) + self._one(ENDS.split())] = None
        return list(found)
