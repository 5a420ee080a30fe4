"""Who may leave by which way, as plain questions; a station never holds anybody (EL-06).

Source: 民发〔2014〕132号 第四章 (LV-02 to LV-10), 国务院令第381号 第11条.
"""

from dataclasses import dataclass
from typing import Final, Literal

from nuantu.stays.rules.clocks import Known, has_term

# what the next station owes about whom it took over
ARRIVE: Final = "stay.arrive"
STATION: Final = "station"
SELF, ENDED, DIED, UNANNOUNCED = "self", "ended", "died", "left_without_notice"
FOSTER, FOSTER_FAMILY = "foster", "foster_family"
COLLECTED = frozenset({"relatives", "employer", "fetched", FOSTER_FAMILY})
HANDED = frozenset({"station", "police", "foster"})
# kinds of organisation that can take somebody over by each way; a hospital may be a foster institution
TAKERS: Final = {
    "station": frozenset({"station"}),
    "police": frozenset({"police"}),
    FOSTER: frozenset({"partner", "hospital"}),
}
# ways that may lead back to where somebody was in danger; by himself, too
HOME = frozenset({SELF, "relatives", "fetched", "escorted"})
WITHOUT_REVISIT = frozenset({"station", "police", DIED, UNANNOUNCED})

State = Literal["fine", "ask", "blocks"]


@dataclass(frozen=True, slots=True)
class Finding:
    """How a check came out: fine, a question the clerk answers in words, or it blocks."""

    state: State
    words: str = ""


def may_go_alone(known: Known) -> bool:
    """Only who is surely of age and shows no sign of DL-02 leaves alone by declaration (LV-02)."""
    return has_term(known)


def needs_revisit(way: str) -> bool:
    """Whether somebody looks in later (LV-20)."""
    return way not in WITHOUT_REVISIT
