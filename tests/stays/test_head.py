"""The first screen of the head and the monthly form: every number opens to the people behind it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Duty
from nuantu.persons import services as persons
from nuantu.stays import services
from nuantu.stays.selectors import monthly, stock
from nuantu.stays.selectors.head import head_page, people_behind
from nuantu.stays.services.monthly import open_month_forms
from tests.cast import STATION, Cast
from tests.stays.house import NIGHT, a_stay, a_stay_in_bed, a_zone
from tests.stays.safety_house import a_hazard
from tests.web import does_not_see, page_for, refused_for, sees

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
MONTH = clock.local(NIGHT).date()


@pytest.mark.slow
def test_carers_and_the_street_have_another_first_screen(cast: Cast) -> None:
    for url in ("/stays/head/", "/stays/head/tonight/", "/stays/month/", "/stays/month/export/"):
        refused_for(cast.nobody, cast.carer, cast.patroller, url=url)


@pytest.mark.slow
def test_each_number_is_the_count_of_the_people_it_opens_to(cast: Cast, as_: As) -> None:
    stay = a_stay_in_bed(cast)
    a_stay(cast, sex="female", years=30)
    with as_(cast.carer):
        services.go_out(
            actor=cast.carer.actor,
            at=NIGHT,
            stay=stay,
            reason="errand",
            due_at=NIGHT + timedelta(hours=1),
        )
    with as_(cast.station_head), clock.frozen(NIGHT + timedelta(hours=2)):
        page = head_page(STATION, clock.now())
        assert len(page.numbers) == 10
        found = {one.code: one.value for one in page.numbers}
        for code, value in found.items():
            behind = people_behind(STATION, code, clock.now())
            assert behind is not None
            assert len(behind[1]) == value, code
    assert (found["tonight"], found["out"], found["late"], found["no_bed"]) == (1, 1, 1, 1)
    assert (found["women"], found["entered"], found["long"]) == (1, 2, 0)


@pytest.mark.slow
def test_the_head_begins_on_his_own_screen_with_what_is_due(cast: Cast) -> None:
    a_stay_in_bed(cast)
    a_hazard(cast)
    browser = cast.station_head.browser()
    assert browser.get("/").headers["Location"] == "/stays/head/"
    page = page_for(browser, "/stays/head/")
    sees(page, "今晚在站", "整改安全隐患", "男区", "空 3 / 共 4", "还没有启用物资库存")
    sees(page_for(cast.station_head.browser("en"), "/stays/head/"), "Here tonight", "No stock")


@pytest.mark.slow
def test_a_restricted_resident_is_masked_on_the_first_screen_and_in_the_form(
    cast: Cast, as_: As
) -> None:
    stay = a_stay_in_bed(cast)
    with as_(cast.leader):
        persons.restrict_person(
            actor=cast.leader.actor, at=NIGHT, person=stay.person, case=None, reason="工作人员亲属"
        )
    for url in ("/stays/head/", "/stays/month/helped/?month=2026-12"):
        page = page_for(cast.section_head, url)
        sees(page, "受限记录")
        does_not_see(page, stay.person.called_as)


def test_goods_that_run_low_are_told_by_whoever_keeps_them(cast: Cast) -> None:
    def teller(org: str, at: object) -> list[stock.StockWarning]:
        return [stock.StockWarning("棉被只剩 3 床", "/stays/", is_urgent=True)]

    assert stock.stock_warnings(STATION, NIGHT) is None
    stock.register_stock(teller)
    try:
        sees(page_for(cast.station_head, "/stays/head/"), "棉被只剩 3 床", "马上补")
    finally:
        stock.forget(teller)


@pytest.mark.slow
def test_the_form_counts_a_person_once_and_his_stays_twice(cast: Cast, as_: As) -> None:
    first = a_stay_in_bed(cast)
    a_stay(cast, sex="female", years=66)
    with as_(cast.station_head):
        form = monthly.month_form([STATION], MONTH, MONTH)
        found = {one.line.code: one for one in form.figures}
        assert (found["helped"].total, found["helped"].people) == (2, (0, 0, 2))
        assert (found["from_60"].total, found["still_here"].total) == (1, 2)
        for code, one in found.items():
            assert len(monthly.rows_behind([STATION], MONTH, code)) == one.total, code
        assert not monthly.month_form([STATION], MONTH - timedelta(days=40), MONTH).times
        assert monthly.month_form([STATION], MONTH + timedelta(days=40), MONTH).times == 2
    assert first.is_here


@pytest.mark.slow
def test_each_figure_of_the_form_opens_to_its_rows_and_the_sheet_is_journalled(
    cast: Cast,
) -> None:
    stay = a_stay_in_bed(cast)
    page = page_for(cast.section_head, "/stays/month/?month=2026-12")
    sees(page, "本月受助总人数", "教育矫治", reverse("stays:month_rows", args=["male"]))
    sees(page_for(cast.section_head, "/stays/month/?month=9999-12"), "本月未完")
    rows = page_for(cast.section_head, f"/stays/month/male/?station={STATION}&month=2026-12")
    sees(rows, reverse("stays:detail", args=[stay.public_id]))
    answer = cast.section_head.browser().get("/stays/month/export/?month=2026-12")
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    with scope.system("the test reads the journal"):
        assert JournalEntry.objects.filter(verb="stays.month.export").count() == 1
        look = JournalEntry.objects.get(verb="stays.month.read")
    assert (look.owner_org, look.actor_name) == (STATION, cast.section_head.actor.name)
    assert look.summary == "查看月报 2026-12 的人员：男性"


def test_the_form_of_last_month_is_owed_on_its_day(cast: Cast) -> None:
    a_zone(cast, "男区", "male", "adult")
    at = NIGHT - timedelta(days=7)
    with clock.frozen(at), scope.system("the nightly job"):
        assert (open_month_forms(at=at), open_month_forms(at=at)) == (1, 0)
        assert open_month_forms(at=NIGHT) == 0
    assert clock.local(Duty.objects.get(kind="stay.month").due_at).day == 5
