"""Who goes on foot and with whom, locations in nobody's area, and how the load falls on the teams."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from nuantu.core import scope
from nuantu.operations.models import Duty, TeamMember
from nuantu.patrols.models import PatrolSearch, PatrolWeek
from nuantu.patrols.rules.asking import Crew, Spot, problem_of
from nuantu.patrols.rules.halves import Turn
from nuantu.patrols.selectors import shares
from nuantu.patrols.services.orphans import ask_for_areas
from nuantu.routing.objective import timed
from nuantu.routing.reasons import why_visits
from tests.builders import EVENING
from tests.patrols.test_rules import FIGURES

if TYPE_CHECKING:
    from tests.cast import Cast

NIGHT = (Turn(1, 840.0, 1200.0),)
WALKERS = Crew("W", "522601000000", 26.57, 107.98, NIGHT, is_on_foot=True, people=3)
STREET = Spot("S", 26.571, 107.981, "522601002000", "street", 1)


def _code(spot: Spot, *crews: Crew) -> str:
    asked = problem_of("x", [spot], crews, FIGURES)
    return why_visits(asked.problem, asked.problem.locations[0]) or ""


def test_a_team_on_foot_goes_nowhere_far_nor_below_bridges_at_night_nor_alone() -> None:
    far = replace(STREET, lat=26.60)
    bridge = replace(STREET, kind="bridge_culvert")
    assert _code(STREET, WALKERS) not in ("no_team", "no_partner")
    assert _code(far, WALKERS) == _code(bridge, WALKERS) == "no_partner"
    alone = problem_of("x", [STREET], [replace(WALKERS, people=1)], FIGURES)
    assert next((one.code, one.id) for one in alone.remarks) == ("alone", "W")
    assert not alone.problem.shifts


def test_by_day_a_team_on_foot_looks_below_bridges_too() -> None:
    bridge = replace(STREET, kind="bridge_culvert")
    by_day = replace(WALKERS, turns=(Turn(0, 60.0, 420.0),))
    assert _code(bridge, by_day) != "no_partner"


def test_a_team_with_a_vehicle_goes_where_those_on_foot_do_not() -> None:
    bridge = replace(STREET, kind="bridge_culvert")
    drivers = replace(WALKERS, id="V", is_on_foot=False)
    asked = problem_of("x", [bridge], [WALKERS, drivers], FIGURES)
    (need,) = asked.problem.locations[0].needs
    assert [team.id for team in asked.problem.teams if need in team.skills] == ["V"]


def test_a_team_on_foot_is_planned_at_its_own_speed() -> None:
    drivers = replace(WALKERS, id="V", is_on_foot=False)
    asked = problem_of("x", [STREET], [WALKERS, drivers], FIGURES).problem
    assert {team.id: team.travel_factor for team in asked.teams} == {"W": 10, "V": 1}
    walked, driven = (timed(asked, shift, ["S"]).travel for shift in asked.shifts)
    assert walked - 6 == pytest.approx((driven - 6) * 10)  # three minutes to get ready, twice


def test_a_location_too_far_to_walk_within_the_turn_is_remarked() -> None:
    brief = replace(WALKERS, turns=(Turn(1, 840.0, 890.0),))
    far = replace(STREET, lat=26.582)
    asked = problem_of("x", [far], [brief], FIGURES)
    assert [(one.code, one.id) for one in asked.remarks] == [("no_team", "S")]
    by_car = problem_of("x", [far], [replace(brief, is_on_foot=False)], FIGURES)
    assert not by_car.remarks


@pytest.mark.django_db
def test_the_page_says_with_which_speed_a_team_on_foot_was_planned(
    cast: "Cast", week: PatrolWeek
) -> None:
    with scope.system("a test lets the team walk"):
        team = week.routes.all()[0].team
        team.capabilities = ["foot"]
        team.save()
    url = reverse("patrols:week", args=[week.public_id])
    assert "按时速" not in cast.dispatcher.browser().get(url).content.decode()
    with scope.system("a test plans it on foot"):
        asked = week.search.problem
        asked["teams"] = [one | {"travel_factor": 10.0} for one in asked["teams"]]
        PatrolSearch.objects.filter(week=week).update(problem=asked)
    page = cast.dispatcher.browser().get(url).content.decode()
    assert "按时速 4 公里排" in page


@pytest.mark.django_db
def test_a_location_in_nobodys_area_is_owed_an_answer_until_it_has_one(
    cast: "Cast", week: PatrolWeek
) -> None:
    with scope.system("a test names an orphan"):
        place = week.search.problem["locations"][0]["id"]
        PatrolSearch.objects.filter(week=week).update(remarks=[f"no_area:{place}"])
        assert ask_for_areas(week=week, at=EVENING) is not None
        assert ask_for_areas(week=week, at=EVENING) is None
        duty = Duty.objects.get(kind="patrol.area")
    page = cast.dispatcher.browser().get(reverse("patrols:week", args=[week.public_id]))
    assert "给这个片区安排队伍" in page.content.decode()
    with scope.system("a test gives it a team"):
        PatrolSearch.objects.filter(week=week).update(remarks=[])
        ask_for_areas(week=week, at=EVENING)
        duty.refresh_from_db()
    assert duty.state == "done"


@pytest.mark.django_db
def test_a_joint_team_is_shown_with_its_partners_and_its_load(
    cast: "Cast", week: PatrolWeek
) -> None:
    with scope.system("a test lets the police go along"):
        team = week.routes.all()[0].team
        team.capabilities = ["police", "foot"]
        team.save()
        TeamMember.objects.create(team=team, user=cast.police.account)
    page = cast.dispatcher.browser().get(reverse("patrols:week", args=[week.public_id]))
    text = page.content.decode()
    assert cast.police.actor.org_name in text
    assert "有民警" in text
    assert "patrol-bar" in text


def test_a_plot_scales_to_the_most_of_any_night() -> None:
    one, two = shares.columns([("周一", 4, 2), ("周二", 2, 0)])
    assert (one.promised_height, one.kept_height, two.promised_height) == (60.0, 30.0, 30.0)
    assert (two.kept_height, two.kept_y) == (0.0, 60.0)
    assert shares.columns([]) == ()
