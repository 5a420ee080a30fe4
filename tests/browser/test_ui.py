"""The frame and the components in a real browser: reading, touching, typing, losing the line."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests import builders
from tests.cast import Cast

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.cast import Player

    PageAt = Callable[..., Page]
    SignIn = Callable[[Page, Player], Page]

PHONE_TARGETS = (
    "button, a.button, summary, input:not([type=hidden]), select, textarea, .chip, .mark"
)
TOO_SMALL = """(selector) => [...document.querySelectorAll(selector)]
  .filter((one) => one.offsetParent && !one.closest('label, .panel, .toasts'))
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.height > 0 && (box.height < 47.5 || box.width < 44))
  .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
OUTLINE = "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)] }"
INSIDE = "document.activeElement.matches('main .button') && parseFloat(getComputedStyle(document.activeElement).outlineOffset) < 0"

# Asked once a frame: the words "no line" come beside the header at any time, and are made room for in the next one.
FITS = "() => { const one = document.querySelector('.mainnav > ul'); return one.scrollWidth - one.clientWidth <= 1 }"


def overflow(page: "Page") -> int:
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_runs_out_of_the_page(
    page_at: "PageAt", sign_in: "SignIn", cast: Cast, lang: str, theme: str
) -> None:
    """Wide and narrow, with names that are too long."""
    for width in (1440, 1024, 390):
        page = sign_in(page_at(width, lang, theme), cast.section_head)
        for url in ("/patterns/", "/patterns/phone/", "/patterns/print/"):
            page.goto(url)
            assert overflow(page) <= 0, f"{url} at {width}"


def test_cold_hands_hit_every_target(page_at: "PageAt", sign_in: "SignIn", cast: Cast) -> None:
    page = sign_in(page_at(390), cast.patroller)
    page.goto("/patterns/phone/")
    assert page.evaluate(TOO_SMALL, PHONE_TARGETS) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_entry_of_the_header_is_cut_in_half(
    page_at: "PageAt", sign_in: "SignIn", cast: Cast, lang: str
) -> None:
    page = sign_in(page_at(1440, lang), cast.station_head)
    page.goto("/stays/head/")
    page.wait_for_function(FITS)
    page.locator(".masthead").evaluate("(one) => { one.lastElementChild.style.width = '520px' }")
    page.wait_for_function(FITS)


def test_the_keyboard_sees_where_it_is(page_at: "PageAt", sign_in: "SignIn", cast: Cast) -> None:
    page = sign_in(page_at(1440), cast.operator)
    page.goto("/patterns/")
    page.locator("main").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        style, width = page.evaluate(OUTLINE)
        assert style != "none", page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert width >= 2
        assert not page.evaluate(INSIDE), "the ring of a button stands around it, not on its words"


def test_a_phone_that_believes_it_is_2001_shows_the_right_time(
    page_at: "PageAt", sign_in: "SignIn", cast: Cast
) -> None:
    page = sign_in(page_at(390), cast.patroller)
    page.clock.install(time="2001-01-01T00:00:00")
    page.goto("/patterns/")
    calm = page.locator("[data-clock]").first
    assert re.fullmatch(r"27:(30|2\d)", calm.locator(".clock__time").inner_text())
    page.clock.run_for("18:00")
    assert calm.get_attribute("data-state") == "amber"
    page.clock.run_for("10:00")
    assert calm.get_attribute("data-state") == "red"
    assert calm.locator(".clock__time").inner_text().startswith("超00:")


def test_a_clock_tells_what_it_rests_on(page_at: "PageAt", sign_in: "SignIn", cast: Cast) -> None:
    page = sign_in(page_at(390), cast.patroller)
    page.goto("/patterns/")
    clocks = page.locator("[data-clock]")
    clocks.nth(0).locator("summary").click()
    assert clocks.nth(0).get_by_text("P9-20").is_visible()
    clocks.nth(1).locator("summary").click()
    assert clocks.nth(0).get_attribute("open") is None
    page.keyboard.press("Escape")
    assert clocks.nth(1).get_attribute("open") is None


