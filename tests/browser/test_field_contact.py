"""The contact form without signal: every end that the form online has, photos and videos, whom to call."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from nuantu.core import clock, scope
from nuantu.dispatch import services as dispatch
from nuantu.encounters.models import Encounter, Evidence, ModeRequest, Outcome
from tests import builders
from tests.browser.field import App, a_shift, all_applied
from tests.browser.line import cut
from tests.cast import HOSPITAL, POLICE, STATION, Cast
from tests.clips import MP4, WEBM

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AppOf = Callable[..., App]


@pytest.fixture
def app(people: Cast, app_of: AppOf) -> App:
    """The patroller's phone without signal, arrived under the south bridge."""
    a_shift(people)
    app = app_of(people.patroller).enrol()
    app.line.fault = cut
    return app.begin().press("到达")


def _meet(app: App, looks: str) -> Locator:
    app.page.get_by_role("button", name="见到人，登记接触").first.click()
    app.shows("contact")
    form = app.page.locator("#contact")
    form.locator("[name=looks]").fill(looks)
    form.locator("[name=is_informed]").check()
    return form


def _ends(form: Locator, outcome: str) -> None:
    form.locator(f"label.chip[data-end={outcome}]").click()
    if outcome in ("to_station", "hospital", "police"):
        form.locator("[name=has_agreed]").first.check()
    if outcome == "refused":
        form.locator("label.chip", has_text="不肯说").click()
        form.locator("[name=has_card]").check()
        form.locator("label.chip:has([name=evidence])").first.click()
        form.locator("[name=evidence_reason]").fill("本人不让拍")
    if outcome in ("refused", "goods_only"):
        form.locator(".only-short label.chip").first.click()


def test_every_end_of_the_form_online_is_told_without_signal_and_recorded(app: App) -> None:
    for outcome in Outcome.values:
        _ends(_meet(app, f"灰大衣 {outcome}"), outcome)
        app.press("存到手机").shows("shift")
    app.line.fault = None
    app.hurry().wait_sent()
    kinds = all_applied(app)
    assert kinds == ["run.begin", "visit.arrive", *["contact.record"] * len(Outcome.values)]
    with scope.system("a test looks"):
        rows = {row.outcome: row for row in Encounter.objects.all()}
    assert set(rows) == set(Outcome.values)
    led = [rows[end].to_org for end in ("to_station", "hospital", "police")]
    assert led == [STATION, HOSPITAL, POLICE]
    assert rows["refused"].revisit_at is not None, "whoever refuses is visited again"


def test_a_child_closes_the_ends_that_leave_it_alone_and_the_form_says_what_is_open(
    app: App,
) -> None:
    form = _meet(app, "红棉袄，背书包")
    form.locator("[name=age]").fill("9")
    form.locator("[name=age]").dispatch_event("change")
    path = form.locator("#path")
    expect(path).to_contain_text("职责不因拒绝而结束")
    ways = path.locator("p", has_text="可以选：")
    expect(ways).to_contain_text("护送入站")
    expect(ways).not_to_contain_text("拒绝救助")
    form.locator("label.chip[data-end=to_station]").click()
    basis = form.locator("[name=legal_basis]")
    expect(basis).not_to_have_value("")
    form.locator("[name=mode_reason]").fill("一个人在桥下过夜")
    app.press("存到手机").shows("shift")
    app.line.fault = None
    app.hurry().wait_sent()
    all_applied(app)
    with scope.system("a test looks"):
        asked = ModeRequest.objects.get()
        assert asked.encounter.outcome == "to_station"
        assert asked.legal_basis


def test_whoever_was_reported_as_a_child_is_not_left_until_an_age_is_known(
    people: Cast, app_of: AppOf
) -> None:
    route = a_shift(people)
    app = app_of(people.patroller).enrol()
    tip = builders.a_tip("三棵树镇南桥桥洞", flags=("minor",))
    dispatch.assign(actor=people.dispatcher.actor, at=clock.now(), tip=tip, team=route.team)
    app.hurry().page.locator("[data-tip]").wait_for()
    app.line.fault = cut
    for name in ("接受", "出发", "到达"):
        app.press(name, within="[data-tip]")
    form = _meet(app, "红棉袄")
    path = form.locator("#path")
    expect(path).to_contain_text("职责不因拒绝而结束")
    form.locator("[name=age]").fill("40")
    form.locator("[name=age]").dispatch_event("change")
    expect(path).not_to_contain_text("职责不因拒绝而结束")


def test_whoever_cannot_be_woken_is_a_call_before_a_form(app: App) -> None:
    form = _meet(app, "老人，叫不醒")
    form.locator("label.chip", has_text="叫不醒").click()
    call = form.locator(".danger-bar a[href='tel:120']")
    expect(call).to_be_visible()
    box = call.bounding_box()
    assert box is not None
    assert box["height"] >= 48
    expect(app.page.locator(".bottom-bar a[href='tel:110']")).to_be_visible()


def test_a_contact_takes_a_video_beside_a_photo_and_keeps_both_when_the_phone_dies(
    app: App, tmp_path: Path
) -> None:
    large, short = tmp_path / "large.mp4", tmp_path / "short.webm"
    large.write_bytes(MP4 + bytes(20_000_001))
    short.write_bytes(WEBM)
    form = _meet(app, "灰大衣，跛脚")
    files = form.locator("input[type=file]")
    files.set_input_files(large)
    expect(app.page.get_by_text("视频超过 20 MB，没有存上")).to_be_visible()
    app.page.locator(".toast__close").first.click()
    files.set_input_files(short)
    expect(form.get_by_text("已拍 0 张照片、1 段视频")).to_be_visible()
    _ends(form, "helped_on_spot")
    app.page.wait_for_function(
        """() => new Promise((resolve) => {
          const asked = indexedDB.open("nuantu-field", 1);
          asked.onsuccess = () => {
            const got = asked.result.transaction("sealed").objectStore("sealed").get("draft-files");
            got.onsuccess = () => { asked.result.close(); resolve(Boolean(got.result)); };
          };
        })"""
    )
    app.kill().unlock().shows("contact")
    expect(app.page.get_by_text("已拍 0 张照片、1 段视频")).to_be_visible()
    app.press("存到手机")
    app.line.fault = None
    app.hurry().wait_sent()
    all_applied(app)
    with scope.system("a test looks"):
        kept = Evidence.objects.select_related("file").get()
    assert (kept.file.media_type, kept.file.size_bytes) == ("video/webm", len(WEBM))
    assert (
        app.page.evaluate(
            "import('/static/fieldwork/store.js').then((one) => one.get('sealed', 'draft-files'))"
        )
        is None
    )
