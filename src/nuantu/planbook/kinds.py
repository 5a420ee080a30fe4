"""The kinds of rule a plan can hold: their names, units and how two plans on one point are settled.

``strictest`` kinds take the strictest *figure* of a plan and all its parents (X02, X03, X18);
``union`` kinds add the lines of all plans and of the national defaults, so that nobody on a list is
skipped (X10); every other kind takes the own value, else the parent's, else the national default.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from nuantu.planbook import plan_kinds
from nuantu.planbook.text import Text

Strictness = Literal["", "most", "least"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rule. ``strictest`` says which end of the scale is the strict one.

    Of an ``is_exact`` kind a rule for the very class beats one for everybody, whichever plan says
    it: what a plan says of all people never loosens what holds for minors (X17).
    """

    code: str
    label: Text
    unit: str = ""
    strictest: Strictness = ""
    is_union: bool = False
    is_exact: bool = False


def _kind(
    code: str,
    zh: str,
    en: str,
    unit: str = "",
    strictest: Strictness = "",
    union: bool = False,
    exact: bool = False,
) -> Kind:
    return Kind(code, Text(zh, en), unit, strictest, union, exact)


_ALL: Final = (
    # what plans say
    _kind("patrol.cadence", "街面巡查频次", "street patrol cadence", "per_week", "most"),
    _kind("patrol.emphasis", "巡查重点时段", "patrol emphasis"),
    _kind("response.limit", "到场时限", "time limit to the scene", "minute", "least"),
    _kind("response.remote_guidance", "路远电话指导", "phone guidance when too far"),
    _kind("foster.inspection", "托养机构检查周期", "foster inspection rhythm", "day", "least"),
    _kind("refusal.kit", "拒助物资包", "refusal kit"),
    _kind("refusal.step", "拒助必做事项", "steps at a refusal", union=True),
    _kind("refusal.revisit", "拒助回访间隔", "revisit interval", "day"),
    _kind("offer.order", "提供帮助的先后", "order of offers"),
    _kind("rescue.mode", "救助方式", "rescue mode", exact=True),
    _kind("notify", "通知名单", "who is told", union=True),
    _kind("warning.level", "预警对应级别", "warning to operating level", union=True),
    _kind("warning.prep", "预警后准备事项", "preparation on a warning", union=True),
    _kind("warning.hold", "无截止时间预警的保持时长", "hold of a warning without end", "hour"),
    _kind("warning.acknowledge", "带班领导确认时限", "leader acknowledges within", "minute"),
    _kind("roster.post", "值守岗位", "watch post", union=True),
    _kind("place.type", "重点区域类型", "key location type", union=True),
    _kind("supply.item", "储备物资", "supply item", union=True),
    _kind("informant.type", "线索提供人类型", "informant type", union=True),
    _kind("event.major", "重大情况种类", "kinds of major event"),
    _kind("event.report", "重大情况上报时限", "major event reported within", "minute"),
    _kind("report.due", "上报材料", "report", union=True),
    _kind("vague.clock", "无数字用语的默认时限", "default clock of a vague word"),
    # parameters that only the defaults hold, unless a plan sets them
    _kind("response.far_travel", "路远的行程阈值", "travel time that counts as far", "minute"),
    _kind("clock.amber_share", "时钟转橙的比例", "share of the limit at which a clock turns amber"),
    _kind(
        "clock.escalate_bureau", "逾期后升级到民政局", "overdue goes to the bureau after", "minute"
    ),
    _kind(
        "patrol.same_day",
        "当日巡查所需剩余时间",
        "time left that still asks a patrol today",
        "minute",
    ),
    _kind(
        "patrol.night_share",
        "以夜间为重时夜间巡访占比",
        "share of visits by night",
        "share",
        "most",
    ),
    _kind("patrol.service", "一次巡访停留", "time at a location", "minute"),
    _kind("patrol.gap", "两次巡访间隔", "gap between two visits", "night"),
    _kind("patrol.expected", "每次巡访预计遇见", "people expected per visit", "person"),
    _kind("patrol.early", "提前出巡", "patrol may begin early by", "minute"),
    _kind("patrol.silence", "巡查队失联报警", "silent patrol team", "minute"),
    _kind("patrol.overdue", "未按时收队报警", "patrol team not back", "minute"),
    _kind("patrol.call_team", "带班领导联系失联队伍时限", "leader reaches a silent team", "minute"),
    _kind("patrol.adjust", "级别提高后调整周计划时限", "week adjusted to a raised level", "minute"),
    _kind("patrol.zero_dwell", "零发现最短停留", "least time for a zero finding", "minute"),
    _kind("patrol.far", "到点位置偏差", "position far from the stop", "metre"),
    _kind("patrol.jump", "定位跳变距离", "jump of a position", "metre"),
    _kind("patrol.most_speed", "定位跳变速度", "speed of a jump", "km_per_hour"),
    _kind("patrol.track_size", "轨迹文件上限", "size of a track file", "megabyte"),
    _kind("patrol.track_points", "轨迹点数上限", "points of a track", "item"),
    _kind("patrol.off_way", "偏离路线距离", "track off the planned way", "metre"),
    _kind(
        "patrol.foot_radius", "步行队离驻地最远", "team on foot: farthest from its base", "metre"
    ),
    _kind("patrol.foot_crew", "步行队最少人数", "team on foot: least people", "person"),
    _kind("patrol.foot_speed", "步行速度", "speed on foot", "km_per_hour"),
    _kind("patrol.area", "明确重点区域由谁巡查的时限", "somebody answers for a location", "day"),
    _kind("patrol.run_counts", "出巡算作一次巡查的比例", "share of stops for a patrol to count"),
    _kind("patrol.coverage", "点位多久没巡查提示", "location not visited for", "day"),
    _kind("sweep.term", "排查上报期限", "areas of a sweep report within", "day"),
    _kind("sweep.on_warning", "随预警布置的排查上报期限", "sweep ordered by a warning", "hour"),
    _kind("sweep.again", "退回后重新上报时限", "area sent back reports again within", "minute"),
    _kind("sweep.per_place", "看一处最少用时", "least time to look at a place", "minute"),
    _kind("sweep.look_back", "零报告对照多久内见过人", "zero report compared with the last", "day"),
    _kind("sweep.near", "附近已有重点区域提示距离", "key location near a find within", "metre"),
    _kind("plan.follow", "确认上级方案变更的时限", "changed plan confirmed within", "working_day"),
    _kind("plan.close", "行动期后办结方案的时限", "plan closed after its window within", "day"),
    _kind("report.remind", "报送提前提醒", "reminder before a report", "day"),
    _kind("report.closing", "行动结束后补报总结", "closing report after the window within", "day"),
    _kind("roster.look_ahead", "排班空缺预警提前量", "roster gaps are looked for ahead", "day"),
    _kind("handover.answer", "移交答复时限", "hand-over answered within", "minute"),
    _kind("bring.arrive", "护送入站到站时限", "brought to the own station within", "minute"),
    _kind("handover.giver_reads", "移交后原单位可查期限", "giver keeps read access", "day"),
    _kind("tip.duplicate_radius", "疑似重复线索距离", "possible duplicate within", "metre"),
    _kind("tip.duplicate_window", "疑似重复线索时间窗", "possible duplicate within", "minute"),
    _kind("tip.triage", "线索研判时限", "tip looked at within", "minute"),
    _kind("tip.receipt_keep", "回执可查期限", "receipt can be looked up for", "day"),
    _kind("team.accept", "队伍接单时限", "team accepts within", "minute"),
    _kind("team.check_in", "外勤报平安间隔", "check-in of a team", "minute"),
    _kind("team.silence", "出车队伍失联报警", "silent team on a dispatch", "minute"),
    _kind("team.position_stale", "位置过时", "position counts as old after", "minute"),
    _kind("field.device_days", "外勤手机登记有效期", "phone stays enrolled for", "day"),
    _kind("field.bundle_hours", "任务包可读时长", "bundle stays readable for", "hour"),
    _kind("field.pin_digits", "外勤手机PIN位数", "digits of the phone's PIN", "item"),
    _kind("field.pin_tries", "外勤手机PIN可错次数", "wrong PINs before a lock", "item"),
    _kind("field.idle", "外勤手机无人操作锁定", "idle phone locks after", "minute"),
    _kind("field.gap", "缺号指令等待时限", "missing command is waited for", "minute"),
    _kind("field.clock_doubt", "手机时钟存疑偏差", "doubtful phone clock", "minute"),
    _kind("field.review", "待核卡处理时限", "review card looked at within", "minute"),
    _kind("field.keep_review", "搁置的补送内容保存", "content set aside is kept for", "day"),
    _kind("field.late_days", "手机收回或到期后可补送", "ended phone may still deliver for", "day"),
    _kind("night.start", "夜间起", "night begins", "clock_minute"),
    _kind("night.end", "夜间止", "night ends", "clock_minute"),
    _kind("travel.speed", "行车速度", "driving speed", "km_per_hour"),
    _kind("travel.detour", "道路绕行系数", "detour factor"),
    _kind("travel.ready", "出车准备", "time to leave", "minute"),
    _kind("feed.silent", "预警源静默报警", "silent warning feed", "minute"),
    _kind("photo.count", "照片张数上限", "photos per record", "item"),
    _kind("video.size", "视频大小上限", "video size limit", "megabyte"),
    _kind("video.length", "视频时长上限", "video length limit", "second"),
    _kind("video.count", "视频个数上限", "videos per record", "item"),
    _kind("session.idle", "无操作退出", "idle session ends", "minute"),
    _kind("login.tries", "登录失败锁定次数", "failed log-ins before lock-out", "item"),
    _kind("login.lock", "登录锁定时长", "lock-out lasts", "minute"),
    _kind("keep.recording", "热线录音保存", "hotline recordings kept", "month"),
    _kind("keep.video", "视频录像保存", "video kept", "month"),
    _kind("keep.evidence", "影像证据保存", "image evidence kept", "month"),
    _kind(
        "keep.flow",
        "流入流出名单销去后保存",
        "ended line of the inflow and outflow list kept",
        "month",
    ),
    _kind(
        "keep.missing_report", "寻人登记了结后保存", "closed missing-person report kept", "month"
    ),
    _kind(
        "keep.withdrawn_report",
        "撤回同意的寻人登记最迟多久删除",
        "withdrawn missing-person report erased within",
        "day",
    ),
    _kind(
        "tracing.step", "查明身份的步骤和时限", "step of finding out who somebody is", union=True
    ),
    _kind("casework.first_visit", "社工开始后见面的时限", "first meeting of casework", "day"),
    _kind("casework.seek", "没有见到人，去找的时限", "who was not met is looked for", "minute"),
    _kind("casework.assign", "安排社工接手的时限", "plan given to a worker within", "minute"),
    _kind("casework.stay_with", "安排人陪护的时限", "somebody stays with him within", "minute"),
    _kind("casework.call", "拨打求助电话的时限", "help called within", "minute"),
    _kind("casework.tell", "告诉值班人员的时限", "watch told within", "minute"),
    _kind("casework.counsel", "疏导的时限", "counselled within", "minute"),
    _kind("casework.report", "强制报告的时限", "reported to the police within", "minute"),
    _kind("casework.review", "复核风险的时限", "risk reviewed within", "minute"),
    _kind("casework.lift", "确认解除风险标记的时限", "lifting of a risk decided within", "minute"),
    _kind("casework.referral", "转介答复的时限", "answer of a referral awaited for", "minute"),
    _kind("casework.disclosure", "决定是否提供材料的时限", "disclosure decided within", "minute"),
    _kind("casework.line", "求助电话", "numbers to call", union=True),
    _kind("tracing.answer", "协查函等答复的时限", "answer of a request awaited for"),
    _kind("tracing.remind", "催问后再等的时限", "answer awaited again after a reminder", "day"),
    _kind(
        "tracing.share",
        "提供给别的单位的寻人登记可看多久",
        "report opened to another organisation",
        "day",
    ),
    _kind("keep.fragment_sound", "片段录音保存", "recording of a fragment kept", "month"),
    _kind("sound.size", "录音大小上限", "recording size limit", "megabyte"),
    _kind("return.escorts", "护送返乡人数", "escorts of a return", "person"),
    _kind("return.escort_women", "护送女性的女性人员", "women who escort a woman home", "person"),
    _kind("return.escort_medical", "护送重病人的医护", "medical staff with the very ill", "person"),
    _kind(
        "return.notify",
        "拒绝接领后通知民政部门",
        "department notified of a refusal",
        "working_day",
    ),
    _kind("return.arrival", "到达后多久要确认", "arrival confirmed within", "minute"),
    _kind("return.alarm", "失去联系后多久要找到", "who is not heard of is found within", "minute"),
    _kind("return.next", "途中出事后多久定下一步", "next step on the way settled within", "minute"),
    _kind(
        "return.untimed", "没有车次的返乡多久算应到", "a return without a leg is due within", "hour"
    ),
    _kind("return.sheet", "交接单双方签字期限", "hand-over sheet signed within", "hour"),
    _kind("wristband.term", "手环轨迹保存", "track of a wristband kept", "day"),
    _kind("wristband.term_longest", "手环轨迹最长保存", "track of a wristband kept at most", "day"),
    _kind("wristband.consent", "手环同意的有效期", "consent to a wristband holds", "month"),
    _kind(
        "wristband.consent_longest",
        "手环同意最长有效期",
        "consent to a wristband holds at most",
        "month",
    ),
    _kind("wristband.silent", "手环多久没有信号要提醒", "wristband silent for", "minute"),
    _kind("wristband.still", "手环多久没有移动要提醒", "wristband not moved for", "hour"),
    _kind(
        "wristband.consent_ask",
        "手环同意到期前多久再问",
        "consent to a wristband asked again before its end",
        "day",
    ),
    _kind(
        "wristband.return",
        "同意结束后收回手环的时限",
        "wristband taken back after the consent",
        "day",
    ),
    _kind(
        "wristband.answer_urgent",
        "手环紧急告警处理时限",
        "urgent alarm of a wristband answered within",
        "minute",
    ),
    _kind(
        "wristband.answer",
        "手环其他告警处理时限",
        "other alarm of a wristband answered within",
        "minute",
    ),
    _kind("station.old", "救助站通讯录多久要核对", "contact book confirmed every", "day"),
    _kind(
        "station.confirm", "过期的通讯录多久核对完", "old lines of the book confirmed within", "day"
    ),
    _kind("letter.answer", "复函时限", "letter answered within"),
    _kind("letter.next", "催办、回复的时限", "next word of a letter within", "working_day"),
    _kind("letter.remind", "每隔多久催办", "silent receiver reminded every", "day"),
    _kind(
        "letter.file", "函的文件到期后多久还能读入", "file of a letter valid after its term", "day"
    ),
    _kind("letter.carry", "超期多久上报协调", "late letter carried further after", "day"),
    _kind("settlement.step", "落户安置每步时限", "step of a settlement within", "working_day"),
    _kind("settlement.fresh", "落户前公安比对有效", "comparison by police valid for", "day"),
    _kind("settlement.claim", "答复认领时限", "claiming family answered within", "working_day"),
    _kind("ledger.ground", "纳入台账的情形", "ground of the prevention ledger", union=True),
    _kind("ledger.points", "再流浪风险分值", "points of the risk of returning", "point"),
    _kind("ledger.level", "风险等级起点", "points from which a risk level begins", "point"),
    _kind("ledger.age", "按年龄加分的岁数", "age that counts in the risk", "year"),
    _kind("ledger.look_back", "再流浪次数往前数", "returns counted over the last", "month"),
    _kind("ledger.visit", "台账回访间隔", "revisit of the ledger every", "day"),
    _kind("ledger.visit_season", "冷热月份台账回访间隔", "revisit in cold and heat every", "day"),
    _kind("ledger.season", "冷热月份", "months of cold and heat", "month"),
    _kind("ledger.feast", "节前回访提前", "visit before a feast within", "day"),
    _kind("ledger.act", "台账事项时限", "matter of the ledger dealt with within", "hour"),
    _kind("ledger.help", "台账帮扶每步时限", "step of help in the ledger within", "day"),
    _kind("tracing.consent", "寻亲人同意的有效期", "consent of a searcher holds", "month"),
    _kind(
        "tracing.consent_longest",
        "寻亲人同意最长有效期",
        "consent of a searcher holds at most",
        "month",
    ),
    _kind(
        "tracing.consent_ask",
        "同意到期前多久问寻亲人",
        "searcher asked before his consent ends",
        "day",
    ),
    _kind("tracing.home", "查明身份后安排返乡", "way home arranged once identified", "working_day"),
    _kind("tracing.tell", "确认后告诉寻亲人", "searcher told once confirmed", "hour"),
    _kind("tracing.match_least", "疑似匹配最低把握", "suspected matches kept from", "share"),
    _kind(
        "tracing.match_prior",
        "无名人员有寻人登记的比例",
        "share of unnamed people whom some report misses",
        "share",
    ),
    _kind("tracing.match_most", "每人最多几条疑似匹配", "suspected matches a person", "item"),
    _kind(
        "tracing.match_material",
        "已排除的，比值升到几倍才再提示",
        "odds of a rejected match rise by, to be shown again",
        "factor",
    ),
    _kind("tracing.match_new", "每天最多几条新提示", "new suspected matches a day", "per_day"),
    _kind("tracing.match_band", "把握分档", "bands of how likely a match is", "share"),
    _kind("keep.notice_photo", "撤回的公告照片保存", "photo of a withdrawn notice kept", "day"),
    _kind("tracing.take_down", "寻亲公告撤下时限", "withdrawn notice taken down within", "minute"),
    _kind("tracing.replace", "寻亲公告换成新内容的时限", "posting renewed within", "minute"),
    _kind("tracing.lead", "寻亲线索判断时限", "lead judged within", "minute"),
    _kind(
        "keep.hold_review",
        "影像证据保全最迟多久复核",
        "hold on image evidence reviewed within",
        "day",
    ),
    _kind(
        "keep.complaint_reach",
        "不具名意见涉及多久以内离站的人",
        "complaint without a name reaches who left within",
        "day",
    ),
    _kind("keep.roll_photo", "点名照片保存", "roll-call photo kept", "month"),
    _kind("keep.staff_illness", "工作人员感染登记保存", "infection of staff kept", "month"),
    _kind("keep.complaint", "在站人员意见答复后保存", "answered complaint kept", "month"),
    _kind("blur.statistics", "统计位置模糊", "position blur in statistics", "metre"),
    _kind(
        "age.child_with_mother", "随母同住年龄上限", "child may stay with the mother below", "year"
    ),
    _kind("age.sensitive", "儿童敏感信息年龄线", "sensitive-data line for children", "year"),
    _kind(
        "age.must_be_collected", "须接领护送年龄线", "must be collected or escorted below", "year"
    ),
    _kind("age.minor", "未成年人年龄线", "minor below", "year"),
    _kind("age.elderly", "老年人年龄线", "elderly from", "year"),
    _kind("stay.decide", "在站期满去留决定", "decision on a stay whose term ends", "day"),
    _kind("stay.stranded", "身份不明转为滞留", "unidentified person counts as stranded", "day"),
    _kind("stay.notice", "寻亲公告时限", "tracing notice within", "hour"),
    _kind("stay.dna", "申请DNA采样时限", "DNA sample asked for within", "working_day"),
    _kind("stay.settle", "提出落户安置时限", "settlement asked for after", "month"),
    _kind("stay.settle_grace", "满期后提出落户", "settlement asked for within", "working_day"),
    _kind("stay.refresh", "滞留人员寻亲信息更新", "tracing information refreshed every", "month"),
    _kind(
        "stay.next", "没有十日期限的人定下一步", "next step of who has no term of ten days", "day"
    ),
    _kind("stay.bed", "安排合适床位的时限", "fitting bed given within", "minute"),
    _kind("stay.bring", "对方接收后送到的时限", "brought to whoever accepted within", "minute"),
    _kind("stay.next_again", "下一步再过问", "next step asked about again after", "month"),
    _kind("stay.revisit", "离站后回访", "revisit after leaving within", "day"),
    _kind("stay.cash", "短途交通现金上限", "cash for a short trip at most", "fen"),
    _kind("care.breakfast", "早餐开始", "breakfast begins", "clock_minute"),
    _kind("care.lunch", "午餐开始", "lunch begins", "clock_minute"),
    _kind("care.supper", "晚餐开始", "supper begins", "clock_minute"),
    _kind("care.menu_days", "菜谱不得相同的天数", "menus differ within", "day"),
    _kind("care.bedding", "床品换洗间隔", "bedding washed at least every", "day"),
    _kind("care.incident", "突发情况处理时限", "incident looked at within", "minute"),
    _kind("care.gone", "不告而别者等候", "gone without a word, waited for", "hour"),
    _kind("care.complaint", "在站人员意见答复时限", "residents' complaint answered within", "day"),
    _kind("care.meal_early", "用餐登记最早提前", "a meal is put down at most this early", "minute"),
    _kind("care.dose_early", "服药最早提前", "a dose is put down at most this early", "minute"),
    _kind("vital.low", "体征警戒下限", "vital sign alarms at or below"),
    _kind("vital.high", "体征警戒上限", "vital sign alarms at or above"),
    _kind("vital.see", "体征异常看望时限", "resident with such a vital sign seen within", "minute"),
    _kind("missing.act", "失踪处置时限", "missing resident acted on within", "minute"),
    _kind("missing.follow", "失踪人员过问间隔", "search asked about again after", "hour"),
    _kind("missing.step", "失踪时的步骤", "step when a resident is missing", union=True),
    _kind("reception.decide", "接待作出决定的时限", "decision at the door within", "minute"),
    _kind("reception.ground", "不予救助的原因", "ground of not helping", union=True),
    _kind(
        "help.remedy", "不予、终止救助的救济途径", "where to complain about help refused or ended"
    ),
    _kind("leaving.ground", "终止救助的原因", "ground of ending help", union=True),
    _kind("fact.refuser_share", "拒助信息通报期限", "notice on a refuser expires", "day"),
)

_MORE: Final = tuple(
    _kind(code, zh, en, unit.lstrip("+"), union=unit.startswith("+"))
    for code, zh, en, unit in plan_kinds.ROWS
)

KINDS: Final[dict[str, Kind]] = {kind.code: kind for kind in (*_ALL, *_MORE)}


def kind(code: str) -> Kind:
    """The kind with this code; an unknown code is a programming error.

    Errors: KeyError with the nearest known codes.
    """
    if code not in KINDS:
        raise KeyError(f"unknown rule kind {code!r}; known: {', '.join(sorted(KINDS))}")
    return KINDS[code]
