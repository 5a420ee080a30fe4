"""Words of plans without a figure: what they are measured by, and where that is not kept."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.errors import Refusal
from nuantu.operations.models import Duty, Team, TeamMember
from nuantu.operations.rules.rhythm import visits_a_week
from nuantu.patrols import services
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.sweeps import Part
from nuantu.patrols.selectors import cover, flows, rounds, unbroken, vague
from nuantu.patrols.selectors.asking import cadences_of
from nuantu.planbook import deadlines
from nuantu.planbook.defaults import national_layer
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import Layer, Rule
from tests import builders
from tests.builders import EVENING, PATROL
from tests.cast import BUREAU, COUNTY, FAR_COUNTY, OTHER_COUNTY, TOWN
from tests.patrols import joint, sweeps

if TYPE_CHECKING:
    from collections.abc import Callable

    from nuantu.patrols.models import PatrolWeek, SweepArea
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
@pytest.mark.slow
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
    for said in (
        "“不间断”",
        "P1-25",
        "不是方案原文",
        "北桥桥洞",
        "4天",
        "未核实",
        "30分钟",
        "24小时",
    ):
        assert said in text
    assert "1440分钟" not in text
    assert "P1 P1-" not in text


@pytest.mark.slow
def test_who_reads_a_prefecture_chooses_the_county_and_none_outside_it(
    cast: "Cast", week: "PatrolWeek"
) -> None:
    browser, page = cast.office.browser(), reverse("patrols:words")
    with clock.frozen(PATROL + 5 * DAY):
        own = browser.get(page).content.decode()
        other = browser.get(page, {"county": OTHER_COUNTY}).content.decode()
        outside = browser.get(page, {"county": FAR_COUNTY}).content.decode()
        at_county = cast.dispatcher.browser().get(page, {"county": OTHER_COUNTY}).content.decode()
    for text, has_bridge in ((own, True), (other, False), (outside, True), (at_county, True)):
        assert ("北桥桥洞" in text) is has_bridge
    assert "黄平县" in own
    assert "南明区" not in own
    assert "黄平县" not in at_county


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
        assert "没有人管的时段和乡镇 8<" in page.content.decode()
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


def _accepted(cast: "Cast", area: "SweepArea") -> None:
    actor = cast.section_head.actor
    sweeps.a_reported_area_of(cast, area)
    with scope.enter(scope.of_actor(actor)):
        services.accept_report(actor=actor, at=clock.now(), area=area, word="看过照片")


@pytest.mark.slow
@pytest.mark.rule("P10-04")
def test_a_great_survey_is_owed_until_every_town_has_an_accepted_report(cast: "Cast") -> None:
    assert services.owe_whole_sweeps(at=EVENING) == 0
    builders.a_season()
    assert [services.owe_whole_sweeps(at=EVENING) for _time in range(2)] == [2, 0]
    (found,) = rounds.rounds(COUNTY, EVENING)
    assert (found.done, [area for _town, area in found.left]) == (0, [None, None])
    sweep = sweeps.a_sweep(cast, clause=sweeps.CLAUSE)
    _accepted(cast, sweeps.an_open_area(cast, sweep))
    (found,) = rounds.rounds(COUNTY, EVENING)
    assert [town.name for town, _area in found.left] == ["大十字街道"]
    assert found.done == 1
    with scope.system("a test reads what is owed"):
        last = deadlines.end_of(found.last_day) - timedelta(hours=1)
        services.owe_whole_sweeps(at=last)
        assert "大十字街道" in Duty.objects.get(kind="sweep.whole", division_code=COUNTY).title
        sweep.areas.update(state="accepted", assigned_at=EVENING)
        services.owe_whole_sweeps(at=last)
        duty = Duty.objects.get(kind="sweep.whole", division_code=COUNTY)
        assert duty.state == Duty.State.DONE


@pytest.mark.rule("P10-04")
def test_a_town_that_was_cut_is_covered_only_with_all_its_villages(cast: "Cast") -> None:
    builders.a_season()
    sweeps.the_villages()
    area = sweeps.an_area(cast, sweeps.a_sweep(cast, clause=sweeps.CLAUSE))
    with scope.enter(scope.of_actor(cast.township.actor)):
        parts = [Part("南花村"), Part("板溪村")]
        services.cut_area(actor=cast.township.actor, at=EVENING, area=area, parts=parts)
    with scope.system("a test judges villages"):
        for code, done in ((sweeps.VILLAGE, 0), (sweeps.OTHER_VILLAGE, 1)):
            area.parts.filter(division_code=code).update(state="accepted")
            assert [one.done for one in rounds.rounds(COUNTY, EVENING)] == [done]


@pytest.mark.rule("S1-07")
def test_a_raised_level_is_above_the_normal_one_where_a_plan_asks_for_stronger_patrols() -> None:
    daily = Rule("patrol.cadence", 1, "per_day", level="normal", plan_code="P1")
    asked = Rule("patrol.cadence", None, words="加大力度", clauses=("S1-07",), plan_code="S1")
    for rules, visits in (((daily,), 7), ((daily, asked), 8)):
        layer = Layer("P1", "方案", rules)
        book = RuleBook([layer], national_layer(), EVENING.date())
        found = {
            level: cadences_of(book, level, ["bridge_culvert"])["bridge_culvert"]
            for level in ("normal", "raised")
        }
        base, raised = found["normal"], found["raised"]
        assert base is not None
        assert raised is not None
        assert visits_a_week(base.number, base.unit) == 7
        assert visits_a_week(raised.number, raised.unit) == visits
        assert ("S1-07" in raised.source, raised.status == "unverified") == (visits > 7,) * 2


@pytest.mark.rule("S1-07")
def test_a_person_on_the_list_who_was_not_heard_of_is_marked_until_met_again(
    cast: "Cast", seen_as: "Seen"
) -> None:
    entry = sweeps.a_flow(cast)
    later = EVENING + 15 * DAY
    with seen_as(cast.township):
        (line,) = flows.lines_of([entry], EVENING)
        assert (line.heard_at, line.is_unknown) == (entry.noted_at, False)
        (line,) = flows.lines_of([entry], later)
        assert line.is_unknown
    assert flows.silent_by_town(COUNTY, later) == [("三棵树镇", 1)]
    with clock.frozen(later):
        met = builders.an_encounter(cast)
        page = cast.township.browser().get(reverse("patrols:flows")).content.decode()
        assert "情况不明" in page
    with scope.system("a test ties the line to his case"):
        entry.case_id = met.case_id
        entry.save(update_fields=["case_id"])
    with seen_as(cast.township):
        (line,) = flows.lines_of([entry], later)
    assert (line.heard_at, line.is_unknown) == (met.happened_at, False)
