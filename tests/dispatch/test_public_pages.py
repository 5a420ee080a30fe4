"""What anybody can do without an account: report, look up, add; on a bad phone, with bad input."""

import pytest
from django.test import Client

from nuantu.dispatch import services
from nuantu.dispatch.models import Tip
from nuantu.places.models import Station
from nuantu.places.rules.datums import Datum, Point, from_wgs84
from tests.cast import OTHER_COUNTY, STATION, Cast
from tests.dispatch.reporting import ASKED, NUMBER, WHAT, WHERE, a_photo, asked_again, fill_in
from tests.web import does_not_see, page_for, sees

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KEY = "0192a1f0-0000-7000-8000-000000000001"


@pytest.mark.parametrize("url", ["/help/", "/report/", "/report/all/", "/receipt/?code=XXXXXXXXXX"])
def test_before_anybody_is_entered_the_public_is_told_to_call(url: str) -> None:
    answer = Client().get(url, follow=True)
    assert answer.status_code == 503
    sees(answer, "110")


def test_a_taxi_driver_reports_in_four_steps_and_reads_his_receipt(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    receipt = fill_in(browser)
    tip = Tip.objects.get()
    assert (tip.owner_org, tip.received_by, tip.urgent_flags) == (STATION, "公众", ["elderly"])
    page = page_for(cast.nobody, receipt)
    sees(page, "收到了，谢谢您", "已收到", "正在安排队伍", "他还在那里")
    does_not_see(page, "13800000000", "老人躺在桥下", str(tip.public_id))


def test_steps_cannot_be_jumped_over_and_back_keeps_what_was_typed(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    assert browser.get(NUMBER).headers["Location"] == WHERE
    browser.post(WHERE, {"place_text": "南桥"})
    assert browser.get(NUMBER).headers["Location"] == WHAT
    answer = browser.post(WHAT, {"seen_text": "老人", "go": "back"})
    assert answer.headers["Location"] == WHERE
    sees(browser.get(WHERE), "南桥")
    sees(browser.get(WHAT), "老人")


def test_where_is_the_only_thing_that_must_be_said(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    sees(asked_again(browser, WHERE, {"place_text": ""}), "请写明在哪里")
    assert browser.get(WHAT).headers["Location"] == WHERE
    assert browser.post(WHERE, {"lat": "26.57", "lon": "107.97"}).status_code == 302


def test_the_number_is_never_kept_in_the_session(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "南桥"})
    browser.post(WHAT, {})
    browser.post(ASKED, {"asked": "wants"})
    browser.post(NUMBER, {"callback": "13800000000", "go": "back"})
    assert "1380" not in str(dict(browser.session))
    sees(browser.get(NUMBER), 'value="13800000000"')


def test_a_wrong_number_is_kept_sealed_until_it_is_right(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "南桥"})
    browser.post(WHAT, {})
    browser.post(ASKED, {"asked": "wants"})
    page = asked_again(browser, NUMBER, {"callback": "1380000" + "0" * 12})
    sees(page, "这个电话号码不对", 'value="1380000')
    assert "138000" not in str(dict(browser.session))
    assert browser.post(NUMBER, {"callback": "13800000000"}).status_code == 302
    assert Tip.objects.get().callback.open() == "13800000000"
    does_not_see(browser.get(NUMBER), "138000")


def test_what_must_be_mended_survives_back_and_reload(cast: Cast) -> None:
    """The page that says what to mend has its own address; everything typed stands there again."""
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "南桥"})
    wrong = {"seen_text": "老人", "flags": ["elderly", "injured"], "person_count": "0"}
    page = asked_again(browser, WHAT, wrong | {"photo": a_photo()})
    reloaded = browser.get(WHAT)
    browser.get(WHERE)
    for again in (page, reloaded, browser.get(WHAT)):
        sees(again, "老人", "请先改正下面几处", "照片 1")
        assert again.content.decode().count(" checked") == 2
    assert browser.get(NUMBER).headers["Location"] == WHAT
    assert browser.post(WHAT, wrong | {"person_count": "2"}).headers["Location"] == ASKED
    does_not_see(browser.get(WHAT), "请先改正下面几处")
    sees(browser.get(WHAT), "照片 1", 'value="2"')


