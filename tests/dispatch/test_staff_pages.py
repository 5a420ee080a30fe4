"""Desk, board and phone: who is refused first, then what each shows and does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.dispatch import services
from nuantu.dispatch.models import Dispatch, RemoteGuidance, Tip
from nuantu.operations.models import Team
from tests import builders
from tests.cast import COUNTY, Cast
from tests.dispatch.reporting import tip_url
from tests.web import (
    does_not_see,
    fragment_for,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class TestDesk:
    """A call becomes a tip in under a minute."""

    def test_only_those_who_take_calls_enter(self, cast: Cast) -> None:
        refused_for(cast.nobody, cast.patroller, cast.auditor, cast.hospital, url="/desk/")
        sees(page_for(cast.operator, "/desk/"), "保存线索", "没有未办结的线索")

    @pytest.mark.rule("P1-32")
    def test_a_call_is_a_tip_with_its_receipt_to_read_out(self, cast: Cast) -> None:
        page = submits(
            cast.operator,
            "/desk/",
            {
                "place_text": "三棵树镇南桥",
                "seen_text": "有人躺着",
                "person_count": 1,
                "asked": "not_asked",
                "channel": "hotline",
                "callback": "0855 123456",
                "reporter_name": "张师傅",
            },
            to="/desk/?taken=",
        )
        tip = Tip.objects.get()
        assert (tip.reporter_name.open(), tip.callback.open()) == ("张师傅", "0855123456")
        assert (tip.channel, tip.received_by) == ("hotline", cast.operator.name)
        sees(page, "请读给对方", "已登记，回执", "三棵树镇南桥")
        does_not_see(page, "0855123456", "张师傅")

    def test_a_call_from_an_unknown_place_stays_with_the_desk_that_took_it(
        self, cast: Cast
    ) -> None:
        call = {
            "place_text": "那棵大树下面",
            "person_count": 1,
            "asked": "not_asked",
            "channel": "hotline",
        }
        page = submits(cast.operator, "/desk/", call, to="/desk/?taken=")
        sees(page, "那棵大树下面")
        assert Tip.objects.get().division_code == cast.operator.actor.division_code

    def test_what_is_missing_is_said_and_nothing_is_lost(self, cast: Cast) -> None:
        typed = {"seen_text": "一位老人", "person_count": 1, "asked": "not_asked", "channel": "110"}
        page = submit_refused_leaving(
            cast.operator, "/desk/", typed, unchanged=Tip.objects.count, says="地点"
        )
        sees(page, "一位老人")

    def test_a_doubtful_point_is_asked_once(self, cast: Cast) -> None:
        call = {
            "place_text": "山里",
            "lat": "26.40",
            "lon": "108.60",
            "person_count": 1,
            "asked": "not_asked",
            "channel": "hotline",
        }
        submit_refused_leaving(
            cast.operator, "/desk/", call, unchanged=Tip.objects.count, says="位置没错，继续"
        )
        submits(cast.operator, "/desk/", call | {"is_confirmed": "1"}, to="taken=")

    def test_duplicates_and_places_show_while_typing(self, cast: Cast) -> None:
        tip = builders.a_tip("三棵树镇南桥桥洞")
        url = reverse("dispatch:desk_alike")
        piece = fragment_for(cast.operator, f"{url}?place_text=三棵树镇南桥桥洞下面")
        sees(piece, "可能已有人报告", tip.place_text, "描述相似", "可能的地点", "三棵树镇")
        sees(fragment_for(cast.operator, f"{url}?place_text=x"), "没有找到相似")

    def test_a_street_called_after_another_county_is_asked_on_the_phone(self, cast: Cast) -> None:
        """The desk's own county is one answer, the other one too; neither is guessed."""
        said = {"place_text": "黄平路口", "person_count": 1, "asked": "wants", "channel": "hotline"}
        browser = cast.operator.browser()
        page = browser.post("/desk/", said)
        assert page.status_code == 422
        sees(page, "像是路名", "在黄平县", "在凯里市", "黄平路口")
        assert browser.post("/desk/", said | {"in_county": COUNTY}).status_code == 302
        assert Tip.objects.get().division_code == COUNTY

    def test_an_old_session_keeps_the_call(self, cast: Cast) -> None:
        """The form is carried over the log-in, encrypted, and sent on by one press."""
        browser = cast.operator.browser()
        page_for(browser, "/desk/")
        browser.session.flush()
        answer = browser.post("/desk/", {"place_text": "三棵树镇南桥"})
        assert answer.status_code == 401
        sees(answer, "登录", 'name="kept"')
        assert "三棵树镇南桥" not in answer.content.decode()
        assert not Tip.objects.exists()


