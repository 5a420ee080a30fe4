"""Stops gathered to cells of place, hour and level: all that the model has to know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nuantu.routing.learning.gamma import Array
from nuantu.routing.learning.stops import LearnParams, PastStop, block_of, weight


@dataclass(frozen=True, slots=True)
class Cells:
    """`visits`, `finds` and `squares` (sum of squared finds) by [place, hour, level], weighted.

    Places, kinds and levels are in alphabetical order, so that the order of the input is gone.
    """

    places: tuple[str, ...]
    kinds: tuple[str, ...]
    levels: tuple[str, ...]
    kind_of: tuple[int, ...]
    visits: Array
    finds: Array
    squares: Array

    @property
    def blocks(self) -> int:
        return int(self.visits.shape[1])


def gather(
    stops: Iterable[PastStop],
    kinds: Mapping[str, str],
    blocks: int,
    params: LearnParams,
    levels: Sequence[str] = (),
) -> Cells:
    """Weighted sums. `levels`: those wanted besides the ones met.

    Errors: ValueError for a stop at a place without a kind, outside the blocks, or below 0 finds.
    """
    ordered = sorted(stops, key=lambda s: (s.night, s.location, s.minute, s.found, s.level))
    _refuse(ordered, kinds, blocks)
    places, names = tuple(sorted(kinds)), tuple(sorted(set(kinds.values())))
    known = tuple(sorted({"", *levels, *(stop.level for stop in ordered)}))
    row = {place: index for index, place in enumerate(places)}
    column = {level: index for index, level in enumerate(known)}
    at = (
        np.array([row[stop.location] for stop in ordered], dtype=np.intp),
        np.array([block_of(stop.minute) for stop in ordered], dtype=np.intp),
        np.array([column[stop.level] for stop in ordered], dtype=np.intp),
    )
    newest = ordered[-1].night if ordered else None
    keep = [weight(s.night, newest, params.keep_per_year) for s in ordered if newest]
    found = np.array([stop.found for stop in ordered], dtype=np.float64)
    sums = [np.zeros((len(places), blocks, len(known))) for _ in range(3)]
    for total, power in zip(sums, (0, 1, 2), strict=True):
        np.add.at(total, at, np.array(keep) * found**power)
    order = {kind: index for index, kind in enumerate(names)}
    return Cells(places, names, known, tuple(order[kinds[place]] for place in places), *sums)


def _refuse(stops: Sequence[PastStop], kinds: Mapping[str, str], blocks: int) -> None:
    for stop in stops:
        if stop.location not in kinds:
            message = f"no kind for location {stop.location}"
            raise ValueError(message)
        if not 0 <= block_of(stop.minute) < blocks or stop.found < 0:
            message = f"stop outside the night or below 0 finds: {stop}"
            raise ValueError(message)
