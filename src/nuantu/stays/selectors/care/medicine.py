"""Doses of today and the medical words of a resident; words only where they were just opened."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.erasure import opened
from nuantu.core.vault import KeyDestroyed
from nuantu.operations.selectors import rules_at
from nuantu.stays.models import Dose, HealthNote, Medication, Stay
from nuantu.stays.rules.medicine import MEASURES, alarming, course, doses_of
from nuantu.stays.selectors.board import Resident, residents
from nuantu.stays.selectors.care.alarms import limits, looks_at, owed_looks

SHOWN, DOSES = 40, 12
Limits = tuple[Mapping[str, float], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One dose of today: whose, when, of what where it was opened, and how it went."""

    medication: Medication
    resident: Resident
    due_at: datetime
    what: str
    dose: Dose | None
    opens_at: datetime
    taken_back: Dose | None = None
    is_missed: bool = False

    @property
    def is_due(self) -> bool:
        return self.dose is None and self.due_at <= clock.now()

    @property
    def is_ahead(self) -> bool:
        """Too early to be put down."""
        return self.dose is None and clock.now() < self.opens_at


def doses_today(org: str, at: datetime, *, with_words: bool = False) -> list[DoseLine]:
    """Every dose of today in a station and those of yesterday that nobody put down, the earliest first;
    a fixed number of queries."""
    day, zone = clock.local(at).date(), clock.LOCAL
    rows = list(_running(org).select_related("stay__person__photo"))
    early = may_be_early(rows[0].division_code, at) if rows else timedelta()
    people = {
        one.stay.pk: one for one in residents({row.stay_id: row.stay for row in rows}.values(), at)
    }
    put_down = list(Dose.objects.filter(medication__in=rows).order_by("pk"))
    done = {(one.medication_id, one.due_at): one for one in put_down if not one.taken_back_at}
    back = {(one.medication_id, one.due_at): one for one in put_down if one.taken_back_at}
    lines = [
        DoseLine(
            row,
            people[row.stay_id],
            due_at,
            opened(row.what) if with_words else "",
            done.get((row.pk, due_at)),
            due_at - early,
            back.get((row.pk, due_at)),
        )
        for row in rows
        for on in (day - timedelta(days=1), day)
        for due_at in doses_of(row.times, on, row.begins_date, row.until_date, zone)
        if on == day or (due_at >= row.recorded_at and (row.pk, due_at) not in done)
    ]
    lines.sort(key=lambda line: (line.due_at, line.medication.pk))
    return _with_missed(lines, at)


def _with_missed(lines: Sequence[DoseLine], at: datetime) -> list[DoseLine]:
    """A dose that nobody put down is missed on the next day, or once the next of its medicine is due."""
    last = {line.medication.pk: line.due_at for line in lines if line.due_at <= at}
    today = clock.local(at).date()
    return [
        replace(line, is_missed=True)
        if line.dose is None
        and (
            line.due_at < last.get(line.medication.pk, line.due_at)
            or clock.local(line.due_at).date() < today
        )
        else line
        for line in lines
    ]


def may_be_early(division_code: str, at: datetime) -> timedelta:
    """How long before its time a dose may be put down."""
    return timedelta(minutes=rules_at(division_code, at).need("care.dose_early").number)


def _running(org: str) -> QuerySet[Medication]:
    return Medication.objects.filter(owner_org=org, ended_at=None, stay__left_at=None)