class TestBoard:
    """Lanes, one selection, candidates, two keys."""

    def test_only_dispatchers_and_leaders_enter(self, cast: Cast) -> None:
        refused_for(
            cast.nobody,
            cast.operator,
            cast.patroller,
            cast.section_head,
            cast.admin,
            url="/dispatch/",
        )
        sees(page_for(cast.dispatcher, "/dispatch/"), "没有等待的线索", "还没有选中线索")

    def test_another_prefecture_sees_nothing_of_it(self, cast: Cast) -> None:
        tip = builders.a_tip()
        does_not_see(page_for(cast.outsider, "/dispatch/"), tip.place_text)
        not_found_for(cast.outsider, url=f"/dispatch/?tip={tip.public_id}")
        not_found_for(cast.outsider, url=tip_url(tip, "panel"))

    def test_each_lane_counts_all_and_shows_the_most_pressing(self, cast: Cast) -> None:
        for number in range(30):
            builders.a_tip(f"三棵树镇{number}组路口")
        urgent = builders.a_tip("三棵树镇卫生院门口", flags=("critical",))
        page = fragment_for(cast.dispatcher, "/dispatch/")
        sees(page, "先列最急的 25 条，还有 6 条", urgent.place_text, "待通知 120、110")
        body = page.content.decode()
        assert body.count("data-tip=") == 25
        assert body.index(urgent.place_text) < body.index("三棵树镇0组路口")

    def test_the_rest_of_a_lane_is_listed_in_the_same_order_and_paged(self, cast: Cast) -> None:
        for number in range(60):
            builders.a_tip(f"三棵树镇{number}组路口")
        urgent = builders.a_tip("三棵树镇卫生院门口", flags=("critical",))
        board = page_for(cast.dispatcher, "/dispatch/?q=三棵树")
        link = "/tips/?state=new&order=pressing&q=%E4%B8%89%E6%A3%B5%E6%A0%91"
        sees(board, link)
        page = page_for(cast.dispatcher, link)
        sees(page, "第 1–50 条，共 61 条", urgent.place_text)
        body = page.content.decode()
        assert body.index(urgent.place_text) < body.index("三棵树镇0组路口")
        sees(page_for(cast.dispatcher, f"{link}&page=2"), "第 51–61 条，共 61 条")

    def test_the_closed_of_today_open_to_today(self, cast: Cast) -> None:
        with clock.frozen(clock.now() - timedelta(days=2)):
            old = builders.a_tip("三棵树镇旧桥")
            services.close_tip(
                actor=cast.dispatcher.actor, at=clock.now(), tip=old, outcome="not_found"
            )
        new = builders.a_tip("三棵树镇新桥")
        services.close_tip(
            actor=cast.dispatcher.actor, at=clock.now(), tip=new, outcome="not_found"
        )
        page = page_for(
            cast.dispatcher, f"/tips/?state=closed&closed_since={clock.local(clock.now()):%Y-%m-%d}"
        )
        sees(page, "新桥")
        does_not_see(page, "旧桥")

    def test_filters_narrow_the_lanes(self, cast: Cast) -> None:
        builders.a_tip("三棵树镇卫生院门口", flags=("critical",))
        builders.a_tip("三棵树镇南桥")
        page = fragment_for(cast.dispatcher, "/dispatch/?flag=critical")
        sees(page, "卫生院门口")
        does_not_see(page, "南桥")
        sees(fragment_for(cast.dispatcher, "/dispatch/?q=南桥"), "南桥")

    def test_the_panel_offers_teams_with_minutes_and_keys(self, cast: Cast, team: Team) -> None:
        tip = builders.a_tip()
        busy = builders.a_team(cast, "乙队")
        other = builders.a_tip("三棵树镇政府")
        services.assign(actor=cast.dispatcher.actor, at=clock.now(), tip=other, team=busy)
        piece = fragment_for(cast.dispatcher, tip_url(tip, "panel"))
        sees(piece, "甲队", "乙队", "有任务", "分钟", 'data-key="1"')
        whole = page_for(cast.dispatcher, tip_url(tip, "panel"))
        sees(whole, "待派", "甲队")

    def test_sending_leads_back_to_the_board_with_an_undo(self, cast: Cast, team: Team) -> None:
        tip = builders.a_tip()
        page = submits(
            cast.dispatcher,
            tip_url(tip, "tip_assign"),
            {"team": team.public_id},
            to=f"/dispatch/?tip={tip.public_id}",
        )
        run = Dispatch.objects.get()
        sees(page, "已派出", reverse("dispatch:run_undo", args=[run.public_id]))
        submits(
            cast.dispatcher, reverse("dispatch:run_undo", args=[run.public_id]), {}, to="/dispatch/"
        )
        tip.refresh_from_db()
        assert tip.state == "new"

    def test_who_comes_second_sees_who_was_first(
        self, cast: Cast, team: Team, second_team: Team
    ) -> None:
        tip = builders.a_tip()
        submits(cast.leader, tip_url(tip, "tip_assign"), {"team": team.public_id})
        submit_refused_leaving(
            cast.dispatcher,
            tip_url(tip, "tip_assign"),
            {"team": second_team.public_id},
            unchanged=Dispatch.objects.count,
            says=f"{cast.leader.name} 已派 甲队",
        )

    def test_a_team_on_its_way_is_no_support_to_itself(
        self, cast: Cast, team: Team, second_team: Team
    ) -> None:
        tip = builders.a_tip()
        submits(cast.dispatcher, tip_url(tip, "tip_assign"), {"team": team.public_id})
        piece = fragment_for(cast.dispatcher, tip_url(tip, "panel"))
        sees(piece, "派去增援", str(second_team.public_id))
        does_not_see(piece, "data-key")  # a key pressed twice must not send two teams
        does_not_see(piece, f'value="{team.public_id}"')
        sees(page_for(cast.dispatcher, tip_url(tip, "panel"), language="en"), "Send as support")

    @pytest.mark.rule("P1-45")
    def test_without_a_free_team_a_relief_point_is_offered(self, cast: Cast) -> None:
        tip, point = builders.a_tip(), builders.a_relief_point(cast)
        sees(
            fragment_for(cast.dispatcher, tip_url(tip, "panel")),
            "请最近的救助点先行救助",
            point.name,
            "P1-45",
        )
        submit_refused_leaving(
            cast.dispatcher,
            tip_url(tip, "tip_guide"),
            {"point": point.public_id, "guidance": ""},
            unchanged=RemoteGuidance.objects.count,
        )
        submits(
            cast.dispatcher,
            tip_url(tip, "tip_guide"),
            {"point": point.public_id, "guidance": "先给热水"},
        )
        guidance = RemoteGuidance.objects.get()
        submits(
            cast.dispatcher,
            reverse("dispatch:guidance_answer", args=[guidance.public_id]),
            {"state": "helping", "answer": "已出门"},
        )
        sees(fragment_for(cast.dispatcher, "/dispatch/"), "电话指导中")
        submits(
            cast.dispatcher, tip_url(tip, "tip_close"), {"outcome": "not_found", "note": "走了"}
        )
        does_not_see(page_for(cast.dispatcher, tip_url(tip)), "电话指导中")


