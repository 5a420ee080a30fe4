"""Odd weeks on the pages: nothing to visit, places twice, one out of reach, a jump, a silent team."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.patrols import services
from nuantu.places import services as places
from nuantu.places.models import KeyLocation
from nuantu.places.rules.told import Told
from tests import builders
from tests.builders import EVENING, PATROL
from tests.cast import TOWN
from tests.web import does_not_see, page_for, sees

if TYPE_CHECKING:
    from nuantu.patrols.models import PatrolWeek
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _location(
    cast: "Cast", name: str, lat: float, lon: float, is_confirmed: bool = False
) -> KeyLocation:
    return places.add_key_location(
        actor=cast.township.actor,
        at=EVENING,
        spot=places.Spot(name, TOWN, lat, lon, is_confirmed=is_confirmed),
        kind="bridge_culvert",
    )


def _week_page(week: "PatrolWeek") -> str:
    return reverse("patrols:week", args=[week.public_id])


@pytest.mark.parametrize(("language", "says"), [
    ("zh-hans", "还没有重点区域"), ("en", "has no key location yet"),
])  # fmt: skip
def test_a_county_with_zero_locations_is_told_what_to_do_first(
    cast: "Cast", language: str, says: str
) -> None:
    builders.a_season()
    with scope.system("a test empties the map"):
        KeyLocation.objects.all().delete()
    page = cast.section_head.browser(language).post(
        reverse("patrols:plan"), {"first_day": "2026-12-14", "seconds": 5}, follow=True
    )
    assert says in page.content.decode()


@pytest.mark.slow
def test_duplicate_locations_are_named_before_the_week_is_planned(cast: "Cast") -> None:
    _location(cast, "老东桥", 26.5801, 107.9801)
    _location(cast, "东桥桥洞", 26.58013, 107.9801)
    _location(cast, "东桥北头", 26.5811, 107.9801)
    url = _week_page(builders.a_patrol_week(cast))
    said = '<strong>{}</strong><span class="quiet">和另一个点位在同一处'
    sees(page_for(cast.dispatcher, url), said.format("老东桥"), said.format("东桥桥洞"))
    does_not_see(page_for(cast.dispatcher, url), said.format("东桥北头"))
    sees(page_for(cast.dispatcher, url, language="en"), "Lies where another place lies")


@pytest.mark.slow
def test_one_team_keeps_what_it_can_and_the_location_it_cannot_reach_is_named(
    cast: "Cast",
) -> None:
    _location(cast, "远处的岛", 27.15, 108.55, is_confirmed=True)
    week = builders.a_patrol_week(cast)
    page = page_for(cast.dispatcher, _week_page(week))
    sees(page, "远处的岛", "夜巡一队")


@pytest.mark.slow
def test_a_jump_of_two_kilometres_is_marked_on_the_page_and_left_out_of_the_track(
    cast: "Cast",
) -> None:
    first = builders.a_patrol_visit(cast)
    actor = cast.patroller.actor
    with clock.frozen(PATROL), scope.enter(scope.of_actor(actor)):
        services.nobody_here(actor=actor, at=PATROL + timedelta(minutes=9), visit=first)
        services.add_stop(
            actor=actor, at=PATROL + timedelta(minutes=10), run=first.run, place="河边",
            told=Told(26.5742, 107.9781, 10),
        )  # fmt: skip
        open_one = first.run.visits.get(place="河边")
        services.met_people(
            actor=actor, at=PATROL + timedelta(minutes=10, seconds=30), visit=open_one, count=1
        )
        services.add_stop(
            actor=actor, at=PATROL + timedelta(minutes=11), run=first.run, place="两公里外",
            told=Told(26.5942, 107.9781, 10),
        )  # fmt: skip
    run = reverse("patrols:run", args=[first.run.public_id])
    with clock.frozen(PATROL + timedelta(minutes=12)):
        sees(page_for(cast.leader, run), "定位跳变")
        track = cast.leader.browser().get(f"{run}track.gpx").content.decode()
    assert '<trkpt lat="26.594200"' not in track


def test_a_team_that_never_reports_back_is_a_duty_of_its_station_on_the_board(
    cast: "Cast",
) -> None:
    run = builders.a_patrol_run(cast)
    with clock.frozen(run.planned_until + timedelta(hours=3)):
        services.watch_over(at=clock.now())
        page = cast.leader.browser().get("/duties/", follow=True)
    sees(page, "夜巡一队")
