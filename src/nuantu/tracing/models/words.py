"""Words that the search for who somebody is is put down in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FragmentKind(models.TextChoices):
    """What a fragment may tell of."""

    OWN_NAME = "own_name", _("自己的名字")
    NICKNAME = "nickname", _("小名、外号")
    HOME = "home", _("家在哪里")
    PLACE = "place", _("到过、提到的地方")
    KIN = "kin", _("亲人的名字、称呼")
    SCHOOL = "school", _("上过的学")
    WORK = "work", _("干过的活、单位")
    ACCENT = "accent", _("口音、方言用词")
    OTHER = "other", _("别的话")


class SaidBy(models.TextChoices):
    """From whose mouth a fragment came."""

    SELF = "self", _("本人说的")
    RESIDENT = "resident", _("其他在站人员说的")
    STAFF = "staff", _("工作人员看出、听出的")
    OUTSIDER = "outsider", _("站外的人说的")


class StepAnswer(models.TextChoices):
    """What came of a step."""

    NONE = "", _("还没有结果")
    FOUND = "found", _("有线索")
    NOTHING = "nothing", _("没有结果")
    IMPOSSIBLE = "impossible", _("没法办")
    ASKED = "asked", _("已提出，答复另记")


class RequestKind(models.TextChoices):
    """What another body is asked to look for. Only the question and the answer are kept (ID-08)."""

    IDENTITY = "identity", _("身份核查")
    PORTRAIT = "portrait", _("人像比对")
    FINGERPRINT = "fingerprint", _("指纹比对")
    DNA = "dna", _("DNA采样比对")
    MISSING = "missing", _("失踪人口、走失报警核查")
    HOME = "home", _("到家乡核实")
    RECORDS = "records", _("查救助记录")


class AskedOf(models.TextChoices):
    """What kind of body is asked."""

    POLICE = "police", _("公安机关")
    STATION = "station", _("其他救助管理机构")
    CIVIL_AFFAIRS = "civil_affairs", _("民政部门")
    OTHER = "other", _("村、居委会等其他单位")


class Way(models.TextChoices):
    """How a request or its answer went."""

    PAPER = "paper", _("公函")
    MESSAGE = "message", _("系统消息、短信、微信")
    PHONE = "phone", _("电话")
    FAX = "fax", _("传真、邮件")
    IN_PERSON = "in_person", _("当面")


class LineKind(models.TextChoices):
    """What happened with a request."""

    SENT = "sent", _("发出")
    REMINDED = "reminded", _("催问")
    ASKS_BACK = "asks_back", _("对方反问")
    REPLIED = "replied", _("已回复对方")
    TOLD = "told", _("对方已答复，结果待登记")
    FOUND = "found", _("查到")
    NOTHING = "nothing", _("没有查到")
    IMPOSSIBLE = "impossible", _("没法查")
    WITHDRAWN = "withdrawn", _("撤回")


ANSWERS = (LineKind.FOUND, LineKind.NOTHING, LineKind.IMPOSSIBLE)
