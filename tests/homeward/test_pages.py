"""Pages of wearers and the addresses that fixes are told to, beginning with who is refused."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.homeward import services
from nuantu.homeward.models import Alarm, Consent, Fence, Position, TrackKey, Wearer
from nuantu.papers.models import Paper
from nuantu.papers.rules.values import thawed
from tests.cast import Cast
from tests.homeward import wearing
from tests.homeward.wearing import DEVICE, FAR, HOME, NOON, fix, forwarded, later, tell
from tests.web import (
    does_not_see,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = pytest.mark.django_db
TYPED = {
    "ground": "认知障碍，两次走失，低保户",
    "purposes": ["locate", "fence"],
    "given_by": "guardian",
    "giver_name": "样阿芳",
    "paper": "同意书 2026-017",
    "given_date": "2026-12-09",
    "low_battery": "15",
    "margin_metres": "50",
}


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


def _count(model: Any = Wearer) -> int:
    with scope.system("a test counts"):
        return int(model.objects.count())


def _url(name: str, wearer: Wearer) -> str:
    return reverse(f"homeward:{name}", args=[wearer.public_id])


def test_whoever_sees_no_people_and_whoever_is_elsewhere_sees_no_row(cast: Cast) -> None:
    wearing.worn(cast)
    tell(fix(NOON))
    for key in ("kitchen", "police", "hospital", "other_patroller", "outsider"):
        with scope.enter(scope.of_actor(cast[key].actor)):
            assert not Wearer.objects.exists(), key
            assert not Position.objects.exists(), key
            assert not TrackKey.objects.exists(), key
    refused_for(cast.nobody, cast.kitchen, cast.police, cast.carer, url=reverse("homeward:wearers"))


@pytest.mark.slow
def test_a_stranger_learns_nothing_from_an_address(cast: Cast) -> None:
    """A wrong token, another wristband's number with a right token, a revoked gateway: one answer for all."""
    band, token = wearing.a_band(cast)
    wearing.a_band(cast, "手环02", "867000000000025")
    url, client = reverse("homeward:osmand"), Client()
    place = {"lat": "26.5", "lon": "107.9"}
    answers = [
        client.get(url, {"id": DEVICE, "token": "nb_wrong", **place}),
        client.get(url, {"id": "867000000000025", "token": token, **place}),
        client.get(url, {"id": "1", "token": token, **place}),
        client.get(url, {"id": DEVICE, **place}),
    ]
    assert {(one.status_code, one.content) for one in answers} == {(401, answers[0].content)}
    taken = client.get(url, {"id": DEVICE, "token": token, **place})
    assert taken.json() == {"taken": 0, "left": 1}
    bad = client.get(url, {"id": DEVICE, "token": token, "lat": "95", "lon": "1"})
    assert (bad.status_code, bad.json()["words"]) == (400, "经纬度读不懂或超出范围。")
    assert band.number == "手环01"
    for _turn in range(40):
        last = client.get(url, {"id": DEVICE, "token": "nb_wrong"})
    assert last.status_code == 429


def test_a_gateway_forwards_many_and_one_that_is_wrong_keeps_no_other_out(cast: Cast) -> None:
    wearing.worn(cast)
    actor = cast.station_head.actor
    with scope.enter(scope.of_actor(actor)):
        gateway, token = services.add_gateway(actor=actor, at=NOON, name="Traccar")
    url, client = reverse("homeward:traccar"), Client(headers={"Authorization": f"Bearer {token}"})
    body = [forwarded(DEVICE, NOON), {"device": {}}, 7, forwarded("999", NOON)]
    answer = client.post(url, body, content_type="application/json")
    said = answer.json()
    assert (said["taken"], said["left"]) == (1, 1)
    assert [fault["index"] for fault in said["faults"]] == [1, 2]
    assert client.post(url, "{", content_type="application/json").status_code == 400
    with scope.enter(scope.of_actor(actor)):
        services.revoke_gateway(actor=actor, at=NOON, gateway=gateway)
    assert client.post(url, body, content_type="application/json").status_code == 401


@pytest.mark.slow
@pytest.mark.rule("P14-25")
def test_nobody_is_entered_without_a_signed_consent(cast: Cast) -> None:
    from tests.stays import house

    case, who, url = house.a_case_of(cast, years=76), cast.tracing_officer, reverse("homeward:new")
    data = TYPED | {"case": case.number}
    for without, says in (
        ({"paper": " "}, "必填"),
        ({"purposes": ["fence"]}, "没有“收集位置”的同意"),
        ({"given_date": "2026-12-10"}, "不能是以后的日期"),
        ({"case": "C1"}, "没有这个编号的个案"),
        ({"term_days": "400"}, "轨迹最多保存 90 天"),
    ):
        page = submit_refused_leaving(who, url, data | without, unchanged=_count)
        sees(page, says if says != "必填" else "样阿芳", "样阿芳")
    submits(who, url, data, to="/wearers/")
    with scope.system("a test looks"):
        wearer = Wearer.objects.get()
        assert (wearer.term_days, wearer.silent_minutes) == (30, 120)
        assert f"{Consent.objects.get(purpose='locate').until_date}" == "2027-12-09"
    submit_refused_leaving(who, url, data, unchanged=_count, says="已经在佩戴手环")


