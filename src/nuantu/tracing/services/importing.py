"""Reports from a file: read, looked at, confirmed, brought in row by row."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, journal, tables
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.jobs import defer
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.tracing.models import ImportRow, Purpose, ReportImport
from nuantu.tracing.rules import pfif
from nuantu.tracing.rules.places import names_a_division
from nuantu.tracing.rules.rows import HEADINGS, TWICE, Finding, RowRead, read_row
from nuantu.tracing.rules.same import twice_in
from nuantu.tracing.selectors.places import codes_of
from nuantu.tracing.selectors.same import likely_open, told_of

MOST_ROWS: Final = 2000
MOST_COLUMNS: Final = 60
MOST_BYTES: Final = 5 * 1024 * 1024
FILE: Final = "report_import"
Row = tuple[int, dict[str, str]]


class FileRefused(Refusal):
    """The file cannot be read, or was decided already."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its rows as texts by column, headings that nobody reads, and its format."""

    rows: list[Row]
    unread: list[str]
    format: str


def content_of(content: bytes) -> Content:
    """The rows of an Excel, CSV or PFIF 1.4 file, told by its content. Raises FileRefused."""
    if len(content) > MOST_BYTES:
        raise FileRefused(_("文件超过 5 MB，没有读。请分几次。"), field="file")
    found = _pfif(content) if pfif.is_pfif(content) else _table(content)
    if not found.rows:
        raise FileRefused(
            _("没有找到可读的行。第一行写列名，至少两列，例如姓名、性别；可以下载模板。"),
            field="file",
        )
    if len(found.rows) > MOST_ROWS:
        raise FileRefused(
            _("文件超过 %(n)s 行，没有读。请分几次。") % {"n": f"{MOST_ROWS:,}"}, field="file"
        )
    return found


def _table(content: bytes) -> Content:
    is_book = tables.is_xlsx(content)
    try:
        rows: Sequence[Sequence[Any]] = (
            tables.xlsx_rows(content, most_rows=MOST_ROWS + 10, most_columns=MOST_COLUMNS)
            if is_book
            else tables.csv_rows(content)
        )
    except tables.BROKEN as error:
        raise FileRefused(
            _("读不了这个文件。请存成 Excel（.xlsx）、CSV 或 PFIF 1.4（.xml）再选。"), field="file"
        ) from error
    found, unread = HEADINGS.rows_of(rows)
    return Content(found, unread, "xlsx" if is_book else "csv")


def _pfif(content: bytes) -> Content:
    try:
        return Content(pfif.pfif_rows(content.decode("utf-8-sig")), [], "pfif")
    except (pfif.NotPfif, UnicodeDecodeError) as error:
        raise FileRefused(
            _("这个 XML 文件不是 PFIF 1.4，或已损坏，没有读。"), field="file"
        ) from error


def read_file(
    *, actor: Actor, at: datetime, name: str, content: bytes, source: str, source_name: str
) -> ReportImport:
    """Read a file and keep its rows with what must be looked at; nothing comes in yet.

    Raises FileRefused for a file that is none of the three formats, empty or too large.
    """
    found = content_of(content)
    if not source_name.strip():
        raise FileRefused(_("请写来源单位的名称。"), field="source_name")
    days = int(rules_at(actor.division_code, at).need("keep.report_file").number)
    with transaction.atomic():
        batch = ReportImport.objects.create(
            division_code=actor.division_code,
            owner_org=actor.org_code,
            recorded_at=at,
            file_name=name[-120:],
            format=found.format,
            digest=hashlib.sha256(content).hexdigest(),
            unread_headings="、".join(found.unread)[:400],
            source=source,
            source_name=source_name.strip()[:120],
            row_count=len(found.rows),
            made_by=actor.name,
            made_by_id=UUID(actor.public_id),
            keep_until_date=clock.local(at).date() + timedelta(days=days),
        )
        ImportRow.objects.bulk_create(_judged(batch, found.rows, clock.local(at).date()))
        _note(batch, "read", actor, at, f"读取寻人文件 {len(found.rows)} 行")
    return batch


def reading(row: ImportRow, batch: ReportImport, today: date) -> RowRead:
    """What a kept row says."""
    told: Mapping[str, str] = json.loads(row.told.open())
    return read_row(told, today=today, source=batch.source, source_name=batch.source_name)


