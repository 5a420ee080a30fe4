"""Pages of health work."""

from nuantu.stays.views.health.caring import (
    answer_ask,
    arrive,
    ask,
    begin_care,
    care,
    end_care,
    follower,
    found,
    gone,
    news,
    tell,
)
from nuantu.stays.views.health.records import board, open_record, record, screen

__all__ = [
    "answer_ask",
    "arrive",
    "ask",
    "begin_care",
    "board",
    "care",
    "end_care",
    "follower",
    "found",
    "gone",
    "news",
    "open_record",
    "record",
    "screen",
    "tell",
]