def test_a_child_does_not_agree_for_himself(cast: Cast) -> None:
    from tests.stays import house

    case = house.a_case_of(cast, years=9)
    data = TYPED | {"case": case.number, "given_by": "self"}
    submit_refused_leaving(
        cast.tracing_officer,
        reverse("homeward:new"),
        data,
        unchanged=_count,
        says="不满14周岁的人要由监护人同意",
    )


def test_a_fence_that_cannot_be_comes_back_with_what_was_typed(cast: Cast) -> None:
    wearer, who = wearing.a_wearer(cast), cast.tracing_officer
    crossing = {"name": "集市", "corners": "26.0,107.0\n26.1,107.1\n26.1,107.0\n26.0,107.1"}
    url = _url("fence", wearer)
    page = submit_refused_leaving(
        who, url, crossing, unchanged=lambda: _count(Fence), says="边交叉了"
    )
    sees(page, "集市", "26.1,107.1")
    submits(
        who, url, {"name": "家附近", "lat": HOME[0], "lon": HOME[1], "radius": 800}, to="/wearers/"
    )
    not_found_for(cast.outsider, url=url)


@pytest.mark.slow
def test_a_fence_that_was_ended_by_a_slip_holds_again_at_one_press(cast: Cast) -> None:
    wearer, who = wearing.a_wearer(cast), cast.tracing_officer
    wearing.fenced(cast, wearer)
    with scope.system("a test looks for a fence"):
        fence = Fence.objects.get()
    end, back = (
        reverse(f"homeward:{name}_fence", args=[fence.public_id]) for name in ("end", "restore")
    )
    refused_for(cast.dispatcher, cast.reception, url=back, data={})
    not_found_for(cast.outsider, url=back, data={})
    sees(submits(who, end, {}), "围栏已取消", "没有围栏，不提醒出围栏", back)
    sees(submits(who, back, {}), "围栏已恢复：家附近", "已恢复围栏")
    with scope.system("a test looks for a fence"):
        assert Fence.objects.get().ended_at is None
    submits(who, end, {})
    for _turn in range(services.MOST_FENCES):
        wearing.fenced(cast, wearer)
    sees(submits(who, back, {}), "一个人最多10个围栏")


@pytest.mark.slow
def test_the_place_is_shown_with_its_age_and_the_track_only_for_a_purpose(cast: Cast) -> None:
    wearer, who = wearing.worn(cast), cast.dispatcher
    tell(fix(NOON), fix(later(minutes=5), (26.584, 107.981)), at=later(minutes=6))
    with clock.frozen(later(minutes=30)):
        sees(page_for(who, _url("wearer", wearer)), "最近位置", "25分钟前", "误差约 10 米")
        assert not who.browser().get(_url("ways", wearer)).json()["features"]
        track = _url("track", wearer)
        submit_refused_leaving(
            who, track, {"purpose": "看"}, unchanged=_count, says="请写明查看目的"
        )
        submits(who, track, {"purpose": "家属说他没回家，帮忙找"})
        lines = who.browser().get(_url("ways", wearer)).json()["features"]
        assert len(lines[0]["geometry"]["coordinates"]) == 2
        sees(page_for(cast.leader, _url("wearer", wearer)), "查看手环轨迹", "龙海")
    with clock.frozen(later(minutes=45)):
        assert not who.browser().get(_url("ways", wearer)).json()["features"]


def test_the_map_shows_each_where_they_are_few_and_squares_where_not(cast: Cast) -> None:
    wearing.worn(cast)
    tell(fix(NOON))
    browser, url = cast.dispatcher.browser(), reverse("homeward:view")
    near = browser.get(url, {"view": "26.57,107.97,26.59,107.99"}).json()["features"]
    assert [one["properties"]["label"] for one in near] == ["样阿公"]
    wide = browser.get(url, {"view": "20,100,30,115"}).json()["features"]
    assert [one["properties"]["label"] for one in wide] == ["1 人"]
    assert browser.get(url, {"view": "nonsense"}).json()["features"] == wide
    assert cast.outsider.browser().get(url).json()["features"] == []
    assert wide[0]["properties"]["state"] == ""
    tell(fix(later(minutes=1), alarms=frozenset({"sos"})), at=later(minutes=1))
    with clock.frozen(later(minutes=1)):
        (square,) = browser.get(url, {"view": "20,100,30,115"}).json()["features"]
    assert square["properties"]["state"] == "red"
    assert square["properties"]["note"].startswith("1 人有告警没有处理")


