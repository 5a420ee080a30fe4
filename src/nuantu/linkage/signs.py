"""The classes by which rows are first looked at: sixteen of each of four fields, what is often confused in one."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage import kernel_signs as kernel
from nuantu.linkage.kernel_rows import FIRST, LOST, SECOND, SURNAME
from nuantu.linkage.kernel_signs import CLASSES, GROUP, PLANES
from nuantu.linkage.names import Letters, Names
from nuantu.linkage.sounds import folds

Bytes = NDArray[np.uint8]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]

FIELDS: Final = (SECOND, FIRST, SURNAME, LOST)  # in the order of their classes


def classes_of(names: Names, shares: Sequence[Floats]) -> Mapping[int, Bytes]:
    """The class of each code of the fields that are signed."""
    return {
        SECOND: _by_sound(names.letters, shares[SECOND]),
        FIRST: _by_sound(names.letters, shares[FIRST]),
        SURNAME: _by_sound(names.family, shares[SURNAME]),
        LOST: _in_order(shares[LOST]),
    }


def signs_of(codes: NDArray[Any], classes: Mapping[int, Bytes]) -> Bytes:
    """The classes of all rows, two to a byte, shape (PLANES, rows and some more that are never looked at)."""
    signs = np.zeros((PLANES, codes.shape[1] + GROUP), np.uint8)
    for plane in range(PLANES):
        one, other = FIELDS[2 * plane], FIELDS[2 * plane + 1]
        kernel.sign(codes, classes[one], classes[other], (one, other), signs[plane])
    return signs


def _by_sound(letters: Letters, share: Floats) -> Bytes:
    """What sounds nearly alike has one class."""
    return _balanced(folds()[letters.syllable[: len(share)]].astype(np.int64), share)


def _balanced(group: Longs, share: Floats) -> Bytes:
    """Whole groups put into classes so that each class has about as many people."""
    weight = np.bincount(group, share)
    class_of, load = np.zeros(len(weight), np.uint8), np.zeros(CLASSES)
    for one in np.argsort(-weight, kind="stable"):
        class_of[one] = lightest = int(load.argmin())
        load[lightest] += weight[one]
    found: Bytes = class_of[group]
    return found


def _in_order(share: Floats) -> Bytes:
    """Neighbours in one class."""
    middle = (np.cumsum(share) - share / 2.0) * CLASSES
    return np.minimum(middle, CLASSES - 1).astype(np.uint8)
