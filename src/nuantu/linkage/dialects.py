"""How a syllable is heard when somebody of a region says it: rates of confusion by region.

The rates stand in `dialects.yaml`. A region is a group of provinces; whose home is unknown is of
no region and gets the mean of all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray

from nuantu.linkage.sounds import Syllable, sounds, split

Rates = NDArray[np.float32]

FILE: Final = Path(__file__).parent / "dialects.yaml"
WIDTH: Final = 16  # regions and none, laid out so that one instruction takes all
NINE_KEYS: Final = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
BESIDE: Final = {
    row[at]: row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
    for row in ROWS
    for at in range(len(row))
}
MOST: Final = 0.9  # a sound is never lost altogether


@dataclass(frozen=True, slots=True)
class Region:
    """Provinces whose speakers confuse the same sounds; `divisions`: two-digit codes."""

    key: str
    zh: str
    en: str
    divisions: tuple[int, ...]


@cache
def _file() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


@cache
def regions() -> tuple[Region, ...]:
    """All regions in the order of the file; tables by region have one row more, for no region."""
    return tuple(
        Region(key, one["zh"], one["en"], tuple(one["divisions"]))
        for key, one in _file()["regions"].items()
    )


@cache
def region_of() -> Mapping[int, int]:
    """The region of each two-digit division, as an index into `regions()`."""
    return {code: place for place, one in enumerate(regions()) for code in one.divisions}


@cache
def kindred(one: int, other: int) -> bool:
    """Whether the accents of two divisions are taken for each other: one region, or kin to it."""
    first, second = region_of().get(one), region_of().get(other)
    if first is None or second is None:
        return False
    names = {regions()[first].key, regions()[second].key}
    return len(names) == 1 or any(names <= set(pair) for pair in _file()["kin"])


@cache
def hearing() -> Rates:
    """P(heard | said) of syllables, shape (regions + 1, syllables, syllables), rows sum to 1."""
    each = np.stack([_of_region(one.key) for one in regions()])
    return np.concatenate([each, each.mean(axis=0, keepdims=True)]).astype(np.float32)


@cache
def heard_from() -> Rates:
    """The same by what was heard, shape (syllables heard, syllables said, WIDTH); the last are alike: no region."""
    found = hearing().transpose(2, 1, 0)
    more = np.repeat(found[:, :, -1:], WIDTH - found.shape[2], axis=2)
    return np.ascontiguousarray(np.concatenate([found, more], axis=2))


def _of_region(key: str) -> NDArray[np.float64]:
    syllables, chance = sounds().syllables, _file()["unforeseen"]
    parts = []
    for side, kind in enumerate(("initials", "finals")):
        names = sorted({one[side] for one in syllables})
        heard = _of_parts(names, _rates(kind, key), chance[kind[:-1]])
        place = np.array([names.index(one[side]) for one in syllables])
        parts.append(heard[place][:, place])
    found: NDArray[np.float64] = parts[0] * parts[1] + chance["syllable"]
    numbers = {one: place for place, one in enumerate(syllables)}
    for (said, heard_as), rate in _rates("syllables", key).items():
        found[_number(numbers, said), _number(numbers, heard_as)] += rate
    found += _typed()
    normal: NDArray[np.float64] = found / found.sum(axis=1, keepdims=True)
    return normal


@cache
def _typed() -> NDArray[np.float64]:
    """P(written | meant) by a slip of the thumb: another word of the same keys of a phone, or the key beside."""
    written = [
        "".join(one).replace("v", "u") if one[0] in {"j", "q", "x", "y"} else "".join(one)
        for one in sounds().syllables
    ]
    keys = [one.translate(NINE_KEYS) for one in written]
    beside = [
        {
            one[:at] + other + one[at + 1 :]
            for at, letter in enumerate(one)
            for other in BESIDE.get(letter, "")
        }
        for one in written
    ]
    rates = _file()["typed"]
    found = np.zeros((len(written), len(written)))
    for place, one in enumerate(written):
        if not one:
            continue
        same = [other for other, key in enumerate(keys) if key == keys[place] and other != place]
        near = [other for other, word in enumerate(written) if word in beside[place]]
        for others, rate in ((same, rates["nine_keys"]), (near, rates["key_beside"])):
            found[place, others] += rate / max(len(others), 1)
    return found


def _number(numbers: Mapping[Syllable, int], written: str) -> int:
    return numbers[split(written)]


def _of_parts(
    names: list[str], rates: Mapping[tuple[str, str], float], chance: float
) -> NDArray[np.float64]:
    """P(heard | said) of initials or of finals, shape (names, names)."""
    found = np.full((len(names), len(names)), chance)
    for (said, heard_as), rate in rates.items():
        found[names.index(said), names.index(heard_as)] += rate
    np.fill_diagonal(found, 0.0)
    np.fill_diagonal(found, 1.0 - np.minimum(found.sum(axis=1), MOST))
    return found


def _rates(kind: str, key: str) -> dict[tuple[str, str], float]:
    """(said, heard) to the rate in a region."""
    found = {}
    for pair, rates in _file()[kind].items():
        said, heard_as = pair.split(" > ")
        found[said, heard_as.strip("'")] = float(rates.get(key, rates["any"]))
    return found
