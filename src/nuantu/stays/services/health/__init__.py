"""What can be made happen about the health of people in a station."""

from nuantu.stays.services.health.following import (
    Discharge,
    end_care,
    keep_gone,
    note_news,
    put_found,
)
from nuantu.stays.services.health.hospital import (
    Patient,
    answer_ask,
    arrive,
    ask_hospital,
    begin_care,
    change_follower,
    tell,
)
from nuantu.stays.services.health.looking import note_look, open_record
from nuantu.stays.services.health.screening import Findings, HealthRefused, screen

__all__ = [
    "Discharge",
    "Findings",
    "HealthRefused",
    "Patient",
    "answer_ask",
    "arrive",
    "ask_hospital",
    "begin_care",
    "change_follower",
    "end_care",
    "keep_gone",
    "note_look",
    "note_news",
    "open_record",
    "put_found",
    "screen",
    "tell",
]
