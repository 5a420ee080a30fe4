"""Writes of patrols: one function for each thing a person can make happen."""

from nuantu.patrols.services.deciding import approve, publish, take_back
from nuantu.patrols.services.moving import MoveRefused, move_stop, try_move
from nuantu.patrols.services.planning import (
    SECONDS,
    NothingToPlan,
    WeekRefused,
    ask_again,
    plan_week,
)
from nuantu.patrols.services.solving import keep_plan, solve_waiting

__all__ = [
    "SECONDS",
    "MoveRefused",
    "NothingToPlan",
    "WeekRefused",
    "approve",
    "ask_again",
    "keep_plan",
    "move_stop",
    "plan_week",
    "publish",
    "solve_waiting",
    "take_back",
    "try_move",
]
