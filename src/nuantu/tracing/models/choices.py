"""Words that missing-person reports are put down in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Who told of the missing person."""

    FAMILY = "family", _("家属、亲友")
    POLICE = "police", _("公安机关")
    STATION = "station", _("其他救助管理机构")
    IMPORT = "import", _("文件导入")


class State(models.TextChoices):
    """Whether he is still searched; a report is closed by a person, never by a clock."""

    OPEN = "open", _("寻找中")
    FOUND = "found", _("已找到")
    WITHDRAWN = "withdrawn", _("已撤回同意")
    EXPIRED = "expired", _("同意到期未续")


class Precision(models.TextChoices):
    """How much of the day of loss is known."""

    DAY = "day", _("到日")
    MONTH = "month", _("到月")
    YEAR = "year", _("到年")


class Mark(models.TextChoices):
    """Marks by which somebody is told from others."""

    SCAR_FACE = "scar_face", _("脸上有疤")
    SCAR_BODY = "scar_body", _("身上有疤")
    SURGERY = "surgery_scar", _("手术疤痕")
    MOLE = "mole", _("痣、胎记")
    TATTOO = "tattoo", _("纹身")
    FINGER = "missing_finger", _("缺手指或脚趾")
    LIMB = "missing_limb", _("缺手或缺腿")
    LIMP = "limp", _("走路跛")
    HUNCH = "hunched_back", _("驼背")
    EYE = "blind_eye", _("一眼或双眼看不见")
    EAR = "ear_damaged", _("耳朵残缺")
    LIP = "cleft_lip", _("兔唇或唇裂")
    TEETH = "teeth", _("缺牙、镶牙")
    BALD = "bald", _("秃顶")
    DEAF = "deaf", _("听不见")
    MUTE = "mute", _("不会说话")
    STAMMER = "stammer", _("口吃")


class DangerMark(models.TextChoices):
    """Why telling the searcher may harm."""

    VIOLENCE = "domestic_violence", _("可能有家庭暴力")
    TRAFFICKING = "trafficking", _("可能被拐卖")
    SEARCHER = "searcher_may_harm", _("寻亲人可能就是伤害他的人")


class ConsentWay(models.TextChoices):
    """By what the searcher agreed."""

    WRITTEN = "written", _("书面签字")
    SPOKEN = "spoken", _("当面口头")
    PHONE = "phone", _("电话")
    MESSAGE = "message", _("短信、微信")
    BODY = "source_body", _("来源单位已取得同意")


class Purpose(models.TextChoices):
    """What the searcher agreed to."""

    COMPARE = "compare", _("和站内身份不明的人比对")
    PUBLISH = "publish", _("发布寻亲信息")
    SHARE = "share", _("提供给公安和其他救助机构")
    CONTACT = "contact", _("有线索时联系寻亲人")


class MatchState(models.TextChoices):
    """What became of a suspected match."""

    OPEN = "open", _("疑似匹配")
    PROPOSED = "proposed", _("待第二人确认")
    CONFIRMED = "confirmed", _("已确认")
    REJECTED = "rejected", _("已排除")
    FADED = "faded", _("不再相像")
    ENDED = "ended", _("一方已了结")


class CheckKind(models.TextChoices):
    """What is checked before anybody says that a person is whom a family misses."""

    WILLING = "willing", _("单独问本人：愿不愿意让家里知道")
    QUESTION = "question", _("只有家人答得出的问题")
    PHOTO_PERSON = "photo_person", _("给本人看寻亲人的照片")
    PHOTO_FAMILY = "photo_family", _("给寻亲人看本人的照片")
    DNA = "dna", _("DNA比对（公安）")
    POLICE = "police", _("公安核实")


class CheckResult(models.TextChoices):
    """How a check came out."""

    FITS = "fits", _("对得上")
    UNSURE = "unsure", _("说不准")
    CONTRADICTS = "contradicts", _("对不上")
    NOT_DONE = "not_done", _("做不了")


class FoundBy(models.TextChoices):
    """By what somebody was found (ID-12)."""

    MATCH = "match", _("比对寻人登记")
    NOTICE = "notice", _("寻亲公告")
    DNA = "dna", _("DNA比对")
    POLICE = "police", _("公安核查")
    TALK = "talk", _("谈话线索")
    LEAD = "lead", _("公众线索")
    DOCUMENTS = "documents", _("证件、物品")
    RECORDS = "records", _("救助、接待记录")
    OTHER = "other", _("其他")
