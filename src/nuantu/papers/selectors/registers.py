"""The register of papers: narrowed by number, name, kind, day and state; exported under its heading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nuantu.accounts.selectors import organisations
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.exports import MOST_FETCHED
from nuantu.papers.models import Paper
from nuantu.papers.selectors.cases import CaseWords, cases_called, words_of
from nuantu.papers.selectors.kinds import kind_word


@dataclass(frozen=True, slots=True)
class Filters:
    """What the register is narrowed to; empty means everything that may be seen."""

    words: str = ""
    kind: str = ""
    state: str = ""
    from_date: date | None = None
    to_date: date | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Filters":
        """From the cleaned values of the filter form."""
        return cls(
            words=str(values.get("q") or "").strip(),
            kind=str(values.get("kind") or ""),
            state=str(values.get("state") or ""),
            from_date=values.get("from_date"),
            to_date=values.get("to_date"),
        )


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.LOCAL)


def register(actor: Actor, filters: Filters) -> QuerySet[Paper]:
    """Papers the actor may see, newest first; a name finds the papers of whoever is called so."""
    found = Paper.objects.all()
    if filters.words:
        called = cases_called(actor, filters.words)
        found = found.filter(Q(number__icontains=filters.words) | Q(case_id__in=called))
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.state:
        found = found.filter(state=filters.state)
    if filters.from_date:
        found = found.filter(issued_at__gte=_start(filters.from_date))
    if filters.to_date:
        found = found.filter(issued_at__lt=_start(filters.to_date + timedelta(days=1)))
    return found.order_by("-issued_at", "-pk")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register."""

    paper: Paper
    kind: str
    case: CaseWords | None
    office: str


def rows_of(papers: Sequence[Paper], at: datetime) -> list[Row]:
    """Lines with kinds, cases and offices in words; a fixed number of queries."""
    cases = words_of([paper.case_id for paper in papers if paper.case_id], at)
    names = _offices({paper.numbered_by for paper in papers})
    return [
        Row(
            paper,
            kind_word(paper.kind),
            cases.get(paper.case_id) if paper.case_id else None,
            names.get(paper.numbered_by, paper.numbered_by),
        )
        for paper in papers
    ]


def _offices(codes: set[str]) -> dict[str, str]:
    return dict(organisations({}, "").filter(code__in=codes).values_list("code", "name"))


def office_name(code: str) -> str:
    """The name of the office that numbered a paper."""
    return _offices({code}).get(code, code)


def headings() -> list[str]:
    """The heads of the exported register."""
    return [
        _("文书编号"),
        _("文书种类"),
        _("个案"),
        _("人员"),
        _("出具单位"),
        _("出具时间"),
        _("版本"),
        _("状态"),
    ]


def export_rows(found: "QuerySet[Paper]", at: datetime) -> list[tuple[object, ...]]:
    """The register as lines of a sheet; restricted people stay masked."""
    return [
        (
            row.paper.number,
            row.kind,
            row.case.number if row.case else "",
            row.case.called if row.case else "",
            row.office,
            row.paper.issued_at,
            row.paper.version,
            row.paper.get_state_display(),
        )
        for row in rows_of(list(found[:MOST_FETCHED]), at)
    ]
