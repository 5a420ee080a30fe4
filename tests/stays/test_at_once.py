"""Two people at the same moment, and what must hold whoever comes second; what leaves no trace."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, erasure, scope, vault
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.operations.services import offer_handover
from nuantu.stays import access, services
from nuantu.stays.models import BedStay, Leaving, Reception, Stay
from tests.cast import OTHER_STATION, Cast
from tests.stays.house import NIGHT, a_reception, a_stay, a_stay_in_bed
from tests.web import does_not_see, page_for, sees, submits

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
READY = {"security": "passed", "is_informed": True}
SEARCHED = {"notices": "本地走失报案，无匹配", "collector": "身份证，户口本"}


def _leave(cast: Cast, stay: Stay, **out: Any) -> Leaving:
    return services.leave(
        actor=cast.reception.actor,
        at=clock.now(),
        stay=stay,
        out=services.WayOut(**out),
        confirmed=SEARCHED,
    )


def _ended_by(cast: Cast, row: Reception, decision: str, **more: Any) -> Stay | None:
    actor = cast.reception.actor
    return services.decide(actor=actor, at=NIGHT, reception=row, decision=decision, **more)


def test_what_a_page_saves_late_does_not_undo_the_decision(cast: Cast, as_: As) -> None:
    row, actor = a_reception(cast), cast.reception.actor
    with as_(cast.reception):
        late = Reception.objects.get(pk=row.pk)
        services.keep(actor=actor, at=NIGHT, reception=row, values=READY)
        _ended_by(cast, row, "admitted")
        with pytest.raises(services.ReceptionRefused, match="已经办结"):
            services.keep(actor=actor, at=NIGHT, reception=late, values={"trouble": "没钱回家"})
        assert Reception.objects.get(pk=row.pk).state == "admitted"


def test_of_two_who_decide_the_second_is_told(cast: Cast, as_: As) -> None:
    row, actor = a_reception(cast), cast.reception.actor
    with as_(cast.reception):
        services.keep(actor=actor, at=NIGHT, reception=row, values=READY)
        late = Reception.objects.get(pk=row.pk)
        _ended_by(cast, row, "admitted")
        with pytest.raises(services.ReceptionRefused, match="已经办结"):
            _ended_by(cast, late, "withdrawn", note_text="自己走了")
        assert Reception.objects.get(pk=row.pk).state == "admitted"


def test_nobody_is_brought_back_by_a_page_that_was_opened_before_he_left(
    cast: Cast, as_: As
) -> None:
    stay, actor = a_stay_in_bed(cast), cast.reception.actor
    needs = services.Needs(sex="male", health="observation")
    with as_(cast.reception), clock.frozen(NIGHT + timedelta(hours=1)):
        bed, at = BedStay.objects.get().bed, clock.now()

        def late() -> Stay:
            return Stay(**{f.attname: getattr(before, f.attname) for f in Stay._meta.fields})

        before = Stay.objects.get(pk=stay.pk)
        _leave(cast, stay, way="self", is_declared=True)
        with pytest.raises(services.StayRefused, match="已经离站"):
            services.change_needs(actor=actor, at=at, stay=late(), needs=needs)
        with pytest.raises(services.BedRefused, match="已经离站"):
            services.give_bed(actor=actor, at=at, stay=late(), bed=bed)
        with pytest.raises(services.StayRefused, match="已经离站"):
            services.go_out(
                actor=actor, at=at, stay=late(), reason="errand", due_at=at + timedelta(hours=1)
            )
        with pytest.raises(services.ClockRefused, match="已经离站"):
            services.extend(
                actor=actor,
                at=at,
                stay=late(),
                reason="等家人",
                until_date=clock.today() + timedelta(days=3),
            )
        assert Stay.objects.get(pk=stay.pk).left_at == at
        assert not BedStay.objects.filter(period__endswith=None).exists()


@pytest.mark.slow
def test_an_erasure_reaches_the_number_of_whoever_fetched_him(cast: Cast, as_: As) -> None:
    stay = a_stay(cast)
    with as_(cast.reception):
        row = _leave(
            cast,
            stay,
            way="relatives",
            collector="王父",
            is_collector_checked=True,
            collector_number="522601190001010000",
            collector_phone="13000000000",
        )
    assert Leaving.objects.get(pk=row.pk).collector_phone.open() == "13000000000"
    with scope.system("the test erases"):
        erasure.erase_case(
            case_id=stay.case_id or stay.public_id,
            actor=cast.admin.actor,
            at=NIGHT,
            reason="本人要求",
            division_code=stay.division_code,
            owner_org=stay.owner_org,
        )
    erased = Leaving.objects.get(pk=row.pk)
    for sealed in (erased.collector_number, erased.collector_phone):
        with pytest.raises(vault.KeyDestroyed):
            sealed.open()


@pytest.mark.slow
def test_another_station_receives_him_at_its_door_before_this_one_lets_him_go(
    cast: Cast, as_: As
) -> None:
    stay, theirs = a_stay(cast), cast.other_patroller.actor
    with as_(cast.reception):
        handover = offer_handover(
            actor=cast.reception.actor,
            at=NIGHT,
            subject=Subject("case", stay.case_id or stay.public_id),
            case_id=stay.case_id,
            to_org=OTHER_STATION,
            purpose="转站",
            division_code=stay.division_code,
        )
    with as_(cast.other_patroller):
        row = services.take_over(actor=theirs, at=NIGHT, handover=handover)
        services.keep(actor=theirs, at=NIGHT, reception=row, values=READY)
        with pytest.raises(services.StayRefused, match="外站"):
            services.decide(actor=theirs, at=NIGHT, reception=row, decision="admitted")
    with as_(cast.reception):
        mine = access.own_stay_for(cast.reception.actor, stay.public_id, access.LEAVE)
        _leave(cast, mine, way="station", to_org=OTHER_STATION)
    with as_(cast.other_patroller):
        row = Reception.objects.get(pk=row.pk)
        there = services.decide(actor=theirs, at=NIGHT, reception=row, decision="admitted")
        assert there is not None
        assert there.owner_org == OTHER_STATION


@pytest.mark.slow
def test_help_is_ended_only_by_whoever_may_approve_that(cast: Cast) -> None:
    stay = a_stay(cast)
    url = reverse("stays:leave", args=[stay.public_id])
    sent = {"way": "ended", "ground": "fraud", "facts": "冒名", "check_notices": "无匹配"}
    answer = cast.reception.browser().post(url, sent | {"approved_by": "石站长"})
    assert answer.status_code == 422
    sees(answer, "先提请负责人批准")
    submits(cast.leader, url, sent)
    assert Leaving.objects.get().approved_by == cast.leader.actor.name


@pytest.mark.slow
def test_things_are_given_back_also_after_he_went_without_a_word(cast: Cast, as_: As) -> None:
    row, actor = a_reception(cast), cast.reception.actor
    with as_(cast.reception):
        services.take_belonging(actor=actor, at=NIGHT, reception=row, kind="thing", item="背包")
        services.keep(actor=actor, at=NIGHT, reception=row, values=READY)
        stay = _ended_by(cast, row, "admitted")
        assert stay is not None
        services.leave(
            actor=actor,
            at=NIGHT,
            stay=stay,
            out=services.WayOut(way="left_without_notice", facts="早上查房不在"),
            confirmed={"belongings": "继续保管"},
        )
    url = reverse("stays:detail", args=[stay.public_id])
    sees(page_for(cast.reception, url), "背包", "归还或移交")
    does_not_see(page_for(cast.carer, url), "归还或移交")


def test_whoever_opens_a_stay_or_a_reception_stands_in_the_journal(cast: Cast) -> None:
    stay, row = a_stay(cast), a_reception(cast)
    page_for(cast.carer, reverse("stays:detail", args=[stay.public_id]))
    page_for(cast.reception, reverse("stays:reception", args=[row.public_id]))
    lines = JournalEntry.objects.filter(verb="persons.person.read")
    assert {line.actor_name for line in lines} == {cast.carer.actor.name, cast.reception.actor.name}