def _judged(batch: ReportImport, rows: Sequence[Row], today: date) -> list[ImportRow]:
    """The rows of a file with everything that must be looked at, also between them and against open reports."""
    read = {
        number: read_row(told, today=today, source=batch.source, source_name=batch.source_name)
        for number, told in rows
    }
    known = codes_of(
        word for one in read.values() for word in (one.said.home_words, one.said.lost_words)
    )
    told_by = {number: told_of(one.said, today) for number, one in read.items()}
    twice, like = twice_in(told_by.items()), likely_open(told_by, today)
    judged = []
    for number, told in rows:
        one = read[number]
        findings = [*one.findings, *_unplaced(one, known)]
        if number in twice:
            findings.append(Finding(f"{twice[number]}", TWICE))
        is_bad = any(finding.is_fatal for finding in findings)
        is_like = number in like and not is_bad
        judged.append(
            ImportRow(
                batch=batch,
                line=number,
                told=json.dumps(told, ensure_ascii=False),
                findings=[str(finding)[:60] for finding in findings],
                like_number=like[number].number if number in like else "",
                like_reason=like[number].reason if number in like else "",
                state="bad" if is_bad else "doubtful" if is_like else "ready",
                is_wanted=not is_like,
            )
        )
    return judged


def _unplaced(one: RowRead, known: Mapping[str, str]) -> list[Finding]:
    words = {"home": one.said.home_words, "lost_place": one.said.lost_words}
    words = {column: text for column, text in words.items() if names_a_division(text)}
    return [
        Finding(column, "no_division")
        for column, text in words.items()
        if text and not known.get(text)
    ]


def confirm_file(
    *,
    actor: Actor,
    at: datetime,
    batch: ReportImport,
    consent_date: date,
    purposes: Collection[str],
    wanted: Collection[int],
) -> None:
    """Let the rows come in: all that are ready, and of the doubtful the wanted lines. Raises FileRefused.

    `consent_date` is when the source got the consent of the searchers whose row names no day.
    """
    if consent_date > clock.local(at).date():
        raise FileRefused(_("同意的日期不能是以后的日期。"), field="consent_date")
    if not purposes or set(purposes) - set(Purpose.values):
        raise FileRefused(_("请选寻亲人同意用在哪里，至少一项。"), field="consent_purposes")
    with transaction.atomic():
        held = _held(batch)
        rows = held.rows.filter(state="doubtful")
        rows.filter(line__in=wanted).update(is_wanted=True)
        if not held.rows.filter(state__in=["ready", "doubtful"], is_wanted=True).exists():
            raise FileRefused(_("没有可以导入的行。请改好文件再选，或勾选可能重复的行。"))
        held.consent_date, held.consent_purposes = consent_date, sorted(purposes)
        held.state = ReportImport.State.WAITING
        held.save(update_fields=["consent_date", "consent_purposes", "state"])
        _note(held, "confirm", actor, at, "确认导入寻人文件")
        defer("tracing.bring_in", batch=str(held.public_id), user=actor.public_id)


def drop_file(*, actor: Actor, at: datetime, batch: ReportImport) -> None:
    """Nothing of this file comes in. Raises FileRefused when it was decided already."""
    with transaction.atomic():
        held = _held(batch)
        held.state = ReportImport.State.DROPPED
        held.save(update_fields=["state"])
        held.rows.exclude(state="bad").update(state="skipped")
        _note(held, "drop", actor, at, "放弃寻人文件")


def _held(batch: ReportImport) -> ReportImport:
    held = ReportImport.objects.select_for_update().get(pk=batch.pk)
    if not held.is_waiting:
        raise FileRefused(
            _("这个文件已经处理过（%(state)s）。") % {"state": held.get_state_display()}
        )
    return held


def _note(batch: ReportImport, deed: str, actor: Actor, at: datetime, summary: str) -> None:
    journal.record(
        verb=f"tracing.file.{deed}",
        actor=actor,
        at=at,
        subjects=[Subject(FILE, batch.public_id)],
        division_code=batch.division_code,
        owner_org=batch.owner_org,
        summary=summary,
        changes={"rows": batch.row_count, "digest": batch.digest},
    )


__all__ = [
    "FILE",
    "MOST_BYTES",
    "MOST_ROWS",
    "Content",
    "FileRefused",
    "confirm_file",
    "content_of",
    "drop_file",
    "read_file",
    "reading",
]
