"""What can be made happen in the daily care of residents."""

from nuantu.stays.services.care.bedding import BeddingRefused, change_bedding
from nuantu.stays.services.care.complaints import (
    LAW,
    ComplaintRefused,
    Said,
    answer_complaint,
    open_complaint,
    take_complaint,
)
from nuantu.stays.services.care.entries import CareRefused, Deed, log_round, note_care
from nuantu.stays.services.care.keeping import sweep_complaints, sweep_roll_photos
from nuantu.stays.services.care.medicine import (
    MedicineRefused,
    end_medication,
    give_dose,
    note_health,
    prescribe,
    read_health,
    take_after_all,
    take_dose_back,
)
from nuantu.stays.services.care.menus import MenuRefused, put_menu
from nuantu.stays.services.care.presence import RollRefused, call_roll
from nuantu.stays.services.care.searching import (
    SearchRefused,
    end_search,
    raise_search,
    take_step,
)

__all__ = [
    "LAW",
    "BeddingRefused",
    "CareRefused",
    "ComplaintRefused",
    "Deed",
    "MedicineRefused",
    "MenuRefused",
    "RollRefused",
    "Said",
    "SearchRefused",
    "answer_complaint",
    "call_roll",
    "change_bedding",
    "end_medication",
    "end_search",
    "give_dose",
    "log_round",
    "note_care",
    "note_health",
    "open_complaint",
    "prescribe",
    "put_menu",
    "raise_search",
    "read_health",
    "sweep_complaints",
    "sweep_roll_photos",
    "take_after_all",
    "take_complaint",
    "take_dose_back",
    "take_step",
]
