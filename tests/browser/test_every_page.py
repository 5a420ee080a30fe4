"""Every page that needs no object, wide and narrow, in both languages: nothing runs out of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.urls import get_resolver

from tests.cast import Cast
from tests.ui.test_every_page import addresses, readers

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.cast import Player

ROLES = ("section_head", "operator", "dispatcher", "patroller", "station_head", "admin")
OUTSIDE = """() => [...document.querySelectorAll('main *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.table, .lanes, .strip, .tabs, .scroll-x, .table-wrap, .map, .sr-only, svg'))
  .slice(0, 3).map((one) => one.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll('.phone main button, .phone main a.button, .phone main select, .phone main textarea, .phone main input:not([type=hidden])')]
  .filter((one) => one.offsetParent && !one.closest('label, .panel, .maplibregl-map'))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.height > 1 && box.height < 47.5 })
  .slice(0, 3).map((one) => one.outerHTML.slice(0, 120))"""

# A desk page on a phone: whatever is pressed there is as large as a finger, its clocks apart.
FINGER = """() => [...document.querySelectorAll('body:not(.phone) main :is(button, a.button, select, summary, .tabs a, .table--stack td > a)')]
  .filter((one) => one.offsetParent && !one.closest('.panel, .clock, .maplibregl-map'))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.height > 1 && box.height < 43.5 })
  .slice(0, 3).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.slow
@pytest.mark.parametrize(("width", "lang"), [(1440, "en"), (390, "zh")])
def test_nothing_runs_out_of_any_page(
    page_at: "Callable[..., Page]",
    sign_in: "Callable[[Page, Player], Page]",
    cast: Cast,
    width: int,
    lang: str,
) -> None:
    """English is the longer language, the phone the narrower page."""
    found: list[str] = []
    left = {url for url in addresses(get_resolver().url_patterns) if url != "/"}
    for role in (None, *ROLES):
        page = page_at(width, lang)
        if role is not None:
            sign_in(page, cast[role])
        for url in sorted(url for url in left if (role or "nobody") in readers(url)):
            answer = page.request.get(url, max_redirects=0)
            if answer.status != 200 or "html" not in answer.headers.get("content-type", ""):
                continue
            left.discard(url)
            if "<html" not in answer.text():
                continue
            page.goto(url)
            found += [f"{url} {width} {role}: {one}" for one in page.evaluate(OUTSIDE)]
            found += [f"{url} small: {one}" for one in page.evaluate(SMALL)]
            if width == 390:
                found += [f"{url} finger: {one}" for one in page.evaluate(FINGER)]
    assert not found, "\n".join(found)
