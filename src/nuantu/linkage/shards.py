"""One registry on several processes, each with a part of the rows and all with one count of the whole.

A score says how rare an agreement is in the whole registry, so every part keeps the words, places and shares of
all rows. A part answers with its best rows and the weight of all it has; put together these give the ranking, with
its posterior, that one index gives. A part is a file of `store`: it may as well lie on another machine.
"""

from collections.abc import Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import numpy as np

from nuantu.linkage.asking import asking
from nuantu.linkage.building import Built
from nuantu.linkage.columns import Found
from nuantu.linkage.index import Index, Ranking, Share, listed
from nuantu.linkage.kernel_rows import Records
from nuantu.linkage.listed import Listed
from nuantu.linkage.store import load, save

_here: dict[str, Index] = {}  # the part that a process keeps


def split(built: Built, parts: int) -> list[Built]:
    """Stretches of rows of about one size, in their order. Raises ValueError for more parts than rows."""
    if not 0 < parts <= len(built.rid):
        message = f"{len(built.rid)} reports cannot be split into {parts} parts"
        raise ValueError(message)
    ends = np.arange(parts + 1) * len(built.rid) // parts
    return [_stretch(built, int(low), int(high)) for low, high in pairwise(ends)]


def _stretch(built: Built, low: int, high: int) -> Built:
    of = built.records
    first = int(np.searchsorted(of.starts, low, side="right")) - 1
    last = int(np.searchsorted(of.starts, high))
    starts = np.clip(of.starts[first : last + 1], low, high) - low
    records = Records(
        starts.astype(np.int32), of.sex[first:last], of.town[first:last], of.known[first:last],
        of.region[first:last], of.village[low:high], np.ascontiguousarray(of.codes[:, low:high]),
    )  # fmt: skip
    return replace(built, records=records, rid=built.rid[low:high])


class Shards:
    """Answers as `Index` does, from parts that each look at their rows in a process of their own."""

    def __init__(self, index: Index, parts: int) -> None:
        """Raises ValueError for more parts than reports, OSError when they cannot be written."""
        self.parameters, self._rows = index.parameters, len(index)
        self._files = TemporaryDirectory(prefix="nuantu-shards-")
        self._workers: list[Executor] = []
        for number, built in enumerate(split(index.built, parts)):
            path = Path(self._files.name) / str(number)
            save(Index(built, index.parameters), path, 0)
            listed_ = index.coded.places.listed
            self._workers.append(
                ProcessPoolExecutor(1, get_context("spawn"), _hold, (str(path), listed_))
            )

    def __len__(self) -> int:
        """How many records."""
        return self._rows

    def __enter__(self) -> "Shards":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes."""
        for worker in self._workers:
            worker.shutdown()
        self._files.cleanup()

    def search(self, found: Found, top: int = 50) -> Ranking:
        """The `top` likeliest records. Raises ValueError when nothing tells one person from another."""
        return self.search_many([found], top)[0]

    def search_many(self, found: Sequence[Found], top: int = 50) -> list[Ranking]:
        """The same for many."""
        asked: list[Future[list[Share]]] = [
            worker.submit(_shares, list(found), top) for worker in self._workers
        ]
        answers = zip(*(one.result() for one in asked), strict=True)
        return [listed(shares, top, self.parameters) for shares in answers]


def _hold(path: str, gazetteer: Listed | None) -> None:
    _here["part"] = load(Path(path), gazetteer)[0]


def _shares(found: Sequence[Found], top: int) -> list[Share]:
    return [shared(_here["part"], one, top) for one in found]


def shared(index: Index, found: Found, top: int) -> Share:
    """What one part says. Raises ValueError when nothing tells one person from another."""
    with asking(index.coded, found, index.parameters) as question:
        return index.share(question, top)
