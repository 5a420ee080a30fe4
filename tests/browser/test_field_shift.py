"""Whole shifts on the phone app: forty stops without signal, people met, live tips, two phones."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from nuantu.core import clock, scope
from nuantu.dispatch import services as dispatch
from nuantu.dispatch.models import Dispatch
from nuantu.encounters.models import Encounter
from nuantu.patrols.models import PatrolPhoto, RunPartner
from nuantu.places.models import KeyLocation
from tests import builders
from tests.browser.field import (
    App,
    a_shift,
    all_applied,
    devices,
    exactly_once,
    on_server,
    the_run,
    visited,
)
from tests.browser.line import cut
from tests.cast import Cast
from tests.clips import MP4, WEBM
from tests.patrols import joint

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AppOf = Callable[..., App]


def _photo(folder: Path) -> Path:
    path = folder / "bridge.jpg"
    out = BytesIO()
    Image.new("RGB", (3000, 2000), (90, 60, 30)).save(out, "JPEG")
    path.write_bytes(out.getvalue())
    return path


def _meet(app: App, photo: Path | None = None) -> None:
    """Somebody under the bridge takes what is offered and stays."""
    app.page.get_by_role("button", name="见到人，登记接触").first.click()
    app.shows("contact")
    form = app.page.locator("#contact")
    form.locator("[name=looks]").fill("灰大衣，跛脚")
    form.locator("[name=is_informed]").check()
    form.locator("label.chip", has_text="只要了东西").or_(
        form.locator("label.chip[data-end=goods_only]")
    ).first.click()
    form.locator(".goods [data-counter]").first.get_by_role("button").last.click()
    short = form.locator("[name=missing_choice]").first
    if short.is_visible() or short.count():
        form.locator(".only-short label.chip").first.click()
    if photo is not None:
        form.locator("input[type=file]").set_input_files(photo)
        expect(form.get_by_text("已拍 1 张照片")).to_be_visible()


def _arrived(people: Cast, app_of: AppOf) -> App:
    """The patroller's phone at the first stop, without signal."""
    a_shift(people)
    app = app_of(people.patroller).enrol()
    app.line.fault = cut
    return app.begin().press("到达")


def test_forty_stops_without_signal_are_all_there_in_the_morning(
    people: Cast, app_of: AppOf, tmp_path: Path
) -> None:
    a_shift(people, 40)
    app = app_of(people.patroller).enrol()
    app.context.set_offline(True)
    app.begin()
    for _stop in range(37):
        app.visit()
    app.page.close()
    app.again().unlock().shows("shift")
    app.visit().press("到达").unfold("见到人，这一站办完")
    app.page.locator("input[name=count]").fill("2")
    app.press("办完这一站").unfold("去不了")
    app.page.get_by_label("原因", exact=True).first.fill("路口封了")
    app.press("登记没有去")
    app.unfold("增加一站")
    app.page.get_by_label("地点").fill("客运站候车厅")
    app.press("到了这里").press("没有人")
    app.unfold("交接")
    app.page.get_by_label("交给谁").fill("白班龙海")
    app.press("记下交接")
    app.page.locator("details[data-key=finish] summary").click()
    app.press("收队", within="details[data-key=finish]")
    assert app.unsent() == app.kept() == 1 + 38 * 2 + 2 + 1 + 2 + 1 + 1
    app.context.set_offline(False)
    app.hurry().wait_sent()
    assert len(all_applied(app)) == 84
    found = visited()
    assert len(found) == 41
    states = list(found.values())
    assert (states.count("nobody"), states.count("met"), states.count("skipped")) == (39, 1, 1)
    assert the_run().state == "finished"


def test_a_contact_with_a_photo_without_signal_is_recorded_once(
    people: Cast, app_of: AppOf, tmp_path: Path
) -> None:
    app = _arrived(people, app_of)
    _meet(app, _photo(tmp_path))
    app.press("存到手机")
    app.shows("shift").unfold("拍照或录像留存")
    app.page.locator("details[data-key=photo] input[type=file]").set_input_files(_photo(tmp_path))
    app.press("存到手机", within="details[data-key=photo]")
    app.line.fault = None
    app.hurry().wait_sent()
    kinds = all_applied(app)
    assert kinds == ["run.begin", "visit.arrive", "contact.record", "photo.add"]
    with scope.system("a test looks"):
        [encounter] = Encounter.objects.all()
        assert encounter.place == "南桥桥洞"
        [kept] = PatrolPhoto.objects.all()
        assert kept.file.media_type == "image/jpeg"


