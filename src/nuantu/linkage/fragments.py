"""What remembered pieces of place names say about each home: log likelihood ratios, in nats.

A fragment is of one level of the home, misheard and cut as speech is; of a place that nobody
listed; or wrong. So P(fragment | home) is a sum over levels, and fragments are independent given
the home, but for the chance that all of them are of another place.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage import kernel_places as kernel
from nuantu.linkage.kernel_homes import FEW, UNTOLD, weigh
from nuantu.linkage.kernel_names import Likely
from nuantu.linkage.kernel_places import (
    COUNTIES,
    LEVELS,
    LISTED,
    TOWNS,
    UNNAMED,
    VILLAGES,
    Bearers,
    Ground,
    Reach,
    Told,
    Touch,
    Weighed,
)
from nuantu.linkage.listed import Listed, beside, merged, others
from nuantu.linkage.meant import MOST, Meaning, Meant
from nuantu.linkage.parameters import Parameters
from nuantu.linkage.tree import Level, Tree, regions_of_provinces, spelt

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]
MOST_NODES = 1 << 17  # of a level that fragments touch
MOST_FRAGMENTS = 8
ROOMS = 4  # that are kept between searches


@dataclass(frozen=True)
class Homes:
    """Log ratios of homes. `towns`: without and with a known village, and the best, shape (towns, 3); `highest`: of
    each county; `values`: of the villages that stand in `table`, by `kernel_places.find`.
    """

    towns: Table
    highest: Floats
    table: Ints
    values: Table

    def of(self, towns: Ints, known: NDArray[np.int8], villages: Ints) -> Floats:
        """Log ratios of some homes; `known`: 1 where a village is."""
        found = self.towns[towns, known].astype(np.float64)
        looked_up = found.copy()
        kernel.looked_up(villages, self.table, self.values, looked_up)
        return np.where(known > 0, looked_up, found)


class Places:
    """A tree with what its comparison needs at hand. Threads may share it: each search has its own room."""

    def __init__(self, tree: Tree, listed: Listed | None = None) -> None:
        self.tree, self.listed = tree, listed
        provinces = regions_of_provinces(tree)
        self.regions = tuple(provinces[of] for of in tree.province_of)
        self.beside = beside(tree, listed) if listed else None
        letters, lengths = tree.letters, tree.lengths
        if self.beside:
            more, longer = spelt(self.beside.words[len(tree.cores) :])
            letters, lengths = np.concatenate([letters, more]), np.concatenate([lengths, longer])
        towns, villages = tree.levels[TOWNS], tree.levels[VILLAGES]
        many = np.bincount(villages.parent[villages.name_of >= 0], minlength=len(towns.names))
        if self.beside:
            many = np.maximum(many, self.beside.count.astype(np.int64))
        counties = merged(tree.same_county, self.beside.counties if self.beside else {})
        living, dwelling, within, everybody = _living(tree.levels)
        self.ground = Ground(
            tree.levels[1].parent, tree.levels[2].parent, np.stack([towns.parent, many], 1).astype(np.int32),
            np.searchsorted(towns.parent, np.arange(len(tree.levels[2].names) + 1)).astype(np.int32),
            self.beside.share if self.beside else np.zeros(1),
            *_listed(counties, len(tree.levels[2].names)), living, dwelling, within, everybody,
        )  # fmt: skip
        self.bearers = self._bearers(len(letters))
        self.everybody = float(tree.levels[0].people.sum())
        self.meaning = Meaning(tree, letters, lengths, self.bearers, self._carried(len(letters)))
        self.rooms: list[Room] = []

    def _named(self) -> list[tuple[Ints, Ints]]:
        """By level the names of nodes and the nodes that bear each."""
        found = []
        for place, level in enumerate(self.tree.levels):
            also = [one for one in self.beside.aliases if one[0] == place] if self.beside else []
            more = np.array([one[1:] for one in also], np.int64).reshape(-1, 2)
            node = np.flatnonzero(level.name_of >= 0)
            names = np.concatenate([level.name_of[node], more[:, 0]])
            found.append((names, np.concatenate([node, more[:, 1]])))
        return [*found, self.beside.villages, self.beside.towns] if self.beside else found

    def _bearers(self, names: int) -> Bearers:
        """All of these as one table by name."""
        rows, named = [], self._named()
        if self.beside:
            named[LISTED] = others(
                named[LISTED], named[VILLAGES], self.tree.levels[VILLAGES].parent
            )
        for level, (name, node) in enumerate(named):
            of = min(level, TOWNS) if level > VILLAGES else level
            above = self.tree.levels[of].parent[node]
            parts = np.full(len(name), level), node, above, self.regions[of][node]
            rows.append(np.stack(parts, axis=1).astype(np.int32))
        name = np.concatenate([one for one, _ in named])
        order = np.argsort(name, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(name, minlength=names))])
        return Bearers(starts.astype(np.int32), np.concatenate(rows)[order])

    def _carried(self, names: int) -> Floats:
        """Share of people whose home has each name on each level, shape (names, levels)."""
        found = np.zeros((names, len(self.tree.levels)))
        named = self._named()
        for place, (level, of) in enumerate(zip(self.tree.levels, named, strict=False)):
            found[:, place] = _by_name(of, level.people, names)
        if self.beside:
            villages, towns = self.tree.levels[VILLAGES], self.tree.levels[TOWNS]
            unknown = villages.name_of < 0
            nobody = np.bincount(
                villages.parent[unknown], villages.people[unknown], minlength=len(towns.names)
            )
            within = nobody / np.maximum(self.ground.towns[:, 1], FEW)
            found[:, VILLAGES] += UNTOLD * _by_name(named[LISTED], within, names)
            found[:, TOWNS] += _by_name(named[UNNAMED], towns.people * self.beside.share, names)
        return found / max(self.everybody, 1.0)

    @contextmanager
    def compare(
        self, fragments: Sequence[str], accent: Floats, with_: Parameters
    ) -> Iterator[Homes]:
        """Log ratios of all homes, good until the end. `accent`: log ratio of each province, added to all."""
        told = [one for one in fragments if one][:MOST_FRAGMENTS]
        by_county = np.ascontiguousarray(accent[self.tree.province_of[COUNTIES]])
        if not told:
            by_town = by_county[self.ground.towns[:, 0]].astype(np.float32)
            of_counties = by_county.astype(np.float32).astype(np.float64)
            none = np.full(2, -1, np.int32)
            yield Homes(np.stack([by_town] * 3, axis=1), of_counties, none, np.zeros(0, np.float32))
            return
        meant = [self.meaning.of(one, with_) for one in told]
        try:
            room = self.rooms.pop()
        except IndexError:
            room = Room(self.tree)
        try:
            yield self._compared(meant, by_county, room, with_)
        finally:
            self.rooms.append(room)

    def _compared(
        self, meant: Sequence[Meant], accent: Floats, room: "Room", with_: Parameters
    ) -> Homes:
        mean = np.array([one.mean + one.unlisted for one in meant])
        said = Told(
            mean,
            1.0 / mean,
            np.array([one.unlisted for one in meant]),
            np.array(with_.levels),
            with_.noise,
            with_.weight("place"),
            with_.elsewhere,
            with_.same_county,
            accent,
        )
        names = [one.likely.names for one in meant]
        likely = meant[0].likely
        if len(meant) > 1:
            likely = Likely(
                np.concatenate(names), np.concatenate([one.likely.odds for one in meant])
            )
        touches, reach, out = room.opened(meant)
        begins = np.cumsum([0, *map(len, names)])
        weigh(likely, begins, self.bearers, reach, touches, self.ground, said, out)
        return Homes(out.towns, out.highest, touches[VILLAGES].table, out.villages)


class Room:
    """Where one search notes which nodes of each level its fragments touch, and how likely each is."""

    def __init__(self, tree: Tree) -> None:
        self._nodes = [len(level.names) for level in tree.levels]
        self._tables = [np.empty(0, np.int32)] * LEVELS
        self._rows = [np.empty(0, np.int32)] * LEVELS
        self._chances = [np.empty(0, np.float32)] * LEVELS
        _, cities, counties, towns, _ = self._nodes
        self._of = (
            np.empty((towns, 3), np.float32), np.empty(counties), np.empty(cities * MOST_FRAGMENTS),
            np.empty(counties * MOST_FRAGMENTS), np.empty((counties, 2)), np.empty(LEVELS, np.int64),
        )  # fmt: skip
        self._values, self._under = np.empty(0, np.float32), np.empty(0, np.int32)
        self._reach = _reach(0)

    def opened(self, meant: Sequence[Meant]) -> tuple[tuple[Touch, ...], Reach, Weighed]:
        """Laid out for so many fragments and no more nodes than they may touch: what lies close together is
        read together."""
        width, nodes = len(meant), [one.nodes for one in meant]
        most = sum(one.villages for one in meant)
        touches = tuple(
            self._touch(level, count, most if level == VILLAGES else sum(nodes), width)
            for level, count in enumerate(self._nodes)
        )
        rows = len(touches[VILLAGES].nodes)
        if len(self._values) < rows:
            self._values, self._under = np.empty(rows, np.float32), np.empty(rows, np.int32)
        if len(self._reach.odds) < max(nodes):
            self._reach = _reach(max(nodes))
        towns, highest, cities, above, plain, counts = self._of
        out = Weighed(
            towns, highest, self._values, self._under, _of_width(cities, width), _of_width(above, width),
            plain, counts,
        )  # fmt: skip
        return touches, self._reach, out

    def _touch(self, level: int, nodes: int, most: int, width: int) -> Touch:
        """`most`: nodes of the level that may be touched; those above towns have more than one way to be."""
        rows = nodes if level < TOWNS else min(nodes, most, MOST_NODES)
        width = 2 * width + 4 if level == TOWNS else width
        places = 4 << rows.bit_length() if level == VILLAGES else nodes
        if len(self._tables[level]) < places:
            self._tables[level] = np.empty(places, np.int32)
        if len(self._rows[level]) < rows:
            self._rows[level] = np.empty(rows, np.int32)
        if len(self._chances[level]) < rows * width:
            self._chances[level] = np.empty(rows * width, np.float32)
        table = self._tables[level][:places]
        table.fill(-1)
        chance = self._chances[level][: rows * width].reshape(rows, width)
        return Touch(table, self._rows[level][:rows], chance)


def _reach(nodes: int) -> Reach:
    """Room for so many."""
    return Reach(
        np.empty(nodes, np.int32), np.empty(nodes, np.float32), np.empty((nodes, 2), np.int32),
        np.empty(nodes, np.float32), np.empty((MOST, 2), np.int32),
    )  # fmt: skip


def _of_width(room: Floats, width: int) -> Floats:
    """Room for so many fragments."""
    return room[: len(room) // MOST_FRAGMENTS * width].reshape(-1, width)


def _living(levels: Sequence[Level]) -> tuple[Floats, Floats, Floats, float]:
    """People of each town without and with a known village, of each county, of each village, and in all."""
    towns, villages = levels[TOWNS], levels[VILLAGES]
    known = villages.name_of >= 0
    people = [
        np.bincount(villages.parent[one], villages.people[one], minlength=len(towns.names))
        for one in (~known, known)
    ]
    counties = [
        np.bincount(towns.parent, one, minlength=len(levels[COUNTIES].names)) for one in people
    ]
    of_town, of_county = (
        np.ascontiguousarray(np.stack(one, axis=1), np.float64) for one in (people, counties)
    )
    within = villages.people.astype(np.float64)
    return of_town, of_county, within, max(float(of_town.sum()), 1.0)


def _by_name(of: tuple[Ints, Ints], each: Floats, names: int) -> Floats:
    """The sum of `each` over the nodes of each name."""
    name, node = of
    return np.bincount(name, each[node], minlength=names).astype(np.float64)


def _listed(lists: Mapping[int, Sequence[int]], size: int) -> tuple[Ints, Ints]:
    """Lists by number as one row after the other: where each starts, and all of them."""
    lengths = [len(lists.get(one, ())) for one in range(size)]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return starts, np.array([one for key in range(size) for one in lists.get(key, ())], np.int32)
