"""Words of plans without a figure: what they are measured by, and where that is not kept."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.errors import Refusal
from nuantu.operations.models import Duty, Team, TeamMember
from nuantu.patrols import services
from nuantu.patrols.rules import halves
from nuantu.patrols.selectors import cover, unbroken, vague
from nuantu.planbook import deadlines
from tests import builders
from tests.builders import EVENING, PATROL
from tests.cast import BUREAU, COUNTY, TOWN
from tests.patrols import joint

if TYPE_CHECKING:
    from collections.abc import Callable

    from nuantu.patrols.models import PatrolWeek
    from tests.cast import Cast, Player

    Seen = Callable[[Player], Any]

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _owed() -> list[Duty]:
    with scope.system("a test reads what is owed"):
        return list(Duty.objects.filter(kind="patrol.next_week").order_by("pk"))


def test_without_a_plan_in_force_no_patrol_is_broken_off(cast: "Cast", seen_as: "Seen") -> None:
    with seen_as(cast.section_head):
        builders.a_key_location(cast)
        assert unbroken.broken_places(COUNTY, EVENING + timedelta(days=60)) == []
        assert unbroken.weeks_without_plan(COUNTY, EVENING) == []
    assert services.owe_next_weeks(at=EVENING) == 0


@pytest.mark.rule("P1-25")
def test_a_place_that_waits_too_long_and_a_week_without_a_plan_are_named(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    with seen_as(cast.patroller):
        services.nobody_here(actor=cast.patroller.actor, at=PATROL, visit=visit)
    with seen_as(cast.section_head):
        days = {
            n: [row.place.name for row in unbroken.broken_places(COUNTY, PATROL + n * DAY)]
            for n in (-1, 3, 5)
        }
        assert days == {-1: ["北桥桥洞"], 3: ["北桥桥洞"], 5: ["北桥桥洞", "南桥桥洞"]}
        assert unbroken.weeks_without_plan(COUNTY, PATROL) == [halves.monday_of(EVENING.date())]
        assert len(unbroken.weeks_without_plan(COUNTY, PATROL + 6 * DAY)) == 2
        found = {one.key: one for one in vague.measures(COUNTY, PATROL + 5 * DAY)}
    assert found["unbroken"].said_by == ("P1-25",)
    assert [lack.name for lack in found["unbroken"].lacks][-2:] == ["北桥桥洞", "南桥桥洞"]


@pytest.mark.rule("P1-25")
def test_the_week_ahead_is_owed_once_until_it_is_published(
    cast: "Cast", week: "PatrolWeek", seen_as: "Seen"
) -> None:
    assert [services.owe_next_weeks(at=EVENING) for _time in range(2)] == [1, 0]
    (duty,) = _owed()
    assert duty.due_at == halves.week_begins(week.first_day) - DAY
    leader = cast.leader.actor
    with seen_as(cast.leader):
        services.approve(actor=leader, at=EVENING, week=week)
        services.publish(actor=leader, at=EVENING, week=week, reason="联合单位下周到位")
    (duty,) = _owed()
    assert (duty.state, duty.done_by) == (Duty.State.DONE, leader.name)
    with seen_as(cast.leader):
        services.take_back(actor=leader, at=EVENING, week=week, reason="队伍有变")
    assert services.owe_next_weeks(at=EVENING) == 1
    assert services.owe_next_weeks(at=EVENING + 14 * DAY) == 1
    assert [duty.state for duty in _owed()] == ["done", "cancelled", "open"]


def test_the_page_says_which_word_which_clause_and_that_it_is_a_default(
    cast: "Cast", week: "PatrolWeek"
) -> None:
    with clock.frozen(PATROL + 5 * DAY):
        text = cast.dispatcher.browser().get(reverse("patrols:words")).content.decode()
    for said in ("“不间断”", "P1-25", "不是方案原文", "北桥桥洞", "4天", "未核实", "30分钟"):
        assert said in text


@pytest.mark.rule("P2-11")
def test_where_a_plan_asks_for_all_hours_those_without_anybody_are_explained_before_publishing(
    cast: "Cast", week: "PatrolWeek", seen_as: "Seen"
) -> None:
    with scope.system("a test asks what lies bare"):
        bare = vague.uncovered(week, EVENING)
    assert (len(bare.hours), bare.hours[0], bare.towns) == (8, "12-14 06:00 – 20:00", ())
    assert not bare.is_asked
    builders.a_plan("P2", BUREAU)
    leader = cast.leader.actor
    with seen_as(cast.leader):
        for department in ("police", "city_management"):
            joint.a_partner(cast, department=department)
            services.consent(
                actor=leader, at=EVENING, week=week, department=department, person="王队"
            )
        services.approve(actor=leader, at=EVENING, week=week, reason="夜班下周加")
        with pytest.raises(Refusal, match="8 段时间、0 个乡镇"):
            services.publish(actor=leader, at=EVENING, week=week)
        page = cast.leader.browser().get(reverse("patrols:week", args=[week.public_id]))
        assert "12-14 06:00 – 20:00" in page.content.decode()
        services.publish(actor=leader, at=EVENING, week=week, reason="白天由热线值守")
    assert week.published_word == "白天由热线值守"


@pytest.mark.rule("P2-11")
def test_an_hour_is_covered_by_a_shift_or_by_a_watch_and_a_town_by_any_team_above_it(
    cast: "Cast",
) -> None:
    assert [town.name for town in cover.towns_without_team(COUNTY)] == ["大十字街道", "三棵树镇"]
    builders.a_watch(cast, EVENING)
    (gap,) = cover.hours_without(COUNTY, EVENING, EVENING + DAY)
    assert gap.starts_at == EVENING + timedelta(hours=12)
    builders.a_team(cast)
    assert cover.towns_without_team(COUNTY) == []


@pytest.mark.rule("S1-03")
def test_towns_without_a_team_of_their_own_are_named_before_the_season_begins(
    cast: "Cast",
) -> None:
    assert services.owe_own_teams(at=EVENING) == 0
    operation = builders.a_plan("S1", BUREAU)
    soon = deadlines.start_of(operation.start_date) - timedelta(days=10)
    assert services.owe_own_teams(at=soon - timedelta(days=10)) == 0
    assert [services.owe_own_teams(at=soon) for _time in range(2)] == [1, 0]
    with scope.system("a test reads what is owed"):
        duty = Duty.objects.get(kind="patrol.own_team")
    assert duty.owner_org == BUREAU
    assert duty.due_at == deadlines.start_of(operation.start_date)
    assert "大十字街道、三棵树镇" in duty.title
    assert "S1-03" in duty.basis
    team = builders.a_team(cast)
    Team.objects.filter(pk=team.pk).update(division=TOWN)
    assert len(cover.towns_without_own_team(COUNTY, soon)) == 2, "one person is no force"
    TeamMember.objects.create(team=team, user=cast.other_patroller.account)
    assert [town.name for town in cover.towns_without_own_team(COUNTY, soon)] == ["大十字街道"]
