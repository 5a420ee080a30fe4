"""What letters ask, how far they are, and what happens with them."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """Which side's copy it is."""

    OUT = "out", _("发出")
    IN = "in", _("收到")


class Kind(models.TextChoices):
    """What a letter asks."""

    TAKE = "take", _("请接回或接收")
    ADDRESS = "address", _("请核实住址和亲属")
    ARRIVAL = "arrival", _("请确认到达")
    IDENTITY = "identity", _("请协助查明身份")
    REPORT = "report", _("请提供寻人登记")
    CARRY = "carry", _("请协调督促答复")
    OTHER = "other", _("其他")


class Means(models.TextChoices):
    """How a letter goes to the other organisation."""

    NUANTU = "nuantu", _("本系统")
    PAPER = "paper", _("纸质公函")
    FILE = "file", _("签名文件")


class State(models.TextChoices):
    """How far a letter is."""

    WAITING = "waiting", _("等答复")
    ASKS_BACK = "asks_back", _("对方在等我们回复")
    ANSWERED = "answered", _("已答复")
    WITHDRAWN = "withdrawn", _("已撤回")


class Answer(models.TextChoices):
    """What was answered."""

    YES = "yes", _("同意")
    NO = "no", _("不同意")
    FACT = "fact", _("告知情况")


class Event(models.TextChoices):
    """What happened with a letter."""

    SENT = "sent", _("发函")
    READ = "read", _("对方已读")
    REMINDED = "reminded", _("催办")
    ASKED_BACK = "asked_back", _("反问")
    REPLIED = "replied", _("回复反问")
    ANSWERED = "answered", _("答复")
    WITHDRAWN = "withdrawn", _("撤回")
    CARRIED = "carried", _("上报协调")
    WAITS = "waits", _("告知接站地点")
    ARRIVED = "arrived", _("确认到达")
    FILED = "filed", _("存成文件")
    ERASED = "erased", _("内容到期删除")


# letters about somebody who comes to the receiver
TAKING: Final = (Kind.TAKE, Kind.ARRIVAL)
# in the place of an answer a file may say that they must know more first
ASK: Final = "ask"
# what happened, in other words than its deed: on either side, and on the receiver's own copy
TOLD: Final = {
    Event.REMINDED: _("已催办"),
    Event.ASKED_BACK: _("已反问"),
    Event.REPLIED: _("已回复反问"),
    Event.WITHDRAWN: _("已撤回"),
    Event.CARRIED: _("已上报协调"),
    Event.WAITS: _("已告知接站地点"),
    Event.ARRIVED: _("已确认到达"),
    Event.FILED: _("已存成文件"),
}
TOLD_HERE: Final = {**TOLD, Event.READ: _("我们已读")}
OPEN: Final = (State.WAITING, State.ASKS_BACK)
# to what a plain yes or no is an answer; the others are answered by a fact
ANSWERS_TO: Final[Mapping[str, tuple[Answer, ...]]] = {
    Kind.TAKE: (Answer.YES, Answer.NO),
    Kind.ADDRESS: (Answer.FACT, Answer.NO),
    Kind.ARRIVAL: (Answer.FACT, Answer.NO),
    Kind.IDENTITY: (Answer.FACT, Answer.NO),
    Kind.REPORT: (Answer.YES, Answer.FACT, Answer.NO),
    Kind.CARRY: (Answer.YES, Answer.FACT, Answer.NO),
    Kind.OTHER: (Answer.YES, Answer.FACT, Answer.NO),
}
