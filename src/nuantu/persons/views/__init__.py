"""Pages of people: reading, writing, deciding."""

from nuantu.persons.views.deciding import (
    case_close,
    case_erase,
    link_decide,
    link_propose,
    link_undo,
    restrict,
)
from nuantu.persons.views.holding import hold, hold_add
from nuantu.persons.views.reading import case, detail, export, people, photo, reveal, timeline
from nuantu.persons.views.writing import class_add, class_withdraw, describe, fact_add

__all__ = [
    "case",
    "case_close",
    "case_erase",
    "class_add",
    "class_withdraw",
    "describe",
    "detail",
    "export",
    "fact_add",
    "hold",
    "hold_add",
    "link_decide",
    "link_propose",
    "link_undo",
    "people",
    "photo",
    "restrict",
    "reveal",
    "timeline",
]
