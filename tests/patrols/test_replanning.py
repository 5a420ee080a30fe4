"""A week planned anew while it is walked, beginning with who is refused."""

import re
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from django.http import Http404
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.operations import services as operations
from nuantu.operations.models import Duty, Team
from nuantu.patrols import access, services
from nuantu.patrols.models import (
    PatrolReplan,
    PatrolRoute,
    PatrolRun,
    PatrolStop,
    PatrolVisit,
    PatrolWeek,
)
from nuantu.patrols.rules.replanning import (
    CADENCE,
    ROAD_CLOSED,
    ROAD_OPEN,
    TEAM_LOST,
    URGENT,
    Happening,
    in_time,
    moves,
    tables,
)
from nuantu.patrols.selectors.adjusting import changed_at, new_visits, page_of, teams_left, tomorrow
from nuantu.patrols.selectors.situation import closed_ways, situation_of
from tests.builders import EVENING, PATROL
from tests.cast import COUNTY
from tests.patrols.nights import Night

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # the search is compiled the first time


def _page(browser: "Client", url: str) -> str:
    with clock.frozen(PATROL):
        return browser.get(url).content.decode()


def _to_come(run: PatrolRun) -> list[str]:
    with scope.system("a test looks"):
        rows = run.visits.filter(state=PatrolVisit.State.PLANNED).order_by("number")
        return list(rows.values_list("place", flat=True))


def test_another_county_and_a_team_cannot_reach_a_proposed_change(night: Night) -> None:
    replan = night.propose(Happening(TEAM_LOST, team=str(night.one.public_id)))
    for player in (night.cast.outsider, night.cast.patroller, night.cast.other_patroller):
        with scope.enter(scope.of_actor(player.actor)), pytest.raises(Http404):
            access.replan_for(player.actor, replan.public_id)


def test_only_a_published_week_that_is_being_walked_is_adjusted(night: Night) -> None:
    event = Happening(TEAM_LOST, team=str(night.one.public_id))
    with pytest.raises(services.ReplanRefused, match="正在执行"):
        night.propose(event, EVENING)


def test_an_event_about_nothing_of_the_week_is_refused(night: Night) -> None:
    for event, said in (
        (Happening(TEAM_LOST, team="nobody"), "没有要走的路线"),
        (Happening(URGENT, place="nowhere"), "不在这一周"),
        (Happening(ROAD_CLOSED, place=night.ids["东桥"], other=night.ids["东桥"]), "两个不同"),
        (Happening(ROAD_OPEN, place=night.ids["东桥"], other=night.ids["西桥"]), "没有登记为不通"),
        (Happening(CADENCE, level="normal", since=2), "没有提高"),
    ):
        with pytest.raises(services.ReplanRefused, match=said):
            night.propose(event)


def test_an_urgent_stop_places_nothing_that_the_published_week_did_not_keep(night: Night) -> None:
    assert night.week.missing == 10
    replan = night.propose(Happening(URGENT, place=night.ids["中桥"]))
    with scope.enter(scope.of_actor(night.actor)):
        searched = services.search(actor=night.actor, at=PATROL, replan=replan)
        page = page_of(searched)
    found = moves(tables(searched.before), tables(searched.after))
    assert [move["location"] for move in found] == [night.ids["中桥"]]
    assert [move.place for move in page.moves] == ["中桥"]
    assert page.gained == ()


def test_the_stops_of_a_lost_team_go_to_the_other_before_anybody_confirms_nothing_moves(
    night: Night,
) -> None:
    replan = night.propose(Happening(TEAM_LOST, team=str(night.one.public_id)))
    assert night.stops(night.one) == ["东桥", "西桥"]
    found = moves(tables(replan.before), tables(replan.after))
    assert {move["location"] for move in found} >= set(night.of("东桥", "西桥"))
    assert replan.figures["missing"] <= replan.figures["missing_idle"]
    night.confirm(replan)
    assert night.stops(night.one) == []
    assert {"东桥", "西桥"} <= set(night.stops(night.two))


def test_what_was_walked_stays_and_the_phones_show_the_new_way(night: Night) -> None:
    lost, other = night.out(night.one), night.out(night.two)
    actor = night.cast.patroller.actor
    with scope.enter(scope.of_actor(actor)):
        visit = PatrolVisit.objects.get(run=lost, place="东桥")
        services.arrive(actor=actor, at=PATROL + timedelta(minutes=5), visit=visit)
        services.nobody_here(actor=actor, at=PATROL + timedelta(minutes=10), visit=visit)
        kept = PatrolVisit.objects.get(run=other, place="北桥").public_id
    at = PATROL + timedelta(minutes=12)
    night.confirm(night.propose(Happening(TEAM_LOST, team=str(night.one.public_id)), at), at)
    assert _to_come(lost) == []
    assert "西桥" in _to_come(other)
    assert "东桥" not in _to_come(other)
    with scope.system("a test looks"):
        assert PatrolVisit.objects.get(run=lost).state == "nobody"
        assert PatrolVisit.objects.get(public_id=kept).place == "北桥"
        assert changed_at(PatrolRun.objects.select_related("team").get(pk=other.pk)) == at


