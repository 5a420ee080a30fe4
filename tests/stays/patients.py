"""Patients of the station for the tests: looked at, in hospital, followed."""

from datetime import date, timedelta
from typing import Any

from nuantu.core import clock, scope
from nuantu.persons.models import Case
from nuantu.places.models import Hospital
from nuantu.stays.models import (
    Bill,
    CloseContact,
    Death,
    HospitalAsk,
    HospitalCare,
    Infection,
    Reception,
    Stay,
)
from nuantu.stays.rules import bills as rules
from nuantu.stays.services import health
from tests.cast import COUNTY, Cast
from tests.stays.house import a_stay_in_bed


def a_hospital(
    name: str = "凯里暖医院", *, is_designated: bool = True, is_psychiatric: bool = False
) -> Hospital:
    """A hospital of the county."""
    with scope.system("the test sets up a hospital"):
        found, _is_new = Hospital.objects.get_or_create(
            name=name,
            defaults={
                "division_code": COUNTY,
                "owner_org": "MZ-522601",
                "lat": 26.58,
                "lon": 107.98,
                "phone": "0855-0000000",
                "is_designated": is_designated,
                "is_psychiatric": is_psychiatric,
            },
        )
    return found


def case_of(row: Stay | Reception) -> Case:
    """The case of a stay or reception."""
    with scope.system("the test reads a case"):
        return Case.objects.select_related("person").get(case_id=row.case_id)


def a_care(
    cast: Cast, *, stay: Stay | None = None, signs: tuple[str, ...] = (), why: str = "高烧"
) -> HospitalCare:
    """A resident for whom a hospital was asked."""
    actor, held = cast.medic.actor, stay or a_stay_in_bed(cast)
    hospital = a_hospital()
    with scope.enter(scope.of_actor(actor)):
        return health.begin_care(
            actor=actor,
            at=clock.now(),
            case=case_of(held),
            patient=health.Patient(signs=signs, why=why, stay=held),
            hospital=hospital,
        )


def an_ask(cast: Cast) -> HospitalAsk:
    """A hospital that has not answered yet."""
    return a_care(cast).asks.get()


def a_patient(cast: Cast, **known: Any) -> HospitalCare:
    """A resident in hospital, followed by the medic."""
    care, actor = a_care(cast, **known), cast.medic.actor
    with scope.enter(scope.of_actor(actor)):
        health.answer_ask(actor=actor, at=clock.now(), ask=care.asks.get(), answer="takes")
        return health.arrive(
            actor=actor,
            at=clock.now(),
            care=care,
            accompanied_by="杨照料",
            follower=cast.medic.account,
            due_at=clock.now() + timedelta(days=3),
        )


FIRST = date(2026, 12, 9)
BED = rules.Line("床位", 3, 3000, 9000, is_by_day=True)
LINES = (BED,)


def a_bill(cast: Cast, *, total: int = 9000) -> Bill:
    """Three days in bed for 90 yuan."""
    care, actor = a_patient(cast), cast.medic.actor
    with scope.enter(scope.of_actor(actor)):
        return health.enter_bill(
            actor=actor,
            at=clock.now(),
            care=care,
            charged=health.Charged("B-1", FIRST, date(2026, 12, 11), total, LINES),
        )


def an_infection(cast: Cast, stay: Stay | None = None) -> Infection:
    """A resident with a suspected infection; others count as contacts since two days."""
    held, actor = stay or a_stay_in_bed(cast), cast.medic.actor
    with scope.enter(scope.of_actor(actor)):
        return health.report(
            actor=actor,
            at=clock.now(),
            known=health.Report(
                kind="suspected",
                illness="疑似流感",
                since_at=clock.now() - timedelta(days=2),
                stay=Stay.objects.select_related("person").get(pk=held.pk),
            ),
        )


def a_contact(cast: Cast) -> CloseContact:
    """Somebody of the staff who stood near."""
    row, actor = an_infection(cast), cast.medic.actor
    with scope.enter(scope.of_actor(actor)):
        return health.add_contact(
            actor=actor, at=clock.now(), infection=row, how="met", staff_name="杨照料"
        )


def a_death(cast: Cast) -> Death:
    """A resident who died in the night."""
    stay, actor = a_stay_in_bed(cast), cast.medic.actor
    at = clock.now()
    with scope.enter(scope.of_actor(actor)):
        return health.register_death(
            actor=actor,
            at=at,
            case=case_of(stay),
            known=health.DeathFound(
                died_at=at, place="station", found_by="杨照料", story="查房时发现"
            ),
            stay=Stay.objects.select_related("person").get(pk=stay.pk),
        )
