"""What is owed about somebody who was at the door and is not in the house: followed to the hospital,
looked for, awaited back, his things given back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from nuantu.accounts.models import Organisation
from nuantu.core import scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.persons.models import Case, Person
from nuantu.stays.models import Belonging, HospitalCare, Reception, Stay
from nuantu.stays.rules.leaving import ARRIVE
from nuantu.stays.services.holding import hold_reception

DECIDE = "reception.decide"
FOLLOW, LOOK, AWAIT = "reception.follow_hospital", "reception.look_for", "care.await"
THINGS = "stay.belongings"
_CAME = "已到站，开始接待"


def owe_decision(*, actor: Actor, at: datetime, row: Reception) -> Duty:
    """Somebody stands at the door: until it is decided, that is owed (`reception.decide`)."""
    ruling = rules_at(row.division_code, at).need(DECIDE)
    return open_duty(
        actor=actor,
        at=at,
        kind=DECIDE,
        title="有人在门口：办完接待，作出决定",
        title_en="Somebody is at the door: finish the reception, decide",
        subject=Subject("reception", row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        case_id=row.case_id,
        due_at=at + timedelta(minutes=ruling.number),
        basis=ruling.source[:200],
        basis_rule="P1-30",
    )


def keep_decision(*, actor: Actor, at: datetime, row: Reception, said: str) -> None:
    """It is decided."""
    for duty in _owed(DECIDE, row):
        complete_duty(actor=actor, at=at, duty=duty, note=said)


def watch_door(*, at: datetime) -> int:
    """Receptions that are open without anybody owing the decision; how many there were.

    Call it under the system scope.
    """
    owed = Duty.objects.filter(kind=DECIDE, state=Duty.State.OPEN).values("subject_id")
    rows = Reception.objects.filter(state=Reception.State.OPEN).exclude(public_id__in=owed)
    return len([owe_decision(actor=SYSTEM, at=at, row=row) for row in rows])


def owe_hospital(*, actor: Actor, at: datetime, row: Reception) -> Duty:
    """Somebody went from the door to a hospital: he is followed, and received once he is stable."""
    term = rules_at(row.division_code, at).need("vague.clock", key="paper").number
    return open_duty(
        actor=actor,
        at=at,
        kind=FOLLOW,
        title="跟进送医人员，病情稳定后接回办理入站",
        title_en="Follow the patient; once stable, receive him again",
        subject=Subject("reception", row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        case_id=row.case_id,
        due_at=at + timedelta(minutes=term),
        basis="民发〔2014〕132号 第8条",
        basis_rule="P1-46",
    )


def owe_look(*, actor: Actor, at: datetime, row: Reception) -> Duty:
    """Somebody who must be helped first walked away from the door: nobody holds him, and he is
    looked for within the term of `missing.act`."""
    ruling = rules_at(row.division_code, at).need("missing.act")
    length = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}[ruling.unit]
    return open_duty(
        actor=actor,
        at=at,
        kind=LOOK,
        title="离开接待的未成年人、病人或说不清情况的人：马上寻找、报警",
        title_en="A minor, a patient or somebody who cannot speak for himself left the door: search, police",
        subject=Subject("reception", row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        case_id=row.case_id,
        due_at=at + ruling.number * length,
        basis=ruling.source[:200],
        basis_rule="P9-27",
    )


def owe_coming_back(*, actor: Actor, at: datetime, care: HospitalCare) -> Duty:
    """A patient who never had a bed here is let go by the hospital: the door awaits him."""
    ruling = rules_at(care.division_code, at).need("vague.clock", key="rescue")
    return open_duty(
        actor=actor,
        at=at,
        kind=AWAIT,
        title="就医结束：接回站内办理入站",
        title_en="Out of hospital: fetch him and receive him at the station",
        subject=Subject("care", care.public_id),
        owner_org=care.owner_org,
        division_code=care.division_code,
        case_id=care.case_id,
        due_at=at + timedelta(minutes=ruling.number),
        basis="民发〔2014〕132号 第8条；X56 无数字用语默认时限",
        basis_rule="P1-46",
    )


def owe_arrival(*, actor: Actor, at: datetime, stay: Stay, to_org: str) -> None:
    """Another station took somebody over and he is on his way: it owes his reception, but for one
    that it began before this station let him go."""
    with scope.system("whether the taker received him already"):
        case = Case.objects.get(case_id=stay.case_id)
        is_there = Reception.objects.filter(
            owner_org=to_org, case_id=stay.case_id, asked_at__gte=stay.entered_at
        ).exists()
    if is_there:
        return
    place = Organisation.objects.get(code=to_org).division_id
    term = rules_at(place, at).need("vague.clock", key="paper").number
    open_duty(
        actor=actor,
        at=at,
        kind=ARRIVE,
        title="他站移交的人在路上：接到后办理接待",
        title_en="Another station hands somebody over: receive him when he comes",
        subject=Subject("case", case.public_id),
        owner_org=to_org,
        division_code=place,
        case_id=case.case_id,
        due_at=at + timedelta(minutes=term),
        basis="X56 无数字用语默认时限",
        basis_rule="P1-30",
    )


def owe_things(*, actor: Actor, at: datetime, row: Reception) -> None:
    """Somebody went without what the station keeps for him: it is given back or handed on."""
    if not _kept(row) or _owed(THINGS, row).exists():
        return
    term = rules_at(row.division_code, at).need("vague.clock", key="paper").number
    open_duty(
        actor=actor,
        at=at,
        kind=THINGS,
        title="人已离开，清退寄存的物品",
        title_en="Give back or hand on what is kept for somebody who has gone",
        subject=Subject("reception", row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        case_id=row.case_id,
        due_at=at + timedelta(minutes=term),
        basis="民发〔2014〕132号 第四章(LV-02)；X56 无数字用语默认时限",
        basis_rule="P1-78",
    )


def keep_things(*, actor: Actor, at: datetime, row: Reception) -> None:
    """The last of his things is given back or handed on; of two at once the second sees the first."""
    hold_reception(row)
    if not _kept(row):
        for duty in _owed(THINGS, row):
            complete_duty(actor=actor, at=at, duty=duty, note="物品已全部办结")


def _kept(row: Reception) -> bool:
    return Belonging.objects.filter(reception=row, end="").exists()


def _owed(kind: str, row: Reception) -> QuerySet[Duty]:
    return Duty.objects.filter(kind=kind, subject_id=row.public_id, state=Duty.State.OPEN)


def keep_what_awaited(*, actor: Actor, at: datetime, org: str, people: Iterable[Person]) -> None:
    """Somebody is at the door again: what followed, looked for or awaited him is kept."""
    own = {"owner_org": org, "person__in": list(people)}
    owed = Duty.objects.filter(
        Q(subject_id__in=Reception.objects.filter(**own).values("public_id"))
        | Q(subject_id__in=HospitalCare.objects.filter(**own).values("public_id"))
        | Q(subject_id__in=Case.objects.filter(**own).values("public_id")),
        kind__in=(FOLLOW, LOOK, AWAIT, ARRIVE),
        owner_org=org,
        state=Duty.State.OPEN,
    )
    for duty in owed:
        complete_duty(actor=actor, at=at, duty=duty, note=_CAME)