def test_a_photo_taken_while_the_page_is_drawn_anew_is_not_lost(
    people: Cast, app_of: AppOf, tmp_path: Path
) -> None:
    app = _arrived(people, app_of).unfold("拍照或录像留存")
    with app.page.expect_file_chooser() as camera:
        app.page.locator("details[data-key=photo] input[type=file]").click()
    app.page.locator("details[data-key=photo]").evaluate("(one) => one.dataset.seen = 'before'")
    app.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    app.hurry()
    expect(app.page.locator("details[data-key=photo]")).not_to_have_attribute("data-seen", "before")
    camera.value.set_files(_photo(tmp_path))
    app.line.fault = None
    app.press("存到手机", within="details[data-key=photo]").wait_sent()
    assert all_applied(app) == ["run.begin", "visit.arrive", "photo.add"]


def test_a_video_is_sent_once_and_a_larger_one_refused_in_words(
    people: Cast, app_of: AppOf, tmp_path: Path
) -> None:
    app = _arrived(people, app_of).unfold("拍照或录像留存")
    form = app.page.locator("details[data-key=photo]")
    large, short = tmp_path / "large.mp4", tmp_path / "short.webm"
    large.write_bytes(MP4 + bytes(20_000_001))
    short.write_bytes(WEBM)
    form.locator("input[type=file]").set_input_files(large)
    form.get_by_role("button", name="存到手机").click()
    expect(app.page.get_by_text("视频超过 20 MB，没有存上")).to_be_visible()
    app.page.locator(".toast__close").first.click()
    form.locator("input[type=file]").set_input_files(short)
    app.press("存到手机", within="details[data-key=photo]")
    app.line.fault = None
    app.hurry().wait_sent()
    assert all_applied(app) == ["run.begin", "visit.arrive", "photo.add"]
    with scope.system("a test looks"):
        [kept] = PatrolPhoto.objects.select_related("file")
    assert (kept.file.media_type, kept.file.size_bytes) == ("video/webm", len(WEBM))


TYPES_AT_ONCE = """() => new MutationObserver((_seen, self) => {
  const looks = document.querySelector("#contact [name=looks]");
  if (!looks) return;
  self.disconnect();
  looks.value = "灰大衣，跛脚";
  looks.dispatchEvent(new Event("input", { bubbles: true }));
}).observe(document.querySelector("#field"), { childList: true, subtree: true })"""
HAS_DRAFT = """() => new Promise((resolve) => {
  const asked = indexedDB.open("nuantu-field", 1);
  asked.onsuccess = () => {
    const got = asked.result.transaction("sealed").objectStore("sealed").get("draft");
    got.onsuccess = () => { asked.result.close(); resolve(Boolean(got.result)); };
  };
})"""


def test_what_is_typed_as_soon_as_the_form_stands_is_not_drawn_over(
    people: Cast, app_of: AppOf
) -> None:
    app = _arrived(people, app_of)
    app.page.evaluate(TYPES_AT_ONCE)
    app.page.get_by_role("button", name="见到人，登记接触").first.click()
    app.shows("contact").page.wait_for_function(HAS_DRAFT)
    assert app.page.locator("#contact [name=looks]").input_value() == "灰大衣，跛脚"


def test_a_form_half_filled_in_when_the_phone_dies_is_there_again(
    people: Cast, app_of: AppOf, tmp_path: Path
) -> None:
    app = _arrived(people, app_of)
    _meet(app, _photo(tmp_path))
    app.page.locator("#contact [name=name]").fill("老周")
    app.page.locator("#contact [name=name]").dispatch_event("change")
    app.page.wait_for_function(HAS_DRAFT)
    assert "老周" not in app.is_holding()
    app.kill().unlock().shows("contact")
    expect(app.page.get_by_text("已恢复没存完的内容")).to_be_visible()
    expect(app.page.locator("#contact [name=looks]")).to_have_value("灰大衣，跛脚")
    expect(app.page.get_by_text("已拍 1 张照片")).to_be_visible()
    app.press("存到手机")
    app.line.fault = None
    app.hurry().wait_sent()
    assert all_applied(app) == ["run.begin", "visit.arrive", "contact.record"]


def test_a_live_tip_stands_on_top_and_is_walked_without_signal(people: Cast, app_of: AppOf) -> None:
    route = a_shift(people)
    app = app_of(people.patroller).enrol()
    run = dispatch.assign(
        actor=people.dispatcher.actor,
        at=clock.now(),
        tip=builders.a_tip("三棵树镇南桥桥洞", flags=("minor",)),
        team=route.team,
    )
    app.hurry()
    tip = app.page.locator("[data-tip]")
    expect(tip).to_contain_text("三棵树镇南桥桥洞")
    below = app.page.locator("[data-tip] ~ [data-waits]")
    expect(below).to_contain_text("先办派单")
    app.begin().wait_sent()
    expect(below).to_have_count(0)
    app.line.fault = cut
    for name in ("接受", "出发", "到达"):
        button = tip.get_by_role("button", name=name, exact=True)
        expect(button).to_have_css("min-height", "64px")
        app.press(name, within="[data-tip]")
    app.unfold("没找到")
    app.page.get_by_label("在哪里找过").fill("桥下、涵洞都看过，没有人")
    app.press("报告没找到")
    expect(tip).to_have_count(0)
    app.visit()
    app.line.fault = None
    app.hurry().wait_sent()
    all_applied(app)
    with scope.system("a test looks"):
        assert Dispatch.objects.get(pk=run.pk).state == "not_found"


