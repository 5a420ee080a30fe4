"""How far apart the visits lie that a cadence promises."""

from nuantu.patrols.rules.halves import HALVES


def gap_in_halves(visits: int, nights: float) -> int:
    """Halves between two visits of a location.

    `nights` is the gap wished for; it gives way where so many visits would not fit into the week.
    """
    if visits <= 1:
        return 1
    return max(1, min(round(nights * 2), HALVES // visits))
