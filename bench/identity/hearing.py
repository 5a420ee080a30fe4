"""What is heard when somebody says a name in the dialect of his home, and how it is written down."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from pypinyin import Style, pinyin

HERE: Final = Path(__file__).parent
INITIALS: Final = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
SAME_TONE: Final = 2.0  # a homophone of the same tone is this much likelier
SPREAD: Final = 0.6  # of the rates of another noise table, as a natural logarithm
MOVED: Final = 0.15  # and how often a group has the rate of another

Syllable = tuple[str, str]  # initial, final; u after j, q, x, y is v


@cache
def spoken(character: str) -> tuple[Syllable, int] | None:
    """A character's commonest sound and tone; None when it is not Chinese."""
    if not "一" <= character <= "鿿":
        return None
    sound = pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0][0]
    if not sound[-1].isdigit():
        return None
    return parted(sound[:-1].replace("ü", "v")), int(sound[-1])


def parted(sound: str) -> Syllable:
    """A spelled syllable as initial and final."""
    initial = next((one for one in INITIALS if sound.startswith(one)), "")
    final = sound[len(initial) :]
    if initial in ("j", "q", "x", "y") and final.startswith("u"):
        final = "v" + final[1:]
    return initial, final


@dataclass(frozen=True, slots=True)
class Change:
    """A sound heard as another, with its rate by group."""

    part: str
    said: str
    heard: str
    rates: Mapping[str, float]

    def of(self, syllable: Syllable) -> Syllable | None:
        """The syllable as heard; None when the change does not concern it."""
        initial, final = syllable
        if self.part == "initials" and initial == self.said:
            return self.heard, final
        if self.part == "finals" and final == self.said:
            return initial, self.heard
        if self.part == "syllables" and syllable == parted(self.said):
            return parted(self.heard)
        return None


class Writing:
    """Which characters stand for a syllable, by how often they are used in one role."""

    def __init__(self, counts: Mapping[str, float]) -> None:
        by_sound: dict[Syllable, list[tuple[str, int, float]]] = defaultdict(list)
        for character, count in counts.items():
            sound = spoken(character)
            if sound:
                by_sound[sound[0]].append((character, sound[1], count))
        self.by_sound = dict(by_sound)
        self.sounds = frozenset(by_sound)

    def write(self, dice: np.random.Generator, syllable: Syllable, tone: int) -> str:
        """A character for a syllable of `sounds`."""
        choice = self.by_sound[syllable]
        weights = np.array([n * (SAME_TONE if of == tone else 1) for _, of, n in choice])
        return choice[int(dice.choice(len(choice), p=weights / weights.sum()))][0]


class Hearing:
    """The noise of hearing and writing; `table` 0 is hearing.yaml, others are drawn from it."""

    def __init__(self, writings: Mapping[str, Writing], table: int = 0) -> None:
        written = yaml.safe_load((HERE / "hearing.yaml").read_text(encoding="utf-8"))
        self.groups = _groups(written["groups"])
        self.levels: Mapping[str, Mapping[str, float]] = written["levels"]
        self.slip: Mapping[str, float] = written["slip"]
        self.writings = writings
        self.changes = _changes(written, table)
        sounds: frozenset[Syllable] = frozenset().union(*(one.sounds for one in writings.values()))
        self.initials = sorted({initial for initial, _ in sounds})
        self.finals = sorted({final for _, final in sounds})

    def group(self, county: str) -> str:
        """The dialect group of a county by its code."""
        found = [self.groups[county[:size]] for size in (4, 2) if county[:size] in self.groups]
        return found[0] if found else "beijing"

    def heard(
        self, dice: np.random.Generator, text: str, county: str, level: str, role: str
    ) -> str:
        """A text as it is written down; `role`: surname, given or place."""
        group = self.group(county)
        noise = self.levels[level]
        return "".join(
            self._character(dice, character, group, noise["sounds"], (role, noise[role]))
            for character in text
        )

    def _character(
        self,
        dice: np.random.Generator,
        character: str,
        group: str,
        strength: float,
        writing: tuple[str, float],
    ) -> str:
        sound = spoken(character)
        role, doubt = writing
        table = self.writings[role]
        if sound is None or sound[0] not in table.sounds:
            return character
        syllable = self._sound(dice, sound[0], group, strength)
        if syllable not in table.sounds:
            syllable = sound[0]
        if syllable == sound[0] and dice.random() >= doubt:
            return character
        return table.write(dice, syllable, sound[1])

    def _sound(
        self, dice: np.random.Generator, syllable: Syllable, group: str, strength: float
    ) -> Syllable:
        for change in self.changes:
            other = change.of(syllable)
            if other and dice.random() < min(0.9, strength * change.rates[group]):
                syllable = other
        initial, final = syllable
        if dice.random() < strength * self.slip["initial"]:
            initial = self.initials[int(dice.integers(len(self.initials)))]
        if dice.random() < strength * self.slip["final"]:
            final = self.finals[int(dice.integers(len(self.finals)))]
        return initial, final


def _groups(written: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {code: group for group, codes in written.items() for code in codes}


def _changes(written: Mapping[str, Any], table: int) -> list[Change]:
    """Whole syllables first: 黄 heard as 王 is no longer a 黄."""
    dice = np.random.default_rng([table, 13])
    groups = list(written["groups"])
    changes = []
    for part in ("syllables", "initials", "finals"):
        for row in written[part]:
            rates = [row.get(group, row["all"]) for group in groups]
            if table:
                rates = _other(dice, rates)
            changes.append(
                Change(part, row["said"], row["heard"], dict(zip(groups, rates, strict=True)))
            )
    return changes


def _other(dice: np.random.Generator, rates: Iterable[float]) -> list[float]:
    own = np.array(list(rates))
    moved = np.where(dice.random(len(own)) < MOVED, dice.permutation(own), own)
    return [
        float(rate) for rate in np.minimum(0.8, moved * np.exp(dice.normal(0, SPREAD, len(own))))
    ]
