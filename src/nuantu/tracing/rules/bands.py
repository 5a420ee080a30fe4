"""How likely is said in bands, what is even, and how the sum of a score is drawn. Plain values in and out."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

STRONG, LIKELY, POSSIBLE = "strong", "likely", "possible"
EVEN: Final = math.log(2.0)  # nats: who scores within a factor of two is as likely
BITS: Final = 1.0 / math.log(2.0)


@dataclass(frozen=True, slots=True)
class Bands:
    """From which posterior a match is strong, and likely; the rest is possible. Dated parameters."""

    strong: float
    likely: float

    def of(self, posterior: float) -> str:
        """The band of a posterior."""
        if posterior >= self.strong:
            return STRONG
        return LIKELY if posterior >= self.likely else POSSIBLE


@dataclass(frozen=True, slots=True)
class Part:
    """What one field brought, in bits; `why` is a key of the engine's wording."""

    field: str
    bits: float
    why: str


def parts_of(stored: Iterable[str]) -> list[Part]:
    """The parts of a match from `field:nats:why`, the strongest first."""
    found = []
    for text in stored:
        field, nats, why = text.split(":", 2)
        found.append(Part(field, float(nats) * BITS, why))
    return sorted(found, key=lambda part: -abs(part.bits))


def even_with(scores: Sequence[float], place: int) -> list[int]:
    """Which others score about the same as the one at `place`."""
    return [
        other
        for other, score in enumerate(scores)
        if other != place and abs(score - scores[place]) < EVEN
    ]


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the sum: where it is drawn, in hundredths of the width; `bits` it brings, `total` after it."""

    label: str
    bits: float
    total: float
    left: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Plot:
    """The sum of a score from left to right: `zero` is where an even chance stands, `start` before anything is known."""

    bars: tuple[Bar, ...]
    zero: float
    start: float
    total: float


def plot(parts: Sequence[Part], labels: Mapping[str, str], *, reports: int) -> Plot:
    """The sum drawn as steps, from one in so many reports to the end; what brings next to nothing is left out."""
    start = -math.log2(max(reports, 1))
    steps, total = [], start
    for part in parts:
        if abs(part.bits) >= 0.05:
            steps.append((part, total, total + part.bits))
            total += part.bits
    ends = [0.0, start, *(end for _part, _from, end in steps)]
    low, high = min(ends), max(ends)
    scale = 100.0 / max(high - low, 1e-9)
    bars = tuple(
        Bar(
            labels.get(part.field, part.field),
            part.bits,
            after,
            round((min(before, after) - low) * scale, 2),
            round(max(abs(after - before) * scale, 0.4), 2),
            "for" if part.bits >= 0 else "against",
        )
        for part, before, after in steps
    )
    return Plot(bars, round((0.0 - low) * scale, 2), start, total)