def test_undone_every_team_has_its_route_again(night: Night) -> None:
    run, other = night.out(night.one), night.out(night.two)
    with scope.system("a test looks"):
        PatrolWeek.objects.update(encounters=9.0)
        before = PatrolWeek.objects.values("promised", "missing", "encounters").get()
    replan = night.confirm(night.propose(Happening(TEAM_LOST, team=str(night.one.public_id))))
    assert _to_come(run) == []
    with scope.enter(scope.of_actor(night.actor)):
        services.undo(actor=night.actor, at=PATROL, replan=replan)
        with pytest.raises(services.ReplanRefused, match="最后一次"):
            services.undo(actor=night.actor, at=PATROL, replan=replan)
    assert _to_come(run) == ["东桥", "西桥"]
    assert _to_come(other) == ["南桥", "北桥"]
    with scope.system("a test looks"):
        after = PatrolWeek.objects.values("promised", "missing", "encounters").get()
    assert after == before


def test_a_change_that_the_teams_have_overtaken_is_to_be_searched_again(night: Night) -> None:
    run = night.out(night.one)
    replan = night.propose(Happening(TEAM_LOST, team=str(night.one.public_id)))
    actor = night.cast.patroller.actor
    with scope.enter(scope.of_actor(actor)):
        visit = PatrolVisit.objects.get(run=run, place="东桥")
        services.arrive(actor=actor, at=PATROL, visit=visit)
    with pytest.raises(services.ReplanRefused, match="过时"):
        night.confirm(replan)
    with scope.enter(scope.of_actor(night.actor)):
        services.search(actor=night.actor, at=PATROL, replan=replan)
    with scope.system("a test looks"):
        again = PatrolReplan.objects.select_related("week").get(pk=replan.pk)
    assert again.is_searched
    assert night.confirm(again).is_confirmed


def test_an_urgent_place_is_visited_tonight_and_the_rest_is_kept(night: Night) -> None:
    replan = night.propose(Happening(URGENT, place=night.ids["中桥"]))
    assert replan.figures["is_served"]
    night.confirm(replan)
    assert "中桥" in night.stops(night.one) + night.stops(night.two)
    assert {"东桥", "西桥", "南桥", "北桥"} <= set(night.stops(night.one) + night.stops(night.two))


def test_an_urgent_place_is_the_next_stop_and_the_page_says_when_it_is_reached(
    night: Night,
) -> None:
    replan = night.propose(Happening(URGENT, place=night.ids["中桥"]))
    place = night.ids["中桥"]
    tonight = [move for move in _moves(replan) if move["to"] and move["to"][1] == 1]
    assert [move["location"] for move in tonight].count(place) == 1
    team, _minute = replan.figures["reached"]
    url = reverse("patrols:replan", args=[replan.public_id])
    page = _page(night.cast.dispatcher.browser(), url)
    said = re.search(r"预计 (\d\d:\d\d) 由(.队)到达，从提出起 (\d+) 分钟", page)
    assert said
    assert "reaches it" in _page(night.cast.dispatcher.browser("en"), url)
    night.confirm(replan)
    named = night.one if str(night.one.public_id) == team else night.two
    assert said[2] == named.name
    before = _before(named, "中桥")
    assert all(stop.arrives_at <= PATROL + timedelta(minutes=30) for stop in before)
    later = PATROL + timedelta(minutes=1)
    second = night.propose(Happening(URGENT, place=night.ids["东桥"]), later)
    assert second.figures["is_served"]
    night.confirm(second, later)
    assert [stop.name for stop in _before(named, "中桥")] == [stop.name for stop in before]


def _moves(replan: PatrolReplan) -> list[dict[str, Any]]:
    return moves(tables(replan.before), tables(replan.after))


def _before(team: Team, place: str) -> list[PatrolStop]:
    """The stops of a team tonight before it comes to a place."""
    with scope.system("a test looks"):
        rows = PatrolStop.objects.filter(route__team=team, route__half=1).order_by("number")
        found = list(rows.select_related("key_location"))
    return found[: [stop.name for stop in found].index(place)]


def test_a_closed_way_is_not_driven_any_more(night: Night) -> None:
    one, other = night.of("南桥", "北桥")
    night.confirm(night.propose(Happening(ROAD_CLOSED, place=one, other=other)))
    row = night.stops(night.two)
    pairs = {frozenset(pair) for pair in pairwise(row)}
    assert frozenset({"南桥", "北桥"}) not in pairs


