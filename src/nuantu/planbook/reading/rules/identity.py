"""Which document it is: title, kind of operation, number, day of issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nuantu.planbook.reading.grammar import organisations
from nuantu.planbook.reading.grammar.days import Calendar
from nuantu.planbook.reading.grammar.whens import When, periods, singles
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.found import Found, Known

_TITLE_LABEL: Final = re.compile(r"^(?:标题|名称|文件名称|公文标题|信息名称)[:]?\s*(.{4,80})$")
_TITLE_WORDS: Final = re.compile(
    r"方案|通知|预案|制度|办法|小结|总结|倡议|公告|通告|意见|计划|安排|措施|报告|机制|细则|规定|简报|一封信|行动|活动|慰问|通报|要点"
)
# a first line of few words about the genre is a title whatever kind of paper it names
_TOPIC: Final = re.compile(r"策划|捐|募|送温暖|送清凉|救助|巡查|巡逻|走访|冬衣|寒冬|冬春|清凉")
_TOPIC_LINE: Final = 36
_PLAIN_LINE: Final = re.compile(
    r"^(?:索引号|发文|发布|来源|时间|浏览|字号|您|当前|主题|分类|文号|各[^。]{1,30}[:]$)"
)
_ITEM: Final = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)]|第[一二三四五六七八九十]|成立|为(?:了|切实|做好|确保|进一步|深入))"
)
_CAMPAIGN: Final = re.compile(
    r"(?:(?!年)[一-鿿]{2,5}[省市县区州镇])?“[^”]{3,14}”(?:专项)?(?:救助|慰问|捐赠|志愿服务)?(?:行动|活动|工作)"
)
_HEAD_LINES: Final = 12
_NUMBER: Final = re.compile(
    r"([一-鿿]{1,14})[〔(（﹝<《\[]((?:19|20)[\dx*]{2})[〕)）﹞>》\]]\s*(?:第)?\s*([\dx*]{1,4})\s*号"
)
# a number without the letters of an office, alone on its line under the title
_BARE_NUMBER: Final = re.compile(
    r"^[ ]*〔((?:19|20)\d\d)〕[ ]*(?:第)?[ ]*(\d{1,4})[ ]*号[ ]*$", re.M
)
# a report that a plan for emergencies is put to work is not that plan
_PUT_TO_WORK: Final = re.compile(r"(?:启动|开启|实施|执行|落实)[^,。]{0,14}预案")
_WORKERS: Final = 4
# a report of December speaks of the festivals of the year to come
_YEAR_TURNS: Final = 12
_CITED: Final = re.compile(r"[《》]|根据|按照|依据|精神|要求|通知\($|关于")
_DATE_LABEL: Final = (
    (
        re.compile(
            r"(?:发文(?:时间|日期)|印发(?:时间|日期)|成文(?:时间|日期)|签发(?:时间|日期)|制发日期|发文日)[: ]*$"
        ),
        0.97,
    ),
    (re.compile(r"(?:发布(?:时间|日期)|公开(?:时间|日期)|生成日期|更新时间|日期)[: ]*$"), 0.9),
    (re.compile(r"(?:^|\n| )时间[: ]*$"), 0.6),
)
# a page of the web was put up at that minute; a paper on it is older, a report is of that day
_CLOCK: Final = re.compile(r"[ T]*\d{1,2}:\d{2}")
_PAPER: Final = re.compile(r"方案|通知|预案|办法|制度|意见|规定|细则|倡议|计划|规程|范文|策划")
_POSTED: Final = re.compile(r"^[ T]*\d{1,2}:\d{2}(?::\d{2})?[^\n]{0,24}来源")
_DATELINE: Final = re.compile(r"^(?:讯|电|消息)(?:[(,:])")
_NAME_LENGTH: Final = 24
_STAMP_LINE: Final = 44
_HEAD_OF_REPORT: Final = 400
_ISSUED_AFTER: Final = re.compile(r"^(?:印发|发布|发文|下发|签发|公布|讯|电|消息)")
_AS_OF: Final = re.compile(r"截[至止]到?$")
_OTHER_LABEL: Final = re.compile(r"(?<!发文)(?<!发布)(?<!印发)(?:时间|日期|安排|期限)[〕:]?$")
_TAIL_LINES: Final = 6


def title(page: Page) -> Found | None:
    """The labelled title, else the first line of the head that reads like one, else the campaign."""
    head = page.lines[:_HEAD_LINES]
    for place, line in head:
        labelled = _TITLE_LABEL.match(line)
        if labelled:
            at = place + labelled.start(1)
            return Found(
                "title", labelled[1].strip(), at, at + len(labelled[1]), "title.label", 0.98
            )
    for place, line in head:
        words = _bare_title(line)
        if _reads_like_a_title(line, words):
            return Found("title", words, place, place + len(words), "title.first_line", 0.9)
    for place, line in head[:1]:
        words = _bare_title(line)
        if _TOPIC.search(words) and len(words) <= _TOPIC_LINE and not re.search(r"[,。;:]", words):
            return Found("title", words, place, place + len(words), "title.topic", 0.7)
    campaign = _CAMPAIGN.search(page.text[:1500])
    if campaign:
        return Found("title", campaign[0], *campaign.span(), "title.campaign", 0.45)
    place, line = head[0] if head else (0, "")
    words = _bare_title(re.split(r"[。,;]", line)[0])[:60]
    return (
        Found("title", words, place, place + len(words), "title.opening", 0.4)
        if words[1:]
        else None
    )


def _reads_like_a_title(line: str, words: str) -> bool:
    if line.endswith(("。", ";", ":")) or _ITEM.match(line) or _PLAIN_LINE.match(line):
        return False
    return 4 <= len(words) <= 70 and bool(_TITLE_WORDS.search(words))


def _bare_title(line: str) -> str:
    line = re.sub(r"\s*\([^()]*(?:\d{4}|要点|摘要|节选|试行稿|征求意见)[^()]*\)\s*$", "", line)
    return re.split(r"(?<=方案|通知|预案) ", line)[0].strip()


def operation_type(page: Page, heading: str) -> Found | None:
    """The kind of operation by the words of the title, then of the text."""
    body = page.text
    found = _type_by_title(heading, body) or _type_by_body(heading + body[:400], body)
    if found is None:
        return None
    value, confidence = found
    at = max(body.find(heading), 0) if heading else 0
    return Found("operation_type", value, at, at + max(len(heading), 1), "type.words", confidence)


def _count(words: str, text: str) -> int:
    return len(re.findall(words, text))


def _type_by_title(heading: str, body: str) -> tuple[str, float] | None:
    if re.search(
        r"(?:分|等)级响应|分级(?:预警|处置|应对)|响应(?:机制|方案|工作|行动|措施)|应急响应", heading
    ):
        return "graded_response", 0.9
    if "预案" in heading and not _PUT_TO_WORK.search(heading):
        return "emergency_plan", 0.93
    if re.search(r"捐|募集|义捐|衣物|冬衣|旧衣", heading):
        return "donation_drive", 0.95
    if re.search(r"冬春", heading):
        return "winter_spring_relief", 0.95
    if _is_patrol_system(heading, body):
        return "patrol_system", 0.85
    return _type_by_season(heading, body)


def _type_by_season(heading: str, body: str) -> tuple[str, float] | None:
    """In the cold and in the heat both people without a home and workers are looked after."""
    street = _count(r"流浪|救助管理|救助站|露宿|街面", body)
    if re.search(r"寒潮|低温|寒冬|严寒|雨雪|冬季", heading) and re.search(
        r"救助|巡|寒冬送温暖", heading
    ):
        if not street and _count(r"职工|慰问|困难户|工会", body) >= _WORKERS:
            return "festival_visit", 0.7
        return "winter_rescue", 0.85
    if re.search(r"清凉|(?<![宁华])夏|高温|防暑|酷暑", heading):
        workers = _count(r"工会|职工|一线|工地|车间|劳动者", body)
        is_rescue = (
            bool(re.search(r"民政|救助|流浪", heading)) or street + _count("民政", body) > workers
        )
        return ("summer_rescue" if is_rescue else "union_cooling"), 0.9
    return None


def _is_patrol_system(heading: str, body: str) -> bool:
    """Rules for patrols; a patrol in the cold or the heat belongs to the operation of the season."""
    if re.search(r"送温暖|送清凉|慰问", heading):
        return False
    is_seasonal = re.search(r"寒潮|低温|寒冬|严寒|雨雪|冬季|夏|高温|酷暑", heading)
    is_rule = re.search(r"制度|机制|办法|规定|规程|细则", heading)
    is_seasonal = is_seasonal or re.search(r"寒冬送温暖|夏季送清凉|冻死冻伤", body)
    return bool(re.search(r"巡查|巡逻|巡防|服务队", heading) and (is_rule or not is_seasonal))


def _type_by_body(head: str, body: str) -> tuple[str, float] | None:
    counts = {
        "winter_rescue": _count(r"流浪|救助管理|救助站|露宿", body) * 1.0,
        "summer_rescue": 0.0,
        "festival_visit": _count(r"慰问|走访|送温暖活动|送万家", body) * 1.0,
        "donation_drive": _count(r"捐(?!献)|募集|善款|衣物", body) * 1.0,
        "winter_spring_relief": _count(r"冬春|受灾", body) * 2.0,
        "union_cooling": _count(r"送清凉|防暑降温", body) * 0.8 if "职工" in body else 0.0,
    }
    for kind, words in (
        ("winter_rescue", r"流浪|露宿|寒冬送温暖”专项"),
        ("festival_visit", r"慰问|春节|两节|元旦|中秋|送万家"),
        ("donation_drive", r"捐(?!献)|募集"),
        ("winter_spring_relief", r"冬春|受灾"),
        ("union_cooling", r"送清凉|高温慰问"),
    ):
        counts[kind] += 4 * _count(words, head)
    if _count(r"清凉|夏季|高温|避暑|防暑", body) > _count(r"寒|冬|御寒|保暖", body):
        counts["summer_rescue"], counts["winter_rescue"] = counts["winter_rescue"], 0.0
    best = max(counts, key=lambda kind: counts[kind])
    total = sum(counts.values())
    if counts[best] < 2:
        return None
    return best, round(0.5 + 0.4 * counts[best] / total, 2)


def doc_number(page: Page, known: Known) -> Iterator[Found]:
    """The document's own number, not one it cites."""
    body_starts = page.lines[min(6, len(page.lines) - 1)][0] if page.lines else 0
    for match in _NUMBER.finditer(page.text[:3000]):
        before = page.text[max(0, match.start() - 14) : match.start(1)]
        labelled = re.search(r"(?:字号|文号|编号|文件编号)[: ]*$", before)
        line_start, line_end = page.line_at(match.start())
        alone = len(page.text[line_start:line_end].strip()) <= len(match[0]) + 4
        is_cited = (
            bool(_CITED.search(before)) or page.text[match.start() - 1 : match.start()] == "("
        )
        if labelled or (alone and not is_cited) or (match.start() < body_starts and not is_cited):
            value = re.sub(r"\s", "", f"{match[1]}〔{match[2]}〕{match[3]}号")
            yield Found("doc_number", value, *match.span(), "doc_number.head", 0.95)
            return
    bare = _BARE_NUMBER.search(page.text[: body_starts + 1])
    if bare:
        value = f"〔{bare[1]}〕{bare[2]}号"
        yield Found("doc_number", value, *bare.span(), "doc_number.bare", 0.75)


