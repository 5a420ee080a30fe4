"""How the rows of a registry are looked at: a threshold that enough of them reach, then all that reach it."""

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage import kernel_rows as kernel
from nuantu.linkage.kernel_rows import (
    CHUNK,
    NOBODY,
    SLACK,
    Asked,
    Codes,
    Limits,
    Records,
    Results,
    Runs,
)
from nuantu.linkage.threads import pool

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]

SAMPLED: Final = 4_096  # rows in a sample, about
SPAN: Final = 12.0  # nats: who is further behind the best is not listed
NEAR: Final = 2.0  # nats below the best home from which records are looked at first
MANY: Final = 8  # part of all rows, one in so many, that is too much to be looked at first
SPARE: Final = 3  # how many rows more than asked for the first threshold should leave
HOPED: Final = 2  # rows of the sample above the first hope: far more rows than are wanted lie there
KEPT: Final = 2_000  # rows at least that are added up whole and told apart
ROOM: Final = 4  # times as many rows as are kept, so that choosing costs little


@dataclass(frozen=True, slots=True)
class Above:
    """Rows that score at least `least`."""

    rows: Ints
    scores: Floats
    least: float


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known before all rows are looked at: scores of the sample, and how high the best block begins."""

    sampled: Floats
    nearest: float


class _Scan(Protocol):
    """Looks at the runs from one to another that begin with `promising` at least."""

    def __call__(self, least: float, runs: tuple[int, int], promising: float = ...) -> Above: ...


class Rows:
    """The records of a registry in runs, with a systematic sample of them."""

    def __init__(self, records: Records, county_of: Ints, signs: Bytes) -> None:
        """`signs`: as in `signs.signs_of`."""
        self.records, self.runs = records, _runs(records, county_of, signs)
        self._long = np.diff(records.starts[self.runs.starts])
        self.step = max(len(self) // SAMPLED, 1)
        self._sample = self._apart(np.arange(0, len(self), self.step))

    def __len__(self) -> int:
        """How many."""
        return int(self.records.starts[-1])

    def lying(self, rows: Longs) -> tuple[Longs, Codes]:
        """The blocks in which rows lie, and their codes."""
        blocks = np.searchsorted(self.records.starts, rows, side="right").astype(np.int64) - 1
        return blocks, np.ascontiguousarray(self.records.codes[:, rows])

    def _apart(self, rows: Longs) -> Records:
        """Some rows, each as a block of its own."""
        blocks, codes = self.lying(rows)
        starts, of = np.arange(len(rows) + 1, dtype=np.int32), self.records
        return Records(
            starts, of.sex[blocks], of.town[blocks], of.known[blocks], of.region[blocks], of.village[rows], codes
        )  # fmt: skip

    def begun(self, asked: Asked) -> Begun:
        """What a search begins with."""
        sampled = np.empty(len(self._sample.sex))
        kernel.sample(self._sample, asked, sampled)
        return Begun(sampled, kernel.nearest(self.records, asked, self.runs))

    def above(self, asked: Asked, begun: Begun, wanted: int, threads: int) -> Above:
        """All rows that reach the first hope that enough rows reach, or are not far behind the best."""
        scan = partial(self._scan, asked, wanted)
        hopes = self.hopes(begun.sampled, wanted)
        best, enough = NOBODY, NOBODY
        if len(hopes) > 1:
            best, enough = self.near(asked, begun, wanted, hopes[-3])
        for least in hopes:
            above = self._together(scan, max(least, best - SPAN, enough), threads)
            best = max(best, float(above.scores.max(initial=NOBODY)))
            if len(above.rows) >= wanted or above.least > least:
                break
        return above

    def hopes(self, sampled: Floats, wanted: int) -> list[float]:
        """Scores that `wanted` rows may reach, the highest hope first."""
        place = SPARE * wanted // self.step + 8
        if self.step == 1 or place >= len(sampled):
            return [NOBODY]
        first, safe = (-np.partition(-sampled, (HOPED, place))[[HOPED, place]]).tolist()
        hopes = [safe, safe - 20.0, NOBODY]
        return [first, *hopes] if wanted < self.step else hopes

    def near(self, asked: Asked, begun: Begun, wanted: int, least: float) -> tuple[float, float]:
        """The best score near the best home, and one that more rows than `wanted` reach there; NOBODY for each
        that is not known, as where too many homes are near."""
        everywhere, spare = (0, len(self.runs.county)), SPARE * wanted
        promising = begun.nearest - NEAR
        opens = asked.highest[self.runs.county] + asked.sex[self.runs.sex]
        if int(self._long[opens >= promising].sum()) * MANY > len(self):
            return NOBODY, NOBODY
        near = self._scan(asked, wanted, least, everywhere, promising).scores
        best = float(near.max(initial=NOBODY))
        if len(near) <= spare:
            return best, NOBODY
        return best, -float(np.partition(-near, spare)[spare]) - 2.0 * SLACK

    def _together(self, scan: _Scan, least: float, threads: int) -> Above:
        """Looks at all runs, in threads."""
        begins = self.records.starts[self.runs.starts]
        ends = np.searchsorted(begins, np.arange(threads + 1) * len(self) // threads)
        ends[0], ends[-1] = 0, len(self.runs.county)
        stretches = [(int(low), int(high)) for low, high in pairwise(ends)]
        parts = [pool().submit(scan, least, one) for one in stretches[1:]]
        found = [scan(least, stretches[0]), *(part.result() for part in parts)]
        reached = max(one.least for one in found)
        rows = np.concatenate([one.rows for one in found])
        scores = np.concatenate([one.scores for one in found])
        return Above(rows[scores >= reached], scores[scores >= reached], reached)

    def _scan(
        self,
        asked: Asked,
        wanted: int,
        least: float,
        runs: tuple[int, int],
        promising: float = NOBODY,
    ) -> Above:
        span, keep, room = SPAN, max(SPARE * wanted, KEPT), len(self)
        if least == NOBODY:
            span, keep = -NOBODY, room
        else:
            room = min(ROOM * keep, room)
        out = Results(
            np.empty(room, np.int32), np.empty(room), np.empty(len(asked.order), np.int64),
            np.empty(CHUNK, np.int32), np.empty(CHUNK, np.float32),
        )  # fmt: skip
        limits = Limits(*runs, least, span, promising, keep)
        count, reached = kernel.scan(self.records, asked, self.runs, limits, out)
        return Above(out.rows[:count], out.scores[:count], float(reached))


def _runs(records: Records, county_of: Ints, signs: Bytes) -> Runs:
    """Blocks of one sex and one county behind each other."""
    counties = county_of[records.town].astype(np.int64)
    begins = np.flatnonzero(np.diff(counties * 3 + records.sex, prepend=-1))
    return Runs(
        np.append(begins, len(counties)),
        counties[begins].astype(np.int32),
        records.sex[begins],
        records.region[begins],
        county_of,
        signs,
    )
