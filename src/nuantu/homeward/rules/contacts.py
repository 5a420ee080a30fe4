"""A line of the contact book: what its columns are called, and what is wrong with one."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from nuantu.core.headings import Headings

# column → most letters; name, address and phones together fit into a part of a return
MOST: Final[Mapping[str, int]] = {
    "place_code": 12,
    "place_words": 80,
    "name": 60,
    "phones": 60,
    "address": 78,
    "note": 200,
}
HEADINGS: Final = Headings(
    {
        "place_code": ("区划代码", "行政区划代码", "division code"),
        "place_words": ("地区", "省市县", "place"),
        "name": ("名称", "单位", "单位名称", "单位全称", "救助站", "name", "organisation"),
        "phones": ("电话", "联系电话", "值班电话", "phone", "phones"),
        "address": ("地址", "address"),
        "note": ("备注", "说明", "note"),
        "confirmed": ("最近核对", "核对日期", "last confirmed"),
    }
)
_CODE: Final = re.compile(r"[1-9]\d{5,11}")
_LEAST_DIGITS: Final = 7
_DAY: Final = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")


def faults_of(values: Mapping[str, str], provinces: Collection[str]) -> list[tuple[str, str]]:
    """The columns to mend and what is wrong with each: its own name or "long"; empty for a line that can be kept.

    `provinces`: with which two digits a division code may begin.
    """
    code = values.get("place_code", "")
    found = []
    if not _CODE.fullmatch(code) or code[:2] not in provinces:
        found.append(("place_code", "place_code"))
    found += [(one, one) for one in ("place_words", "name") if not values.get(one, "").strip()]
    if sum(sign.isdigit() for sign in values.get("phones", "")) < _LEAST_DIGITS:
        found.append(("phones", "phones"))
    too_long = [one for one, most in MOST.items() if len(values.get(one, "")) > most]
    named = {column for column, _fault in found}
    return found + [(one, "long") for one in too_long if one not in named]


def day_in(text: str) -> date | None:
    """A day as people write it, None for what is no day."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*(int(one) for one in found.groups())) if found else None
    except ValueError:
        return None


def said(name: str, address: str, phones: str) -> str:
    """A station as it stands in a part of a return."""
    return "，".join(filter(None, (name, address, phones)))
