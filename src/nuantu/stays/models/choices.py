"""Who fits where, how people come and go, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ZoneSex(models.TextChoices):
    """Whom a zone takes; `any` is for single rooms, families and people whose sex is not known."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")
    ANY = "any", _("不分")


class ZoneAges(models.TextChoices):
    """Adults and minors live apart (ST-02)."""

    ADULT = "adult", _("成年")
    MINOR = "minor", _("未成年")
    ANY = "any", _("不分")


class Health(models.TextChoices):
    """Where somebody belongs by health: an isolated person never shares a zone with others."""

    GENERAL = "general", _("一般")
    OBSERVATION = "observation", _("观察")
    ISOLATION = "isolation", _("隔离")


class ArrivalMode(models.TextChoices):
    """How somebody came to the door (F-06)."""

    SELF = "self", _("自行来站")
    TEAM = "team", _("救助队护送")
    POLICE = "police", _("公安护送")
    URBAN = "urban", _("城管护送")
    PUBLIC = "public", _("群众护送")
    GUIDED = "guided", _("街面引导")
    HOSPITAL = "hospital", _("医院转来")
    STATION = "station", _("他站转入")


class CareLevel(models.TextChoices):
    """How much help somebody needs in daily life (ST-07)."""

    SELF = "self", _("自理")
    PARTLY = "partly", _("部分自理")
    FULL = "full", _("不能自理")


class Diet(models.TextChoices):
    """What somebody may eat (ST-05)."""

    GENERAL = "general", _("一般")
    HALAL = "halal", _("清真")
    CHILD = "child", _("未成年")
    ELDERLY = "elderly", _("老年")
    PATIENT = "patient", _("病号")


class Way(models.TextChoices):
    """How a stay ends (F-09)."""

    SELF = "self", _("自行离站")
    RELATIVES = "relatives", _("亲属接领")
    EMPLOYER = "employer", _("单位接领")
    FETCHED = "fetched", _("流出地接回")
    ESCORTED = "escorted", _("护送返回")
    STATION = "station", _("转他站")
    POLICE = "police", _("移交公安")
    SETTLED = "settled", _("安置")
    FOSTER = "foster", _("转托养机构")
    FOSTER_FAMILY = "foster_family", _("家庭寄养")
    ENDED = "ended", _("终止救助")
    UNANNOUNCED = "left_without_notice", _("擅自离站")
    DIED = "died", _("死亡")
