"""Open reports that perhaps tell of the same person as one that is about to come in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from nuantu.core.fields import keyed_hash
from nuantu.tracing.models import MissingReport
from nuantu.tracing.rules.said import Said, age_of
from nuantu.tracing.rules.same import Told, reason_why, sound_key

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Like:
    """An open report that may tell of the same person: its number and `id`, `name` or `phone`."""

    number: str
    reason: str


def told_of(said: Said, today: date) -> Told:
    """What a report about to come in is compared by."""
    age = age_of(said, today)
    return Told(
        sound=sound_key(said.name),
        id_hash=keyed_hash(said.id_number) if said.id_number else "",
        phone_hash=keyed_hash(said.searcher_phone) if said.searcher_phone else "",
        sex=said.sex,
        born_low=today.year - age.high - 1 if age else None,
        born_high=today.year - age.low if age else None,
    )


def _told(report: MissingReport, today: date) -> Told:
    age = report.age_on(today)
    return Told(
        sound=report.name_sound,
        id_hash=report.id_hash,
        phone_hash=report.phone_hash,
        sex=report.sex,
        born_low=today.year - age.high - 1 if age else None,
        born_high=today.year - age.low if age else None,
    )


def likely_open(rows: Mapping[int, Told], today: date) -> dict[int, Like]:
    """For each row the open report it resembles most, among those the reader sees; a query per 500 rows."""
    found: dict[int, Like] = {}
    numbers = list(rows)
    for start in range(0, len(numbers), _AT_ONCE):
        some = {number: rows[number] for number in numbers[start : start + _AT_ONCE]}
        reports = [(report, _told(report, today)) for report in _near(some.values())]
        for number, told in some.items():
            like = _closest(told, reports)
            if like is not None:
                found[number] = like
    return found


def _near(rows: Iterable[Told]) -> list[MissingReport]:
    rows = list(rows)
    near = Q(name_sound__in={row.sound for row in rows if row.sound})
    near |= Q(id_hash__in={row.id_hash for row in rows if row.id_hash})
    near |= Q(phone_hash__in={row.phone_hash for row in rows if row.phone_hash})
    return list(MissingReport.objects.filter(near, state="open").order_by("pk"))


def _closest(told: Told, reports: Iterable[tuple[MissingReport, Told]]) -> Like | None:
    best: Like | None = None
    for report, other in reports:
        reason = reason_why(told, other)
        if reason == "id":
            return Like(report.number, reason)
        if reason and (best is None or (reason, best.reason) == ("name", "phone")):
            best = Like(report.number, reason)
    return best
