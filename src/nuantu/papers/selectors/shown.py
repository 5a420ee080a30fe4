"""Papers as their pages show them: what can be issued in a case, one paper with its versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nuantu.core import subjects, vault
from nuantu.core.actors import Actor
from nuantu.core.fields import MASK
from nuantu.core.subjects import Subject
from nuantu.papers.models import Paper, PaperSignature, PaperVersion
from nuantu.papers.rules import values as rules
from nuantu.papers.rules.kinds import Field, PaperKind, Values
from nuantu.papers.selectors import kinds
from nuantu.papers.selectors.cases import CaseWords, words_of
from nuantu.papers.selectors.kinds import word
from nuantu.papers.selectors.looks import open_until
from nuantu.papers.selectors.registers import Row, office_name, rows_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that can be issued: its kind and what it is about."""

    kind: str
    code: str
    about: str
    subject_id: UUID
    issued: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One field before a paper is issued; `value` is masked where the reader may not see it yet."""

    label: str
    value: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version: who, when, why, which fields changed, who signed."""

    version: PaperVersion
    changed: str
    signatures: list[tuple[PaperSignature, str]]
    is_current: bool


@dataclass(frozen=True, slots=True)
class PaperPage:
    """Everything the page of one paper shows to one reader."""

    paper: Paper
    kind: str
    basis: str
    copies: int
    case: CaseWords | None
    office: str
    about: str
    about_url: str
    versions: list[VersionShown]
    to_sign: list[Field]
    open_until: datetime | None
    stale: str


def offers_of(actor: Actor, case_id: UUID) -> list[Offer]:
    """What the actor can issue in a case, with how often that was done."""
    done = Paper.objects.filter(case_id=case_id, state=Paper.State.ISSUED)
    issued = list(done.values_list("kind", "subject_id"))
    found = []
    for kind, subject_id in kinds.offered(case_id):
        feed = kinds.feed_of(kind.code)
        if feed is None or not subjects.may_open(actor, feed.subject_kind):
            continue
        about = subjects.label(Subject(feed.subject_kind, subject_id))
        count = issued.count((kind.code, subject_id))
        found.append(Offer(word(kind), kind.code, about, subject_id, count))
    return found


def papers_of(case_id: UUID, at: datetime) -> list[Row]:
    """The papers of a case, newest first."""
    return rows_of(list(Paper.objects.filter(case_id=case_id).order_by("-issued_at", "-pk")), at)


def hidden_fields(kind: PaperKind, values: Values, *, is_masked: bool) -> frozenset[str]:
    """Codes of the known values that are shown for a purpose only; of a masked person all of them."""
    return frozenset(
        field.code
        for field in kind.contents
        if values.get(field.code) and (is_masked or field.is_hidden)
    )


def entries(kind: PaperKind, values: Values, *, hidden: frozenset[str]) -> list[Entry]:
    """What a paper will say, field by field; hidden values are only told to be there."""
    found = []
    for field in kind.contents:
        text = rules.said(field, values.get(field.code))
        said = MASK if text and field.code in hidden else text
        found.append(Entry(word(field), said, field.is_asked))
    return found


def case_words(case_id: UUID | None, at: datetime) -> CaseWords | None:
    """How a case is called to the reader; None where he does not see it."""
    return words_of([case_id], at).get(case_id) if case_id else None


def paper_page(actor: Actor, paper: Paper, at: datetime, *, fresh: Values | None) -> PaperPage:
    """Read the page; `fresh` are the facts as they stand now, where the reader may issue again."""
    kind = kinds.kinds()[paper.kind]
    about = Subject(paper.subject_kind, paper.subject_id)
    versions = list(paper.versions.order_by("-version"))
    signed = _signatures(versions, kind)
    current = [one.slot for one, _label in signed.get(versions[0].pk, ())]
    return PaperPage(
        paper=paper,
        kind=word(kind),
        basis=kind.basis,
        copies=kind.copies,
        case=case_words(paper.case_id, at),
        office=office_name(paper.numbered_by),
        about=subjects.label(about),
        about_url=subjects.way(about, actor) or "",
        versions=[
            VersionShown(
                one,
                _words(kind, one.changed),
                signed.get(one.pk, []),
                is_current=one.version == paper.version,
            )
            for one in versions
        ],
        to_sign=[place for place in kind.signatures if place.code not in current],
        open_until=open_until(actor, paper, at),
        stale=_words(kind, changed_since(kind, versions[0], fresh)) if fresh is not None else "",
    )


def places_to_sign(paper: Paper) -> list[Field]:
    """Where nobody signed the version in force on the screen yet."""
    kind = kinds.kinds()[paper.kind]
    signed = PaperSignature.objects.filter(
        issued__paper=paper, issued__version=paper.version, way=PaperSignature.Way.SCREEN
    ).values_list("slot", flat=True)
    return [place for place in kind.signatures if place.code not in set(signed)]


def _words(kind: PaperKind, codes: Iterable[str]) -> str:
    named = [kind.field_named(code) for code in codes]
    return _("、").join(word(field) for field in named if field)


def _signatures(
    versions: list[PaperVersion], kind: PaperKind
) -> dict[Any, list[tuple[PaperSignature, str]]]:
    found: dict[Any, list[tuple[PaperSignature, str]]] = {}
    for one in PaperSignature.objects.filter(issued__in=versions).order_by("signed_at"):
        place = kind.field_named(one.slot)
        label = word(place) if place else _scanned(one, kind)
        found.setdefault(one.issued_id, []).append((one, label))
    return found


def _scanned(signature: PaperSignature, kind: PaperKind) -> str:
    """A picture of the signed sheet, and whose signatures it shows."""
    said, signed = str(signature.get_way_display()), _words(kind, signature.places)
    return _("%(way)s：%(places)s") % {"way": said, "places": signed} if signed else said


def changed_since(kind: PaperKind, version: PaperVersion, fresh: Values) -> list[str]:
    """Which fields the feed tells differently now; what was typed on issuing is left out."""
    try:
        before = rules.thawed(version.values.open())
    except vault.KeyDestroyed:
        return []
    now = rules.kept(kind, fresh)
    asked = {field.code for field in kind.contents if field.is_asked}
    return [code for code in rules.changed(kind, before, now) if code not in asked]
