"""Hotlines, and whether a body is set up to lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.found import Found, Known

_PHONE: Final = r"(?:0\d{2,3}(?:[- ]|--?)?)?(?:[2-9][\dx*]{6,7}|1[3-9][\dx*]{9}|[2-9][\dx*]{2,6}\*{2,5}|400[-\d*x]{7,9}|123\d{2}|96\d{3,4}|\d{3,8}[*x]{3,8})(?:(?:-{1,2}|转)\d{3,4}(?!\d))?"
_NUMBER: Final = re.compile(rf"(?<![\d.x〔])({_PHONE})(?![\d*x年月日元号])")
_LABEL: Final = re.compile(r"热线|电话|拨打|致电|联系方式|咨询|求助|手机|专线|值班")
_NO_HOTLINE: Final = re.compile(r"传真|邮编|邮政编码|索引号|账号|帐号|开户|QQ|qq|微信")
# the telephone of those who keep the web site
_SITE_FOOT: Final = re.compile(r"网站(?:地图|标识|支持)|技术支持|ICP备|公网安备")
_FOOT: Final = 24
_ENTRY: Final = re.compile(
    rf"^[ ]*[一-鿿()]{{3,20}}(?:局|站|会|办|中心|街道|社区|院)[ :]*(?P<number>{_PHONE})[ ]*$", re.M
)
_LEAST: Final = 2
_EMERGENCY: Final = frozenset({"110", "120", "119", "122"})
# squads that go out (慰问组, 巡查小组) carry the work out, they do not lead it
_SQUAD: Final = (
    r"(?<!慰问|走访|巡查|巡逻|巡视|巡访|排查|服务|志愿|宣传|流动|救助|搜救|突击|摸排)(?<![编分各])"
)
_LEAD_BODY: Final = (
    r"(?:领导小组|专班|指挥部|协调机构|领导机构|委员会|组委会|指挥中心|专门班子"
    rf"|{_SQUAD}(?:小组|工作组|专项组|协调组|督导组|督查组|筹备组))"
)
_SETS_UP: Final = re.compile(
    rf"(?:成立|设立|组建|建立|组成(?!的)|设(?!置|立)|抽调)(?:(?!为各|各个|提供|参与|配合)[^。;\n]){{0,48}}?{_LEAD_BODY}"
)
_LED_TEAM: Final = re.compile(
    r"(?:成立|设立|组建)[^,。;\n]{0,20}(?:小组|工作组|慰问组|走访组),由[^。;\n]{0,24}(?:带队|牵头|负责)"
)
_TEAM: Final = re.compile(
    r"(?:成立|设立|组建)[^。;\n]{0,30}?(?:服务队|救助队|工作队|巡查队|突击队|小分队)"
)
_POST: Final = r"(?:组长|总指挥|总?队长)"
_BODY_SITS: Final = re.compile(
    r"领导小组(?:组成|成员|名单|组长|下设|办公室(?:设|主任|负责|由|统))|指挥部(?:总指挥|下设)"
    r"|(?<![市县省级区的])领导小组(?:统一|负责|统筹|牵头|定期|全面)"
    rf"|(?:^|[\n 。:,、;)])(?:组[ ]*长|总指挥)(?:[:、 ]|由|为)|(?<![各并兼副])(?:(?:担|兼)?任|[为是当])(?:活动|行动)?{_POST}(?=[,。;、\n )的]|$)"
)
_SITS: Final = (_BODY_SITS, _LED_TEAM)
# a heading that is nothing but the body's name
_HEADED: Final = re.compile(
    r"(?:组织领导|(?:活动|行动|工作|专项)*(?:领导|工作)?小组|领导机构|组织机构)(?:成员)?(?:名单)?"
)
_OTHERS: Final = re.compile(r"各[一-鿿、()]{1,24}(?:成立|要成立|应成立|需成立|组建|建立)")


def hotline(page: Page, known: Known) -> Iterator[Found]:
    """Numbers that the text gives for calls, as written."""
    seen: set[str] = set()
    for clause in page.clauses:
        for match in _NUMBER.finditer(clause.text):
            before = clause.text[: match.start()]
            if match[1] in _EMERGENCY or match[1] in seen or not _LABEL.search(before[-40:]):
                continue
            behind = page.text[clause.start + match.end() :][:_FOOT]
            if _NO_HOTLINE.search(before[-6:]) or _SITE_FOOT.search(behind):
                continue
            seen.add(match[1])
            at = clause.start + match.start(1)
            written = page.as_written(at, at + len(match[1]))
            yield Found("hotline", written, at, at + len(match[1]), "hotline.labelled", 0.93)
    yield from _directory(page, seen)


def _directory(page: Page, seen: set[str]) -> Iterator[Found]:
    """Lines that are nothing but an office and its number, below a word about calling."""
    rows = [match for match in _ENTRY.finditer(page.text) if match["number"] not in seen]
    if len(rows) < _LEAST or not _LABEL.search(page.text[: rows[0].start()]):
        return
    for match in rows:
        start, end = match.span("number")
        yield Found("hotline", page.as_written(start, end), start, end, "hotline.directory", 0.85)


def lead_group(page: Page, known: Known) -> Iterator[Found]:
    """The text sets up a leading group, a task force or a working group."""
    has_captain = "队长" in page.text
    for clause in page.clauses:
        match = next(
            filter(None, (_set_up(clause.text), *(p.search(clause.text) for p in _SITS))), None
        )
        if match is None and has_captain:
            match = _TEAM.search(clause.text)
        if match is None:
            continue
        at = clause.start + match.start()
        confidence = 0.8 if _OTHERS.search(clause.text) else 0.92
        yield Found("lead_group", True, at, at + len(match[0]), "lead.sets_up", confidence)
        return
    for section in page.sections:
        title = section.title.strip()
        if _HEADED.fullmatch(title) and title.endswith(("小组", "成员", "名单")):
            end = section.start + len(title)
            yield Found("lead_group", True, section.start, end, "lead.heading", 0.75)
            return


def _set_up(text: str) -> re.Match[str] | None:
    """The first body that a verb before it sets up, not one that is only mentioned."""
    for match in _SETS_UP.finditer(text):
        gap = match[0]
        is_formed = re.search(r"组长|成员|牵头|负责|[,](?:成立|组建|设立)|的[^,]{0,12}$", gap)
        if "," not in gap or is_formed:
            return match
    return None