def told_of(stays: Iterable[Stay], at: datetime) -> frozenset[int]:
    """Residents of whom a carer is told that a dose is due: their keys; two queries."""
    day, zone = clock.local(at).date(), clock.LOCAL
    rows = list(Medication.objects.filter(stay__in=list(stays), ended_at=None, is_told=True))
    done = set(
        Dose.objects.filter(
            medication__in=rows,
            taken_back_at=None,
            due_at__gte=clock.local(at).replace(hour=0, minute=0, second=0),
        ).values_list("medication_id", "due_at")
    )
    return frozenset(
        row.stay_id
        for row in rows
        for due_at in doses_of(row.times, day, row.begins_date, row.until_date, zone)
        if due_at <= at and (row.pk, due_at) not in done
    )


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One medical note; `words` empty while nobody opened them, `alarms` figures at or beyond a limit."""

    row: HealthNote
    words: str
    alarms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """How one vital sign went over the days: values in their unit, the last one in words."""

    label: str
    values: list[float]
    last: str


def measure_words(name: str) -> tuple[str, str]:
    """What a vital sign is called, and its unit."""
    words = {
        "temperature": (_("体温"), "℃"),
        "pulse": (_("脉搏"), _("次/分")),
        "systolic": (_("收缩压"), "mmHg"),
        "diastolic": (_("舒张压"), "mmHg"),
        "saturation": (_("血氧"), "%"),
    }
    return words[name]


def figure_words(name: str, value: float) -> str:
    """A figure with its name and unit."""
    label, unit = measure_words(name)
    return f"{label} {value:g} {unit}"


def figures_of(row: HealthNote) -> dict[str, float]:
    """What was measured, opened; nothing after an erasure."""
    try:
        return json.loads(row.figures.open()) if row.figures else {}
    except KeyDestroyed:
        return {}


def _line(row: HealthNote, figures: Mapping[str, float], bounds: Limits) -> HealthLine:
    beyond = alarming(figures, *bounds)
    said = [figure_words(name, value) for name, value in figures.items() if name not in beyond]
    words = str(_("；")).join([*said, opened(row.text)] if row.text else said)
    return HealthLine(row, words, tuple(figure_words(name, figures[name]) for name in beyond))


def to_see(org: str, at: datetime) -> list[Resident]:
    """Residents whom somebody has to see at once because of a vital sign."""
    ids = list(owed_looks(org).values_list("subject_id", flat=True))
    named = Q(public_id__in=ids) | Q(reception__public_id__in=ids)
    return residents(Stay.objects.filter(named, left_at=None), at) if ids else []


def _courses(read: Sequence[tuple[HealthNote, dict[str, float]]]) -> tuple[Course, ...]:
    notes = [(row.noted_at, figures) for row, figures in read]
    found = {name: course(notes, name) for name in MEASURES}
    return tuple(
        Course(measure_words(name)[0], values, figure_words(name, values[-1]))
        for name, values in found.items()
        if len(values) > 1
    )


@dataclass(frozen=True, slots=True)
class HealthPage:
    """The medical side of a resident's care; `courses` are drawn where it was opened."""

    stay: Stay
    resident: Resident
    medications: tuple[tuple[Medication, str], ...]
    doses: tuple[tuple[Dose, str], ...]
    notes: tuple[HealthLine, ...]
    courses: tuple[Course, ...]
    is_open: bool
    has_to_be_seen: bool


def health_page(stay: Stay, at: datetime, *, is_open: bool) -> HealthPage:
    """Read the page; the caller has authorised the reader and put down that words are read."""
    (resident,) = residents([stay], at)
    bounds: Limits = limits(stay.division_code, at) if is_open else ({}, {})
    medications = Medication.objects.filter(stay=stay).order_by("ended_at", "-pk")
    notes = HealthNote.objects.filter(stay=stay).order_by("-noted_at", "-pk")[:SHOWN]
    doses = Dose.objects.filter(medication__stay=stay).select_related("medication")
    doses = doses.order_by("-due_at", "-pk")[:DOSES]
    read = [(row, figures_of(row) if is_open else {}) for row in notes]
    return HealthPage(
        stay=stay,
        resident=resident,
        medications=tuple((row, opened(row.what) if is_open else "") for row in medications),
        doses=tuple((row, opened(row.medication.what) if is_open else "") for row in doses),
        notes=tuple(
            _line(row, had, bounds) if is_open else HealthLine(row, "") for row, had in read
        ),
        courses=_courses(read),
        is_open=is_open,
        has_to_be_seen=looks_at(stay).exists(),
    )
