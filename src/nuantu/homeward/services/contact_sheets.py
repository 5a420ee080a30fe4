"""Lines of the contact book from a table: read, looked at row by row, brought in."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from nuantu.core import brought, clock, journal
from nuantu.core.actors import Actor
from nuantu.core.headings import Row
from nuantu.core.subjects import Subject
from nuantu.core.together import attempt, together
from nuantu.homeward.models.provinces import Province
from nuantu.homeward.models.stations import StationContact
from nuantu.homeward.rules.contacts import HEADINGS, MOST, day_in, faults_of
from nuantu.homeward.selectors.contacts import LABELS
from nuantu.homeward.services.contacts import (
    Entry,
    fault_words,
    keep_confirming,
    write_contact,
)
from nuantu.homeward.services.lines import HomewardRefused

BAD, NEW, CHANGED, CONFIRMED, SAME = "bad", "new", "changed", "confirmed", "same"
COMING: Final = (NEW, CHANGED, CONFIRMED)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it says by column, what it would do (new, changed, confirmed, same, bad), and what is to be seen.

    `entry`, `day` and `contact` are how it comes in.
    """

    number: int
    told: Mapping[str, str]
    state: str
    findings: tuple[str, ...] = ()
    entry: Entry | None = None
    day: date | None = None
    contact: StationContact | None = None

    @property
    def name(self) -> str:
        """What the row calls the station."""
        return self.told.get("name", "")

    @property
    def place(self) -> str:
        """Where it says the station is."""
        return " ".join(filter(None, (self.told.get(one) for one in ("place_words", "place_code"))))


def rows_in(content: bytes) -> tuple[list[Row], list[str]]:
    """The rows of an Excel or CSV file and the headings that nobody reads. Raises SheetRefused."""
    needs = _("没有找到可读的行。第一行写列名：区划代码、地区、名称、电话；可以下载模板。")
    return brought.rows_in(content, HEADINGS, needs=needs)


def judged(*, actor: Actor, at: datetime, rows: Sequence[Row], day: date) -> list[Line]:
    """Each row with what it would do and everything that must be mended; nothing comes in yet.

    `day`: when a row was confirmed that says nothing of it. An empty cell keeps what the book has.
    """
    held = {
        (row.place_code, row.name): row
        for row in StationContact.objects.filter(owner_org=actor.org_code, closed_at=None)
    }
    today, first, lines = clock.local(at).date(), dict[tuple[str, str], int](), []
    for number, told in rows:
        words = {column: " ".join(told.get(column, "").split()) for column in MOST}
        key = words["place_code"], words["name"]
        line = _line((number, told), words, held.get(key), _day_of(told, day, today))
        if line.state != BAD and first.setdefault(key, number) != number:
            twice = (_("与第 %(n)s 行同名。") % {"n": first[key]},)
            line = Line(number, told, BAD, twice)
        lines.append(line)
    return lines


def _day_of(told: Mapping[str, str], day: date, today: date) -> date | str:
    """The day of a row, or what is wrong with it."""
    written = told.get("confirmed", "")
    found = day_in(written) if written else day
    if found is None:
        return _("核对日期读不懂，请写成 2026-03-04。")
    return _("不能是以后的日期。") if found > today else found


def _line(row: Row, words: Mapping[str, str], held: StationContact | None, day: date | str) -> Line:
    number, told = row
    findings = [
        f"{LABELS[column]}{_('：')}{fault_words(column, fault)}"
        for column, fault in faults_of(words, Province.values)
    ]
    if isinstance(day, str):
        findings.append(day)
    if findings or isinstance(day, str):
        return Line(number, told, BAD, tuple(findings))
    if held is None:
        return Line(number, told, NEW, (), Entry(**words), day)
    if held.confirmed_date > day:
        later = _("通讯录里这一条 %(day)s 才核对过，没有覆盖。") % {"day": held.confirmed_date}
        return Line(number, told, BAD, (later,))
    kept = {column: text or getattr(held, column) for column, text in words.items()}
    changed = tuple(
        f"{LABELS[column]}{_('：')}{getattr(held, column) or '—'} → {text}"
        for column, text in kept.items()
        if text != getattr(held, column)
    )
    is_later = day > held.confirmed_date
    state = CHANGED if changed else CONFIRMED if is_later else SAME
    return Line(number, told, state, changed, Entry(**kept), day, held)


def bring_in(
    *, actor: Actor, at: datetime, rows: Sequence[Row], day: date
) -> tuple[int, list[Line]]:
    """Enter the rows that can come in, each by itself; how many, and the rows that are to be mended."""
    left, count, last = [], 0, None
    with together():
        for line in judged(actor=actor, at=at, rows=rows, day=day):
            if line.state not in COMING or line.entry is None or line.day is None:
                left += [line] if line.state == BAD else []
                continue
            try:
                with attempt():
                    last = write_contact(actor, at, line.entry, line.day, line.contact)
            except HomewardRefused as refusal:
                left.append(Line(line.number, line.told, BAD, (str(refusal),)))
            else:
                count += 1
        if last is not None:
            keep_confirming(actor, at, last)
            _note(actor, at, rows, count)
    return count, left


def _note(actor: Actor, at: datetime, rows: Sequence[Row], count: int) -> None:
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    journal.record(
        verb="homeward.station_contact.import",
        actor=actor,
        at=at,
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary=f"从表格导入救助站通讯录 {count} 条",
        changes={"count": count, "rows": len(rows), "digest": digest},
    )
