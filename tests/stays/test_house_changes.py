"""Putting the house right: what is refused while somebody sleeps there; women cared for by women."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.accounts.models import User
from nuantu.core import clock, scope
from nuantu.operations.models import Duty
from nuantu.operations.services import put_on_watch
from nuantu.stays import services
from nuantu.stays.models import Bed, Room, Zone
from nuantu.stays.selectors.women import womens_watch
from tests.cast import STATION, Cast
from tests.stays.house import NIGHT, a_stay, a_stay_in_bed, a_womens_carer, a_zone, beds_of
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
As = Callable[..., Any]


def _url(name: str, row: Any) -> str:
    return reverse(f"stays:{name}", args=[row.public_id])


def test_only_the_head_of_this_station_changes_the_house(cast: Cast) -> None:
    zone = a_zone(cast, "男区", "male", "adult")
    refused_for(cast.leader, cast.carer, url=_url("zone_turn", zone), data={})
    not_found_for(cast.outsider, url=_url("room", zone.rooms.get()))
    not_found_for(cast.outsider, url=_url("women_end", a_womens_carer(cast)), data={})


def test_a_zone_in_which_somebody_sleeps_is_not_closed(cast: Cast) -> None:
    stay, head = a_stay_in_bed(cast), cast.station_head
    zone = Zone.objects.get()
    sees(submits(head, _url("zone_turn", zone), {}), "还住着人")
    zone.refresh_from_db()
    assert zone.closed_at is None
    with scope.enter(scope.of_actor(head.actor)):
        services.free_bed(actor=head.actor, at=NIGHT, stay=stay, why="换床")
    sees(submits(head, _url("zone_turn", zone), {}), "停用的生活区")
    does_not_see(page_for(cast.reception, _url("bed", stay)), "男区101")
    submits(head, _url("zone_turn", zone), {})
    sees(page_for(cast.reception, _url("bed", stay)), "男区101")


def test_a_closed_zone_does_not_come_back_beside_one_of_its_name(cast: Cast) -> None:
    head, zone = cast.station_head, a_zone(cast, "男区", "male", "adult")
    submits(head, _url("zone_turn", zone), {})
    again = {"name": "男区", "sex": "male", "ages": "adult", "health": "general"}
    submits(head, reverse("stays:zone_new"), again)
    sees(submits(head, _url("zone_turn", zone), {}), "先改名再启用")


def test_a_room_is_renamed_and_gets_beds_numbered_on(cast: Cast, as_: As) -> None:
    zone = a_zone(cast, "男区", "male", "adult", beds=2)
    with as_(cast.station_head):
        services.add_room(actor=cast.station_head.actor, at=NIGHT, zone=zone, name="102", beds=1)
    room = Room.objects.get(name="男区101")
    answer = submit_refused_leaving(
        cast.station_head,
        _url("room", room),
        {"name": "102", "more_beds": "2"},
        unchanged=lambda: list(Room.objects.order_by("pk").values_list("name", flat=True)),
        says="同名房间",
    )
    sees(answer, 'value="2"')
    submit_refused_leaving(
        cast.station_head,
        _url("room", room),
        {"name": "大间", "more_beds": "39"},
        unchanged=Bed.objects.count,
        says="最多40张床",
    )
    submits(
        cast.station_head,
        _url("room", room),
        {"name": "大间", "more_beds": "2", "is_barrier_free": "on"},
    )
    room.refresh_from_db()
    assert (room.name, room.is_barrier_free) == ("大间", True)
    assert list(room.beds.order_by("pk").values_list("label", flat=True)) == ["1", "2", "3", "4"]


def test_a_bed_goes_out_of_use_only_with_a_reason_and_empty(cast: Cast) -> None:
    stay = a_stay_in_bed(cast)
    taken = Bed.objects.get(stays__stay=stay)
    free = beds_of(Zone.objects.get())[-1]
    for bed, sent, says in (
        (free, {"reason": " "}, "为什么停用"),
        (taken, {"reason": "修"}, "先给他换床"),
    ):
        submit_refused_leaving(
            cast.station_head,
            _url("bed_state", bed),
            sent,
            unchanged=lambda: Bed.objects.filter(closed_at=None).count(),
            says=says,
        )
    submits(cast.station_head, _url("bed_state", free), {"reason": "床架松动"})
    sees(page_for(cast.carer, "/stays/"), "床架松动")


def test_hours_without_a_woman_on_watch_are_told_while_women_stay(cast: Cast, as_: As) -> None:
    does_not_see(page_for(cast.carer, "/stays/"), "没有女工作人员值守")
    a_stay(cast, sex="female", years=30)
    sees(page_for(cast.carer, "/stays/"), "1 位女性在站，这些时段没有女工作人员值守")
    carer = a_womens_carer(cast)
    submit_refused_leaving(
        cast.station_head,
        reverse("stays:women"),
        {"user": str(carer.user_id)},
        unchanged=lambda: carer.user_id,
    )
    with as_(cast.leader):
        put_on_watch(
            actor=cast.leader.actor,
            at=NIGHT,
            organisation=carer.user.organisation,
            post="reception",
            user=carer.user,
            starts_at=NIGHT - timedelta(hours=2),
            ends_at=NIGHT + timedelta(hours=10),
        )
        found = womens_watch(STATION, clock.now())
    assert [(gap.starts_at, gap.ends_at) for gap in found.gaps] == [
        (NIGHT + timedelta(hours=10), NIGHT + timedelta(hours=24))
    ]
    account = User.objects.filter(pk=carer.user_id)
    account.update(is_active=False)
    with as_(cast.leader):
        assert womens_watch(STATION, clock.now()).gaps[0].starts_at == NIGHT
    account.update(is_active=True)
    submits(cast.station_head, _url("women_end", carer), {})
    with as_(cast.leader):
        assert womens_watch(STATION, clock.now()).gaps[0].starts_at == NIGHT


def test_a_woman_who_is_out_for_longer_needs_nobody_on_watch(cast: Cast, as_: As) -> None:
    """A bed kept for a patient asked for a woman every night; who comes back tomorrow, or is late, does."""
    stay, carer = a_stay(cast, sex="female", years=30), cast.carer.actor
    with as_(cast.carer):
        for hours, women in ((24, 1), (25, 0)):
            services.go_out(
                actor=carer,
                at=NIGHT,
                stay=stay,
                reason="hospital",
                due_at=NIGHT + timedelta(hours=hours),
            )
            assert womens_watch(STATION, NIGHT).women == women
            services.come_back(actor=carer, at=NIGHT, stay=stay)


def test_a_night_without_a_woman_on_watch_is_owed_until_the_roster_has_one(
    cast: Cast, as_: As
) -> None:
    def watched() -> int:
        with scope.system("the hourly job"):
            return services.watch_over_women(at=clock.now())

    a_zone(cast, "女区", "female", "adult")
    carer = a_womens_carer(cast)
    assert watched() == 0, "no woman stays here"
    a_stay(cast, sex="female", years=30)
    assert (watched(), watched()) == (1, 0)
    with as_(cast.leader):
        duty = Duty.objects.get(kind="stay.womens_watch")
        assert (duty.owner_org, duty.due_at) == (STATION, NIGHT + timedelta(hours=1))
        put_on_watch(
            actor=cast.leader.actor,
            at=NIGHT,
            organisation=carer.user.organisation,
            post="reception",
            user=carer.user,
            starts_at=NIGHT,
            ends_at=NIGHT + timedelta(hours=24),
        )
    assert watched() == 0
    duty.refresh_from_db()
    assert duty.state == Duty.State.DONE
