"""Both sides of a suspected match beside each other, as far as their reader may see each."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, journal
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened as unsealed
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.persons.models import Case, FactKind, Person, PersonClass, PersonFact
from nuantu.persons.rules.classes import HARMED_BY_SOMEBODY
from nuantu.persons.selectors import age_words
from nuantu.persons.selectors import looks as person_looks
from nuantu.persons.selectors.cards import card_of as person_card
from nuantu.persons.selectors.pages import IDENTITY
from nuantu.tracing.models import Comparison, Match, MatchCheck, MissingReport, Purpose
from nuantu.tracing.rules.bands import Part, Plot, parts_of, plot
from nuantu.tracing.selectors import looks
from nuantu.tracing.selectors.matches import Row, bands_at, rows_of
from nuantu.tracing.selectors.obstacles import Obstacle, own_stay, said_missing
from nuantu.tracing.selectors.reports import (
    card_of,
    dangers_said,
    day_said,
    height_said,
    marks_said,
)

MATCH: Final = "match"
LINES: Final = 60
# What stands in one line of the table, and the fields of the engine that it holds.
FIELDS: Final[tuple[tuple[str, str | Promise, tuple[str, ...]], ...]] = (
    ("name", _("姓名"), ("surname", "given")),
    ("nickname", _("别名、小名"), ("nickname",)),
    ("sex", _("性别"), ("sex",)),
    ("age", _("年龄"), ("birth",)),
    ("height", _("身高"), ("height",)),
    ("home", _("家乡"), ("place",)),
    ("accent", _("口音、语言"), ("accent",)),
    ("day", _("发现、走失日期"), ("lost",)),
    ("spot", _("发现、走失地点"), ("county",)),
    ("marks", _("体貌特征"), ("marks",)),
    ("clothing", _("衣着"), ()),
    ("health", _("健康、精神状况"), ()),
)
RESULTS: Final = {"fits": "done", "unsure": "note", "contradicts": "danger", "not_done": "stopped"}
OPEN_SIDES: Final = frozenset({"sex", "age"})  # what a masked side still shows


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both sides; `bits` it brought, `said` why in the engine's words."""

    label: str
    known: str
    told: str
    bits: float | None
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check as the page shows it; what was said stays hidden where a side is masked."""

    kind: str
    question: str
    person_said: str
    family_said: str
    result: str
    result_said: str
    result_kind: str
    note: str
    by: str
    at: datetime


def _check_row(row: MatchCheck, *, is_hidden: bool) -> CheckRow:
    return CheckRow(
        kind=str(row.get_kind_display()),
        question="" if is_hidden else row.question,
        person_said="" if is_hidden else unsealed(row.person_said),
        family_said="" if is_hidden else unsealed(row.family_said),
        result=row.result,
        result_said=str(row.get_result_display()),
        result_kind=RESULTS[row.result],
        note="" if is_hidden else row.note,
        by=row.checked_by,
        at=row.checked_at,
    )


@dataclass(frozen=True, slots=True)
class MatchPage:
    """What the page of a pair shows to one reader at one moment; `report` is None where another body holds it."""

    row: Row
    case: Case | None
    report: MissingReport | None
    lines: tuple[Line, ...]
    plot: Plot
    dangers: tuple[str, ...]
    is_harmed: bool
    may_contact: bool
    is_person_masked: bool
    is_report_masked: bool
    rivals: tuple[Row, ...]
    checks: tuple[CheckRow, ...]
    missing: tuple[str, ...]
    is_doubted: bool
    own: Obstacle | None
    timeline: list[JournalEntry]


def match_page(actor: Actor, match: Match, at: datetime) -> MatchPage:
    """Read the page; the caller has authorised the reader."""
    bands = bands_at(match.division_code, at)
    others = Match.objects.filter(case_id=match.case_id, state__in=["open", "proposed"])
    shown = [
        match,
        *others.exclude(pk=match.pk).select_related("person__photo").order_by("-posterior")[:9],
    ]
    row, *rivals = rows_of(shown, bands, at)
    report = MissingReport.objects.filter(pk=match.report_id).first()
    case = Case.objects.filter(case_id=match.case_id).first()
    codes = PersonClass.objects.filter(case_id=match.case_id, withdrawn_at=None)
    is_opened = person_looks.opened_by(match.person, actor, at).has(IDENTITY)
    is_person_masked = person_card(match.person, at, is_opened=is_opened).is_masked
    is_report_masked = report is None or _is_masked(report, actor, at)
    is_hidden = is_person_masked or is_report_masked
    rows = match.checks.order_by("checked_at", "pk")
    parts = parts_of(match.parts)
    return MatchPage(
        row=row,
        case=case,
        report=report,
        lines=_lines(match, case, report, parts, is_person_masked, is_report_masked, at),
        plot=plot(parts, labels(), reports=_reports_compared(match)),
        dangers=dangers_said(report) if report and not report.is_withdrawn else (),
        is_harmed=bool(HARMED_BY_SOMEBODY.intersection(codes.values_list("code", flat=True))),
        may_contact=may_contact(report),
        is_person_masked=is_person_masked,
        is_report_masked=is_report_masked,
        rivals=tuple(rivals),
        checks=tuple(_check_row(one, is_hidden=is_hidden) for one in rows),
        missing=said_missing(match, at) if match.is_open else (),
        is_doubted=PersonFact.objects.filter(corrects=match.fact_id or 0).exists(),
        own=own_stay(match, at) if match.is_open else None,
        timeline=list(journal.timeline(Subject(MATCH, match.public_id))[:LINES]),
    )


def _reports_compared(match: Match) -> int:
    """Among how many reports he was searched; once it is decided, what the newest comparison of anybody says."""
    is_his = ExpressionWrapper(Q(case_id=match.case_id), BooleanField())
    rows = Comparison.objects.order_by(is_his.desc(), "-compared_at")
    return rows.values_list("report_count", flat=True).first() or 1


def labels() -> dict[str, str]:
    """What each field of the engine is called on the page."""
    return {field: str(label) for _key, label, fields in FIELDS for field in fields} | {
        "surname": str(_("姓")),
        "given": str(_("名")),
    }


def may_contact(report: MissingReport | None) -> bool:
    """Whether the searcher may be asked: he agreed to that, or a body searches by its own duty."""
    if report is None:
        return False
    return report.consent_date is None or Purpose.CONTACT in report.consent_purposes


def _is_masked(report: MissingReport, actor: Actor, at: datetime) -> bool:
    is_opened = looks.opened_by(report, actor, at).has(looks.IDENTITY)
    return card_of(report, at, is_opened=is_opened).is_masked


def _lines(
    match: Match,
    case: Case | None,
    report: MissingReport | None,
    parts: Iterable[Part],
    is_person_masked: bool,
    is_report_masked: bool,
    at: datetime,
) -> tuple[Line, ...]:
    bits = {part.field: part.bits for part in parts}
    known, told = _known(match.person, case, at), _told(report, at) if report else {}
    said = {} if is_person_masked or is_report_masked else _said(match)
    found = []
    for key, label, fields in FIELDS:
        brought = [bits[field] for field in fields if field in bits]
        line = Line(
            str(label),
            known.get(key, "") if key in OPEN_SIDES or not is_person_masked else "",
            told.get(key, "") if key in OPEN_SIDES or not is_report_masked else "",
            sum(brought) if brought else None,
            tuple(said[field] for field in fields if field in said),
        )
        if line.known or line.told:
            found.append(line)
    return tuple(found)


def _said(match: Match) -> dict[str, str]:
    """The engine's sentence of each field, in the language of the page."""
    text = unsealed(match.words)
    language = "en" if (get_language() or "").startswith("en") else "zh"
    if not text.startswith("["):
        return {}
    return {one["field"]: one[language] for one in json.loads(text)}


