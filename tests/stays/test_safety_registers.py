"""Incidents, holds and food samples are found by word and day, also long afterwards, and leave as Excel."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.stays.models import FoodSample
from tests.cast import Cast
from tests.stays.custody import a_hold, an_incident
from tests.stays.house import NIGHT
from tests.stays.safety_house import a_kept_meal
from tests.web import does_not_see, page_for, refused_for, sees

pytestmark = pytest.mark.django_db


def test_registers_of_a_station_are_not_for_everybody(cast: Cast) -> None:
    refused_for(cast.patroller, url=reverse("stays:sample_register"))
    refused_for(cast.carer, cast.medic, url=reverse("stays:video"))


@pytest.mark.slow
def test_an_incident_and_a_hold_are_found_by_word_and_day(cast: Cast) -> None:
    an_incident(cast)
    a_hold(cast)
    url = reverse("stays:incidents")
    today = clock.local(NIGHT).date()
    sees(page_for(cast.station_head, f"{url}?q=推倒&kind=assault"), "殴打工作人员")
    found = page_for(cast.station_head, f"{url}?from_date={today + timedelta(days=1)}")
    sees(found, "没有站内事件")
    does_not_see(page_for(cast.outsider, url), "一楼大厅")
    sees(page_for(cast.leader, f"{reverse('stays:video')}?q=公安"), "值班员被推倒")
    does_not_see(page_for(cast.leader, f"{reverse('stays:video')}?q=厨房"), "值班员被推倒")
    for address in (url, reverse("stays:video")):
        sheet = cast.leader.browser().get(f"{address}?export=xlsx")
        assert sheet.headers["Content-Type"].endswith("sheet")


@pytest.mark.slow
def test_a_sample_of_last_month_stands_in_the_register(cast: Cast) -> None:
    meal = a_kept_meal(cast)
    with scope.system("the test reads a sample"):
        row = meal.samples.order_by("pk")[0]
    kitchen, register = reverse("stays:kitchen"), reverse("stays:sample_register")
    with clock.frozen(NIGHT + timedelta(days=30)):
        with scope.system("the worker took it out"):
            FoodSample.objects.filter(pk=row.pk).update(
                taken_out_at=NIGHT + timedelta(days=2), taken_out_by="厨师", out_kind="due"
            )
        does_not_see(page_for(cast.station_head, kitchen), row.dish)
        sees(page_for(cast.station_head, f"{register}?q={row.dish}"), row.dish, "厨师")
        sees(page_for(cast.station_head, f"{register}?q=没有这道菜"), "没有找到留样")
    assert cast.station_head.browser().get(f"{register}?export=xlsx").status_code == 200
