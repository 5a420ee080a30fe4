"""Places of a draft plan for what stands beside its dates: phones, budget, units, stock, bans."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from nuantu.planbook.reading import gleaning
from nuantu.planbook.reading.rules.found import Found

Source = Callable[[Found], dict[str, Any]]
# plans whose bans are manners of visitors
_VISITS: Final = frozenset({"festival_visit", "winter_spring_relief", "union_cooling"})
_FUND: Final = re.compile(r"(?:资金|经费|预算|专款|拨款|款项|投入|补贴)$")

_SETS_ASIDE: Final = re.compile(r"^(?:共|已|统筹|安排|筹集|投入|拨付|下拨|列支|落实|设立)+")


def placed(
    rows: Sequence[Found], source: Source, operation_type: str | None
) -> dict[str, dict[str, Any] | list[dict[str, Any]]]:
    """The sections of the plan file that hold them; an empty one is left out by the caller."""
    bans = [row for row in rows if row.path == gleaning.BANS]
    is_visit = operation_type in _VISITS
    return {
        "hotlines": _hotlines(rows, source),
        "budget": _budget(rows, source),
        "supplies": _coded(rows, gleaning.SUPPLIES, source),
        "publicity": {"channels": _coded(rows, gleaning.CHANNELS, source)},
        "visits": {"discipline": _discipline(bans, source) if is_visit else []},
        "recorded": [] if is_visit else _recorded(bans, source),
    }


def units(rows: Sequence[Found], source: Source) -> list[dict[str, Any]]:
    """The member units in the order of the text, each with its tasks in the words of the text."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row.path != gleaning.UNITS:
            continue
        role, name = row.value["role"], row.value["name"][:60]
        unit = found.setdefault(role, {"role": role, "name": name, "tasks": []})
        unit["tasks"].append({"says": row.value["says"], **source(row)})
    return list(found.values())


def is_budget(value: Mapping[str, Any]) -> bool:
    """Whether a sum is set aside for the operation, not promised to a class of people."""
    is_lump = value.get("unit") in (None, "lump")
    return is_lump and bool(_FUND.search(str(value.get("category") or "")))


def payers(value: Mapping[str, Any]) -> list[Any]:
    """Who pays a sum; nobody where the text tells parts that are not understood, so that it is asked."""
    if "shares" in value:
        return [dict(row) for row in value["shares"]]
    return [str(value["payer"])[:40]] if value.get("payer") else []


def _hotlines(rows: Sequence[Found], source: Source) -> list[dict[str, Any]]:
    return [
        {"name": "求助电话", "number": str(row.value)[:40], **source(row)}
        for row in rows
        if row.path == "hotline"
    ]


def _budget(rows: Sequence[Found], source: Source) -> list[dict[str, Any]]:
    lines = [row for row in rows if row.path == "amounts" and is_budget(row.value)]
    return [
        {
            "code": f"budget_{number}",
            "label": _SETS_ASIDE.sub("", row.value["category"])[:60],
            "yuan": row.value.get("amount"),
            "kind": "total" if len(lines) == 1 else "part",
            "payer": payers(row.value),
            **source(row),
        }
        for number, row in enumerate(lines, 1)
    ]


def _coded(rows: Sequence[Found], path: str, source: Source) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row.path == path:
            found.setdefault(row.value["code"], {**row.value, **source(row)})
    return list(found.values())


def _discipline(bans: Sequence[Found], source: Source) -> list[dict[str, Any]]:
    return [
        {
            "code": f"manner_{number}",
            "label": str(row.value)[:40],
            "says": str(row.value),
            **source(row),
        }
        for number, row in enumerate(bans, 1)
    ]


def _recorded(bans: Sequence[Found], source: Source) -> list[dict[str, Any]]:
    return [{"topic": "禁止事项", "says": str(row.value), **source(row)} for row in bans]
