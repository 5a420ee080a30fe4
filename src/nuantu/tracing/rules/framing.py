"""Which part of a photo a notice shows: the face, not the room around it."""

from dataclasses import dataclass

# width to height of the photo on a notice
WIDE, HIGH = 3, 4
LEAST_SHARE = 20


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of a photo in per cent: how much of the largest 3:4 part, and where in what is left over.

    `across` and `down` are 0 at the left and upper edge, 100 at the right and lower one.
    """

    share: int = 100
    across: int = 50
    down: int = 0


def box(width: int, height: int, frame: Frame) -> tuple[int, int, int, int]:
    """Left, upper, right, lower edge in pixels; always inside the photo, never empty.

    What lies outside the bounds of a frame counts as its nearest bound.
    """
    share = min(100, max(LEAST_SHARE, frame.share)) / 100
    unit = min(width / WIDE, height / HIGH) * share
    wide, high = max(1, round(unit * WIDE)), max(1, round(unit * HIGH))
    left = round((width - wide) * min(100, max(0, frame.across)) / 100)
    upper = round((height - high) * min(100, max(0, frame.down)) / 100)
    return left, upper, min(width, left + wide), min(height, upper + high)
