"""The only door to papers and their content; outsiders get not-found."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from nuantu.core import subjects
from nuantu.core.actors import Actor
from nuantu.core.vault import KeyDestroyed
from nuantu.papers.models import Paper, PaperSignature, PaperTemplate, PaperVersion
from nuantu.papers.rules.kinds import PaperKind, Values
from nuantu.papers.rules.values import thawed
from nuantu.papers.selectors import kinds
from nuantu.papers.selectors.cases import CaseWords, may_open_case, words_of
from nuantu.papers.selectors.looks import is_open_to

READ, OPEN = "papers.paper.read", "papers.paper.open"
ISSUE, VOID = "papers.paper.issue", "papers.paper.void"
EXPORT, MANAGE = "papers.paper.export", "papers.template.manage"


def paper_for(actor: Actor, public_id: UUID, permission: str = READ) -> Paper:
    """A paper of a case the actor may see, else not found."""
    if actor.may(permission):
        found = Paper.objects.filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def case_for(actor: Actor, case_id: UUID, at: datetime) -> CaseWords:
    """A case the actor may see, for whoever reads papers; else not found."""
    found = words_of([case_id], at).get(case_id) if actor.may(READ) else None
    if found is None:
        raise Http404
    return found


def may_open(actor: Actor, paper: Paper, at: datetime) -> bool:
    """Whether the actor may read what stands in the paper, once he gave a purpose."""
    return actor.may(OPEN) and _may_read(actor, paper) and may_open_case(actor, paper, at)


def _may_read(actor: Actor, paper: Paper) -> bool:
    """Whether the kind of the paper is open to the actor: what tells of an illness, or of the work of another
    worker, is not to all."""
    kind = kinds.kinds().get(paper.kind)
    if kind is None:
        return True
    if kind.permission and not actor.may(kind.permission):
        return False
    return not kind.with_subject or _reads_subject(actor, paper)


def _reads_subject(actor: Actor, paper: Paper) -> bool:
    kind = subjects.kind_of(paper.subject_kind)
    if kind is None or kind.fetch is None:
        return False
    try:
        kind.fetch(actor, paper.subject_id)
    except Http404:
        return False
    return True


def paper_to_open(actor: Actor, public_id: UUID, at: datetime) -> Paper:
    """A paper whose content the actor may open; with a mere preview of the case, not found."""
    paper = paper_for(actor, public_id, OPEN)
    if not may_open(actor, paper, at):
        raise Http404
    return paper


def opened_version(actor: Actor, public_id: UUID, version: int, at: datetime) -> PaperVersion:
    """A version of a paper that the actor opened in these minutes, else not found."""
    paper = paper_to_open(actor, public_id, at)
    if not is_open_to(actor, paper, at):
        raise Http404
    found = paper.versions.select_related("paper", "template").filter(version=version).first()
    if found is None:
        raise Http404
    return found


def signature_for(actor: Actor, public_id: UUID, at: datetime) -> PaperSignature:
    """A signature under a paper that the actor opened in these minutes."""
    found = PaperSignature.objects.select_related("file", "issued__paper").filter(
        public_id=public_id
    )
    for signature in found:
        opened_version(actor, signature.issued.paper.public_id, signature.issued.version, at)
        return signature
    raise Http404


def may_change(actor: Actor, paper: Paper, permission: str = ISSUE) -> bool:
    """Whether the actor may issue anew, sign or void: the holder of the case, while the paper holds."""
    is_ours = paper.owner_org == actor.org_code and not paper.is_void
    return is_ours and actor.may(permission) and _may_read(actor, paper)


def paper_to_change(actor: Actor, public_id: UUID, at: datetime, permission: str = ISSUE) -> Paper:
    """A paper in force of a case that the actor's organisation holds; readers get not-found."""
    paper = paper_for(actor, public_id, permission)
    if not may_change(actor, paper, permission) or not may_open_case(actor, paper, at):
        raise Http404
    return paper


def kind_to_issue(code: str) -> tuple[PaperKind, kinds.Feed]:
    """A kind with its feed, else not found."""
    kind, feed = kinds.kinds().get(code), kinds.feed_of(code)
    if kind is None or feed is None:
        raise Http404
    return kind, feed


def subject_to_issue(actor: Actor, feed: kinds.Feed, subject_id: UUID, at: datetime) -> Any:
    """What a paper is about, for the organisation that holds its case; others get not-found."""
    kind = subjects.kind_of(feed.subject_kind)
    if kind is None or kind.fetch is None or not actor.may(ISSUE):
        raise Http404
    row = kind.fetch(actor, subject_id)
    is_ours = row.owner_org == actor.org_code and row.case_id is not None
    if not is_ours or not may_open_case(actor, row, at):
        raise Http404
    return row


def facts_now(actor: Actor, paper: Paper, at: datetime) -> Values | None:
    """The facts as the feed tells them now; None where the actor may not issue or nothing feeds it."""
    feed, kind = kinds.feed_of(paper.kind), subjects.kind_of(paper.subject_kind)
    if feed is None or kind is None or kind.fetch is None or not may_open_case(actor, paper, at):
        return None
    try:
        return feed.gather(actor, kind.fetch(actor, paper.subject_id), at)
    except Http404:
        return None


def last_values(paper: Paper) -> Values:
    """What the version in force says, for whoever opened it; nothing once that was erased."""
    try:
        return thawed(paper.versions.get(version=paper.version).values.open())
    except KeyDestroyed:
        return {}


def template_for(actor: Actor, public_id: UUID) -> PaperTemplate:
    """A template, for those who read papers or keep templates."""
    found = PaperTemplate.objects.filter(public_id=public_id).first()
    if found is None or not (actor.may(READ) or actor.may(MANAGE)):
        raise Http404
    return found


def own_template_for(actor: Actor, public_id: UUID) -> PaperTemplate:
    """A template that the actor's own organisation uploaded and that still counts."""
    found = template_for(actor, public_id)
    if found.owner_org != actor.org_code or found.withdrawn_at or not actor.may(MANAGE):
        raise Http404
    return found


def kind_named(code: str) -> PaperKind:
    """A kind of paper by its code, else not found."""
    found = kinds.kinds().get(code)
    if found is None:
        raise Http404
    return found
