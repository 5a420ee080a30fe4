"""Pages of street contacts."""

from nuantu.encounters.views.contact import advice, correct, new, put_back
from nuantu.encounters.views.deciding import decide, reveal_sheet, review, use_photo, visit
from nuantu.encounters.views.hiding import hide_photo, reveal_photo, show_photo
from nuantu.encounters.views.reading import (
    contact_card,
    detail,
    export,
    notices,
    photo,
    register,
    visits,
)

__all__ = [
    "advice",
    "contact_card",
    "correct",
    "decide",
    "detail",
    "export",
    "hide_photo",
    "new",
    "notices",
    "photo",
    "put_back",
    "register",
    "reveal_photo",
    "reveal_sheet",
    "review",
    "show_photo",
    "use_photo",
    "visit",
    "visits",
]
