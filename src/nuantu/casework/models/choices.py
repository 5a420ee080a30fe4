"""Words that casework is put down in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    """On what a plan rests."""

    CONSENT = "consent", _("本人同意")
    GUARDIAN = "guardian", _("监护人同意")
    LAW = "law", _("法定职责")


class Outcome(models.TextChoices):
    """How a plan ended."""

    REACHED = "reached", _("目标达到")
    PARTLY = "partly", _("部分达到")
    REFERRED = "referred", _("转给别的机构继续")
    STOPPED = "stopped", _("本人不愿继续")
    LOST = "lost", _("多次联系不上")
    DIED = "died", _("死亡")


class Area(models.TextChoices):
    """What a goal is about (P1-14, P14-13)."""

    MOOD = "mood", _("情绪、心理")
    BEHAVIOUR = "behaviour", _("行为改变")
    NETWORK = "network", _("支持网络")
    LEGAL = "legal", _("法律、权益")
    HEALTH = "health", _("看病、用药")
    LIVING = "living", _("住处、生活")
    WORK = "work", _("上学、就业")


class GoalState(models.TextChoices):
    """How far a goal is."""

    OPEN = "open", _("进行中")
    REACHED = "reached", _("达到")
    PARTLY = "partly", _("部分达到")
    DROPPED = "dropped", _("放下")


class SessionKind(models.TextChoices):
    """What a session was (P1-14)."""

    TALK = "talk", _("谈话")
    COUNSELLING = "counselling", _("心理疏导")
    BEHAVIOUR = "behaviour", _("行为矫治")
    COMFORT = "comfort", _("精神慰藉")
    LEGAL = "legal", _("法律咨询")
    FAMILY = "family", _("联系家人")


class SessionPlace(models.TextChoices):
    """Where a session was."""

    STREET = "street", _("街面")
    STATION = "station", _("站内")
    HOSPITAL = "hospital", _("医院")
    HOME = "home", _("家里、住处")
    PHONE = "phone", _("电话")


class RiskKind(models.TextChoices):
    """What is at stake."""

    SUICIDE = "suicide", _("轻生")
    SELF_HARM = "self_harm", _("自伤")
    HOME_VIOLENCE = "home_violence", _("家庭暴力")
    HARMED = "harmed", _("被他人伤害")


class Urgency(models.TextChoices):
    """How soon something must be done."""

    IMMEDIATE = "immediate", _("现在就有危险")
    HIGH = "high", _("几天之内可能出事")
    WATCH = "watch", _("留意")


class RiskSign(models.TextChoices):
    """What was seen or said."""

    SAYS = "says", _("自己说出来的")
    PLAN = "plan", _("说得出怎么做")
    MEANS = "means", _("手边有工具、药物")
    EARLIER = "earlier", _("以前有过")
    FAREWELL = "farewell", _("告别、送掉东西")
    ALONE = "alone", _("没有人可以说话")
    DRUNK = "drunk", _("喝了酒")
    INJURED = "injured", _("身上有伤")
    AFRAID = "afraid", _("怕回家、怕某个人")
    THREATENED = "threatened", _("有人威胁、在找他")


class ReferralKind(models.TextChoices):
    """To whom a person is referred (P1-14)."""

    COUNSELLOR = "counsellor", _("心理咨询")
    HOSPITAL = "hospital", _("医院")
    LEGAL_AID = "legal_aid", _("法律援助")
    SCHOOL = "school", _("学校、教育局")
    DISABLED = "disabled", _("残联")
    OTHER = "other", _("其他")


class Reach(models.TextChoices):
    """What may be said to his family, or asked of it (X58)."""

    SAFE = "safe", _("报平安，不说在哪里")
    WHERE = "where", _("告诉现在在哪里")
    TALK = "talk", _("通电话、见面")
    FETCH = "fetch", _("来接")


class FamilyAnswer(models.TextChoices):
    """What he said when he was asked about his family."""

    AGREES = "agrees", _("同意")
    REFUSES = "refuses", _("不同意")


class FamilyBasis(models.TextChoices):
    """Who answered for contact with the family."""

    OWN = "own", _("本人")
    GUARDIAN = "guardian", _("监护人")
    DANGER = "danger", _("生命危险，来不及问")
