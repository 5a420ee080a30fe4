"""Writes of patrols: one function for each thing a person can make happen."""

from nuantu.patrols.services.adjusting import ask_to_adjust, confirm, set_aside, undo
from nuantu.patrols.services.checklists import CannotLoad, load_checklist
from nuantu.patrols.services.counting import count_for_cadence
from nuantu.patrols.services.deciding import approve, publish, take_back
from nuantu.patrols.services.desk import enter_for_team, load_track
from nuantu.patrols.services.moving import MoveRefused, move_stop, try_move
from nuantu.patrols.services.planning import (
    SECONDS,
    NothingToPlan,
    WeekRefused,
    ask_again,
    plan_week,
)
from nuantu.patrols.services.register_rows import RunRefused
from nuantu.patrols.services.replanning import ReplanRefused, propose, search
from nuantu.patrols.services.running import (
    add_stop,
    all_well,
    begin_run,
    break_off,
    finish_run,
    hand_over,
)
from nuantu.patrols.services.solving import keep_plan, solve_waiting
from nuantu.patrols.services.visiting import (
    add_photo,
    arrive,
    met_people,
    nobody_here,
    note_contact,
    pass_by,
    sweep_photos,
)
from nuantu.patrols.services.visiting import take_back as take_back_visit
from nuantu.patrols.services.watching import watch_over

__all__ = [
    "SECONDS",
    "CannotLoad",
    "MoveRefused",
    "NothingToPlan",
    "ReplanRefused",
    "RunRefused",
    "WeekRefused",
    "add_photo",
    "add_stop",
    "all_well",
    "approve",
    "arrive",
    "ask_again",
    "ask_to_adjust",
    "begin_run",
    "break_off",
    "confirm",
    "count_for_cadence",
    "enter_for_team",
    "finish_run",
    "hand_over",
    "keep_plan",
    "load_checklist",
    "load_track",
    "met_people",
    "move_stop",
    "nobody_here",
    "note_contact",
    "pass_by",
    "plan_week",
    "propose",
    "publish",
    "search",
    "set_aside",
    "solve_waiting",
    "sweep_photos",
    "take_back",
    "take_back_visit",
    "try_move",
    "undo",
    "watch_over",
]
