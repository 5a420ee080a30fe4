"""A grid worker looks over his area on the phone, from the list to the report, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from nuantu.accounts.models import User
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock, scope
from nuantu.patrols import services
from nuantu.patrols.models import SweepArea, SweepReport
from nuantu.patrols.rules.sweeps import Part
from tests.cast import TOWNSHIP, Cast, Player
from tests.patrols import sweeps

pytestmark = [pytest.mark.django_db(transaction=True)]
WORDS = {
    "zh": ("开始排查", "见到人，或有人住过", "看过几处", "看完了，上报", "已上报"),
    "en": (
        "Begin",
        "Somebody found, or slept here",
        "Places looked at",
        "Done: report",
        "Reported",
    ),
}


def _a_grid_worker(people: Cast) -> Player:
    """龙网格员 with an account, and 南花村 given to him."""
    user = User.objects.create(
        login="grid", name="龙网格员", organisation_id=TOWNSHIP, roles=["grid_worker"], password="!"
    )
    sweeps.the_villages()
    area, actor = sweeps.an_area(people), people.township.actor
    with scope.enter(scope.of_actor(actor)):
        parts = [Part("南花村", person="龙网格员"), Part("板溪村")]
        services.cut_area(actor=actor, at=clock.now(), area=area, parts=parts)
    found = User.objects.select_related("organisation__division").get(pk=user.pk)
    return Player("grid", user.name, actor_for(found), found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_grid_worker_goes_from_his_list_to_the_report(
    people: Cast, page_at: Callable[..., Page], sign_in: Callable[[Page, Player], Page], lang: str
) -> None:
    begin, found, looked, report, reported = WORDS[lang]
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
    assert (done.handed_by, done.finds.count(), area.state) == ("龙网格员", 1, "reported")
