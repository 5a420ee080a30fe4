"""The bar of a season: its phases in proportion, and where today stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nuantu.core.clock import local

WIDTH = 1000.0


@dataclass(frozen=True, slots=True)
class Segment:
    """One phase on the bar, in thousandths of its width."""

    label: str
    first: date
    last: date
    left: float
    width: float
    state: str


def _day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def season(phases: Iterable[Any], today: date | datetime) -> dict[str, Any]:
    """Phases are (label, first day, last day), both days counted; gaps stay empty.

    Overlapping phases are drawn one over the other and still listed each.
    """
    rows = [(str(label), _day(first), _day(last)) for label, first, last in phases]
    here = _day(today)
    if not rows:
        return {"segments": [], "here": None}
    start = min(first for _, first, _ in rows)
    days = (max(last for _, _, last in rows) - start).days + 1
    scale = WIDTH / days

    def segment(label: str, first: date, last: date) -> Segment:
        state = "done" if last < here else "now" if first <= here else "todo"
        left, width = (first - start).days * scale, ((last - first).days + 1) * scale
        return Segment(label, first, last, round(left, 1), round(width, 1), state)

    passed = (here - start).days
    return {
        "segments": [segment(*row) for row in rows],
        "here": round((passed + 0.5) * scale, 1) if 0 <= passed < days else None,
        "day": passed + 1,
        "days": days,
    }
