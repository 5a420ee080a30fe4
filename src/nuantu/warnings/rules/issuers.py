"""Who issues a warning, as a Chinese text names him."""

import re
from dataclasses import dataclass

_KINDS = (
    "突发事件预警信息发布中心|预警信息发布中心|预警信息中心|预警发布中心|预警中心|气象灾害防御中心"
    "|气象服务中心|气象服务台|中心气象台|气象台|气象中心|气象站|气象局|气象部门|气候中心"
    "|防汛抗旱指挥部|森林防灭火指挥部|应急指挥部|指挥部办公室|指挥部|应急管理局|应急管理厅|应急局"
    "|自然资源局|自然资源厅|水利局|水利厅|水务局|林业局|农业农村局|公安局|交通运输局"
    "|人民政府|政府办公室|政府"
)
_ISSUER = re.compile(rf"(?P<place>[\u4e00-\u9fff·]{{0,36}}?)(?P<kind>{_KINDS})")
# words before an issuer that are never part of a name, wherever they stand
_LEAD = re.compile(
    r"^.*(?:根据|接到|转自|来源|目前|今天|今日|截至|日前|刚刚|以及|联合|紧急|通知|通报|演练|演习|测试"
    r"|试验|解除|影响|消息|发布单位|、)"
)
# single characters that are: only in front, and not where a place begins with them (本溪, 和平)
_LEAD_CHARACTER = re.compile(
    r"^(?:[据由受请接与及]|经(?!济|棚|开)|和(?!平|政|龙|县|林|静|田|布|硕|顺|田)|本(?!溪))"
)
_AFTER_FIGURE = re.compile(r"^[日号时分秒]")
_NATIONAL = re.compile(r"中央气象台|国家气象中心|中国气象局|国家预警信息(?:发布中心)?|国家气象局")
_SOURCE = re.compile(r"(?:来源|转自|转发|摘自)[:为是]?$")

# the regional centres are the observatories of their provinces
_CENTRES = {
    "武汉": "湖北省",
    "沈阳": "辽宁省",
    "兰州": "甘肃省",
    "成都": "四川省",
    "广州": "广东省",
    "乌鲁木齐": "新疆维吾尔自治区",
    "上海": "上海市",
}


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer in a text. `place` is what stands before the kind of office: 贵州省凯里市, 市, 我州.

    Empty for the national centre, whose `is_national` is true.
    """

    name: str
    place: str
    start: int
    end: int
    is_national: bool = False


def issuers_in(text: str) -> list[Issuer]:
    """Issuers in a matching copy in order, without those that are only named as a source."""
    found: list[Issuer] = []
    for match in _ISSUER.finditer(text):
        start = match.start()
        place = match["place"]
        skipped = _lead_length(place, text[:start])
        start += skipped
        place = place[skipped:]
        if _SOURCE.search(text[max(0, start - 4) : start]):
            continue
        name = text[start : match.end()]
        is_national = bool(_NATIONAL.fullmatch(name))
        found.append(
            Issuer(name, _place(place, match["kind"], is_national), start, match.end(), is_national)
        )
    return found


def _lead_length(place: str, before: str) -> int:
    """How many characters in front of an issuer are not his: 21日17时[分]凯里市, [据]凯里市."""
    length = 0
    if before[-1:].isdigit() and _AFTER_FIGURE.match(place):
        length = 1
    lead = _LEAD.match(place[length:])
    length += lead.end() if lead else 0
    character = _LEAD_CHARACTER.match(place[length:])
    return length + (character.end() if character else 0)


def _place(place: str, kind: str, is_national: bool) -> str:
    if is_national:
        return ""
    if kind == "中心气象台" and place in _CENTRES:
        return _CENTRES[place]
    return place


def issuer_named(name: str) -> Issuer | None:
    """The issuer of a sender field such as 河南省气象局, None for a code or a foreign name."""
    found = issuers_in(name)
    return found[0] if found else None
