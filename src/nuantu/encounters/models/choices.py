"""What can be seen, offered and come of a contact, in words."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

# Kinds of duties that stay with the organisation that acted, also when the case changes hands.
APPROVE_DUTY: Final = "encounter.approve"
REVIEW_DUTY: Final = "encounter.review"


class Condition(models.TextChoices):
    """What a team sees, the most urgent first."""

    UNCONSCIOUS = "unconscious", _("叫不醒")
    BREATHLESS = "breathless", _("呼吸困难")
    BLEEDING = "bleeding", _("流血、外伤")
    FROZEN = "frozen", _("冻僵、失温")
    FEVERISH = "feverish", _("发烧")
    IN_PAIN = "in_pain", _("剧痛、抽搐")
    INFECTIOUS = "infectious", _("疑似传染病")
    SUICIDAL = "suicidal", _("说要轻生")
    VIOLENT = "violent", _("伤人、毁物")
    COERCED = "coerced", _("疑似被拐、被胁迫")
    CONFUSED = "confused", _("神志不清、答非所问")
    DRUNK = "drunk", _("醉酒")
    UNWELL = "unwell", _("身体不舒服")
    IMMOBILE = "immobile", _("行动不便")
    DISABLED = "disabled", _("残疾")
    WITH_CHILD = "with_child", _("带着孩子")
    THIN_CLOTHES = "thin_clothes", _("衣着单薄")
    WET = "wet", _("衣服潮湿")
    HUNGRY = "hungry", _("饥饿")
    BEGGING = "begging", _("在乞讨")
    CALM = "calm", _("状况平稳")


class Capacity(models.TextChoices):
    """Whether the person can decide for himself, as the team sees it."""

    CAPABLE = "capable", _("能自己作主")
    DOUBTFUL = "doubtful", _("说不准")
    INCAPABLE = "incapable", _("不能自己作主")


class Outcome(models.TextChoices):
    """How the contact ended (PA-06, F-04)."""

    STATION = "to_station", _("护送入站")
    HOSPITAL = "hospital", _("送医")
    POLICE = "police", _("移交公安")
    ON_SPOT = "helped_on_spot", _("现场救助")
    GOODS = "goods_only", _("只要物资")
    SELF = "self_return", _("自行返家")
    REFUSED = "refused", _("拒绝救助")


class OfferCode(models.TextChoices):
    """What can be offered; the plan says in which order (X64)."""

    STATION = "station", _("去救助站")
    LODGING = "temporary_lodging", _("临时住宿")
    POINT = "temporary_point", _("临时救助点")
    GUIDANCE = "street_guidance", _("街头疏导、帮助联系")
    GOODS = "goods", _("御寒物资、食品")
