"""Names of organisations, and of the places that stand before them."""

from __future__ import annotations

import re
from typing import Final

from nuantu.planbook.reading.vocabulary import words

HAN: Final = "一-鿿"
# what an office of this genre is called at its end, longest first
_TAILS: Final = words("office_tails")
TAIL: Final = "(?:" + "|".join(sorted(set(_TAILS), key=len, reverse=True)) + ")"
_NOT_IN_NAME: Final = (
    "的由向为经和与及按在对从并于据将是到把各至给报交送由受请让使被按照根据以、,。;:()“”《》\\s"
)
NAME: Final = re.compile(rf"(?:[x某]{{1,4}})?[{HAN}x某]{{0,18}}?{TAIL}(?:{TAIL})?(?![员长室务])")
# wider: only where a name is all that can stand there (title, signature, label)
_WIDE: Final = r"(?:[青义志社]协|[局厅委办厂院校馆队所社会部处科室]|中心|公司|集团|支部|总支|工会|协会|学会|商会|分会|联合会|基金会|街道|村|社区|团支部|机关|团队|(?:服务|公益|工作)站|(?:服务|志愿)队|指挥部|领导小组)"
WIDE_NAME: Final = re.compile(rf"[{HAN}xA-Za-z某（）()·]{{1,26}}?{_WIDE}")
_LEAD_IN: Final = re.compile(
    rf"^.*(?:[{_NOT_IN_NAME}]|关于|印发|近日|日前|昨日|本次|此次|决定|联合|会同|上报|报送|报到|报至|报|交到|交至|交)"
)


# 市社会福利和捐助救助中心: one office with two fields of work, not two offices
_JOINED: Final = re.compile(
    rf"(?<![{HAN}])[{HAN}]{{0,6}}?[市县区省州](?P<one>[{HAN}]{{2,10}}?)[和与][{HAN}]{{2,12}}$"
)
_ENDS_AS_OFFICE: Final = re.compile(rf"(?:{TAIL}|[局委办站厅部处]|中心|街道)$")
# 各级工会, 很多大学生: no office of its own
_NOBODY: Final = re.compile(
    r"级|很多|许多|广大|全体|部分|一些|所有|其他|春节|元旦|两节|节日|中秋|夏季|冬季|寒冬|除了"
)
_LONGEST: Final = 30


def names(text: str, base: int = 0) -> list[tuple[int, int, str]]:
    """Names of organisations with their places, without the words that lead up to them."""
    found = []
    for match in NAME.finditer(text):
        words = match[0]
        lead = _LEAD_IN.match(words[:-1])
        start = match.start() + (lead.end() if lead else 0)
        start = _joined(text, start, match.end())
        name = text[start : match.end()]
        if len(name) >= 2 and not _NOBODY.match(name):
            found.append((start + base, match.end() + base, name))
    return found


def _joined(text: str, start: int, end: int) -> int:
    """Where a name begins that was cut at its 和."""
    if start < 1 or text[start - 1] not in "和与":
        return start
    begin = max(0, end - _LONGEST)
    whole = _JOINED.search(text[begin:end])
    if whole is None or _ENDS_AS_OFFICE.search(whole["one"]):
        return start
    return begin + whole.start()


def first_name(text: str, base: int = 0) -> tuple[int, int, str] | None:
    """The first name of an organisation."""
    return next(iter(names(text, base)), None)


_STEM: Final = r"(?:自治区|自治州|自治县|新区|开发区|街道|省|市|州|县|区|镇|乡|旗|盟)"
_PLACE_HEAD: Final = re.compile(
    rf"(?:[{HAN}x某]{{2,8}}?{_STEM})(?:[{HAN}x某]{{2,6}}?{_STEM}){{0,2}}|(?:经济(?:技术)?)?开发区|高新区|园区|经开区|[省市州县区镇乡](?=[^级直属域省市州县区镇乡街])|街道"
)


def place_of(text: str) -> str:
    """The place a title begins with, as far as it is one: 宁波市, 黄兴镇, 区."""
    match = _PLACE_HEAD.match(re.sub(r"^[\dx]{4}年度?", "", text))
    if match is None or len(match[0]) > 16 or re.search(r"[的在全各为是于送开进做关]", match[0]):
        return ""
    return match[0]
