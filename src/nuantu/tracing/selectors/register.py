"""The reports of every organisation as the columns that the engine reads, and their generation.

Read under the system scope by a job; nothing of it but number, figure and holder leaves it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from django.db.models import Q

from nuantu.accounts.models import Division
from nuantu.accounts.rules.divisions import FULL_LENGTH, LEVEL_LENGTHS, short_code
from nuantu.linkage.columns import MAN, UNKNOWN, WOMAN, Registry, Words
from nuantu.persons.models import Sex
from nuantu.tracing.models import MissingReport, Precision, Purpose, State
from nuantu.tracing.rules import asking
from nuantu.tracing.selectors.unknown import days_of

_SEXES: Final = {Sex.MALE: MAN, Sex.FEMALE: WOMAN}
_BUILT: Final = 3  # raised when rows are read in another way, so that every index is built anew


@dataclass(frozen=True, slots=True)
class Row:
    """One report as plain values; heights in centimetres, days from 1990, -1 where unknown."""

    key: int
    surname: str
    given: str
    alias: str
    sex: int
    birth_year: int
    height: int
    home: tuple[str, str, str, str, str]
    lost_day: int
    lost_county: str
    marks: int


def searched(today: date) -> Q:
    """Reports that are compared: open, their consent in force and given for that, or by a body's own duty."""
    agreed = Q(consent_until_date__gte=today, consent_purposes__contains=[Purpose.COMPARE])
    return Q(state=State.OPEN) & (agreed | Q(consent_date__isnull=True))


def rows_of(today: date) -> list[Row]:
    """Every report that is compared, in the order of their keys; two queries."""
    reports = list(MissingReport.objects.filter(searched(today)).order_by("pk"))
    homes = _homes(reports)
    return [_row(report, homes, today) for report in reports]


def _homes(reports: Iterable[MissingReport]) -> dict[str, str]:
    """The names of the places above and of each home, by full code."""
    codes = set()
    for report in reports:
        short = short_code(report.home_division) if report.home_division else ""
        codes |= {
            short[:length].ljust(FULL_LENGTH, "0")
            for length in LEVEL_LENGTHS
            if len(short) >= length
        }
    return dict(Division.objects.filter(code__in=codes).values_list("code", "name"))


def _home(report: MissingReport, names: Mapping[str, str]) -> tuple[str, str, str, str, str]:
    if not report.home_division:
        return asking.home_of(asking.bare(report.home_words))
    short = short_code(report.home_division)
    home = [
        names.get(short[:length].ljust(FULL_LENGTH, "0"), "") if len(short) >= length else ""
        for length in LEVEL_LENGTHS
    ]
    old = asking.pieces_of(report.old_places)
    return home[0], home[1], home[2], home[3], home[4] or (old[0] if old else "")


def _row(report: MissingReport, homes: Mapping[str, str], today: date) -> Row:
    surname, given = asking.name_parts(report.name, is_whole=True)
    age = report.age_on(today)
    born = report.birth_date.year if report.birth_date else UNKNOWN
    if age is not None and born == UNKNOWN:
        born = today.year - round((age.low + age.high) / 2)
    low, high = report.height_low, report.height_high
    words = f"{report.marks_words} {report.health_words}"
    return Row(
        key=report.pk,
        surname=surname,
        given=given,
        alias=asking.bare(report.nickname),
        sex=_SEXES.get(Sex(report.sex), 0),
        birth_year=born,
        height=UNKNOWN if low is None or high is None else (low + high) // 2,
        home=_home(report, homes),
        lost_day=_lost(report),
        lost_county=report.lost_division[:6],
        marks=asking.marks_of(report.marks, words),
    )


def _lost(report: MissingReport) -> int:
    """The day of the loss; of a month or year that is known alone, its middle."""
    day = report.lost_date
    if day is None:
        return UNKNOWN
    if report.lost_precision == Precision.YEAR:
        day = day.replace(month=7, day=1)
    if report.lost_precision == Precision.MONTH:
        day = day.replace(day=15)
    return days_of(day)


def registry_of(rows: list[Row]) -> Registry:
    """The rows as columns."""
    home = [Words.of(row.home[level] for row in rows) for level in range(5)]
    return Registry(
        rid=np.array([row.key for row in rows], np.int64),
        surname=Words.of(row.surname for row in rows),
        given=Words.of(row.given for row in rows),
        alias=Words.of(row.alias for row in rows),
        sex=np.array([row.sex for row in rows], np.int8),
        birth_year=np.array([row.birth_year for row in rows], np.int32),
        height=np.array([row.height for row in rows], np.int32),
        home=(home[0], home[1], home[2], home[3], home[4]),
        lost_day=np.array([row.lost_day for row in rows], np.int32),
        lost_county=Words.of(row.lost_county for row in rows),
        marks=np.array([row.marks for row in rows], np.uint64),
    )


def generation_of(rows: list[Row]) -> int:
    """A number that differs whenever any row does: an index of another one is not of these rows."""
    digest = hashlib.sha256(repr((_BUILT, rows)).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
