"""The codes of plan files in words: roles, classes of person, rescue modes, offers, posts."""

from __future__ import annotations

from typing import Final

from nuantu.planbook.text import Text

_PAIRS: Final = {
    # who takes part
    "joint_meeting_office": ("联席会议办公室", "joint-meeting office"),
    "joint_meeting": ("联席会议", "joint meeting"),
    "leading_group": ("领导小组", "leading group"),
    "government": ("政府", "government"),
    "civil_affairs": ("民政部门", "civil affairs"),
    "relief_station": ("救助管理站", "relief station"),
    "township": ("乡镇（街道）", "township"),
    "village_committee": ("村（居）委会", "village committee"),
    "village_work_team": ("驻村工作队", "village work team"),
    "grid_worker": ("网格员", "grid worker"),
    "police": ("公安", "police"),
    "city_management": ("城管", "city management"),
    "health": ("卫健", "health bureau"),
    "cdc": ("疾控", "disease control"),
    "hospital": ("医院", "hospital"),
    "ambulance": ("急救", "ambulance"),
    "psychiatric_hospital": ("精神病医院", "psychiatric hospital"),
    "finance": ("财政", "finance"),
    "market_regulator": ("市场监管", "market regulator"),
    "fire_rescue": ("消防救援", "fire rescue"),
    "political_legal_committee": ("政法委", "political-legal committee"),
    "education": ("教育", "education"),
    "meteorology": ("气象", "meteorology"),
    "hr_bureau": ("人社局", "HR bureau"),
    "enterprise": ("企业", "enterprise"),
    "school": ("学校", "school"),
    "social_work_agency": ("社工机构", "social work agency"),
    "charity": ("慈善组织", "charity"),
    "volunteer": ("志愿者", "volunteers"),
    "media": ("媒体", "media"),
    "foster_institution": ("托养机构", "foster institution"),
    "superior": ("上级", "superior"),
    "partner_departments": ("联合巡查部门", "partner departments"),
    "leader_on_duty": ("带班领导", "leader on duty"),
    "patrol_team": ("巡查队", "patrol team"),
    "other": ("其他", "other"),
    "120": ("120", "120"),
    "110": ("110", "110"),
    # classes of person
    "any": ("所有人", "everybody"),
    "rough_sleeper": ("露宿人员", "rough sleeper"),
    "person_in_sudden_trouble": ("临时遇困人员", "person in sudden trouble"),
    "capable_adult_refuser": ("拒助的成年人", "refusing capable adult"),
    "minor": ("未成年人", "minor"),
    "left_behind_child": ("留守儿童", "left-behind child"),
    "elderly": ("老年人", "elderly"),
    "disabled": ("残疾人", "disabled"),
    "hard_to_move": ("行动不便", "hard to move"),
    "intellectual_disability": ("智障", "intellectual disability"),
    "severely_disabled_person": ("重残人员", "severely disabled"),
    "critically_ill_person": ("危重病人", "critically ill"),
    "sudden_illness": ("突发急病", "sudden illness"),
    "suspected_mental_disorder": ("疑似精神障碍", "suspected mental disorder"),
    "infectious_patient": ("传染病人", "infectious patient"),
    "stranded_unidentified_person": ("滞留人员", "stranded, unidentified"),
    "repeat_street_person": ("反复流浪", "repeat"),
    "easily_lost_person": ("易走失", "easily lost"),
    "suicide_risk": ("自杀风险", "suicide risk"),
    "occupational_beggar": ("职业乞讨", "occupational beggar"),
    "non_local": ("外地人员", "non-local"),
    "disaster_victim": ("受灾人员", "disaster victim"),
    "drunk": ("醉酒", "drunk"),
    "woman_alone": ("单身妇女", "woman alone"),
    "family_with_children": ("带孩子的家庭", "family with children"),
    "danger": ("有危险", "danger"),
    # how a person is helped, and what is offered first
    "voluntary": ("自愿受助", "voluntary"),
    "escorted": ("引导护送", "escorted"),
    "protective": ("保护性救助", "protective"),
    "medical_emergency": ("紧急送医", "medical emergency"),
    "compulsory": ("强制", "compulsory"),
    "station": ("救助站", "station"),
    "temporary_lodging": ("临时住宿", "temporary lodging"),
    "temporary_point": ("临时救助点", "temporary point"),
    "street_guidance": ("街头疏导", "street guidance"),
    "goods": ("物资", "goods"),
    # vague words: what they are about; finders
    "rescue": ("救人", "rescue"),
    "paper": ("材料", "papers"),
    "inspection": ("检查", "inspection"),
    "visit": ("走访", "visits"),
    "supply": ("物资", "supplies"),
    "near": ("近处", "near"),
    "far": ("路远", "far"),
    "night": ("夜间", "night"),
    "low_temperature": ("低温时段", "low temperature"),
}

WORDS: Final = {code: Text(zh, en) for code, (zh, en) in _PAIRS.items()}


def said(code: str, language: str = "zh") -> str:
    """A code in words; what is no code is said as it stands."""
    return WORDS[code].said_in(language) if code in WORDS else code