def _known(person: Person, case: Case | None, at: datetime) -> dict[str, str]:
    """What the station knows, by the keys of FIELDS."""
    facts: defaultdict[str, list[str]] = defaultdict(list)
    rows = list(person.facts.filter(value__gt="").order_by("noted_at", "pk"))
    corrected = {row.corrects_id for row in rows}
    for row in rows:
        if row.pk not in corrected and (said := _with_certainty(row)) not in facts[row.kind]:
            facts[row.kind].append(said)
    day = clock.local(case.opened_at).date() if case else None
    return {
        "name": "；".join(facts[FactKind.NAME]) or person.name,
        "nickname": "；".join(facts[FactKind.ALIAS]),
        "sex": str(person.get_sex_display()),
        "age": age_words(person.age_on(clock.local(at).date())),
        "home": "；".join(facts[FactKind.ORIGIN]),
        "accent": "；".join(facts[FactKind.ACCENT]),
        "day": f"{day:%Y-%m-%d}" if day else "",
        "spot": case.place if case else "",
        "marks": "；".join([*filter(None, [person.looks]), *facts[FactKind.FEATURES]]),
        "clothing": "；".join(facts[FactKind.CLOTHING]),
        "health": "；".join([*facts[FactKind.HEALTH], *facts[FactKind.MENTAL_STATE]]),
    }


def _with_certainty(fact: PersonFact) -> str:
    return f"{fact.value}（{fact.get_certainty_display()}）"


def _told(report: MissingReport, at: datetime) -> dict[str, str]:
    """What the family or body told, by the keys of FIELDS."""
    return {
        "name": report.name,
        "nickname": report.nickname,
        "sex": str(report.get_sex_display()),
        "age": age_words(report.age_on(clock.local(at).date())),
        "height": height_said(report),
        "home": "；".join(filter(None, [report.home_words, report.old_places])),
        "accent": report.accent,
        "day": day_said(report),
        "spot": report.lost_words,
        "marks": "；".join(filter(None, [*marks_said(report), report.marks_words])),
        "clothing": report.clothing,
        "health": report.health_words,
    }
