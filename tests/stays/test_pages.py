"""The pages of a station: who gets them, what the board shows, how a bed is given."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.stays import services
from nuantu.stays.models import Bed, BedStay, Reception, Stay, Zone
from nuantu.stays.services.clocks import start_clocks
from tests.cast import Cast
from tests.stays.house import NIGHT, a_stay, a_stay_in_bed, a_zone, beds_of
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees, submits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
As = Callable[..., Any]


def test_street_work_does_not_see_the_house(cast: Cast) -> None:
    refused_for(cast.nobody, cast.patroller, cast.hospital, url="/stays/")
    refused_for(cast.carer, url="/stays/house/")
    not_found_for(cast.reception, url=f"/stays/{uuid4()}/")
    not_found_for(cast.outsider, url=reverse("stays:bed", args=[a_stay(cast).public_id]))


def test_the_board_shows_beds_absences_and_who_has_none(cast: Cast, as_: As) -> None:
    stay, waiting = a_stay_in_bed(cast), a_stay(cast, sex="female", years=30)
    with as_(cast.carer):
        services.go_out(
            actor=cast.carer.actor,
            at=NIGHT,
            stay=stay,
            reason="errand",
            due_at=NIGHT + timedelta(hours=1),
        )
    page = page_for(cast.carer, "/stays/")
    sees(page, "男区", "还没有床位", "外出")
    with clock.frozen(NIGHT + timedelta(hours=2)):
        sees(page_for(cast.carer, "/stays/"), "逾时未归", "有 1 人过了预计返回时间")
    sees(page, str(waiting.public_id))


def test_in_english_the_reason_of_a_bed_and_a_kept_clock_are_english(cast: Cast, as_: Any) -> None:
    a_zone(cast, "男区", "male", "adult")
    stay = a_stay(cast)
    with as_(cast.reception):
        services.give_best_bed(actor=cast.reception.actor, at=clock.now(), stay=stay)
        start_clocks(actor=cast.reception.actor, at=clock.now(), stay=stay)
        services.keep_clock(
            actor=cast.reception.actor,
            at=clock.now(),
            stay=stay,
            kind="stay.notice",
            note_text="已发布",
        )
    url = reverse("stays:detail", args=[stay.public_id])
    page = page_for(cast.reception, url, language="en")
    sees(page, "Right zone for his health; 男区", "Unidentified: publish a tracing notice")
    does_not_see(page, "符合健康分区", "身份不明")
    board = page_for(cast.reception, "/stays/", language="en")
    does_not_see(board, "Male、")


def test_a_restricted_resident_is_masked_on_the_board_and_served(cast: Cast, as_: As) -> None:
    stay = a_stay_in_bed(cast)
    with as_(cast.leader):
        persons.restrict_person(
            actor=cast.leader.actor, at=NIGHT, person=stay.person, case=None, reason="工作人员亲属"
        )
    board = page_for(cast.carer, "/stays/")
    sees(board, "受限记录")
    does_not_see(board, stay.person.called_as)
    does_not_see(
        page_for(cast.carer, reverse("stays:detail", args=[stay.public_id])),
        stay.person.called_as,
    )


def test_care_and_the_medical_record_are_one_press_from_a_stay(cast: Cast) -> None:
    stay = a_stay_in_bed(cast)
    case = Case.objects.get(case_id=stay.case_id)
    address = reverse("stays:detail", args=[stay.public_id])
    daily = reverse("stays:care_resident", args=[stay.public_id])
    record = reverse("stays:record", args=[case.public_id])
    for who, finds in ((cast.reception, [daily]), (cast.medic, [daily, record])):
        page = page_for(who, address)
        does_not_see(page, *({daily, record} - set(finds)))
        sees(page, *finds)
        for link in finds:
            page_for(who, link)


def test_a_bed_is_given_by_two_presses(cast: Cast) -> None:
    zone = a_zone(cast, "男区", "male", "adult")
    stay = a_stay(cast)
    address = reverse("stays:bed", args=[stay.public_id])
    sees(page_for(cast.reception, address), "男区 男区101-1")
    submits(cast.reception, address, {"bed": str(beds_of(zone)[0].public_id)})
    assert BedStay.objects.get().stay == stay


def test_a_child_is_put_beside_its_mother_with_the_name_of_who_allowed_it(
    cast: Cast, as_: As
) -> None:
    beds = beds_of(a_zone(cast, "女区", "female", "adult"))
    mother = a_stay(cast, sex="female", years=28)
    child = a_stay(cast, sex="male", years=4, with_stay=mother)
    with as_(cast.reception):
        services.give_bed(actor=cast.reception.actor, at=NIGHT, stay=mother, bed=beds[0])
    address = reverse("stays:bed", args=[child.public_id])
    sees(page_for(cast.reception, address), "随母同住", "电话批准的负责人")
    sent = {"bed": f"mother:{beds[1].public_id}", "exemption_reason": "夜里要母亲"}
    answer = cast.reception.browser().post(address, sent)
    assert answer.status_code == 422
    assert "批准人" in answer.content.decode()
    submits(cast.reception, address, {**sent, "approved_by": "石站长"})
    page = page_for(cast.leader, reverse("stays:detail", args=[child.public_id]))
    sees(page, "石站长", "确认批准")
    submits(cast.leader, reverse("stays:approve", args=[child.public_id]), {})
    assert BedStay.objects.get(stay=child).approved_by == "潘带班"


def test_the_head_sets_up_the_house(cast: Cast) -> None:
    head = cast.station_head
    zone = {"name": "女区", "sex": "female", "ages": "adult", "health": "general"}
    submits(head, "/stays/house/zones/new/", zone)
    again = head.browser().post("/stays/house/zones/new/", zone)
    assert "同名" in again.content.decode()
    found = Zone.objects.get()
    submits(head, reverse("stays:room_new", args=[found.public_id]), {"name": "201", "beds": "2"})
    bed = Bed.objects.get(label="2")
    submits(head, reverse("stays:bed_state", args=[bed.public_id]), {"reason": "床架坏了"})
    sees(page_for(head, "/stays/house/"), "床架坏了", "启用")
    submits(head, reverse("stays:bed_open", args=[bed.public_id]), {})
    submits(head, reverse("stays:zone", args=[found.public_id]), {**zone, "health": "isolation"})
    found.refresh_from_db()
    assert found.health == "isolation"


def test_needs_and_going_out_are_put_down_on_the_page(cast: Cast) -> None:
    stay = a_stay_in_bed(cast)
    page = [stay.public_id]
    submits(
        cast.medic,
        reverse("stays:needs", args=page),
        {"sex": "male", "health": "observation", "care_level": "partly", "diet": "patient"},
    )
    due = clock.local(NIGHT + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    submits(cast.carer, reverse("stays:out", args=page), {"reason": "hospital", "due_at": due})
    detail = page_for(cast.medic, reverse("stays:detail", args=page))
    sees(detail, "部分自理", "住院、看病", "确认外出人员已返回")
    submits(cast.carer, reverse("stays:back", args=page), {})
    stay.refresh_from_db()
    assert (stay.health, stay.diet) == ("observation", "patient")


def test_a_reception_is_kept_while_it_is_entered_and_ends_in_a_stay(cast: Cast) -> None:
    a_zone(cast, "男区", "male", "adult")
    clerk = cast.reception
    refused_for(cast.carer, url="/stays/door/")
    submits(
        clerk,
        "/stays/door/new/",
        {"name": "王小明", "sex": "male", "age": "40", "arrival_mode": "police"},
    )
    row = Reception.objects.get()
    page = reverse("stays:reception", args=[row.public_id])
    sees(page_for(clerk, "/stays/door/?q=wangxiaoming"), "就是他，开始接待")
    sent = {
        "arrival_mode": "police",
        "health": "general",
        "security": "passed",
        "trouble": "钱丢了",
    }
    clerk.browser().post(reverse("stays:keep", args=[row.public_id]), sent)
    sees(page_for(clerk, page), "钱丢了", "没有不予救助的情形")
    decide = reverse("stays:decide", args=[row.public_id])
    answer = clerk.browser().post(decide, {**sent, "decision": "admitted"})
    assert answer.status_code == 422
    assert "入站须知" in answer.content.decode()
    browser = clerk.browser()
    submits(browser, decide, {**sent, "is_informed": "on", "decision": "admitted"})
    stay = Stay.objects.get()
    browser.post(reverse("stays:keep", args=[row.public_id]), sent)
    does_not_see(page_for(browser, "/stays/door/"), "这次接待已经办结")
    late = cast.leader.browser()
    late.post(reverse("stays:keep", args=[row.public_id]), sent)
    sees(page_for(late, "/stays/door/"), "这次接待已经办结")
    sees(
        page_for(clerk, reverse("stays:detail", args=[stay.public_id])),
        "男区 男区101-1",
        "寻亲公告",
    )


def test_he_is_seen_out_in_two_steps(cast: Cast) -> None:
    stay = a_stay_in_bed(cast)
    address = reverse("stays:leave", args=[stay.public_id])
    sees(page_for(cast.reception, address), "下一步")
    sees(page_for(cast.reception, f"{address}?way=self"), "寻亲公告和走失报案", "声明书")
    sent = {"way": "self", "is_declared": "on", "check_notices": "查过，无匹配", "cash": "15"}
    answer = cast.reception.browser().post(address, sent)
    assert answer.status_code == 422
    assert "签收" in answer.content.decode()
    with clock.frozen(NIGHT + timedelta(hours=9)):
        submits(cast.reception, address, {**sent, "is_cash_signed": "on"})
        sees(
            page_for(cast.reception, reverse("stays:detail", args=[stay.public_id])),
            "已离站",
            "自行离站",
        )
