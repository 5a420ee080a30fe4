"""Tables of stays in a relief station."""

from nuantu.stays.models.bills import Bill, BillLine
from nuantu.stays.models.choices import (
    ArrivalMode,
    CareLevel,
    Diet,
    Health,
    Way,
    ZoneAges,
    ZoneSex,
)
from nuantu.stays.models.food import FoodSample, FoodSuspicion, KitchenMeal
from nuantu.stays.models.health import CareNews, HospitalAsk, HospitalCare, Screening, Sign
from nuantu.stays.models.house import Bed, Room, Zone
from nuantu.stays.models.leaving import Leaving, LeavingCheck
from nuantu.stays.models.notices import HealthNotice
from nuantu.stays.models.reception import Belonging, Inquiry, Reception
from nuantu.stays.models.safety import (
    CheckLine,
    Hazard,
    Inspection,
    OwnChecklist,
    SafetyCheck,
)
from nuantu.stays.models.staying import Absence, BedStay, Extension, Stay

__all__ = [
    "Absence",
    "ArrivalMode",
    "Bed",
    "BedStay",
    "Belonging",
    "Bill",
    "BillLine",
    "CareLevel",
    "CareNews",
    "CheckLine",
    "Diet",
    "Extension",
    "FoodSample",
    "FoodSuspicion",
    "Hazard",
    "Health",
    "HealthNotice",
    "HospitalAsk",
    "HospitalCare",
    "Inquiry",
    "Inspection",
    "KitchenMeal",
    "Leaving",
    "LeavingCheck",
    "OwnChecklist",
    "Reception",
    "Room",
    "SafetyCheck",
    "Screening",
    "Sign",
    "Stay",
    "Way",
    "Zone",
    "ZoneAges",
    "ZoneSex",
]
