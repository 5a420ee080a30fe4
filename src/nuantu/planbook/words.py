"""The codes of plan files in words: roles, classes of person, rescue modes, offers, posts."""

from __future__ import annotations

from typing import Final

from nuantu.planbook.choice_words import CHOICES
from nuantu.planbook.text import Text

_PAIRS: Final = {
    # operating levels
    "normal": ("常态", "normal"),
    "raised": ("加强", "raised"),
    "extreme": ("极端", "extreme"),
    # who takes part
    "joint_meeting_office": ("联席会议办公室", "joint-meeting office"),
    "joint_meeting": ("联席会议", "joint meeting"),
    "leading_group": ("领导小组", "leading group"),
    "government": ("政府", "government"),
    "party_committee": ("党委", "party committee"),
    "leadership_teams": ("四套班子", "four leadership teams"),
    "responsible_leader": ("责任领导", "responsible leader"),
    "civil_affairs": ("民政部门", "civil affairs"),
    "civil_affairs_section": ("民政部门科室", "section of civil affairs"),
    "relief_station": ("救助管理站", "relief station"),
    "township": ("乡镇（街道）", "township"),
    "village_committee": ("村（居）委会", "village committee"),
    "village_work_team": ("驻村工作队", "village work team"),
    "grid_worker": ("网格员", "grid worker"),
    "helping_cadre": ("帮扶干部", "helping cadre"),
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
    "competent_bureau": ("主管部门", "competent bureau"),
    "enterprise": ("企业", "enterprise"),
    "school": ("学校", "school"),
    "social_work_agency": ("社工机构", "social work agency"),
    "charity": ("慈善组织", "charity"),
    "red_cross": ("红十字会", "Red Cross"),
    "volunteer": ("志愿者", "volunteers"),
    "media": ("媒体", "media"),
    "foster_institution": ("托养机构", "foster institution"),
    "superior": ("上级", "superior"),
    "partner_departments": ("联合巡查部门", "partner departments"),
    "leader_on_duty": ("带班领导", "leader on duty"),
    "patrol_team": ("巡查队", "patrol team"),
    "citizen": ("市民", "citizens"),
    "project_team": ("项目团队", "project team"),
    "school_leader": ("学校负责人", "school leader"),
    "student_society": ("学生社团", "student society"),
    "youth_league": ("团委", "youth league"),
    "donation_station": ("捐助站", "donation station"),
    "dormitory_warden": ("宿舍管理员", "dormitory warden"),
    "donor": ("捐赠人", "donors"),
    "guardian": ("监护人", "guardian"),
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
    "domestic_violence": ("遭受家庭暴力", "suffers domestic violence"),
    "trafficked": ("被拐卖人员", "trafficked"),
    "parents_in_prison": ("服刑人员子女", "child of a prisoner"),
    "hong_kong_macao_taiwan": ("港澳台居民", "from Hong Kong, Macao or Taiwan"),
    "foreign": ("外国人", "foreign national"),
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
    # hospitals, payers, zones, places, what is kept
    "designated_hospital": ("定点医院", "designated hospital"),
    "public_psychiatric_hospital": ("公立精神病医院", "public psychiatric hospital"),
    "infectious_hospital": ("传染病医院", "infectious-disease hospital"),
    "emergency_centre": ("急救中心", "emergency centre"),
    "insurance": ("医保", "insurance"),
    "fund": ("疾病应急救助基金", "disease emergency fund"),
    "assistance": ("医疗救助", "medical assistance"),
    "public_elderly_home": ("公办养老机构", "public elderly home"),
    "public_psychiatric_institution": ("公立精神卫生机构", "public psychiatric institution"),
    "text": ("文字", "text"),
    "photo": ("照片", "photo"),
    "video": ("视频", "video"),
    "material": ("资料", "material"),
    "sex": ("性别", "sex"),
    "adult_or_minor": ("成年与否", "adult or minor"),
    "closed": ("封闭", "closed"),
    "household": ("户", "household"),
    "person": ("个人", "person"),
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
    "holiday": ("节日前后", "around holidays"),
    "flood": ("汛期", "flood season"),
    "heat": ("高温时段", "hot hours"),
}

WORDS: Final = {code: Text(zh, en) for code, (zh, en) in (CHOICES | _PAIRS).items()}


# how plans name their phases, without 阶段 and 集中
_PHASES: Final = {
    "准备": "preparation",
    "学习准备": "study and preparation",
    "动员": "mobilisation",
    "动员部署": "mobilisation",
    "部署": "deployment",
    "宣传": "publicity",
    "宣传发动": "publicity",
    "摸底": "survey",
    "摸底排查": "survey",
    "排查": "sweep",
    "实施": "action",
    "组织实施": "action",
    "集中实施": "concentrated action",
    "集中行动": "concentrated action",
    "集中救助": "concentrated rescue",
    "救助": "rescue",
    "慰问": "visits",
    "走访慰问": "visits",
    "督查": "inspection",
    "检查": "inspection",
    "检查验收": "inspection and acceptance",
    "总结": "summary",
    "总结评估": "summary and review",
    "总结上报": "summary and report",
    "总结提升": "summary and improvement",
}


# who pays, as plans write it
_PAYERS: Final = {
    "省": "province",
    "州": "prefecture",
    "市": "city",
    "市财政": "city",
    "县": "county",
    "县财政": "county",
    "区": "district",
    "区财政": "district",
    "镇": "township",
    "乡镇": "township",
    "镇（街道）": "township",
    "乡镇（街道）": "township",
    "街道": "street office",
    "单位": "employer",
    "企业": "enterprise",
    "工会": "union",
}


def payer_said(who: str, language: str = "zh") -> str:
    """A payer in words; one that has no usual English stays as the plan names it."""
    return _PAYERS.get(who, who) if language.startswith("en") else who


def phase_said(name: str, name_en: str = "") -> Text:
    """What a phase of a plan is called; in English by its own name, else by a usual one."""
    return Text(name, name_en or _PHASES.get(name.removesuffix("阶段"), name))


def said(code: str, language: str = "zh") -> str:
    """A code in words; what is no code is said as it stands."""
    return WORDS[code].said_in(language) if code in WORDS else code
