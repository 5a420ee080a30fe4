"""From one hospital to another: wanted for a reason, accepted, done; bills are of who made them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Duty
from nuantu.places.models import Hospital
from nuantu.stays.models import Bill, CareHospital, HospitalCare
from nuantu.stays.selectors.health import papers
from nuantu.stays.selectors.health.bills import faults
from nuantu.stays.services import health
from tests.cast import Cast
from tests.stays.house import NIGHT
from tests.stays.patients import LINES, a_hospital, a_patient
from tests.web import does_not_see, page_for, refused_for, sees, submit_refused_leaving, submits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
As = Callable[..., Any]
LATER = NIGHT + timedelta(days=2)


def _wanted(cast: Cast, care: HospitalCare, hospital: Hospital, reason: str = "要做手术") -> Any:
    return health.begin_move(
        actor=cast.medic.actor, at=clock.now(), care=care, reason=reason, hospital=hospital
    )


def _open(*kinds: str) -> list[str]:
    rows = Duty.objects.filter(kind__in=kinds, state="open").order_by("kind")
    return list(rows.values_list("kind", flat=True))


def test_nobody_is_moved_without_a_reason_to_his_own_hospital_or_twice(cast: Cast, as_: As) -> None:
    care, other = a_patient(cast), a_hospital("凯里第二医院")
    with as_(cast.medic):
        with pytest.raises(Refusal, match="为什么转院"):
            _wanted(cast, care, other, " ")
        with pytest.raises(Refusal, match="就在这家医院"):
            _wanted(cast, care, a_hospital())
        with pytest.raises(Refusal, match="请办转院"):
            health.ask_hospital(actor=cast.medic.actor, at=NIGHT, care=care, hospital=other)
        assert CareHospital.objects.count() == 1
        _wanted(cast, care, other)
        with pytest.raises(Refusal, match="已经在办"):
            _wanted(cast, care, other)
        gone = health.Moved("杨照料", NIGHT, NIGHT)
        with pytest.raises(Refusal, match="还没有医院"):
            health.move(actor=cast.medic.actor, at=NIGHT, care=care, moved=gone)


def test_the_database_refuses_two_hospitals_at_once(cast: Cast, as_: As) -> None:
    care, other = a_patient(cast), a_hospital("凯里第二医院")
    known = {"care": care, "wanted_at": NIGHT, "wanted_by": "某人"}
    lies = {"hospital": other, "accompanied_by": "杨照料", "arrived_at": NIGHT + timedelta(hours=1)}
    with as_(cast.medic):
        with pytest.raises(IntegrityError, match="one_hospital"), transaction.atomic():
            CareHospital.objects.create(**known, **lies)
        CareHospital.objects.create(**known)
        with pytest.raises(IntegrityError, match="one_move"), transaction.atomic():
            CareHospital.objects.create(**known)


@pytest.mark.rule("P1-49", "P1-48")
def test_a_patient_is_moved_and_his_treatment_goes_on_in_the_other_hospital(
    cast: Cast, as_: As
) -> None:
    care, medic, other = a_patient(cast), cast.medic, a_hospital("凯里第二医院")
    page = reverse("stays:care", args=[care.public_id])
    begin, arrive = (
        reverse(f"stays:{name}", args=[care.public_id]) for name in ("begin_move", "move")
    )
    refused_for(cast.carer, cast.reception, url=begin)
    form = page_for(medic, begin)
    sees(form, "凯里第二医院", "现在在凯里暖医院")
    typed = {"reason": "要做心脏手术", "hospital": "x"}
    sees(
        submit_refused_leaving(
            medic, begin, typed, unchanged=CareHospital.objects.count, says="刚刚停用"
        ),
        "要做心脏手术",
    )
    submits(medic, begin, typed | {"hospital": str(other.public_id)})
    with as_(medic):
        assert _open("care.move", "care.moved") == ["care.move"]
        ask = care.asks.get(answer="")
        assert ask.move is not None
    answer = reverse("stays:answer_ask", args=[ask.public_id])
    submits(medic, answer, {"answer": "full"})
    with as_(medic):
        assert care.notices.get().kind == "health_bureau"
    submits(
        medic,
        reverse("stays:ask_hospital", args=[care.public_id]),
        {"hospital": str(other.public_id)},
    )
    with as_(medic):
        ask = care.asks.get(answer="")
    submits(medic, reverse("stays:answer_ask", args=[ask.public_id]), {"answer": "takes"})
    with as_(medic):
        assert _open("care.move", "care.moved") == ["care.moved"]
    sees(page_for(medic, page), "已转到医院", "要做心脏手术", "不转院了")
    sees(page_for(medic, "/stays/health/"), "正在转院")
    with clock.frozen(LATER):
        came = {
            "accompanied_by": "李护工",
            "left_at": "2026-12-11T18:00",
            "arrived_at": "2026-12-11T17:00",
        }
        wrong = submit_refused_leaving(
            medic, arrive, came, unchanged=Duty.objects.count, says="到达时间不能早于离开时间"
        )
        sees(wrong, "李护工")
        submits(medic, arrive, came | {"arrived_at": "2026-12-11T19:30"})
        with as_(medic):
            health.note_news(actor=medic.actor, at=LATER, care=care, condition="better")
    with as_(medic):
        care.refresh_from_db()
        assert (care.hospital, care.state, care.follower) == (other, "in_care", medic.account)
        first, second = care.hospitals.order_by("arrived_at")
        assert first.left_at is not None
        assert second.arrived_at is not None
        assert (second.arrived_at - first.left_at) == timedelta(minutes=90)
        assert _open("care.move", "care.moved") == []
        assert _open("care.follow") == ["care.follow"]
        line = JournalEntry.objects.get(verb="stays.care.move")
        assert "心脏" not in f"{line.summary}{line.changes}"
        record = papers.record(medic.actor, care, LATER)
        sheet = papers.transfer(medic.actor, care, LATER)
        assert "凯里暖医院" in record["hospital"]
        assert "凯里第二医院" in record["hospital"]
        assert "转院陪同：李护工" in record["hospital"]
        assert sheet["receiver_unit"] == "凯里暖医院"
        health.end_care(
            actor=medic.actor,
            at=LATER + timedelta(days=1),
            care=care,
            out=health.Discharge("to_stay", is_stable=True, certificate_number="C-1"),
        )
        second.refresh_from_db()
        assert second.left_at == LATER + timedelta(days=1)
    sees(page_for(medic, page), "住过的医院", "李护工", "转院原因")
    sees(page_for(medic, page, language="en"), "Hospitals he lay in", "Reason for the move")


def _moved(cast: Cast, care: HospitalCare) -> Hospital:
    other, actor = a_hospital("凯里第二医院"), cast.medic.actor
    _wanted(cast, care, other)
    health.answer_ask(actor=actor, at=NIGHT, ask=care.asks.get(answer=""), answer="takes")
    moved = health.Moved("李护工", LATER - timedelta(hours=1), LATER)
    health.move(actor=actor, at=LATER, care=care, moved=moved)
    return other


@pytest.mark.rule("P1-50")
def test_each_bill_is_of_the_hospital_that_made_it(cast: Cast, as_: As) -> None:
    care, medic = a_patient(cast), cast.medic
    first = care.hospital
    assert first is not None
    with as_(medic):
        other = _moved(cast, care)
        care.refresh_from_db()
        early, late = (
            (date(2026, 12, 9), date(2026, 12, 11)),
            (date(2026, 12, 11), date(2026, 12, 13)),
        )

        def enter(days: tuple[date, date], hospital: Hospital | None) -> Bill:
            charged = health.Charged("B-1", *days, 9000, LINES, hospital)
            return health.enter_bill(actor=medic.actor, at=LATER, care=care, charged=charged)

        with pytest.raises(Refusal, match="几家医院"):
            enter(early, None)
        one, two = enter(early, first), enter(late, other)
        with pytest.raises(Refusal, match="已经登记"):
            enter(late, other)
        assert faults(one) == faults(two) == ()
        told = [papers.settlement(medic.actor, row, LATER)["hospital"] for row in (one, two)]
        assert told == ["凯里暖医院", "凯里第二医院"]
        wrong = Bill.objects.get(pk=one.pk)
        wrong.hospital = other
        assert [fault.code for fault in faults(wrong)] == ["period", "doubled_bill"]
    sees(page_for(medic, reverse("stays:bill", args=[one.public_id])), "凯里暖医院")
    form = page_for(medic, reverse("stays:new_bill", args=[care.public_id]))
    sees(form, "哪家医院的账单", "凯里暖医院", "凯里第二医院")


def test_a_move_that_is_not_needed_any_more_is_put_off_with_words(cast: Cast, as_: As) -> None:
    care, medic = a_patient(cast), cast.medic
    url = reverse("stays:drop_move", args=[care.public_id])
    with as_(medic):
        _wanted(cast, care, a_hospital("凯里第二医院"))
    refused_for(cast.carer, url=url)
    submit_refused_leaving(medic, url, {"words": " "}, unchanged=_open)
    submits(medic, url, {"words": "病情好转"})
    with as_(medic):
        assert (_open("care.move"), care.asks.filter(answer="").count()) == ([], 0)
    page = page_for(medic, reverse("stays:care", args=[care.public_id]))
    does_not_see(page, "不转院了")
    sees(page, "不再需要")
