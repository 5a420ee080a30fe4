"""What remembered pieces of place names say about each home: log likelihood ratios, in nats.

A fragment is of one level of the home, misheard and cut as speech is; of a place that nobody
listed; or wrong. So P(fragment | home) is a sum over levels, and fragments are independent given
the home, but for the chance that all of them are of another place.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage import kernel_names
from nuantu.linkage import kernel_places as kernel
from nuantu.linkage.dialects import heard_from, hearing
from nuantu.linkage.kernel_names import Likely, Piece, Spellings, Stretch
from nuantu.linkage.kernel_places import Bearers, Told, Touch, Towns
from nuantu.linkage.latin import is_latin, place_readings
from nuantu.linkage.listed import Beside, Listed, bearers, beside, merged
from nuantu.linkage.memory import Memory
from nuantu.linkage.names import code_point, is_sound
from nuantu.linkage.parameters import Parameters
from nuantu.linkage.place_names import KINDS, LONGEST
from nuantu.linkage.sounds import folds, sounds
from nuantu.linkage.tree import NameIndex, Tree, index_of, regions_of_provinces, spelt

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]
MOST = 4096  # names that one fragment may match
MOST_NODES = 1 << 17
MOST_FRAGMENTS = 8
ROOMS = 4  # that are kept between searches
UNTOLD = 0.6  # how much a village that is not told counts, as in the kernel
SLIGHT = 0.1  # a name that brings less than this part of the noise is left


@dataclass(frozen=True)
class Homes:
    """Log ratios of homes. `towns`: of those without and of those with a known village; `top`: the best
    of each town; `values`: of the villages that have a place in `slot`, -1 for none.
    """

    towns: Table
    top: Table
    slot: Ints
    values: Floats


@dataclass(frozen=True)
class Meant:
    """The names that a fragment may be, and P(fragment) over the listed places."""

    likely: Likely
    mean: float

    @property
    def nbytes(self) -> int:
        """What it takes to be remembered."""
        return self.likely.names.nbytes + self.likely.odds.nbytes + 500


class Places:
    """A tree with what its comparison needs at hand. Threads may share it: each search has its own room."""

    def __init__(self, tree: Tree, listed: Listed | None = None) -> None:
        self.tree, self.listed = tree, listed
        provinces = regions_of_provinces(tree)
        self.regions = tuple(provinces[of] for of in tree.province_of)
        self.beside = beside(tree, listed, self.regions[3]) if listed else None
        letters, lengths = tree.letters, tree.lengths
        if self.beside:
            more, longer = spelt(self.beside.words[len(tree.cores) :])
            letters, lengths = np.concatenate([letters, more]), np.concatenate([lengths, longer])
        self.index: NameIndex = index_of(letters, lengths)
        self.bearers = tuple(
            bearers(*_by_level(tree, self.beside, place, len(letters)), region)
            for place, region in enumerate(self.regions)
        )
        towns, villages = tree.levels[3], tree.levels[4]
        self.levels = (
            *self.bearers,
            *((self.beside.villages, self.beside.towns) if self.beside else ()),
        )
        self.bearing = _bearing(self.levels)
        self.town_starts = np.searchsorted(
            towns.parent, np.arange(len(tree.levels[2].names) + 1)
        ).astype(np.int32)
        self.villages = np.bincount(
            villages.parent[villages.name_of >= 0], minlength=len(towns.names)
        ).astype(np.float64)
        if self.beside:
            self.villages = np.maximum(self.villages, self.beside.count)
        self.everybody = float(tree.levels[0].people.sum())
        self.syllable_of = sounds().of
        letters = self.index.spellings
        self.spellings = Spellings(
            self.index.names, letters, self.syllable_of[letters].astype(np.uint16)
        )
        self.sounding = np.bincount(
            sounds().of[np.flatnonzero(tree.common)], tree.common[tree.common > 0],
            minlength=len(sounds().syllables),
        )  # fmt: skip
        counties = merged(tree.same_county, self.beside.counties if self.beside else {})
        self.renamed = _listed(counties, len(tree.levels[2].names))
        self.carried = self._carried()
        self._meant: tuple[tuple[float, ...], Floats] = (), np.zeros(0)
        self._none = np.full(len(villages.names), -1, np.int32)
        self.rooms: list[Room] = []
        self._heard_before: Memory[Meant] = Memory()

    def _carried(self) -> Floats:
        """Share of people whose home has each name on each level, shape (names, levels)."""
        names = len(self.bearers[0].starts) - 1
        found = np.zeros((names, len(self.tree.levels)))
        for place, (level, of) in enumerate(zip(self.tree.levels, self.bearers, strict=True)):
            found[:, place] = _by_name(of, level.people, names)
        if self.beside:
            villages, towns = self.tree.levels[4], self.tree.levels[3]
            unknown = villages.name_of < 0
            nobody = np.bincount(
                villages.parent[unknown], villages.people[unknown], minlength=len(towns.names)
            )
            within = nobody / np.maximum(self.villages, 3.0)
            found[:, 4] += UNTOLD * _by_name(self.beside.villages, within, names)
            found[:, 3] += _by_name(self.beside.towns, towns.people * self.beside.share, names)
        return found / max(self.everybody, 1.0)

    @cached_property
    def kinds(self) -> frozenset[int]:
        """Classes of sound of the words for a kind of place."""
        return frozenset(int(folds()[self.syllable_of[ord(one)]]) for one in KINDS)

    @contextmanager
    def compare(
        self, fragments: Sequence[str], accent: Floats, with_: Parameters
    ) -> Iterator[Homes]:
        """Log ratios of all homes, good until the end. `accent`: log ratio of each province, added to all."""
        told = [one if is_latin(one) else one[:LONGEST] for one in fragments if one][
            :MOST_FRAGMENTS
        ]
        by_county = np.ascontiguousarray(accent[self.tree.province_of[2]])
        if not told:
            by_town = by_county[self.tree.levels[3].parent].astype(np.float32)
            yield Homes(np.stack([by_town, by_town]), by_town, self._none, np.zeros(0))
            return
        try:
            room = self.rooms.pop()
        except IndexError:
            room = Room(self.tree, self.beside is not None)
        room.open(len(told))
        try:
            yield self._compared(told, by_county, room, with_)
        finally:
            room.clear()
            self.rooms.append(room)

    def _compared(
        self, told: Sequence[str], accent: Floats, room: "Room", with_: Parameters
    ) -> Homes:
        mean, unlisted = np.zeros(len(told)), np.zeros(len(told))
        for which, fragment in enumerate(told):
            unlisted[which] = with_.unlisted * self._unlisted(fragment)
            mean[which] = unlisted[which] + self._spread(which, fragment, room, with_)
        said = Told(
            mean,
            unlisted,
            np.array(with_.levels),
            with_.noise,
            with_.weight("place"),
            with_.elsewhere,
        )
        parents = [level.parent for level in self.tree.levels]
        touches, counts = room.touches, room.counts
        counts[2] = kernel.rename(
            len(told), *self.renamed, with_.same_county, touches[2], counts[2]
        )
        counts[3] = kernel.lift(
            len(told),
            touches[4],
            counts[4],
            parents[4],
            touches[3],
            room.below,
            room.under,
            counts[3],
        )
        if self.beside:
            counts[3] = kernel.enter(
                len(told), touches[5], counts[5], touches[3], room.below, counts[3]
            )
            counts[3] = kernel.enter_towns(
                len(told),
                touches[6],
                counts[6],
                self.beside.share,
                touches[3],
                room.below,
                counts[3],
            )
        kernel.of_counties(
            touches[0], touches[1], touches[2], parents[2], parents[1], said, room.above
        )
        of = Towns(self.town_starts, parents[3], self.villages, accent)
        towns = np.empty((2, len(self.villages)), np.float32)
        kernel.of_towns(room.above, of, touches[3], counts[3], room.below, said, towns)
        values, top = np.empty(counts[4]), np.empty(len(self.villages), np.float32)
        kernel.of_villages(room.above, touches[4], room.under, of, touches[3], said, values)
        kernel.top_of_towns(values, room.under, touches[3], towns[1], top)
        return Homes(towns, top, touches[4].slot, values)

    def _spread(self, which: int, fragment: str, room: "Room", with_: Parameters) -> float:
        """P(fragment) over the listed places; P(fragment | node) goes into the room."""
        memory = self._heard_before.under(with_)
        names = memory.get(fragment)
        if names is None:
            likely, count = self.names_like(fragment, with_)
            share = SLIGHT * with_.noise / max(with_.levels)
            mean, kept = kernel_names.keep_likely(
                likely, count, self._carried_with(with_.levels), share
            )
            names = Meant(
                Likely(likely.names[:kept].copy(), likely.odds[:kept].copy()), float(mean)
            )
            memory.put(fragment, names)
        kernel.spread(
            which, names.likely, self.levels, self.bearing, tuple(room.touches), room.counts
        )
        return names.mean

    def _carried_with(self, levels: tuple[float, ...]) -> Floats:
        """Share of people that a fragment means by each name, by how often it is of each level."""
        known, meant = self._meant
        if known != levels:
            meant = self.carried @ np.array(levels)
            self._meant = levels, meant
        return meant

    def names_like(self, fragment: str, with_: Parameters) -> tuple[Likely, int]:
        """Names that the fragment may be, and how many."""
        likely = Likely(np.empty(MOST, np.int32), np.empty((MOST, len(hearing()))))
        spellings = self.spellings
        count = 0
        for form, weight in self._forms(fragment, with_):
            letters = np.array([code_point(one) for one in form], np.uint16)
            same = 0.0 if is_sound(int(letters[0])) else with_.place_as_said
            piece = Piece(
                letters, self._heard(letters, same), same, 1e-4 ** min(len(form), 3) * 0.1
            )
            for stretch in self._stretches(letters, weight, with_.cut_place):
                count = kernel_names.match_names(spellings, piece, stretch, likely, count)
        return likely, count

    def _stretches(
        self, letters: NDArray[np.uint16], weight: float, cut: float
    ) -> Iterator[Stretch]:
        """Names that begin or end like the letters, and names that have one letter more."""
        first, last = (int(folds()[self.syllable_of[one]]) for one in (letters[0], letters[-1]))
        length = len(letters)
        yield Stretch(*self._stretch(length, 0, first), 0, weight * 0.9, _nothing())
        yield Stretch(*self._stretch(length, 1, last), 0, weight * 0.9, folds() == first)
        if length > 1:
            yield Stretch(*self._stretch(length + 1, 1, last), 1, weight * cut, _nothing())
            yield Stretch(*self._stretch(length + 1, 0, first), 0, weight * cut, _nothing())

    def _forms(self, fragment: str, with_: Parameters) -> list[tuple[str, float]]:
        """The fragment, and without what may be the kind of the place."""
        if is_latin(fragment):
            read = place_readings(fragment)
            return [(one.joined[:LONGEST], one.share) for one in read] or [(fragment, 1.0)]
        forms = [(fragment, 1.0)]
        if fragment.endswith("街道") and len(fragment) > 3:
            forms.append((fragment[:-2], 1.0))
        elif len(fragment) > 2 and fragment[-1] in KINDS:
            forms.append((fragment[:-1], 1.0))
        elif (
            len(fragment) > 2
            and int(folds()[self.syllable_of[code_point(fragment[-1])]]) in self.kinds
        ):
            forms.append((fragment[:-1], with_.misheard_kind))
        return forms

    def _stretch(self, length: int, side: int, sound_class: int) -> tuple[int, int]:
        if length > LONGEST:
            return 0, 0
        key = self.index.key(length, side, sound_class)
        return int(self.index.starts[key]), int(self.index.starts[key + 1])

    def _heard(self, letters: NDArray[np.uint16], same: float) -> Floats:
        """What a syllable said brings to each letter heard, shape (letters, regions + 1, syllables)."""
        said = self.syllable_of[letters]
        share = (self.tree.common[letters] + 1e-7) / (self.sounding[said] + 1e-6)
        share = np.where([is_sound(int(one)) for one in letters], 1.0, share)
        columns: Floats = heard_from()[said] * ((1.0 - same) * share)[:, None, None]
        return columns

    def _unlisted(self, fragment: str) -> float:
        """P(fragment) as a name nobody listed: characters as common as in other names."""
        if is_latin(fragment):
            fragment = next((one.joined for one in place_readings(fragment)), fragment)
        return 8.0 * math.prod(
            float(
                self.sounding[self.syllable_of[point]]
                if is_sound(point)
                else self.tree.common[point]
            )
            + 1e-6
            for point in map(code_point, fragment)
        )


class Room:
    """Where one search notes which nodes of each level its fragments touch, and how likely each is."""

    def __init__(self, tree: Tree, listed: bool) -> None:
        nodes = [len(level.names) for level in tree.levels]
        nodes += [nodes[3], nodes[3]] if listed else []
        sizes = [min(one, MOST_NODES) for one in nodes]
        self._slots = [np.full(all_, -1, np.int32) for all_ in nodes]
        self._nodes = [np.zeros(size, np.int32) for size in sizes]
        self.under = np.zeros(sizes[4], np.int32)
        self._chances = [np.zeros(size * MOST_FRAGMENTS) for size in (*sizes, sizes[3], nodes[2])]
        self.open(MOST_FRAGMENTS)

    def open(self, fragments: int) -> None:
        """Laid out for so many fragments: what lies close together is read together."""
        width = MOST_FRAGMENTS
        *chances, self.below, self.above = (
            one[: len(one) // width * fragments].reshape(-1, fragments) for one in self._chances
        )
        self.touches = [Touch(*one) for one in zip(self._slots, self._nodes, chances, strict=True)]
        self.counts = np.zeros(len(self._nodes), np.int64)

    def clear(self) -> None:
        """Ready for the next search."""
        for touch, count in zip(self.touches, self.counts.tolist(), strict=True):
            kernel.clear(touch, count)


@cache
def _nothing() -> NDArray[np.bool_]:
    return np.zeros(len(sounds().syllables), np.bool_)


def _by_level(tree: Tree, beside: Beside | None, place: int, names: int) -> tuple[Ints, Ints]:
    """Nodes of a level by name: where those of each name start, and the nodes."""
    name_of = tree.levels[place].name_of
    node = np.flatnonzero(name_of >= 0)
    name = name_of[node]
    also = [one for one in beside.aliases if one[0] == place] if beside else []
    if also:
        name = np.concatenate([name, np.array([one for _, one, _ in also], np.int32)])
        node = np.concatenate([node, np.array([one for _, _, one in also], np.int64)])
    order = np.argsort(name, kind="stable")
    starts = np.searchsorted(name[order], np.arange(names + 1))
    return starts.astype(np.int32), node[order].astype(np.int32)


def _bearing(levels: Sequence[Bearers]) -> NDArray[np.uint8]:
    """For each name a bit for each level that has a node of that name."""
    found = np.zeros(len(levels[0].starts) - 1, np.uint8)
    for level, of in enumerate(levels):
        found |= (np.diff(of.starts) > 0).astype(np.uint8) << level
    return found


def _by_name(of: Bearers, each: Floats, names: int) -> Floats:
    """The sum of `each` over the nodes of each name."""
    name = np.repeat(np.arange(names), np.diff(of.starts))
    return np.bincount(name, each[of.nodes], minlength=names).astype(np.float64)


def _listed(lists: Mapping[int, Sequence[int]], size: int) -> tuple[Ints, Ints]:
    """Lists by number as one row after the other: where each starts, and all of them."""
    lengths = [len(lists.get(one, ())) for one in range(size)]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return starts, np.array([one for key in range(size) for one in lists.get(key, ())], np.int32)
