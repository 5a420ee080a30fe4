"""Names by sex and cohort: from our own small table, or as frequent as in a file of reports."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml

from bench.identity.country import Names, Numbers

HERE: Final = Path(__file__).parent
COHORTS: Final = (1890, 1950, 1970, 1990)
TYPICAL, ELSEWHERE = 4.0, 1 / 3
TAIL: Final = 1.15  # how fast surnames thin out after the fifth


@dataclass(frozen=True, slots=True)
class Words:
    """Words and how likely each is."""

    values: Names
    shares: np.ndarray[Any, np.dtype[np.float64]]

    @classmethod
    def of(cls, counts: Mapping[str, float]) -> "Words":
        """Any counts, made to sum up to one."""
        shares = np.array(list(counts.values()), float)
        return cls(np.array(list(counts), object), shares / shares.sum())

    def draw(self, dice: np.random.Generator, size: int) -> Names:
        """So many words, each by itself."""
        drawn: Names = self.values[dice.choice(len(self.values), size, p=self.shares)]
        return drawn


@dataclass(frozen=True, slots=True)
class Given:
    """Given names of one sex and cohort."""

    first: Words
    second: Words
    alone: Words
    alone_share: float


@dataclass(frozen=True, slots=True)
class NameTable:
    """What people are called. `given` by (sex, first year of the cohort)."""

    surnames: Words
    given: Mapping[tuple[str, int], Given]
    nicknames: Mapping[str, Words]

    def draw_given(self, dice: np.random.Generator, sex: Names, born: Numbers) -> Names:
        """A given name for each."""
        names = np.empty(len(sex), object)
        cohort = np.array(COHORTS)[np.searchsorted(COHORTS, born, "right") - 1]
        for (of_sex, since), table in self.given.items():
            rows = np.flatnonzero((sex == of_sex) & (cohort == since))
            two = table.first.draw(dice, len(rows)) + table.second.draw(dice, len(rows))
            one = table.alone.draw(dice, len(rows))
            names[rows] = np.where(dice.random(len(rows)) < table.alone_share, one, two)
        return names


def own_names() -> NameTable:
    """The table of this folder (names.yaml, given.csv)."""
    table = yaml.safe_load((HERE / "names.yaml").read_text(encoding="utf-8"))
    with (HERE / "given.csv").open(encoding="utf-8", newline="") as stream:
        common = {row["character"]: row for row in csv.DictReader(stream)}
    given = {}
    for sex, column in (("M", "men"), ("F", "women")):
        typical = {year: set(text) for year, text in table["typical"][sex].items()}
        anywhere = set().union(*typical.values())
        for year in COHORTS:
            words = Words.of(
                {
                    character: (int(row[column]) + 0.5)
                    * (TYPICAL if character in typical[year] else 1)
                    * (ELSEWHERE if character in anywhere - typical[year] else 1)
                    for character, row in common.items()
                }
            )
            given[sex, year] = Given(words, words, words, table["single"][year])
    return NameTable(_surnames(table), given, _nicknames(table))


def _surnames(table: Mapping[str, Any]) -> Words:
    words = list(dict.fromkeys("".join(table["surnames"].split())))
    head = table["first_five"]
    left = np.arange(5, len(words), dtype=float) ** -TAIL
    hundredth = left[:95].sum()
    rest = left * (table["hundred"] - sum(head)) / hundredth
    beyond = rest[95:].sum()
    rest[95:] *= (1 - table["hundred"] - table["compound_share"]) / beyond
    counts = dict(zip(words, [*head, *rest], strict=True))
    counts |= dict.fromkeys(table["compound"], table["compound_share"] / len(table["compound"]))
    return Words.of(counts)


def _nicknames(table: Mapping[str, Any]) -> dict[str, Words]:
    return {sex: Words.of(dict.fromkeys(names, 1.0)) for sex, names in table["nicknames"].items()}


def names_like(rows: Iterable[tuple[str, str, str, int]]) -> NameTable:
    """As frequent as in reports (surname, given name, sex, year of birth or less than 1): for
    measuring with frequencies that may not be kept here. Pairs of characters are put together anew.
    """
    table = yaml.safe_load((HERE / "names.yaml").read_text(encoding="utf-8"))
    surnames: Counter[str] = Counter()
    parts: dict[tuple[str, int], list[Counter[str]]] = {
        (sex, year): [Counter(), Counter(), Counter()] for sex in "MF" for year in COHORTS
    }
    for surname, given, sex, born in rows:
        surnames[surname] += 1
        if born > 0 and given and (sex, COHORTS[0]) in parts:
            of = parts[sex, COHORTS[int(np.searchsorted(COHORTS, born, "right")) - 1]]
            if len(given) == 1:
                of[2][given] += 1
            else:
                of[0][given[0]] += 1
                of[1][given[1:]] += 1
    given_names = {key: _as_counted(*of) for key, of in parts.items()}
    return NameTable(Words.of(surnames), given_names, _nicknames(table))


def _as_counted(first: Counter[str], second: Counter[str], alone: Counter[str]) -> Given:
    of = [Words.of(counts or {"华": 1}) for counts in (first, second, alone)]
    share = sum(alone.values()) / max(1, sum(first.values()) + sum(alone.values()))
    return Given(of[0], of[1], of[2], share)
