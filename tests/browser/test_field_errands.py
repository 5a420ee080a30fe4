"""Revisits on a phone without signal: what is asked is seen, what is typed survives, one press keeps it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from nuantu.core import clock, scope
from nuantu.core.erasure import opened
from nuantu.homeward.models import LedgerVisit
from tests.browser.field import App, all_applied
from tests.browser.line import cut
from tests.cast import Cast
from tests.fieldwork.test_errands import on_the_train
from tests.homeward.keeping import an_entry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_keeper_puts_a_revisit_down_where_there_is_no_signal(
    people: Cast, app_of: Callable[..., App]
) -> None:
    """What an answer asks for is asked, and what was typed is there after the page was killed."""
    entry = an_entry(people)
    with scope.system("a test moves a day"):
        entry.next_date = clock.local(clock.now()).date() - timedelta(days=1)
        entry.save(update_fields=["next_date"])
    app = app_of(people.township).enrol()
    app.line.fault = cut
    row = app.page.locator("[data-errand]")
    expect(row).to_contain_text("样阿贵")
    expect(row).to_contain_text("已过期限")
    row.get_by_role("button", name="登记回访").click()
    form = app.page.locator("#errand")
    form.locator("label", has_text="没有见到").click()
    expect(form.locator("[name=life]")).to_be_hidden()
    form.locator("label", has_text="见到或联系到本人").click()
    form.get_by_role("button", name="存到手机").click()
    expect(form.locator("[name=life]")).to_be_focused()
    form.locator("[name=life]").fill("一个人住，邻居送饭")
    expect(app.page.locator("#errand")).to_be_visible()
    app.page.wait_for_timeout(500)  # a draft is sealed a third of a second after the last key
    app.kill().unlock()
    expect(app.page.locator("#errand [name=life]")).to_have_value("一个人住，邻居送饭")
    app.page.locator("#errand [name=health]").fill("按时服药")
    app.press("存到手机").shows("shift")
    expect(app.page.locator("[data-errand]")).to_have_count(0)
    app.line.fault = None
    app.hurry().wait_sent()
    assert all_applied(app) == ["errand.revisit"]
    with scope.system("a test looks"):
        (visit,) = LedgerVisit.objects.all()
        assert opened(visit.health) == "按时服药"


def test_a_carer_who_brings_somebody_home_finds_it_above_the_round(
    people: Cast, app_of: Callable[..., App]
) -> None:
    """The phone of the house opens with the round; the way home stands on it too."""
    plan = on_the_train(people)
    app = app_of(people.carer).enrol(home="house")
    app.line.fault = cut
    row = app.page.locator("[data-errand]")
    expect(row).to_contain_text(plan.person.called_as)
    row.get_by_role("button").click()
    form = app.page.locator("#errand")
    form.locator("label", has_text="途中走失").click()
    expect(form.locator("[name=place]")).to_have_value("")
    form.get_by_role("button", name="存到手机").click()
    expect(app.page.locator("[data-toasts] p")).to_have_text("还没有填：在哪里")
