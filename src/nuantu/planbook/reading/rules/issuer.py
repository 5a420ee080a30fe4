"""Who put the document out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nuantu.planbook.reading.grammar import organisations
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.found import Found, Known

_LABEL: Final = re.compile(
    r"(?:发文机关|发文单位|印发机关|制发机关|发布机构|发布机关|成文机关|发布单位|主办单位|主办方|主办|发起单位|发起方|发起人?|信息来源)[:;][ ]*([^\s,;。:]{3,30})"
)
# who runs the web site stands at its foot
_SITE_FOOT: Final = re.compile(
    r"网站(?:地图|标识|支持|声明)|技术支持|ICP备|版权所有|浏览器|公网安备"
)
_ACTS: Final = re.compile(
    r"(?:(?:和|及|与)[一-鿿]{2,8}?(?:机构|部门|单位))?(?:近日|日前|(?:自|从)?即日起(?:正式)?|昨日|今日|于[^,。]{2,12}|现|将|特|已|(?:\d{1,2}月)?\d{1,2}日(?:起)?|共同|已?连续\d{1,2}年|在全[省市县区州镇])?(?:决定|印发|启动|下发|制定|发起|出台|部署|组织开展|开展|号召|设专项|召开|举办|举行|组织|计划|拟|牵头|联合|集中|持续|全面|认真|积极|多措并举|扎实|精心|提前|迅速|要求|组建|成立|安排|从|坚持|建立|聚焦|推出|定于|统一|会同|下拨)"
)
_STUDIED: Final = re.compile(
    r"经(?:过)?([一-鿿]{0,10}?(?:党委|党组|政府|党工委|工委|办事处|党政|党总支|党支部|工会)[一-鿿、]{0,12}?)(?:会议|会|班子)?(?:研究|同意|决定|讨论)"
)
_OURS: Final = re.compile(r"我(局|站|会|厅|办|中心|镇|乡|街道|院|校|公司|社区)")
_SIGNED: Final = re.compile(r"^[一-鿿x某、 ]{2,40}$")
_TITLE_TURNS: Final = re.compile(
    r"(?=关于|20[\dx_*]{2}|“|《|春节|元旦|两节|新春|夏季|夏日|冬季|寒冬|暖冬|冬春|中秋|国庆|节日|送温暖|送清凉|防暑|高温|低温|极端|应急|流浪|生活无着|街面|救助|慰问|走访|困难|衣物|捐|募|扎实|开展|举办|举行|组织|做好|印发|启动|集中|积极|持续|全力|多措|迎|领导)"
)
_ACTING_PLACE: Final = re.compile(
    r"(?:^|(?<=[,。\n]))(?:近日,|日前,|今年,|入冬以来,)?(?P<place>[一-鿿]{2,9}?(?:街道|镇|乡|社区|区|县|市))(?=(?:近日|日前|将|已|积极|持续|全面|认真|迅速|精心|扎实|多措|切实|决定|启动|印发|部署|开展|组织|高度重视|不断|加大|坚持|聚焦|严格|充分|紧盯|聚力|强化|筑牢|织密|抓实|落实|多举措|主动|全力|大力|深入|及时|会同|联合))"
)
_SOURCE: Final = re.compile(
    r"(?:(?:从|据)(?P<name>[一-鿿]{2,24}?)(?:获悉|了解到|了解|消息|介绍|通报|透露))"
)
# at the head of a breath, with what it does right behind
_SUBJECT: Final = re.compile(
    rf"(?:^|[,:]|(?:近日|日前|今天|以来|期间|由|日))[ ]*(?P<name>[一-鿿x]{{0,16}}?{organisations.TAIL}(?:{organisations.TAIL})?)"
    r"(?=[^、,。;:的与和及()员长室务])"
)
_NOT_SUBJECT: Final = re.compile(
    r"各|充分|发挥|^(?:同时|依托|发动|动员|鼓励|引导|通过|利用|上级|当地|所在|有关|定点|社会|按|根据|对|向|在|到|报|联合|会同)|公安|医院|城管|医疗|学校"
)
_BARE: Final = frozenset({"局", "厅", "委", "院", "厂", "校", "处", "站", "公司", "学校", "学院"})
_GENERIC: Final = "省市县区州镇乡旗"
_GOVERNMENT: Final = re.compile(r"[、和](?:[省市州县区镇]|人民)政府")
_BODY_SENTENCES: Final = 6
_TAIL_LINES: Final = 5
# a date alone on its line stands below the signature, whatever is annexed behind
_DATE_LINE: Final = re.compile(
    r"(?:20[\dx*]{2}|二[〇零○0][〇零○0一二三四五六七八九]{2})年[ ]*[\dx一二三四五六七八九十元]{1,2}月[ ]*[\dx一二三四五六七八九十]{1,3}日$"
)

# who pays, attends or is in charge of one thing has not issued the paper
_SERVES: Final = re.compile(r"(?:拨付|承担|出资|代表|配合|参加|协助|负责)")
# a title that names only the kind of body names nobody: 社区冬至送温暖活动
_ANY_BODY: Final = re.compile(r"^(?:社区|村|街道|学校|企业|单位|工会)$|期间|元旦|春节")
_STAMPED: Final = re.compile(r"\((?:20\d\d年)\d{1,2}月\d{1,2}日[,、 ](?P<name>[一-鿿]{3,24})\)$")


def issuer(page: Page, known: Known) -> Found | None:
    """The best of label, signature, title, the sentence that announces, and the place alone."""
    candidates = [
        *_labelled(page),
        *_letterhead(page, known),
        *_signed(page),
        *_in_brackets(page),
        *_in_title(page, known),
        *_announced(page),
        *_studied(page, known),
        *_place_acts(page),
        *_leaders(known, page),
        *_source(page),
        *_subject(page),
        *_place_alone(page, known),
        *_dateline(page, known),
        *_hosted(page),
        *_in_the_name(page),
    ]
    if not candidates:
        return None
    best = max(candidates, key=lambda found: found.confidence)
    pair = _GOVERNMENT.match(page.text, best.end) if str(best.value).endswith("委") else None
    words = str(best.value) + (pair[0] if pair else "")
    full = _in_full(_with_place(words, known.title, page), page)
    end = pair.end() if pair else best.end
    return Found("issuer", full, best.start, end, best.rule, best.confidence)


def _in_full(name: str, page: Page) -> str:
    """A body by its short name is the one that the text also gives the full name of."""
    station = f"{name.removesuffix('救助站')}救助管理站"
    if name.endswith("救助站") and station in page.text:
        return station
    head, tail = re.escape(name[:2]), re.escape(name[2:])
    fuller = re.search(rf"(?:(?<![一-鿿])|(?<=日))(?P<name>{head}[一-鿿]{{1,6}}{tail})", page.text)
    is_one = (
        len(tail) > len(head) and fuller and not organisations.names(fuller["name"][: -len(tail)])
    )
    return fuller["name"] if is_one and fuller else name


def _labelled(page: Page) -> Iterator[Found]:
    for match in _LABEL.finditer(page.text[:4000]):
        name = organisations.first_name(match[1], match.start(1))
        words = name[2] if name else re.split(r"[、(]", match[1])[0]
        if not (name or organisations.WIDE_NAME.fullmatch(words)):
            continue
        if _SITE_FOOT.search(page.text[match.start() : match.end() + 240]):
            continue
        yield Found("issuer", words, match.start(1), match.end(1), "issuer.label", 0.96)


def _letterhead(page: Page, known: Known) -> Iterator[Found]:
    """Names alone on a line above the title, with or without 文件."""
    for place, line in page.lines[:3]:
        if known.title and known.title in line:
            return
        words = re.sub(r"(?:文件|函|通知)$", "", line.replace(" ", ""))
        name = organisations.first_name(words)
        is_all_names = bool(re.fullmatch(r"[一-鿿、]{3,40}", words)) and name is not None
        if (
            name
            and is_all_names
            and organisations.names(words)[-1][1] == len(words)
            and not name[0]
        ):
            yield Found("issuer", name[2], place, place + len(line), "issuer.letterhead", 0.9)
            return


def _signed(page: Page) -> Iterator[Found]:
    """A line of its own at the end that is nothing but names, above or beside a date."""
    tail = page.lines[-_TAIL_LINES:]
    dated = [
        line
        for line, (_, below) in zip(page.lines[2:], page.lines[3:], strict=False)
        if _DATE_LINE.match(below)
    ]
    for place, line in dict.fromkeys((*dated, *tail)):
        words = re.sub(r"[ ]*(?:[\dx]{2,4}年|20\d\d[.\-/]\d).*$", "", line).strip()
        if not words or not _SIGNED.match(words) or place == page.lines[0][0]:
            continue
        squeezed = words.replace(" ", "")
        own = organisations.names(squeezed)
        is_name = bool(own) and own[0][0] == 0 and own[-1][1] == len(squeezed)
        is_wide = organisations.WIDE_NAME.fullmatch(squeezed) and (
            (place, line) in dated or (own and own[0][0] == 0)
        )
        if (is_name or is_wide) and not re.search(r"附件|抄送|联系", words):
            yield Found("issuer", squeezed, place, place + len(words), "issuer.signature", 0.95)


def _in_brackets(page: Page) -> Iterator[Found]:
    """A line of the head that is nothing but day and office: (2018年7月20日,白鹭区民政局)."""
    for place, line in page.lines[:3]:
        match = _STAMPED.match(line)
        name = organisations.first_name(match["name"]) if match else None
        if match and name and not name[0] and name[1] == len(match["name"]):
            at = place + match.start("name")
            yield Found("issuer", name[2], at, at + len(name[2]), "issuer.brackets", 0.94)


def _in_title(page: Page, known: Known) -> Iterator[Found]:
    """The name that a title begins with: up to 关于, a year, the campaign's name."""
    if not known.is_titled:
        yield from _opening(page)
        return
    behind = re.search(r"\(([一-鿿]{2,14})\)$", known.title)
    if behind and organisations.WIDE_NAME.fullmatch(behind[1]):
        at = max(page.text.find(known.title), 0) + behind.start(1)
        yield Found("issuer", behind[1], at, at + len(behind[1]), "issuer.title_behind", 0.7)
    heading = re.sub(r"^[“《]|^.{0,24}?--(?=.{6})", "", known.title)
    prefix = re.sub(
        r"(?:20[\dx]{2}(?:-20[\dx]{2})?年?度?)$", "", re.split(_TITLE_TURNS, heading)[0]
    )
    at = max(page.text.find(known.title), 0) + len(known.title) - len(heading)
    name = organisations.first_name(re.split(r"关于|“|《", heading)[0][:30])
    lead = heading[: name[0]] if name else ""
    if name and _ANY_BODY.search(name[2]):
        return
    if name and re.fullmatch(r"[A-Za-z\d]*|.", lead):
        full = (lead if lead.isalnum() and lead.isascii() else "") + name[2]
        confidence = 0.5 if full in _BARE else 0.93
        yield Found("issuer", full, at + name[0], at + name[1], "issuer.title", confidence)
    elif prefix in _BARE and prefix != heading:
        yield Found("issuer", prefix, at, at + len(prefix), "issuer.title_wide", 0.5)
    elif 2 <= len(prefix) <= 26 and organisations.WIDE_NAME.fullmatch(prefix) and prefix != heading:
        yield Found("issuer", prefix, at, at + len(prefix), "issuer.title_wide", 0.82)


