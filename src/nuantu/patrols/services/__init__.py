"""Writes of patrols: one function for each thing a person can make happen."""

from nuantu.patrols.services.adjusting import ask_to_adjust, confirm, set_aside, undo
from nuantu.patrols.services.checklists import CannotLoad, load_checklist
from nuantu.patrols.services.counting import count_for_cadence
from nuantu.patrols.services.deciding import approve, publish, take_back
from nuantu.patrols.services.desk import enter_for_team, load_track
from nuantu.patrols.services.flows import (
    FlowRefused,
    Known,
    add_flow,
    correct_flow,
    end_flow,
    forget_flows,
    note_flow_export,
    reveal_flow,
)
from nuantu.patrols.services.hiding import (
    HidingRefused,
    hide_photo,
    reveal_photo,
    show_photo,
)
from nuantu.patrols.services.joint import (
    Partner,
    PartnerRefused,
    add_partner,
    consent,
    end_partner,
    note_partner,
)
from nuantu.patrols.services.judging import (
    accept_report,
    check_report,
    return_report,
    send_back,
)
from nuantu.patrols.services.keeping import sweep_photos
from nuantu.patrols.services.moving import MoveRefused, move_stop, try_move
from nuantu.patrols.services.next_week import owe_next_weeks
from nuantu.patrols.services.own_teams import owe_own_teams
from nuantu.patrols.services.planning import (
    SECONDS,
    NothingToPlan,
    WeekRefused,
    ask_again,
    note_week,
    plan_week,
)
from nuantu.patrols.services.register_rows import RunRefused
from nuantu.patrols.services.replanning import ReplanRefused, get_ready, propose, search
from nuantu.patrols.services.reporting import (
    Found,
    add_find,
    begin_area,
    drop_find,
    find_becomes_location,
    find_is_location,
    hand_in,
    note_find,
    note_looks,
)
from nuantu.patrols.services.running import (
    add_stop,
    all_well,
    begin_run,
    break_off,
    finish_run,
    hand_over,
)
from nuantu.patrols.services.same_finds import say_same, take_same_back
from nuantu.patrols.services.solving import keep_plan, solve_waiting
from nuantu.patrols.services.sweep_rows import SweepRefused
from nuantu.patrols.services.sweeping import (
    Order,
    assign_area,
    close_sweep,
    cut_area,
    hand_over_area,
    move_area,
    order_sweep,
)
from nuantu.patrols.services.visiting import (
    add_photo,
    arrive,
    met_people,
    nobody_here,
    note_contact,
    pass_by,
    replace_contact,
)
from nuantu.patrols.services.visiting import take_back as take_back_visit
from nuantu.patrols.services.warned import sweep_on_warning
from nuantu.patrols.services.watching import watch_over
from nuantu.patrols.services.whole_sweep import owe_whole_sweeps

__all__ = [
    "SECONDS",
    "CannotLoad",
    "FlowRefused",
    "Found",
    "HidingRefused",
    "Known",
    "MoveRefused",
    "NothingToPlan",
    "Order",
    "Partner",
    "PartnerRefused",
    "ReplanRefused",
    "RunRefused",
    "SweepRefused",
    "WeekRefused",
    "accept_report",
    "add_find",
    "add_flow",
    "add_partner",
    "add_photo",
    "add_stop",
    "all_well",
    "approve",
    "arrive",
    "ask_again",
    "ask_to_adjust",
    "assign_area",
    "begin_area",
    "begin_run",
    "break_off",
    "check_report",
    "close_sweep",
    "confirm",
    "consent",
    "correct_flow",
    "count_for_cadence",
    "cut_area",
    "drop_find",
    "end_flow",
    "end_partner",
    "enter_for_team",
    "find_becomes_location",
    "find_is_location",
    "finish_run",
    "forget_flows",
    "get_ready",
    "hand_in",
    "hand_over",
    "hand_over_area",
    "hide_photo",
    "keep_plan",
    "load_checklist",
    "load_track",
    "met_people",
    "move_area",
    "move_stop",
    "nobody_here",
    "note_contact",
    "note_find",
    "note_flow_export",
    "note_looks",
    "note_partner",
    "note_week",
    "order_sweep",
    "owe_next_weeks",
    "owe_own_teams",
    "owe_whole_sweeps",
    "pass_by",
    "plan_week",
    "propose",
    "publish",
    "replace_contact",
    "return_report",
    "reveal_flow",
    "reveal_photo",
    "say_same",
    "search",
    "send_back",
    "set_aside",
    "show_photo",
    "solve_waiting",
    "sweep_on_warning",
    "sweep_photos",
    "take_back",
    "take_back_visit",
    "take_same_back",
    "try_move",
    "undo",
    "watch_over",
]
