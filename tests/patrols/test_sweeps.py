"""A sweep from its order to its end, beginning with who sees nothing."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from nuantu.accounts.models import Division
from nuantu.core import clock, journal, scope
from nuantu.core.subjects import Subject
from nuantu.operations import services as operations
from nuantu.operations.models import Duty
from nuantu.operations.services import escalate_due
from nuantu.patrols import services
from nuantu.patrols.models import Sweep, SweepArea, SweepReport
from nuantu.patrols.rules.sweeps import Part
from tests import builders
from tests.cast import BUREAU, COUNTY, STATION, TOWN, TOWNSHIP
from tests.patrols import sweeps
from tests.patrols.sweeps import VILLAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast, Player

    Seen = Callable[[Player], Any]

pytestmark = pytest.mark.django_db


def _areas(sweep: Sweep) -> dict[str, SweepArea]:
    with scope.system("a test looks"):
        return {f"{row.division_code}{row.grid}": row for row in sweep.areas.all()}


def _duty(area: SweepArea) -> Duty:
    with scope.system("a test looks"):
        area.refresh_from_db()
        assert area.duty_id is not None
        return Duty.objects.get(public_id=area.duty_id)


@pytest.mark.slow
def test_who_has_no_area_sees_nothing_of_a_sweep(cast: "Cast", seen_as: "Seen") -> None:
    sweeps.a_reported_area(cast)
    for player in (cast.outsider, cast.other_patroller, cast.hospital, cast.police):
        with seen_as(player):
            assert not Sweep.objects.exists()
            assert not SweepArea.objects.exists()
            assert not SweepReport.objects.exists()
    with seen_as(cast.township):
        assert Sweep.objects.count() == 1
        assert [area.division_code for area in SweepArea.objects.all()] == [TOWN]
    with seen_as(cast.section_head):
        assert SweepArea.objects.count() == 2


def test_a_sweep_rests_on_a_plan_or_on_a_reason(cast: "Cast", seen_as: "Seen") -> None:
    county = Division.objects.get(code=COUNTY)
    soon = clock.now() + timedelta(days=3)
    actor = cast.section_head.actor
    with seen_as(cast.section_head):
        for order in (
            services.Order(county, "大排查", soon),
            services.Order(county, "大排查", soon, clause="P1-19、P1-20、P1-21"),
            services.Order(county, "大排查", clock.now(), reason="入冬"),
        ):
            with pytest.raises(services.SweepRefused):
                services.order_sweep(actor=actor, at=clock.now(), order=order)


@pytest.mark.rule("P1-19")
def test_the_plan_in_force_orders_a_sweep_of_every_town_and_each_owes_its_report(
    cast: "Cast",
) -> None:
    builders.a_season()
    sweep = sweeps.a_sweep(cast, clause=sweeps.CLAUSE)
    assert sweep.clause == sweeps.CLAUSE
    assert sweep.operation is not None
    town = _areas(sweep)[TOWN]
    duty = _duty(town)
    assert (duty.kind, duty.owner_org, duty.due_at) == ("sweep.report", TOWNSHIP, sweep.due_at)
    assert duty.basis_rule == sweeps.CLAUSE
    assert duty.escalate_to_org == BUREAU


def test_a_late_report_on_a_sweep_that_the_station_ordered_is_carried_to_the_bureau(
    cast: "Cast",
) -> None:
    actor = cast.station_head.actor
    order = services.Order(
        Division.objects.get(code=COUNTY),
        "桥洞排查",
        clock.now() + timedelta(days=7),
        cut_by="town",
        reason="入冬前摸清底数",
    )
    with scope.enter(scope.of_actor(actor)):
        sweep = services.order_sweep(actor=actor, at=clock.now(), order=order)
    duty = _duty(_areas(sweep)[TOWN])
    assert (sweep.owner_org, duty.owner_org) == (STATION, TOWNSHIP)
    escalate_due(at=sweep.due_at + timedelta(days=1))
    told = [
        line.changes["told"]
        for line in journal.timeline(Subject("duty", duty.public_id))
        if line.verb.endswith("escalate")
    ]
    assert told[0] == BUREAU
    assert STATION not in told


@pytest.mark.rule("P1-20")
@pytest.mark.rule("P12-06")
def test_an_area_in_nobodys_hands_or_without_report_is_a_blind_spot(cast: "Cast") -> None:
    sweep = sweeps.a_sweep(cast)
    areas = _areas(sweep)
    nobodys = areas["522601002000"]
    assert nobodys.assigned_at is None
    assert nobodys.owner_org == BUREAU
    assert nobodys.is_blind(clock.now())
    assert not areas[TOWN].is_blind(clock.now())
    assert areas[TOWN].is_blind(sweep.due_at + timedelta(minutes=1))


@pytest.mark.rule("P1-20")
def test_a_sweep_with_areas_not_accepted_ends_only_for_a_reason(
    cast: "Cast", seen_as: "Seen"
) -> None:
    sweep = sweeps.a_sweep(cast)
    actor = cast.section_head.actor
    with seen_as(cast.section_head):
        with pytest.raises(services.SweepRefused, match="盲区"):
            services.close_sweep(actor=actor, at=clock.now(), sweep=sweep)
        services.close_sweep(actor=actor, at=clock.now(), sweep=sweep, reason="并入全州排查")
    assert _duty(_areas(sweep)[TOWN]).state == "cancelled"


def test_an_area_is_given_once_and_then_only_handed_over(cast: "Cast", seen_as: "Seen") -> None:
    area = _areas(sweeps.a_sweep(cast))["522601002000"]
    actor = cast.section_head.actor
    with seen_as(cast.section_head):
        services.assign_area(
            actor=actor, at=clock.now(), area=area, org_code=STATION, person="杨二"
        )
        with pytest.raises(services.SweepRefused, match="移交"):
            services.assign_area(actor=actor, at=clock.now(), area=area, org_code=TOWNSHIP)
    assert _duty(area).owner_org == STATION


def test_an_area_belongs_to_its_first_receiver_until_the_next_accepts(
    cast: "Cast", seen_as: "Seen"
) -> None:
    area = sweeps.an_area(cast)
    with seen_as(cast.township):
        handover = services.hand_over_area(
            actor=cast.township.actor, at=clock.now(), area=area, to_org=STATION, purpose="跨界"
        )
    assert _duty(area).owner_org == TOWNSHIP
    with seen_as(cast.dispatcher):
        operations.accept_handover(actor=cast.dispatcher.actor, at=clock.now(), handover=handover)
    assert _duty(area).owner_org == STATION
    assert area.owner_org == STATION


@pytest.mark.slow
@pytest.mark.rule("P1-21")
def test_a_township_cuts_its_area_into_grids_with_who_looks_there(
    cast: "Cast", seen_as: "Seen"
) -> None:
    sweeps.the_villages()
    sweep = sweeps.a_sweep(cast)
    area, actor = sweeps.an_area(cast, sweep), cast.township.actor
    parts = [Part("南花村", "第一网格", "龙网格员"), Part("南花村", "第二网格"), Part("板溪村")]
    with seen_as(cast.township):
        with pytest.raises(services.SweepRefused, match="第 1 行"):
            services.cut_area(actor=actor, at=clock.now(), area=area, parts=[Part("北京路社区")])
        services.cut_area(actor=actor, at=clock.now(), area=area, parts=parts)
        with pytest.raises(services.SweepRefused):
            services.cut_area(actor=actor, at=clock.now(), area=area, parts=parts)
    assert _duty(area).state == "cancelled"
    grid = _areas(sweep)[f"{VILLAGE}第一网格"]
    assert (grid.name, grid.person) == ("三棵树镇 南花村 第一网格", "龙网格员")
    assert _duty(grid).owner_org == TOWNSHIP


def test_only_who_answers_for_an_area_begins_it(cast: "Cast", seen_as: "Seen") -> None:
    area = _areas(sweeps.a_sweep(cast))["522601002000"]
    with seen_as(cast.section_head), pytest.raises(services.SweepRefused):
        services.begin_area(actor=cast.section_head.actor, at=clock.now(), area=area)


def test_a_zero_report_says_how_many_places_who_looked_at(cast: "Cast", seen_as: "Seen") -> None:
    area, actor = sweeps.an_open_area(cast), cast.township.actor
    with seen_as(cast.township), pytest.raises(services.SweepRefused, match="由谁"):
        services.hand_in(actor=actor, at=clock.now(), area=area, lookers=" ")
    area = sweeps.a_reported_area_of(cast, area)
    with seen_as(cast.township):
        report = SweepReport.objects.get(area=area)
        assert report.lookers == "陆干事、网格员"
        assert sum(report.looks.values_list("count", flat=True)) == 4
        assert report.doubts == []
    duty = _duty(area)
    assert (duty.state, duty.done_by) == ("done", cast.township.name)


def test_nobody_judges_his_own_report(cast: "Cast", seen_as: "Seen") -> None:
    area = sweeps.a_reported_area(cast)
    with seen_as(cast.township), pytest.raises(services.SweepRefused, match="自己"):
        services.accept_report(actor=cast.township.actor, at=clock.now(), area=area)


@pytest.mark.slow
def test_a_report_sent_back_is_owed_again(cast: "Cast", seen_as: "Seen") -> None:
    area, actor = sweeps.a_reported_area(cast), cast.section_head.actor
    at = clock.now() + timedelta(days=8)
    with seen_as(cast.section_head):
        with pytest.raises(services.SweepRefused, match="为什么"):
            services.send_back(actor=actor, at=at, area=area, word="")
        services.send_back(actor=actor, at=at, area=area, word="废弃厂房没有看")
    duty = _duty(area)
    assert (duty.state, duty.due_at) == ("open", at + timedelta(days=1))
    assert (area.state, area.is_blind(at)) == ("sent_back", False)
    assert area.is_blind(at + timedelta(days=2))


def test_an_accepted_report_asks_for_a_word_where_it_is_doubtful(
    cast: "Cast", seen_as: "Seen"
) -> None:
    area, actor = sweeps.an_open_area(cast), cast.section_head.actor
    with seen_as(cast.township):
        services.hand_in(
            actor=cast.township.actor, at=clock.now(), area=area, lookers="陆干事", note="无"
        )
    with seen_as(cast.section_head):
        with pytest.raises(services.SweepRefused, match="疑点"):
            services.accept_report(actor=actor, at=clock.now(), area=area)
        report = services.accept_report(actor=actor, at=clock.now(), area=area, word="电话核实过")
    assert report.doubts == ["nothing"]
    assert report.word == "电话核实过"
