"""From a document to facts, evidence, findings and a draft plan: the recipe of reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from nuantu.planbook.reading import gleaning
from nuantu.planbook.reading.draft import draft
from nuantu.planbook.reading.grammar.days import Calendar, anchors_of
from nuantu.planbook.reading.grammar.whens import singles, year_pair
from nuantu.planbook.reading.leftover import leftover
from nuantu.planbook.reading.normal import Normal, normalise
from nuantu.planbook.reading.opening import open_document
from nuantu.planbook.reading.opening.pieces import Converter, Progress, no_progress
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.proposals import Proposer, merged
from nuantu.planbook.reading.remarks import remarks, script_of, several
from nuantu.planbook.reading.result import (
    Document,
    Evidence,
    Finding,
    NotUnderstood,
    PartOf,
    Reading,
    Span,
    finding,
)
from nuantu.planbook.reading.rules import (
    amounts,
    areas,
    checks,
    contacts,
    identity,
    issuer,
    numbers,
    patrol,
    phases,
    reporting,
    tables,
    window,
)
from nuantu.planbook.reading.rules.found import Found, Known, Rule
from nuantu.planbook.reading.splitting import parts_of

_READS_LIKE_A_TITLE: Final = 0.5
LISTS: Final = (
    "phases", "patrol_frequency", "response_minutes", "reporting", "amounts", "checks", "hotline", "areas",
)  # fmt: skip
_RULES: Final[tuple[Rule, ...]] = (
    phases.phases,
    window.window,
    patrol.patrol_frequency,
    patrol.response_minutes,
    reporting.reporting,
    amounts.amounts,
    tables.table_amounts,
    checks.checks,
    contacts.hotline,
    contacts.lead_group,
    areas.areas,
)


def read_document(
    data: bytes,
    name: str,
    *,
    part: int | None = None,
    year: int | None = None,
    convert: Converter | None = None,
    propose: Proposer | None = None,
    progress: Progress = no_progress,
) -> Reading:
    """Read one plan from the bytes of a file. Never raises on bad content: it becomes findings.

    ``part`` chooses among several plans of one document; ``year`` stands in the draft where the
    text names none; ``convert`` opens old .doc files; ``propose`` may add facts, marked as such.
    """
    document, opened = open_document(data, name, convert=convert, progress=progress)
    if not document.text.strip():
        return Reading(document, findings=opened)
    reading = _read(document, opened, part, year, progress)
    if propose is None:
        return reading
    return merged(reading, propose(document.text, reading.facts))


def _read(
    document: Document,
    opened: tuple[Finding, ...],
    part: int | None,
    year: int | None,
    progress: Progress,
) -> Reading:
    whole = normalise(document.text)
    parts = parts_of(whole.text)
    chosen, said = _chosen(parts, part)
    normal = _cut(whole, chosen.span) if chosen else whole
    page = Page(normal, document.name, document.text)
    facts, found, known = facts_of(page, progress)
    rows = numbers.numbers(page, known)
    taken = [(row.start, row.end) for row in found]
    beside = [*gleaning.gleaned(page, taken)]
    taken += [(row.start, row.end) for row in beside if row.path in gleaning.WHOLE]
    progress(1, 1, "draft")
    findings = [*remarks(page, found, facts)]
    return Reading(
        document=document,
        facts=facts,
        evidence=tuple(_evidence(document, normal, [*found, *beside])),
        findings=(
            *opened,
            *(_moved(row, whole) for row in said),
            *script_of(document.text),
            *(_moved(row, normal) for row in findings),
        ),
        not_understood=tuple(
            NotUnderstood(
                (span := normal.original(start, end)), document.text[slice(*span)], reason
            )
            for start, end, reason in leftover(page, taken)
        ),
        parts=tuple(replace(row, span=whole.original(*row.span)) for row in parts),
        draft=draft(page, facts, [*found, *beside], f"draft-{document.sha256[:8]}", year),
        numbers=tuple({**row, "span": list(normal.original(*row["span"]))} for row in rows),
    )


def _chosen(parts: tuple[PartOf, ...], part: int | None) -> tuple[PartOf | None, list[Finding]]:
    if not parts:
        wrong = finding(
            "warning", "no_such_part", "文件里只有一份方案", "The file holds one plan only"
        )
        return None, [wrong] if part not in (None, 1) else []
    said = list(several(parts, part))
    for row in parts:
        if row.number == (part or 1):
            return row, said
    wrong = finding(
        "error",
        "no_such_part",
        f"没有第 {part} 份方案，只有 {len(parts)} 份；读了第 1 份",
        f"There is no plan {part}, only {len(parts)}; the first was read",
    )
    return parts[0], [wrong, *said]


def _cut(whole: Normal, span: Span) -> Normal:
    start, end = span
    return Normal(whole.text[start:end], whole.places[start:end])


def _moved(row: Finding, normal: Normal) -> Finding:
    return replace(row, span=normal.original(*row.span)) if row.span else row


def _evidence(document: Document, normal: Normal, found: Iterable[Found]) -> Iterator[Evidence]:
    counts: dict[str, int] = {}
    for row in found:
        path = row.path
        if path in LISTS or path in gleaning.PATHS:
            counts[path] = counts.get(path, -1) + 1
            path = f"{path}.{counts[path]}"
        span = normal.original(row.start, row.end)
        block = document.block_at(span[0])
        yield Evidence(
            path=path,
            value=row.value,
            span=span,
            quote=document.text[slice(*span)][:200],
            rule=row.rule,
            confidence=row.confidence,
            block=block,
            page=document.blocks[block].page if block is not None else None,
        )


def facts_of(
    page: Page, progress: Progress = no_progress
) -> tuple[dict[str, Any], list[Found], Known]:
    """The facts of one plan with what they rest on."""
    known, found = _identity(page)
    for number, rule in enumerate(_RULES, start=1):
        found += rule(page, known)
        if rule is phases.phases:
            spans = tuple((row.start, row.end) for row in found if row.path == "phases")
            known = replace(known, phase_spans=spans)
        progress(number, len(_RULES), "rules")
    return _composed(found), found, known


def _identity(page: Page) -> tuple[Known, list[Found]]:
    heading = identity.title(page)
    title = str(heading.value) if heading else ""
    kind = identity.operation_type(page, title)
    known = Known(
        operation_type=str(kind.value) if kind else None,
        title=title,
        is_titled=heading is not None and heading.confidence > _READS_LIKE_A_TITLE,
    )
    by = issuer.issuer(page, known)
    issued = identity.doc_date(page, known)
    known = Known(
        calendar=_calendar(page, title, issued, known.operation_type),
        operation_type=known.operation_type,
        title=title,
        issuer=str(by.value) if by else None,
    )
    numbers = identity.doc_number(page, known)
    return known, [row for row in (heading, kind, by, issued, *numbers) if row]


def _calendar(page: Page, title: str, issued: Found | None, kind: str | None) -> Calendar:
    whens = singles(page.text)
    masked = any(
        when.is_masked and when.month and when.year is None and "年" in when.words for when in whens
    )
    pair = year_pair(title) or year_pair(page.text[:400])
    day = date.fromisoformat(str(issued.value)) if issued else None
    anchors = anchors_of(whens)
    return Calendar(
        issued=day,
        year=None if masked and not day else _year(page, title, day),
        pair=pair,
        anchors=(*anchors, day) if day else anchors,
        is_masked=masked,
        is_winter=kind == "winter_rescue",
        is_spring=kind == "festival_visit" and bool(re.search(r"春节|元旦|两节", page.text[:800])),
    )


def _year(page: Page, title: str, issued: date | None) -> int | None:
    headline = page.lines[0][1] if page.lines else ""
    titled = re.search(r"(20\d\d)年", title) or re.search(r"(20\d\d)年", headline[:80])
    if titled:
        return int(titled[1])
    for text in (title, page.text[:600]):
        match = re.search(
            r"(20\d\d)年度?(?=“|[“”]?(?:春节|元旦|两节|夏季|冬季|寒冬|送|困难|专项|高温|今冬|中秋|全[省市县区]|[一-鿿]{0,6}(?:活动|行动|工作|慰问|方案)))",
            text,
        )
        if match:
            return int(match[1])
    return issued.year if issued else None


def _composed(rows: list[Found]) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "operation_type": None,
        "title": None,
        "issuer": None,
        "doc_number": None,
        "doc_date": None,
        "window": {"start": None, "end": None},
        **{name: [] for name in LISTS},
        "lead_group": False,
    }
    for row in rows:
        if row.path in LISTS:
            facts[row.path].append(row.value)
        else:
            facts[row.path] = row.value
    if not any(row.path == "window" for row in rows):
        facts["window"] = _window_of(facts["phases"]) or facts["window"]
    return facts


def _window_of(stages: list[dict[str, Any]]) -> dict[str, Any]:
    """Without a stated window the stages together are it."""
    if len(stages) < 2:
        return {}
    window: dict[str, Any] = {"start": None, "end": None, "derived": True}
    first, last = stages[0], stages[-1]
    if all(stage["start"] and stage["end"] for stage in stages):
        first = min(stages, key=lambda stage: str(stage["start"]))
        last = max(stages, key=lambda stage: str(stage["end"]))
    for side, stage in (("start", first), ("end", last)):
        for key in (side, f"{side}_month_day"):
            if stage.get(key):
                window[key] = stage[key]
        is_known = stage.get(side) or stage.get(f"{side}_month_day")
        window[f"{side}_precision"] = "day" if is_known else "unknown"
    return window
