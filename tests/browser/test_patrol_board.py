"""The week board in a real browser: a stop is dragged, its promises are checked, a way is chosen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.patrols.models import PatrolStop
from tests import builders
from tests.builders import EVENING
from tests.cast import Cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.cast import Player

READY = "() => document.querySelector('[data-map]')?.nuantuMap?.chart.getLayer('ways-chosen')"


@pytest.fixture(autouse=True)
def _at_night() -> "Iterator[None]":
    with clock.frozen(EVENING):
        yield


def test_a_stop_that_is_dragged_over_a_shift_is_judged_there(
    page_at: "Callable[..., Page]", sign_in: "Callable[[Page, Player], Page]", cast: Cast
) -> None:
    week = builders.a_patrol_week(cast)
    with scope.system("a test wants a free shift on the board"):
        team = PatrolStop.objects.filter(route__week=week)[0].route.team
    page = sign_in(page_at(), cast.dispatcher)
    page.goto(reverse("patrols:week", args=[week.public_id]))
    stop = page.locator(f'[data-target="{team.public_id}|9"] [data-move]').first
    stop.scroll_into_view_if_needed()
    ways = [
        row.bounding_box() for row in (stop, page.locator(f'[data-target="{team.public_id}|5"]'))
    ]
    (left, top), (to_left, to_top) = [(box["x"] + 12, box["y"] + 12) for box in ways if box]
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left - 30, top, steps=4)
    page.mouse.move(to_left, to_top, steps=8)
    page.wait_for_selector('[data-over="no"]')
    assert "同一班次" in page.locator("[data-board-said]").inner_text()
    page.mouse.move(4, 4, steps=4)
    page.mouse.up()
    assert page.url.endswith(reverse("patrols:week", args=[week.public_id]))


def test_a_way_chosen_on_the_axis_is_chosen_in_the_table_and_on_the_map(
    page_at: "Callable[..., Page]", sign_in: "Callable[[Page, Player], Page]", cast: Cast
) -> None:
    week = builders.a_patrol_week(cast)
    page = sign_in(page_at(), cast.dispatcher)
    page.goto(f"{reverse('patrols:week', args=[week.public_id])}?half=all")
    page.wait_for_function(READY)
    bar = page.locator(".patrol-axis a").first
    key = bar.get_attribute("data-map-key")
    bar.dispatch_event("click")
    page.wait_for_selector(f'td[data-map-key="{key}"][aria-current="true"]')
    assert page.evaluate("document.querySelector('[data-map]').nuantuMap.selected") == key
