"""What can be made happen with street contacts."""

from nuantu.encounters.services.checking import EncounterRefused, ProtectedPerson
from nuantu.encounters.services.detaching import put_parts_back
from nuantu.encounters.services.keeping import sweep_evidence
from nuantu.encounters.services.modes import ModeRefused, decide_mode, review_mode
from nuantu.encounters.services.moving import move_encounters, move_with_case
from nuantu.encounters.services.recording import Recorded, correct_encounter, record_encounter
from nuantu.encounters.services.visits import RevisitRefused, complete_revisit

__all__ = [
    "EncounterRefused",
    "ModeRefused",
    "ProtectedPerson",
    "Recorded",
    "RevisitRefused",
    "complete_revisit",
    "correct_encounter",
    "decide_mode",
    "move_encounters",
    "move_with_case",
    "put_parts_back",
    "record_encounter",
    "review_mode",
    "sweep_evidence",
]
