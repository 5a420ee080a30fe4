"""The map in a real browser: without network, one selection with the list, a pin that fills the form."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core.actors import SYSTEM
from nuantu.places import services
from nuantu.places.models import KeyLocation
from nuantu.places.services import Spot
from tests.cast import TOWN, Cast

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.cast import Player

AT = datetime(2025, 1, 10, 12, tzinfo=UTC)
READY = "() => document.querySelector('[data-map]')?.nuantuMap?.chart.loaded()"
PIN = "() => document.querySelector('.maplibregl-marker') !== null"


@pytest.fixture
def bridge(cast: Cast) -> KeyLocation:
    return services.add_key_location(
        actor=SYSTEM,
        at=AT,
        spot=Spot("三棵树大桥桥洞", TOWN, 26.56, 108.066),
        kind="bridge_culvert",
        owner_org="SS-522601100",
    )


def test_map_asks_nobody_but_this_server(
    page_at: "Callable[..., Page]",
    sign_in: "Callable[[Page, Player], Page]",
    cast: Cast,
    bridge: KeyLocation,
    live_server: Any,
) -> None:
    page = sign_in(page_at(), cast.operator)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(reverse("places:map"))
    page.wait_for_function(READY)
    outside = [u for u in asked if not u.startswith((live_server.url, "data:", "blob:"))]
    assert any(url.endswith("key_locations.json") for url in asked)
    assert not outside


def test_row_of_the_list_is_selected_on_the_map_and_back(
    page_at: "Callable[..., Page]",
    sign_in: "Callable[[Page, Player], Page]",
    cast: Cast,
    bridge: KeyLocation,
) -> None:
    page = sign_in(page_at(), cast.operator)
    page.goto(reverse("places:key_locations"))
    page.wait_for_function(READY)
    page.locator("[data-map-key] td").nth(1).click()
    row = page.locator(f"[data-map-key='{bridge.public_id}']")
    assert row.get_attribute("aria-current") == "true"
    page.wait_for_function(
        "key => { const map = document.querySelector('[data-map]').nuantuMap; return map.selected === key && map.chart.getZoom() >= 11.9 }",
        arg=str(bridge.public_id),
    )


def test_tap_on_the_map_fills_latitude_and_longitude(
    page_at: "Callable[..., Page]", sign_in: "Callable[[Page, Player], Page]", cast: Cast
) -> None:
    page = sign_in(page_at(390), cast.township)
    page.goto(reverse("places:key_location_new"))
    page.wait_for_function(READY)
    page.locator(".map-panel__canvas").click(position={"x": 120, "y": 150})
    page.wait_for_function(PIN)
    assert 25 < float(page.locator("#id_lat").input_value()) < 28
    assert 107 < float(page.locator("#id_lon").input_value()) < 110


def test_address_words_offer_places_that_set_the_pin(
    page_at: "Callable[..., Page]",
    sign_in: "Callable[[Page, Player], Page]",
    cast: Cast,
    bridge: KeyLocation,
) -> None:
    page = sign_in(page_at(), cast.township)
    page.goto(reverse("places:key_location_new"))
    page.wait_for_function(READY)
    page.fill("#id_address", "三棵树镇政府旁的桥下")
    page.locator("[data-map-candidates] button").first.click()
    page.wait_for_function(PIN)
    assert page.locator("#id_lat").input_value() == "26.560000"
    assert page.locator("[data-map-message]").is_visible()


def test_form_and_lists_work_without_script(
    page_at: "Callable[..., Page]",
    sign_in: "Callable[[Page, Player], Page]",
    cast: Cast,
    bridge: KeyLocation,
) -> None:
    page = sign_in(page_at(script=False), cast.township)
    page.goto(reverse("places:map") + "?q=三棵树")
    assert "凯里市三棵树镇" in page.locator("#found li").first.inner_text()
    page.goto(reverse("places:key_location_new"))
    page.fill("#id_name", "老桥洞")
    page.select_option("#id_division_code", TOWN)
    page.fill("#id_lat", "26.561,108.065")
    page.get_by_role("button", name="保存").click()
    assert page.get_by_role("heading", name="老桥洞").is_visible()
