"""Missing-person reports, the files they came in, and who may be whom."""

from nuantu.tracing.models.choices import (
    CheckKind,
    CheckResult,
    ConsentWay,
    DangerMark,
    FoundBy,
    Mark,
    MatchState,
    Precision,
    Purpose,
    Source,
    State,
)
from nuantu.tracing.models.imports import ImportRow, ReportImport
from nuantu.tracing.models.matches import Comparison, Match, MatchCheck
from nuantu.tracing.models.reports import MissingReport

__all__ = [
    "CheckKind",
    "CheckResult",
    "Comparison",
    "ConsentWay",
    "DangerMark",
    "FoundBy",
    "ImportRow",
    "Mark",
    "Match",
    "MatchCheck",
    "MatchState",
    "MissingReport",
    "Precision",
    "Purpose",
    "ReportImport",
    "Source",
    "State",
]
