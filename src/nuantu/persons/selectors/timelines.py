"""One timeline of everything that happened around a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils.translation import get_language

from nuantu.core import journal, sentences, subjects
from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry, JournalSubject
from nuantu.core.subjects import Subject
from nuantu.persons.models import Case, Person
from nuantu.planbook import sources

PAGE: Final = 60
# What came before the case: its own lines know of no case yet.
BEFORE_THE_CASE: Final = ("tip", "dispatch")
_LOOKS: Final = r"\.(read|reveal|export)$"
_OWN: Final = frozenset({"person", "case", "data_key"})


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, in the words of the page."""

    verb: str
    kind: str
    says: str
    basis: str
    details: tuple[str, ...]
    who: str
    org: str
    happened_at: datetime
    recorded_at: datetime
    url: str

    @property
    def is_late_entry(self) -> bool:
        """Written down more than half an hour after it happened."""
        return (self.recorded_at - self.happened_at).total_seconds() > 30 * 60


def timeline(
    persons: Sequence[Person], *, reader: Actor, before: datetime | None = None
) -> list[Line]:
    """Journal lines of these records, their cases, and the tips that led to them; newest first.

    Lines about a tip that belong to somebody else's case stay out. Readings of the record are
    on the page "who looked". A line leads only where its reader may go.
    """
    case_ids = list(Case.objects.filter(person__in=persons).values_list("case_id", flat=True))
    about = JournalSubject.objects.filter(
        kind="person", subject_id__in=[person.public_id for person in persons]
    ).values("entry_id")
    gathered = Q(pk__in=about) | Q(case_id__in=case_ids)
    led_here = JournalSubject.objects.filter(
        kind__in=BEFORE_THE_CASE, entry__in=JournalEntry.objects.filter(gathered)
    ).values("subject_id")
    earlier = Q(
        pk__in=JournalSubject.objects.filter(
            kind__in=BEFORE_THE_CASE, subject_id__in=led_here
        ).values("entry_id"),
        case_id__isnull=True,
    )
    lines = JournalEntry.objects.filter(gathered | earlier).exclude(verb__regex=_LOOKS)
    if before is not None:
        lines = lines.filter(happened_at__lt=before)
    entries = list(
        lines.prefetch_related("subjects").order_by("-happened_at", "-recorded_at", "-seq")[:PAGE]
    )
    return [_line(entry, reader) for entry in _once(entries)]


def _once(entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """An opinion on two records has a line on each; read together it is one thing that happened."""
    kept: dict[object, JournalEntry] = {}
    for entry in entries:
        linked = (s.subject_id for s in entry.subjects.all() if s.kind == "person_link")
        link = next(linked, None)
        kept.setdefault((entry.verb, link, entry.recorded_at) if link else entry.pk, entry)
    return list(kept.values())


def _line(entry: JournalEntry, reader: Actor) -> Line:
    return Line(
        verb=entry.verb,
        kind=entry.verb.split(".")[0],
        says=sentences.said(entry),
        basis=sources.said(journal.basis_of(entry), get_language() or ""),
        details=_details(entry),
        who=entry.actor_name,
        org=entry.actor_org,
        happened_at=entry.happened_at,
        recorded_at=entry.recorded_at,
        url=_url(entry, reader),
    )


def _details(entry: JournalEntry) -> tuple[str, ...]:
    """Words written with the line: a reason, a note, a value; the program's in the page's language."""
    told = entry.changes | journal.words_of(entry)
    if (get_language() or "").startswith("en") and told.get("value_en"):
        told["value"] = told["value_en"]
    found = (told.get(name) for name in ("value", "reason", "note"))
    return tuple(
        sentences.in_words(text) for text in found if isinstance(text, str) and text.strip()
    )


def _url(entry: JournalEntry, reader: Actor) -> str:
    for subject in entry.subjects.all():
        if subject.kind not in _OWN and subjects.may_open(reader, subject.kind):
            url = subjects.url(Subject(subject.kind, subject.subject_id))
            if url:
                return url
    return ""
