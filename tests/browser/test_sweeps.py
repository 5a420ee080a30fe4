"""A grid worker looks over his area on the phone, from the list to the report, and his township looks at
it on hers, in both languages."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.operations.services import start_plan
from nuantu.patrols.models import SweepArea, SweepReport
from nuantu.planbook import files
from tests.cast import BUREAU, Cast, Player
from tests.patrols import sweeps

pytestmark = [pytest.mark.django_db(transaction=True)]
WORDS = {
    "zh": ("开始排查", "见到人，或有人住过", "看过几处", "看完了，上报", "已上报", "查看通过"),
    "en": (
        "Begin",
        "Somebody found, or slept here",
        "Places looked at",
        "Done: report",
        "Reported",
        "Pass",
    ),
}


def _a_grid_worker(people: Cast) -> Player:
    """龙网格员 with 南花村 given to him, under a plan by which his township supervises villages."""
    at = clock.now()
    today, text = clock.local(at).date(), files.packaged_text("P2")
    start_plan(actor=SYSTEM, at=at, text=text, org_code=BUREAU, year=today.year, shift_to=today)
    sweeps.a_village(people)
    return sweeps.a_grid_worker()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_grid_worker_goes_from_his_list_to_the_report(
    people: Cast, page_at: Callable[..., Page], sign_in: Callable[[Page, Player], Page], lang: str
) -> None:
    begin, found, looked, report, reported, passed = WORDS[lang]
    page = sign_in(page_at(390, lang), _a_grid_worker(people))
    page.goto("/")
    expect(page.get_by_text("板溪村")).to_have_count(0)
    page.get_by_role("link", name="南花村").click()
    page.get_by_role("button", name=begin).click()
    page.get_by_text(found).click()
    page.locator("[name=place]").fill("老桥下")
    page.locator("form[action*='/finds/'] button.button--big").click()
    expect(page.get_by_text("老桥下")).to_be_visible()
    page.locator("summary", has_text=looked).click()
    page.locator("[name=bridge_culvert]").fill("2")
    page.locator("form[action*='/looks/'] button.button--big").click()
    page.locator("summary", has_text=report).click()
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    page.locator("form[action*='/hand-in/'] button.button--big").click()
    expect(page.get_by_text(reported).first).to_be_visible()
    with scope.system("a test looks"):
        done = SweepReport.objects.get()
        area = SweepArea.objects.get(pk=done.area_id)
    assert (done.handed_by, done.finds.count(), area.state) == ("龙网格员", 1, "checking")
    page = sign_in(page_at(390, lang), people.township)
    page.goto(reverse("patrols:sweep_mine"))
    page.locator("a[href$='#check']").click()
    page.locator("[name=word]").fill("电话问过村里")
    page.locator("[name=spot]").fill("老桥下")
    page.get_by_role("button", name=passed).click()
    expect(page.get_by_text("电话问过村里").first).to_be_visible()
    with scope.system("a test looks"):
        area.refresh_from_db()
    assert area.state == "reported"
