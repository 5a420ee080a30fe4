"""The checklist that a bureau loads for its teams."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.patrols.models import PatrolChecklist

MOST_LINES = 30


class CannotLoad(Refusal):
    """The checklist has lines that cannot be answered one by one."""


def load_checklist(
    *, actor: Actor, at: datetime, name: str, lines: Sequence[str]
) -> PatrolChecklist:
    """Load a checklist for the actor's own division; runs that are under way keep theirs.

    Raises CannotLoad for one without lines, with too many, or with a line said twice.
    """
    texts = [" ".join(line.split()) for line in lines if line.strip()]
    if not texts or len(texts) > MOST_LINES:
        raise CannotLoad(_("请写 1 到 %(n)s 条，每条一行。") % {"n": MOST_LINES}, field="lines")
    if len(set(texts)) < len(texts):
        raise CannotLoad(_("有两条是一样的，请删去一条。"), field="lines")
    if any(len(text) > 200 for text in texts):
        raise CannotLoad(_("一条最多 200 字，请写短些。"), field="lines")
    with transaction.atomic():
        row = PatrolChecklist.objects.create(
            division_code=actor.division_code,
            owner_org=actor.org_code,
            recorded_at=at,
            name=name.strip()[:80],
            lines=texts,
            loaded_by=actor.name,
        )
        journal.record(
            verb="patrols.checklist.load",
            actor=actor,
            at=at,
            subjects=[Subject("user", UUID(actor.public_id))],
            division_code=row.division_code,
            owner_org=row.owner_org,
            summary=f"导入巡查清单 {len(texts)} 条",
            changes={"lines": texts},
        )
    return row
