"""Files of reports as their pages show them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core.erasure import opened
from nuantu.tracing.models import ImportRow, ReportImport
from nuantu.tracing.rules.rows import COLUMNS, is_remark
from nuantu.tracing.selectors.words import LIKE, heading, said

NEWEST: Final = 30
# columns of a row that the page of its file shows; the others stand in the file
SHOWN: Final = ("name", "nickname", "sex", "birth", "age", "home", "lost_date", "lost_place")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with what it says in one line and everything that must be looked at, in words."""

    row: ImportRow
    says: str
    findings: list[str]
    remarks: list[str]
    like: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a file stand where; `percent` of the wanted ones have come in."""

    ready: int = 0
    doubtful: int = 0
    bad: int = 0
    taken: int = 0
    skipped: int = 0

    @property
    def percent(self) -> int:
        """How far the import has come."""
        return self.taken * 100 // max(1, self.ready + self.doubtful + self.taken)


def files_of(org: str) -> QuerySet[ReportImport]:
    """The newest files that an organisation read."""
    return ReportImport.objects.filter(owner_org=org).order_by("-recorded_at")[:NEWEST]


def counts_of(batch: ReportImport) -> Counts:
    """How many rows stand where; one query. While rows come in, those nobody wants count as skipped."""
    found = batch.rows.values("state", "is_wanted").annotate(n=Count("pk"))
    numbers: dict[str, int] = {}
    for one in found:
        is_out = batch.is_busy and one["state"] == "doubtful" and not one["is_wanted"]
        state = "skipped" if is_out else one["state"]
        numbers[state] = numbers.get(state, 0) + one["n"]
    return Counts(**numbers)


def rows_of(batch: ReportImport, only: str) -> QuerySet[ImportRow]:
    """The rows of a file in its order; `only` is a state, empty for all."""
    rows = batch.rows.select_related("report").order_by("line")
    return rows.filter(state=only) if only else rows


def shown(batch: ReportImport, rows: Iterable[ImportRow]) -> list[Row]:
    """Rows with their words; no query."""
    return [_shown(batch, row) for row in rows]


def _shown(batch: ReportImport, row: ImportRow) -> Row:
    told = told_of(row)
    like = ""
    if row.like_number:
        like = _("可能和 %(number)s 是同一人：%(why)s") % {
            "number": row.like_number,
            "why": LIKE.get(row.like_reason, ""),
        }
    return Row(
        row=row,
        says=" · ".join(told[column] for column in SHOWN if told.get(column)),
        findings=[said(text) for text in row.findings if not is_remark(text)],
        remarks=[said(text) for text in row.findings if is_remark(text)],
        like=like,
    )


def told_of(row: ImportRow) -> dict[str, str]:
    """The texts of a row by column; empty after it was forgotten."""
    text = opened(row.told)
    found: dict[str, str] = json.loads(text) if text.startswith("{") else {}
    return found


def headings() -> list[str]:
    """The columns of the template."""
    return [heading(column) for column in COLUMNS]


def unmended(batch: ReportImport) -> Iterator[list[object]]:
    """The rows that did not come in as they stood, each with its line and its reasons."""
    for row in batch.rows.filter(state__in=["bad", "skipped", "doubtful"]).order_by("line"):
        one = _shown(batch, row)
        told = told_of(row)
        reasons = "；".join([*one.findings, *filter(None, [one.like]), *one.remarks])
        yield [*(told.get(column, "") for column in COLUMNS), row.line, reasons]


def label_of(public_id: UUID) -> str:
    """What a line calls a file: its kind, not what stands in it."""
    return _("寻人文件")


def url_of(public_id: UUID) -> str:
    """The page of a file."""
    return reverse("tracing:file", args=[public_id])
