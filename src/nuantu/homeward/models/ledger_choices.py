"""Words that the prevention ledger is put down in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Risk(models.TextChoices):
    """How likely somebody is lost, or on the street, again."""

    HIGH = "high", _("高")
    MIDDLE = "middle", _("中")
    LOW = "low", _("低")


class Family(models.TextChoices):
    """Who looks after him at home."""

    CARES = "cares", _("有家人照看")
    WEAK = "weak", _("家人照看不了")
    NONE = "none", _("没有家人")
    LOCKS = "locks", _("被家人关锁")
    UNKNOWN = "unknown", _("还不清楚")


class Card(models.TextChoices):
    """Whether he has a disability card."""

    HAS = "has", _("有残疾人证")
    MISSING = "missing", _("应办未办")
    NOT_NEEDED = "not_needed", _("不需要")
    UNKNOWN = "unknown", _("还不清楚")


class Band(models.TextChoices):
    """What he or his guardian said to a wristband."""

    NOT_ASKED = "not_asked", _("没有问过")
    REFUSED = "refused", _("不愿佩戴")
    ISSUED = "issued", _("已发放")


class How(models.TextChoices):
    """How a revisit was made (F-25)."""

    HOME = "home", _("上门")
    PHONE = "phone", _("电话")
    VILLAGE = "village", _("委托村居")


class Found(models.TextChoices):
    """How he was found at a revisit."""

    MET = "met", _("见到或联系到本人")
    ABSENT = "absent", _("没有见到")
    MISSING = "missing", _("下落不明")


class Work(models.TextChoices):
    """Whether he works (P14-24)."""

    WORKS = "works", _("有工作")
    FARMS = "farms", _("务农")
    SEEKS = "seeks", _("想找工作")
    UNABLE = "unable", _("不能劳动")
    SCHOOL = "school", _("上学")
    UNKNOWN = "unknown", _("没有问到")


class Measure(models.TextChoices):
    """What he receives already (F-25)."""

    DIBAO = "dibao", _("低保")
    TEKUN = "tekun", _("特困供养")
    TEMPORARY = "temporary", _("临时救助")
    MEDICAL = "medical", _("医疗救助或医保")
    DISABILITY = "disability", _("残疾人补贴")
    JOB = "job", _("就业帮扶")
    OTHER = "other", _("其他")


class HelpKind(models.TextChoices):
    """What is arranged so that he stays."""

    CARD = "card", _("办残疾人证")
    ASSISTANCE = "assistance", _("申请社会救助")
    SCHOOL = "school", _("就学复学")
    TRAINING = "training", _("就业培训")
    TREATMENT = "treatment", _("治疗或服药")
    GUARDIAN = "guardian", _("落实监护或照料")


class HelpStep(models.TextChoices):
    """How far it is; the disability card goes through all of them (P14-26), the others skip."""

    BEGUN = "begun", _("已联系经办单位")
    EXAMINED = "examined", _("已陪同到医院诊断")
    APPLIED = "applied", _("已陪同到窗口申请")
    DECIDED = "decided", _("已评定或已批准")
    ISSUED = "issued", _("已领到或已落实")
    REFUSED = "refused", _("未批准")
    DROPPED = "dropped", _("本人不愿意")


class EndedWhy(models.TextChoices):
    """Why somebody is no longer in the ledger."""

    STEADY = "steady", _("已稳定，不再有风险")
    MOVED = "moved", _("迁往外地，已告知当地")
    DIED = "died", _("死亡")
    MISTAKE = "mistake", _("登记错误")


class AlertKind(models.TextChoices):
    """What happened to somebody of the ledger at another organisation."""

    MET = "met", _("街面遇见")
    TAKEN_IN = "taken_in", _("入站救助")
    NAMED = "named", _("查明身份")
