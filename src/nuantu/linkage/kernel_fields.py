"""The loops over the codes of plain fields, compiled: log likelihood ratios before they are weighed.

Each writes log P(seen | code) − log P(seen) into `out`, the second over the shares of the registry; code 0 says nothing.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.search.compiled import entry, kernel

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]
Bell = tuple[float, float, float, float, float]

ROOT: Final = 2.5066  # of 2 π
SELDOM: Final = 1e-5  # the density far from the middle


@kernel
def bells(band: Bell, distance: float) -> float:
    """Density of a distance under two bell curves: their middle, and the share and the spread of each."""
    middle, near, spread, far, wide = band
    first, second = (distance - middle) / spread, (distance - middle) / wide
    total = SELDOM + near * np.exp(-0.5 * first * first) / (spread * ROOT)
    return float(total + far * np.exp(-0.5 * second * second) / (wide * ROOT))


@kernel
def compared(density: Floats, share: Floats, floor: float, out: Table) -> None:
    """Log of the density by its mean over known codes."""
    total = known = 0.0
    for code in range(1, len(share)):
        total += density[code] * share[code]
        known += share[code]
    mean = max(total / max(known, 1e-9), 1e-9)
    out[0] = 0.0
    for code in range(1, len(out)):
        out[code] = np.log(density[code] / mean + floor)


@entry
def birth(
    years: float,
    age: float,
    starts: Floats,
    bands: Floats,
    share: Floats,
    density: Floats,
    out: Table,
) -> None:
    """`years`: how old he is who was born in the year of code 0; `starts`: the ages from which on each band of
    errors holds, in order."""
    for code in range(len(out)):
        true, which = years - code, 0
        while which < len(starts) and starts[which] <= true:
            which += 1
        density[code] = 1e-6
        if which:
            band = bands[which - 1]
            density[code] = bells((band[0], band[1], band[2], band[3], band[4]), age - true)
    compared(density, share, 2e-3, out)


@entry
def height(
    seen: float,
    grown: Bell,
    child: Bell,
    children: tuple[int, float, float],
    same: float,
    share: Floats,
    density: Floats,
    out: Table,
) -> None:
    """`children`: the first code of a child, the height that this one expects, and what each code adds; `same`: the
    share of children who have stayed as tall for their age as they were."""
    first, expected, step = children
    for code in range(len(out)):
        if code < first:
            density[code] = bells(grown, seen - code)
        else:
            density[code] = bells(child, seen - (expected + (code - first) * step))
    compared(density, share, 5e-3, out)
    for code in range(first, len(out)):
        out[code] = np.log(1.0 - same + same * np.exp(out[code]))


@kernel
def reached(end: float, ends: Floats, found: Floats) -> float:
    """The part found until a day, between the days known."""
    place, last = len(ends) - 1, len(ends) - 1
    while place > 0 and ends[place] > end:
        place -= 1
    part = 0.0
    if place < last and end > ends[place]:
        part = (end - ends[place]) / (ends[place + 1] - ends[place])
    return float(found[place] + part * (found[min(place + 1, last)] - found[place]))


@entry
def lost(
    days: float,
    week: int,
    ends: Floats,
    found: Floats,
    closed: bool,
    share: Floats,
    density: Floats,
    out: Table,
) -> None:
    """`days`: from the first day of code 1 to the finding; `found`: the part found until each of `ends`; `closed`:
    whether that was the day on which the register was closed."""
    for code in range(len(out)):
        end = days - (code - 1) * week
        if end < 0:
            density[code] = 1e-11
        elif closed:
            density[code] = max(1.0 - reached(end - week / 2, ends, found), 1e-4)
        else:
            before = reached(end - week, ends, found)
            density[code] = reached(end, ends, found) - before + 1e-7
    compared(density, share, 1e-6, out)


@entry
def county(here: int, codes: Longs, relations: Floats, share: Floats, out: Table) -> None:
    """`codes`: the six digits of each county; `relations`: P(found in the same county, prefecture, province, elsewhere)."""
    same, near, around, far, known = 1e-5, 1e-5, 1e-5, 1e-5, 0.0
    for code in range(1, len(out)):
        relation = related(here, codes[code])
        same += share[code] if relation == 0 else 0.0
        near += share[code] if relation == 1 else 0.0
        around += share[code] if relation == 2 else 0.0
        far += share[code] if relation == 3 else 0.0
        known += share[code]
    known = max(known, 1e-9)
    says = (
        np.log(relations[0] / same * known),
        np.log(relations[1] / near * known),
        np.log(relations[2] / around * known),
        np.log(relations[3] / far * known),
    )
    out[0] = 0.0
    for code in range(1, len(out)):
        out[code] = says[related(here, codes[code])]


@kernel
def related(here: int, there: int) -> int:
    """0 for one county, 1 for one prefecture, 2 for one province, 3 elsewhere."""
    apart = 0 if here == there else 1
    apart += 1 if here // 100 != there // 100 else 0
    return apart + (1 if here // 10_000 != there // 10_000 else 0)


@entry
def marks(
    seen: Longs,
    patterns: NDArray[np.uint64],
    unseen: Floats,
    agree: Floats,
    alone: Floats,
    out: Table,
) -> None:
    """`unseen`: what each pattern says of somebody who has no mark; `agree` and `alone`: what each of the marks `seen`
    adds where it is on record, and where it is not."""
    for row in range(len(out)):
        total = unseen[row]
        for place in range(len(seen)):
            has = patterns[row] >> np.uint64(seen[place]) & np.uint64(1)
            total += agree[place] if has else alone[place]
        out[row] = total