def doc_date(page: Page, known: Known) -> Found | None:
    """The day of issue: labelled, in the head or under the signature; for a report its 截至 day."""
    inside = [(period.start, period.end) for period in periods(page.text)]
    candidates = [
        found
        for when in singles(page.text)
        if not any(start <= when.start < end for start, end in inside)
        and (found := _dated(page, known, when))
    ]
    if not candidates:
        return None
    return max(candidates, key=lambda found: found.confidence)


def _dated(page: Page, known: Known, when: When) -> Found | None:
    if when.kind != "day" or when.month is None or when.day is None or when.is_impossible:
        return None
    before = page.text[max(0, when.start - 12) : when.start]
    confidence, rule = _date_rank(page, when, before)
    if not confidence:
        confidence, rule = _posted_rank(page, when)
    if not confidence:
        return None
    if _CLOCK.match(page.text[when.end : when.end + 12]):
        if known.title and _PAPER.search(known.title):
            return None
        confidence, rule = min(confidence, 0.7), "doc_date.posted"
    own = Calendar(year=_year_near(page))
    day = own.day(when)
    if when.is_masked or day.iso is None:
        return None
    return Found("doc_date", day.iso, when.start, when.end, rule, confidence)


def _date_rank(page: Page, when: When, before: str) -> tuple[float, str]:
    for label, confidence in _DATE_LABEL:
        if label.search(before):
            return confidence, "doc_date.label"
    if when.year and _ends_the_text(page, when):
        return 0.9, "doc_date.signature"
    by_line = _line_rank(page, when)
    if by_line[0] or not when.year:
        return by_line if by_line[0] else _as_of_rank(page, before)
    after = page.text[when.end : when.end + 4]
    lines = [place for place, _ in page.lines]
    in_head = bool(lines) and when.start < lines[min(2, len(lines) - 1)]
    in_brackets = page.text[when.start - 1 : when.start] == "(" and ")" in after
    if in_head and (in_brackets or _ISSUED_AFTER.match(after)):
        return 0.93, "doc_date.title"
    if _ISSUED_AFTER.match(after):
        return 0.8, "doc_date.issued"
    return _as_of_rank(page, before)


