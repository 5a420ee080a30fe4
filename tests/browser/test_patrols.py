"""A patrol on the team's phone in a real browser: the phone says where it is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from nuantu.core import clock, scope
from nuantu.patrols import services
from nuantu.patrols.models import PatrolRoute, PatrolVisit
from tests import builders
from tests.builders import PATROL
from tests.cast import Cast, Player, assemble
from tests.clips import MP4, clip

pytestmark = [pytest.mark.django_db(transaction=True)]
# Notes that the page was told its position, so that the test presses after that and not before.
NOTICE = """
const watch = navigator.geolocation.watchPosition.bind(navigator.geolocation);
navigator.geolocation.watchPosition = (found, ...more) =>
  watch((position) => { found(position); document.documentElement.dataset.isPlaced = "yes"; }, ...more);
"""
BRIDGE = (26.5742, 107.9781)


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


def _a_route_now(people: Cast) -> None:
    """The route of a planned night, moved to now: the server of the browser has no frozen clock."""
    route = builders.a_patrol_route(people)
    now = clock.now()
    with scope.system("a test moves a night"):
        PatrolRoute.objects.filter(pk=route.pk).update(
            leaves_at=now - timedelta(minutes=10), back_at=now + timedelta(hours=4)
        )


def test_the_phone_tells_where_it_is_with_an_arrival(
    people: Cast, page_at: Callable[..., Page], sign_in: Callable[[Page, Player], Page]
) -> None:
    _a_route_now(people)
    page = sign_in(page_at(390), people.patroller)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": BRIDGE[0], "longitude": BRIDGE[1], "accuracy": 9})
    page.add_init_script(NOTICE)
    page.goto("/patrols/mine/")
    page.get_by_label("出巡人员").fill("杨二、龙海")
    page.get_by_role("button", name="出巡").click()
    arrived = page.get_by_role("button", name="到达", exact=True)
    expect(page.locator("html[data-is-placed]")).to_be_attached()
    arrived.click()
    expect(page.get_by_text("已到达", exact=True).last).to_be_visible()
    with scope.system("a test looks"):
        visit = PatrolVisit.objects.get()
    assert (visit.told_lat, visit.told_lon, visit.told_accuracy_metres) == (*BRIDGE, 9)


def test_a_video_of_a_stop_plays_in_the_browser(
    people: Cast, page_at: Callable[..., Page], sign_in: Callable[[Page, Player], Page]
) -> None:
    visit = builders.a_patrol_visit(people)
    actor = people.patroller.actor
    with scope.enter(scope.of_actor(actor)):
        kept = services.add_photo(actor=actor, at=PATROL, visit=visit, upload=clip(MP4))
    page = sign_in(page_at(1440), people.leader)
    page.goto(f"/patrols/photos/{kept.public_id}/")
    page.wait_for_function("document.querySelector('video')?.readyState >= 2")
    assert page.evaluate("document.querySelector('video').videoWidth") == 32