def test_the_keys_of_the_desk(page_at: "PageAt", sign_in: "SignIn", cast: Cast) -> None:
    page = sign_in(page_at(1440), cast.operator)
    page.goto("/patterns/")
    page.locator("main").focus()
    page.keyboard.press("j")
    page.keyboard.press("j")
    chosen = page.locator("[data-row][aria-selected=true]")
    assert chosen.count() == 1
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    assert page.url.endswith("#row1")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("j?")
    assert page.locator("[data-search]").input_value() == "j?"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("[data-keys-help]").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("[data-keys-help]").is_visible()


def test_enter_opens_the_tip_and_not_its_clock(
    page_at: "PageAt", sign_in: "SignIn", cast: Cast
) -> None:
    tip = builders.a_tip()
    page = sign_in(page_at(1440), cast.operator)
    page.goto("/tips/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tips/{tip.public_id}/")


def test_a_phone_shows_the_search_and_the_filters_in_use(
    page_at: "PageAt", sign_in: "SignIn", cast: Cast
) -> None:
    page = sign_in(page_at(390), cast.operator)
    page.goto("/tips/?q=桥&state=open")
    shown = page.locator(".filter-bar .field:visible :is(input, select)")
    assert shown.evaluate_all("all => all.map((one) => one.name)") == ["q", "state"]
    page.get_by_role("button", name="更多条件").click()
    assert shown.count() > 4


# What is typed and not sent yet, in this tab or on the device.
KEPT = """() => Object.keys({ ...localStorage, ...sessionStorage })
  .filter((one) => one.startsWith("nuantu:keep:")).length"""


class TestKeeping:
    """What was typed is not lost."""

    @pytest.fixture
    def page(self, page_at: "PageAt", sign_in: "SignIn", cast: Cast) -> "Page":
        page = sign_in(page_at(390), cast.patroller)
        page.goto("/patterns/phone/")
        return page

    def fill(self, page: "Page") -> None:
        page.get_by_label("说明").fill("桥下，灰色外套")
        page.get_by_text("老人", exact=True).click()
        page.get_by_role("button", name="+1").click()
        page.get_by_label("已告知").check()
        page.wait_for_timeout(400)

    def holds(self, page: "Page") -> bool:
        return (
            page.get_by_label("说明").input_value() == "桥下，灰色外套"
            and page.get_by_label("老人").is_checked()
            and page.get_by_role("spinbutton").input_value() == "2"
        )

    def test_after_a_crash_it_is_put_back_and_can_be_cleared(self, page: "Page") -> None:
        self.fill(page)
        page.goto("/patterns/")
        page.goto("/patterns/phone/")
        assert self.holds(page)
        mark = page.locator(".kept-mark")
        assert "已恢复未提交的内容" in mark.inner_text()
        mark.get_by_role("button").click()
        page.wait_for_load_state()
        assert page.get_by_label("说明").input_value() == ""

    def test_without_a_line_it_is_not_sent_and_stays(self, page: "Page", faults: list[str]) -> None:
        self.fill(page)
        page.context.set_offline(True)
        page.get_by_role("button", name="下一步").click()
        assert page.locator(".toast--error").is_visible()
        assert self.holds(page)
        page.context.set_offline(False)
        faults.clear()

    def test_once_received_it_is_forgotten(self, page: "Page") -> None:
        self.fill(page)
        page.get_by_role("button", name="下一步").click()
        page.wait_for_load_state()
        assert page.locator(".kept-mark").count() == 0
        assert page.evaluate(KEPT) == 0

    def test_leaving_forgets_it(self, page: "Page") -> None:
        self.fill(page)
        assert page.evaluate(KEPT) == 1
        assert page.evaluate("Object.keys(localStorage).length") == 0, "nothing in clear on a phone"
        page.get_by_text("菜单").click()
        page.get_by_role("button", name="退出登录").click()
        page.wait_for_load_state()
        assert page.evaluate(KEPT) == 0