def _opening(page: Page) -> Iterator[Found]:
    """A text without a title that begins like one: 某委关于做好……"""
    place, line = page.lines[0] if page.lines else (0, "")
    match = re.match(r"([^,。:]{3,26}?)关于(?:做好|开展|印发|进一步|认真|组织|切实|实施)", line)
    if match and organisations.WIDE_NAME.fullmatch(match[1]):
        yield Found("issuer", match[1], place, place + match.end(1), "issuer.opening", 0.85)


def _announced(page: Page) -> Iterator[Found]:
    """The office that does what a notice does; of several side by side, the first."""
    for start, end in page.sentences[:_BODY_SENTENCES]:
        sentence = page.text[start:end]
        first, behind = -1, -1
        for at, stop, name in organisations.names(sentence):
            if sentence[behind:at] not in ("、", "和", "与", "及"):
                first = at
            behind = stop
            before = sentence[max(0, first - 6) : at]
            acts = _ACTS.match(sentence[stop : stop + 16])
            if acts and not re.search(r"根据|按照|《", before):
                lead = organisations.first_name(sentence[first:stop])
                found = (
                    (first, first + lead[1], lead[2]) if lead and not lead[0] else (at, stop, name)
                )
                yield Found(
                    "issuer", found[2], start + found[0], start + found[1], "issuer.announces", 0.85
                )
                return


