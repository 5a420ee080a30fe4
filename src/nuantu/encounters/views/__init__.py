"""Pages of street contacts."""

from nuantu.encounters.views.contact import advice, correct, new
from nuantu.encounters.views.deciding import decide, reveal_sheet, review, visit
from nuantu.encounters.views.reading import detail, export, notices, photo, register, visits

__all__ = [
    "advice",
    "correct",
    "decide",
    "detail",
    "export",
    "new",
    "notices",
    "photo",
    "register",
    "reveal_sheet",
    "review",
    "visit",
    "visits",
]
