"""A plan document beside its draft in a real browser: either way leads to the other, nothing reloads."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from nuantu.operations.models import Operation, PlanDocument
from nuantu.operations.services import read_waiting

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.cast import Player

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def section_head(transactional_db: None) -> "Player":
    from tests.cast import assemble

    return assemble().section_head


def _hand_in(page: "Page", folder: Path) -> PlanDocument:
    from tests.builders import PLAN_TEXT

    file = folder / "寒冬送温暖方案.txt"
    file.write_text(PLAN_TEXT, encoding="gb18030")
    page.goto("/plans/documents/")
    page.set_input_files("[name=file]", str(file))
    page.get_by_role("button", name="开始阅读").click()
    expect(page.locator("#reading-progress")).to_contain_text("等待阅读")
    found = PlanDocument.objects.get()
    read_waiting(str(found.public_id))
    return found


def _fits(page: "Page") -> None:
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0, f"{over} px too wide"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_document_becomes_a_plan_in_force(
    width: int,
    page_at: "Callable[..., Page]",
    sign_in: "Callable[[Page, Player], Page]",
    section_head: "Player",
    tmp_path: Path,
) -> None:
    page = sign_in(page_at(width), section_head)
    document = _hand_in(page, tmp_path)
    # the page finds out by itself that reading has ended
    expect(page.locator("#draft")).to_be_visible()
    _fits(page)
    entry = page.locator('form.entry:has(input[name="path"][value="patrol.cadence.0.at_least"])')
    entry.locator("[data-show]").click()
    shown = page.locator("mark[data-shown]")
    expect(shown).to_contain_text("每周")
    expect(shown).to_be_in_viewport()
    page.locator("mark", has_text="2026年12月1日").first.click()
    expect(page.locator("form.entry[data-shown]")).to_be_in_viewport()
    entry.locator(".entry__value").fill("4")
    entry.locator(".entry__value").press("Enter")
    expect(entry).to_have_attribute("data-accepted", "")
    expect(page.locator(".reading__count")).to_contain_text("已核对 1")
    document.refresh_from_db()
    assert "at_least: 4" in document.draft
    page.get_by_role("button", name="检查并启动").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("寒冬送温暖")
    assert Operation.objects.get().organisation_id == section_head.actor.org_code


def test_without_a_script_everything_still_works(
    page_at: "Callable[..., Page]",
    sign_in: "Callable[[Page, Player], Page]",
    section_head: "Player",
    tmp_path: Path,
) -> None:
    page = sign_in(page_at(1440, script=False), section_head)
    document = _hand_in(page, tmp_path)
    page.get_by_role("link", name="看读到哪里了").click()
    entry = page.locator('form.entry:has(input[name="path"][value="title"])')
    entry.locator(".entry__value").fill("凯里市今冬救助方案")
    entry.locator(".entry__value").press("Enter")
    page.wait_for_url("**/#draft")
    document.refresh_from_db()
    assert "凯里市今冬救助方案" in document.draft