@pytest.mark.parametrize("script", [True, False])
def test_a_form_sent_after_the_session_ended_is_not_lost(
    page_at: "PageAt", sign_in: "SignIn", cast: Cast, settings: Any, faults: list[str], script: bool
) -> None:
    """Through the log-in page and one more press, with and without JavaScript."""
    settings.NUANTU_MODE = "demo"
    assert cast.admin.user is not None
    cast.admin.user.set_password("ein-langes-kennwort")
    cast.admin.user.save()
    page = sign_in(page_at(1440, script=script), cast.admin)
    page.goto("/tokens/")
    page.get_by_label("用途").fill("气象预警接入 <夜>")
    page.get_by_label("送入气象预警").check()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="发放").click()
    page.get_by_label("登录名").fill("admin")
    page.get_by_label("密码").fill("ein-langes-kennwort")
    page.locator("main [type=submit]").click()
    page.get_by_role("button", name="继续提交").click()
    assert page.get_by_role("cell", name="气象预警接入 <夜>").is_visible()
    assert page.locator(".kept-mark").count() == 0
    faults.clear()  # the log-in page answers a lost form with 401


def test_english_quotes_are_as_narrow_as_english_letters(
    page_at: "PageAt", sign_in: "SignIn", cast: Cast
) -> None:
    """A Chinese font would draw a curly quote, a dash and dots one character wide."""
    page = sign_in(page_at(1440, "en"), cast.admin)
    page.goto("/tokens/")
    for sign in ("“", "”", "’"):
        share = page.evaluate(
            """(sign) => {
              const span = document.createElement("span");
              span.style.fontSize = "100px";
              span.textContent = sign;
              document.querySelector("main").append(span);
              const wide = span.getBoundingClientRect().width;
              span.remove();
              return wide / 100;
            }""",
            sign,
        )
        assert share < 0.7, sign


def test_a_button_pressed_twice_sends_once(
    page_at: "PageAt", sign_in: "SignIn", cast: Cast
) -> None:
    page = sign_in(page_at(390), cast.patroller)
    page.goto("/patterns/phone/")
    page.locator("#sample textarea").fill("一次")
    page.locator("#sample").evaluate("(form) => (form.noValidate = true)")
    sent = []
    page.on(
        "request", lambda request: sent.append(request.url) if request.method == "POST" else None
    )
    page.evaluate(
        "() => { const b = document.querySelector('#sample [type=submit]'); b.click(); b.click(); }"
    )
    page.wait_for_timeout(1_500)
    assert len(sent) == 1


def test_everything_opens_without_script(page_at: "PageAt", sign_in: "SignIn", cast: Cast) -> None:
    page = sign_in(page_at(390, script=False), cast.patroller)
    page.goto("/patterns/phone/")
    page.get_by_text("菜单").click()
    page.get_by_role("button", name="夜间").click()
    assert page.locator("html").get_attribute("data-theme") == "night"
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_live_page_follows_and_keeps_what_is_open(
    page_at: "PageAt", sign_in: "SignIn", cast: Cast
) -> None:
    """One hint of the stream, one question to the server; the opened clock stays open."""
    page = sign_in(page_at(1440), cast.dispatcher)
    page.route(
        "**/events/",
        lambda route: route.fulfill(content_type="text/event-stream", body=": here\n\n"),
    )
    page.goto("/patterns/")
    page.evaluate(
        """() => {
          const part = document.querySelector('.lanes');
          part.id = 'lanes';
          part.setAttribute('hx-get', '/patterns/');
          part.setAttribute('hx-select', '.lanes > *');
          part.setAttribute('hx-swap', 'morph:innerHTML');
          part.setAttribute('hx-trigger', 'nuantu:tips from:body');
          htmx.process(part);
        }"""
    )
    clock = page.locator(".lanes [data-clock]").first
    clock.locator("summary").click()
    with page.expect_request(lambda request: request.headers.get("x-nuantu-poll") == "1"):
        page.evaluate(
            "document.body.dispatchEvent(new CustomEvent('nuantu:tips', {bubbles: true}))"
        )
    page.wait_for_timeout(500)
    assert page.locator(".lanes > .lane").count() == 4
    assert clock.get_attribute("open") is not None


def test_paper_shows_no_navigation(page_at: "PageAt", sign_in: "SignIn", cast: Cast) -> None:
    page = sign_in(page_at(1440, theme="night"), cast.section_head)
    page.goto("/patterns/")
    page.emulate_media(media="print")
    assert not page.locator(".masthead").is_visible()
    assert not page.locator(".filter-bar").is_visible()
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
