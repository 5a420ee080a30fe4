"""The order of a settlement: report, approval, registration, assistance; what a return goes back to."""

from datetime import date
from typing import Final

ORDER: Final = (
    "compare",
    "letter",
    "review",
    "plan",
    "approve",
    "accept",
    "register",
    "benefits",
)
UNDO: Final = "undo"
# What is done again when this one was returned.
BACK: Final = {
    "review": "letter",
    "plan": "letter",
    "approve": "plan",
    "accept": "compare",
    "register": "compare",
}
# Steps of the bureau; the others are the station's.
OF_BUREAU: Final = frozenset({"review", "plan", "approve"})
REGISTERED: Final = frozenset({"benefits", UNDO})


def following(step: str, *, is_approved: bool = False) -> str:
    """The step after this one, nothing after the last; compared again after the approval, police accept next."""
    if step == "compare" and is_approved:
        return "accept"
    place = ORDER.index(step) + 1
    return ORDER[place] if place < len(ORDER) else ""


def answers_to(step: str) -> tuple[str, ...]:
    """How a step may come out: only the comparison finds somebody, only what is asked of others comes back."""
    if step == "compare":
        return ("done", "hit")
    return ("done", "returned") if step in BACK else ("done",)


def fits_the_place(years: int, placed: str, line: int) -> bool:
    """Whoever is under age lives in a children's home, and nobody else does (SE-05)."""
    return (years < line) == (placed == "children")


def is_fresh(compared: date, today: date, days: int) -> bool:
    """Whether the last comparison is young enough to register somebody on it (SE-06)."""
    return (today - compared).days <= days


def is_term_over(since: date, term_end: date, today: date) -> bool:
    """Whether somebody has been stranded for longer than the term."""
    return since < today and today > term_end
