"""Many questions looked at together: every row is read once for sixteen of them.

Each question has a threshold first, from the sample and from the rows near its best home. What rows lack is counted in
steps of a byte, sixteen questions side by side; the few that may reach a threshold are added up whole. What does not
fit into that, as a question that says too little, is looked at alone.
"""

from collections.abc import Sequence
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage import kernel_lanes as kernel
from nuantu.linkage.kernel_lanes import LANES, STRETCH, Hits, Lacks
from nuantu.linkage.kernel_rows import SECOND, Asked, score
from nuantu.linkage.looking import SPAN, Above, Begun, Rows

Longs = NDArray[np.int64]
Asking = tuple[Asked, Begun]

FEW: Final = 4  # questions that are rather looked at one by one
ROOM: Final = 1 << 14  # rows that may be left of one question
HOPED: Final = 3  # rows of the sample that should lie above the threshold


class Many:
    """Rows ready to be asked for by many. Threads may share it: each group of questions has its own room."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        sizes = [int(one.max(initial=0)) + 1 for one in rows.records.codes]
        self._sizes = np.array([*sizes, sizes[SECOND]], np.int64)
        self._begins = 1 + np.cumsum([0, *self._sizes])
        region = rows.runs.region
        self._regions = [(int(of), np.flatnonzero(region == of)) for of in np.unique(region)]
        self._rooms: list[tuple[Lacks, Hits]] = []
        self._lock = Lock()

    def above(self, asked: Sequence[Asking], wanted: int) -> list[Above]:
        """What `Rows.above` says of each of at most LANES questions; lists may be longer, never shorter."""
        if len(asked) < FEW:
            return [self.rows.above(*one, wanted, 1) for one in asked]
        hopes = [self._hope(*one, wanted) for one in asked]
        with self._lock:
            lacks, hits = self._rooms.pop() if self._rooms else self._room()
        try:
            self._scan(asked, [least for _, least in hopes], lacks, hits)
            return [
                self._found(one, hope, lane, wanted, hits)
                for lane, (one, hope) in enumerate(zip(asked, hopes, strict=True))
            ]
        finally:
            with self._lock:
                self._rooms.append((lacks, hits))

    def _room(self) -> tuple[Lacks, Hits]:
        runs = self.rows.runs
        sizes = len(runs.county), 2 * len(runs.county_of) + 1, int(self._begins[-1])
        of_runs, towns, codes = (np.zeros(LANES * size, np.uint8) for size in sizes)
        return (
            Lacks(of_runs, towns, codes, self._begins),
            Hits(
                np.zeros(LANES, np.int64), np.empty((LANES, ROOM), np.int32),
                np.zeros(STRETCH * LANES, np.uint8),
            ),
        )  # fmt: skip

    def _hope(self, asked: Asked, begun: Begun, wanted: int) -> tuple[float, float]:
        """A score that more rows than `wanted` are sure to reach, nearly, and the threshold for a question."""
        place = HOPED + 4 * wanted // self.rows.step
        if place >= len(begun.sampled):
            return np.inf, np.inf
        hope = -float(np.partition(-begun.sampled, place)[place])
        best, enough = self.rows.near(asked, begun, wanted, hope)
        return hope, max(hope, best - SPAN, enough)

    def _scan(
        self, asked: Sequence[Asking], least: Sequence[float], lacks: Lacks, hits: Hits
    ) -> None:
        hits.counts[:] = lacks.runs[:] = lacks.codes[:] = 0
        runs, records = self.rows.runs, self.rows.records
        steps = [
            kernel.enter_homes(runs, one, of, lane, lacks)
            for lane, ((one, _), of) in enumerate(zip(asked, least, strict=True))
        ]
        told = {int(field) for one, _ in asked for field in one.order}
        fields = np.array(sorted(told), np.int64)
        for number, (of, chosen) in enumerate(self._regions):
            for lane, ((one, _), step) in enumerate(zip(asked, steps, strict=True)):
                kernel.enter_fields(one, of, number == 0, self._sizes, step, lane, lacks)
            kernel.scan(chosen, fields, records, runs, lacks, hits)

    def _found(
        self, asking: Asking, hope: tuple[float, float], lane: int, wanted: int, hits: Hits
    ) -> Above:
        (asked, begun), (hoped, least), count = asking, hope, int(hits.counts[lane])
        rows, scores = hits.rows[lane, :count].copy(), np.empty(count)
        found = score(rows, least, self.rows.records, asked, scores)
        if count == ROOM or (found < wanted and least <= hoped):
            return self.rows.above(asked, begun, wanted, 1)
        return Above(rows[:found], scores[:found], least)
