"""What a receipt shows to whoever holds its code, and what can still be added by it."""

import pytest

from nuantu.core import clock
from nuantu.dispatch import services
from nuantu.dispatch.models import StillThere, Tip, TipPhoto
from tests import builders
from tests.cast import Cast
from tests.dispatch.reporting import a_photo
from tests.web import does_not_see, fragment_for, page_for, sees

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class TestReceipt:
    """The receipt is the only key, and shows only how far the answer has come."""

    def test_a_code_is_found_as_people_type_it(self, cast: Cast) -> None:
        code = builders.a_receipt()
        typed = f"{code[:5].lower()} {code[5:]}"
        answer = cast.nobody.browser().get("/receipt/", {"code": typed})
        assert answer.headers["Location"] == f"/r/{code}/"

    def test_a_wrong_code_says_what_codes_look_like(self, cast: Cast) -> None:
        answer = cast.nobody.browser().get("/receipt/", {"code": "1234567890"})
        assert answer.status_code == 422
        sees(answer, "没有这个回执编号")
        assert cast.nobody.browser().get("/r/ABCDEFGHJK/").status_code == 404

    def test_the_timeline_follows_the_team(self, cast: Cast) -> None:
        code = builders.a_receipt()
        team, tip = builders.a_team(cast), Tip.objects.get()
        run = services.assign(actor=cast.dispatcher.actor, at=clock.now(), tip=tip, team=team)
        sees(fragment_for(cast.nobody, f"/r/{code}/"), "队伍已派出", "前到他身边")
        services.arrive(actor=cast.patroller.actor, at=clock.now(), run=run)
        sees(fragment_for(cast.nobody, f"/r/{code}/"), "队伍已到现场")
        services.close_tip(
            actor=cast.dispatcher.actor, at=clock.now(), tip=tip, outcome="refused", note="给了棉被"
        )
        page = page_for(cast.nobody, f"/r/{code}/")
        sees(page, "他谢绝了帮助", "谢谢您伸出手")
        does_not_see(page, "给了棉被", "甲队", cast.dispatcher.name)

    def test_still_there_opens_it_again(self, cast: Cast) -> None:
        code = builders.a_receipt()
        services.close_tip(
            actor=cast.dispatcher.actor, at=clock.now(), tip=Tip.objects.get(), outcome="not_found"
        )
        browser = cast.nobody.browser()
        answer = browser.post(f"/r/{code}/still-there/", {"note": "还在桥下🥶"})
        assert answer.status_code == 302
        sees(browser.get(answer.headers["Location"]), "线索已重新打开", "正在安排队伍")
        assert StillThere.objects.get().note == "还在桥下🥶"

    def test_his_word_stays_on_the_receipt_but_not_on_another(self, cast: Cast) -> None:
        code, other = builders.a_receipt(), builders.a_receipt()
        cast.nobody.browser().post(f"/r/{code}/still-there/", {"note": "还在桥下"})
        does_not_see(page_for(cast.nobody, f"/r/{other}/"), "值班人员已收到")
        page = page_for(cast.nobody, f"/r/{code}/")
        sees(page, "您说：他还在那里。值班人员已收到")
        does_not_see(page, "还在桥下")

    def test_a_photo_can_be_added(self, cast: Cast) -> None:
        code = builders.a_receipt()
        browser = cast.nobody.browser()
        assert browser.post(f"/r/{code}/photo/", {"photo": a_photo()}).status_code == 302
        assert TipPhoto.objects.count() == 1
        answer = browser.post(f"/r/{code}/photo/", {})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/r/{code}/")
        sees(browser.get(f"/r/{code}/"), "请先选一张照片")

    def test_the_picture_leads_to_the_receipt(self, cast: Cast) -> None:
        answer = cast.nobody.browser().get(f"/r/{builders.a_receipt()}/picture.svg")
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert b"<svg" in answer.content
