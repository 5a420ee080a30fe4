"""Who put the document out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nuantu.planbook.reading.grammar import organisations
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.found import Found, Known

_LABEL: Final = re.compile(
    r"(?:发文机关|发文单位|印发机关|制发机关|发布机构|发布机关|成文机关|发布单位|主办单位|主办方|主办|发起单位|信息来源)[:;][ ]*([^\s,;。:]{3,30})"
)
_ACTS: Final = re.compile(
    r"(?:近日|日前|昨日|今日|于[^,。]{2,12}|现|将|特|已|在全[省市县区州镇])?(?:决定|印发|启动|下发|制定|发起|出台|部署|组织开展|开展|号召|设专项|召开)"
)
_STUDIED: Final = re.compile(
    r"经(?:过)?([一-鿿]{0,10}?(?:党委|党组|政府|党工委|办事处|党政)[一-鿿、]{0,12}?)(?:会议|会|班子)?(?:研究|同意|决定|讨论)"
)
_OURS: Final = re.compile(r"我(局|站|会|厅|办|中心|镇|乡|街道|院|校|公司|社区)")
_SIGNED: Final = re.compile(r"^[一-鿿x某、 ]{3,40}$")
_GENERIC: Final = "省市县区州镇乡旗"
_BODY_SENTENCES: Final = 6
_TAIL_LINES: Final = 5
_YEARS: Final = r"(?:20[\dx]{2}(?:-20[\dx]{2})?年度?)?"


def issuer(page: Page, known: Known) -> Found | None:
    """The best of label, signature, title, the sentence that announces, and the place alone."""
    candidates = [
        *_labelled(page),
        *_signed(page),
        *_in_title(page, known),
        *_announced(page),
        *_studied(page, known),
        *_place_alone(page, known),
    ]
    if not candidates:
        return None
    best = max(candidates, key=lambda found: found.confidence)
    full = _with_place(str(best.value), known.title, page)
    return Found("issuer", full, best.start, best.end, best.rule, best.confidence)


def _labelled(page: Page) -> Iterator[Found]:
    for match in _LABEL.finditer(page.text[:4000]):
        name = organisations.first_name(match[1], match.start(1))
        words = name[2] if name else re.split(r"[、(]", match[1])[0]
        yield Found("issuer", words, match.start(1), match.end(1), "issuer.label", 0.96)


def _signed(page: Page) -> Iterator[Found]:
    """A line of its own at the end that is nothing but names, above or beside a date."""
    tail = page.lines[-_TAIL_LINES:]
    for place, line in tail:
        words = re.sub(r"[ ]*[\dx]{2,4}年.*$", "", line).strip()
        if not words or not _SIGNED.match(words) or place == page.lines[0][0]:
            continue
        name = organisations.first_name(words.replace(" ", ""))
        if name and name[0] == 0 and not re.search(r"附件|抄送|联系", words):
            squeezed = words.replace(" ", "")
            yield Found("issuer", squeezed, place, place + len(words), "issuer.signature", 0.95)


def _in_title(page: Page, known: Known) -> Iterator[Found]:
    heading = re.sub(r"^[“《]", "", known.title)
    about = re.match(r"(.{3,30}?)关于", heading)
    name = organisations.first_name(about[1] if about else heading[:24])
    if name and name[0] <= 1:
        at = max(page.text.find(known.title), 0) + len(known.title) - len(heading)
        yield Found("issuer", name[2], at + name[0], at + name[1], "issuer.title", 0.93)


def _announced(page: Page) -> Iterator[Found]:
    for start, end in page.sentences[:_BODY_SENTENCES]:
        sentence = page.text[start:end]
        for at, stop, name in organisations.names(sentence):
            before = sentence[max(0, at - 6) : at]
            if _ACTS.match(sentence[stop : stop + 16]) and not re.search(r"根据|按照|《", before):
                yield Found("issuer", name, start + at, start + stop, "issuer.announces", 0.85)
                return


def _studied(page: Page, known: Known) -> Iterator[Found]:
    for match in _STUDIED.finditer(page.text[:2500]):
        body = match[1]
        if not re.match(r"[一-鿿]{0,8}[省市县区州镇乡]|[一-鿿]{2,8}街道", body):
            place = organisations.place_of(known.title)
            body = (place[-1:] if place else "") + body
        yield Found("issuer", body, match.start(1), match.end(1), "issuer.studied", 0.8)
        return
    ours = _OURS.search(page.text[:1500])
    place = organisations.place_of(known.title)
    if ours and place and ours[1] in ("镇", "乡", "街道"):
        yield Found("issuer", place, *ours.span(), "issuer.ours", 0.6)


def _place_alone(page: Page, known: Known) -> Iterator[Found]:
    """The title names a place but no office: the place, for a person to complete."""
    place = organisations.place_of(known.title)
    if len(place) >= 2:
        at = max(page.text.find(place), 0)
        yield Found("issuer", place, at, at + len(place), "issuer.place", 0.55)


def _with_place(name: str, heading: str, page: Page) -> str:
    """``市救助服务中心`` under a title of 大同市 is 大同市救助服务中心."""
    if not name or name[0] not in _GENERIC:
        return name
    for text in (heading, page.text[:300]):
        for match in re.finditer(rf"(?:^|[。,\n(为])([一-鿿]{{2,8}}?){name[0]}", text):
            if not re.search(r"[的在全各本我为是于]|关于", match[1]):
                return match[1] + name
    return name
