"""Missing-person reports and the files they came in."""

from nuantu.tracing.models.choices import (
    ConsentWay,
    DangerMark,
    Mark,
    Precision,
    Purpose,
    Source,
    State,
)
from nuantu.tracing.models.imports import ImportRow, ReportImport
from nuantu.tracing.models.reports import MissingReport

__all__ = [
    "ConsentWay",
    "DangerMark",
    "ImportRow",
    "Mark",
    "MissingReport",
    "Precision",
    "Purpose",
    "ReportImport",
    "Source",
    "State",
]
