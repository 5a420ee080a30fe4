"""Words that wearers, wristbands and alarms are put down in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stock(models.TextChoices):
    """Where a wristband is."""

    IN_STORE = "in_store", _("在库")
    WORN = "worn", _("佩戴中")
    RETURNED = "returned", _("已归还，待检查")
    LOST = "lost", _("丢失")
    BROKEN = "broken", _("损坏")


class Purpose(models.TextChoices):
    """What a wearer or his guardian agrees to, each by itself (PI-03)."""

    LOCATE = "locate", _("收集位置，走失时寻找")
    FENCE = "fence", _("围栏和异常提醒")
    SHARE = "share", _("走失时把位置告诉公安和寻找的队伍")


class Giver(models.TextChoices):
    """Who agreed."""

    SELF = "self", _("本人")
    GUARDIAN = "guardian", _("监护人")


class HowEnded(models.TextChoices):
    """How a consent came to its end before its last day."""

    RENEWED = "renewed", _("已重新登记")
    WITHDRAWN = "withdrawn", _("已撤回")
    BARRED = "barred", _("同意人不能代为同意")


class AlarmKind(models.TextChoices):
    """What needs a human."""

    SOS = "sos", _("本人呼救")
    FALL = "fall", _("跌倒")
    OUTSIDE = "outside", _("不在围栏内")
    REMOVED = "removed", _("手环被摘下")
    SILENT = "silent", _("长时间没有信号")
    LOW_BATTERY = "low_battery", _("电量低")
    STILL = "still", _("长时间没有移动")
    CLOCK = "clock", _("手环时钟差8小时")


class Outcome(models.TextChoices):
    """What a human found."""

    HELPED = "helped", _("已联系，人没事")
    DISPATCHED = "dispatched", _("已转派单寻找")
    FALSE_ALARM = "false_alarm", _("误报")
    MENDED = "mended", _("设备问题，已处理")
    PASSED = "passed", _("自行恢复")
    VOID = "void", _("戴错人，作废")


class KeyEnd(models.TextChoices):
    """Why a track key was destroyed."""

    TERM = "term", _("保存期满")
    WITHDRAWN = "withdrawn", _("撤回同意")
    ERASED = "erased", _("个案删除")
    LOST = "lost", _("密钥文件已不在")
    WRONG = "wrong", _("戴错人")
