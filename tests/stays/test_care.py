"""The care log, menus and bedding as the services keep them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nuantu.core import clock
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Duty
from nuantu.stays import services as stays
from nuantu.stays.models import Bed, BeddingChange, CareEntry, Menu
from nuantu.stays.selectors.care import day, house
from nuantu.stays.services import care as services
from tests.cast import COUNTY, STATION, Cast
from tests.stays.house import NIGHT, a_stay, a_stay_in_bed

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
SUPPER = services.Deed("meal", "supper")
MEALS = ("粥、咸菜", "白菜炖豆腐、米饭", "面条、青菜")


def test_a_man_may_not_wash_a_woman_whatever_writes_the_row(cast: Cast, as_: As) -> None:
    woman, man = a_stay(cast, sex="female", years=30), a_stay(cast)
    with as_(cast.carer):
        actor = cast.carer.actor
        for stays_washed in ({woman: "given"}, {man: "given", woman: "given"}):
            with pytest.raises(services.CareRefused, match="女工作人员"):
                services.log_round(
                    actor=actor, at=NIGHT, deed=services.Deed("wash"), outcomes=stays_washed
                )
        services.note_care(actor=actor, at=NIGHT, stay=man, deed=services.Deed("wash"))
        by_woman = services.Deed("wash", is_by_woman=True)
        entry = services.note_care(actor=actor, at=NIGHT, stay=woman, deed=by_woman)
        entry.is_by_woman = False
        with pytest.raises(IntegrityError), transaction.atomic():
            entry.save()


@pytest.mark.rule("P1-55")
@pytest.mark.rule("S1-41")
def test_one_round_puts_down_everybody_and_a_second_one_corrects_it(cast: Cast, as_: As) -> None:
    eats, wants_none, _out = a_stay(cast), a_stay(cast), a_stay(cast)
    before = JournalEntry.objects.count()
    with as_(cast.carer):
        actor = cast.carer.actor
        services.log_round(
            actor=actor, at=NIGHT, deed=SUPPER, outcomes={eats: "given", wants_none: "refused"}
        )
        assert JournalEntry.objects.count() == before + 1
        shown = day.today(STATION, COUNTY, NIGHT)
        assert (shown.slot, shown.waiting, shown.here) == ("supper", 1, 3)
        services.log_round(actor=actor, at=NIGHT, deed=SUPPER, outcomes={wants_none: "given"})
        assert CareEntry.objects.filter(outcome="given").count() == 2


def test_a_meal_is_put_down_no_sooner_than_an_hour_before_it_is_served(cast: Cast, as_: As) -> None:
    """One press at noon, on the tablet or the page, had everybody eat a supper that nobody had cooked."""
    stay, actor = a_stay(cast), cast.carer.actor
    early = clock.local(NIGHT).replace(hour=16, minute=29, second=0, microsecond=0)
    with as_(cast.carer):
        with pytest.raises(services.CareRefused, match="晚餐从 16:30 起"):
            services.log_round(actor=actor, at=early, deed=SUPPER, outcomes={stay: "given"})
        with pytest.raises(services.CareRefused, match="晚餐从 16:30 起"):
            services.note_care(actor=actor, at=early, stay=stay, deed=SUPPER)
        meals = day.today(STATION, COUNTY, early).meals
        assert [(one.slot, one.opens) for one in meals] == [
            ("breakfast", ""),
            ("lunch", ""),
            ("supper", "16:30"),
        ]
        in_time = early + timedelta(minutes=1)
        services.log_round(actor=actor, at=in_time, deed=SUPPER, outcomes={stay: "given"})


def test_nothing_is_put_down_for_somebody_who_left(cast: Cast, as_: As) -> None:
    stay = a_stay(cast)
    stay.left_at = NIGHT
    with as_(cast.carer), pytest.raises(services.CareRefused, match="已经离站"):
        services.note_care(actor=cast.carer.actor, at=NIGHT, stay=stay, deed=SUPPER)


def test_an_observation_says_what_was_seen(cast: Cast, as_: As) -> None:
    stay, actor = a_stay(cast), cast.carer.actor
    with as_(cast.carer):
        seen = services.Deed("observation")
        with pytest.raises(services.CareRefused, match="请写明"):
            services.note_care(actor=actor, at=NIGHT, stay=stay, deed=seen, note_text=" ")
        services.note_care(actor=actor, at=NIGHT, stay=stay, deed=seen, note_text="夜里醒了三次")
        assert "夜里" not in str(JournalEntry.objects.latest("recorded_at").changes)


def test_an_incident_calls_whoever_is_in_charge_and_says_nothing_of_it(cast: Cast, as_: As) -> None:
    stay = a_stay(cast)
    with as_(cast.carer):
        services.note_care(
            actor=cast.carer.actor,
            at=NIGHT,
            stay=stay,
            deed=services.Deed("incident"),
            note_text="两人在食堂打架",
        )
        duty = Duty.objects.get(kind="stay.incident")
        assert NIGHT < duty.due_at <= NIGHT + timedelta(hours=1)
        assert "打架" not in duty.title


@pytest.mark.rule("P9-27")
def test_who_cannot_look_after_himself_stands_on_the_board_until_he_was_helped(
    cast: Cast, as_: As
) -> None:
    stay = a_stay(cast, care_level="full")
    with as_(cast.carer):
        assert day.today(STATION, COUNTY, NIGHT).to_help == 1
        services.note_care(actor=cast.carer.actor, at=NIGHT, stay=stay, deed=services.Deed("help"))
        assert day.today(STATION, COUNTY, NIGHT).to_help == 0


@pytest.mark.rule("P14-19")
def test_no_two_days_near_each_other_have_the_same_menu(cast: Cast, as_: As) -> None:
    actor, today = cast.carer.actor, date(2026, 12, 9)
    with as_(cast.carer):
        put: dict[str, Any] = {"actor": actor, "at": NIGHT}
        services.put_menu(**put, on_date=today, meals=MEALS)
        with pytest.raises(services.MenuRefused, match="2026-12-09"):
            services.put_menu(**put, on_date=today + timedelta(days=3), meals=MEALS)
        services.put_menu(**put, on_date=today + timedelta(days=3), meals=(*MEALS[:2], "饺子"))
        services.put_menu(**put, on_date=today, meals=MEALS)
        with pytest.raises(services.MenuRefused, match="过去"):
            services.put_menu(**put, on_date=today - timedelta(days=1), meals=MEALS)
        with pytest.raises(services.MenuRefused, match="三餐"):
            services.put_menu(**put, on_date=today, meals=("粥", " ", "面"))
    assert Menu.objects.count() == 2


def test_bedding_is_due_every_week_and_when_somebody_left(cast: Cast, as_: As) -> None:
    stay, actor = a_stay_in_bed(cast), cast.carer.actor
    with as_(cast.carer):
        assert not house.bedding(STATION, COUNTY, NIGHT).due
        week = NIGHT + timedelta(days=7)
        (line,) = house.bedding(STATION, COUNTY, week).due
        services.change_bedding(actor=actor, at=week, beds=[line.bed])
        assert not house.bedding(STATION, COUNTY, week).due
        with clock.frozen(week + timedelta(days=1)):
            stays.free_bed(actor=actor, at=clock.now(), stay=stay, why="离站")
            (line,) = house.bedding(STATION, COUNTY, clock.now()).due
            assert line.is_after_leaving
        with pytest.raises(services.BeddingRefused, match="勾选"):
            services.change_bedding(actor=actor, at=week, beds=[])
    assert BeddingChange.objects.count() == 1


def test_another_station_reads_nothing_of_the_house(cast: Cast, as_: As) -> None:
    stay, actor = a_stay_in_bed(cast), cast.carer.actor
    with as_(cast.carer):
        services.log_round(actor=actor, at=NIGHT, deed=SUPPER, outcomes={stay: "given"})
        services.put_menu(actor=actor, at=NIGHT, on_date=date(2026, 12, 9), meals=MEALS)
        services.change_bedding(actor=actor, at=NIGHT, beds=[Bed.objects.all()[0]])
    with as_(cast.outsider):
        assert not CareEntry.objects.exists()
        assert not Menu.objects.exists()
        assert not BeddingChange.objects.exists()
