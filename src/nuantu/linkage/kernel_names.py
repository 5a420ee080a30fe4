"""The innermost loops over names of places, compiled: which of them a fragment may be."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.search.compiled import entry, kernel

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class Spellings(NamedTuple):
    """Names in the order of the index, their letters and the syllables of these, shape (names, LONGEST)."""

    names: Ints
    letters: NDArray[np.uint16]
    syllables: NDArray[np.uint16]


class Piece(NamedTuple):
    """A fragment as heard. `heard`: what each syllable said brings, shape (length, regions + 1, syllables).

    `same`: share written as said; `least`: names that are less likely are left.
    """

    letters: NDArray[np.uint16]
    heard: Floats
    same: float
    least: float


class Stretch(NamedTuple):
    """Names `first` to `last` of the index, which have the letters from `shift` on.

    `skipped`: whether each syllable begins a name that was looked at before.
    """

    first: int
    last: int
    shift: int
    weight: float
    skipped: NDArray[np.bool_]


class Likely(NamedTuple):
    """Names that a fragment may be, and P(fragment | name), shape (names, regions + 1)."""

    names: Ints
    odds: Floats


@kernel
def said(letter: int, place: int, region: int, piece: Piece, syllable: int) -> float:
    """P(letter heard | letter said)."""
    part = piece.heard[place, region, syllable]
    if letter == piece.letters[place]:
        part += piece.same
    return float(part + 1e-6)


@kernel
def likelihood(
    position: int, region: int, least: float, spellings: Spellings, piece: Piece, stretch: Stretch
) -> float:
    """P(fragment | name), or something below `least`."""
    total = stretch.weight
    for place in range(len(piece.letters)):
        letter = spellings.letters[position, place + stretch.shift]
        syllable = spellings.syllables[position, place + stretch.shift]
        total *= said(letter, place, region, piece, syllable)
        if total < least:
            break
    return total


@entry
def match_names(
    spellings: Spellings, piece: Piece, stretch: Stretch, likely: Likely, count: int
) -> int:
    """Adds the names of a stretch that the piece may be; returns how many stand there now."""
    regions = piece.heard.shape[1]
    for position in range(stretch.first, stretch.last):
        if stretch.skipped[spellings.syllables[position, 0]]:
            continue
        if likelihood(position, regions - 1, piece.least, spellings, piece, stretch) < piece.least:
            continue
        if count == len(likely.names):
            break
        likely.names[count] = spellings.names[position]
        for region in range(regions):
            likely.odds[count, region] = likelihood(
                position, region, 0.0, spellings, piece, stretch
            )
        count += 1
    return count


@entry
def keep_likely(likely: Likely, count: int, carried: Floats, share: float) -> tuple[float, int]:
    """Moves the names that bring at least `share` of P(fragment) to the front; returns it and how many."""
    mean, kept = 0.0, 0
    last = likely.odds.shape[1] - 1
    for position in range(count):
        mean += likely.odds[position, last] * carried[likely.names[position]]
    for position in range(count):
        most = 0.0
        for region in range(last + 1):
            most = max(most, likely.odds[position, region])
        if most >= share * mean:
            likely.names[kept] = likely.names[position]
            for region in range(last + 1):
                likely.odds[kept, region] = likely.odds[position, region]
            kept += 1
    return mean, kept
