"""What can be made happen with street contacts."""

from nuantu.encounters.services.checking import EncounterRefused, ProtectedPerson
from nuantu.encounters.services.detaching import put_parts_back
from nuantu.encounters.services.hiding import HidingRefused, hide_photo, reveal_photo, show_photo
from nuantu.encounters.services.keeping import sweep_evidence
from nuantu.encounters.services.modes import ModeRefused, decide_mode, review_mode
from nuantu.encounters.services.moving import move_encounters, move_with_case
from nuantu.encounters.services.recording import Recorded, correct_encounter, record_encounter
from nuantu.encounters.services.visits import RevisitRefused, complete_revisit

__all__ = [
    "EncounterRefused",
    "HidingRefused",
    "ModeRefused",
    "ProtectedPerson",
    "Recorded",
    "RevisitRefused",
    "complete_revisit",
    "correct_encounter",
    "decide_mode",
    "hide_photo",
    "move_encounters",
    "move_with_case",
    "put_parts_back",
    "record_encounter",
    "reveal_photo",
    "review_mode",
    "show_photo",
    "sweep_evidence",
]
