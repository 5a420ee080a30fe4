"""From a taxi driver's phone to a team on the spot and back to his receipt, page by page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nuantu.core import clock, events, journal, scope
from nuantu.core.subjects import Subject
from nuantu.dispatch.jobs import find_duplicates
from nuantu.dispatch.models import Dispatch, Notice, Tip
from nuantu.operations.models import Duty
from nuantu.operations.services import escalate_due
from nuantu.places import services as places
from tests import builders
from tests.cast import COUNTY, STATION, TOWN, Cast
from tests.web import does_not_see, fragment_for, page_for, sees, submit_refused_leaving, submits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _station(cast: Cast) -> None:
    places.add_station(
        actor=cast.section_head.actor,
        at=clock.now(),
        spot=places.Spot(name="凯里市救助管理站", division_code=COUNTY, lat=26.5833, lon=107.9781),
        organisation_code=STATION,
        phone="0855-0000001",
    )


def _report(cast: Cast) -> str:
    """The taxi driver walks the four steps; his receipt's address."""
    browser = cast.taxi_driver.browser()
    browser.get("/report/?new=1")
    for url, said in (
        ("/report/where/", {"place_text": "三棵树镇南桥桥洞", "lat": "26.5637", "lon": "108.066"}),
        ("/report/what/", {"flags": ["minor"], "seen_text": "一个孩子睡在桥下", "person_count": 1}),
        ("/report/asked/", {"asked": "no_answer"}),
        ("/report/number/", {"callback": "138 0000 0000"}),
    ):
        answer = browser.post(url, said)
        assert answer.status_code == 302
    return str(answer.headers["Location"])


@pytest.mark.rule("P9-20", "P9-22", "P1-32", "P1-44", "P12-03")
def test_a_child_under_a_bridge_is_reached_in_time(cast: Cast) -> None:
    with clock.frozen(builders.EVENING):
        builders.a_season(builders.EVENING)
        _station(cast)
        team = builders.a_team(cast)
        receipt = _report(cast)
        tip = Tip.objects.get()
        sees(fragment_for(cast.operator, "/desk/open/"), "三棵树镇南桥桥洞", "待通知 120、110")
        for notice in Notice.objects.filter(tip=tip):
            url = reverse("dispatch:notice_told", args=[notice.public_id])
            submits(cast.operator, url, {"way": "phone", "answer": "已出警"})
    with clock.frozen(builders.EVENING + timedelta(minutes=3)):
        sees(page_for(cast.dispatcher, f"/dispatch/?tip={tip.public_id}"), "甲队", "P9-20")
        url = reverse("dispatch:tip_assign", args=[tip.public_id])
        submits(cast.dispatcher, url, {"team": team.public_id}, to="/dispatch/")
        sees(fragment_for(cast.nobody, receipt), "队伍已派出")
    run = Dispatch.objects.get()
    for step, minutes in (("accept", 4), ("depart", 6), ("arrive", 19)):
        with clock.frozen(builders.EVENING + timedelta(minutes=minutes)):
            said = {"phone_at": "2020-01-01T00:00:00+08:00", "lat": "26.5637", "lon": "108.066"}
            submits(cast.patroller, reverse(f"dispatch:run_{step}", args=[run.public_id]), said)
    with clock.frozen(builders.EVENING + timedelta(minutes=40)):
        close = reverse("dispatch:tip_close", args=[tip.public_id])
        submit_refused_leaving(
            cast.dispatcher,
            close,
            {"outcome": "refused"},
            unchanged=lambda: Tip.objects.get().state,
            says="不能按「拒绝救助」办结",
        )
        submits(cast.dispatcher, close, {"outcome": "police", "note": "民警和队员一起送到派出所"})
        page = page_for(cast.nobody, receipt)
        sees(page, "已交给公安机关处理", "谢谢您伸出手")
        does_not_see(page, "派出所", "甲队", "13800000000")
        sees(page_for(cast.section_head, f"/tips/{tip.public_id}/"), "甲队到达现场", "移交公安")
    duty = Duty.objects.get(kind="dispatch.arrive")
    assert (duty.state, duty.breach_reason) == ("done", "")
    assert duty.done_at == builders.EVENING + timedelta(minutes=19)
    verbs = journal.timeline(Subject("tip", tip.public_id)).values_list("verb", flat=True)
    assert {"dispatch.tip.take", "dispatch.run.arrive", "dispatch.tip.close"} <= set(verbs)
    with scope.system("the chain is walked"):
        assert list(journal.verify()) == []


@pytest.mark.rule("P9-20", "P9-21")
def test_a_tip_that_nobody_reaches_climbs_the_ladder_and_must_be_explained(cast: Cast) -> None:
    with clock.frozen(builders.EVENING):
        tip = builders.a_tip()
    for minutes, rung in ((21, 1), (31, 2), (61, 3)):
        with scope.system("the clock of the worker"):
            escalate_due(at=builders.EVENING + timedelta(minutes=minutes))
        assert Duty.objects.get(kind="dispatch.arrive").escalation == rung
    with clock.frozen(builders.EVENING + timedelta(minutes=65)):
        sees(fragment_for(cast.leader, "/dispatch/"), "超35:00")
        close = reverse("dispatch:tip_close", args=[tip.public_id])
        submit_refused_leaving(
            cast.leader,
            close,
            {"outcome": "not_found"},
            unchanged=lambda: Tip.objects.get().state,
            says="超时原因",
        )
        submits(
            cast.leader, close, {"outcome": "not_found", "breach_reason": "两车都在外，路面结冰"}
        )
        sees(page_for(cast.auditor, f"/tips/{tip.public_id}/"), "两车都在外，路面结冰")


def test_a_second_call_about_the_same_man_is_joined_and_both_callers_learn(cast: Cast) -> None:
    first = builders.a_receipt()
    call = {
        "place_text": "三棵树镇南桥下面",
        "lat": "26.5638",
        "lon": "108.0661",
        "person_count": 1,
        "asked": "not_asked",
        "channel": "hotline",
    }
    page = submits(cast.operator, "/desk/", call, to="taken=")
    second = page.wsgi_request.GET["taken"]
    assert "dispatch.find_duplicates" in events.subscribers()["dispatch.tip_received"]
    later = Tip.objects.order_by("-pk")[0]
    with scope.system("the worker does what the event asked for"):
        find_duplicates(tip=str(later.public_id))
    link = later.links_to_earlier.get()
    sees(page_for(cast.operator, f"/tips/{later.public_id}/"), "疑似重复", "相距近")
    submits(cast.operator, reverse("dispatch:link_same", args=[link.public_id]), {})
    main = Tip.objects.order_by("pk")[0]
    assert main.division_code == TOWN
    url = reverse("dispatch:tip_assign", args=[main.public_id])
    submits(cast.dispatcher, url, {"team": builders.a_team(cast).public_id})
    for code in (first, second):
        sees(fragment_for(cast.nobody, f"/r/{code}/"), "队伍已派出")