def _source(page: Page) -> Iterator[Found]:
    """Whom a report names as its source: 记者从某局获悉, 某局消息."""
    for start, end in page.sentences[:_BODY_SENTENCES]:
        for match in _SOURCE.finditer(page.text, start, end):
            name = organisations.first_name(match["name"], match.start("name"))
            if name and name[1] == match.end("name"):
                yield Found("issuer", name[2], name[0], name[1], "issuer.source", 0.7)
                return


def _subject(page: Page) -> Iterator[Found]:
    """The office that most sentences have as their subject, the one named first among equals."""
    places: dict[str, list[tuple[int, int]]] = {}
    for clause in page.clauses:
        for match in _SUBJECT.finditer(clause.text):
            name = organisations.first_name(match["name"])
            is_named = name is not None and (len(name[2]) > 2 or name[2][0] in _GENERIC)
            lead = match["name"][: name[0]] if name else ""
            if not (name and is_named and (not lead or lead.endswith("由"))):
                continue
            serves = _SERVES.match(clause.text, match.end("name"))
            if not (serves or _NOT_SUBJECT.search(match["name"])):
                at = clause.start + match.start("name")
                places.setdefault(name[2], []).append((at + name[0], at + name[1]))
    if places:
        most = max(places, key=lambda words: (len(places[words]), -places[words][0][0]))
        yield Found("issuer", most, *places[most][0], "issuer.subject", 0.52)


