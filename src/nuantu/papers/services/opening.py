"""Reading what stands in a paper: who, which, for which purpose."""

from datetime import datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.papers.models import Paper
from nuantu.papers.rules.kinds import PaperKind
from nuantu.papers.selectors import kinds
from nuantu.papers.services.lines import note

SHORTEST_PURPOSE = 2
ANEW: Final = "重新出具"
PAPERS: Final = uuid5(NAMESPACE_URL, "nuantu:papers")


class OpeningRefused(Refusal):
    """The content stays closed: no purpose was given."""


def open_paper(*, actor: Actor, at: datetime, paper: Paper, purpose: str) -> Paper:
    """Open the content of a paper to the actor for ten minutes; the line is the permission.

    Raises OpeningRefused without a purpose.
    """
    words = _stated(purpose)
    kind = kinds.kinds()[paper.kind]
    with transaction.atomic():
        note(
            verb="papers.paper.open",
            actor=actor,
            at=at,
            paper=paper,
            summary=f"查看文书：{kind.zh} {paper.number}",
            basis=words,
            changes={"kind_en": kind.en, "version": paper.version},
        )
    return paper


def reveal_facts(
    *, actor: Actor, at: datetime, kind: PaperKind, subject: Any, purpose: str
) -> None:
    """Open to the actor for ten minutes what a paper would say of somebody before it is issued.

    `subject` is the row that the kind's feed reads; the line is the permission. Raises OpeningRefused
    without a purpose.
    """
    words, feed = _stated(purpose), kinds.feed_of(kind.code)
    subjects = [Subject("case", subject.case_id)]
    if feed is not None:
        subjects.append(Subject(feed.subject_kind, subject.public_id))
    journal.record(
        verb="papers.facts.reveal",
        actor=actor,
        at=at,
        subjects=subjects,
        division_code=subject.division_code,
        owner_org=subject.owner_org,
        case_id=subject.case_id,
        summary=f"查看文书要填的内容：{kind.zh}",
        basis=words,
        is_basis_typed=True,
        changes={"kind_en": kind.en, "paper_kind": kind.code},
    )


def _stated(purpose: str) -> str:
    words = " ".join(purpose.split())
    if len(words) < SHORTEST_PURPOSE:
        raise OpeningRefused(_("请写明查看目的，例如“打印签字”。"), field="purpose")
    return words


def note_export(*, actor: Actor, at: datetime) -> None:
    """Write that the register left the system: numbers and names, nothing of what the papers say."""
    journal.record(
        verb="papers.paper.export",
        actor=actor,
        at=at,
        subjects=[Subject("register", PAPERS)],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary="导出文书登记簿",
    )
