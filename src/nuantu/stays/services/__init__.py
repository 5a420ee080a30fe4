"""What can be made happen in a station."""

from nuantu.stays.services.beds import (
    BedRefused,
    BedTaken,
    Exemption,
    NoFreeBed,
    approve_exception,
    free_bed,
    give_bed,
    give_best_bed,
)
from nuantu.stays.services.belongings import BelongingRefused, end_belonging, take_belonging
from nuantu.stays.services.clocks import (
    ClockRefused,
    drop_identity_clocks,
    extend,
    file_extension,
    keep_clock,
)
from nuantu.stays.services.house import (
    HouseRefused,
    add_room,
    add_zone,
    change_zone,
    close_bed,
    open_bed,
)
from nuantu.stays.services.inquiries import InquiryRefused, ask, put_answer
from nuantu.stays.services.leaving import LeavingRefused, WayOut, leave
from nuantu.stays.services.reception import (
    Newcomer,
    ReceptionRefused,
    decide,
    keep,
    receive,
    take_over,
)
from nuantu.stays.services.staying import (
    Needs,
    StayRefused,
    change_needs,
    come_back,
    enter,
    go_out,
)

__all__ = [
    "BedRefused",
    "BedTaken",
    "BelongingRefused",
    "ClockRefused",
    "Exemption",
    "HouseRefused",
    "InquiryRefused",
    "LeavingRefused",
    "Needs",
    "Newcomer",
    "NoFreeBed",
    "ReceptionRefused",
    "StayRefused",
    "WayOut",
    "add_room",
    "add_zone",
    "approve_exception",
    "ask",
    "change_needs",
    "change_zone",
    "close_bed",
    "come_back",
    "decide",
    "drop_identity_clocks",
    "end_belonging",
    "enter",
    "extend",
    "file_extension",
    "free_bed",
    "give_bed",
    "give_best_bed",
    "go_out",
    "keep",
    "keep_clock",
    "leave",
    "open_bed",
    "put_answer",
    "receive",
    "take_belonging",
    "take_over",
]
