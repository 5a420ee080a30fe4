"""Nights that go wrong at the door and in the house, each as the issue names it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from nuantu.core import clock
from nuantu.operations.models import Duty
from nuantu.papers.models import Paper
from nuantu.papers.rules.values import thawed
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.persons.rules.ages import Age
from nuantu.stays import services
from nuantu.stays.models import BedStay, Belonging, Reception, Stay
from nuantu.stays.selectors import beds
from nuantu.stays.services.notices import issue_notice
from tests.cast import Cast
from tests.stays.house import (
    NIGHT,
    a_case_of,
    a_house,
    a_reception,
    a_stay,
    a_stay_in_bed,
    a_zone,
    beds_of,
)
from tests.web import page_for, sees, submits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
As = Callable[..., Any]
READY = {"security": "passed", "telling": "tells", "is_informed": True}
THREE = NIGHT + timedelta(hours=7)  # 3 a.m. in China


def _url(name: str, row: Any) -> str:
    return reverse(f"stays:{name}", args=[row.public_id])


def _admitted(cast: Cast, row: Reception, **kept: Any) -> Stay:
    actor, at = cast.reception.actor, clock.now()
    services.keep(actor=actor, at=at, reception=row, values={**READY, **kept})
    stay = services.decide(actor=actor, at=at, reception=row, decision="admitted")
    assert stay is not None
    return stay


class _PowerCut(Exception):
    """The machine stands still."""


@transaction.atomic
def _cut_off(cast: Cast, row: Reception) -> None:
    _admitted(cast, row)
    raise _PowerCut


@pytest.mark.slow
def test_without_a_free_bed_in_the_right_zone_at_three_he_is_in_and_the_page_says_what_else(
    cast: Cast, as_: As
) -> None:
    a_zone(cast, "男区", "male", "adult", beds=1)
    a_zone(cast, "女区", "female", "adult", beds=4)
    a_stay_in_bed(cast)
    with clock.frozen(THREE):
        row = a_reception(cast)
        with as_(cast.reception):
            stay = _admitted(cast, row)
            assert beds.current(stay) is None
            assert not beds.offers(stay)
        sees(page_for(cast.reception, _url("bed", stay)), "邻近救助站", "备用床位", "有人看护")
        sees(page_for(cast.carer, "/stays/"), "还没有床位", stay.person.called_as)


def test_a_mother_with_a_son_of_nine_gets_a_family_room_not_the_womens_zone(
    cast: Cast, as_: As
) -> None:
    zones = a_house(cast)
    mother = a_stay(cast, sex="female", years=34)
    son = a_stay(cast, sex="male", years=9, with_stay=mother)
    with as_(cast.reception):
        actor, womens = cast.reception.actor, beds_of(zones["women"])
        services.give_bed(actor=actor, at=NIGHT, stay=mother, bed=womens[0])
        with pytest.raises(services.BedRefused, match="家庭房间"):
            services.give_bed(
                actor=actor,
                at=NIGHT,
                stay=son,
                bed=womens[1],
                exemption=services.Exemption("跟着母亲", "潘带班"),
            )
        room = next(o.bed for o in beds.offers(mother) if o.bed.room.zone.is_family)
        services.give_bed(actor=actor, at=NIGHT + timedelta(minutes=1), stay=mother, bed=room)
        best = beds.offers(son)[0]
        assert (best.bed.room_id, best.option.reasons[0]) == (room.room_id, "family")


@pytest.mark.parametrize(("sex", "years"), [("unknown", 40), ("male", None)])
def test_of_unclear_sex_or_age_nobody_is_put_among_strangers(
    cast: Cast, as_: As, sex: str, years: int | None
) -> None:
    a_house(cast)
    sleeps_there = a_stay_in_bed(cast)
    stay = a_stay(cast, sex=sex, years=years)
    with as_(cast.reception):
        for offer in beds.offers(stay):
            taken = BedStay.objects.filter(room=offer.bed.room, period__endswith=None)
            strangers = taken.exclude(stay=stay)
            is_separate = offer.bed.room.zone.sex == "any"
            assert is_separate or (years is None and sex == offer.bed.room.zone.sex)
            if sex == "unknown":
                assert not strangers.exists()
        services.give_best_bed(actor=cast.reception.actor, at=NIGHT, stay=stay)
        assert beds.current(stay) is not None
        assert beds.current(sleeps_there) is not None


def test_a_weapon_is_kept_for_the_police_and_the_man_comes_in_without_it(
    cast: Cast, as_: As
) -> None:
    a_zone(cast, "男区", "male", "adult")
    row, actor = a_reception(cast), cast.reception.actor
    with as_(cast.reception):
        services.keep(actor=actor, at=NIGHT, reception=row, values={**READY, "security": "found"})
        with pytest.raises(services.ReceptionRefused, match="违禁品"):
            services.decide(actor=actor, at=NIGHT, reception=row, decision="admitted")
        knife = services.take_belonging(
            actor=actor, at=NIGHT, reception=row, kind="forbidden", item="砍刀"
        )
        stay = _admitted(cast, row)
        with pytest.raises(services.BelongingRefused, match="不归还"):
            services.end_belonging(
                actor=actor, at=NIGHT, belonging=knife, end="returned", is_signed_for=True
            )
        services.end_belonging(
            actor=actor, at=NIGHT, belonging=knife, end="to_police", note_text="大十字派出所签收"
        )
        assert stay.is_here
        assert Belonging.objects.get().end == "to_police"


def test_who_wants_to_go_at_night_goes(cast: Cast, as_: As) -> None:
    stay = a_stay_in_bed(cast)
    with as_(cast.reception), clock.frozen(THREE):
        services.leave(
            actor=cast.reception.actor,
            at=THREE,
            stay=stay,
            out=services.WayOut(way="self", is_declared=True),
            confirmed={"notices": "无匹配"},
        )
    other = a_stay(cast)
    with as_(cast.carer), clock.frozen(THREE):
        services.go_out(
            actor=cast.carer.actor,
            at=THREE,
            stay=other,
            reason="gone",
            due_at=THREE + timedelta(hours=2),
            note_text="不肯签字，劝说无效",
        )
        services.leave(
            actor=cast.reception.actor,
            at=THREE + timedelta(minutes=5),
            stay=other,
            out=services.WayOut(way="left_without_notice", facts="三点走的，已通知带班"),
            confirmed={"notices": "无匹配"},
        )
    assert not Stay.objects.filter(left_at=None).exists()


@pytest.mark.slow
def test_who_comes_back_within_the_month_is_known_and_stays_anew(cast: Cast, as_: As) -> None:
    first = a_stay_in_bed(cast)
    with as_(cast.reception):
        with clock.frozen(NIGHT + timedelta(days=2)):
            services.leave(
                actor=cast.reception.actor,
                at=clock.now(),
                stay=first,
                out=services.WayOut(way="self", is_declared=True),
                confirmed={"notices": "无匹配"},
            )
        with clock.frozen(NIGHT + timedelta(days=20)):
            row = services.receive(
                actor=cast.reception.actor,
                at=clock.now(),
                arrival_mode="self",
                person=first.person,
            )
    with clock.frozen(NIGHT + timedelta(days=20)):
        sees(page_for(cast.reception, _url("reception", row)), "以前来过", first.number)
        with as_(cast.reception):
            again = _admitted(cast, row)
            assert again.person == first.person
            assert again.number != first.number
            decide = Duty.objects.get(kind="stay.decide", subject_id=again.public_id, state="open")
            assert decide.opened_at == NIGHT + timedelta(days=20)


def test_two_records_of_one_human_are_linked_and_parted_again_and_the_stay_keeps_its_own(
    cast: Cast, as_: As
) -> None:
    stay, case = a_stay_in_bed(cast), a_case_of(cast, name="王小明")
    with as_(cast.leader):
        link = persons.link_persons(
            actor=cast.leader.actor,
            at=NIGHT,
            first=stay.person,
            second=case.person,
            reasons=["同一张照片"],
        )
    with as_(cast.reception):
        with pytest.raises(services.ReceptionRefused, match="已经在站"):
            services.receive(
                actor=cast.reception.actor, at=NIGHT, arrival_mode="self", person=case.person
            )
        assert Stay.objects.get().person == stay.person
    with as_(cast.leader):
        persons.undo_link(actor=cast.leader.actor, at=NIGHT, link=link, reason="年龄对不上")
    with as_(cast.reception):
        row = services.receive(
            actor=cast.reception.actor, at=NIGHT, arrival_mode="self", person=case.person
        )
        assert row.person == case.person
        assert BedStay.objects.get().stay == stay


@pytest.mark.slow
def test_a_registration_that_was_printed_says_what_changed_since(cast: Cast, as_: As) -> None:
    row = a_reception(cast, name="王小明", age=Age(40, 40, is_estimated=False))
    with as_(cast.reception):
        paper = issue_notice(
            actor=cast.reception.actor, at=NIGHT, code="help_registration", about=row
        )
        services.keep(
            actor=cast.reception.actor, at=NIGHT, reception=row, values={"trouble": "钱包丢了"}
        )
    url = reverse("papers:paper", args=[paper.public_id])
    sees(page_for(cast.reception, url), "出具后登记内容有变化")
    anew = reverse("papers:reissue", args=[paper.public_id])
    page = page_for(cast.reception, anew)
    sees(page, "钱包丢了")
    submits(cast.reception, anew, {"reason": "补充困难"})
    with as_(cast.reception):
        kept = Paper.objects.get()
        said = [thawed(v.values.open()).get("story") for v in kept.versions.order_by("version")]
    assert (kept.number, said) == (paper.number, [None, "钱包丢了"])


@pytest.mark.slow
def test_after_a_power_cut_the_intake_goes_on_where_it_stood(cast: Cast, as_: As) -> None:
    a_zone(cast, "男区", "male", "adult")
    row = a_reception(cast)
    sent = {"arrival_mode": "police", "health": "general", "trouble": "钱丢了"}
    cast.reception.browser().post(_url("keep", row), sent)

    with as_(cast.reception):
        with pytest.raises(_PowerCut):
            _cut_off(cast, row)
        kept = Reception.objects.get()
        assert (kept.state, kept.trouble) == ("open", "钱丢了")
        assert not Stay.objects.exists()
        assert not BedStay.objects.exists()
        assert not Duty.objects.filter(kind="stay.decide").exists()
    browser = cast.reception.browser()
    sees(page_for(browser, "/stays/door/"), "接待中", row.person.called_as)
    sees(page_for(browser, _url("reception", row)), "钱丢了")
    with as_(cast.reception):
        again = Case.objects.get(case_id=row.case_id).person
        assert _admitted(cast, Reception.objects.get()).person == again
