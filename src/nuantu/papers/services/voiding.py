"""Declaring a paper void: it keeps its number and its place in the register."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.papers.models import Paper
from nuantu.papers.selectors import kinds
from nuantu.papers.services.lines import note


class VoidingRefused(Refusal):
    """No reason was given, or the paper is void already."""


def void_paper(*, actor: Actor, at: datetime, paper: Paper, reason: str) -> Paper:
    """Declare a paper void with a reason; its number is never given again. Raises VoidingRefused."""
    why = " ".join(reason.split())
    if not why:
        raise VoidingRefused(_("请写明作废原因。"), field="reason")
    kind = kinds.kinds()[paper.kind]
    with transaction.atomic():
        done = Paper.objects.filter(pk=paper.pk, state=Paper.State.ISSUED).update(
            state=Paper.State.VOID, void_reason=why[:200], voided_at=at, voided_by=actor.name
        )
        if not done:
            raise VoidingRefused(_("这份文书已经作废。"))
        paper.refresh_from_db()
        note(
            verb="papers.paper.void",
            actor=actor,
            at=at,
            paper=paper,
            summary=f"作废文书：{kind.zh} {paper.number}",
            basis=why,
            changes={"kind_en": kind.en},
        )
    return paper
