"""Duties of a posting: to be replaced by the new version, to be taken down; never two of a kind."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, complete_duty, open_duty
from nuantu.tracing.models import Posting, TracingNotice
from nuantu.tracing.services.notices.lines import POSTING

TAKE_DOWN: Final = "tracing.take_down"
REPLACE: Final = "tracing.replace"
TITLES: Final = {
    TAKE_DOWN: ("撤下寻亲公告", "Take a tracing notice down"),
    REPLACE: ("把发布的寻亲公告换成新内容", "Renew a posted tracing notice"),
}


def owed(posting: Posting, kind: str) -> Duty | None:
    """The open duty of a posting of this kind."""
    about = Duty.objects.filter(subject_kind=POSTING, subject_id=posting.public_id, kind=kind)
    return about.filter(state=Duty.State.OPEN).first()


def owe(posting: Posting, kind: str, notice: TracingNotice, actor: Actor, at: datetime) -> None:
    """Open the duty, where it is not open already."""
    if owed(posting, kind) is not None:
        return
    ruling = rules_at(notice.division_code, at).need(kind)
    title, title_en = TITLES[kind]
    open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=f"{title}：{posting.channel_name}",
        title_en=f"{title_en}: {posting.channel_name_en or posting.channel_name}",
        subject=Subject(POSTING, posting.public_id),
        owner_org=notice.owner_org,
        division_code=notice.division_code,
        case_id=notice.case_id,
        due_at=at + timedelta(minutes=ruling.number),
        basis=ruling.source[:200],
        basis_rule="P1-64",
    )


def owe_replacing(posting: Posting, notice: TracingNotice, actor: Actor, at: datetime) -> None:
    """The channel shows an older version; pages of this system show the newest one by themselves."""
    if posting.is_own:
        newest = notice.versions.filter(state="approved").order_by("-version").first()
        Posting.objects.filter(pk=posting.pk).update(version=newest)
        return
    owe(posting, REPLACE, notice, actor, at)


def keep(posting: Posting, kind: str, actor: Actor, at: datetime, evidence: UUID) -> None:
    """What was owed is done."""
    duty = owed(posting, kind)
    if duty is not None:
        complete_duty(actor=actor, at=at, duty=duty, evidence=evidence)


def drop(posting: Posting, kind: str, actor: Actor, at: datetime, reason: str) -> None:
    """What was owed has lost its point."""
    duty = owed(posting, kind)
    if duty is not None:
        cancel_duty(actor=actor, at=at, duty=duty, reason=reason)
