"""The pages of health work: who is refused, what stays hidden, the way from the door to hospital."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.places.models import Hospital
from nuantu.stays.models import HospitalCare, Screening
from nuantu.stays.selectors.health.measured import measured_of
from tests.cast import Cast
from tests.stays.house import NIGHT, a_stay_in_bed
from tests.stays.patients import a_care, a_hospital, a_patient, case_of
from tests.web import (
    does_not_see,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_only_medic_and_head_enter_and_only_in_their_own_station(cast: Cast) -> None:
    care = a_patient(cast)
    url = reverse("stays:care", args=[care.public_id])
    refused_for(cast.nobody, cast.reception, cast.carer, cast.leader, cast.office, url=url)
    refused_for(cast.auditor, cast.carer, url="/stays/health/")
    not_found_for(cast.outsider, url=url)


def test_medical_words_are_masked_for_the_head_until_he_says_why(cast: Cast) -> None:
    care = a_patient(cast, why="肺结核复发")
    url = reverse("stays:care", args=[care.public_id])
    does_not_see(page_for(cast.station_head, url), "肺结核")
    opened = reverse("stays:open_record", args=[case_of_care(care)])
    answer = cast.station_head.browser().post(opened, {"purpose": ""})
    assert answer.status_code == 422
    submits(cast.station_head, opened, {"purpose": "安排隔离床位"})
    sees(page_for(cast.station_head, url), "肺结核")
    with clock.frozen(NIGHT + timedelta(minutes=11)):
        does_not_see(page_for(cast.station_head, url), "肺结核")


def case_of_care(care: HospitalCare) -> object:
    assert care.stay is not None
    return case_of(care.stay).public_id


def test_the_medic_reads_at_once_and_each_look_leaves_a_line(cast: Cast) -> None:
    care = a_patient(cast, why="肺结核复发")
    url = reverse("stays:care", args=[care.public_id])
    sees(page_for(cast.medic, url), "肺结核", "吴医务")
    page_for(cast.medic, url)
    assert JournalEntry.objects.filter(verb="stays.health.read").count() == 1
    with clock.frozen(NIGHT + timedelta(minutes=11)):
        page_for(cast.medic, url)
    assert JournalEntry.objects.filter(verb="stays.health.read").count() == 2


def test_a_hospital_out_of_use_is_said_and_another_one_is_found(cast: Cast) -> None:
    """Nothing told the medic that nobody would answer there, and after a yes there was no way to another."""
    care, other, medic = a_care(cast), a_hospital("凯里第二医院"), cast.medic
    page, ask = reverse("stays:care", args=[care.public_id]), care.asks.get()
    answer = reverse("stays:answer_ask", args=[ask.public_id])
    with scope.system("the bureau takes a hospital out of use"):
        Hospital.objects.filter(pk=ask.hospital_id).update(
            closed_at=clock.now(), closed_reason="停止收治"
        )
    sees(page_for(medic, page), "凯里暖医院已停用：停止收治", "登记它没有接收")
    sees(page_for(medic, answer), "医院已停用：停止收治")
    submits(medic, answer, {"answer": "takes"})
    sees(page_for(medic, page), "改送别的医院")
    next_one = reverse("stays:ask_hospital", args=[care.public_id])
    shut = {"hospital": str(ask.hospital.public_id)}
    submit_refused_leaving(
        medic, next_one, shut, unchanged=lambda: care.asks.count(), says="刚刚停用"
    )
    submits(medic, next_one, {"hospital": str(other.public_id)})
    does_not_see(page_for(medic, page), "再联系下一家")


def test_from_the_screening_to_the_hospital_and_back_on_the_pages(cast: Cast) -> None:
    stay, medic = a_stay_in_bed(cast), cast.medic
    a_hospital()
    case = case_of(stay).public_id
    sees(page_for(medic, "/stays/health/"), "等初筛", "灰大衣")
    url = reverse("stays:screen", args=[case])
    bad = medic.browser().post(
        url, {"temperature": "39.2", "findings": "咳血", "result": "fit", "test": ""}
    )
    assert bad.status_code == 422
    assert "咳血" in bad.content.decode()
    sent = {"temperature": "39.2", "signs": ["infectious_patient"], "result": "hospital"}
    submits(medic, url, {**sent, "findings": "咳血"}, to="/hospital/")
    assert measured_of(Screening.objects.get()).temperature_tenths == 392
    page = page_for(medic, reverse("stays:begin_care", args=[case]))
    sees(page, "凯里暖医院", "定点医院")
    hospital = str(a_hospital().public_id)
    submits(
        medic,
        reverse("stays:begin_care", args=[case]),
        {"signs": ["infectious_patient"], "why": "咳血三天", "hospital": hospital},
    )
    care = HospitalCare.objects.get()
    sees(page_for(medic, reverse("stays:care", args=[care.public_id])), "疾控机构", "还没通知")
    ask = reverse("stays:answer_ask", args=[care.asks.get().public_id])
    submits(medic, ask, {"answer": "takes"}, to="/arrive/")
    arrive = reverse("stays:arrive", args=[care.public_id])
    due = clock.local(NIGHT + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    submits(
        medic,
        arrive,
        {"accompanied_by": "杨照料", "follower": str(cast.carer.account.pk), "due_at": due},
    )
    url = reverse("stays:news", args=[care.public_id])
    submits(medic, url, {"condition": "better", "words": "已用药"})
    sees(page_for(medic, "/stays/health/"), "好转", "杨照料")
    end = reverse("stays:end_care", args=[care.public_id])
    answer = medic.browser().post(end, {"end": "to_stay", "end_words": "回来"})
    assert answer.status_code == 422
    submits(medic, end, {"end": "to_stay", "is_stable": "on", "certificate_number": "C-1"})
    sees(page_for(medic, reverse("stays:record", args=[case])), "出院回站", "39.2")
