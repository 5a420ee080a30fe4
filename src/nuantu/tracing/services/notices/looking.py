"""Who opened or printed a notice."""

from datetime import datetime, timedelta
from typing import Final

from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry
from nuantu.tracing.models import TracingNotice
from nuantu.tracing.services.notices.lines import NOTICE, put_line

AGAIN_AFTER: Final = timedelta(minutes=10)


def note_read(*, actor: Actor, at: datetime, notice: TracingNotice) -> None:
    """Write that the actor opened a notice about a restricted person, once in ten minutes; what is published
    anybody may read."""
    if notice.is_standing or not notice.of_case.person.is_restricted:
        return
    if not _has_since(notice, actor, "tracing.notice.read", at - AGAIN_AFTER):
        put_line(notice, "notice.read", actor=actor, at=at, summary="打开寻亲公告")


def note_print(*, actor: Actor, at: datetime, notice: TracingNotice) -> None:
    """Write that the actor printed or saved the poster, once in ten minutes."""
    if not _has_since(notice, actor, "tracing.notice.print", at - AGAIN_AFTER):
        put_line(notice, "notice.print", actor=actor, at=at, summary="打印寻亲公告")


def _has_since(notice: TracingNotice, actor: Actor, verb: str, since: datetime) -> bool:
    return JournalEntry.objects.filter(
        verb=verb,
        actor_id=actor.public_id,
        recorded_at__gt=since,
        subjects__kind=NOTICE,
        subjects__subject_id=notice.public_id,
    ).exists()
