"""The cupboard, incidents of staff safety, cameras and holds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Duty
from nuantu.stays.models import CupboardCount, CupboardItem, StationIncident, VideoHold
from nuantu.stays.services.safety import cupboard, incidents, video
from tests.cast import Cast
from tests.stays.custody import a_camera, a_hold, an_incident, an_item
from tests.stays.house import NIGHT
from tests.web import (
    does_not_see,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def test_the_cupboard_and_the_cameras_are_not_for_everybody(cast: Cast) -> None:
    refused_for(cast.nobody, cast.carer, cast.patroller, url="/stays/cupboard/")
    refused_for(cast.carer, cast.medic, url="/stays/video/")
    url = reverse("stays:cupboard_item", args=[an_item(cast).public_id])
    not_found_for(cast.outsider, url=url)


def test_more_than_the_book_holds_does_not_leave_the_cupboard(cast: Cast, as_: As) -> None:
    row = an_item(cast)
    with as_(cast.medic), pytest.raises(cupboard.CupboardRefused, match="账上只有 10"):
        cupboard.move_item(
            actor=cast.medic.actor, at=NIGHT, item=row, way="out", amount=11, reason="发放"
        )
    assert CupboardItem.objects.get().amount == 10


def test_nobody_counts_twice_for_two(cast: Cast, as_: As) -> None:
    row = an_item(cast)
    with as_(cast.medic):
        cupboard.count_item(actor=cast.medic.actor, at=NIGHT, item=row, amount=10)
        with pytest.raises(cupboard.CupboardRefused, match="另一位同事"):
            cupboard.count_item(actor=cast.medic.actor, at=NIGHT, item=row, amount=10)
    count = CupboardCount.objects.get()
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        CupboardCount.objects.update(
            second_at=NIGHT, second_amount=10, second_by_id=count.first_by_id
        )


def test_two_who_agree_end_the_count_and_a_difference_is_an_incident(cast: Cast, as_: As) -> None:
    row = an_item(cast)
    for player in (cast.medic, cast.leader):
        with as_(player):
            cupboard.count_item(actor=player.actor, at=NIGHT, item=row, amount=8)
    row.refresh_from_db()
    assert (row.amount, row.counted_at) == (8, NIGHT)
    assert StationIncident.objects.get().story == "布洛芬：账面 10盒，两人数得 8盒"
    assert Duty.objects.filter(kind="incident.handle", state="open").count() == 1


def test_counting_is_owed_in_its_rhythm_and_kept_by_the_second_count(cast: Cast, as_: As) -> None:
    row = an_item(cast)
    with scope.system("the worker"):
        assert cupboard.open_counts(at=NIGHT) == 0
        later = NIGHT + timedelta(days=6)
        with clock.frozen(later):
            assert [cupboard.open_counts(at=later) for _twice in (1, 2)] == [1, 0]
        duty = Duty.objects.get(kind="cupboard.count")
        assert duty.due_at == NIGHT + timedelta(days=7)
    with clock.frozen(later), as_(cast.medic):
        for player in (cast.medic, cast.leader):
            cupboard.count_item(actor=player.actor, at=later, item=row, amount=10)
        assert Duty.objects.get(pk=duty.pk).state == "done"


def test_two_who_do_not_agree_count_anew(cast: Cast, as_: As) -> None:
    row = an_item(cast)
    with as_(cast.medic):
        cupboard.count_item(actor=cast.medic.actor, at=NIGHT, item=row, amount=10)
    with as_(cast.leader), pytest.raises(cupboard.CupboardRefused, match="重新数"):
        cupboard.count_item(actor=cast.leader.actor, at=NIGHT, item=row, amount=9)
    assert not CupboardCount.objects.exists()


def test_a_count_is_taken_back_by_who_began_it_and_ends_when_a_drug_is_needed(
    cast: Cast, as_: As
) -> None:
    """A miscount stood until somebody else came, and a medic alone at night got nothing out."""
    row, medic = an_item(cast), cast.medic.actor
    page = reverse("stays:cupboard_item", args=[row.public_id])
    back = reverse("stays:item_withdraw", args=[row.public_id])
    refused_for(cast.carer, url=back, data={})
    not_found_for(cast.outsider, url=back, data={})
    with as_(cast.medic):
        cupboard.count_item(actor=medic, at=NIGHT, item=row, amount=9)
    with as_(cast.leader), pytest.raises(cupboard.CupboardRefused, match="没有你开始"):
        cupboard.withdraw_count(actor=cast.leader.actor, at=NIGHT, item=row)
    sees(page_for(cast.medic, page), "撤回我的数")
    submits(cast.medic, back, {})
    assert not CupboardCount.objects.exists()
    move: dict[str, Any] = {"actor": medic, "at": NIGHT, "item": row, "reason": "102房发烧"}
    with as_(cast.medic):
        cupboard.count_item(actor=medic, at=NIGHT, item=row, amount=10)
        with pytest.raises(cupboard.CupboardRefused, match="数完再存入"):
            cupboard.move_item(**move, way="in", amount=1)
        with pytest.raises(cupboard.CupboardRefused, match="没有这么多"):
            cupboard.move_item(**move, way="out", amount=11)
        assert cupboard.move_item(**move, way="out", amount=2).amount == 8
    sees(page_for(cast.leader, page), f"{medic.name}开始的盘点作废了", "盘点作废")
    assert not CupboardCount.objects.exists()
    said = JournalEntry.objects.filter(verb="stays.cupboard.recount")
    assert {line.summary.split("，")[0] for line in said} == {
        "盘点作废（本人撤回）",
        "盘点作废（盘点中取出）",
    }


def test_the_second_person_does_not_see_what_the_first_counted(cast: Cast) -> None:
    row = an_item(cast)
    url = reverse("stays:item_count", args=[row.public_id])
    submits(cast.medic, url, {"amount": "7777"})
    page = page_for(cast.leader, reverse("stays:cupboard_item", args=[row.public_id]))
    sees(page, "你是第二个人")
    assert "7777" not in page.content.decode()
    assert "账上" not in page.content.decode()
    book = f"{row.amount} {row.unit}"
    does_not_see(page_for(cast.leader, "/stays/cupboard/"), book)
    CupboardCount.objects.all().delete()
    sees(page_for(cast.leader, "/stays/cupboard/"), book)


@pytest.mark.rule("S1-29")
def test_an_assault_on_staff_is_reported_handled_and_concluded(cast: Cast, as_: As) -> None:
    told = incidents.Told("assault", NIGHT, "值班员被推倒", "一楼大厅", is_somebody_hurt=True)
    with as_(cast.carer), pytest.raises(incidents.IncidentRefused, match="110"):
        incidents.record_incident(actor=cast.carer.actor, at=NIGHT, told=told)
    row, head = an_incident(cast), cast.station_head
    assert Duty.objects.get(kind="incident.handle").due_at == NIGHT + timedelta(hours=24)
    with as_(head):
        with pytest.raises(incidents.IncidentRefused, match="公安"):
            incidents.conclude_incident(
                actor=head.actor, at=NIGHT, incident=row, conclusion="加装门禁"
            )
        incidents.conclude_incident(
            actor=head.actor,
            at=NIGHT,
            incident=row,
            conclusion="加装门禁",
            police_answer="行政拘留",
        )
    assert Duty.objects.get(kind="incident.handle").state == "done"


def test_a_camera_keeps_no_shorter_than_the_rule(cast: Cast, as_: As) -> None:
    with as_(cast.leader), pytest.raises(video.VideoRefused, match="至少保存3个月"):
        video.set_camera(
            actor=cast.leader.actor, at=NIGHT, name="大门", place="大门口", keep_months=2
        )


@pytest.mark.rule("P9-25")
def test_a_held_recording_is_owed_before_it_is_overwritten(cast: Cast, as_: As) -> None:
    row = a_hold(cast)
    duty = Duty.objects.get(kind="video.save")
    assert duty.due_at == row.overwritten_from_at > NIGHT + timedelta(days=80)
    with as_(cast.leader):
        video.save_video(actor=cast.leader.actor, at=NIGHT, hold=row, kept_in="硬盘3号")
        with pytest.raises(video.VideoRefused, match="已经办过"):
            video.save_video(actor=cast.leader.actor, at=NIGHT, hold=row, kept_in="硬盘4号")
    duty.refresh_from_db()
    assert duty.state == "done"


@pytest.mark.slow
def test_whoever_comes_second_is_told_so_and_keeps_his_words(cast: Cast) -> None:
    hold, incident = a_hold(cast), an_incident(cast)
    saved = reverse("stays:hold", args=[hold.public_id])
    released = reverse("stays:hold_release", args=[hold.public_id])
    concluded = reverse("stays:station_incident", args=[incident.public_id])
    answer = {"conclusion": "加装门禁", "police_answer": "行政拘留"}
    for url, data, refusal in (
        (saved, {"kept_in": "硬盘3号"}, "已经办过"),
        (released, {"reason": "案件已结"}, "已经办过"),
        (concluded, answer, "已经办结"),
    ):
        submits(cast.station_head, url, data)
        second = {name: f"{words}，另一份" for name, words in data.items()}
        page = cast.station_head.browser().post(url, second)
        assert page.status_code == 422
        sees(page, refusal, "你写的：", next(iter(second.values())))


def test_nobody_lifts_the_hold_he_placed_himself(cast: Cast) -> None:
    """Who has something to hide could hold a recording and let it be overwritten."""
    hold = a_hold(cast)
    url = reverse("stays:hold_release", args=[hold.public_id])
    submit_refused_leaving(
        cast.leader,
        url,
        {"reason": "案件已结，不再需要"},
        unchanged=lambda: VideoHold.objects.filter(released_at=None).count(),
        says="另一位负责人",
    )
    sees(cast.leader.browser().post(url, {"reason": "案件已结"}), "你写的：", "案件已结")
    does_not_see(page_for(cast.leader, reverse("stays:hold", args=[hold.public_id])), url)
    submits(cast.station_head, url, {"reason": "案件已结"})
    hold.refresh_from_db()
    with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
        VideoHold.objects.update(released_by_id=hold.placed_by_id)


def test_what_is_over_its_term_cannot_be_promised_to_be_kept(cast: Cast, as_: As) -> None:
    camera = a_camera(cast)
    with as_(cast.leader), pytest.raises(video.VideoRefused, match="保存期"):
        video.hold_video(
            actor=cast.leader.actor,
            at=NIGHT,
            camera=camera,
            from_at=NIGHT - timedelta(days=100),
            until_at=NIGHT - timedelta(days=99),
            reason="打架",
            asked_by="公安",
        )
    assert not VideoHold.objects.exists()


@pytest.mark.slow
def test_the_pages_lead_from_entry_to_end(cast: Cast) -> None:
    words = {"kind": "drug", "name": "碘伏", "unit": "瓶"}
    sees(submits(cast.medic, "/stays/cupboard/items/new/", words), "账上 0 瓶")
    row = CupboardItem.objects.get()
    move = reverse("stays:item_move", args=[row.public_id])
    submits(cast.medic, move, {"way": "in", "amount": "5", "reason": "采购"})
    submit_refused_leaving(
        cast.medic,
        move,
        {"way": "out", "amount": "9", "reason": "换药"},
        unchanged=lambda: CupboardItem.objects.get().amount,
        says="换药",
    )
    sees(page_for(cast.medic, "/stays/cupboard/"), "碘伏", "5 瓶")
    told = {"kind": "threat", "occurred_at": "2026-12-09T19:00", "story": "威胁值班员"}
    sees(submits(cast.carer, "/stays/incidents/new/", told), "威胁值班员")
    incident = StationIncident.objects.get()
    url = reverse("stays:station_incident", args=[incident.public_id])
    submits(cast.station_head, url, {"conclusion": "已批评教育"})
    sees(page_for(cast.auditor, "/stays/incidents/"), "站内事件")
    camera = {"name": "大门", "place": "大门口", "keep_months": "3"}
    submits(cast.leader, "/stays/video/cameras/new/", camera)
    hold = a_hold(cast)
    url = reverse("stays:hold", args=[hold.public_id])
    submits(cast.leader, url, {"kept_in": "硬盘3号"})
    release = reverse("stays:hold_release", args=[hold.public_id])
    submits(cast.station_head, release, {"reason": "案件已结"})
    sees(page_for(cast.leader, "/stays/video/"), "已解除")
