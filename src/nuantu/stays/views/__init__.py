"""Pages of a station."""

from nuantu.stays.views.board import board
from nuantu.stays.views.door import (
    decide,
    door,
    keep,
    newcomer,
    receive,
    reception,
    take_over,
)
from nuantu.stays.views.ending import answer_ending, ending
from nuantu.stays.views.house import (
    bed_open,
    bed_state,
    house,
    room,
    room_new,
    zone,
    zone_new,
    zone_turn,
)
from nuantu.stays.views.kept import answer, ask, end_thing, take_thing, thing_photo
from nuantu.stays.views.leaving import (
    extend,
    file,
    hand_over,
    identified,
    keep_clock,
    leave,
    restart,
)
from nuantu.stays.views.register import export, register
from nuantu.stays.views.revealing import reveal, reveal_reception
from nuantu.stays.views.staying import approve, back, bed, detail, free, needs, out
from nuantu.stays.views.women import women, women_end

__all__ = [
    "answer",
    "answer_ending",
    "approve",
    "ask",
    "back",
    "bed",
    "bed_open",
    "bed_state",
    "board",
    "decide",
    "detail",
    "door",
    "end_thing",
    "ending",
    "export",
    "extend",
    "file",
    "free",
    "hand_over",
    "house",
    "identified",
    "keep",
    "keep_clock",
    "leave",
    "needs",
    "newcomer",
    "out",
    "receive",
    "reception",
    "register",
    "restart",
    "reveal",
    "reveal_reception",
    "room",
    "room_new",
    "take_over",
    "take_thing",
    "thing_photo",
    "women",
    "women_end",
    "zone",
    "zone_new",
    "zone_turn",
]
