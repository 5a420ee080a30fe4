"""What people make happen at the tracing desk."""

from nuantu.tracing.services.bringing import bring_in
from nuantu.tracing.services.comparing import compare_all
from nuantu.tracing.services.consent import (
    ASK,
    ReportRefused,
    close_report,
    renew_consent,
    withdraw_consent,
)
from nuantu.tracing.services.deciding import (
    MatchRefused,
    check_match,
    confirm_match,
    propose_match,
    reject_match,
    undo_match,
)
from nuantu.tracing.services.forgetting import forget_files, forget_reports
from nuantu.tracing.services.fragments import (
    Heard,
    add_fragment,
    dismiss_place,
    forget_sounds,
    withdraw_fragment,
)
from nuantu.tracing.services.importing import (
    FILE,
    FileRefused,
    confirm_file,
    drop_file,
    read_file,
)
from nuantu.tracing.services.joining import DOUBT, HOME, TELL
from nuantu.tracing.services.lines import MATCH, REPORT
from nuantu.tracing.services.looking import PARTS, note_export, note_match_read, note_read, reveal
from nuantu.tracing.services.reports import correct_report, take_report, unmask_grown
from nuantu.tracing.services.requests import (
    Asked,
    Told,
    go_on,
    owe_reminders,
    put_answer,
    send_request,
)
from nuantu.tracing.services.search_lines import REQUEST, SEARCH
from nuantu.tracing.services.search_looks import (
    note_search_read,
    note_searches_left,
    reveal_of_search,
)
from nuantu.tracing.services.searching import (
    STEP,
    SearchRefused,
    begin_search,
    end_search,
    give_up_search,
    leave_search,
    take_step,
)
from nuantu.tracing.services.sharing import ask_for_report, stop_sharing
from nuantu.tracing.services.waking import wake
from nuantu.tracing.services.watching import (
    begin_of_stay,
    is_searched,
    leave_of_stay,
    move_with_case,
    watch_searches,
)

__all__ = [
    "ASK",
    "DOUBT",
    "FILE",
    "HOME",
    "MATCH",
    "PARTS",
    "REPORT",
    "REQUEST",
    "SEARCH",
    "STEP",
    "TELL",
    "Asked",
    "FileRefused",
    "Heard",
    "MatchRefused",
    "ReportRefused",
    "SearchRefused",
    "Told",
    "add_fragment",
    "ask_for_report",
    "begin_of_stay",
    "begin_search",
    "bring_in",
    "check_match",
    "close_report",
    "compare_all",
    "confirm_file",
    "confirm_match",
    "correct_report",
    "dismiss_place",
    "drop_file",
    "end_search",
    "forget_files",
    "forget_reports",
    "forget_sounds",
    "give_up_search",
    "go_on",
    "is_searched",
    "leave_of_stay",
    "leave_search",
    "move_with_case",
    "note_export",
    "note_match_read",
    "note_read",
    "note_search_read",
    "note_searches_left",
    "owe_reminders",
    "propose_match",
    "put_answer",
    "read_file",
    "reject_match",
    "renew_consent",
    "reveal",
    "reveal_of_search",
    "send_request",
    "stop_sharing",
    "take_report",
    "take_step",
    "undo_match",
    "unmask_grown",
    "wake",
    "watch_searches",
    "withdraw_consent",
    "withdraw_fragment",
]
