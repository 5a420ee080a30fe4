"""The season calendar: who is refused first, then days, phases, levels, paper and feed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import signing
from django.urls import reverse

from nuantu.core import clock
from nuantu.core.actors import SYSTEM
from nuantu.operations import services
from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors import level_bands, month
from nuantu.operations.selectors.months import Band, Cell, Entry
from nuantu.operations.views.season_calendar import SALT
from tests.cast import BUREAU, COUNTY, Cast
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees

pytestmark = pytest.mark.django_db


def _url(operation: Operation, asked: str = "?month=2026-12") -> str:
    return reverse("operations:season_calendar", args=[operation.public_id]) + asked


def _feed(cast: Cast, *, of: Operation | None = None) -> str:
    user = cast.section_head.account
    what = [str(of.public_id)] if of else []
    parts = [str(user.public_id), user.get_session_auth_hash()[:16], *what]
    return reverse("operations:season_feed", args=[signing.dumps(parts, salt=SALT)])


def test_the_hospital_reads_no_season(cast: Cast, county_plan: Operation) -> None:
    area = reverse("operations:area_calendar")
    refused_for(cast.hospital, cast.police, cast.admin, url=area)
    refused_for(cast.hospital, cast.admin, url=_url(county_plan))


def test_another_county_does_not_find_the_plan_of_this_one(
    cast: Cast, county_plan: Operation
) -> None:
    not_found_for(cast.outsider, cast.other_patroller, url=_url(county_plan))
    page = page_for(cast.outsider, reverse("operations:area_calendar"))
    does_not_see(page, county_plan.title, str(county_plan.public_id))


def test_a_feed_with_a_wrong_or_old_key_is_not_found(cast: Cast, county_plan: Operation) -> None:
    browser = cast.nobody.browser()
    assert browser.get(reverse("operations:season_feed", args=["x"])).status_code == 404
    other = signing.dumps([cast.section_head.actor.public_id, "x"], salt=SALT)
    assert browser.get(reverse("operations:season_feed", args=[other])).status_code == 404
    url = _feed(cast, of=county_plan)
    assert browser.get(url).status_code == 200
    cast.section_head.account.set_password("Neues-Passwort-1")
    cast.section_head.account.save()
    assert browser.get(url).status_code == 404


def test_a_key_opens_no_plan_that_its_account_may_not_read(
    cast: Cast, county_plan: Operation
) -> None:
    user = cast.outsider.account
    parts = [str(user.public_id), user.get_session_auth_hash()[:16], str(county_plan.public_id)]
    url = reverse("operations:season_feed", args=[signing.dumps(parts, salt=SALT)])
    assert cast.nobody.browser().get(url).status_code == 404


def test_a_report_stands_on_its_day_with_every_office(
    cast: Cast, prefecture_plan: Operation
) -> None:
    page = page_for(cast.office, _url(prefecture_plan))
    owed = Duty.objects.filter(title="当地行动方案")
    assert owed.count() > 1
    sees(page, "当地行动方案", f"0/{owed.count()}", "P1 行动期", "冬至", "大雪")
    for duty in owed:
        sees(page, reverse("operations:duty", args=[duty.public_id]))


def test_a_promise_whose_duties_one_may_not_see_leads_to_its_rule(
    cast: Cast, prefecture_plan: Operation
) -> None:
    assert page_for(cast.township, _url(prefecture_plan)).status_code == 200
    page = page_for(cast.township, _url(prefecture_plan))
    rules = reverse("operations:rules", args=[prefecture_plan.public_id])
    sees(page, "当地行动方案", f"{rules}?q=P1-91")


def test_a_done_duty_says_so(cast: Cast, prefecture_plan: Operation) -> None:
    duty = Duty.objects.get(title="当地行动方案", owner_org=BUREAU)
    services.complete_duty(actor=cast.section_head.actor, at=clock.now(), duty=duty, note="")
    sees(page_for(cast.section_head, _url(prefecture_plan)), 'data-state="done"', "已办结")


def test_a_month_that_is_none_gives_the_season(cast: Cast, county_plan: Operation) -> None:
    for asked in ("?month=2026-13", "?month=x", "?month=9999-12", "?month=0001-01", ""):
        assert page_for(cast.patroller, _url(county_plan, asked)).status_code == 200


def test_an_empty_month_says_what_to_do(cast: Cast) -> None:
    page = page_for(cast.patroller, reverse("operations:area_calendar") + "?month=2026-07")
    sees(page, "这个月没有安排")


def test_the_area_shows_its_own_and_the_plans_above(cast: Cast, county_plan: Operation) -> None:
    page = page_for(cast.section_head, reverse("operations:area_calendar") + "?month=2026-12")
    sees(page, "P1 行动期", "P9 行动期", "放进手机或电脑的日历")


def test_counties_that_run_a_plan_together_share_one_band(
    cast: Cast, county_plan: Operation, evening: datetime
) -> None:
    services.start_plan(
        actor=SYSTEM, at=evening, text=county_plan.source_text, org_code="522622", year=2026
    )
    page = page_for(cast.office, reverse("operations:area_calendar") + "?month=2026-12")
    sees(page, "2个地区 P9 行动期")


def test_a_raised_level_is_a_band_from_its_first_to_its_last_day(cast: Cast) -> None:
    begins = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)
    for at, level in ((begins, "raised"), (begins + timedelta(days=3), "normal")):
        services.set_level(
            actor=SYSTEM, at=at, division_code=COUNTY, level=level, cause=None, reason="寒潮"
        )
    (band,) = level_bands([COUNTY], "", first=date(2026, 12, 1), last=date(2026, 12, 31))
    assert (band.first, band.last, band.kind) == (date(2026, 12, 9), date(2026, 12, 12), "raised")
    assert not level_bands([COUNTY], "", first=date(2026, 12, 13), last=date(2026, 12, 31))


def _cells(first: date, *entries: Entry) -> dict[date, Cell]:
    found = month(first, today=date(2026, 2, 1), entries=entries, bands=())
    return {cell.day: cell for week in found.weeks for cell in week.cells}


def test_days_carry_holidays_make_up_days_lunar_dates_and_terms() -> None:
    cells = _cells(date(2026, 2, 1))
    assert cells[date(2026, 2, 17)].lunar.zh == "正月"
    assert cells[date(2026, 2, 18)].lunar.en == "1/2"
    assert cells[date(2026, 2, 17)].holiday == "春节"
    assert cells[date(2026, 2, 14)].is_make_up
    assert not cells[date(2026, 2, 14)].is_rest
    term = cells[date(2026, 2, 4)].term
    assert term is not None
    assert (term.zh, term.en) == ("立春", "Start of Spring")


def test_a_band_is_cut_into_weeks() -> None:
    band = Band(date(2026, 12, 3), date(2026, 12, 15), "P1", "/", "phase")
    found = month(date(2026, 12, 1), today=date(2026, 12, 1), entries=(), bands=[band])
    pieces = [week.pieces[0] for week in found.weeks if week.pieces]
    assert [(one.column, one.span, one.begins, one.ends) for one in pieces] == [
        (4, 4, True, False),
        (1, 7, False, False),
        (1, 2, False, True),
    ]


def test_a_packaged_plan_has_its_own_calendar(cast: Cast) -> None:
    url = reverse("operations:library_calendar", args=["P1"])
    not_found_for(cast.patroller, url=reverse("operations:library_calendar", args=["P99"]))
    page = page_for(cast.patroller, url + "?year=2027&month=2027-12")
    sees(page, "当地行动方案", "2027-12-20")
    does_not_see(page, "放进手机或电脑的日历")
    assert page_for(cast.patroller, reverse("operations:library_calendar", args=["P8"]))


def test_paper_has_the_official_heading_and_no_navigation(
    cast: Cast, prefecture_plan: Operation
) -> None:
    page = page_for(cast.office, _url(prefecture_plan, "?month=2026-12&paper"))
    sees(page, "official__office", "当地行动方案", 'href="?month=2026-12"')
    does_not_see(page, "masthead")


def test_the_feed_has_phases_and_promises_as_whole_days(
    cast: Cast, prefecture_plan: Operation
) -> None:
    answer = cast.nobody.browser().get(_feed(cast, of=prefecture_plan))
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261220" in text
    assert "DTEND;VALUE=DATE:20261221" in text
    assert "P1 当地行动方案" in text
    assert "DTSTART;VALUE=DATE:20261201" in text
    assert "P1" in cast.nobody.browser().get(_feed(cast)).content.decode()


def test_the_calendar_speaks_english(cast: Cast, prefecture_plan: Operation) -> None:
    page = page_for(cast.office, _url(prefecture_plan), language="en")
    sees(page, "Season calendar", "Winter Solstice", "Next month")
