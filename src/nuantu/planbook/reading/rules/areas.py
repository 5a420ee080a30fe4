"""Places to patrol, to collect at or to visit, as the text lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nuantu.planbook.reading.grammar import spots
from nuantu.planbook.reading.grammar.headings import NUMBER
from nuantu.planbook.reading.page import Clause, Page
from nuantu.planbook.reading.rules.found import Found, Known

_ABOUT: Final = re.compile(
    r"巡|排查|摸排|露宿|流浪|重点|区域|地段|场所|地点|部位|巡视|聚集|上街|搜救|摸底|走访|点位|片区|设点|接收|慰问|送清凉|范围|深入|前往|送去|送上"
)
_GOODS: Final = re.compile(r"发放|储备|配备|采购|矿泉水|棉被|食品|药品|物资|大米")
_CLOSED: Final = re.compile(
    r"等(?:[一-鿿]{0,14}?)(?:区域|地段|场所|部位|地方|地点|点位|路段|重点|处|地|地带|场地|一带|位置|单位|角落|\d+个|[一二三四五六七八九十]+个)"
    r"|[一二三四五六七八九十\d]个重点(?:区域|地区|地段|部位|场所|地点)"
)
_HEADED: Final = re.compile(
    rf"(?:^|(?<=[。;\n ]))[ ]{{0,4}}(?:{NUMBER}[ ]{{0,4}})?〔?[一-鿿、]{{0,10}}?(?P<label>地点|点位|区域|场所|地址)"
    r"(?:〕[:]?|[:]|(?:为|设在|是)[:]?|[ ]*(?=\n))[ ]{0,4}\n?[ ]{0,4}\n?[ ]{0,4}(?P<list>[^。;\n]{2,160})",
    re.M,
)
# when something is open, beside where
_HOURS: Final = re.compile(
    r"(?:[本下每](?:周|星期)[一二三四五六日末]?|(?:周|星期)[一二三四五六日])(?:全天|[上中下]午|晚上)?|(?:[上中下]午|晚上)?\d{1,2}[:点时]\d{0,2}分?(?:[-~至到]{1,2}(?:[上中下]午)?\d{1,2}[:点时]\d{0,2}分?)?"
)
_TAKES_IN: Final = re.compile(
    r"(?:在|于)(?P<list>[^,。;:\n在于]{3,60}?)(?:分别)?(?:设立?|设置|开设|摆设)(?:了|有)?[一-鿿]{0,6}?(?:点|站|箱|处|台)(?![一-鿿]*[主])"
)
_BROUGHT: Final = re.compile(
    r"(?:(?:送到|送至|送往|交到|交至|拿到|放到|带到)(?!单位)|地址(?:为|:)[ ]{0,2}|地点(?:主要)?(?:设置?|定|选)在(?:[^,。]{0,8}的)?|[日,]?[^,。\n]{2,16}在(?=[^,。]{2,12}(?:举办|举行)))(?P<one>[一-鿿A-Za-z\d]{3,24}?)(?=[,。;:( \n]|联系|电话|统一|举办|举行|$)"
)
# any of its kind, not a place by its name
_VAGUE: Final = re.compile(
    r"学院$|指定|^(?:社区|街道|村|各|所在)[一-鿿]{0,4}(?:居委会|办事处|村委会|委员会)$"
)
_HELD_IN: Final = re.compile(
    r"(?:分别)?在(?P<list>[^,。;:\n、在]{2,10}(?:、[^,。;:\n、]{2,10}){1,8})等[一-鿿]{1,6}?(?:开展|举办|举行|进行|收)"
)
_BROUGHT_TO: Final = re.compile(
    r"(?:送往|送到|送至|交到|交至)(?P<list>[^,。;:\n、]{3,14}?(?:[或、][^,。;:\n、]{2,12}){1,8})(?=[,。;\n])"
)
_TAKEN_AT: Final = re.compile(
    r"(?<!捐衣)(?<!收衣)(?<!年级)(?<!指定)[旁内前后处口楼室厅下侧院校园部场站点馆店街路心亭号会堂]$"
)
_ITINERARY: Final = re.compile(
    r"^[ ]{0,4}(?:(?:\d{1,2}月)?\d{1,2}[日号](?:[上下]午)?|第[一二三四五六七八九十\d]{1,2}(?:小?组|站|路))[:](?P<list>[^,。;:\n]{2,60})",
    re.M,
)
_UNNAMED: Final = re.compile(
    r"(?P<before>重点(?:区域|地段|部位|场所))(?=[^,。;]{0,10}巡)|巡[^,。;]{0,10}(?P<behind>重点(?:区域|地段|部位|场所))"
)
_HEADING: Final = 10
_CALLED_ON: Final = re.compile(
    r"(?:来到|走进|前往)(?P<one>[一-鿿]{2,12}?(?:敬老院|福利院|养老院|光荣院|干休所))(?=看望|慰问|走访|开展|,)"
)
_ONE_PLACE: Final = 26
_SOMEWHERE: Final = re.compile(r"[堂旁内前后处口楼室厅下侧院校园部场站点馆店街路心]$")
_OPEN: Final = re.compile(
    r"待定|另行|全[市县区镇校国省]|辖区|各[地级]|[x*]{2}|^\d+(?:$|[余多]?[人名户个家万元件])|职工|人员|对象|群众|家庭|农民工"
)
_LABEL: Final = re.compile(
    r"(?:地点|区域|场所|点位|部位|募捐点|接收点|捐赠点|捐助点|收集点|发放点|设点|慰问单位|走访单位|慰问点|走访点|范围|路线)(?:设在|包括|为|是|有|主要有|在|如下)?[: ]*$"
)
_VISIT: Final = re.compile(r"(?:走访|赴|前往|走进|深入|看望|慰问|到|负责)(?:了)?$")
_TEAM: Final = re.compile(r"(?:走访|赴|前往|深入|慰问|看望|到|负责|包括|巡查|巡|在)")
_VISITED: Final = re.compile(
    r"(?:院|站|队|中心|学校|中学|小学|企业|公司|厂|分厂|工地|项目部?|社区|村|部|所|车间|班组|岗亭|大队|支队|局|工区|园区|矿|煤矿|部队|中队|福利院|敬老院|医院|指挥部|路段|沿线|片区|卡口|广场|操场|门口|楼下|路口|超市|街道|镇|乡|渔场|林场|农场|宿舍|食堂|教学楼|图书馆|点)(?:\([^()]*\))?$"
)
_NO_PLACE: Final = re.compile(
    r"(?:^|由)各(?:乡|镇|街道|村|社区|县|区|市|单位|部门|级)|^(?:困难|特困|驻|一批|部分|基层)|^(?:民政|公安|城管|卫健|卫生|财政|教育|交通|气象|消防|住建|司法|环卫)(?:局|部门)?$|部门|工作|制度|机制|人员|会议|领导|干部|责任|宣传|司机|工人|职工|老人|儿童|政策|服务$|救助$|政府|党委|工会$|妇联|团委|残联|联合会|微信|广播|报纸|电视|网站|媒体(?!中心)|县委|市委|区委|办公室$|办$|^(?:[上中下]午|晚上|早上|夜里|凌晨)|[\d一二三四五六七八九十]点半?$|时$|带队$|(?:受灾|帮扶|贫困|民族)地区$|摆摊|^全(?:方位|覆盖|天)|^露宿|^制定|时段|计划$|方案$|预案$"
)
_HELPERS: Final = re.compile(
    r"动员|发动|发挥|协调|邀请|会同|联合(?!巡|检|执法|行动|小组|开展|排查)|参与|配合|志愿者|协作|联动机制|张贴|宣传|成员单位|抽调|负责落实"
)
_LEAST: Final = 2


def areas(page: Page, known: Known) -> Iterator[Found]:
    """The places listed; where none is, the 重点区域 that a text speaks of when it patrols."""
    found = list(_listed(page, known))
    yield from found or _unnamed(page)


def _unnamed(page: Page) -> Iterator[Found]:
    for clause in page.clauses:
        match = _UNNAMED.search(clause.text)
        if match:
            words = match["before"] or match["behind"]
            start = clause.start + match.start() + match[0].index(words)
            yield Found("areas", words, start, start + len(words), "areas.unnamed", 0.7)
            return


def _listed(page: Page, known: Known) -> Iterator[Found]:
    """Lists that end in 等区域, stand behind a label, or name kinds of places in most members."""
    seen: list[str] = []
    told = (*_headed(page), *_numbered(page), *_itinerary(page, known), *_called_on(page, known))
    for row in (*told, *_collected(page, known)):
        if row.value not in seen:
            seen.append(row.value)
            yield row
    for clause in page.clauses:
        for match in spots.LIST.finditer(clause.text):
            for start, end, name, confidence in _places(page, clause, match):
                if not any(name in other for other in seen):
                    seen.append(name)
                    at = clause.start + match.start()
                    yield Found("areas", name, at + start, at + end, "areas.list", confidence)


def _itinerary(page: Page, known: Known) -> Iterator[Found]:
    """Where each day or each party goes: 7月12日:甲车间、乙车间; 第一组:敬老院、福利院."""
    if known.operation_type not in ("festival_visit", "union_cooling", "summer_rescue"):
        return
    rows = []
    for match in _ITINERARY.finditer(page.text):
        listed = [row for row in spots.items(match["list"]) if not _NO_PLACE.search(row[2])]
        named = [item for item in listed if _VISITED.search(item[2]) or spots.is_place(item[2])]
        if named and len(named) * 2 >= len(listed):
            at = match.start("list")
            rows += [
                Found("areas", name, at + start, at + end, "areas.itinerary", 0.8)
                for start, end, name in named
            ]
    if len({page.line_at(row.start) for row in rows}) >= _LEAST:
        yield from rows


def _collected(page: Page, known: Known) -> Iterator[Found]:
    """Where a drive takes things in: 在甲处和乙处设捐赠点, 送到丙处, 地址:丁处."""
    if known.operation_type != "donation_drive":
        return
    for match in (
        *_TAKES_IN.finditer(page.text),
        *_HELD_IN.finditer(page.text),
        *_BROUGHT_TO.finditer(page.text),
    ):
        for start, end, name in spots.items(match["list"]):
            if not (_NO_PLACE.search(name) or _OPEN.search(name) or "指定" in name):
                at = match.start("list")
                yield Found("areas", name, at + start, at + end, "areas.taken_in", 0.78)
    for match in _BROUGHT.finditer(page.text):
        name = match["one"]
        is_vague = bool(_VAGUE.search(name))
        if not _NO_PLACE.search(name) and _TAKEN_AT.search(name) and not is_vague:
            yield Found("areas", name, *match.span("one"), "areas.brought", 0.7)


def _called_on(page: Page, known: Known) -> Iterator[Found]:
    """The home that a report of a visit tells of: 来到白鹭镇敬老院看望老人."""
    if known.operation_type == "festival_visit":
        for match in _CALLED_ON.finditer(page.text):
            yield Found("areas", match["one"], *match.span("one"), "areas.called_on", 0.7)


def _numbered(page: Page) -> Iterator[Found]:
    """Short numbered lines under a heading of places."""
    for outer in page.sections:
        if not re.search(r"地点$", outer.title.rstrip(":")) or len(outer.title) > _HEADING:
            continue
        inner = [part for part in page.sections if outer.start < part.start < outer.end]
        lines = [page.text[part.start : part.end].strip() for part in inner]
        if len(inner) < _LEAST or any(len(line) > _ONE_PLACE for line in lines):
            continue
        for part in inner:
            if not (_OPEN.search(part.title) or re.search(r"[,。;]", part.title)):
                at = page.text.index(part.title, part.start)
                yield Found("areas", part.title, at, at + len(part.title), "areas.numbered", 0.8)


def _headed(page: Page) -> Iterator[Found]:
    """What stands behind a heading such as 募捐地点, one place or many."""
    for match in _HEADED.finditer(page.text):
        words = _HOURS.sub(lambda hours: " " * len(hours[0]), match["list"])
        listed = spots.items(words)
        name = words.strip()
        is_one = match["label"] in ("地点", "地址") and not re.search(r"[、,]", words)
        if is_one and 2 <= len(name) <= _ONE_PLACE and _SOMEWHERE.search(name):
            at = match.start("list") + words.index(name)
            yield Found("areas", name, at, at + len(name), "areas.headed", 0.85)
            continue
        if not listed or any(_OPEN.search(item[2]) or _NO_PLACE.search(item[2]) for item in listed):
            continue
        fit = [item for item in listed if spots.may_be_place(item[2]) or _VISITED.search(item[2])]
        if len(fit) * 2 >= len(listed):
            at = match.start("list")
            for start, end, name in listed:
                yield Found("areas", name.strip(), at + start, at + end, "areas.headed", 0.85)


def _places(
    page: Page, clause: Clause, match: re.Match[str]
) -> Iterator[tuple[int, int, str, float]]:
    start, end = clause.sentence
    sentence = page.text[start:end]
    if _GOODS.search(match[0]):
        return
    stop = re.search(r"[,:]", clause.text[match.end() :])
    after = clause.text[match.end() :][: min(stop.start() if stop else 14, 14)]
    if _HELPERS.search(clause.text[max(0, match.start() - 8) : match.end()] + after):
        return
    listed = [item for item in spots.items(match[0]) if not _NO_PLACE.search(item[2])]
    known = [item for item in listed if spots.is_place(item[2])]
    is_visit = _is_visit(page, clause, match)
    fit = [
        item
        for item in listed
        if spots.may_be_place(item[2]) or (is_visit and _VISITED.search(item[2]))
    ]
    is_about = _is_about(page, clause, sentence)
    labelled = bool(
        _LABEL.search(clause.text[: match.start()] + _before_colon(page, clause, match))
    )
    closed = bool(_CLOSED.search(clause.text[match.start() :]))
    if len(listed) < _LEAST or len(fit) * 2 < len(listed) or not (is_about or labelled):
        return
    if labelled:
        yield from ((*item, 0.9) for item in listed)
    elif closed:
        yield from ((*item, 0.88) for item in listed)
    elif len(known) >= _LEAST:
        yield from ((*item, 0.88) for item in fit)
    elif is_visit and len(fit) >= _LEAST:
        yield from ((*item, 0.75) for item in fit)


def _before_colon(page: Page, clause: Clause, match: re.Match[str]) -> str:
    opener = re.match(r"[^、]{0,14}?(?:地点|区域|点位|范围|单位)[:]", match[0])
    return opener[0] if opener else ""


def _is_about(page: Page, clause: Clause, sentence: str) -> bool:
    section = next(page.around(clause.start), None)
    if section and re.search(r"巡|摸排|排查|街面", section.title):
        return True
    return bool(_ABOUT.search(sentence)) or "areas" in page.roles_at(clause.start)[:1]


def _is_visit(page: Page, clause: Clause, match: re.Match[str]) -> bool:
    before = clause.text[: match.start()]
    opener = match[0].split("、")[0]
    return bool(_VISIT.search(before) or _TEAM.search(before[-20:] + opener))