@pytest.mark.slow
def test_an_alarm_is_answered_once_and_a_team_is_sent_through_the_board(cast: Cast) -> None:
    wearing.fenced(cast, wearing.worn(cast))
    tell(fix(NOON, FAR), fix(later(minutes=1), FAR, alarms=frozenset({"sos"})), at=later(minutes=1))
    who = cast.dispatcher
    with scope.system("a test looks"):
        sos, outside = Alarm.objects.get(kind="sos"), Alarm.objects.get(kind="outside")
    with clock.frozen(later(minutes=2)):
        sees(page_for(who, reverse("homeward:alarms")), "本人呼救", "不在围栏内")
        url = reverse("homeward:answer", args=[sos.public_id])
        empty = {"outcome": "helped", "answer": " "}
        submit_refused_leaving(who, url, empty, unchanged=_open)
        submits(who, url, {"outcome": "helped", "answer": "电话联系女儿"}, to="/wearers/alarms/")
        submit_refused_leaving(
            who,
            url,
            {"outcome": "helped", "answer": "又一次"},
            unchanged=_open,
            says="已经处理过了",
        )
        send = reverse("homeward:send", args=[outside.public_id])
        data = {"place_text": "三棵树镇老街", "seen_text": "76岁老人，灰大衣"}
        submits(who, send, data, to="/tips/")
        does_not_see(page_for(who, reverse("homeward:alarms")), "样阿公")
    assert _open() == 0


def _open() -> int:
    with scope.system("a test counts"):
        return Alarm.objects.filter(answered_at=None).count()


def test_a_court_that_asks_for_a_destroyed_track_gets_its_certificate(cast: Cast) -> None:
    wearer, who = wearing.worn(cast), cast.tracing_officer
    tell(fix(NOON))
    url = reverse("homeward:withdraw", args=[wearer.public_id, "locate"])
    data = {"reason": "女儿来电", "typed": ""}
    submit_refused_leaving(who, url, data, unchanged=lambda: _count(Position), says="女儿来电")
    submits(who, url, data | {"typed": wearer.number}, to="/wearers/")
    with scope.system("a test looks"):
        key = TrackKey.objects.get()
    proof = reverse("homeward:certificate", args=[key.public_id])
    sees(page_for(cast.auditor, proof), key.key_digest, "撤回同意", "1 个位置")
    not_found_for(cast.outsider, url=proof)


@pytest.mark.slow
def test_the_court_is_answered_by_a_numbered_paper_that_the_head_signs(cast: Cast) -> None:
    wearer, head = wearing.worn(cast), cast.station_head
    url = reverse("papers:new", args=["track_answer", wearer.public_id])
    asked = {"asker": "凯里市人民法院", "letter_number": "样法调〔2026〕5号"}
    asked |= {"letter_date": "2026年12月1日", "asked_for": "样阿公10月的行踪"}
    submit_refused_leaving(head, url, asked, unchanged=lambda: _count(Paper), says="已销毁的轨迹")
    tell(fix(NOON))
    away = reverse("homeward:withdraw", args=[wearer.public_id, "locate"])
    submits(cast.tracing_officer, away, {"reason": "女儿来电", "typed": wearer.number})
    with scope.system("a test looks"):
        key = TrackKey.objects.get()
    not_found_for(cast.outsider, url=url)
    refused_for(cast.section_head, cast.tracing_officer, url=url)
    proof = reverse("homeward:certificate", args=[key.public_id])
    does_not_see(page_for(cast.tracing_officer, proof), url)
    sees(page_for(head, proof), url)
    page = submit_refused_leaving(
        head, url, asked | {"letter_number": " "}, unchanged=lambda: _count(Paper)
    )
    sees(page, "凯里市人民法院", "样阿公10月的行踪")
    submits(head, url, asked, to="/papers/")
    with scope.system("a test looks"):
        paper = Paper.objects.get(kind="track_answer")
        said = thawed(paper.versions.get().values.open())
    assert paper.number == "轨答〔2026〕0001号"
    assert said["asker"] == "凯里市人民法院"
    assert key.key_digest in str(said["destroyed"])
    sees(page_for(head, reverse("papers:list") + "?kind=track_answer"), paper.number)
    sign = reverse("papers:sign", args=[paper.public_id])
    sees(page_for(head, sign), "负责人签名", "经办人签名")
