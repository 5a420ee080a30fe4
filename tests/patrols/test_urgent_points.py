"""An urgent visit at a point that is no key location, beginning with who is refused."""

import html
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.patrols import services
from nuantu.patrols.models import PatrolReplan, PatrolStop, PatrolVisit
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.replanning import CADENCE, TEAM_LOST, URGENT, Happening
from nuantu.patrols.rules.spots import with_spots
from nuantu.patrols.selectors.situation import asked_problem, situation_of
from nuantu.patrols.selectors.spots import visit_at, waiting_for
from nuantu.patrols.selectors.weeks import sheet, stop_features
from nuantu.places.rules.datums import Point
from tests import builders
from tests.builders import PATROL

if TYPE_CHECKING:
    from tests.cast import Player
    from tests.patrols.nights import Night

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # the search is compiled the first time
SHOP = {"kind": "urgent", "name": "老街口小卖部", "lat": "26.583", "lon": "108.003"}


def _url(night: "Night") -> str:
    return reverse("patrols:adjust", args=[night.week.public_id])


def _post(night: "Night", said: dict[str, Any], language: str = "zh-hans") -> Any:
    with clock.frozen(PATROL):
        return night.cast.dispatcher.browser(language).post(_url(night), said)


def _at_shop(night: "Night") -> Happening:
    with scope.enter(scope.of_actor(night.actor)):
        return visit_at(night.week, "老街口小卖部", Point(26.583, 108.003), PATROL)


def _stop() -> PatrolStop:
    with scope.system("a test looks"):
        return PatrolStop.objects.select_related("route__team").get(place="老街口小卖部")


def test_another_county_and_a_team_cannot_send_anybody_to_a_point(night: "Night") -> None:
    refused: tuple[Player, ...] = (night.cast.outsider, night.cast.patroller)
    for player in refused:
        with clock.frozen(PATROL):
            assert player.browser().post(_url(night), SHOP).status_code in (403, 404)
    with scope.system("a test looks"):
        assert not PatrolReplan.objects.exists()


@pytest.mark.parametrize(
    ("said", "chinese", "english"),
    [
        ({"name": "", "lat": "", "lon": ""}, "请选点位或线索", "Choose a place or a tip"),
        ({"name": ""}, "队伍要看得懂", "so that the team can find it"),
        ({"lat": "", "lon": ""}, "请在地图上点出位置", "Click the point on the map"),
        ({"lat": "abc"}, "请在地图上点出位置", "Click the point on the map"),
        ({"lat": "nan"}, "请在地图上点出位置", "Click the point on the map"),
        ({"place": "东桥"}, "只填一处", "Say one place only"),
    ],
)
def test_what_is_missing_or_wrong_is_named_in_both_languages_and_nothing_typed_is_lost(
    night: "Night", said: dict[str, str], chinese: str, english: str
) -> None:
    sent = SHOP | said
    if "place" in sent:
        sent["place"] = night.ids[sent["place"]]
    for language, words in (("zh-hans", chinese), ("en", english)):
        answer = _post(night, sent, language)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert words in page
        assert all(f'value="{sent[name]}"' in page for name in ("name", "lat") if sent[name])


def test_a_point_abroad_is_refused_and_one_far_away_is_asked_about(night: "Night") -> None:
    assert _post(night, SHOP | {"lat": "48.85", "lon": "2.35"}).status_code == 422
    far = SHOP | {"lat": "26.6", "lon": "104.9"}
    answer = _post(night, far)
    assert answer.status_code == 422
    assert 'name="is_confirmed"' in answer.content.decode()
    swapped = SHOP | {"lat": SHOP["lon"], "lon": SHOP["lat"], "is_confirmed": "on"}
    answer = _post(night, swapped)
    assert answer.status_code == 422
    assert 'name="suggested" value="26.583,108.003"' in answer.content.decode()
    assert _post(night, swapped | {"suggested": "26.583,108.003"}).status_code == 302


def test_a_point_that_no_team_answers_for_is_refused(night: "Night") -> None:
    event = Happening(URGENT, place="nowhere", name="老街口", lat=26.58, lon=107.98)
    with pytest.raises(services.ReplanRefused, match="没有队伍管"):
        night.propose(event)


def test_a_pasted_point_is_visited_tonight_and_stands_on_every_list(night: "Night") -> None:
    run = night.out(night.one)
    answer = _post(night, SHOP | {"lat": "26.583,108.003", "lon": ""})
    assert answer.status_code == 302
    with scope.system("a test looks"):
        replan = PatrolReplan.objects.select_related("week").get()
    with clock.frozen(PATROL):
        page = night.cast.dispatcher.browser().get(answer["Location"]).content.decode()
    assert "紧急去老街口小卖部" in page
    assert page.count("老街口小卖部") == 2
    assert replan.figures["is_served"]
    night.confirm(replan)
    stop = _stop()
    assert stop.point == (26.583, 108.003)
    assert not stop.is_promised
    with scope.enter(scope.of_actor(night.actor)):
        assert "老街口小卖部" in [row[4] for row in sheet(night.week)]
        weeks = type(night.week).objects.filter(pk=night.week.pk)
        marks = {mark.label: mark.url for mark in stop_features(weeks)}
    assert marks["老街口小卖部"] == ""
    if stop.route.team == night.one:
        assert PatrolVisit.objects.filter(run=run, place="老街口小卖部").exists()
    for name in ("week", "print"):
        url = reverse(f"patrols:{name}", args=[night.week.public_id])
        assert "老街口小卖部" in night.cast.dispatcher.browser().get(url).content.decode()


