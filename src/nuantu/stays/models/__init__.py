"""Tables of stays in a relief station."""

from nuantu.stays.models.bills import AcceptedFault, Bill, BillLine
from nuantu.stays.models.care import BeddingChange, CareEntry, Menu
from nuantu.stays.models.choices import (
    ArrivalMode,
    CareLevel,
    Diet,
    Health,
    Way,
    ZoneAges,
    ZoneSex,
)
from nuantu.stays.models.complaints import Complaint
from nuantu.stays.models.custody import (
    Camera,
    CupboardCount,
    CupboardItem,
    CupboardMove,
    StationIncident,
    VideoHold,
)
from nuantu.stays.models.death import Death, DeathStep
from nuantu.stays.models.deciding import Ending, WomensCarer
from nuantu.stays.models.food import FoodIllness, FoodSample, FoodSuspicion, KitchenMeal
from nuantu.stays.models.health import CareNews, HospitalAsk, HospitalCare, Screening, Sign
from nuantu.stays.models.hospitals import CareHospital
from nuantu.stays.models.house import Bed, Room, Zone
from nuantu.stays.models.infection import CloseContact, Infection
from nuantu.stays.models.leaving import Leaving, LeavingCheck
from nuantu.stays.models.medicine import Dose, HealthNote, Medication
from nuantu.stays.models.notices import HealthNotice
from nuantu.stays.models.presence import RollCall, RollMark, Search, SearchStep
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
    "AcceptedFault",
    "ArrivalMode",
    "Bed",
    "BedStay",
    "BeddingChange",
    "Belonging",
    "Bill",
    "BillLine",
    "Camera",
    "CareEntry",
    "CareHospital",
    "CareLevel",
    "CareNews",
    "CheckLine",
    "CloseContact",
    "Complaint",
    "CupboardCount",
    "CupboardItem",
    "CupboardMove",
    "Death",
    "DeathStep",
    "Diet",
    "Dose",
    "Ending",
    "Extension",
    "FoodIllness",
    "FoodSample",
    "FoodSuspicion",
    "Hazard",
    "Health",
    "HealthNote",
    "HealthNotice",
    "HospitalAsk",
    "HospitalCare",
    "Infection",
    "Inquiry",
    "Inspection",
    "KitchenMeal",
    "Leaving",
    "LeavingCheck",
    "Medication",
    "Menu",
    "OwnChecklist",
    "Reception",
    "RollCall",
    "RollMark",
    "Room",
    "SafetyCheck",
    "Screening",
    "Search",
    "SearchStep",
    "Sign",
    "StationIncident",
    "Stay",
    "VideoHold",
    "Way",
    "WomensCarer",
    "Zone",
    "ZoneAges",
    "ZoneSex",
]
