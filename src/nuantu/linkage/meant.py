"""Which names of places a remembered fragment may be, and how likely it is as each of them."""

import math
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage import kernel_names as kernel
from nuantu.linkage.dialects import WIDTH, heard_from
from nuantu.linkage.kernel_names import Forms, Likely, Sounding, Spellings
from nuantu.linkage.kernel_places import VILLAGES, Bearers
from nuantu.linkage.latin import is_latin, place_readings
from nuantu.linkage.memory import Memory
from nuantu.linkage.names import code_point, is_sound
from nuantu.linkage.parameters import Parameters
from nuantu.linkage.place_names import KINDS, LONGEST
from nuantu.linkage.sounds import folds, sounds
from nuantu.linkage.tree import Tree, index_of

Floats = NDArray[np.float64]
Table = NDArray[np.float32]
MOST = 4096  # names that one fragment may match
SLIGHT = 0.1  # a name that brings less than this part of the noise is left


@dataclass(frozen=True)
class Meant:
    """The names that a fragment may be; P(fragment) over the listed places, and as a name nobody listed; how
    many nodes bear these names, and how many of them are villages."""

    likely: Likely
    mean: float
    unlisted: float
    nodes: int
    villages: int

    @property
    def nbytes(self) -> int:
        """What it takes to be remembered."""
        return self.likely.names.nbytes + self.likely.odds.nbytes + 500


class Meaning:
    """Names of places by sound. Threads may share it."""

    def __init__(
        self,
        tree: Tree,
        letters: NDArray[np.uint16],
        lengths: NDArray[np.int8],
        bearers: Bearers,
        carried: Floats,
    ) -> None:
        """`letters` and `lengths`: of each name; `bearers`: the nodes of each; `carried`: share of people whose home has
        each name on each level, shape (names, levels)."""
        self.tree, self.carried = tree, carried
        self.starts = bearers.starts
        before = np.cumsum(bearers.nodes[:, 0] == VILLAGES)
        self.villages = np.concatenate([[0], before])[bearers.starts]
        self._rooms: list[Likely] = []
        index, syllable_of = index_of(letters, lengths), sounds().of
        self.spellings = Spellings(
            index.starts.astype(np.int64), index.names, index.spellings,
            syllable_of[index.spellings].astype(np.uint16), folds().astype(np.int64), index.classes,
        )  # fmt: skip
        self.sounding = Sounding(
            heard_from(), _usual(), syllable_of, tree.common,
            np.bincount(
                syllable_of[np.flatnonzero(tree.common)], tree.common[tree.common > 0],
                minlength=len(sounds().syllables),
            ).astype(np.float64),
        )  # fmt: skip
        self._by_levels: tuple[tuple[float, ...], Floats] = (), np.zeros(0)
        self._before: Memory[Meant] = Memory()

    def of(self, fragment: str, with_: Parameters) -> Meant:
        """What one fragment may mean."""
        fragment = fragment if is_latin(fragment) else fragment[:LONGEST]
        memory = self._before.under(with_)
        found = memory.get(fragment)
        if found is None:
            found = self._found(fragment, with_)
            memory.put(fragment, found)
        return found

    def _found(self, fragment: str, with_: Parameters) -> Meant:
        try:
            room = self._rooms.pop()
        except IndexError:
            room = Likely(np.empty(MOST, np.int32), np.empty((MOST, WIDTH), np.float32))
        mean, kept = kernel.match(
            self._forms(fragment, with_), self.spellings, self.sounding, self._carried(with_.levels),
            SLIGHT * with_.noise / max(with_.levels), (np.empty(LONGEST, np.int64), np.empty(LONGEST)), room,
        )  # fmt: skip
        likely = Likely(room.names[:kept].copy(), room.odds[:kept].copy())
        self._rooms.append(room)
        nodes, villages = (
            int((each[likely.names + 1] - each[likely.names]).sum())
            for each in (self.starts, self.villages)
        )
        unlisted = with_.unlisted * self._unlisted(fragment)
        return Meant(likely, float(mean), unlisted, nodes, villages)

    def _carried(self, levels: tuple[float, ...]) -> Floats:
        """Share of people that a fragment means by each name, by how often it is of each level."""
        known, meant = self._by_levels
        if known != levels:
            meant = self.carried @ np.array(levels)
            self._by_levels = levels, meant
        return meant

    def _forms(self, fragment: str, with_: Parameters) -> Forms:
        ways = self._ways(fragment, with_)
        letters = np.zeros((len(ways), LONGEST), np.uint16)
        for row, (form, _) in zip(letters, ways, strict=True):
            row[: len(form)] = [code_point(one) for one in form]
        return Forms(
            letters, np.array([len(form) for form, _ in ways], np.int64),
            np.array([weight for _, weight in ways]), with_.place_as_said, with_.cut_place,
        )  # fmt: skip

    def _ways(self, fragment: str, with_: Parameters) -> list[tuple[str, float]]:
        """The fragment, and without what may be the kind of the place."""
        if is_latin(fragment):
            read = place_readings(fragment)
            return [(one.joined[:LONGEST], one.share) for one in read] or [
                (fragment[:LONGEST], 1.0)
            ]
        forms = [(fragment, 1.0)]
        if fragment.endswith("街道") and len(fragment) > 3:
            forms.append((fragment[:-2], 1.0))
        elif len(fragment) > 2 and fragment[-1] in KINDS:
            forms.append((fragment[:-1], 1.0))
        elif (
            len(fragment) > 2
            and int(folds()[self.sounding.syllable_of[code_point(fragment[-1])]]) in self.kinds
        ):
            forms.append((fragment[:-1], with_.misheard_kind))
        return forms

    @cached_property
    def kinds(self) -> frozenset[int]:
        """Classes of sound of the words for a kind of place."""
        return frozenset(int(folds()[self.sounding.syllable_of[ord(one)]]) for one in KINDS)

    def _unlisted(self, fragment: str) -> float:
        """P(fragment) as a name nobody listed: characters as common as in other names."""
        if is_latin(fragment):
            fragment = next((one.joined for one in place_readings(fragment)), fragment)
        of = self.sounding
        return 8.0 * math.prod(
            float(of.share[of.syllable_of[point]] if is_sound(point) else of.common[point]) + 1e-6
            for point in map(code_point, fragment)
        )


@cache
def _usual() -> Table:
    """P(heard | said) for no region."""
    return np.ascontiguousarray(heard_from()[:, :, -1])
