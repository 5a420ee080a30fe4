"""How often the streets are patrolled, and how soon help is on the spot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nuantu.planbook.reading.grammar import numerals
from nuantu.planbook.reading.grammar.cadences import Cadence, cadences, changed
from nuantu.planbook.reading.page import Clause, Page
from nuantu.planbook.reading.rules.found import Found, Known

# on the streets, by any word for it
_STREET: Final = r"巡|上街|上路|街头|街面|走街|排查|摸排|天天查|每日一查|救助车|(?:前往|深入|到|赴)[^,;。]{0,16}(?:区域|地段|点位|街|桥|站|场)"
_PATROL: Final = re.compile(_STREET)
_NOT_PATROL: Final = re.compile(
    r"电话|报送|上报|消毒|体温|通报|例会|会议|培训|检查托养|食谱|菜谱|值班|消防|隐患|安全检查|走访慰问|入户|探视"
)
_OTHER_WORK: Final = re.compile(
    r"检查|会议|培训|报|消毒|例会|走访|探视|回访|联系|通话|慰问|更新|统计|评选|宣传|演练|食|餐|洗|测|医|体检|盘点|学习|安全|发放|轮换"
)
_WORDS: Final = re.compile(
    r"不间断[一-鿿]{0,6}巡查|24小时[一-鿿]{0,8}巡查|常态化[一-鿿]{0,6}巡查|全天候[一-鿿]{0,8}巡查|加密[一-鿿]{0,8}(?:巡查|频次)"
    r"|(?:加大|增加|提高)[一-鿿]{0,8}(?:巡查|频次|频率)[一-鿿]{0,6}(?:力度|频次|频率|密度|次数)?|高频(?:率|次)[一-鿿、]{0,8}巡查|突击检查|巡得更勤"
    r"|(?:加大|加强)[一-鿿]{0,4}巡查"
)
_WHEN_ONLY: Final = re.compile(r"[一-鿿\d:-]{0,8}(?:时段|期间|时分|时|后|前|起|开始)")
_IF: Final = re.compile(
    r"([一-鿿、“”\dⅠⅡⅢⅣ℃°]{2,30}?(?:预警|天气|期间|时段|(?<!小)时|后|响应|温度|以下|季节|节假日|夜间))[,，]?"
)
_ARRIVE: Final = re.compile(
    rf"(?P<number>{numerals.NUMBER})(?P<to>-\d+)?(?:个)?(?P<unit>分钟|小时|刻钟)(?!制|值|备|开|热|接待|服务|畅通|待命|在岗)"
    r"(?=(?P<rest>[^;。]{0,22}?(?:到达|到场|赶到|赶赴|抵达|到位|出警|出车|出动|前往现场|赴现场|到现场|现场处置|有人到|到位|能到|必到|到(?=$|[,。;]))))"
)
_ARRIVE_REVERSED: Final = re.compile(
    rf"(?P<rest>(?:到达|到场|赶到|抵达|赶赴|响应)[^,;。]{{0,14}}?(?:不超过|控制在|少于|在|为|于)[^,;。]{{0,6}}?)(?P<number>{numerals.NUMBER})(?P<to>-\d+)?(?:个)?(?P<unit>分钟|小时)"
)
_OTHER_CLOCK: Final = re.compile(r"[,;][^,;]*(?:分钟|小时|刻钟)|巡一?次|一次")
_NOT_ARRIVAL: Final = re.compile(
    r"24小时|二十四小时|报告|上报|通报|寻亲|公告|查询|全天|信息报|报到"
)
# a cadence of its own for one kind of place
_PLACES: Final = re.compile(
    r"(?:重点|一般|其他|偏远|普通|次重点)(?:区域|地段|部位|场所|路段|点位|地区)|主城区|城区|郊区|农村|乡镇|城乡结合部"
)
_FAR: Final = re.compile(r"远|偏|郊|乡镇|农村|边")


def patrol_frequency(page: Page, known: Known) -> Iterator[Found]:
    """Counted cadences of clauses about patrols, and words without a figure."""
    seen = set()
    before: Cadence | None = None
    for clause in page.clauses:
        if not _PATROL.search(clause.text) and not _is_under_patrols(page, clause):
            continue
        figures = [row for row in cadences(clause.text, clause.start) if _is_patrol(clause, row)]
        earlier = figures[-1] if figures else before
        if earlier and page.line_at(earlier.start) == page.line_at(clause.start):
            figures += _changes(clause, figures, earlier)
        before = earlier
        for row in figures:
            key = (row.count, row.per)
            if key not in seen:
                seen.add(key)
                yield _row(page, clause, row)
        if not figures:
            yield from _wordy(page, clause)


def _changes(clause: Clause, figures: list[Cadence], earlier: Cadence) -> list[Cadence]:
    """Counts that a worse weather brings, for the period of the cadence before them."""
    return [
        row
        for row in changed(clause.text, clause.start, earlier.per)
        if not any(row.start < other.end and other.start < row.end for other in figures)
    ]


def _is_under_patrols(page: Page, clause: Clause) -> bool:
    """A clause that goes on in a section whose title is about patrols."""
    section = next(page.around(clause.start), None)
    if section is None:
        return False
    return "巡" in section.title or (section.role == "window" and "巡" in page.lines[0][1])


def _is_patrol(clause: Clause, row: Cadence) -> bool:
    at, to = row.start - clause.start, row.end - clause.start
    near = clause.text[max(0, at - 16) : to + 26]
    after = re.split(r"[,。]", clause.text[to:])[0]
    before = re.split(r"[,。]", clause.text[:at])[-1]
    if _WHEN_ONLY.fullmatch(after):
        # 每天高温时段,巡查小组……: the work stands behind the comma
        after = ",".join(re.split(r"[,。]", clause.text[to:])[:2])
    same_breath = before + clause.text[at:to] + after
    if _NOT_PATROL.search(same_breath) and not re.search(r"巡", same_breath):
        return False
    if row.is_counted:
        return bool(_PATROL.search(near)) or not _OTHER_WORK.search(same_breath)
    return bool(_PATROL.search(same_breath))


def _row(page: Page, clause: Clause, row: Cadence) -> Found:
    value = {
        "count": row.count,
        "per": row.per,
        "at_least": row.at_least,
        "condition": _condition(page, clause, row.start),
    }
    places = _PLACES.search(re.split(r"[,;:]", page.text[clause.start : row.start])[-1])
    if places:
        value["places"] = places[0]
    confidence = 0.94 if row.is_counted else 0.86
    rule = "patrol.counted" if row.is_counted else "patrol.each"
    return Found("patrol_frequency", value, row.start, row.end, rule, confidence)


def _wordy(page: Page, clause: Clause) -> Iterator[Found]:
    match = _WORDS.search(clause.text)
    if match:
        at = clause.start + match.start()
        value = {
            "count": None,
            "per": None,
            "condition": _condition(page, clause, at),
            "raw": match[0],
        }
        yield Found("patrol_frequency", value, at, at + len(match[0]), "patrol.words", 0.8)


def _condition(page: Page, clause: Clause, place: int) -> str:
    before = page.text[clause.start : place]
    parts = [part for part in re.split(r"[,。:]", before) if part.strip()]
    for part in reversed(parts[-2:]):
        match = _IF.search(
            re.sub(r"^[ ]*(?:[一二三四五六七八九十]+、|\\d+[、.]|\(.{1,2}\))", "", part) + ","
        )
        if match:
            return match[1].removeprefix("在").removeprefix("遇").removeprefix("如遇")
    titles = [section.title for section in page.around(place)]
    return next((title for title in titles if re.search(r"响应|预警", title)), "平时")


def response_minutes(page: Page, known: Known) -> Iterator[Found]:
    """Promises to be on the spot within so many minutes."""
    seen = set()
    for clause in page.clauses:
        for match in (*_ARRIVE.finditer(clause.text), *_ARRIVE_REVERSED.finditer(clause.text)):
            minutes = _minutes(match)
            around = clause.text[max(0, match.start() - 2) : match.end() + len(match["rest"])]
            if not minutes or _NOT_ARRIVAL.search(around) or _OTHER_CLOCK.search(match["rest"]):
                continue
            before = re.split(r"[,、]", clause.text[: match.start()])[-1]
            scope = "far" if _FAR.search(before) else "near"
            if (minutes, scope) not in seen:
                seen.add((minutes, scope))
                at = clause.start + match.start()
                value = {"minutes": minutes, "scope": scope, "raw": match[0] + match["rest"]}
                yield Found(
                    "response_minutes", value, at, at + len(match[0]), "response.arrive", 0.92
                )


def _minutes(match: re.Match[str]) -> int | None:
    value = numerals.value_of(match["to"].lstrip("-") if match["to"] else match["number"])
    if value is None:
        return None
    factor = {"分钟": 1, "分": 1, "小时": 60, "刻钟": 15}[match["unit"]]
    minutes = int(value * factor)
    return minutes if 0 < minutes <= 720 else None
