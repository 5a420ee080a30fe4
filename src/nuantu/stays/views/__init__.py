"""Pages of a station."""

from nuantu.stays.views.board import board
from nuantu.stays.views.door import (
    answer,
    ask,
    decide,
    door,
    end_thing,
    keep,
    newcomer,
    receive,
    reception,
    take_over,
    take_thing,
)
from nuantu.stays.views.house import bed_state, house, room_new, zone, zone_new
from nuantu.stays.views.leaving import extend, file, identified, keep_clock, leave
from nuantu.stays.views.staying import approve, back, bed, detail, needs, out

__all__ = [
    "answer",
    "approve",
    "ask",
    "back",
    "bed",
    "bed_state",
    "board",
    "decide",
    "detail",
    "door",
    "end_thing",
    "extend",
    "file",
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
    "room_new",
    "take_over",
    "take_thing",
    "zone",
    "zone_new",
]
