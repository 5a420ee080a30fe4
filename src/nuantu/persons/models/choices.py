"""Words that people and facts are put down in."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.core import scope


class Sex(models.TextChoices):
    """Unknown is an answer of its own; nobody guesses it away (TR-07)."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")
    UNKNOWN = "unknown", _("不详")


class Certainty(models.TextChoices):
    """How sure one is of something that was put down."""

    CLAIMED = "claimed", _("自述")
    ESTIMATED = "estimated", _("估计")
    VERIFIED = "verified", _("已核实")


class FactKind(models.TextChoices):
    """What can be known of somebody."""

    NAME = "name", _("姓名")
    ALIAS = "alias", _("别名、小名")
    ID_NUMBER = "id_number", _("身份证号")
    BIRTH_DATE = "birth_date", _("出生日期")
    PHONE = "phone", _("本人电话")
    FAMILY_CONTACT = "family_contact", _("亲属联系方式")
    HOME_ADDRESS = "home_address", _("家庭住址")
    ORIGIN = "origin", _("来自哪里")
    ACCENT = "accent", _("口音、语言")
    CAUSE = "cause", _("流浪原因")
    HEALTH = "health", _("健康状况")
    DIAGNOSIS = "diagnosis", _("诊断")
    MENTAL_STATE = "mental_state", _("精神状态")
    CLOTHING = "clothing", _("衣着")
    FEATURES = "features", _("体貌特征")
    BELONGINGS = "belongings", _("随身物品")
    NEEDS = "needs", _("需要什么")
    OTHER = "other", _("其他")


SEALED_KINDS = (
    FactKind.ID_NUMBER,
    FactKind.PHONE,
    FactKind.FAMILY_CONTACT,
    FactKind.HOME_ADDRESS,
    FactKind.DIAGNOSIS,
)

# What tells who somebody is: hidden with a restricted record, and sealed in the journal, because
# a line outlives a later restriction.
TELLING_KINDS = (FactKind.NAME, FactKind.ALIAS, FactKind.FEATURES)
# What can be compared with what somebody tells of a person he misses.
COMPARED_KINDS = (
    FactKind.NAME,
    FactKind.ALIAS,
    FactKind.ORIGIN,
    FactKind.ACCENT,
    FactKind.FEATURES,
    FactKind.OTHER,
)


class ClassCode(models.TextChoices):
    """Classes by the names of the glossary; the plan book knows the same codes."""

    ROUGH_SLEEPER = "rough_sleeper", _("一般露宿人员")
    MINOR = "minor", _("未成年人")
    CRITICALLY_ILL = "critically_ill_person", _("危重病人")
    SUDDEN_ILLNESS = "sudden_illness", _("突发急病")
    MENTAL_DISORDER = "suspected_mental_disorder", _("疑似精神障碍")
    INFECTIOUS = "infectious_patient", _("传染病人")
    DANGER = "danger", _("有危险")
    SUICIDE_RISK = "suicide_risk", _("有轻生念头")
    DOMESTIC_VIOLENCE = "domestic_violence", _("遭受家庭暴力")
    TRAFFICKED = "trafficked", _("被拐卖人员")
    ELDERLY = "elderly", _("老年人")
    DISABLED = "disabled", _("残疾人")
    SEVERELY_DISABLED = "severely_disabled_person", _("重残人员")
    HARD_TO_MOVE = "hard_to_move", _("行动不便")
    INTELLECTUAL = "intellectual_disability", _("智力障碍")
    DRUNK = "drunk", _("醉酒")
    WOMAN_ALONE = "woman_alone", _("单身女性")
    FAMILY = "family_with_children", _("带孩子的家庭")
    SUDDEN_TROUBLE = "person_in_sudden_trouble", _("临时遇困人员")
    REPEAT = "repeat_street_person", _("反复流浪")
    EASILY_LOST = "easily_lost_person", _("易走失人员")
    UNIDENTIFIED = "stranded_unidentified_person", _("身份不明滞留")
    NON_LOCAL = "non_local", _("外地人员")
    LEFT_BEHIND = "left_behind_child", _("留守儿童")
    PARENTS_IN_PRISON = "parents_in_prison", _("服刑人员子女")
    DISASTER = "disaster_victim", _("受灾人员")
    HONG_KONG_MACAO_TAIWAN = "hong_kong_macao_taiwan", _("港澳台居民")
    FOREIGN = "foreign", _("外国人")
    OCCUPATIONAL = "occupational_beggar", _("职业乞讨")


# Told only to those who must act on it; everybody else learns what to do (decision 42).
TOLD_TO_WHO_ACTS = frozenset({ClassCode.SUICIDE_RISK})
WHAT_TO_DO = _("不要让他独处")


def is_veiled(code: str) -> bool:
    """Whether this reader is told what to do instead of the class."""
    return code in TOLD_TO_WHO_ACTS and not scope.reads_risks()


def class_word(code: str) -> str:
    """A class in the words that this reader may know."""
    return str(WHAT_TO_DO if is_veiled(code) else ClassCode(code).label)


def open_word(code: str) -> str | Promise:
    """A class in words that every reader may know, for lines that outlive their writer."""
    return WHAT_TO_DO if code in TOLD_TO_WHO_ACTS else ClassCode(code).label


def classes_to_choose() -> list[tuple[str, str]]:
    """The classes that this reader may narrow a list to."""
    return [(one.value, str(one.label)) for one in ClassCode if not is_veiled(one)]
