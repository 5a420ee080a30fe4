"""The edges of the phone app: a browser that cannot, a full phone, what is asked for again, a sound."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from nuantu.core import clock
from nuantu.dispatch import services as dispatch
from nuantu.fieldwork import services
from tests import builders
from tests.browser.field import PIN, App, a_shift, all_applied
from tests.browser.line import cut
from tests.cast import Cast
from tests.fieldwork.phones import device_of
from tests.ui.audit import faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.cast import Player

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AppOf = Callable[..., App]

SOME_SENT = """async (count) => {
  const store = await import("/static/fieldwork/store.js");
  await store.run(["told"], "readwrite", (table) => {
    for (let seq = 1; seq <= count; seq += 1) {
      const state = seq % 10 === 0 ? "applied" : "review";
      table("told").put({ id: crypto.randomUUID(), seq, seat: "s", shadow: null, state, words: null, at: 0 });
    }
  });
  const { unsettled } = await import("/static/fieldwork/outbox.js");
  const rows = new Map((await store.all("told")).map((row) => [row.id, row.seq]));
  const pages = [];
  let after = 0;
  do {
    const { ids, last } = await unsettled("s", after);
    pages.push(ids.map((id) => rows.get(id)));
    after = last;
  } while (after);
  return pages;
}"""


def test_what_is_not_settled_is_asked_for_page_by_page_in_the_order_it_was_made(
    people: Cast, app_of: AppOf
) -> None:
    app = app_of(people.patroller).open().shows("enrol")
    pages: list[list[Any]] = app.page.evaluate(SOME_SENT, 500)
    assert [len(page) for page in pages] == [200, 200, 50]
    assert [seq for page in pages for seq in page] == [n for n in range(1, 501) if n % 10]


LACKS = {
    "addresses without https": ("Object.defineProperty(window, 'isSecureContext', { value: false })", "地址不是 https 开头"),
    "no cryptography": ("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })", "浏览器没有加密功能"),
    "no storage": ("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }", "浏览器不让保存数据"),
    "no locks": ("Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined })", "浏览器太旧"),
}  # fmt: skip


def test_a_browser_that_cannot_says_why_and_leads_to_the_pages_with_signal(
    people: Cast, app_of: AppOf
) -> None:
    app = app_of(people.patroller)
    for script, says in LACKS.values():
        app.page = app.context.new_page()
        app.page.add_init_script(script)
        app.open().shows("cannot")
        expect(app.page.locator("#field .notice")).to_contain_text(says)
        expect(app.page.locator("#field .notice p:visible")).to_have_count(1)
        for name, href in (("我的巡查", "/patrols/mine/"), ("我的任务", "/phone/")):
            link = app.page.get_by_role("link", name=name)
            expect(link).to_have_attribute("href", href)
        expect(app.page.locator(".bottom-bar a[href='tel:120']")).to_be_visible()
        app.page.close()


FILL = """async () => {
  const { put } = await import("/static/fieldwork/store.js");
  let size = 4_000_000, at = 0, full = false;
  while (size > 16) {
    try {
      await put("sealed", `ballast-${at}`, crypto.getRandomValues(new Uint8Array(Math.min(size, 65536))).buffer.slice(0, size));
      if (size > 65536) await put("sealed", `block-${at}`, new Blob([new Uint8Array(size)]));
      at += 1;
    } catch (error) {
      full = error.name === "QuotaExceededError";
      size = Math.floor(size / 2);
    }
  }
  return full;
}"""


def test_a_phone_whose_storage_is_full_opens_and_delivers_what_it_holds(
    people: Cast, app_of: AppOf
) -> None:
    a_shift(people)
    app = app_of(people.patroller)
    session = app.context.new_cdp_session(app.page)
    session.send(
        "Storage.overrideQuotaForOrigin", {"origin": app.line.url, "quotaSize": 6_000_000.0}
    )
    app.enrol()
    app.line.fault = cut
    app.begin().visit()
    assert app.page.evaluate(FILL), "the room was to end"
    quiet = app.page
    app.page = app.context.new_page()
    app.open().unlock("111222")
    expect(app.page.locator("form[data-enter=pin]")).not_to_have_attribute("aria-busy", "true")
    expect(app.page.locator("form[data-enter=pin] input")).to_have_value("")
    app.unlock().shows("shift")
    quiet.close()
    assert app.unsent() == 3
    app.line.fault = None
    app.hurry().wait_sent()
    assert all_applied(app) == ["run.begin", "visit.arrive", "visit.nobody"]


HEARD = """(() => {
  globalThis.rung = [];
  document.addEventListener("nuantu:ring", ({ detail }) => globalThis.rung.push(detail));
})()"""


def test_a_missed_check_in_rings_aloud_at_once_and_each_minute_until_somebody_answers(
    people: Cast, app_of: AppOf
) -> None:
    a_shift(people)
    app = app_of(people.patroller)
    app.page.add_init_script(HEARD)
    app.enrol().begin().wait_sent()
    assert app.page.evaluate("rung") == []
    app.page.clock.install(time=clock.now() + timedelta(hours=2))
    app.page.clock.run_for(2000)
    expect(app.page.locator("[data-check-in]")).to_have_attribute("data-late", "")
    assert app.page.evaluate("rung") == [{"times": 3, "sounds": True}]
    app.page.clock.run_for(61_000)
    app.page.wait_for_timeout(1500)
    assert len(app.page.evaluate("rung")) == 2
    app.press("我们平安")
    app.page.clock.run_for(61_000)
    app.page.wait_for_timeout(1500)
    assert len(app.page.evaluate("rung")) == 2, "a word ends it"


def test_open_cards_stand_in_amber_on_the_dispatch_board(
    people: Cast, page_at: "Callable[..., Page]", sign_in: "Callable[[Page, Player], Page]"
) -> None:
    builders.a_patrol_route(people)
    made = [{"id": str(uuid4()), "kind": "house.burn"}]
    device = device_of(people.patroller)
    services.keep(at=clock.now(), device=device, delivery=services.Delivery(made))
    page = sign_in(page_at(1440), people.dispatcher)
    page.goto("/dispatch/")
    figure = page.get_by_role("link", name="手机补送待核卡")
    expect(figure).to_contain_text("1")
    expect(figure).to_have_class("headline--amber")
    shown, amber = figure.locator("b").evaluate(
        """(one) => {
          const probe = document.body.appendChild(document.createElement("i"));
          probe.style.setProperty("color", "var(--amber-text)");
          return [getComputedStyle(one).color, getComputedStyle(probe).color];
        }"""
    )
    assert shown == amber
    figure.click()
    expect(page.get_by_role("heading", name="待核卡").first).to_be_visible()


CONTRAST = """(least) => {
  const parts = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => {
    const part = one / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (one) => {
    for (let here = one; here; here = here.parentElement) {
      const colour = parts(getComputedStyle(here).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("body *")]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
    .filter((one) => one.checkVisibility({ opacityProperty: true }) && !one.closest(".sr-only, .skip, script"))
    .map((one) => {
      const [a, b] = [light(parts(getComputedStyle(one).color)), light(behind(one))].sort((x, y) => y - x);
      return [one.textContent.trim().slice(0, 30), one.className, Math.round(((a + 0.05) / (b + 0.05)) * 100) / 100];
    })
    .filter(([, , ratio]) => ratio < least);
}"""


# A form that only a script sends, and a menu that a script put where there is room.
SCRIPTED = ("a form without its token", 'inline style: <div style="position: fixed')


class Looks:
    """Screens one after the other, in either language; what is wrong with each is written down."""

    def __init__(self, app: App, name: str) -> None:
        self.app, self.page, self.name, self.found = app, app.page, name, list[str]()

    def at(self, screen: str) -> None:
        """Judge what is on the screen, with everything unfolded."""
        self.page.evaluate(
            "document.querySelectorAll('#field details').forEach((one) => (one.open = true))"
        )
        self.page.wait_for_timeout(250)  # colours that fade in
        said = [one for one in faults(self.page.content()) if not one.startswith(SCRIPTED)]
        said += [str(one) for one in self.page.evaluate(CONTRAST, 7)]
        if self.page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            said.append("too wide")
        self.found += [f"{screen}: {one}" for one in said]
        if folder := os.environ.get("FIELD_SHOTS"):
            self.page.screenshot(path=f"{folder}/{screen}-{self.name}.png", full_page=True)

    def press(self, do: str) -> None:
        """One step, by what it does."""
        field = self.page.locator("#field")
        before = int(field.get_attribute("data-accepted") or 0)
        self.page.locator(f"#field form[data-do='{do}'] button").first.click()
        expect(field).to_have_attribute("data-accepted", str(before + 1))


@pytest.mark.parametrize(("code", "theme"), [("zh-hans", "day"), ("en", "night")])
def test_every_screen_of_the_app_can_be_read_by_tired_eyes_and_by_a_reader(
    people: Cast, app_of: AppOf, code: str, theme: str
) -> None:
    """Contrast 7 or more, names, labels, one heading; 390 px wide."""
    route = a_shift(people)
    app = app_of(people.patroller, lang="en" if code == "en" else "zh")
    app.page.add_init_script(f"localStorage.setItem('nuantu:theme', '{theme}')")
    app.page.goto(f"{app.line.url}/field/app/{code}/")
    looks, page = Looks(app.shows("enrol"), f"{code}-{theme}"), app.page
    looks.at("enrol")
    for name, text in (("label", "No. 1"), ("pin", PIN), ("again", PIN)):
        page.locator(f"form[data-enter=new] [name={name}]").fill(text)
    page.locator("form[data-enter=new] button").click()
    app.shows("shift")
    looks.at("before")
    page.locator("#field [name=crew]").fill("杨二")
    looks.press("run.begin")
    looks.press("visit.arrive")
    looks.at("stop")
    tip = builders.a_tip("三棵树镇东门", flags=("minor",))
    dispatch.assign(actor=people.dispatcher.actor, at=clock.now(), tip=tip, team=route.team)
    app.hurry()
    expect(page.locator("[data-tip]")).to_be_visible()
    for step in ("accept", "depart", "arrive"):
        looks.press(f"dispatch.{step}")
    looks.at("tip")
    page.locator("[data-tip] [data-press=contact]").click()
    app.shows("contact")
    page.locator("#contact [name=age]").fill("9")
    page.locator("#contact [name=age]").dispatch_event("change")
    page.locator("label.chip[data-end=to_station]").click()
    looks.at("contact")
    page.locator("[data-press=shift]").first.click()
    app.shows("shift")
    page.locator("[data-unsent]").click()
    app.shows("list")
    looks.at("list")
    page.locator("[data-menu] summary").click()
    page.locator("[data-press=lock]").click()
    app.shows("locked")
    looks.at("locked")
    assert not looks.found, "\n".join(looks.found)
