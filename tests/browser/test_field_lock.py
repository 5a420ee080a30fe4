"""Who may look into a phone, and what becomes of its entries when it is lost, locked, revoked or full."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from nuantu.core import clock
from nuantu.fieldwork import services
from tests.browser.field import (
    OTHER_PIN,
    PIN,
    App,
    a_shift,
    all_applied,
    devices,
    exactly_once,
    moved_clock,
    on_server,
    visited,
)
from tests.browser.line import cut
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AppOf = Callable[..., App]
PRESSES_AT_ONCE = """() => new MutationObserver((_all, watch) => {
  const button = document.querySelector("form[data-do='visit.nobody'] button");
  if (button) watch.disconnect() ?? button.click();
}).observe(document.querySelector("#field"), { childList: true, subtree: true })"""


@pytest.fixture
def app(people: Cast, app_of: AppOf) -> App:
    """The patroller's phone, enrolled, with three stops ahead."""
    a_shift(people)
    return app_of(people.patroller).enrol()


def test_nobody_enrols_a_phone_who_is_not_logged_in(people: Cast, app_of: AppOf) -> None:
    app = app_of(people.patroller)
    app.context.clear_cookies()
    app.open()
    app.page.get_by_label("这部手机或平板叫什么").fill("一队手机")
    app.set_pin("启用", PIN)
    app.page.wait_for_url("**/login/**")
    assert not devices()


def test_a_role_that_carries_no_phone_is_told_so(people: Cast, app_of: AppOf) -> None:
    app = app_of(people.dispatcher).open()
    app.page.get_by_label("这部手机或平板叫什么").fill("值班台手机")
    app.set_pin("启用", PIN)
    expect(app.page.get_by_text("您的角色不带外勤手机")).to_be_visible()
    assert not devices()


@pytest.mark.parametrize("pin", ["111111", "123456", "98765", "12"])
def test_a_pin_that_anybody_guesses_is_not_taken(people: Cast, app_of: AppOf, pin: str) -> None:
    app = app_of(people.patroller).open()
    app.page.get_by_label("这部手机或平板叫什么").fill("一队手机")
    app.set_pin("启用", pin)
    expect(app.page.get_by_text("PIN 太短或太简单：至少 6 位")).to_be_visible()
    assert not devices()


def test_what_lies_on_the_phone_names_no_place_and_no_token(app: App) -> None:
    app.line.fault = cut
    app.begin().visit()
    held = app.is_holding()
    assert len(held) > 2000
    for word in ("南桥", "杨二", "龙海", "nf_", "visit.", "夜巡一队", PIN):
        assert word not in held, word
    app.line.fault = None
    app.hurry().wait_sent()
    all_applied(app)


def test_wrong_pins_take_the_route_away_and_the_person_gets_his_entries_back(app: App) -> None:
    app.line.fault = cut
    app.begin().visit()
    app.page.close()
    app.again()
    for left in (4, 3, 2, 1):
        app.unlock(OTHER_PIN)
        expect(app.page.get_by_text(f"还可以试 {left} 次")).to_be_visible()
    app.unlock(OTHER_PIN).shows("shut")
    expect(app.page.get_by_text("3 条还没送出")).to_be_visible()
    app.set_pin("登录并重设", OTHER_PIN)
    expect(app.page.get_by_text("现在没有信号")).to_be_visible()
    app.line.fault = None
    app.set_pin("登录并重设", OTHER_PIN).shows("shift")
    app.hurry().wait_sent()
    assert all_applied(app) == ["run.begin", "visit.arrive", "visit.nobody"]


def test_closing_the_page_gives_no_free_try(app: App) -> None:
    app.page.close()
    for left in (4, 3):
        app.again().unlock(OTHER_PIN)
        expect(app.page.get_by_text(f"还可以试 {left} 次")).to_be_visible()
        app.page.close()
    app.again().unlock().shows("shift")
    app.begin().wait_sent()
    all_applied(app)


def test_nobody_elses_log_in_opens_the_phone(app: App, people: Cast) -> None:
    app.line.fault = cut
    app.begin()
    app.page.get_by_label("菜单").or_(app.page.locator("[data-menu] summary")).first.click()
    app.page.get_by_role("button", name="锁定、换人").click()
    app.line.fault = None
    cookie = people.other_patroller.browser().cookies["sessionid"].value
    app.context.add_cookies([{"name": "sessionid", "value": cookie, "url": app.line.url}])
    app.unfold("忘了 PIN").set_pin("登录并重设", OTHER_PIN)
    expect(app.page.locator(".toast--error")).to_be_visible()
    app.shows("locked")
    app.unlock().shows("shift")
    app.wait_sent()
    all_applied(app)


def test_a_locked_screen_shows_nothing_and_goes_on_sending(app: App) -> None:
    app.line.fault = cut
    app.begin().visit()
    app.page.locator("[data-menu] summary").click()
    app.page.get_by_role("button", name="锁定、换人").click()
    app.shows("locked")
    expect(app.page.locator("body")).not_to_contain_text("桥洞")
    app.line.fault = None
    with app.page.expect_response("**/field/commands"):
        app.hurry()
    app.unlock().shows("shift").wait_sent()
    assert all_applied(app) == ["run.begin", "visit.arrive", "visit.nobody"]