def test_two_phones_of_one_team_say_the_same_once(people: Cast, app_of: AppOf) -> None:
    a_shift(people)
    one, other = app_of(people.patroller).enrol(), app_of(people.patroller).enrol()
    one.begin().wait_sent()
    other.hurry().page.get_by_role("button", name="到达", exact=True).wait_for()
    one.line.fault = other.line.fault = cut
    one.visit()
    other.visit()
    for app in (one, other):
        app.line.fault = None
        app.hurry().wait_sent()
    for app, device in zip((one, other), devices(), strict=True):
        assert {state for _seq, _kind, state in exactly_once(app, device)} == {"applied"}
    assert list(visited().values()).count("nobody") == 1


def test_two_phones_that_contradict_each_other_are_looked_at_by_the_desk(
    people: Cast, app_of: AppOf
) -> None:
    a_shift(people)
    one, other = app_of(people.patroller).enrol(), app_of(people.patroller).enrol()
    one.begin().wait_sent()
    other.hurry().page.get_by_role("button", name="到达", exact=True).wait_for()
    one.line.fault = other.line.fault = cut
    one.visit()
    other.press("到达").unfold("见到人，这一站办完")
    other.page.locator("input[name=count]").fill("2")
    other.press("办完这一站")
    for app in (one, other):
        app.line.fault = None
        app.hurry().wait_sent()
    first, second = devices()
    assert {state for _seq, _kind, state in exactly_once(one, first)} == {"applied"}
    assert exactly_once(other, second)[-1][1:] == ("visit.met", "review")
    other.page.locator("[data-unsent]").click()
    expect(other.page.locator('[data-state="review"]')).to_contain_text("值班台在核对")
    assert len(on_server()) == 5


def test_police_that_did_not_come_are_told_without_signal_and_the_phone_says_stay_out(
    people: Cast, app_of: AppOf
) -> None:
    a_shift(people)
    joint.a_partner(people)
    with scope.system("a test wants the police at every stop"):
        KeyLocation.objects.update(must_go_with_police=True)
    app = app_of(people.patroller).enrol()
    app.line.fault = cut
    app.begin()
    warning = app.page.get_by_text("公安没有来：这一处先不要进去")
    expect(app.page.get_by_text("会同公安")).to_be_visible()
    expect(warning).to_have_count(0)
    app.press("没有来")
    expect(warning).to_be_visible()
    app.line.fault = None
    app.hurry().wait_sent()
    assert all_applied(app) == ["run.begin", "run.partner"]
    app.press("后来到了")
    expect(warning).to_have_count(0)
    app.wait_sent()
    with scope.system("a test looks"):
        assert RunPartner.objects.get().has_come


def test_a_missed_check_in_is_loud_and_a_word_ends_it(people: Cast, app_of: AppOf) -> None:
    a_shift(people)
    app = app_of(people.patroller)
    app.page.add_init_script("navigator.vibrate = (how) => (globalThis.shaken = how)")
    app.enrol().begin().wait_sent()
    app.page.clock.install(time=clock.now() + timedelta(hours=2))
    app.page.clock.run_for(3000)
    box = app.page.locator("[data-check-in]")
    expect(box).to_have_attribute("data-late", "")
    expect(box).to_contain_text("该报平安了")
    expect(box).to_contain_text("带班领导会来找你们")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_every_target_is_large_enough_for_a_glove(
    people: Cast, app_of: AppOf, lang: str, theme: str
) -> None:
    a_shift(people)
    app = app_of(people.patroller)
    app.page.add_init_script(f"localStorage.setItem('nuantu:theme', '{theme}')")
    app.enrol().begin().press("到达")
    if lang == "en":
        app.page.goto(f"{app.line.url}/field/app/en/")
        app.shows("locked")
    small = app.page.evaluate(
        """() => [...document.querySelectorAll("button, a, summary, input:not([type=hidden])")]
          .filter((one) => one.checkVisibility() && !one.classList.contains("skip"))
          .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height])
          .filter(([, height]) => height < 48)"""
    )
    assert small == []
    over = app.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0
