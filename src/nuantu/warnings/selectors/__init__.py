"""Reads of warnings."""

from nuantu.warnings.selectors.foreseeing import Foreseen, foreseen, was_taken
from nuantu.warnings.selectors.geography import country, division_name
from nuantu.warnings.selectors.marks import covered_marks, live_marks
from nuantu.warnings.selectors.naming import feed_label, feed_url, warning_label, warning_url
from nuantu.warnings.selectors.registers import (
    Story,
    events,
    feeds,
    headings,
    list_rows,
    register,
    register_rows,
    story,
    unexplained,
)
from nuantu.warnings.selectors.season import warning_bands
from nuantu.warnings.selectors.unread import (
    unread_label,
    unread_lines,
    unread_text,
    unread_url,
    unread_waiting,
)

__all__ = [
    "Foreseen",
    "Story",
    "country",
    "covered_marks",
    "division_name",
    "events",
    "feed_label",
    "feed_url",
    "feeds",
    "foreseen",
    "headings",
    "list_rows",
    "live_marks",
    "register",
    "register_rows",
    "story",
    "unexplained",
    "unread_label",
    "unread_lines",
    "unread_text",
    "unread_url",
    "unread_waiting",
    "warning_bands",
    "warning_label",
    "warning_url",
    "was_taken",
]