def test_the_team_walks_the_point_and_the_rest_is_planned_on_with_it(night: "Night") -> None:
    runs = {team.pk: night.out(team) for team in (night.one, night.two)}
    night.confirm(night.propose(_at_shop(night)))
    stop = _stop()
    team = stop.route.team
    actor, at = night.cast.patroller.actor, PATROL + timedelta(minutes=20)
    with scope.enter(scope.of_actor(actor)):
        visit = PatrolVisit.objects.get(run=runs[team.pk], spot_id=stop.spot_id)
        services.arrive(actor=actor, at=at, visit=visit)
        services.nobody_here(actor=actor, at=at + timedelta(minutes=5), visit=visit)
    with scope.enter(scope.of_actor(night.actor)):
        now = situation_of(night.week, at + timedelta(minutes=6))
    assert str(stop.spot_id) in now.stops[str(team.public_id), 1]
    later = at + timedelta(minutes=6)
    night.confirm(night.propose(Happening(TEAM_LOST, team=str(team.public_id)), later), later)
    with scope.system("a test looks"):
        visit.refresh_from_db()
    assert visit.state == "nobody"


def test_a_point_goes_to_the_other_team_when_its_own_is_lost(night: "Night") -> None:
    night.confirm(night.propose(_at_shop(night)))
    was = _stop().route.team
    lost = Happening(TEAM_LOST, team=str(was.public_id))
    night.confirm(night.propose(lost))
    assert _stop().route.team != was


def test_the_map_opens_where_the_teams_of_the_week_go(night: "Night") -> None:
    with clock.frozen(PATROL):
        page = night.cast.dispatcher.browser().get(_url(night) + "?kind=urgent").content.decode()
    said = re.search(r'data-map="([^"]+)"', page)
    assert said is not None
    around = json.loads(html.unescape(said[1]))["around"]
    assert sorted(lat for _lon, lat in around) == pytest.approx([26.57, 26.58, 26.59, 26.60, 26.61])


def test_an_urgent_visit_of_a_key_location_goes_to_the_other_team_too(night: "Night") -> None:
    (middle,) = night.of("中桥")
    night.confirm(night.propose(Happening(URGENT, place=middle)))
    (was,) = (team for team in (night.one, night.two) if "中桥" in night.stops(team))
    lost = night.propose(Happening(TEAM_LOST, team=str(was.public_id)))
    assert lost.figures["promised"] == night.week.promised
    night.confirm(lost)
    (now,) = (team for team in (night.one, night.two) if "中桥" in night.stops(team))
    assert now != was
    assert night.stops(now).count("中桥") == 1


def test_a_point_is_owed_no_longer_once_somebody_was_there(night: "Night") -> None:
    runs = {team.pk: night.out(team) for team in (night.one, night.two)}
    night.confirm(night.propose(_at_shop(night)))
    stop, actor = _stop(), night.cast.patroller.actor
    with scope.enter(scope.of_actor(actor)):
        visit = PatrolVisit.objects.get(run=runs[stop.route.team_id], spot_id=stop.spot_id)
        services.arrive(actor=actor, at=PATROL + timedelta(minutes=5), visit=visit)
        services.nobody_here(actor=actor, at=PATROL + timedelta(minutes=9), visit=visit)
    later, team = PATROL + timedelta(minutes=10), str(stop.route.team.public_id)
    night.confirm(night.propose(Happening(TEAM_LOST, team=team), later), later)
    with scope.system("a test looks"):
        assert PatrolVisit.objects.filter(spot_id=stop.spot_id).count() == 1


def test_a_raised_level_promises_a_point_nothing(night: "Night") -> None:
    night.confirm(night.propose(_at_shop(night)))
    visits = tuple((place, 3) for place in night.of("东桥", "中桥"))
    replan = night.propose(Happening(CADENCE, level="raised", since=2, visits=visits))
    assert replan.figures["visits"][str(_stop().spot_id)] == 0


