"""Places to patrol, to collect at or to visit, as the text lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nuantu.planbook.reading.grammar import spots
from nuantu.planbook.reading.page import Clause, Page
from nuantu.planbook.reading.rules.found import Found, Known

_ABOUT: Final = re.compile(
    r"巡查|巡逻|排查|摸排|露宿|流浪|重点|区域|地段|场所|地点|部位|救助|巡视|易聚集|聚集|上街|搜救|摸底"
)
_GOODS: Final = re.compile(r"发放|储备|配备|采购|矿泉水|棉被|食品|药品|物资")
_LEAST: Final = 2


def areas(page: Page, known: Known) -> Iterator[Found]:
    """Lists in which most members are kinds of places, in clauses about patrols."""
    seen: set[str] = set()
    for clause in page.clauses:
        for match in spots.LIST.finditer(clause.text):
            if not _is_about_places(page, clause, match):
                continue
            listed = spots.items(match[0])
            places = [item for item in listed if spots.is_place(item[2])]
            if len(places) < _LEAST or len(places) * 2 < len(listed):
                continue
            for start, end, name in places:
                if name not in seen:
                    seen.add(name)
                    at = clause.start + match.start()
                    yield Found("areas", name, at + start, at + end, "areas.list", 0.88)


def _is_about_places(page: Page, clause: Clause, match: re.Match[str]) -> bool:
    start, end = clause.sentence
    sentence = page.text[start:end]
    if _GOODS.search(match[0]):
        return False
    return bool(_ABOUT.search(sentence)) or "areas" in page.roles_at(clause.start)[:1]
