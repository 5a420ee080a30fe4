"""Tables of street contacts."""

from nuantu.encounters.models.choices import Capacity, Condition, OfferCode, Outcome
from nuantu.encounters.models.contacts import Encounter, Evidence, GoodsLine, OfferLine
from nuantu.encounters.models.following import (
    ModeRequest,
    RefuserNotice,
    Revisit,
    TransferSheet,
)

__all__ = [
    "Capacity",
    "Condition",
    "Encounter",
    "Evidence",
    "GoodsLine",
    "ModeRequest",
    "OfferCode",
    "OfferLine",
    "Outcome",
    "RefuserNotice",
    "Revisit",
    "TransferSheet",
]