def test_a_step_back_keeps_even_what_is_not_right_yet(cast: Cast) -> None:
    """Nothing is asked of a step that was only left."""
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "南桥"})
    browser.post(WHAT, {"seen_text": "冷" * 2500, "photo": a_photo(), "go": "back"})
    page = browser.get(WHAT)
    sees(page, "冷" * 2500, "照片 1")
    does_not_see(page, "最多 2,000 个字")


def test_what_is_changed_after_sending_is_not_lost(cast: Cast) -> None:
    """A report that was sent is not changed behind the desk's back; the rest becomes another one."""
    browser = cast.taxi_driver.browser()
    first = fill_in(browser)
    browser.post(WHAT, {"seen_text": "还有一个孩子"})
    page = asked_again(browser, NUMBER, {"callback": "138 0000 0000"})
    sees(page, "这份报告已经提交", "作为另一份报告提交")
    does_not_see(page, "Idempotency")
    answer = browser.post(NUMBER, {"callback": "138 0000 0000", "go": "another"})
    assert answer.headers["Location"] not in ("", first)
    assert {tip.seen_text for tip in Tip.objects.all()} == {"老人躺在桥下", "还有一个孩子"}


def test_sending_twice_gives_the_same_receipt(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    first = fill_in(browser)
    again = browser.post(NUMBER, {"callback": "138 0000 0000"})
    assert again.headers["Location"] == first
    assert Tip.objects.count() == 1


def test_a_new_report_is_another_tip(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    assert fill_in(browser) != fill_in(browser)
    assert Tip.objects.count() == 2


@pytest.mark.rule("P12-03", "P12-04")
def test_danger_shows_whom_to_call_before_and_after(cast: Cast) -> None:
    """120 and 110 stand on every page that follows a dangerous mark, the station's number beside."""
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "南桥"})
    browser.post(WHAT, {"flags": ["critical"]})
    for url in (ASKED, WHERE):
        sees(browser.get(url), 'href="tel:120"', 'href="tel:110"')


