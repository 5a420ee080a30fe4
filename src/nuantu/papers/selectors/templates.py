"""Which template holds for an office on a day."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Length

from nuantu.core.actors import Actor
from nuantu.papers.models import PaperTemplate
from nuantu.papers.rules.kinds import PaperKind
from nuantu.papers.selectors import kinds

OWN = 13  # nearer than the longest prefix of a division


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind in the list of templates: which template holds for the reader's office today."""

    kind: PaperKind
    word: str
    uploaded: PaperTemplate | None
    coming: PaperTemplate | None
    has_builtin: bool
    has_feed: bool


def _holding(division_code: str, org: str) -> QuerySet[PaperTemplate]:
    """Uploaded templates that hold for an office, the most particular and newest first: its own,
    then those of whoever oversees its division."""
    prefixes = [division_code[:length] for length in range(1, 13)]
    here = Q(prefix__in=prefixes) | Q(prefix="", owner_org=org)
    own = Case(When(prefix="", then=Value(OWN)), default=Length("prefix"))
    return (
        PaperTemplate.objects.filter(here, is_builtin=False, withdrawn_at=None)
        .annotate(reach=own)
        .order_by("kind", "-reach", "-in_force_date", "-version")
    )


def uploaded_for(
    kind: str, division_code: str, day: date, *, org: str = ""
) -> PaperTemplate | None:
    """The uploaded template in force: the office's own, else of the smallest area around it."""
    return _holding(division_code, org).filter(kind=kind, in_force_date__lte=day).first()


def held_by(actor: Actor, kind: str, day: date) -> PaperTemplate | None:
    """The row that holds for the reader's office; None where the program's own was never used yet."""
    found = uploaded_for(kind, actor.division_code, day, org=actor.org_code)
    content = kinds.builtin_template(kind) if found is None else None
    if content is None:
        return found
    digest = hashlib.sha256(content).hexdigest()
    return PaperTemplate.objects.filter(kind=kind, is_builtin=True, digest=digest).first()


def kind_rows(actor: Actor, day: date) -> list[KindRow]:
    """Every kind with the template that holds today and the one that will; two queries."""
    held: dict[str, PaperTemplate] = {}
    coming: dict[str, PaperTemplate] = {}
    for template in _holding(actor.division_code, actor.org_code).defer("content"):
        into = held if template.in_force_date <= day else coming
        into.setdefault(template.kind, template)
    return [
        KindRow(
            kind,
            kinds.word(kind),
            held.get(code),
            coming.get(code),
            kinds.builtin_template(code) is not None,
            kinds.feed_of(code) is not None,
        )
        for code, kind in kinds.kinds().items()
    ]


def versions_of(kind: str) -> QuerySet[PaperTemplate]:
    """Every template of a kind that was ever uploaded or used, the newest first; without content."""
    return PaperTemplate.objects.filter(kind=kind).defer("content").order_by("-recorded_at", "-pk")
