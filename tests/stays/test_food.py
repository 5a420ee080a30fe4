"""Food samples: in with their weight, out not before their time, locked on suspicion."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from nuantu.core import clock
from nuantu.operations.models import Duty
from nuantu.operations.services import complete_duty
from nuantu.stays.models import FoodIllness, FoodSample, Hazard, KitchenMeal
from nuantu.stays.services import safety
from tests.cast import Cast
from tests.stays.house import NIGHT
from tests.stays.safety_house import a_kept_meal, a_meal, a_suspicion
from tests.web import (
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
LATER = NIGHT + timedelta(hours=50)


def _open(kind: str) -> int:
    return Duty.objects.filter(kind=kind, state="open").count()


def test_a_sample_that_is_too_light_is_refused_without_a_reason(cast: Cast, as_: As) -> None:
    meal = a_meal(cast)
    with as_(cast.carer), pytest.raises(safety.SampleRefused, match="不到125克"):
        safety.put_in(actor=cast.carer.actor, at=NIGHT, meal=meal, grams={"白菜豆腐": 100})
    assert not FoodSample.objects.exists()


def test_a_meal_of_today_is_not_served_hours_before_it_is_cooked(cast: Cast, as_: As) -> None:
    served = {"dishes": "白菜豆腐", "people_count": "20", "served_date": "2026-12-09"}
    with clock.frozen(NIGHT - timedelta(hours=9)):  # 11:00 there
        submit_refused_leaving(
            cast.carer,
            reverse("stays:meal_new"),
            served | {"meal": "supper"},
            unchanged=KitchenMeal.objects.count,
            says="还没到时间：晚餐从",
        )
        submits(cast.carer, reverse("stays:meal_new"), served | {"meal": "lunch"})
        yesterday = served | {"meal": "supper", "served_date": "2026-12-08"}
        submits(cast.carer, reverse("stays:meal_new"), yesterday)
    with as_(cast.carer):
        assert KitchenMeal.objects.count() == 2


def test_a_locked_sample_leaves_for_a_laboratory_by_the_head_alone(cast: Cast, as_: As) -> None:
    a_kept_meal(cast)
    a_suspicion(cast)
    sample = FoodSample.objects.get()
    url = reverse("stays:sample_out", args=[sample.public_id])
    for player, how in ((cast.carer, "handed"), (cast.medic, "handed"), (cast.station_head, "due")):
        answer = player.browser().post(url, {"out_kind": how, "reason": "州疾控"})
        assert answer.status_code == 422
        assert "封存前" in answer.content.decode()
    with as_(cast.carer):
        assert safety.take_out_due(actor=cast.carer.actor, at=LATER) == 0
    submits(cast.station_head, url, {"out_kind": "handed", "reason": "州疾控"})
    sample.refresh_from_db()
    assert (sample.out_kind, sample.is_locked) == ("handed", True)


def test_the_database_keeps_a_locked_sample_and_its_lock(cast: Cast) -> None:
    a_kept_meal(cast)
    a_suspicion(cast)
    rows = FoodSample.objects.filter(is_locked=True)
    out = {"taken_out_at": LATER, "taken_out_by": "某人", "out_kind": "due"}
    with pytest.raises(IntegrityError, match="locked_stays_in"), transaction.atomic():
        rows.update(**out)
    with pytest.raises(IntegrityError, match="sample is locked"), transaction.atomic():
        rows.update(is_locked=False)
    with pytest.raises(IntegrityError, match="sample is locked"), transaction.atomic():
        rows.delete()


def test_a_sample_is_not_thrown_away_before_its_time(cast: Cast, as_: As) -> None:
    a_kept_meal(cast)
    sample = FoodSample.objects.get()
    almost = NIGHT + timedelta(hours=47, minutes=59)
    with as_(cast.carer):
        with pytest.raises(safety.SampleRefused, match="还没有留够"):
            safety.take_out(actor=cast.carer.actor, at=almost, sample=sample, out_kind="due")
        with pytest.raises(safety.SampleRefused, match="原因"):
            safety.take_out(actor=cast.carer.actor, at=almost, sample=sample, out_kind="early")


@pytest.mark.rule("S1-24")
def test_each_dish_of_a_meal_leaves_a_sample_or_the_promise_stays_open(cast: Cast, as_: As) -> None:
    meal = a_meal(cast, "白菜", "米饭")
    assert Duty.objects.get(kind="food.sample").due_at == NIGHT + timedelta(minutes=60)
    with as_(cast.carer):
        safety.put_in(actor=cast.carer.actor, at=NIGHT, meal=meal, grams={"白菜": 130})
        assert _open("food.sample") == 1
        safety.put_in(actor=cast.carer.actor, at=NIGHT, meal=meal, grams={"米饭": 125})
    assert _open("food.sample") == 0
    assert not Hazard.objects.exists()


def test_a_light_sample_with_its_reason_is_kept_as_a_finding(cast: Cast, as_: As) -> None:
    meal = a_meal(cast)
    with as_(cast.carer):
        safety.put_in(
            actor=cast.carer.actor, at=NIGHT, meal=meal, grams={"白菜豆腐": 90}, reason="分完了"
        )
    found = Hazard.objects.get()
    assert (found.source, found.what) == ("food", "留样不足：白菜豆腐（分完了）")
    with translation.override("en"):
        assert found.said.startswith("Sample too light: 白菜豆腐")
        assert found.place_said == "Kitchen"


def test_a_missing_sample_is_owned_up_to_and_mended(cast: Cast, as_: As) -> None:
    meal = a_meal(cast)
    with as_(cast.carer):
        safety.admit_gap(actor=cast.carer.actor, at=NIGHT, meal=meal, reason="忘了")
    assert Hazard.objects.get().what == "未留样：白菜豆腐：忘了"
    assert (_open("food.sample"), _open("safety.hazard")) == (0, 1)


def test_a_sample_thrown_away_early_is_a_finding(cast: Cast, as_: As) -> None:
    a_kept_meal(cast)
    with as_(cast.carer):
        safety.take_out(
            actor=cast.carer.actor,
            at=NIGHT + timedelta(hours=5),
            sample=FoodSample.objects.get(),
            out_kind="early",
            reason="冰箱坏了",
        )
    assert Hazard.objects.get().what.startswith("留样提前取出")


def test_samples_whose_time_is_over_leave_together(cast: Cast, as_: As) -> None:
    a_kept_meal(cast)
    with as_(cast.carer):
        assert safety.take_out_due(actor=cast.carer.actor, at=NIGHT) == 0
        assert safety.take_out_due(actor=cast.carer.actor, at=LATER) == 1


@pytest.mark.rule("S1-23")
def test_a_suspicion_locks_the_fridge_and_owes_the_notices_of_the_law(cast: Cast) -> None:
    a_kept_meal(cast)
    a_suspicion(cast)
    assert FoodSample.objects.get().is_locked
    owed = Duty.objects.filter(kind="food.notice", state="open")
    assert {duty.due_at for duty in owed} == {NIGHT + timedelta(minutes=120)}
    assert {duty.title.partition("：")[2] for duty in owed} == {
        "报告市场监管部门",
        "报告卫生健康部门",
        "报告主管民政局",
    }


@pytest.mark.slow
def test_whoever_falls_ill_later_is_added_and_told_again(cast: Cast, as_: As) -> None:
    """The number on the page was that of the first hour, and the authorities never heard of the rest."""
    row = a_suspicion(cast)
    url = reverse("stays:suspicion_more", args=[row.public_id])
    refused_for(cast.patroller, url=url)
    not_found_for(cast.outsider, url=url)
    submits(cast.carer, url, {"ill_count": "1", "signs": "晚饭后腹泻"})
    assert _open("food.notice") == 3, "nobody was told yet: they hear the new number at once"
    first = Duty.objects.filter(kind="food.notice").order_by("pk")[0]
    with as_(cast.station_head):
        complete_duty(actor=cast.station_head.actor, at=NIGHT, duty=first)
    submits(cast.carer, url, {"ill_count": "2", "signs": "夜里发烧"})
    again = Duty.objects.filter(kind="food.notice").latest("pk")
    assert again.title == f"疑似食物中毒又有病人：{first.title.partition('：')[2]}"
    assert _open("food.notice") == 3
    sees(page_for(cast.carer, "/stays/kitchen/"), "5 人不舒服", "晚饭后腹泻", "夜里发烧")
    with as_(cast.station_head):
        safety.release(actor=cast.station_head.actor, at=NIGHT, suspicion=row, outcome="阴性")
    submit_refused_leaving(
        cast.carer,
        url,
        {"ill_count": "1", "signs": "又一人"},
        unchanged=lambda: FoodIllness.objects.count(),
        says="另行登记",
    )


def test_only_the_end_of_the_suspicion_opens_the_fridge(cast: Cast, as_: As) -> None:
    a_kept_meal(cast)
    row = a_suspicion(cast)
    head = cast.station_head
    with as_(head):
        with pytest.raises(safety.SuspicionRefused, match="结果"):
            safety.release(actor=head.actor, at=NIGHT, suspicion=row, outcome=" ")
        safety.release(actor=head.actor, at=LATER, suspicion=row, outcome="疾控：阴性")
        assert safety.take_out_due(actor=head.actor, at=LATER) == 1


def test_what_is_put_in_while_poisoning_is_suspected_is_locked_too(cast: Cast, as_: As) -> None:
    a_suspicion(cast)
    a_kept_meal(cast)
    assert FoodSample.objects.get().is_locked
    with as_(cast.medic), pytest.raises(safety.SuspicionRefused, match="已经有一次"):
        safety.suspect(actor=cast.medic.actor, at=NIGHT, ill_count=1, signs="又一人")
