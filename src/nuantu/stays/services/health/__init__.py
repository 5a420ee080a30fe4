"""What can be made happen about the health of people in a station."""

from nuantu.stays.services.health.accepting import accept_fault
from nuantu.stays.services.health.billing import (
    Charged,
    correct_bill,
    dispute,
    enter_bill,
    put_share,
    send_back,
)
from nuantu.stays.services.health.deaths import Found as DeathFound
from nuantu.stays.services.health.deaths import close_death, register_death, take_step
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
from nuantu.stays.services.health.infections import (
    Report,
    add_contact,
    end_infection,
    isolate,
    release,
    report,
    tell_cdc,
    tell_contact,
)
from nuantu.stays.services.health.looking import note_look, open_record
from nuantu.stays.services.health.moving import Moved, begin_move, drop_move, move
from nuantu.stays.services.health.screening import Findings, HealthRefused, screen

__all__ = [
    "Charged",
    "DeathFound",
    "Discharge",
    "Findings",
    "HealthRefused",
    "Moved",
    "Patient",
    "Report",
    "accept_fault",
    "add_contact",
    "answer_ask",
    "arrive",
    "ask_hospital",
    "begin_care",
    "begin_move",
    "change_follower",
    "close_death",
    "correct_bill",
    "dispute",
    "drop_move",
    "end_care",
    "end_infection",
    "enter_bill",
    "isolate",
    "keep_gone",
    "move",
    "note_look",
    "note_news",
    "open_record",
    "put_found",
    "put_share",
    "register_death",
    "release",
    "report",
    "screen",
    "send_back",
    "take_step",
    "tell",
    "tell_cdc",
    "tell_contact",
]
