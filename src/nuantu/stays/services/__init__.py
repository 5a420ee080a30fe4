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
    restart_identity_clocks,
)
from nuantu.stays.services.endings import EndingRefused, answer_ending, ask_ending
from nuantu.stays.services.handing import HandingRefused, offer_stay
from nuantu.stays.services.house import (
    HouseRefused,
    add_room,
    add_zone,
    change_room,
    change_zone,
    close_bed,
    close_zone,
    open_bed,
    open_zone,
)
from nuantu.stays.services.inquiries import InquiryRefused, ask, put_answer
from nuantu.stays.services.leaving import LeavingRefused, WayOut, leave
from nuantu.stays.services.photos import (
    PhotosRefused,
    note_photos_seen,
    open_photos,
    take_portrait,
)
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
from nuantu.stays.services.women import (
    WomensCarerRefused,
    add_womens_carer,
    end_womens_carer,
    watch_over_women,
)

__all__ = [
    "BedRefused",
    "BedTaken",
    "BelongingRefused",
    "ClockRefused",
    "EndingRefused",
    "Exemption",
    "HandingRefused",
    "HouseRefused",
    "InquiryRefused",
    "LeavingRefused",
    "Needs",
    "Newcomer",
    "NoFreeBed",
    "PhotosRefused",
    "ReceptionRefused",
    "StayRefused",
    "WayOut",
    "WomensCarerRefused",
    "add_room",
    "add_womens_carer",
    "add_zone",
    "answer_ending",
    "approve_exception",
    "ask",
    "ask_ending",
    "change_needs",
    "change_room",
    "change_zone",
    "close_bed",
    "close_zone",
    "come_back",
    "decide",
    "drop_identity_clocks",
    "end_belonging",
    "end_womens_carer",
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
    "note_photos_seen",
    "offer_stay",
    "open_bed",
    "open_photos",
    "open_zone",
    "put_answer",
    "receive",
    "restart_identity_clocks",
    "take_belonging",
    "take_over",
    "take_portrait",
    "watch_over_women",
]