class TestPhone:
    """My next stop, big buttons, nothing else."""

    def test_only_team_members_carry(self, cast: Cast) -> None:
        refused_for(cast.nobody, cast.operator, cast.dispatcher, url="/phone/")
        sees(page_for(cast.other_patroller, "/phone/"), "您还没有编入队伍")
        run = builders.a_run(cast)
        not_found_for(
            cast.other_patroller,
            cast.operator,
            url=reverse("dispatch:run_accept", args=[run.public_id]),
            data={},
        )

    def test_of_two_that_wait_the_urgent_one_comes_first(self, cast: Cast, team: Team) -> None:
        """And what is urgent about the next one is said before it is opened."""
        old = builders.a_tip("三棵树镇南桥")
        child = builders.a_tip("三棵树镇政府", flags=("minor",))
        for tip in (old, child):
            services.assign(
                actor=cast.dispatcher.actor, at=clock.now(), tip=tip, team=team, may_be_busy=True
            )
        body = page_for(cast.patroller, "/phone/").content.decode()
        assert body.index("三棵树镇政府") < body.index("下一个") < body.index("三棵树镇南桥")
        run = Dispatch.objects.get(tip=old)
        services.depart(actor=cast.patroller.actor, at=clock.now(), run=run)
        body = page_for(cast.patroller, "/phone/").content.decode()
        assert body.index("三棵树镇南桥") < body.index("下一个") < body.index("三棵树镇政府")
        assert "孩子" in body[body.index("下一个") :]

    def test_one_stop_at_a_time_with_the_next_button(self, cast: Cast) -> None:
        run = builders.a_run(cast)
        later = builders.a_tip("三棵树镇政府")
        services.assign(
            actor=cast.dispatcher.actor, at=clock.now(), tip=later, team=run.team, may_be_busy=True
        )
        page = page_for(cast.patroller, "/phone/")
        sees(
            page,
            run.tip.place_text,
            "接受",
            "去不了，退单",
            "下一个",
            "三棵树镇政府",
            "tel:120",
            "tel:110",
        )
        does_not_see(page, "没找到")
        for step, after in (("accept", "出发"), ("depart", "到达"), ("arrive", "见到人")):
            page = submits(
                cast.patroller,
                reverse(f"dispatch:run_{step}", args=[run.public_id]),
                {},
                to="/phone/",
            )
            sees(page, after)

    def test_nonsense_from_the_phone_does_not_keep_anybody_from_arriving(self, cast: Cast) -> None:
        run = builders.a_run(cast)
        said = {"phone_at": "yesterday", "lat": "NaN", "lon": "1e999", "accuracy": "-5"}
        submits(cast.patroller, reverse("dispatch:run_arrive", args=[run.public_id]), said)
        run.refresh_from_db()
        assert (run.state, run.arrived_lat, run.claimed_arrived_at) == ("arrived", None, None)

    def test_not_found_needs_where_was_looked(self, cast: Cast) -> None:
        run = builders.a_run(cast)
        submits(cast.patroller, reverse("dispatch:run_arrive", args=[run.public_id]), {})
        url = reverse("dispatch:run_not_found", args=[run.public_id])
        submit_refused_leaving(
            cast.patroller, url, {"reason": ""}, unchanged=lambda: Dispatch.objects.get().state
        )
        submits(cast.patroller, url, {"reason": "桥下和路口都看过"}, to="/phone/")
        run.refresh_from_db()
        assert run.state == "not_found"

    def test_a_quiet_team_is_asked_whether_it_is_well(self, cast: Cast) -> None:
        run = builders.a_run(cast)
        later = clock.now() + timedelta(minutes=61)
        with clock.frozen(later):
            sees(fragment_for(cast.patroller, "/phone/"), "该报平安了")
            submits(cast.patroller, reverse("dispatch:run_check_in", args=[run.public_id]), {})
            does_not_see(fragment_for(cast.patroller, "/phone/"), "该报平安了")
