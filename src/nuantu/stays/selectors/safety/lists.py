"""Which checklists hold for a station on a day: its own, else the national ones."""

from datetime import datetime
from typing import cast

from nuantu.core import clock
from nuantu.operations.selectors import rules_at
from nuantu.planbook.rules import Ruling
from nuantu.stays.models import OwnChecklist
from nuantu.stays.rules.safety import Checklist, Line, Rhythm

KIND = "safety.checklist"


def checklists_of(org: str, division_code: str, at: datetime) -> list[Checklist]:
    """Every list of a station, in the order of the national ones; an own list replaces its kind."""
    book = rules_at(division_code, at)
    found = {ruling.key: _national(ruling) for ruling in book.every(KIND)}
    day = clock.local(at).date()
    rows = OwnChecklist.objects.filter(owner_org=org, from_date__lte=day).order_by("from_date")
    found |= {row.kind: _own(row) for row in rows}
    return [one for one in found.values() if one.lines]


def own_of(org: str, kind: str) -> OwnChecklist | None:
    """The newest own list of a station, also one that begins later."""
    return OwnChecklist.objects.filter(owner_org=org, kind=kind).order_by("-from_date").first()


def _national(ruling: Ruling) -> Checklist:
    value = cast("dict[str, object]", ruling.value)
    return Checklist(
        kind=ruling.key,
        title=str(value["title"]),
        title_en=str(value.get("title_en", "")),
        every=cast("Rhythm", value["every"]),
        hours=tuple(cast("list[int]", value.get("hours", ()))),
        lines=tuple(Line(*pair) for pair in cast("list[list[str]]", value["lines"])),
        source=ruling.source,
        is_verified=ruling.status == "verified",
    )


def _own(row: OwnChecklist) -> Checklist:
    return Checklist(
        kind=row.kind,
        title=row.title,
        title_en=row.title_en,
        every=cast("Rhythm", row.every),
        hours=tuple(row.hours),
        lines=tuple(line_of(text) for text in row.lines),
        source=row.basis,
        is_own=True,
    )


def line_of(text: str) -> Line:
    """A line as it is typed and stored: Chinese, and after a bar its English."""
    zh, _bar, en = text.partition("|")
    return Line(zh.strip(), en.strip())
