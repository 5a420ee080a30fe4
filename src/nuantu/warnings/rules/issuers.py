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
_LEAD = re.compile(
    r"^(?:.*(?:来源|转自|根据|接到|接|据|经|由|请|受|[日时分秒号起]|[和与及、]|发布单位|联合|以及"
    r"|演练|演习|测试|试验|解除|通知|紧急|今天|今日|目前|截至|日前|刚刚|本|了))"
)
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
        lead = _LEAD.match(place)
        if lead:
            start += lead.end()
            place = place[lead.end() :]
        if _SOURCE.search(text[max(0, start - 4) : start]):
            continue
        name = text[start : match.end()]
        is_national = bool(_NATIONAL.fullmatch(name))
        found.append(
            Issuer(name, _place(place, match["kind"], is_national), start, match.end(), is_national)
        )
    return found


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
