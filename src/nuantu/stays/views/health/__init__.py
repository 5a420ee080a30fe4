"""Pages of health work."""

from nuantu.stays.views.health.billing import (
    bill,
    correct,
    dispute,
    new_bill,
    send_back,
    share,
)
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
    "bill",
    "board",
    "care",
    "correct",
    "dispute",
    "end_care",
    "follower",
    "found",
    "gone",
    "new_bill",
    "news",
    "open_record",
    "record",
    "screen",
    "send_back",
    "share",
    "tell",
]
