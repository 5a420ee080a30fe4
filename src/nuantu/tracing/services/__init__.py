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
from nuantu.tracing.services.forgetting import forget_files, forget_reports
from nuantu.tracing.services.importing import (
    FILE,
    FileRefused,
    confirm_file,
    drop_file,
    read_file,
)
from nuantu.tracing.services.lines import REPORT
from nuantu.tracing.services.looking import PARTS, note_export, note_read, reveal
from nuantu.tracing.services.reports import correct_report, take_report

__all__ = [
    "ASK",
    "FILE",
    "PARTS",
    "REPORT",
    "FileRefused",
    "ReportRefused",
    "bring_in",
    "close_report",
    "compare_all",
    "confirm_file",
    "correct_report",
    "drop_file",
    "forget_files",
    "forget_reports",
    "note_export",
    "note_read",
    "read_file",
    "renew_consent",
    "reveal",
    "take_report",
    "withdraw_consent",
]
