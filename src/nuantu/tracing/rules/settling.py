"""What becomes of a pair when it is compared anew. State in, state out: the order of events does not matter."""

import math
from dataclasses import dataclass
from typing import Final

OPEN, PROPOSED, CONFIRMED = "open", "proposed", "confirmed"
REJECTED, FADED, ENDED = "rejected", "faded", "ended"
NEW: Final = ""  # the pair has no row yet
RESTING: Final = frozenset({NEW, FADED, ENDED})


@dataclass(frozen=True, slots=True)
class Limits:
    """From which posterior a pair is kept, and by how many nats a rejected one must rise to come back."""

    least: float
    material: float


@dataclass(frozen=True, slots=True)
class Prior:
    """What bounds the engine in a register of a few reports, where the best of few may be nobody.

    `share`: of people whom nobody can name, how many some report of the register misses; `everybody`: log of the
    sum of exp(score) over all reports.
    """

    share: float
    reports: int
    everybody: float

    @property
    def absent(self) -> float:
        """The chance that he is in no report."""
        return 1.0 / (1.0 + self._odds(self.everybody))

    def bounded(self, posterior: float, score: float) -> float:
        """The engine's posterior, at most what the share allows for that score; between 0 and 1."""
        allowed = self._odds(score) * self.absent
        return max(0.0, min(posterior, allowed, 1.0))

    def _odds(self, score: float) -> float:
        """Of the reports that score so together, against nobody."""
        return self.share / (1.0 - self.share) * math.exp(min(score, 500.0)) / max(self.reports, 1)


@dataclass(frozen=True, slots=True)
class Kept:
    """A pair as it stands. `is_begun`: somebody has checked something; `rejected_score` in nats."""

    state: str = NEW
    is_begun: bool = False
    rejected_score: float | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """What the engine says of a pair; `score` in nats."""

    posterior: float
    score: float


def settled(kept: Kept, compared: Compared | None, limits: Limits) -> str:
    """The state of a pair; `compared` is None where the report is searched no more or the person is known.

    Nobody's decision is changed by a figure: what was confirmed or proposed stays, and what was rejected
    comes back only when what is known has changed so much that the score rose by `material`.
    """
    if compared is None:
        return kept.state if kept.state in (NEW, CONFIRMED, REJECTED) else ENDED
    is_likely = compared.posterior >= limits.least
    if kept.state in RESTING:
        return OPEN if is_likely else _resting(kept)
    if kept.state == OPEN:
        return OPEN if is_likely or kept.is_begun else FADED
    if kept.state == REJECTED and is_likely and kept.rejected_score is not None:
        return OPEN if compared.score >= kept.rejected_score + limits.material else REJECTED
    return kept.state


def _resting(kept: Kept) -> str:
    return NEW if kept.state == NEW else FADED


def shown_today(waiting: list[tuple[float, int]], *, room: int, sure: float) -> list[int]:
    """Which of the pairs that wait are shown now: the sure ones always, then the likeliest while there is room.

    `waiting` are posterior and key; the weakest wait for the next day, none is dropped.
    """
    ordered = sorted(waiting, key=lambda pair: (-pair[0], pair[1]))
    certain = [key for posterior, key in ordered if posterior >= sure]
    others = [key for posterior, key in ordered if posterior < sure]
    return certain + others[: max(0, room - len(certain))]
