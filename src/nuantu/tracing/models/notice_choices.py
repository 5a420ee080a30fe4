"""Words that tracing notices are put down in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyState(models.TextChoices):
    """How healthy he looks; an illness has no name in a notice (PI-15)."""

    WELL = "well", _("看起来健康")
    WEAK = "weak", _("体弱")
    HURT = "hurt", _("有伤")
    MOVES_BADLY = "moves_badly", _("行动不便")
    SEES_BADLY = "sees_badly", _("看不清或看不见")
    HEARS_BADLY = "hears_badly", _("听力或说话有困难")
    UNKNOWN = "unknown", _("不详")


class Intellect(models.TextChoices):
    """How much he understands, as far as anybody can tell by talking."""

    USUAL = "usual", _("能正常交流")
    SLOW = "slow", _("理解、表达有困难")
    UNKNOWN = "unknown", _("不详")


class MentalState(models.TextChoices):
    """How he behaves, in words of a passer-by."""

    CALM = "calm", _("平静")
    CONFUSED = "confused", _("糊涂，说不清自己是谁")
    UNSETTLED = "unsettled", _("情绪不稳")
    UNKNOWN = "unknown", _("不详")


class WithdrawalCause(models.TextChoices):
    """Why a tracing notice is withdrawn everywhere (F-10)."""

    IDENTIFIED = "identified", _("身份已查明")
    DIED = "died", _("本人死亡")
    OBJECTION = "objection", _("本人或监护人不同意")
    DANGER = "danger", _("继续发布有危险")
    MISTAKE = "mistake", _("公告有误")
    OTHER = "other", _("其他原因")


class ChannelForm(models.TextChoices):
    """By what a channel reaches people."""

    SITE = "site", _("网站")
    APP = "app", _("新闻客户端、短视频")
    WECHAT = "wechat", _("微信公众号、微信群")
    PAPER = "paper", _("报纸")
    RADIO = "radio", _("广播、电视")
    WALL = "wall", _("张贴")
    OWN = "own", _("本系统的公开页面")
