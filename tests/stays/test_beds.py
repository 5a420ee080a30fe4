"""Beds: whom the database refuses, the one exception, changes, going out and coming back."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.http import Http404

from nuantu.core import clock
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Duty
from nuantu.stays import access, services
from nuantu.stays.models import Bed, BedStay, Stay
from nuantu.stays.rules import zoning
from nuantu.stays.selectors import beds
from nuantu.stays.services.staying import Needs
from tests.cast import Cast
from tests.stays.house import NIGHT, a_house, a_stay, a_zone, beds_of
from tests.web import does_not_see, page_for, sees

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def _give(cast: Cast, stay: Stay, bed: Bed, **more: Any) -> BedStay:
    return services.give_bed(actor=cast.reception.actor, at=clock.now(), stay=stay, bed=bed, **more)


def _force(stay: Stay, bed: Bed) -> None:
    """A bed given past every service, as plain SQL would."""
    with transaction.atomic():
        BedStay.objects.create(
            stay=stay, bed=bed, room=bed.room, period=DateTimeTZRange(NIGHT, None), given_by="SQL"
        )


# -- who is refused -----------------------------------------------------------------------------


def test_another_station_finds_neither_the_stay_nor_the_house(cast: Cast, as_: As) -> None:
    zone = a_zone(cast, "男区", "male", "adult")
    stay = a_stay(cast)
    with as_(cast.outsider):
        assert not Bed.objects.exists()
        with pytest.raises(Http404):
            access.stay_for(cast.outsider.actor, stay.public_id)
        with pytest.raises(Http404):
            access.zone_for(cast.outsider.actor, zone.public_id)


@pytest.mark.rule("P1-54")
def test_the_database_refuses_a_second_person_in_a_bed(cast: Cast, as_: As) -> None:
    bed = beds_of(a_zone(cast, "男区", "male", "adult"))[0]
    first, second = a_stay(cast), a_stay(cast)
    with as_(cast.reception):
        _give(cast, first, bed)
        with pytest.raises(IntegrityError, match="one_person_per_bed"):
            _force(second, bed)
        with pytest.raises(services.BedTaken):
            _give(cast, second, bed)
        with pytest.raises(IntegrityError, match="one_bed_per_person"):
            _force(first, beds_of(bed.room.zone)[1])


@pytest.mark.slow
@pytest.mark.rule("P1-54")
def test_the_database_and_the_rules_refuse_the_same_people_in_every_zone(
    cast: Cast, as_: As
) -> None:
    house = a_house(cast)
    kinds = list(product(["male", "female", "unknown"], [9, 40], ["general", "isolation"]))
    people = [a_stay(cast, sex=s, years=y, health=h) for s, y, h in kinds]
    refused = 0
    with as_(cast.reception):
        for stay, zone in product(people, house.values()):
            bed = beds_of(zone)[0]
            found = zoning.conflicts(beds.sleeper_of(stay), beds.place_of(bed), [])
            if found:
                refused += 1
                with pytest.raises(IntegrityError, match=r"fits_the|isolation_is_apart"):
                    _force(stay, bed)
            else:
                _force(stay, bed)
                BedStay.objects.all().delete()
    assert refused == 45


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        (("female", 40), ("female", 9), "minors_apart_from_strangers"),
        (("female", 40), ("male", 40), "sexes_apart_but_families"),
        (("unknown", 40), ("male", 40), "sexes_apart_but_families"),
    ],
)
def test_the_database_keeps_strangers_apart_in_a_room(
    cast: Cast, as_: As, first: tuple[str, int], second: tuple[str, int], name: str
) -> None:
    one, other = beds_of(a_zone(cast, "观察区", "any", "any"))[:2]
    stays = [a_stay(cast, sex=sex, years=years) for sex, years in (first, second)]
    with as_(cast.reception):
        _force(stays[0], one)
        with pytest.raises(IntegrityError, match=name):
            _force(stays[1], other)


def test_two_families_never_share_a_family_room(cast: Cast, as_: As) -> None:
    """A mother with a son of nine gets a room of their own; the next family another one."""
    rooms = beds_of(a_zone(cast, "家庭区", "any", "any", is_family=True))
    mother = a_stay(cast, sex="female", years=34)
    son = a_stay(cast, sex="male", years=9, with_stay=mother)
    stranger = a_stay(cast, sex="female", years=30)
    with as_(cast.reception):
        _give(cast, mother, rooms[0])
        with pytest.raises(IntegrityError, match="one_family_per_family_room"):
            _force(stranger, rooms[2])
        _give(cast, son, rooms[1])
        with pytest.raises(services.BedRefused, match="另一家人"):
            _give(cast, stranger, rooms[2])


def test_a_zone_keeps_what_it_takes_while_somebody_sleeps_there(cast: Cast, as_: As) -> None:
    zone = a_zone(cast, "男区", "male", "adult")
    stay = a_stay(cast)
    with as_(cast.station_head):
        services.give_bed(
            actor=cast.station_head.actor, at=clock.now(), stay=stay, bed=beds_of(zone)[0]
        )
        with pytest.raises(services.HouseRefused):
            services.change_zone(
                actor=cast.station_head.actor,
                at=clock.now(),
                zone=zone,
                name="女区",
                sex="female",
                ages="adult",
                health="general",
                is_family=False,
            )


# -- the exception ------------------------------------------------------------------------------


def _mother_and_child(cast: Cast, years: int) -> tuple[Stay, Stay, list[Bed]]:
    rooms = beds_of(a_zone(cast, "女区", "female", "adult"))
    mother = a_stay(cast, sex="female", years=28)
    child = a_stay(cast, sex="male", years=years, with_stay=mother)
    return mother, child, rooms


@pytest.mark.slow
@pytest.mark.rule("P1-54")
def test_a_child_of_five_sleeps_with_its_mother_once_somebody_approved(cast: Cast, as_: As) -> None:
    mother, child, rooms = _mother_and_child(cast, 5)
    phone = services.Exemption("夜里哭闹要母亲", "石站长", is_by_phone=True)
    with as_(cast.reception):
        with pytest.raises(services.BedRefused, match="母亲不在"):
            _give(cast, child, rooms[1], exemption=phone)
        _give(cast, mother, rooms[0])
        assert [offer.bed.label for offer in beds.beside_mother(child)] == ["2", "3", "4"]
        with pytest.raises(services.BedRefused):
            _give(cast, child, rooms[1])
        with pytest.raises(services.BedRefused, match="批准人"):
            _give(cast, child, rooms[1], exemption=services.Exemption("哭闹", ""))
        row = _give(cast, child, rooms[1], exemption=phone)
        assert (row.exception, row.approved_by) == ("with_mother", "石站长")
        assert Duty.objects.get(kind="stay.approve_exception").state == "open"
        with pytest.raises(services.BedRefused, match="不能自己确认"):
            services.approve_exception(actor=cast.reception.actor, at=clock.now(), stay=child)
    with as_(cast.leader):
        services.approve_exception(actor=cast.leader.actor, at=clock.now(), stay=child)
        assert Duty.objects.get(kind="stay.approve_exception").state == "done"
        assert JournalEntry.objects.filter(verb="stays.bed.approve").count() == 1


def test_a_child_of_six_does_not_sleep_in_the_women_s_zone(cast: Cast, as_: As) -> None:
    mother, child, rooms = _mother_and_child(cast, 6)
    with as_(cast.reception):
        _give(cast, mother, rooms[0])
        with pytest.raises(services.BedRefused, match="6周岁"):
            _give(cast, child, rooms[1], exemption=services.Exemption("哭闹", "石站长"))


# -- offers, changes, going out -----------------------------------------------------------------


@pytest.mark.rule("P1-55")
def test_the_best_bed_is_suggested_with_its_reason(cast: Cast, as_: As) -> None:
    a_zone(cast, "男区", "male", "adult", beds=1)
    ramp = a_zone(cast, "无障碍男区", "male", "adult", beds=1, is_barrier_free=True)
    stay = a_stay(cast, has_limited_mobility=True)
    with as_(cast.reception):
        offers = beds.offers(stay)
        assert offers[0].bed.room.zone == ramp
        assert "无障碍房间" in offers[0].why
        assert "须有人协助" in offers[1].why
        assert (
            services.give_best_bed(actor=cast.reception.actor, at=clock.now(), stay=stay).bed
            == beds_of(ramp)[0]
        )


@pytest.mark.slow
@pytest.mark.rule("P1-55")
def test_who_needs_a_barrier_free_bed_and_lies_in_another_is_to_move(cast: Cast, as_: As) -> None:
    plain = beds_of(a_zone(cast, "男区", "male", "adult"))[0]
    ramp = beds_of(a_zone(cast, "无障碍男区", "male", "adult", is_barrier_free=True))[0]
    stay, other = a_stay(cast, has_limited_mobility=True), a_stay(cast)
    with as_(cast.reception):
        _give(cast, stay, plain)
        _give(cast, other, beds_of(plain.room.zone)[1])
    words, own = "床位不合适，要换床", f"/stays/{stay.public_id}/"
    assert page_for(cast.carer, "/stays/").content.decode().count(words) == 2, "on top, in the room"
    sees(page_for(cast.carer, own), words)
    sees(page_for(cast.station_head, "/stays/head/no_bed/"), words)
    with as_(cast.reception):
        _give(cast, stay, ramp)
    for player, url in ((cast.carer, "/stays/"), (cast.carer, own)):
        does_not_see(page_for(player, url), words)


def test_with_no_free_bed_the_clerk_reads_what_else_he_can_do(cast: Cast, as_: As) -> None:
    a_zone(cast, "女区", "female", "adult")
    stay = a_stay(cast)
    with as_(cast.reception), pytest.raises(services.NoFreeBed, match="邻近救助站"):
        services.give_best_bed(actor=cast.reception.actor, at=clock.now(), stay=stay)


def test_a_change_of_bed_frees_the_old_one_at_the_same_moment(cast: Cast, as_: As) -> None:
    rooms = beds_of(a_zone(cast, "男区", "male", "adult"))
    stay = a_stay(cast)
    with as_(cast.reception):
        _give(cast, stay, rooms[0])
        with clock.frozen(NIGHT + timedelta(hours=2)):
            _give(cast, stay, rooms[1])
        first, second = BedStay.objects.order_by("pk")
        assert first.period.upper == second.period.lower == NIGHT + timedelta(hours=2)


@pytest.mark.slow
def test_who_falls_ill_loses_a_bed_that_no_longer_fits(cast: Cast, as_: As) -> None:
    house = a_house(cast)
    stay = a_stay(cast)
    with as_(cast.medic):
        services.give_bed(
            actor=cast.medic.actor, at=clock.now(), stay=stay, bed=beds_of(house["men"])[0]
        )
        with clock.frozen(NIGHT + timedelta(hours=1)):
            services.change_needs(
                actor=cast.medic.actor,
                at=clock.now(),
                stay=stay,
                needs=Needs(sex="male", health="isolation"),
            )
            assert beds.current(stay) is None
            offers = beds.offers(stay)
            assert {offer.bed.room.zone for offer in offers} == {house["isolation"]}


def test_a_resident_goes_out_freely_and_the_bed_waits_for_him(cast: Cast, as_: As) -> None:
    bed = beds_of(a_zone(cast, "男区", "male", "adult"))[0]
    stay = a_stay(cast)
    actor = cast.carer.actor
    with as_(cast.carer):
        services.give_bed(actor=actor, at=NIGHT, stay=stay, bed=bed)
        with pytest.raises(services.StayRefused, match="晚于现在"):
            services.go_out(actor=actor, at=NIGHT, stay=stay, reason="errand", due_at=NIGHT)
        due = NIGHT + timedelta(hours=3)
        services.go_out(actor=actor, at=NIGHT, stay=stay, reason="errand", due_at=due)
        with pytest.raises(services.StayRefused, match="还没有返回"):
            services.go_out(actor=actor, at=NIGHT, stay=stay, reason="errand", due_at=due)
        assert beds.current(stay) is not None
        assert Duty.objects.get(kind="stay.return").due_at == due
        services.come_back(actor=actor, at=NIGHT + timedelta(hours=1), stay=stay)
        assert Duty.objects.get(kind="stay.return").state == "done"
        with pytest.raises(services.StayRefused):
            services.come_back(actor=actor, at=NIGHT, stay=stay)


def test_nobody_stays_in_two_stations_at_once(cast: Cast, as_: As) -> None:
    stay = a_stay(cast)
    with as_(cast.reception):
        case = stay.person.cases.get()
        with pytest.raises(services.StayRefused, match="在站登记"):
            services.enter(actor=cast.reception.actor, at=NIGHT, case=case, needs=Needs(sex="male"))


def test_a_bed_that_somebody_has_cannot_go_out_of_use(cast: Cast, as_: As) -> None:
    rooms = beds_of(a_zone(cast, "男区", "male", "adult"))
    stay, head = a_stay(cast), cast.station_head.actor
    with as_(cast.station_head):
        services.give_bed(actor=head, at=NIGHT, stay=stay, bed=rooms[0])
        with pytest.raises(services.HouseRefused, match="还有人"):
            services.close_bed(actor=head, at=NIGHT, bed=rooms[0], reason="床架坏了")
        services.close_bed(actor=head, at=NIGHT, bed=rooms[1], reason="床架坏了")
        assert "2" not in [offer.bed.label for offer in beds.offers(a_stay(cast))]
