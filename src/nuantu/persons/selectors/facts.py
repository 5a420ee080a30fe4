"""What is known of a person, ready to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nuantu.core import erasure
from nuantu.persons.models import (
    TELLING_KINDS,
    Certainty,
    FactKind,
    Person,
    PersonClass,
    PersonFact,
)
from nuantu.persons.rules.id_number import InvalidIdNumber, read
from nuantu.persons.selectors.looks import Opened

_SURE = {Certainty.VERIFIED: 0, Certainty.CLAIMED: 1, Certainty.ESTIMATED: 2}
_ORDER = {kind: place for place, kind in enumerate(FactKind.values)}


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact as this reader may see it; `value` is empty while it is sealed to him."""

    public_id: UUID
    kind: str
    label: str
    value: str
    certainty: str
    certainty_label: str
    source: str
    noted_at: datetime
    noted_by: str
    is_sealed: bool
    is_corrected: bool
    is_withdrawn: bool
    note: str

    @property
    def key(self) -> str:
        """The fact's id as text, for an address."""
        return str(self.public_id)


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Everything known of one kind: the surest and newest first, the rest below it."""

    kind: str
    label: str
    best: FactRow
    others: tuple[FactRow, ...]


def facts(person: Person, opened: Opened, *, is_masked: bool = False) -> list[FactGroup]:
    """Facts by kind. Names of a masked record stay out with everything that tells who he is."""
    rows = list(person.facts.order_by("-noted_at", "-pk"))
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    groups: dict[str, list[FactRow]] = {}
    for row in sorted(
        rows, key=lambda fact: (fact.pk in corrected, _SURE[Certainty(fact.certainty)])
    ):
        if is_masked and row.kind in TELLING_KINDS:
            continue
        groups.setdefault(row.kind, []).append(_row(row, opened, row.pk in corrected))
    ordered = sorted(groups.items(), key=lambda item: _ORDER[item[0]])
    return [FactGroup(kind, found[0].label, found[0], tuple(found[1:])) for kind, found in ordered]


def _row(fact: PersonFact, opened: Opened, is_corrected: bool) -> FactRow:
    value, note = fact.value, ""
    if fact.is_sealed:
        value = erasure.opened(fact.secret) if opened.has(str(fact.public_id)) else ""
        if value and fact.kind == FactKind.ID_NUMBER:
            note = _number_note(value, fact.noted_at)
    return FactRow(
        public_id=fact.public_id,
        kind=fact.kind,
        label=str(fact.get_kind_display()),
        value=value,
        certainty=fact.certainty,
        certainty_label=str(fact.get_certainty_display()),
        source=fact.source,
        noted_at=fact.noted_at,
        noted_by=fact.noted_by,
        is_sealed=fact.is_sealed,
        is_corrected=is_corrected,
        is_withdrawn=fact.corrects_id == fact.pk,
        note=note,
    )


def _number_note(number: str, at: datetime) -> str:
    """Empty for a number that passes, else the fault as a code the page puts in words."""
    try:
        read(number, today=at.date())
    except InvalidIdNumber as error:
        return error.fault
    return ""


def classes_shown(person: Person, case_ids: Iterable[UUID]) -> list[PersonClass]:
    """Classes in force in these cases, the surest first."""
    rows = PersonClass.objects.filter(
        person=person, withdrawn_at=None, case_id__in=list(case_ids)
    ).order_by("decided_at")
    return sorted(rows, key=lambda row: _SURE[Certainty(row.certainty)])
