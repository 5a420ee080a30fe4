"""The kinds of rule that only later packages look up: code, Chinese, English, unit.

``+`` before the unit marks a kind whose lines add up over all plans (union).
"""

from __future__ import annotations

from typing import Final

ROWS: Final = (
    # the street and the station
    ("target", "工作对象", "target group", "+"),
    ("goal", "目标", "goal", "+"),
    ("consequence", "问责情形", "accountability", "+"),
    ("inspection.planned", "检查安排", "planned inspection", "+"),
    ("patrol.tier", "分片分级巡查", "who patrols which area", "+"),
    ("patrol.partner", "联合巡查单位", "department on joint patrol", "+"),
    ("patrol.schedule", "巡查计划表", "patrol schedule", ""),
    ("patrol.register", "巡查登记与留存", "what is kept of a patrol", ""),
    ("patrol.checklist", "巡查清单", "patrol checklist", ""),
    ("patrol.sweep", "摸排", "sweep", "+"),
    ("first_aid", "发现后先给什么", "what somebody found gets at once", ""),
    ("hospital.route", "送医路线", "hospital route", "+"),
    ("medical.payer", "医疗费用由谁付", "who pays the hospital", ""),
    ("pack", "按日期启停的条文", "pack of clauses switched on and off", ""),
    ("health.fever", "发热线（0.1℃）", "fever from (tenths of a degree Celsius)", ""),
    ("casework.kind", "个案服务", "casework", "+"),
    ("network", "救助网络", "relief network", "+"),
    ("hotline", "公布的求助电话", "published hotline", "+"),
    ("emergency.plan", "应急预案", "emergency plan", "+"),
    ("supply.reserve", "储备办法", "how stock is kept", "+"),
    ("station.zone", "分区居住", "zones", ""),
    ("station.step", "站内流程", "steps in the station", "+"),
    ("station.care", "生活照料", "care in the station", "+"),
    ("food_sample.grams", "食品留样重量", "food sample weighs", "gram"),
    ("food_sample.hours", "食品留样时长", "food sample is kept for", "hour"),
    ("foster.placement", "托养先送哪里", "first place of fostering", "+"),
    # who somebody is, and home
    ("search.step", "身份查询步骤", "step of the identity search", "+"),
    ("notice.channel", "寻亲公告渠道", "channel of tracing notices", "+"),
    ("return.way", "送返方式", "way home", "+"),
    ("settlement.step", "落户安置步骤", "step of the settlement", "+"),
    ("prevention.step", "源头预防", "prevention", "+"),
    ("assistance.link", "社会救助衔接", "link to social assistance", "+"),
    # who gets what
    ("eligibility.test", "资格测试", "eligibility test", "+"),
    ("selection.survey", "摸底", "survey", ""),
    ("selection.confirmation", "确认", "who confirms", "+"),
    ("public_list.days", "公示天数", "public list stays up for", "day"),
    ("public_list.shows", "公示内容", "what the public list shows", ""),
    ("filing.ban", "弄虚作假取消资格", "ban after a false filing", ""),
    ("selection.form", "表格", "form", "+"),
    ("stipend.amount", "慰问金标准", "stipend", "+"),
    ("stipend.stacking", "叠加规则", "stacking of stipends", ""),
    ("stipend.pay_by", "发放期限", "paid by", ""),
    ("stipend.remainder", "零头归谁出", "who pays what is left over", ""),
    ("budget.line", "预算", "budget line", "+"),
    ("visit.round", "走访安排", "round of visits", "+"),
    ("visit.form", "帮扶方式", "form of help", "+"),
    ("visit.discipline", "走访纪律", "manners of visits", "+"),
    # drives, events, the public
    ("donation.party", "募捐各方", "party of the drive", "+"),
    ("donation.accept", "接收的物品", "goods that are taken", "+"),
    ("donation.refuse", "不收的物品", "goods that are refused", "+"),
    ("donation.condition", "接收条件", "condition of goods", "+"),
    ("donation.size", "尺码", "size of clothes", ""),
    ("donation.packing", "装袋次序", "packing order", ""),
    ("donation.staffing", "募捐人手", "staff of the drive", "+"),
    ("donation.transport", "运输办法", "transport", "+"),
    ("donation.contingency", "意外怎么办", "contingency", "+"),
    ("donation.cash", "捐款怎么用", "cash gifts", ""),
    ("donation.feedback", "反馈与公开", "feedback to donors", "+"),
    ("event.planned", "活动安排", "planned event", "+"),
    ("publicity.channel", "宣传渠道", "channel of publicity", "+"),
    ("publicity.material", "宣传品", "publicity material", "+"),
    ("partner", "社会参与", "partner", "+"),
)
