"""Which places begin on even nights and which on odd ones.

Where two nights lie between visits of a place, the even ones of seven nights hold four of them and the odd
ones three. A search that begins free falls into regions of one side each, and no step turns a
whole region over, so good places in the wrong region lose a visit for good. So until `TIED_UNTIL`
the places around each depot with the best hours may have visits on even nights only and the others
on odd nights only; then all nights are free.
"""

import numpy as np

from nuantu.routing.search import layout
from nuantu.routing.search.layout import Ints, Week

TIED_UNTIL = 0.3  # share of the budget
STEPS_A_PLACE = 900  # ten seconds of a county; fewer do not pay in what the plan is worth
EVEN_SHARE = 0.56  # of the places around a depot, as in the bound's mixtures of seven nights
EVEN, ODD = 0x5555_5555, 0xAAAA_AAAA
APART = 2  # nights from one visit to the next where sides matter


def is_worth_tying(week: Week, steps: float) -> bool:
    """Whether one side of the week holds more visits, and so many steps leave time to mend the rest."""
    return week.clash.shape[1] % 2 == 1 and steps >= STEPS_A_PLACE * len(week.wants)


def tied_nights(week: Week) -> Ints:
    """The nights on which each place may be visited while it is tied, a mask for each.

    Its own where other nights than two lie apart, where some nights are closed, or where its side
    does not hold what is promised.
    """
    spots, nights = len(week.wants), week.clash.shape[1]
    found = week.wants[:, layout.NIGHTS].copy()
    every = (1 << nights) - 1
    choosing = np.flatnonzero((_apart(week) == APART) & (found & every == every))
    depot = week.toward[:spots, spots:].argmin(axis=1)
    for one in np.unique(depot[choosing]).tolist():
        own = choosing[depot[choosing] == one]
        best_first = own[np.argsort(-week.spot[own, layout.PEAK], kind="stable")]
        even = int(EVEN_SHARE * len(own))
        for side, places in ((EVEN, best_first[:even]), (ODD, best_first[even:])):
            held = (side & every).bit_count()
            found[places[week.wants[places, layout.VISITS] <= held]] &= side
    return found


def _apart(week: Week) -> Ints:
    """Nights from a visit of each place to the next one that may follow."""
    later = np.arange(1, week.clash.shape[1])
    return np.asarray(1 + (week.clash[:, :1] >> later & 1).sum(axis=1), np.int64)
