"""The contact form in a phone's browser: quick with a script, whole without one, safe without a line."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from nuantu.core import clock
from nuantu.encounters.models import Encounter, ModeRequest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.cast import Player

pytestmark = [pytest.mark.django_db(transaction=True)]
NEW = "/encounters/new/"


@pytest.fixture
def patroller(transactional_db: None) -> "Player":
    from tests.cast import assemble

    return assemble().patroller


@pytest.fixture
def snapshot(tmp_path: Path) -> str:
    from tests.encounters.conftest import photo

    path = tmp_path / "scene.jpg"
    path.write_bytes(photo().read())
    return str(path)


@pytest.fixture
def phone(
    page_at: "Callable[..., Page]", sign_in: "Callable[[Page, Player], Page]", patroller: "Player"
) -> "Callable[..., Page]":
    """`phone(script=True)`: the form open on the patroller's phone."""

    def make(**how: Any) -> "Page":
        page = sign_in(page_at(390, **how), patroller)
        page.goto(NEW)
        return page

    return make


def _chip(page: "Page", name: str, value: str) -> None:
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()


def _fits(page: "Page") -> None:
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0, f"{over} px too wide"


def test_a_refusal_with_its_kit_takes_a_few_taps(
    phone: "Callable[..., Page]", snapshot: str
) -> None:
    """Chips, counters, photo; what does not apply is not on the screen."""
    page = phone()
    expect(page.get_by_label("他的原话")).to_be_hidden()
    _chip(page, "conditions", "thin_clothes")
    _chip(page, "sex", "male")
    page.get_by_role("spinbutton", name="大约几岁").fill("50")
    page.get_by_label("衣着、体貌").fill("灰大衣")
    page.get_by_label("已告知").check()
    for item in ("食品", "饮品", "棉衣", "棉被"):
        page.get_by_role("button", name=f"{item}").filter(has_text="+").click()
    _chip(page, "outcome", "refused")
    expect(page.get_by_label("他的原话")).to_be_visible()
    _chip(page, "refusal_choice", "想留在这里")
    page.get_by_label("已留下求助联系卡").check()
    page.locator('input[name="photos"]').set_input_files(snapshot)
    page.get_by_role("textbox", name="地点").fill("南桥桥洞")
    _fits(page)
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("heading", name="南桥桥洞")).to_be_visible()
    encounter = Encounter.objects.get()
    assert encounter.outcome == "refused"
    assert encounter.goods.filter(quantity=1).count() == 4
    assert encounter.photos.count() == 1


def test_the_gate_opens_by_itself_for_a_child(phone: "Callable[..., Page]") -> None:
    """A ten-year-old: refusing is struck out, the gate says why, and goes when it was a slip."""
    page = phone()
    gate = page.get_by_text("要过四道关")
    page.get_by_role("spinbutton", name="大约几岁").fill("10")
    page.get_by_role("spinbutton", name="大约几岁").blur()
    expect(page.get_by_text("职责不因拒绝而结束")).to_be_visible()
    expect(gate).to_be_hidden()
    _chip(page, "outcome", "to_station")
    expect(gate).to_be_visible()
    _fits(page)
    page.get_by_role("spinbutton", name="大约几岁").fill("40")
    page.get_by_role("spinbutton", name="大约几岁").blur()
    expect(gate).to_be_hidden()
    page.get_by_role("spinbutton", name="大约几岁").fill("10")
    page.get_by_role("spinbutton", name="大约几岁").blur()
    page.locator("#id_mode_reason").fill("独自过夜")
    page.get_by_label("本人同意一起走").check()
    page.get_by_label("衣着、体貌").fill("红棉袄")
    page.get_by_role("textbox", name="地点").fill("汽车站")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("待批准")).to_be_visible()
    assert ModeRequest.objects.get().mode in ("protective", "escorted")


def test_red_chips_put_120_on_top(phone: "Callable[..., Page]") -> None:
    page = phone(lang="en", theme="night")
    _chip(page, "conditions", "unconscious")
    expect(page.get_by_text("Call first, write later")).to_be_visible()
    expect(page.locator(".danger-bar a").first).to_have_attribute("href", "tel:120")
    _fits(page)


def test_without_a_script_it_is_one_long_form(
    phone: "Callable[..., Page]", faults: list[str]
) -> None:
    """Two sendings: the first is answered with the gate and all that was typed, the second is taken."""
    page = phone(script=False)
    _chip(page, "conditions", "hungry")
    page.get_by_role("spinbutton", name="大约几岁").fill("12")
    page.get_by_label("衣着、体貌").fill("蓝书包")
    page.get_by_role("textbox", name="地点").fill("汽车站")
    _chip(page, "outcome", "to_station")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("要过四道关")).to_be_visible()
    faults.clear()  # the browser notes the 422
    expect(page.get_by_label("衣着、体貌")).to_have_value("蓝书包")
    page.locator("#id_mode_reason").fill("独自过夜")
    page.get_by_label("本人同意一起走").check()
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("待批准")).to_be_visible()
    assert Encounter.objects.count() == 1


def test_what_was_typed_outlives_a_lost_line(
    phone: "Callable[..., Page]", faults: list[str]
) -> None:
    """No signal under the bridge: nothing is sent, nothing is lost, and it goes when the line is back."""
    page = phone()
    page.get_by_label("衣着、体貌").fill("灰大衣，跛脚")
    page.get_by_role("textbox", name="地点").fill("南桥桥洞")
    _chip(page, "sex", "male")
    _chip(page, "outcome", "self_return")
    page.wait_for_timeout(600)
    page.context.set_offline(True)
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("没有送达")).to_be_visible()
    assert not Encounter.objects.exists()
    page.context.set_offline(False)
    faults.clear()
    page.reload()
    expect(page.get_by_label("衣着、体貌")).to_have_value("灰大衣，跛脚")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("heading", name="南桥桥洞")).to_be_visible()
    assert Encounter.objects.get().person.looks == "灰大衣，跛脚"


def test_a_phone_with_a_wrong_clock_is_told_so(
    phone: "Callable[..., Page]", faults: list[str]
) -> None:
    """A contact tomorrow is turned back with the field to mend."""
    page = phone()
    page.get_by_label("衣着、体貌").fill("灰大衣")
    page.get_by_role("textbox", name="地点").fill("南桥桥洞")
    _chip(page, "outcome", "self_return")
    page.get_by_text("更多：时间、来处、备注").click()
    tomorrow = clock.local(clock.now() + timedelta(days=1))
    page.get_by_label("什么时候遇到的").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("请核对手机时间").first).to_be_visible()
    faults.clear()  # the browser notes the 422
    assert not Encounter.objects.exists()


def test_the_goods_counters_are_whole_without_a_script(phone: "Callable[..., Page]") -> None:
    """Each number has its label, four borders and room for a thumb; typing is enough."""
    page = phone(script=False)
    field = page.get_by_role("spinbutton", name="棉衣")
    field.fill("2")
    expect(field).to_have_value("2")
    box = field.bounding_box()
    assert box is not None
    assert box["height"] >= 48
    for side in ("top", "right", "bottom", "left"):
        expect(field).not_to_have_css(f"border-{side}-width", "0px")
