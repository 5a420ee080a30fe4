"""Reads of operations."""

from nuantu.operations.selectors.levels import LevelNow, level_history, level_of, levels_of
from nuantu.operations.selectors.rulebooks import operations_at, rules_at
from nuantu.operations.selectors.subjects import (
    duty_label,
    duty_url,
    handover_label,
    handover_url,
    operation_label,
    operation_url,
)
from nuantu.operations.selectors.teams import team_of_user, teams_for
from nuantu.operations.selectors.watch import leader_on_duty, on_watch

__all__ = [
    "LevelNow",
    "duty_label",
    "duty_url",
    "handover_label",
    "handover_url",
    "leader_on_duty",
    "level_history",
    "level_of",
    "levels_of",
    "on_watch",
    "operation_label",
    "operation_url",
    "operations_at",
    "rules_at",
    "team_of_user",
    "teams_for",
]
