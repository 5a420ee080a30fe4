"""Paper pages on a phone: a duty sheet is read downwards, never sideways."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests import builders
from tests.cast import BUREAU, OFFICE, Cast

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.cast import Player

SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll('.official, .official *')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline'
    && !one.closest('thead') && !one.matches('.sr-only'))
  .map((one) => one.outerHTML.slice(0, 80))"""


@pytest.mark.django_db(transaction=True)
def test_a_sheet_is_read_downwards_on_a_phone(
    cast: Cast,
    page_at: "Callable[..., Page]",
    sign_in: "Callable[[Page, Player], Page]",
) -> None:
    plan = builders.a_plan("P1", OFFICE, builders.EVENING)
    page = sign_in(page_at(390), cast.section_head)
    page.goto(reverse("operations:sheet", args=[plan.public_id]) + f"?office={BUREAU}")
    assert page.locator(".official tbody tr").count() > 5
    assert page.evaluate(SIDEWAYS) == []
