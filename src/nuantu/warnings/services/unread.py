"""What cannot be read is kept, owed to a person, and settled by his word; nothing is dropped."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal, live, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.warnings.models import Transmission, UnreadBody, Warning
from nuantu.warnings.services.reading import MessageUnreadable

READ_KIND = "warning.read"
LOCATE_KIND = "warning.locate"
_WITHIN = "warning.acknowledge"


def keep_unread(
    *, at: datetime, cause: MessageUnreadable, transmission: Transmission
) -> UnreadBody:
    """Keep a body that nobody could read and let a person look at it (P1-32: nothing is lost).

    While bodies of the same source wait already, no further duty is opened: a broken feed sends
    the same nonsense all day.
    """
    waiting = _waiting(transmission.source).exists()
    row = UnreadBody.objects.create(
        transmission=transmission,
        division_code=transmission.division_code,
        owner_org=transmission.owner_org,
        why=cause.why.value,
        detail=cause.detail[:120],
    )
    subject = Subject("unread", row.public_id)
    if not waiting:
        _owe(
            at,
            READ_KIND,
            subject,
            row,
            f"“{transmission.source[:40]}”送来的一条内容看不懂，请人看",
            "A message came in that could not be read: look at it",
        )
    journal.record(
        verb="warnings.unread.keep",
        actor=SYSTEM,
        at=at,
        subjects=[subject],
        division_code=row.division_code,
        owner_org=row.owner_org,
        summary=f"来文看不懂，留存待人工处理：{transmission.source[:60]}",
        basis=row.why,
        changes={"digest": transmission.digest, "why": row.why},
    )
    live.hint("warnings", row.division_code, row.owner_org)
    return row


def owe_location(*, at: datetime, warning: Warning) -> None:
    """A warning that does not say for whom it is: a person has to say it."""
    _owe(
        at,
        LOCATE_KIND,
        Subject("warning", warning.public_id),
        warning,
        f"{warning.event_name}预警看不出发给哪里，请人核对；属本地的，手工录入",
        "A warning does not say for whom it is: check it, enter it by hand if it is ours",
    )


def _owe(
    at: datetime, kind: str, subject: Subject, row: UnreadBody | Warning, title: str, title_en: str
) -> None:
    within = rules_at(row.division_code, at).need(_WITHIN)
    open_duty(
        actor=SYSTEM,
        at=at,
        kind=kind,
        title=title,
        title_en=title_en,
        subject=subject,
        owner_org=row.owner_org,
        division_code=row.division_code,
        due_at=at + timedelta(minutes=within.number),
        basis=within.source,
        basis_rule=within.source[:60],
    )


def settle_unread(*, actor: Actor, at: datetime, unread: UnreadBody, note: str) -> UnreadBody:
    """A person's word on what could not be read: entered by hand, or no warning, and why.

    Raises Refusal without a word, or when somebody was faster.
    """
    if not note.strip():
        raise Refusal(_("请写明怎么处理的，例如“已手工录入”或“是广告，不是预警”。"), field="note")
    with transaction.atomic(), scope.system("whoever enters warnings answers for what came in"):
        changed = UnreadBody.objects.filter(pk=unread.pk, settled_at=None).update(
            settled_at=at, settled_by=actor.name, note=note.strip()[:300]
        )
        if not changed:
            raise Refusal(_("这条来文已经有人处理了。"))
        _close_duties(actor, at, unread, note.strip()[:300])
        journal.record(
            verb="warnings.unread.settle",
            actor=actor,
            at=at,
            subjects=[Subject("unread", unread.public_id)],
            division_code=unread.division_code,
            owner_org=unread.owner_org,
            summary="处理看不懂的来文",
            basis=note.strip()[:300],
            changes={},
        )
        live.hint("warnings", unread.division_code, unread.owner_org)
    unread.refresh_from_db()
    return unread


def _waiting(source: str) -> QuerySet[UnreadBody]:
    return UnreadBody.objects.filter(transmission__source=source, settled_at=None)


def _close_duties(actor: Actor, at: datetime, unread: UnreadBody, note: str) -> None:
    """The duty of a source is kept when nothing of it waits any more."""
    source = unread.transmission.source
    if _waiting(source).exists():
        return
    of_source = UnreadBody.objects.filter(transmission__source=source).values("public_id")
    for duty in Duty.objects.filter(
        kind=READ_KIND, subject_kind="unread", subject_id__in=of_source, state=Duty.State.OPEN
    ):
        complete_duty(actor=actor, at=at, duty=duty, note=note)
