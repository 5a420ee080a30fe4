"""Tip to arrival in a real browser: a phone without a script, a desk by keyboard, a lost line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from nuantu.dispatch.models import Dispatch, Tip
from tests import builders
from tests.cast import Cast, Player, assemble

pytestmark = [pytest.mark.django_db(transaction=True)]
PageAt = Callable[..., Page]
SignIn = Callable[[Page, Player], Page]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


def _fits(page: Page) -> None:
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0, f"{over} px too wide"


def _report(page: Page) -> None:
    """Four questions, one at a time."""
    page.goto("/help/")
    page.get_by_role("link", name="报告一个人").click()
    page.get_by_label("地点").fill("三棵树镇南桥桥洞")
    _fits(page)
    page.get_by_role("button", name="下一步").click()
    page.locator("label", has_text="孩子").click()
    page.get_by_label("还想说什么").fill("一个孩子睡在桥下")
    _fits(page)
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="上一步").click()
    expect(page.get_by_label("还想说什么")).to_have_value("一个孩子睡在桥下")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("问了，答不清楚").check()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("link", name="120")).to_be_visible()
    page.get_by_role("button", name="提交报告").click()
    expect(page.get_by_role("heading", name="收到了，谢谢您")).to_be_visible()
    _fits(page)


@pytest.mark.parametrize("script", [False, True])
def test_somebody_reports_on_a_phone_with_and_without_a_script(
    people: Cast, page_at: PageAt, script: bool
) -> None:
    page = page_at(390, script=script)
    _report(page)
    tip = Tip.objects.get()
    assert (tip.urgent_flags, tip.seen_text) == (["minor"], "一个孩子睡在桥下")
    page.get_by_role("button", name="他还在那里").click()
    expect(page.get_by_text("正在安排队伍")).to_be_visible()
    assert tip.still_there.count() == 1


def test_the_red_bar_appears_with_the_first_dangerous_mark(people: Cast, page_at: PageAt) -> None:
    page = page_at(390)
    page.goto("/report/?new=1")
    page.get_by_label("地点").fill("三棵树镇南桥")
    page.get_by_role("button", name="下一步").click()
    bar = page.get_by_role("note")
    expect(bar).to_be_hidden()
    page.locator("label", has_text="受伤").click()
    expect(bar).to_be_visible()


def test_where_i_am_needs_one_press(people: Cast, page_at: PageAt) -> None:
    page = page_at(390)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 26.5637, "longitude": 108.066, "accuracy": 15})
    page.goto("/report/?new=1")
    page.get_by_role("button", name="就在我现在的位置").click()
    expect(page.get_by_text("误差约 15 米")).to_be_visible()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="您看到了什么？")).to_be_visible()


def test_a_call_is_taken_by_keyboard_alone(people: Cast, page_at: PageAt, sign_in: SignIn) -> None:
    page = sign_in(page_at(), people.operator)
    page.goto("/desk/")
    expect(page.get_by_label("在哪里")).to_be_focused()
    page.keyboard.type("三棵树镇南桥桥洞")
    page.keyboard.press("Enter")
    expect(page.get_by_label("什么情况")).to_be_focused()
    page.keyboard.type("一位老人躺着")
    expect(page.locator("#alike")).to_contain_text("三棵树镇")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("请读给对方")).to_be_visible()
    assert Tip.objects.get().seen_text == "一位老人躺着"
    expect(page.locator("#open-tips")).to_contain_text("三棵树镇南桥桥洞")


def test_a_tip_is_sent_with_two_keys_and_by_drag(
    people: Cast, page_at: PageAt, sign_in: SignIn
) -> None:
    team = builders.a_team(people)
    builders.a_tip("三棵树镇南桥桥洞")
    page = sign_in(page_at(), people.dispatcher)
    page.goto("/dispatch/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="派 1")).to_be_visible()
    page.wait_for_load_state()  # what stands there is seen before the scripts of the page have run
    page.keyboard.press("1")
    expect(page.get_by_text("已派出")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已撤销派队")).to_be_visible()
    card = page.locator("[data-tip]").first
    card.drag_to(page.locator(f'[data-team="{team.public_id}"]'))
    expect(page.get_by_text("已派出")).to_be_visible()
    assert Dispatch.objects.filter(state="assigned").count() == 1
    _fits(page)


def test_a_refused_drop_is_not_pressed_again_by_a_reload(
    people: Cast, page_at: PageAt, sign_in: SignIn, faults: list[str]
) -> None:
    run = builders.a_run(people)
    tip = builders.a_tip("体育场北门")
    page = sign_in(page_at(), people.dispatcher)
    page.goto("/dispatch/")
    card = page.locator(f'[data-tip="{tip.public_id}"]')
    card.drag_to(page.locator(f'[data-team="{run.team.public_id}"]'))
    expect(page.locator("#panel")).to_contain_text(run.team.name)
    expect(page).to_have_url(re.compile(f"/dispatch/.tip={tip.public_id}$"))
    answer = page.reload()
    assert answer is not None
    assert (answer.request.method, answer.status) == ("GET", 200)
    assert len(faults) == 1, "the refusal itself"
    faults.clear()


def test_the_team_goes_from_accept_to_arrival_on_its_phone(
    people: Cast, page_at: PageAt, sign_in: SignIn
) -> None:
    run = builders.a_run(people)
    page = sign_in(page_at(390), people.patroller)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 26.5637, "longitude": 108.066, "accuracy": 15})
    page.goto("/phone/")
    for name in ("接受", "出发", "到达"):
        button = page.get_by_role("button", name=name, exact=True)
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 48
        button.click()
    expect(page.get_by_text("见到人")).to_be_visible()
    run.refresh_from_db()
    assert run.state == "arrived"
    assert run.claimed_arrived_at
    _fits(page)


def test_a_step_pressed_without_a_line_is_said_to_be_unsent_and_lies_nowhere_in_clear(
    people: Cast, page_at: PageAt, sign_in: SignIn, faults: list[str]
) -> None:
    run = builders.a_run(people)
    page = sign_in(page_at(390), people.patroller)
    page.goto("/phone/")
    page.context.set_offline(True)
    page.get_by_text("去不了，退单").click()
    page.locator("#decline [name=reason]").fill("李四家门口封路")
    page.locator("#decline button").click()
    notice = page.locator("[data-no-line]")
    expect(notice).to_contain_text("这一步没有送出")
    expect(notice.get_by_role("link", name="打开外勤应用")).to_have_attribute("href", "/field/app/")
    held = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert "李四" not in held
    assert page.locator("#decline [name=reason]").input_value() == "李四家门口封路"
    page.context.set_offline(False)
    expect(notice).to_be_hidden()
    page.locator("#decline button").click()
    expect(page.get_by_text("现在没有任务")).to_be_visible()
    run.refresh_from_db()
    assert run.state == "declined"
    faults.clear()


def test_steps_that_an_earlier_version_kept_are_sent_and_forgotten(
    people: Cast, page_at: PageAt, sign_in: SignIn, faults: list[str]
) -> None:
    run = builders.a_run(people)
    page = sign_in(page_at(390), people.patroller)
    page.goto("/phone/")
    page.evaluate(
        """(url) => localStorage.setItem(`nuantu:steps:${document.body.dataset.who}`,
          JSON.stringify([{ url, body: [["csrfmiddlewaretoken", "old"]] }]))""",
        reverse("dispatch:run_accept", args=[run.public_id]),
    )
    page.reload()
    expect(page.get_by_role("button", name="出发", exact=True)).to_be_visible(timeout=20_000)
    assert page.evaluate("Object.keys(localStorage).length") == 0
    run.refresh_from_db()
    assert run.state == "accepted"
    faults.clear()


def test_the_whole_way_works_without_a_script(
    people: Cast, page_at: PageAt, sign_in: SignIn
) -> None:
    builders.a_team(people)
    builders.a_tip("三棵树镇南桥桥洞")
    page = sign_in(page_at(script=False), people.dispatcher)
    page.goto("/dispatch/")
    page.get_by_role("link", name="三棵树镇南桥桥洞").click()
    page.get_by_role("button", name="派", exact=False).first.click()
    expect(page.get_by_text("已派出")).to_be_visible()
    phone = sign_in(page_at(390, script=False), people.patroller)
    phone.goto("/phone/")
    for name in ("接受", "出发", "到达"):
        phone.get_by_role("button", name=name, exact=True).click()
    assert Dispatch.objects.get().state == "arrived"


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_full_pages_fit(
    people: Cast, page_at: PageAt, sign_in: SignIn, width: int, lang: str
) -> None:
    run = builders.a_run(people)
    builders.a_tip(
        "三棵树镇一个很长很长的社区居民委员会名称旁边的老年活动中心后门",
        flags=("minor", "critical"),
    )
    page = sign_in(page_at(width, lang), people.dispatcher)
    for url in (
        "/dispatch/",
        f"/dispatch/?tip={run.tip.public_id}",
        "/desk/",
        "/tips/",
        f"/tips/{run.tip.public_id}/",
    ):
        page.goto(url)
        _fits(page)


@pytest.mark.parametrize("script", [False, True])
def test_going_back_and_loading_again_never_ask_to_send_again(
    people: Cast, page_at: PageAt, tmp_path: Path, script: bool
) -> None:
    """After a photo that is none, an empty place and a wrong number, Back shows pages, not errors."""
    page = page_at(390, script=script)
    no_photo = tmp_path / "letter.jpg"
    no_photo.write_text("no photo")
    page.goto("/report/?new=1")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("alert")).to_contain_text("请写明在哪里")
    page.get_by_label("地点").fill("三棵树镇南桥")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("还想说什么").fill("老人躺在桥下")
    page.locator("input[type=file]").set_input_files(no_photo)
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("alert")).to_contain_text("不是能打开的照片")
    page.reload()
    expect(page.get_by_label("还想说什么")).to_have_value("老人躺在桥下")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("没有问").check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("您的电话").fill("12")
    page.get_by_role("button", name="提交报告").click()
    expect(page.get_by_role("alert")).to_contain_text("这个电话号码不对")
    for _step in range(6):
        answer = page.go_back()
        assert answer is None or answer.status == 200
        expect(page.locator("form.report")).to_be_visible()
    page.goto("/report/number/")
    page.get_by_label("您的电话").fill("")
    page.get_by_role("button", name="提交报告").click()
    expect(page.get_by_role("heading", name="收到了，谢谢您")).to_be_visible()
    page.go_back()
    expect(page.locator("form.report")).to_be_visible()
    assert Tip.objects.get().seen_text == "老人躺在桥下"


def test_live_is_said_only_while_the_stream_is_open(
    people: Cast, page_at: PageAt, sign_in: SignIn
) -> None:
    """Without a script the page says when it was made and offers to load it again."""
    plain = sign_in(page_at(script=False), people.dispatcher)
    plain.goto("/dispatch/?q=桥")
    expect(plain.get_by_text("实时")).to_be_hidden()
    plain.get_by_role("link", name="的页面 · 刷新").click()
    assert plain.url.endswith("/dispatch/?q=%E6%A1%A5")
    page = sign_in(page_at(), people.dispatcher)
    page.goto("/dispatch/")
    expect(page.get_by_text("正在重新连接")).to_be_visible()
    expect(page.get_by_text("实时", exact=True)).to_be_hidden()


def test_lists_and_receipts_are_printed_without_forms_and_as_wide_as_the_paper(
    people: Cast, page_at: PageAt, sign_in: SignIn
) -> None:
    tip = builders.a_tip("三棵树镇一个很长的社区居民委员会名称旁边")
    page = sign_in(page_at(794), people.dispatcher)
    page.emulate_media(media="print")
    page.goto("/tips/")
    place = page.locator("#register td", has_text=tip.place_text).bounding_box()
    assert place is not None
    assert place["width"] > 160
    receipt = page_at(794)
    receipt.emulate_media(media="print")
    receipt.goto(f"/r/{builders.a_receipt()}/")
    expect(receipt.get_by_label("现在是什么情况")).to_be_hidden()
    expect(receipt.locator("[data-receipt]")).to_be_visible()
