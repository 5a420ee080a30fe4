"""Precision and recall of read facts against expected ones, counted as the shared score does."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Facts = Mapping[str, Any]


def plain(value: object) -> str:
    return re.sub(r"[\s\W_]+", "", str(value or ""))


def overlap(first: object, second: object) -> float:
    """Character-pair Dice of two strings; one inside the other is whole."""
    one, two = plain(first), plain(second)
    if not one or not two:
        return 0.0
    if one in two or two in one:
        return 1.0
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} or {text} for text in (one, two)]
    return 2 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1]))


def _scalars(facts: Facts) -> dict[str, str]:
    window = facts.get("window") or {}
    found = {
        name: facts.get(name) for name in ("operation_type", "issuer", "doc_number", "doc_date")
    }
    found["lead_group"] = True if facts.get("lead_group") else None
    for end in ("start", "end"):
        found[f"window.{end}"] = window.get(end) or window.get(f"{end}_month_day")
    return {name: str(value) for name, value in found.items() if value}


def _figures(row: Facts) -> list[float]:
    values = (row.get("amount"), row.get("min"), row.get("max"))
    return [float(v) for v in values if isinstance(v, int | float) and not isinstance(v, bool)]


def _amount(e: Any, g: Any) -> bool:
    return (
        _figures(e) == _figures(g)
        and e.get("unit") == g.get("unit")
        and overlap(e.get("category"), g.get("category")) >= 0.3
    )


def _when(row: Facts) -> str:
    return str(row.get("date") or row.get("month_day") or (row.get("recurring"), row.get("day")))


LISTS: dict[str, Callable[[Any, Any], bool]] = {
    "amounts": _amount,
    "reporting": lambda e, g: _when(e) == _when(g) and overlap(e.get("to"), g.get("to")) >= 0.3,
    "patrol_frequency": lambda e, g: (e["count"], e["per"]) == (g["count"], g["per"]),
    "phases": lambda e, g: (
        overlap(e["name"], g["name"]) >= 0.5
        and (str(e["start"]), str(e["end"])) == (str(g["start"]), str(g["end"]))
    ),
    "response_minutes": lambda e, g: bool(e["minutes"] == g["minutes"]),
    "hotline": lambda e, g: plain(e) == plain(g),
    "areas": lambda e, g: overlap(e, g) >= 0.6,
}


def count(wanted: Facts, given: Facts) -> tuple[int, int, int]:
    """Hits, facts given, facts wanted."""
    one, two = _scalars(wanted), _scalars(given)
    hits = sum(
        name in two
        and (overlap(value, two[name]) >= 0.8 if name == "issuer" else value == two[name])
        for name, value in one.items()
    )
    total = [hits, len(two), len(one)]
    for name, same in LISTS.items():
        rows, left = ([*(facts.get(name) or [])] for facts in (wanted, given))
        if name == "patrol_frequency":
            rows, left = ([row for row in some if row["count"]] for some in (rows, left))
        total[1] += len(left)
        total[2] += len(rows)
        for row in rows:
            match = next((other for other in left if same(row, other)), None)
            if match is not None:
                left.remove(match)
                total[0] += 1
    return total[0], total[1], total[2]


def rates(counts: list[tuple[int, int, int]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over several documents."""
    hits, given, wanted = (sum(row[i] for row in counts) for i in range(3))
    precision, recall = hits / max(given, 1), hits / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)
