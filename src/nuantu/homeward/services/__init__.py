"""What people and wristbands make happen."""

from nuantu.homeward.services.alarms import answer_alarm, look_after, release, send_team
from nuantu.homeward.services.consents import (
    Agreed,
    bar_giver,
    give_consent,
    is_harmed,
    withdraw_consent,
)
from nuantu.homeward.services.devices import (
    add_gateway,
    add_wristband,
    renew_token,
    revoke_gateway,
    set_stock,
    token_hash,
)
from nuantu.homeward.services.intake import MOST, Taken, take_fixes
from nuantu.homeward.services.lines import (
    ALARM,
    GATEWAY,
    WEARER,
    WRISTBAND,
    HomewardRefused,
    note_export,
)
from nuantu.homeward.services.looking import note_map, note_paper, note_read, reveal_track
from nuantu.homeward.services.purging import purge, purge_wearer
from nuantu.homeward.services.wearers import (
    MOST_FENCES,
    Drawn,
    Thresholds,
    add_fence,
    begin_wearer,
    end_fence,
    end_wearer,
    hand_over,
    restore_fence,
    set_thresholds,
    take_back,
    take_off_wrong,
)

__all__ = [
    "ALARM",
    "GATEWAY",
    "MOST",
    "MOST_FENCES",
    "WEARER",
    "WRISTBAND",
    "Agreed",
    "Drawn",
    "HomewardRefused",
    "Taken",
    "Thresholds",
    "add_fence",
    "add_gateway",
    "add_wristband",
    "answer_alarm",
    "bar_giver",
    "begin_wearer",
    "end_fence",
    "end_wearer",
    "give_consent",
    "hand_over",
    "is_harmed",
    "look_after",
    "note_export",
    "note_map",
    "note_paper",
    "note_read",
    "purge",
    "purge_wearer",
    "release",
    "renew_token",
    "restore_fence",
    "reveal_track",
    "revoke_gateway",
    "send_team",
    "set_stock",
    "set_thresholds",
    "take_back",
    "take_fixes",
    "take_off_wrong",
    "token_hash",
    "withdraw_consent",
]
