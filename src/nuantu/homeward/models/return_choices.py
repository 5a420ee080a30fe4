"""How somebody goes home, and what happens on the way, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Way(models.TextChoices):
    """By which way somebody goes home; the names are those of leaving a stay."""

    SELF = "self", _("自行返乡（发票证）")
    RELATIVES = "relatives", _("亲属接领")
    FETCHED = "fetched", _("流出地接回")
    ESCORTED = "escorted", _("护送返回")
    STATION = "station", _("半程移交外省救助站")


class State(models.TextChoices):
    """How far a return plan is."""

    PLANNED = "planned", _("安排中")
    UNDER_WAY = "under_way", _("在途")
    ARRIVED = "arrived", _("已到达")
    LOST = "lost", _("途中走失")
    CALLED_OFF = "called_off", _("已取消")


class Means(models.TextChoices):
    """By what somebody travels a leg."""

    TRAIN = "train", _("火车")
    COACH = "coach", _("客车")
    SHIP = "ship", _("轮船")
    CAR = "car", _("救助车辆")
    PLANE = "plane", _("飞机")


class Ticket(models.TextChoices):
    """Where the ticket or voucher of a leg is."""

    NONE = "none", _("未购")
    BOUGHT = "bought", _("已购")
    HANDED = "handed", _("已交本人或护送人")
    REFUNDED = "refunded", _("已退")


class Payer(models.TextChoices):
    """Who bears a cost."""

    HERE = "here", _("本地救助经费")
    HOME = "home", _("流出地")
    RELATIVES = "relatives", _("亲属")
    OTHER = "other", _("其他")


class Head(models.TextChoices):
    """What a cost is for."""

    FARE = "fare", _("车船票")
    MEALS = "meals", _("途中伙食")
    LODGING = "lodging", _("途中住宿")
    STAFF = "staff", _("护送人员差旅")
    OTHER = "other", _("其他")


class Halt(models.TextChoices):
    """What keeps a whole journey back."""

    EPIDEMIC = "epidemic", _("疫情防控限制返乡")
    ROAD = "road", _("道路或车次中断")
    WEATHER = "weather", _("极端天气")
    HOME = "home", _("流出地不接收")


class Event(models.TextChoices):
    """What happened with somebody who goes home."""

    DEPARTED = "departed", pgettext_lazy("return", "出发")
    WELL = "well", _("途中联系，平安")
    ILL = "ill", _("途中患病")
    RAN_AWAY = "ran_away", _("途中走失或自行离开")
    WRONG_ADDRESS = "wrong_address", _("地址不对，找不到家")
    NO_FAMILY = "no_family", _("家属没有到站接")
    OVERDUE = "overdue", _("到达时间已过，没有消息")
    ARRIVED = "arrived", _("到达")
    FOUND = "found", _("走失后找到")


class Heard(models.TextChoices):
    """How an arrival was confirmed."""

    PHONE = "phone", _("电话")
    MESSAGE = "message", _("短信、微信或函")
    SHEET = "sheet", _("签收的交接单")
    SEEN = "seen", _("护送人员当面")
