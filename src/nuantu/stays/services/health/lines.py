"""The journal line and the promises of what happens to a patient; no line says what he has."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from nuantu.accounts.models import User
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, complete_duty, open_duty
from nuantu.stays.services.lines import Held

SEEK, SCREEN, FOLLOW, GONE, NOTICE, MOVE, MOVED = (
    "care.seek",
    "care.screen",
    "care.follow",
    "care.gone",
    "care.notify",
    "care.move",
    "care.moved",
)
# kind → Chinese title, English title, clock of the vague word, rule
PROMISES = {
    SEEK: ("落实接收病人的医院", "Find the hospital that takes the patient", "rescue", "P1-11"),
    SCREEN: (
        "到医院甄别是否救助对象",
        "Screen the patient at the hospital",
        "rescue",
        "P1-47",
    ),
    FOLLOW: ("跟踪治疗情况", "Follow the treatment", "paper", "P1-49"),
    GONE: (
        "寻找自行离院的病人，告知可随时求助",
        "Look for the patient who left and tell him help stays open",
        "rescue",
        "P1-49",
    ),
    MOVE: (
        "转院：落实接收病人的医院",
        "Find the hospital that takes the patient who is moved",
        "rescue",
        "P1-49",
    ),
    MOVED: (
        "转院：登记离开和到达",
        "Put down that the patient who is moved has left and arrived",
        "rescue",
        "P1-49",
    ),
}


def owe(
    *,
    actor: Actor,
    at: datetime,
    row: Held,
    about: str,
    kind: str,
    told: tuple[str, str, str, str] | None = None,
    assignee: User | None = None,
) -> Duty:
    """Open a promise about a patient within the default clock of a word without a figure (X56).

    `told` is title, English title, clock and rule of a kind that has no line in PROMISES.
    """
    title, title_en, clock, rule = told or PROMISES[kind]
    term = rules_at(row.division_code, at).need("vague.clock", key=clock).number
    return open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=title,
        title_en=title_en,
        subject=Subject(about, row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        due_at=at + timedelta(minutes=term),
        basis=f"{rule}；X56 无数字用语默认时限",
        basis_rule=rule,
        assignee=assignee,
    )


def owed(subject_id: UUID, kinds: Iterable[str]) -> list[Duty]:
    """Open promises about something, of these kinds."""
    return list(
        Duty.objects.filter(
            subject_id=subject_id, state=Duty.State.OPEN, kind__in=list(kinds)
        ).order_by("due_at")
    )


def keep(*, actor: Actor, at: datetime, subject_id: UUID, kinds: Iterable[str], note: str) -> None:
    """Tick off the open promises of these kinds."""
    for duty in owed(subject_id, kinds):
        complete_duty(actor=actor, at=at, duty=duty, note=note[:200])


def drop(
    *, actor: Actor, at: datetime, subject_id: UUID, kinds: Iterable[str], reason: str
) -> None:
    """Take open promises of these kinds back."""
    for duty in owed(subject_id, kinds):
        cancel_duty(actor=actor, at=at, duty=duty, reason=reason)
