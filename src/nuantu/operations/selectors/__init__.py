"""Reads of operations."""

from nuantu.operations.selectors.bands import level_bands, other_bands, register_bands
from nuantu.operations.selectors.board import (
    Board,
    duties_in,
    duty_board,
    my_duties,
    office_names,
)
from nuantu.operations.selectors.calendar import feed, season_feed
from nuantu.operations.selectors.changes import (
    parent_change,
    preview_change,
    said_changes,
    versions_of,
    waits_for_parent,
)
from nuantu.operations.selectors.closing import still_open
from nuantu.operations.selectors.documents import documents_of, reading_page, waiting_documents
from nuantu.operations.selectors.figures import registered_figures, span_of
from nuantu.operations.selectors.handovers import (
    incoming,
    outgoing,
    overseen,
    subject_of,
    waiting_count,
)
from nuantu.operations.selectors.levels import LevelNow, level_history, level_of, levels_of
from nuantu.operations.selectors.library import (
    LibraryPlan,
    library,
    library_bars,
    library_plan,
    library_titles,
    library_types,
    plans_in_force,
)
from nuantu.operations.selectors.months import Month, month, span_of_month
from nuantu.operations.selectors.rulebooks import operations_at, rests_on_unverified, rules_at
from nuantu.operations.selectors.season_calendar import (
    Season,
    goes_to,
    season_of_library,
    season_of_plans,
)
from nuantu.operations.selectors.seasons import (
    county_levels,
    kept_figures,
    missing_calendar_years,
    plan_findings,
    rule_rows,
    season_bar,
    totals,
)
from nuantu.operations.selectors.sheets import sheets_of
from nuantu.operations.selectors.subjects import (
    document_label,
    document_url,
    duty_label,
    duty_url,
    handover_label,
    handover_url,
    operation_label,
    operation_url,
    roster_label,
    roster_url,
)
from nuantu.operations.selectors.teams import team_of_user, teams_for
from nuantu.operations.selectors.watch import (
    gaps_ahead,
    leader_on_duty,
    on_watch,
    people_of,
    posts_of,
    roster,
    watch_notes,
)

__all__ = [
    "Board",
    "LevelNow",
    "LibraryPlan",
    "Month",
    "Season",
    "county_levels",
    "document_label",
    "document_url",
    "documents_of",
    "duties_in",
    "duty_board",
    "duty_label",
    "duty_url",
    "feed",
    "gaps_ahead",
    "goes_to",
    "handover_label",
    "handover_url",
    "incoming",
    "kept_figures",
    "leader_on_duty",
    "level_bands",
    "level_history",
    "level_of",
    "levels_of",
    "library",
    "library_bars",
    "library_plan",
    "library_titles",
    "library_types",
    "missing_calendar_years",
    "month",
    "my_duties",
    "office_names",
    "on_watch",
    "operation_label",
    "operation_url",
    "operations_at",
    "other_bands",
    "outgoing",
    "overseen",
    "parent_change",
    "people_of",
    "plan_findings",
    "plans_in_force",
    "posts_of",
    "preview_change",
    "reading_page",
    "register_bands",
    "registered_figures",
    "rests_on_unverified",
    "roster",
    "roster_label",
    "roster_url",
    "rule_rows",
    "rules_at",
    "said_changes",
    "season_bar",
    "season_feed",
    "season_of_library",
    "season_of_plans",
    "sheets_of",
    "span_of",
    "span_of_month",
    "still_open",
    "subject_of",
    "team_of_user",
    "teams_for",
    "totals",
    "versions_of",
    "waiting_count",
    "waiting_documents",
    "waits_for_parent",
    "watch_notes",
]