def _studied(page: Page, known: Known) -> Iterator[Found]:
    for match in _STUDIED.finditer(page.text[:2500]):
        body = match[1]
        if not re.match(r"[一-鿿]{0,8}[省市县区州镇乡]|[一-鿿]{2,8}街道", body):
            place = organisations.place_of(known.title)
            body = (place[-1:] if place else "") + body
        yield Found("issuer", body, match.start(1), match.end(1), "issuer.studied", 0.8)
        return
    yield from _ours(page, known)


def _ours(page: Page, known: Known) -> Iterator[Found]:
    """我局, 我镇: the office speaks of itself and the title or nobody says which."""
    ours = _OURS.search(page.text[:1500])
    place = organisations.place_of(known.title)
    if ours and place and ours[1] in ("镇", "乡", "街道"):
        yield Found("issuer", place, *ours.span(), "issuer.ours", 0.6)
    elif ours:
        own = [name for _, _, name in organisations.names(page.text) if name.endswith(ours[1])]
        name = max(own, key=own.count) if own else ours[1]
        yield Found("issuer", name, *ours.span(), "issuer.ours", 0.45 if own else 0.35)


def _place_acts(page: Page) -> Iterator[Found]:
    """A street, a town or a city is the one that acts: 某某街道持续加大."""
    for start, end in page.sentences[:3]:
        for match in _ACTING_PLACE.finditer(page.text, start, end):
            if not re.search(r"[在全各的为是于对]|根据", match["place"]):
                yield Found(
                    "issuer", match["place"], *match.span("place"), "issuer.place_acts", 0.65
                )
                return


def _leaders(known: Known, page: Page) -> Iterator[Found]:
    """Visits of the leaders of a city, county or district are ordered by its committee and government."""
    match = re.search(r"(?P<of>[市区县镇州])(?:级|四套班子|委)?[^,。]{0,4}领导", known.title)
    if match:
        of = match["of"]
        place = organisations.place_of(known.title)
        name = (place if len(place) > 1 else of) + f"委、{of}政府"
        at = max(page.text.find(known.title), 0)
        yield Found("issuer", name, at, at + len(known.title), "issuer.leaders", 0.58)


def _place_alone(page: Page, known: Known) -> Iterator[Found]:
    """The title names a place but no office: the place, for a person to complete."""
    place = organisations.place_of(known.title)
    if place:
        at = max(page.text.find(place), 0)
        confidence = 0.55 if len(place) > 1 else 0.4
        yield Found("issuer", place, at, at + len(place), "issuer.place", confidence)


def _hosted(page: Page) -> Iterator[Found]:
    """``此次活动由白鹭分厂工会主办``."""
    match = re.search(r"由(?P<name>[一-鿿]{2,24}?)(?:主办|发起(?!人))", page.text)
    name = organisations.first_name(match["name"]) if match else None
    if match and name and name[1] == len(match["name"]):
        yield Found("issuer", match["name"], *match.span("name"), "issuer.hosted", 0.7)


def _in_the_name(page: Page) -> Iterator[Found]:
    """``以白鹭团工委的名义``."""
    match = re.search(r"以(?P<name>[一-鿿]{3,20}?[局厅委办院校会部处站队])的名义", page.text)
    if match:
        yield Found("issuer", match["name"], *match.span("name"), "issuer.name_of", 0.6)


def _dateline(page: Page, known: Known) -> Iterator[Found]:
    """A headline that opens with its place (白鹭:向困难群众……) over a text of 我市."""
    place = re.match(r"([一-鿿]{2,4}):(?=.{4})", page.lines[0][1]) if page.lines else None
    level = re.search(r"我([市县区镇州])", page.text)
    if place and level:
        name = place[1].removesuffix(level[1]) + level[1]
        at = page.lines[0][0]
        yield Found("issuer", name, at, at + len(place[1]), "issuer.dateline", 0.45)


def _with_place(name: str, heading: str, page: Page) -> str:
    """``市救助服务中心`` under a title of 大同市 is 大同市救助服务中心."""
    if not name or name[0] not in _GENERIC:
        return name
    for text in (heading, page.text[:300]):
        for match in re.finditer(rf"(?:^|[。,\n(为])([一-鿿]{{2,8}}?){name[0]}", text):
            if not re.search(r"[的在全各本我为是于据照经由将和对向做]|关于", match[1]):
                place = match[1] + name[0]
                if text == heading or page.text.count(place) > 1 or _is_told_of(page, match):
                    return match[1] + name
    return name


def _is_told_of(page: Page, match: re.Match[str]) -> bool:
    """Whether a breath opens with the place and says what befell it: 白鹭镇遭受了旱灾."""
    return bool(re.match(r"(?:遭受|遭遇|连续|出现|发生|受)", page.text[match.end() :]))