def test_a_doubtful_point_is_asked_about_once(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    far = {"place_text": "山里", "lat": "26.40", "lon": "108.60"}
    sees(asked_again(browser, WHERE, far), "位置没错，继续", "位置对吗")
    assert browser.post(WHERE, far | {"is_confirmed": "1"}).status_code == 302


def test_swapped_numbers_are_offered_the_right_way_round(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    swapped = {"place_text": "南桥", "lat": "107.978", "lon": "26.574"}
    sees(asked_again(browser, WHERE, swapped), "26.574,107.978")
    assert browser.post(WHERE, swapped | {"use": "26.574,107.978"}).status_code == 302
    assert browser.session["report"]["values"]["lat"] == 26.574


def test_a_point_copied_from_another_map_is_offered_converted(cast: Cast, station: Station) -> None:
    browser = cast.taxi_driver.browser()
    copied = from_wgs84(Point(station.lat, station.lon), Datum.GCJ02)
    pin = {"place_text": "南桥", "lat": copied.lat, "lon": copied.lon}
    page = asked_again(browser, WHERE, pin)
    sees(page, "像是从高德或腾讯地图复制的", "是，用这个位置")
    offer = page.content.decode().split('name="use" value="')[1].split('"')[0]
    assert browser.post(WHERE, pin | {"use": offer}).status_code == 302
    assert browser.session["report"]["values"]["lat"] == pytest.approx(station.lat, abs=1e-5)
    assert browser.post(WHERE, pin | {"datum": "gcj02"}).status_code == 302, "he said so himself"


def test_whoever_insists_on_nothing_goes_on_with_words(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    answer = browser.post(WHERE, {"place_text": "南桥", "lat": "107", "lon": "26", "use": "none"})
    assert answer.status_code == 302
    assert browser.session["report"]["values"]["lat"] is None


def test_words_that_are_a_point_are_not_offered_to_be_searched(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    sees(
        asked_again(browser, WHERE, {"place_text": "天安门", "lat": "39.9", "lon": "116.39"}),
        "不用坐标",
    )
    page = asked_again(browser, WHERE, {"place_text": "39.9, 116.39"})
    sees(page, "位置没错，继续")
    does_not_see(page, "不用坐标")


def test_a_street_that_is_called_after_a_county_is_asked_about(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    page = asked_again(browser, WHERE, {"place_text": "黄平路口"})
    sees(page, "像是路名", "在黄平县", "不清楚，照样继续", 'name="division_code"')
    does_not_see(page, "不用坐标")
    browser.post(WHERE, {"place_text": "黄平路口", "in_county": OTHER_COUNTY, "division_code": ""})
    assert browser.session["report"]["values"]["division_code"] == OTHER_COUNTY
    assert browser.post(WHERE, {"place_text": "黄平路口", "is_confirmed": "1"}).status_code == 302


def test_too_long_a_text_is_kept_and_said_to_be_too_long(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "南桥"})
    page = asked_again(browser, WHAT, {"seen_text": "冷" * 2500})
    sees(page, "写了 2,500 个字，最多 2,000 个字", "冷" * 2500)
    answer = browser.post(WHAT, {"seen_text": "冷" * 25_000})
    assert answer.status_code == 422, "too much to keep: shown at once"
    sees(answer, "写了 25,000 个字", "冷" * 25_000)


def test_ten_megabytes_get_a_page_that_says_what_to_do(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    answer = browser.post(WHERE, {"place_text": "冷" * 3_500_000})
    assert answer.status_code == 413
    sees(answer, "内容太长", "tel:120")
    assert not Tip.objects.exists()


def test_the_report_on_one_page_needs_no_cookies(cast: Cast) -> None:
    page = page_for(cast.nobody, "/report/all/")
    key = page.content.decode().split('name="idempotency_key" value="')[1].split('"')[0]
    fields = {"place_text": "三棵树镇南桥", "asked": "no_answer", "idempotency_key": key}
    answers = [Client().post("/report/all/", fields) for _ in range(2)]
    assert answers[0].status_code == 302
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Tip.objects.count() == 1
    assert Client().post("/report/all/", {"place_text": ""}).status_code == 422


def test_the_report_on_one_page_is_asked_again_by_a_page_of_its_own(cast: Cast) -> None:
    """Where the browser keeps cookies, going back and loading again send nothing."""
    browser, url = cast.taxi_driver.browser(), "/report/all/"
    browser.get(url)
    wrong = {"place_text": "", "seen_text": "睡在纸板上", "callback": "12", "idempotency_key": KEY}
    wrong |= {"asked": "not_asked"}
    page = asked_again(browser, url, wrong)
    sees(page, "请写明在哪里", "睡在纸板上", f'value="{KEY}"', 'value="12"')
    assert "12" not in browser.session["report"]["typed"]["whole"]["said"]["callback"]
    sent = browser.post(url, wrong | {"place_text": "三棵树镇南桥", "callback": ""})
    assert "/r/" in sent.headers["Location"]
    does_not_see(browser.get(url), "睡在纸板上", "请写明在哪里")


def test_staff_who_report_here_act_as_the_public(cast: Cast) -> None:
    fill_in(cast.outsider.browser())
    assert Tip.objects.get().received_by == "公众"


def test_one_address_too_many_is_told_whom_to_call(cast: Cast) -> None:
    for _ in range(30):
        services.admit(address="127.0.0.1")
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "南桥"})
    browser.post(WHAT, {})
    browser.post(ASKED, {"asked": "wants"})
    answer = browser.post(NUMBER, {})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")
    sees(answer, "tel:120", "tel:110", "内容还在")
    assert not Tip.objects.exists()


def test_the_front_says_whom_to_call(cast: Cast, station: object) -> None:
    page = page_for(cast.nobody, "/help/")
    sees(page, "报告一个人", "0855-0000001", "tel:120", "查回执")
    english = page_for(cast.nobody, "/help/", language="en")
    sees(english, "tel:120")
