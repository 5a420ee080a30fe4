"""What a person can make happen with places."""

from nuantu.places.services.demo import load_demo
from nuantu.places.services.facilities import (
    StationHasBuilding,
    add_hospital,
    add_station,
    change_hospital,
    change_station,
)
from nuantu.places.services.key_locations import (
    HoursRefused,
    NameTaken,
    TypeUnknown,
    VisitTerms,
    add_key_location,
    change_key_location,
    close_place,
    note_export,
)
from nuantu.places.services.relief_points import (
    ContactMissing,
    NotOpen,
    PointDetails,
    add_relief_point,
    change_relief_point,
    confirm_relief_point,
    open_relief_point,
    shut_relief_point,
)
from nuantu.places.services.sheets import LABELS, Line, SheetRefused, bring_in, judged, rows_in
from nuantu.places.services.spots import (
    AlreadyClosed,
    CountyChanged,
    DivisionUnknown,
    PointDoubtful,
    PointRefused,
    ReasonMissing,
    Spot,
)

__all__ = [
    "LABELS",
    "AlreadyClosed",
    "ContactMissing",
    "CountyChanged",
    "DivisionUnknown",
    "HoursRefused",
    "Line",
    "NameTaken",
    "NotOpen",
    "PointDetails",
    "PointDoubtful",
    "PointRefused",
    "ReasonMissing",
    "SheetRefused",
    "Spot",
    "StationHasBuilding",
    "TypeUnknown",
    "VisitTerms",
    "add_hospital",
    "add_key_location",
    "add_relief_point",
    "add_station",
    "bring_in",
    "change_hospital",
    "change_key_location",
    "change_relief_point",
    "change_station",
    "close_place",
    "confirm_relief_point",
    "judged",
    "load_demo",
    "note_export",
    "open_relief_point",
    "rows_in",
    "shut_relief_point",
]
