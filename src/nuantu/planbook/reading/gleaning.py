"""What a document says beside its dates and figures: units and tasks, supplies, channels, bans.

Nobody scores these; they spare the person who corrects the draft the typing. Whatever is kept whole
stands in the draft in the words of the document, everything else stays listed as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.found import Found

UNITS, SUPPLIES, CHANNELS, BANS = "units", "supplies", "channels", "bans"
PATHS: Final = frozenset({UNITS, SUPPLIES, CHANNELS, BANS})
# what a sentence is placed in as a whole
WHOLE: Final = frozenset({UNITS, BANS})
LONGEST: Final = 200
_SHORTEST: Final = 8

# who a sentence may begin with, and the role of the plan file it has
_ROLES: Final = (
    (r"民政(?:部门|系统|局|厅|办)", "civil_affairs"),
    (r"公安(?:机关|部门|局)", "police"),
    (r"(?:城管|城市管理|综合执法|综合行政执法)(?:部门|局|大队)?", "city_management"),
    (r"(?:卫健|卫生健康|卫生)(?:部门|委|局|系统)", "health"),
    (r"财政(?:部门|局)", "finance"),
    (r"教育(?:部门|局|体育局)", "education"),
    (r"气象(?:部门|局)", "meteorology"),
    (r"消防(?:救援)?(?:部门|机构|大队|队伍)", "fire_rescue"),
    (r"市场监管(?:部门|局)|市场监督管理(?:部门|局)", "market_regulator"),
    (r"(?:人社|人力资源[和与]?社会保障|人力社保)(?:部门|局)", "hr_bureau"),
    (r"救助(?:管理)?站|救助管理(?:机构|中心)", "relief_station"),
    (r"(?:定点)?医疗机构|(?:定点)?医院", "hospital"),
    (r"(?:乡镇|镇街|街道|乡、镇)(?:\(街道\))?(?:办事处|人民政府|政府)?", "township"),
    (r"(?:村|居|社区|村\(居\)|村居)(?:民)?委(?:员)?会", "village_committee"),
)
_NUMBER: Final = r"(?:[一二三四五六七八九十]是)?(?:[(]?[一二三四五六七八九十\d]{1,3}[).、. ]+)?"
_PLACES: Final = r"(?:各|全|本)?(?:[一-鿿]{0,4}(?:省|州|市|县|区|旗|级))?(?:[(市、县区)]{0,6})"
_TASK: Final = re.compile(
    rf"^{_NUMBER}(?P<name>{_PLACES}(?:"
    + "|".join(f"(?P<r{number}>{words})" for number, (words, _) in enumerate(_ROLES))
    + r"))(?:(?::)|(?=要|应|应当|须|必须|负责|牵头|会同|配合|加强|指导|落实|做好|依法))"
)
_STOCK: Final = re.compile(r"储备|采购|购置|备足|备齐|备好|配备|筹集|筹备|准备")
_ITEMS: Final = (
    ("棉大衣", "padded_coat"),
    ("军大衣", "padded_coat"),
    ("棉衣", "padded_clothes"),
    ("棉被", "quilt"),
    ("被褥", "bedding"),
    ("毛毯", "blanket"),
    ("御寒衣物", "warm_clothes"),
    ("防寒衣物", "warm_clothes"),
    ("夏季服装", "summer_clothes"),
    ("食品", "food"),
    ("食物", "food"),
    ("方便面", "instant_noodles"),
    ("矿泉水", "water"),
    ("饮用水", "water"),
    ("热水", "hot_water"),
    ("防暑降温药品", "heat_medicine"),
    ("药品", "medicine"),
    ("口罩", "mask"),
    ("暖宝宝", "heat_pad"),
    ("暖贴", "heat_pad"),
    ("帐篷", "tent"),
    ("折叠床", "folding_bed"),
)
_TELLS: Final = re.compile(r"宣传|宣讲|公布|公开|报道|媒体|舆论")
_CHANNELS: Final = (
    (r"电视", "television"),
    (r"广播", "radio"),
    (r"报纸|报刊", "newspaper"),
    (r"微信", "wechat"),
    (r"微博", "weibo"),
    (r"短信", "sms"),
    (r"抖音|短视频", "short_video"),
    (r"网站|互联网|网络", "web"),
    (r"宣传栏|公告栏|海报", "poster"),
    (r"宣传单|传单|明白纸|宣传册", "flyer"),
    (r"横幅|标语", "banner"),
    (r"LED|电子屏|显示屏", "screen"),
)
_BAN: Final = re.compile(r"不得|严禁|禁止|不准|不许")


def gleaned(page: Page, taken: Iterable[tuple[int, int]]) -> Iterator[Found]:
    """What can be placed; a sentence of which a rule took a part is not placed a second time whole."""
    spans = list(taken)
    for start, end in page.sentences:
        sentence = page.text[start:end]
        if sentence.startswith("#") or len(sentence) < _SHORTEST:
            continue
        yield from _named(sentence, start)
        if len(sentence) > LONGEST or any(first < end and start < last for first, last in spans):
            continue
        yield from _whole(sentence, start, end)


def _whole(sentence: str, start: int, end: int) -> Iterator[Found]:
    """A sentence that gives one unit its task, or that forbids something."""
    task = _TASK.match(sentence)
    if task:
        number = next(number for number in range(len(_ROLES)) if task[f"r{number}"])
        name = task["name"]
        value = {"role": _ROLES[number][1], "name": name, "says": sentence[task.start("name") :]}
        yield Found(UNITS, value, start + task.start("name"), end, "unit_task", 0.7)
    elif _BAN.search(sentence):
        opening = re.match(_NUMBER, sentence)
        after = opening.end() if opening else 0
        yield Found(BANS, sentence[after:], start + after, end, "ban", 0.7)


def _named(sentence: str, start: int) -> Iterator[Found]:
    """The words of a sentence that name a supply or a channel."""
    for sign, path, words in (
        (_STOCK, SUPPLIES, ((re.escape(item), code) for item, code in _ITEMS)),
        (_TELLS, CHANNELS, _CHANNELS),
    ):
        if not sign.search(sentence):
            continue
        seen: dict[tuple[int, int], str] = {}
        for pattern, code in words:
            for match in re.finditer(pattern, sentence):
                if not any(match.start() < last and first < match.end() for first, last in seen):
                    seen[match.span()] = code
        for (first, last), code in sorted(seen.items()):
            value = {"code": code, "label": sentence[first:last]}
            yield Found(path, value, start + first, start + last, path, 0.7)