def _posted_rank(page: Page, when: When) -> tuple[float, str]:
    """The head of a report: a stamp before 来源, a dateline (白鹭日报11月15日讯) of a year named near."""
    if when.start > _HEAD_OF_REPORT or not (when.year or _year_near(page)):
        return 0.0, ""
    after = page.text[when.end : when.end + 24]
    line, end = page.line_at(when.start)
    is_stamp = _CLOCK.match(after) and end - line <= _STAMP_LINE
    if when.year and (_POSTED.match(after) or is_stamp):
        return 0.7, "doc_date.posted"
    if not when.year and when.month and when.month < _YEAR_TURNS and _DATELINE.match(after):
        return 0.6, "doc_date.dateline"
    return 0.0, ""


def _line_rank(page: Page, when: When) -> tuple[float, str]:
    """A line that holds nothing but the date."""
    start, end = page.line_at(when.start)
    rest = (page.text[start : when.start] + page.text[when.end : end]).strip(" (),、")
    lines = [place for place, _ in page.lines]
    name = organisations.first_name(rest.replace(" ", "")) if rest else None
    is_signed = name is not None and name[0] == 0 and len(name[2]) == len(rest.replace(" ", ""))
    is_bare = not rest or rest.isdigit()
    if when.year and (is_bare or is_signed) and not _is_labelled(page, start):
        if lines and when.start >= lines[-min(_TAIL_LINES, len(lines))]:
            return 0.94, "doc_date.signature"
        if when.start <= lines[min(_HEAD_LINES, len(lines) - 1)]:
            return 0.85, "doc_date.head"
    return 0.0, ""


def _ends_the_text(page: Page, when: When) -> bool:
    """A text without lines ends in name and date: ……。 某学院 2012年10月13日."""
    if page.text[when.end :].strip():
        return False
    before = re.split(r"[。!;]", page.text[: when.start])[-1].replace(" ", "")
    return 3 <= len(before) <= _NAME_LENGTH and bool(organisations.WIDE_NAME.fullmatch(before))


def _is_labelled(page: Page, line: int) -> bool:
    """Whether the line above asks for a date of something else: 二、活动时间."""
    above = [words for place, words in page.lines if place < line]
    return bool(above) and bool(_OTHER_LABEL.search(above[-1]))


def _as_of_rank(page: Page, before: str) -> tuple[float, str]:
    """A report says up to which day it counts."""
    if _AS_OF.search(before) and not re.search(r"方案|通知|预案", page.text[:60]):
        return 0.5, "doc_date.as_of"
    return 0.0, ""


def _year_near(page: Page) -> int | None:
    match = re.search(r"(20\d\d)年", page.text[:200])
    return int(match[1]) if match else None
