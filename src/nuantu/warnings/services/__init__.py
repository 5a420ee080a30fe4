"""What people, feeds and clocks can make happen with warnings."""

from nuantu.warnings.services.duties import owe_of_the_day
from nuantu.warnings.services.ending import (
    NotWaiting,
    acknowledge,
    acknowledge_all,
    confirm_end,
    confirm_end_all,
)
from nuantu.warnings.services.feeds import alarm_silent_feeds
from nuantu.warnings.services.folder import take_folder
from nuantu.warnings.services.points import settle_points
from nuantu.warnings.services.reading import MessageUnreadable, read, why_words
from nuantu.warnings.services.settling import settle, settle_due, settle_running
from nuantu.warnings.services.taking import Taken, take_message, take_messages
from nuantu.warnings.services.unread import settle_unread

__all__ = [
    "MessageUnreadable",
    "NotWaiting",
    "Taken",
    "acknowledge",
    "acknowledge_all",
    "alarm_silent_feeds",
    "confirm_end",
    "confirm_end_all",
    "owe_of_the_day",
    "read",
    "settle",
    "settle_due",
    "settle_points",
    "settle_running",
    "settle_unread",
    "take_folder",
    "take_message",
    "take_messages",
    "why_words",
]
