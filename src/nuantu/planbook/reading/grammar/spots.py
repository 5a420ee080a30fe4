"""Places where people are looked for, as the genre lists them: 车站码头、桥梁涵洞等重点区域."""

from __future__ import annotations

import re
from typing import Final

from nuantu.planbook.reading.vocabulary import words

HEADS: Final = words("place_heads")
_TAIL: Final = "|".join(sorted(set(HEADS), key=len, reverse=True))
ENDS_IN_PLACE: Final = re.compile(rf"(?:{_TAIL})(?:\([^()]{{1,20}}\))?$")
_DONE_THERE: Final = re.compile(
    r"地毯式|拉网式|不间断|逐|挨|全|走|看|查|巡|轮|反复|都|各|每|一|实|开|进行|找|搜|蹲|转"
)
_HEAD: Final = re.compile(f"(?:{_TAIL})")
_LOOSE: Final = re.compile(
    r"^[^的了着是在和]{1,9}[站场桥洞院楼巷街路口厂房棚园店库室厅亭台村点区段处所带道河江湖岸堤坝塔窑屋墙井角下旁边滩坪台亭弄]$"
)
LIST: Final = re.compile(
    r"(?:[^、,。;:\n()]{2,16}(?:\([^()]{1,16}\))?[、]){1,25}[^、,。;:\n]{2,24}"
)
_OPENERS: Final = re.compile(
    r"^.*?(?:对辖区内的?|对全[市县区]的?|辖区内的?|城区的?|城区内的?|重点对|重点排查|重点巡查|重点关注|主要包括|主要是|包括|对于|对|露宿的|居住的|活动的|集中的|聚集的|出现的|较多的|滞留的|在(?!建)|以|将|把|到|赴|深入|沿|围绕|针对|如|至|含|前往|走进|走访|慰问(?![点组金品])|巡查|排查|摸排|检查|特别是|尤其是|是|为|有|及时|覆盖|聚焦|紧盯|盯住|盯牢|守住|看好|加强)(?=[^、]{2})"
)
_CLOSERS: Final = re.compile(
    r"(?:[一二三四五六七八九十\d]个重点.*|等(?:流浪|生活|人员|重点|易|地|区|场|处|部|可能|人流|公共|几|容易|活动|露宿|密集|集中|多|为|开展|进行|的|户外|一线|街面|位置|偏僻|隐蔽|\d|[一二三四五六七八九十])?.*"
    r"|(?:几类|各类|每[天日周晚]|这些|为重点|一带|进行|开展|实行|实施|巡得|为主|附近的|每[天日周晚]|内的|里的|的(?:巡查|排查|巡逻|摸排|救助)|流浪乞讨|流浪人员|时常|容易|可能|易|人员密集|人流).*|(?<=.{2})(?:走访|慰问|看望|巡查|巡逻|排查)+)$"
)


# what leads in again inside a list: 居民和各社区要对辖区背街小巷
_INNER: Final = re.compile(r"^.{0,8}(?:[对到]|在(?!建)|巡查)(?:辖区|全[市县区])?(?:内的?)?(?=..)")


def items(words: str) -> list[tuple[int, int, str]]:
    """The places of a list, each with its span inside ``words``."""
    found: list[tuple[int, int, str]] = []
    at = 0
    parts = re.split(
        r"(?:、|和(?=[^、]{2})|及(?=[^时格]{2})|以及|与(?=[^、]{2})|或(?=[^、]{3}))", words
    )
    for number, part in enumerate(parts):
        start = words.index(part, at) if part else at
        at = start + len(part)
        name = part
        if number == 0:
            opener = _opener_end(name)
            start, name = start + opener, name[opener:]
        bare = _CLOSERS.sub("", name)
        inner = _INNER.match(bare)
        if number and inner:
            start, name, bare = start + inner.end(), name[inner.end() :], bare[inner.end() :]
        line = re.match(r"^[^-]{1,4}-(?=..)", bare)
        if line:
            start, name, bare = start + line.end(), name[line.end() :], bare[line.end() :]
        bare = bare.strip()
        if number == len(parts) - 1 and number:
            bare = _cut_behind(bare)
        if 2 <= len(bare) <= 16:
            found.append((start, start + len(bare), bare))
        if "等" in name[len(bare) : len(bare) + 2]:
            break
    return found


def _cut_behind(name: str) -> str:
    """The last of a list ends with its kind of place: 废弃厂房挨个查 is 废弃厂房."""
    if is_place(name) or "(" in name:
        return name
    for match in _HEAD.finditer(name):
        if match.end() > 2 and _DONE_THERE.match(name[match.end() :]):
            return name[: match.end()]
    return name


def may_be_place(name: str) -> bool:
    """Whether a word in a list of places reads like one of them."""
    return is_place(name) or bool(_LOOSE.match(name))


def _opener_end(name: str) -> int:
    end = 0
    match = _OPENERS.match(name)
    while match:
        end += match.end()
        match = _OPENERS.match(name[end:])
    return end


def is_place(name: str) -> bool:
    """Whether a word names a kind of place."""
    return bool(ENDS_IN_PLACE.search(name))
