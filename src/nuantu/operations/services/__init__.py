"""What a person or a program can make happen in operations."""

from nuantu.operations.selectors.plan_texts import PlanRefused
from nuantu.operations.services.changes import change_plan
from nuantu.operations.services.closing import close_plan, summarise_ended
from nuantu.operations.services.documents import (
    READ_JOB,
    DraftMoved,
    accept_entry,
    adopt_draft,
    bring,
    correct_entry,
    drafted,
    drop_document,
    read_again,
    read_waiting,
    take_document,
    write_draft,
)
from nuantu.operations.services.duties import (
    DutyClosed,
    cancel_duty,
    complete_duty,
    escalate_due,
    give_breach_reason,
    move_duties,
    note_export,
    open_duty,
    reopen_duty,
    take_evidence_back,
)
from nuantu.operations.services.following import VersionMoved, follow_parent
from nuantu.operations.services.handovers import (
    HandoverRefused,
    accept_handover,
    decline_handover,
    offer_handover,
    withdraw_handover,
)
from nuantu.operations.services.levels import set_level
from nuantu.operations.services.plans import start_plan
from nuantu.operations.services.recurring import open_recurring
from nuantu.operations.services.roster import (
    cancel_watch,
    flag_gaps,
    give_watch,
    put_on_watch,
    restore_watch,
    take_watch,
)
from nuantu.operations.services.teams import make_team, plan_shift

__all__ = [
    "READ_JOB",
    "DraftMoved",
    "DutyClosed",
    "HandoverRefused",
    "PlanRefused",
    "VersionMoved",
    "accept_entry",
    "accept_handover",
    "adopt_draft",
    "bring",
    "cancel_duty",
    "cancel_watch",
    "change_plan",
    "close_plan",
    "complete_duty",
    "correct_entry",
    "decline_handover",
    "drafted",
    "drop_document",
    "escalate_due",
    "flag_gaps",
    "follow_parent",
    "give_breach_reason",
    "give_watch",
    "make_team",
    "move_duties",
    "note_export",
    "offer_handover",
    "open_duty",
    "open_recurring",
    "plan_shift",
    "put_on_watch",
    "read_again",
    "read_waiting",
    "reopen_duty",
    "restore_watch",
    "set_level",
    "start_plan",
    "summarise_ended",
    "take_document",
    "take_evidence_back",
    "take_watch",
    "withdraw_handover",
    "write_draft",
]
