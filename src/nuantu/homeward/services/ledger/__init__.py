"""What people make happen in the prevention ledger."""

from nuantu.homeward.services.ledger.alerts import alert, answer_alert
from nuantu.homeward.services.ledger.entries import (
    Assessed,
    Newcomer,
    assess_again,
    begin_entry,
    can_keep,
    end_entry,
    judge_all,
    move_entry,
    name_keepers,
    note_ledger_export,
    note_read,
    offer_entry,
    set_keeper,
)
from nuantu.homeward.services.ledger.helping import begin_help, step_on
from nuantu.homeward.services.ledger.judging import SOURCE, records_of
from nuantu.homeward.services.ledger.owing import ALERT, ENTRY, HELP_ROW, TITLES
from nuantu.homeward.services.ledger.visits import Seen, record_visit

__all__ = [
    "ALERT",
    "ENTRY",
    "HELP_ROW",
    "SOURCE",
    "TITLES",
    "Assessed",
    "Newcomer",
    "Seen",
    "alert",
    "answer_alert",
    "assess_again",
    "begin_entry",
    "begin_help",
    "can_keep",
    "end_entry",
    "judge_all",
    "move_entry",
    "name_keepers",
    "note_ledger_export",
    "note_read",
    "offer_entry",
    "record_visit",
    "records_of",
    "set_keeper",
    "step_on",
]
