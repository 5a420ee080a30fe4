"""Hospital first: who is told, who takes him, who follows him, how it ends."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Duty
from nuantu.stays import services
from nuantu.stays.models import Absence, HospitalCare, Reception, Screening, Stay
from nuantu.stays.selectors.checks import Plan, checks_of
from nuantu.stays.services import health
from tests.cast import Cast
from tests.stays.house import NIGHT, a_reception, a_stay_in_bed
from tests.stays.patients import a_care, a_hospital, a_patient, case_of

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def screened(cast: Cast, reception: Reception, **found: Any) -> Screening:
    return health.screen(
        actor=cast.medic.actor,
        at=clock.now(),
        case=case_of(reception),
        found=health.Findings(**{"result": "fit", **found}),
        reception=reception,
    )


def duties(*kinds: str, state: str = "open") -> list[str]:
    rows = Duty.objects.filter(state=state, kind__in=kinds).order_by("kind")
    return list(rows.values_list("kind", flat=True))


@pytest.mark.rule("P1-11")
def test_somebody_with_a_sign_is_not_let_in_before_the_hospital(cast: Cast, as_: As) -> None:
    reception = a_reception(cast)
    with as_(cast.medic):
        with pytest.raises(Refusal, match="先送医"):
            screened(cast, reception, signs=("critically_ill_person",))
        screened(cast, reception, result="hospital", signs=("critically_ill_person",), words="昏睡")
    reception.refresh_from_db()
    assert reception.is_hospital_needed
    with as_(cast.reception), pytest.raises(Refusal, match="先救治"):
        services.decide(
            actor=cast.reception.actor, at=NIGHT, reception=reception, decision="admitted"
        )


@pytest.mark.parametrize("tenths", [199, 451])
def test_a_temperature_no_body_has_is_refused(cast: Cast, as_: As, tenths: int) -> None:
    with as_(cast.medic), pytest.raises(Refusal, match="20到45") as refusal:
        screened(cast, a_reception(cast), temperature_tenths=tenths)
    assert refusal.value.field == "temperature"


def test_a_fever_at_the_door_owes_the_look_that_one_in_the_house_owes(cast: Cast, as_: As) -> None:
    """39.5 °C at the door was a line among others; only a measurement in the house raised the alarm."""
    reception = a_reception(cast)
    with as_(cast.medic):
        screened(cast, reception, temperature_tenths=368)
        assert not duties("vital.see")
        screened(cast, reception, result="isolation", temperature_tenths=395)
        screened(cast, reception, result="isolation", temperature_tenths=396)
        duty = Duty.objects.get(kind="vital.see")
        assert (duty.subject_kind, duty.due_at) == ("reception", NIGHT + timedelta(minutes=15))
        assert "39" not in duty.title
        screened(cast, reception, result="isolation", temperature_tenths=378)
    assert duties("vital.see", state="done") == ["vital.see"]


def test_the_database_holds_that_a_sign_goes_to_hospital(cast: Cast, as_: As) -> None:
    reception = a_reception(cast)
    with as_(cast.medic):
        row = screened(cast, reception)
        row.least = "hospital"
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_what_a_medic_found_stands_in_no_line_and_on_no_paper(cast: Cast, as_: As) -> None:
    from nuantu.stays.selectors.papers import registration

    reception = a_reception(cast)
    with as_(cast.reception):
        services.keep(
            actor=cast.reception.actor,
            at=NIGHT,
            reception=reception,
            values={"body": "左腿溃烂"},
        )
        reception.refresh_from_db()
    with as_(cast.medic):
        screened(cast, reception, words="肺结核病史")
        line = JournalEntry.objects.get(verb="stays.screening.add")
        values = registration(cast.reception.actor, reception, NIGHT)
    assert "result" not in line.changes
    assert "肺结核" not in str(vars(line))
    assert values["body_check"] == "一般"


@pytest.mark.slow
@pytest.mark.rule("P1-46")
def test_ambulance_psychiatric_hospital_and_disease_control_are_told_at_once(
    cast: Cast, as_: As
) -> None:
    signs = ("suspected_mental_disorder", "infectious_patient")
    care = a_care(cast, signs=signs)
    with as_(cast.medic):
        assert duties("care.notify") == ["care.notify"] * 3
        due = Duty.objects.filter(kind="care.notify").latest("due_at").due_at
        assert due == NIGHT + timedelta(minutes=30)
        notice = care.notices.get(kind="psychiatric")
        with pytest.raises(Refusal, match="通知了谁"):
            health.tell(actor=cast.medic.actor, at=NIGHT, notice=notice, told_to=" ")
        health.tell(actor=cast.medic.actor, at=NIGHT, notice=notice, told_to="精神病院 周医生")
        assert duties("care.notify") == ["care.notify"] * 2
        with pytest.raises(Refusal, match="已经通知"):
            health.tell(actor=cast.medic.actor, at=NIGHT, notice=notice, told_to="再说一遍")


@pytest.mark.slow
@pytest.mark.rule("P1-48", "P10-29", "P2-19")
def test_a_hospital_that_refuses_gives_a_reason_and_the_next_one_is_asked(
    cast: Cast, as_: As
) -> None:
    care, other = a_care(cast), a_hospital("凯里第二医院", is_designated=False)
    actor = cast.medic.actor
    with as_(cast.medic):
        ask = care.asks.get()
        with pytest.raises(Refusal, match="还没有答复"):
            health.ask_hospital(actor=actor, at=NIGHT, care=care, hospital=other)
        with pytest.raises(Refusal, match="为什么拒收"):
            health.answer_ask(actor=actor, at=NIGHT, ask=ask, answer="refuses")
        health.answer_ask(actor=actor, at=NIGHT, ask=ask, answer="full")
        assert care.notices.get().kind == "health_bureau"
        with pytest.raises(Refusal, match="还没有医院"):
            health.arrive(
                actor=actor,
                at=NIGHT,
                care=care,
                accompanied_by="杨照料",
                follower=cast.medic.account,
                due_at=NIGHT + timedelta(days=1),
            )
        asked = health.ask_hospital(actor=actor, at=NIGHT, care=care, hospital=other)
        health.answer_ask(actor=actor, at=NIGHT, ask=asked, answer="takes")
        row = health.arrive(
            actor=actor,
            at=NIGHT,
            care=care,
            accompanied_by="杨照料",
            follower=cast.medic.account,
            due_at=NIGHT + timedelta(days=1),
        )
    assert (row.hospital, row.state) == (other, "in_care")


@pytest.mark.slow
@pytest.mark.rule("P1-47", "P1-49", "P14-28", "P10-19")
def test_a_patient_is_screened_at_once_and_followed_by_a_named_person_every_day(
    cast: Cast, as_: As
) -> None:
    care = a_patient(cast)
    with as_(cast.medic):
        screen = Duty.objects.get(kind="care.screen")
        assert screen.due_at == NIGHT + timedelta(minutes=30)
        follow = Duty.objects.get(kind="care.follow", state="open")
        assert follow.assignee == cast.medic.account
        assert Absence.objects.get(stay=care.stay).reason == "hospital"
        with clock.frozen(NIGHT + timedelta(hours=20)):
            health.note_news(
                actor=cast.medic.actor, at=clock.now(), care=care, condition="better", words="退烧"
            )
            again = Duty.objects.get(kind="care.follow", state="open")
        assert again.due_at == NIGHT + timedelta(hours=44)
        with pytest.raises(Refusal, match="依据"):
            health.put_found(actor=cast.medic.actor, at=NIGHT, care=care, found="no_object")
        health.put_found(actor=cast.medic.actor, at=NIGHT, care=care, found="unclear")
        assert duties("care.screen") == []
        health.change_follower(
            actor=cast.medic.actor, at=NIGHT, care=care, follower=cast.carer.account
        )
        assert Duty.objects.get(kind="care.follow", state="open").assignee == cast.carer.account


def ends(cast: Cast, care: HospitalCare, end: str, **more: Any) -> HospitalCare:
    return health.end_care(
        actor=cast.medic.actor,
        at=clock.now(),
        care=care,
        out=health.Discharge(end=end, **more),
    )


@pytest.mark.slow
@pytest.mark.rule("P1-12")
def test_a_resident_in_hospital_leaves_neither_hospital_nor_station_before_he_is_stable(
    cast: Cast, as_: As
) -> None:
    care = a_patient(cast)
    assert care.stay is not None
    with as_(cast.medic):
        found = {c.code: c.finding.state for c in checks_of(care.stay, Plan("relatives"), NIGHT)}
        assert found["care"] == "blocks"
        with pytest.raises(Refusal, match="稳定"):
            ends(cast, care, "to_stay", certificate_number="2026-118")
        with pytest.raises(Refusal, match="出院证明"):
            ends(cast, care, "home", is_stable=True)
        with clock.frozen(NIGHT + timedelta(days=2)):
            row = ends(cast, care, "to_stay", is_stable=True, certificate_number="2026-118")
        assert row.state == "ended"
        assert not Absence.objects.filter(back_at=None).exists()
        assert duties("care.follow", "care.screen") == []
        found = {c.code: c.finding.state for c in checks_of(care.stay, Plan("relatives"), NIGHT)}
        assert found["care"] == "fine"


@pytest.mark.slow
@pytest.mark.rule("P1-12")
def test_the_database_holds_that_a_discharge_is_stable(cast: Cast, as_: As) -> None:
    care = a_patient(cast)
    with as_(cast.medic), pytest.raises(IntegrityError), transaction.atomic():
        HospitalCare.objects.filter(pk=care.pk).update(state="ended", end="home", ended_at=NIGHT)


@pytest.mark.slow
def test_treatment_is_refused_only_by_a_capable_adult(cast: Cast, as_: As) -> None:
    care = a_patient(cast, signs=("suspected_mental_disorder",))
    with as_(cast.medic), pytest.raises(Refusal, match="监护人"):
        ends(cast, care, "refused", end_words="说不治了")


@pytest.mark.slow
def test_a_patient_who_walks_out_is_looked_for_and_not_held(cast: Cast, as_: As) -> None:
    care = a_patient(cast)
    with as_(cast.medic):
        with pytest.raises(Refusal, match="经过"):
            ends(cast, care, "left")
        ends(cast, care, "left", end_words="凌晨从病房走了")
        assert duties("care.gone") == ["care.gone"]
        health.keep_gone(actor=cast.medic.actor, at=NIGHT, care=care, words="在车站找到，不愿回")
        assert duties("care.gone") == []


def test_one_treatment_at_a_time(cast: Cast, as_: As) -> None:
    care = a_care(cast)
    assert care.stay is not None
    with as_(cast.medic), pytest.raises(Refusal, match="正在就医"):
        health.begin_care(
            actor=cast.medic.actor,
            at=NIGHT,
            case=case_of(care.stay),
            patient=health.Patient(signs=(), why="又发烧"),
            hospital=a_hospital(),
        )


@pytest.mark.slow
@pytest.mark.rule("P9-13", "S1-09", "P2-29")
def test_a_patient_from_the_door_is_followed_from_the_door(cast: Cast, as_: As) -> None:
    reception = a_reception(cast)
    hospital = a_hospital()
    with as_(cast.reception):
        services.decide(
            actor=cast.reception.actor,
            at=NIGHT,
            reception=reception,
            decision="hospital_first",
            note_text="120 已到",
        )
        assert duties("reception.follow_hospital") == ["reception.follow_hospital"]
    with as_(cast.medic):
        health.begin_care(
            actor=cast.medic.actor,
            at=NIGHT,
            case=case_of(reception),
            patient=health.Patient(
                signs=("critically_ill_person",), why="昏迷", reception=reception
            ),
            hospital=hospital,
        )
        assert duties("reception.follow_hospital") == []
        assert duties("care.screen", "care.seek") == ["care.screen", "care.seek"]
        assert Stay.objects.count() == 0
        assert a_stay_in_bed(cast).is_here
