"""Where a number comes from, said in English: laws, articles and the few words of the defaults."""

from __future__ import annotations

import re
from typing import Final

_PHRASES: Final = {
    "国务院令第381号": "State Council Decree 381",
    "民政部令第24号": "MCA Decree 24",
    "部门实施细则": "rules of one ministry",
    "实施细则": "Implementing Rules",
    "民发〔2014〕132号": "MCA notice 2014 no. 132",
    "民发〔2015〕158号": "MCA notice 2015 no. 158",
    "国办发〔2011〕39号": "State Council Office 2011 no. 39",
    "疾病应急救助基金依": "emergency fund under ",
    "社会救助暂行办法": "Interim Measures for Social Assistance",
    "食品安全法": "Food Safety Law",
    "突发公共卫生事件应急条例": "Regulation on Public Health Emergencies",
    "河南省民政厅表式": "form of the Henan civil affairs department",
    "地方)": "local)",
    "开餐后": "after the meal is served",
    "时限未核实": "time limit not verified",
    "各项未核实": "lines not verified",
    "时限为系统默认": "time limit by house default",
    "分值为系统默认": "points by house default",
    "提前天数为系统默认": "days before by house default",
    "次数为系统默认": "number by house default",
    "周期为系统默认": "rhythm by house default",
    "法律援助法": "Legal Aid Law",
    "七日内决定": "decided within seven days",
    "反家庭暴力法": "Anti-Domestic Violence Law",
    "全国统一心理援助热线": "national crisis line",
    "国家卫生健康委通知 2024年12月25日": "National Health Commission, notice of 25 December 2024",
    "样例：三天后再访": "sample: visited again after three days",
    "未成年人保护法": "Minors Protection Law",
    "精神卫生法": "Mental Health Law",
    "个人信息保护法": "Personal Information Protection Law",
    "老年人权益保障法": "Law on the Rights of the Elderly",
    "首接负责制": "first receiver rule",
    "无数字用语默认时限": "house default for words without a figure",
    "全国默认": "national default",
    "系统默认": "house default",
    "有巡查登记后按登记估计": "estimated from the patrol register once there is one",
    "未核实": "not verified",
    "两地规定": "rules of two cities",
    "体温37.3℃": "body temperature 37.3 °C",
    "比照DL-09每月更新": "like DL-09, refreshed monthly",
    "每周3次": "3 a week",
    "每天一次": "once a day",
    "多留一天": "one day to spare",
    "中间空一夜": "a night between",
    "样例方案": "sample plan",
    "方案未写": "no plan says it",
    "没有全国数字": "no national number",
    "一(一)": "point 1 (1)",
    "一(二)": "point 1 (2)",
    "一(三)": "point 1 (3)",
    "各省规定": "provincial rules",
    "2020年十一部门专项行动通知": "special campaign notice of eleven departments, 2020",
    "银川市救助管理站": "Yinchuan relief station",
    "每半月": "half-monthly",
    "预警源无消息即报警": "no message for so long is an alarm",
    "限时的三分之二": "two thirds of the limit",
    "逾期后": "after it is overdue",
    "没有截止时间的预警": "a warning without an end",
    "极端级每天": "daily at the extreme level",
    "加强级每天": "daily at the raised level",
    "带班领导确认": "the leader acknowledges",
    "从负责站出发的估计行程": "estimated travel from the responsible station",
    "方案只说及时": "plans only say promptly",
    "案例第3天回访": "case, revisited on day 3",
    "某采购文件": "one tender text",
    "5分钟内响应": "response within 5 minutes",
    "辽宁2021年暴雪": "Liaoning snowstorm 2021",
    "每日不少于2次": "at least 2 a day",
    "橙Ⅱ级、红Ⅰ级": "orange II, red I",
    "无统一样式": "no uniform form",
    "样式由本系统拟定": "form drafted for this system",
    "本系统拟定": "drafted for this system",
    "附件1": "annex 1",
    "附件": "annex",
    "未成年人由家庭寄养的，": "for minors fostered by a family ",
    "查明后立即撤下": "taken down at once when he is identified",
    "公告期各地规定不一": "the period of the notice differs by place",
    "各地规定不一": "rules differ by place",
    "无主遗体公告": "notice of unclaimed remains",
    "在站死亡处置": "deaths in the station",
    "不得收费": "nothing may be charged",
    "凭出院证明离站": "leaving on a discharge certificate",
    "381号": "Decree 381",
    "22点": "22:00",
    "6点": "06:00",
    "、": ", ",
    "，": ", ",
    "；": "; ",
    "：": ": ",
    "（": " (",
    "）": ")",
}
_TWICE: Final = re.compile(r"\b([A-Z]+\d+) (?=\1-)")
_DIGITS: Final = {digit: number for number, digit in enumerate("零一二三四五六七八九")}
_POINT: Final = re.compile(r"(?<=号 )([一二三四五六七八九十]+)(?=\([A-Z]|；|$)")
_PART: Final = re.compile(r"第([0-9、,]+|[一二三四五六七八九十百]+)(条|章)")


def said(source: str, language: str = "zh") -> str:
    """A source in a language; a clause id or a text that is not known stays as it is.

    A clause that names its plan stands alone: P9-05, not P9 P9-05.
    """
    source = _TWICE.sub("", source)
    if not language.startswith("en"):
        return source
    text = _PART.sub(lambda found: f"{_unit(found[2])} {_number(found[1])}", source)
    text = _POINT.sub(lambda found: f"point {_number(found[1])}", text)
    for chinese, english in _PHRASES.items():
        text = text.replace(chinese, english)
    text = re.sub(r"(?<=\w)(Art\.|ch\.) ", r" \1 ", text)
    return re.sub(r"(?<=[\w.])\(", " (", text).strip()


def _unit(word: str) -> str:
    return "Art." if word == "条" else "ch."


def _number(text: str) -> str:
    if text[0].isdigit():
        return text
    total = current = 0
    for character in text:
        if character in "十百":
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
        else:
            current = _DIGITS[character]
    return str(total + current)
