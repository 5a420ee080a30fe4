"""What can be made happen about the health of people in a station."""

from nuantu.stays.services.health.billing import (
    Charged,
    correct_bill,
    dispute,
    enter_bill,
    put_share,
    send_back,
)
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
    "Charged",
    "Discharge",
    "Findings",
    "HealthRefused",
    "Patient",
    "answer_ask",
    "arrive",
    "ask_hospital",
    "begin_care",
    "change_follower",
    "correct_bill",
    "dispute",
    "end_care",
    "enter_bill",
    "keep_gone",
    "note_look",
    "note_news",
    "open_record",
    "put_found",
    "put_share",
    "screen",
    "send_back",
    "tell",
]