def test_a_place_where_the_team_was_already_tonight_is_visited_once_more(night: "Night") -> None:
    run, actor = night.out(night.one), night.cast.patroller.actor
    with scope.enter(scope.of_actor(actor)):
        visit = PatrolVisit.objects.get(run=run, place="东桥")
        services.arrive(actor=actor, at=PATROL + timedelta(minutes=2), visit=visit)
        services.nobody_here(actor=actor, at=PATROL + timedelta(minutes=6), visit=visit)
    later = PATROL + timedelta(minutes=7)
    night.confirm(night.propose(Happening(TEAM_LOST, team=str(night.two.public_id)), later), later)
    (east,) = night.of("东桥")
    replan = night.propose(Happening(URGENT, place=east), later)
    assert replan.figures["is_served"]
    night.confirm(replan, later)
    assert night.stops(night.one).count("东桥") == 2
    with scope.system("a test looks"):
        visits = PatrolVisit.objects.filter(run=run, place="东桥").order_by("number")
        assert [visit.state for visit in visits] == ["nobody", "planned"]
    with scope.enter(scope.of_actor(night.actor)):
        now = situation_of(night.week, later)
    assert [stop for stop in now.stops[str(night.one.public_id), 1] if stop == east] == [east]
    night.confirm(night.propose(Happening(URGENT, place=night.of("中桥")[0]), later), later)
    assert night.stops(night.one).count("东桥") == 2
    with scope.enter(scope.of_actor(actor)):
        again = visits.get(state="planned")
        services.arrive(actor=actor, at=PATROL + timedelta(minutes=20), visit=again)
        services.nobody_here(actor=actor, at=PATROL + timedelta(minutes=25), visit=again)


def test_undone_nobody_goes_to_the_point(night: "Night") -> None:
    replan = night.confirm(night.propose(_at_shop(night)))
    with scope.enter(scope.of_actor(night.actor)):
        services.undo(actor=night.actor, at=PATROL, replan=replan)
    with scope.system("a test looks"):
        assert not PatrolStop.objects.filter(place="老街口小卖部").exists()
    night.confirm(night.propose(Happening(TEAM_LOST, team=str(night.one.public_id))))


def test_an_open_tip_is_offered_to_who_may_read_it_and_is_driven_to(night: "Night") -> None:
    with clock.frozen(PATROL):
        tip = builders.a_tip("三棵树镇农贸市场")
    for player, seen in ((night.cast.dispatcher, 1), (night.cast.outsider, 0)):
        with scope.enter(scope.of_actor(player.actor)):
            assert len(waiting_for(player.actor, night.week.division_code)) == seen
    answer = _post(night, {"kind": "urgent", "waits": str(tip.public_id)})
    assert answer.status_code == 302
    with scope.system("a test looks"):
        event = PatrolReplan.objects.get().event
    assert (event["name"], event["lat"]) == ("三棵树镇农贸市场", tip.lat)
    assert event["waits"] == str(tip.public_id)


@pytest.mark.parametrize(("minutes", "kept", "chinese", "english"), [
    (90, True, "赶得上", "in time"), (30, False, "确认前请告诉来电人", "tell the caller"),
])  # fmt: skip
def test_a_tip_brings_the_promise_to_its_caller_and_the_page_says_when_it_cannot_be_kept(
    night: "Night", minutes: int, kept: bool, chinese: str, english: str
) -> None:
    with clock.frozen(PATROL):
        tip = builders.a_tip("三棵树镇农贸市场")
    with scope.system("a test promises something else"):
        tip.due_at = PATROL + timedelta(minutes=minutes)
        tip.save(update_fields=["due_at"])
    due = clock.local(tip.due_at)
    with clock.frozen(PATROL):
        form = night.cast.dispatcher.browser().get(_url(night) + "?kind=urgent").content.decode()
        assert f"三棵树镇农贸市场 · 最晚 {due:%m-%d %H:%M} 到" in form
        said = {"kind": "urgent", "waits": str(tip.public_id)}
        answer = night.cast.dispatcher.browser().post(_url(night), said)
        page = night.cast.dispatcher.browser().get(answer["Location"]).content.decode()
        words = night.cast.dispatcher.browser("en").get(answer["Location"]).content.decode()
    with scope.system("a test looks"):
        replan = PatrolReplan.objects.select_related("week").get()
    assert Happening.from_json(replan.event).latest_at == tip.due_at
    _team, minute = replan.figures["reached"]
    at = halves.moment_of(replan.week.first_day, replan.half, minute)
    assert (at <= tip.due_at) is kept
    assert chinese in page
    assert english in words


def test_a_tip_that_somebody_has_reached_promises_nothing_more(night: "Night") -> None:
    with clock.frozen(PATROL):
        tip = builders.a_tip("三棵树镇农贸市场")
    with scope.system("a test lets somebody look and find nobody"):
        type(tip).objects.filter(pk=tip.pk).update(arrived_at=PATROL + timedelta(minutes=5))
    with scope.enter(scope.of_actor(night.actor)):
        (found,) = waiting_for(night.actor, night.week.division_code)
    assert found.due_at is None


def test_only_the_teams_that_answer_for_a_point_may_go_there(night: "Night") -> None:
    mine = str(night.one.public_id)
    with scope.enter(scope.of_actor(night.actor)):
        problem = asked_problem(night.week)
    event = Happening(URGENT, place="P", name="P", lat=26.58, lon=107.98, teams=(mine,))
    found = with_spots(problem, [event])
    able = {team.id for team in found.teams if set(found.by_id["P"].needs) <= set(team.skills)}
    assert able == {mine}
    assert with_spots(found, [event]) is found
