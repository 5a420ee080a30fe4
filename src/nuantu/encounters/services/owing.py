"""A promise about one contact, owed by whoever holds its case."""

from datetime import datetime

from nuantu.accounts.models import User
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.encounters.models import Encounter
from nuantu.encounters.models.choices import APPROVE_DUTY, REVIEW_DUTY
from nuantu.operations.models import Duty
from nuantu.operations.services import cancel_duty, complete_duty, open_duty

REVISIT, APPROVE, REVIEW = "encounter.revisit", APPROVE_DUTY, REVIEW_DUTY
END, SCREEN, FOLLOW, BRING = (
    "encounter.end_measure",
    "encounter.screen_patient",
    "encounter.follow_patient",
    "encounter.bring_in",
)
# kind → Chinese title, English title
TITLES = {
    REVISIT: ("回访：再次看望并劝导", "Revisit: look in again and persuade"),
    APPROVE: ("审批救助方式", "Decide on the rescue mode"),
    REVIEW: ("复核救助方式", "Review the rescue mode"),
    END: (
        "停止非自愿措施，当面告知本人可以自愿离开",
        "End the measure and tell the person that leaving is free",
    ),
    SCREEN: ("到医院甄别是否救助对象", "Screen the patient at the hospital"),
    FOLLOW: ("跟踪治疗情况", "Follow the treatment"),
    BRING: ("护送入站：人要到站，接待开始", "Bring the person in: arrived, reception begun"),
}


def owe(
    *,
    actor: Actor,
    at: datetime,
    encounter: Encounter,
    kind: str,
    due_at: datetime,
    basis: str,
    rule: str,
    assignee: User | None = None,
) -> Duty:
    """Open a promise of one of the kinds above; it moves with the case."""
    title, title_en = TITLES[kind]
    return open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=title,
        title_en=title_en,
        subject=Subject("encounter", encounter.public_id),
        owner_org=encounter.owner_org,
        division_code=encounter.division_code,
        due_at=due_at,
        basis=basis[:200],
        basis_rule=rule,
        case_id=encounter.case_id,
        assignee=assignee,
    )


def owed(encounter: Encounter, *kinds: str) -> list[Duty]:
    """Open promises about one contact, of all kinds or of these."""
    found = Duty.objects.filter(
        subject_kind="encounter", subject_id=encounter.public_id, state=Duty.State.OPEN
    )
    return list(found.filter(kind__in=kinds) if kinds else found)


def keep(*, actor: Actor, at: datetime, encounter: Encounter, kind: str, note: str) -> None:
    """Tick off the open promises of a kind."""
    for duty in owed(encounter, kind):
        complete_duty(actor=actor, at=at, duty=duty, note=note[:200])


def take_off(
    *, actor: Actor, at: datetime, encounter: Encounter, reason: str, kinds: tuple[str, ...] = ()
) -> None:
    """Take open promises back for a reason."""
    for duty in owed(encounter, *kinds):
        cancel_duty(actor=actor, at=at, duty=duty, reason=reason[:200])
