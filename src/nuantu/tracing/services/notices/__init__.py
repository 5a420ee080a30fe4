"""What happens with tracing notices: drafted, approved, sent, refreshed, withdrawn; leads judged."""

from nuantu.tracing.services.notices.approving import approve, ask_approval, give_back
from nuantu.tracing.services.notices.channels import add_channel, open_or_close_channel
from nuantu.tracing.services.notices.drafting import (
    Photo,
    Text,
    correct_draft,
    draft_next,
    draft_notice,
)
from nuantu.tracing.services.notices.forgetting import forget_photos
from nuantu.tracing.services.notices.holding import NoticeRefused
from nuantu.tracing.services.notices.leads import Clue, Told, judge_lead, note_source, take_lead
from nuantu.tracing.services.notices.lines import NOTICE, POSTING, note_export
from nuantu.tracing.services.notices.looking import note_print, note_read
from nuantu.tracing.services.notices.posting import (
    Proof,
    Sent,
    replace_posting,
    say_failed,
    send,
    stands_again,
    take_down,
)
from nuantu.tracing.services.notices.refreshing import REFRESH, confirm_unchanged
from nuantu.tracing.services.notices.watching import look_again, watch_notices
from nuantu.tracing.services.notices.withdrawing import REPLACE, TAKE_DOWN, withdraw_notices

__all__ = [
    "NOTICE",
    "POSTING",
    "REFRESH",
    "REPLACE",
    "TAKE_DOWN",
    "Clue",
    "NoticeRefused",
    "Photo",
    "Proof",
    "Sent",
    "Text",
    "Told",
    "add_channel",
    "approve",
    "ask_approval",
    "confirm_unchanged",
    "correct_draft",
    "draft_next",
    "draft_notice",
    "forget_photos",
    "give_back",
    "judge_lead",
    "look_again",
    "note_export",
    "note_print",
    "note_read",
    "note_source",
    "open_or_close_channel",
    "replace_posting",
    "say_failed",
    "send",
    "stands_again",
    "take_down",
    "take_lead",
    "watch_notices",
    "withdraw_notices",
]