def test_a_road_that_opens_is_driven_again_until_that_is_undone(night: Night) -> None:
    one, other = night.of("南桥", "北桥")
    browser = night.cast.dispatcher.browser()
    adjust = reverse("patrols:adjust", args=[night.week.public_id])
    assert "kind=road_open" not in _page(browser, adjust)
    shut = night.confirm(night.propose(Happening(ROAD_CLOSED, place=one, other=other)))
    way = f"{adjust}?kind=road_open&amp;way={one}%7C{other}"
    assert way in _page(browser, reverse("patrols:replan", args=[shut.public_id]))
    assert 'kind=road_open">' in _page(
        browser, reverse("patrols:week", args=[night.week.public_id])
    )
    assert f'<option value="{one}|{other}" selected>南桥到北桥' in _page(
        browser, way.replace("&amp;", "&")
    )
    with clock.frozen(PATROL):
        sent = {"kind": "road_open", "way": f"{one}|{other}"}
        answer = browser.post(adjust, sent, follow=True)
        assert "南桥到北桥已通" in answer.content.decode()
    with scope.system("a test looks"):
        replan = PatrolReplan.objects.select_related("week").get(kind=ROAD_OPEN)
    night.confirm(replan)
    with scope.enter(scope.of_actor(night.actor)):
        assert closed_ways(night.week) == ()
        services.undo(actor=night.actor, at=PATROL, replan=replan)
        assert [event.way for event in closed_ways(night.week)] == [{one, other}]


def test_of_a_road_closed_twice_the_last_word_holds(night: Night) -> None:
    one, other = night.of("南桥", "北桥")
    night.confirm(night.propose(Happening(ROAD_CLOSED, place=one, other=other)))
    night.confirm(night.propose(Happening(ROAD_CLOSED, place=other, other=one, minutes=25.0)))
    with scope.enter(scope.of_actor(night.actor)):
        assert [event.minutes for event in closed_ways(night.week)] == [25.0]


@pytest.mark.rule("P9-05")
def test_a_raised_level_asks_for_the_change_and_the_change_answers_it(night: Night) -> None:
    with scope.system("a test raises the level"):
        operations.set_level(actor=night.cast.leader.actor, at=PATROL, division_code=COUNTY,
                             level="raised", cause=None, reason="寒潮")  # fmt: skip
        assert services.ask_to_adjust(at=PATROL, division_code=COUNTY) == 1
        duty = Duty.objects.get(kind="patrol.adjust")
    assert duty.due_at == PATROL + timedelta(minutes=60)
    with scope.enter(scope.of_actor(night.actor)):
        visits = new_visits(night.week, "raised", PATROL)
        since = tomorrow(night.week, PATROL)
    assert dict(visits) == dict.fromkeys(night.ids.values(), 7)
    replan = night.propose(Happening(CADENCE, level="raised", visits=visits, since=since))
    night.confirm(replan)
    with scope.system("a test looks"):
        duty.refresh_from_db()
        night.week.refresh_from_db()
    assert duty.state == "done"
    assert night.week.level == "raised"
    assert night.week.promised > 15


def test_a_level_that_fell_back_takes_the_question_back(night: Night) -> None:
    with scope.system("a test raises the level and lowers it"):
        for level in ("raised", "normal"):
            operations.set_level(actor=night.cast.leader.actor, at=PATROL, division_code=COUNTY,
                                 level=level, cause=None, reason="寒潮")  # fmt: skip
            services.ask_to_adjust(at=PATROL, division_code=COUNTY)
        assert Duty.objects.get(kind="patrol.adjust").state == "cancelled"


def test_what_a_late_team_cannot_walk_before_its_shift_ends_counts_as_missed(night: Night) -> None:
    with scope.enter(scope.of_actor(night.actor)):
        found = situation_of(night.week, PATROL + timedelta(hours=5, minutes=20))
    key = (str(night.one.public_id), 1)
    assert found.stops[key] == night.of("东桥", "西桥")
    assert len(in_time(found.problem, found.stops)[key]) < 2


def test_a_team_lost_in_the_morning_leaves_what_its_night_still_had(night: Night) -> None:
    """The night's turn runs until 07:30; at 06:30 the day's half has begun."""
    morning = PATROL.replace(hour=22, minute=30)
    run = night.out(night.one)
    with scope.system("a test lets the night of the team run on"):
        PatrolRoute.objects.filter(team=night.one, half=1).update(
            back_at=morning + timedelta(hours=1)
        )
    actor = night.cast.patroller.actor
    with scope.enter(scope.of_actor(actor)):
        visit = PatrolVisit.objects.get(run=run, place="东桥")
        services.arrive(actor=actor, at=PATROL, visit=visit)
        services.nobody_here(actor=actor, at=PATROL + timedelta(minutes=10), visit=visit)
    with scope.enter(scope.of_actor(night.actor)):
        assert str(night.one.public_id) in dict(teams_left(night.week, morning))
    replan = night.propose(Happening(TEAM_LOST, team=str(night.one.public_id)), morning)
    assert (replan.half, replan.figures["remaining"]) == (2, 1)
    (move,) = [one for one in _moves(replan) if one["from"] and one["from"][1] == 1]
    assert (move["location"], move["from"][0]) == (night.ids["西桥"], str(night.one.public_id))
    night.confirm(replan, morning)
    assert _to_come(run) == []
    with scope.system("a test looks"):
        again = PatrolRun.objects.select_related("team").get(pk=run.pk)
        assert changed_at(again) == morning
        assert again.visits.get(place="东桥").state == "nobody"
    with scope.enter(scope.of_actor(night.actor)):
        services.undo(actor=night.actor, at=morning, replan=replan)
    assert _to_come(run) == ["西桥"]