def test_a_phone_revoked_without_signal_delivers_to_the_desk_and_is_emptied(
    app: App, people: Cast
) -> None:
    app.begin().wait_sent()
    app.line.fault = cut
    app.visit()
    [device] = devices()
    services.revoke(actor=people.dispatcher.actor, at=clock.now(), device=device, reason="手机丢了")
    kept = app.kept()
    app.line.fault = None
    app.hurry().shows("enrol")
    expect(app.page.get_by_text("这部手机已停用或到期")).to_be_visible()
    assert [seq for seq, _kind, _state in on_server()] == list(range(1, kept + 1))
    assert {state for _seq, _kind, state in on_server()[1:]} == {"review"}
    assert "planned" in visited().values(), "what a revoked phone says is looked at first"
    assert app.kept() == 0
    assert "iterations" not in app.is_holding()


def test_a_bundle_whose_time_is_over_is_deleted_and_the_entries_are_not(app: App) -> None:
    app.begin().wait_sent()
    app.line.fault = cut
    app.visit()
    app.page.close()
    app.context.add_init_script(moved_clock(20))
    app.again().unlock().shows("empty")
    expect(app.page.get_by_text("任务包到期，已删除")).to_be_visible()
    assert app.unsent() == 2
    app.line.fault = None
    app.hurry().wait_sent()
    app.shows("shift")
    assert all_applied(app) == ["run.begin", "visit.arrive", "visit.nobody"]


OPENED = "document.querySelector('details[data-key=photo]').open = true"
ROOM = 8_000_000  # bytes; a phone with a few photos' worth of room


def _noise(folder: Path) -> Path:
    """A photo that no encoder makes small."""
    path = folder / "dark.png"
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(path)
    return path


def test_a_full_phone_says_so_and_the_entry_stays_on_the_screen(
    people: Cast, app_of: AppOf, tmp_path: Path
) -> None:
    a_shift(people)
    app = app_of(people.patroller)
    session = app.context.new_cdp_session(app.page)
    session.send(
        "Storage.overrideQuotaForOrigin", {"origin": app.line.url, "quotaSize": float(ROOM)}
    )
    app.enrol().begin().press("到达").wait_sent()
    app.line.fault = cut
    app.unfold("拍照或录像留存")
    photo, form = _noise(tmp_path), app.page.locator("details[data-key=photo]")
    kept = app.kept()
    while not app.page.locator(".toast--error").count():
        app.page.evaluate(OPENED)
        form.locator("input[type=file]").set_input_files(photo)
        expect(form).to_have_attribute("open", "")
        done = int(app.page.locator("#field").get_attribute("data-accepted") or 0)
        form.get_by_role("button", name="存到手机").click()
        either = f"#field[data-accepted='{done + 1}'], .toast--error"
        app.page.locator(either).first.wait_for(state="attached")
        assert app.kept() < 40, "the room was to end"
    expect(app.page.get_by_text("手机空间满了，没有存上")).to_be_visible()
    full = app.kept()
    assert full > kept, "some photos found room"
    assert app.unsent() == full - kept
    assert form.locator("input[type=file]").input_value(), "the photo is still chosen"
    app.line.fault = None
    app.hurry().wait_sent()
    app.page.locator(".toast__close").first.click()
    app.press("存到手机", within="details[data-key=photo]").wait_sent()
    kinds = [kind for _seq, kind, _state in exactly_once(app)]
    assert kinds == ["run.begin", "visit.arrive", *["photo.add"] * (full - kept + 1)]


def test_a_press_in_the_moment_the_shift_is_drawn_is_not_lost(app: App) -> None:
    app.begin().press("到达").wait_sent()
    again = app.again()
    again.shows("locked")
    again.page.evaluate(PRESSES_AT_ONCE)
    again.unlock()
    expect(again.page.locator("#field")).to_have_attribute("data-accepted", "1")
    again.wait_sent()
    assert [kind for _seq, kind, _state in exactly_once(app)][-1] == "visit.nobody"


def test_a_page_killed_while_it_writes_leaves_whole_entries_and_no_gap(app: App) -> None:
    app.line.fault = cut
    app.begin()
    for kind in ("visit.arrive", "visit.nobody"):
        for is_kept in (False, True):
            app.kill_writing(kind, is_kept=is_kept).unlock().shows("shift")
    expect(app.page.get_by_role("button", name="到达", exact=True).first).to_be_visible()
    assert app.kept() == 3
    app.line.fault = None
    app.hurry().wait_sent()
    assert all_applied(app) == ["run.begin", "visit.arrive", "visit.nobody"], "none twice, no gap"


def test_a_new_version_waits_until_nobody_is_at_it(app: App) -> None:
    app.begin().wait_sent()
    old = app.page.locator("html").get_attribute("data-version") or ""
    assert old
    app.line.rewrite = lambda path, content: (
        content.replace(old.encode(), b"0123456789ab") if path.startswith("/field/") else content
    )
    app.press("到达")
    app.page.evaluate(
        """async () => {
          const one = await navigator.serviceWorker.ready;
          await one.update();
          await new Promise((done) => {
            const look = () => (one.waiting ? done() : setTimeout(look, 50));
            look();
          });
        }"""
    )
    expect(app.page.locator("html")).to_have_attribute("data-version", old)
    app.press("没有人").wait_sent()
    app.page.locator("[data-menu] summary").click()
    app.page.get_by_role("button", name="锁定、换人").click()
    expect(app.page.locator("html")).to_have_attribute("data-version", "0123456789ab")
    app.line.fault = cut
    app.unlock().shows("shift")
    app.line.fault = None
    app.visit().wait_sent()
    assert len(all_applied(app)) == 5
