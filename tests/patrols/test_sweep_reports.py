"""What makes a report implausible, what a find leads to, the inflow and outflow list."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nuantu.core import clock, journal, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.erasure import erase_case
from nuantu.core.fields import Sealed
from nuantu.core.models import RowHistory
from nuantu.core.subjects import Subject
from nuantu.core.vault import KeyDestroyed
from nuantu.dispatch.services import take_find
from nuantu.patrols import services
from nuantu.patrols.models import FlowEntry, SweepReport
from nuantu.patrols.rules.sweeps import (
    Handed,
    completion,
    doubts_of,
    in_order,
    is_blind,
    same_words,
)
from nuantu.patrols.selectors.asking import question_of
from nuantu.patrols.selectors.ordering import kinds_named
from nuantu.places.services import Spot, add_key_location
from tests import builders
from tests.builders import EVENING
from tests.cast import BUREAU, COUNTY, TOWN, TOWNSHIP
from tests.patrols import sweeps

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast, Player

    Seen = Callable[[Player], Any]

pytestmark = pytest.mark.django_db
KINDS = ("bridge_culvert", "abandoned_house")
GOOD = {"bridge_culvert": 3, "abandoned_house": 2}


def _handed(**changes: Any) -> Handed:
    said: dict[str, Any] = {
        "minutes": 60, "looked": GOOD, "finds": 0, "note": "", "before": None, "seen_lately": 0,
    }  # fmt: skip
    return Handed(**(said | changes))


@pytest.mark.parametrize(
    ("changes", "doubts"),
    [
        ({}, []),
        ({"seen_lately": 1}, ["seen"]),
        ({"seen_lately": 1, "finds": 1}, []),
        ({"minutes": 9}, ["quick"]),
        ({"minutes": 10}, []),
        ({"looked": {}}, ["nothing"]),
        ({"looked": {"bridge_culvert": 2, "abandoned_house": 0}}, ["left_out"]),
        ({"note": "未见露宿。", "before": "未见 露宿"}, ["same"]),
        ({"note": "", "before": ""}, []),
        ({"note": "未见露宿", "before": "未见露宿", "finds": 1}, []),
        (
            {"seen_lately": 2, "looked": {}, "note": "无", "before": "无"},
            ["seen", "nothing", "same"],
        ),
    ],
)
def test_a_report_is_marked_for_what_makes_it_implausible(
    changes: dict[str, Any], doubts: list[str]
) -> None:
    assert doubts_of(_handed(**changes), KINDS, 2) == doubts


def test_the_second_grid_comes_before_the_tenth() -> None:
    names = ["第10网格", "第2网格", "", "第1网格"]
    assert sorted(names, key=in_order) == ["", "第1网格", "第2网格", "第10网格"]


@given(st.text(), st.text())
def test_words_are_the_same_whichever_is_read_first(one: str, other: str) -> None:
    assert same_words(one, other) == same_words(other, one)
    assert same_words(one, one)


@pytest.mark.parametrize(
    ("state", "late", "assigned", "blind"),
    [
        ("not_begun", False, False, True),
        ("not_begun", False, True, False),
        ("under_way", True, True, True),
        ("sent_back", True, True, True),
        ("reported", True, True, False),
        ("cut", True, False, False),
    ],
)
@pytest.mark.rule("P1-20")
def test_a_blind_spot_is_in_nobodys_hands_or_over_time_without_a_report(
    state: str, late: bool, assigned: bool, blind: bool
) -> None:
    at = datetime(2026, 12, 9, tzinfo=UTC)
    due = at - timedelta(hours=1) if late else at + timedelta(hours=1)
    assert is_blind(state, due, at, is_assigned=assigned) is blind


@pytest.mark.rule("P12-06")
def test_a_sweep_is_complete_when_every_area_was_accepted() -> None:
    rows = [("accepted", False, False), ("cut", False, False)]
    assert completion(rows).is_complete
    assert not completion([*rows, ("reported", False, True)]).is_complete
    assert completion([*rows, ("reported", False, True)]).share == 1
    assert not completion([]).is_complete


@pytest.mark.slow
@pytest.mark.parametrize("seen", ["tip", "contact", "elsewhere"])
def test_zero_is_doubted_where_others_met_somebody_lately(
    cast: "Cast", seen_as: "Seen", seen: str
) -> None:
    with clock.frozen(EVENING - timedelta(days=3)):
        if seen == "tip":
            builders.a_tip()
        elif seen == "contact":
            builders.an_encounter(cast)
    area = sweeps.a_reported_area(cast)
    with seen_as(cast.section_head):
        report = SweepReport.objects.get(area=area)
    assert report.doubts == ([] if seen == "elsewhere" else ["seen"])


@pytest.mark.slow
def test_the_same_words_as_last_time_are_marked(cast: "Cast", seen_as: "Seen") -> None:
    first = sweeps.a_reported_area(cast)
    with seen_as(cast.section_head):
        services.send_back(
            actor=cast.section_head.actor, at=clock.now(), area=first, word="请细看老街"
        )
    with seen_as(cast.township):
        services.begin_area(actor=cast.township.actor, at=clock.now(), area=first)
    sweeps.a_reported_area_of(cast, first, note="未见露宿。")
    with seen_as(cast.section_head):
        reports = [report.doubts for report in SweepReport.objects.filter(area=first)]
    assert reports == [[], ["same"]]


@pytest.mark.slow
@pytest.mark.rule("P1-84")
def test_a_person_found_leads_into_the_contact_form_and_counts_once(
    cast: "Cast", seen_as: "Seen"
) -> None:
    find = sweeps.a_find(cast)
    browser = cast.township.browser()
    url = f"{reverse('encounters:new')}?find={find.public_id}"
    assert "南桥桥洞" in browser.get(url).content.decode()
    assert cast.patroller.browser().get(url).status_code == 404
    with seen_as(cast.township):
        encounter = builders.an_encounter(cast, cast.township)
        services.note_find(
            actor=cast.township.actor,
            at=clock.now(),
            find=find,
            led_to=Subject("encounter", encounter.public_id),
            case_id=encounter.case_id,
        )
        find.refresh_from_db()
        assert find.is_followed
        assert find.report.finds.count() == 1
        with pytest.raises(services.SweepRefused):
            services.drop_find(actor=cast.township.actor, at=clock.now(), find=find)


@pytest.mark.slow
@pytest.mark.rule("P10-06")
def test_a_person_found_is_reported_to_the_station_as_a_tip_once(
    cast: "Cast", seen_as: "Seen"
) -> None:
    find, actor = sweeps.a_find(cast), cast.township.actor
    with seen_as(cast.township):
        tip = take_find(actor=actor, at=clock.now(), find=find)
        again = take_find(actor=actor, at=clock.now(), find=find)
        find.refresh_from_db()
    assert tip.public_id == again.public_id == find.subject_id
    assert (tip.channel, tip.division_code) == ("community", TOWN)
    assert tip.due_at > tip.received_at


def test_a_find_nobody_followed_asks_for_a_word_when_it_is_accepted(
    cast: "Cast", seen_as: "Seen"
) -> None:
    area = sweeps.a_find(cast).report.area
    sweeps.a_reported_area_of(cast, area)
    actor = cast.section_head.actor
    with seen_as(cast.section_head):
        with pytest.raises(services.SweepRefused, match="登记接触"):
            services.accept_report(actor=actor, at=clock.now(), area=area)
        services.accept_report(actor=actor, at=clock.now(), area=area, word="已返家")


@pytest.mark.slow
@pytest.mark.rule("P2-20", "P10-15", "P12-05", "S1-06")
@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("P2", "transport_station wharf main_road square bridge_culvert building_site underpass"),
        ("P10", "building_site transport_station busy_street main_road demolition_area"),
        ("P10", "bridge_culvert abandoned_house urban_fringe"),
        ("P12", "street square busy_street transport_station bridge_culvert abandoned_house"),
        ("S1", "business_area transport_station bridge_culvert abandoned_house building_site"),
        ("S1", "urban_fringe"),
    ],
)
def test_the_kinds_that_a_plan_names_are_asked_of_a_sweep_and_can_be_entered(
    cast: "Cast", seen_as: "Seen", code: str, kinds: str
) -> None:
    at = EVENING.replace(month=7) if code == "S1" else EVENING
    builders.a_plan(code, BUREAU, at)
    assert set(kinds.split()) <= set(kinds_named(COUNTY, at))
    with seen_as(cast.township):
        for number, kind in enumerate(kinds.split()):
            spot = Spot(f"{number}号点", TOWN, 26.56 + number / 1000, 108.066)
            add_key_location(actor=cast.township.actor, at=at, spot=spot, kind=kind)


@pytest.mark.slow
@pytest.mark.rule("P2-13", "P9-09", "P10-16")
@pytest.mark.parametrize(
    ("code", "clause", "left_out"),
    [
        ("P2", "P2-13", "building_site"),
        ("P9", "P9-09", "abandoned_house"),
        ("P10", "P10-16", "demolition_area"),
    ],
)
def test_a_carpet_survey_asks_for_every_kind_of_place_its_plan_names(
    cast: "Cast", seen_as: "Seen", code: str, clause: str, left_out: str
) -> None:
    builders.a_plan(code, BUREAU)
    kinds = kinds_named(COUNTY, EVENING)
    sweep = sweeps.a_sweep(cast, clause=clause, kinds=kinds)
    area, actor = sweeps.an_open_area(cast, sweep), cast.township.actor
    at = clock.now() + timedelta(hours=2)
    with seen_as(cast.township):
        counts = {kind: 1 for kind in kinds if kind != left_out}
        services.note_looks(actor=actor, at=at, area=area, counts=counts)
        report = services.hand_in(actor=actor, at=at, area=area, lookers="陆干事")
    assert left_out in kinds
    assert report.doubts == ["left_out"]


@pytest.mark.slow
@pytest.mark.rule("P9-08")
def test_a_sleeping_place_found_is_visited_by_the_next_week_plan(
    cast: "Cast", seen_as: "Seen"
) -> None:
    builders.a_season()
    find, actor = sweeps.a_find(cast, "place"), cast.township.actor
    spot = Spot(name=find.place, division_code=TOWN, lat=find.lat or 0, lon=find.lon or 0)
    with seen_as(cast.township):
        place = services.find_becomes_location(
            actor=actor, at=clock.now(), find=find, spot=spot, kind="bridge_culvert"
        )
        with pytest.raises(services.SweepRefused):
            services.find_becomes_location(
                actor=actor, at=clock.now(), find=find, spot=spot, kind="bridge_culvert"
            )
    with seen_as(cast.section_head):
        asked = question_of(COUNTY, date(2026, 12, 14), clock.now()).asked
    wanted = {row.id: row.visits_per_week for row in asked.problem.locations}
    assert wanted == {str(place.public_id): 3}


def test_other_places_see_nothing_of_the_list(cast: "Cast", seen_as: "Seen") -> None:
    sweeps.a_flow(cast)
    for player in (cast.outsider, cast.hospital, cast.other_patroller, cast.patroller):
        with seen_as(player):
            assert not FlowEntry.objects.exists()
    with seen_as(cast.section_head):
        assert FlowEntry.objects.count() == 1


@pytest.mark.rule("P10-13")
def test_a_township_knows_who_left_and_who_came_how_surely_and_since_when(
    cast: "Cast", seen_as: "Seen"
) -> None:
    away, actor = sweeps.a_flow(cast), cast.township.actor
    sweeps.a_flow(cast, "in")
    said = services.Known(
        "out", "杨某某（化名）", "贵阳客车站", "verified", "派出所", since_date=date(2026, 10, 1)
    )
    with seen_as(cast.township):
        for reason, day in (("", None), ("核实", date(2027, 1, 1))):
            wrong = services.Known("out", "杨", "贵阳", "claimed", "邻居", since_date=day)
            with pytest.raises(services.FlowRefused):
                services.correct_flow(
                    actor=actor, at=clock.now(), entry=away, said=wrong, reason=reason
                )
        services.correct_flow(actor=actor, at=clock.now(), entry=away, said=said, reason="核实")
        with pytest.raises(services.FlowRefused):
            services.end_flow(actor=actor, at=clock.now(), entry=away, reason=" ")
        services.end_flow(actor=actor, at=clock.now(), entry=away, reason="已返家")
        with pytest.raises(services.FlowRefused):
            services.end_flow(actor=actor, at=clock.now(), entry=away, reason="再次")
        rows = FlowEntry.objects.values_list("direction", "certainty", "owner_org").order_by("pk")
        assert list(rows) == [("out", "verified", TOWNSHIP), ("in", "claimed", TOWNSHIP)]
    with scope.system("a test reads what was before"):
        assert RowHistory.objects.filter(row_id=away.public_id).count() == 2


def test_what_is_sealed_opens_only_for_a_purpose_and_leaves_a_line(
    cast: "Cast", seen_as: "Seen"
) -> None:
    entry, actor = sweeps.a_flow(cast, secret="0855-0000000"), cast.township.actor
    with seen_as(cast.township):
        entry.refresh_from_db()
        assert str(entry.secret) == "••••••"
        with pytest.raises(services.FlowRefused):
            services.reveal_flow(actor=actor, at=clock.now(), entry=entry, purpose=" ")
        shown = services.reveal_flow(
            actor=actor, at=clock.now(), entry=entry, purpose="联系家属接领"
        )
        verbs = [line.verb for line in journal.timeline(Subject("flow_entry", entry.public_id))]
    assert shown == "0855-0000000"
    assert verbs == ["patrols.flow.reveal", "patrols.flow.add"]


@pytest.mark.slow
def test_what_ended_is_forgotten_after_its_term_and_not_before(
    cast: "Cast", seen_as: "Seen"
) -> None:
    entry, actor = sweeps.a_flow(cast, secret="0855-0000000"), cast.township.actor
    still = sweeps.a_flow(cast, "in")
    with seen_as(cast.township):
        services.end_flow(actor=actor, at=clock.now(), entry=entry, reason="已返家")
    assert services.forget_flows(at=clock.now() + timedelta(days=700)) == 0
    later = clock.now() + timedelta(days=740)
    assert services.forget_flows(at=later) == 1
    assert services.forget_flows(at=later) == 0
    with scope.system("a test looks"):
        entry.refresh_from_db()
        still.refresh_from_db()
        assert "杨" not in entry.called_as + entry.whereabouts
        with pytest.raises(KeyDestroyed):
            entry.secret.open()
        for row in RowHistory.objects.filter(row_id=entry.public_id):
            assert "called_as" not in row.before
    assert "杨" in still.called_as


@pytest.mark.slow
def test_a_line_tied_to_a_case_is_erased_with_it(cast: "Cast", seen_as: "Seen") -> None:
    case = builders.a_case(cast)
    entry, actor = sweeps.a_flow(cast, secret="0855-0000000"), cast.township.actor
    said = services.Known("out", "杨某某（化名）", "贵阳客车站", "verified", "派出所")
    with seen_as(cast.township):
        entry.refresh_from_db()
        services.correct_flow(
            actor=actor, at=clock.now(), entry=entry, said=said, reason="已立案", case=case
        )
    with scope.system("a test erases"):
        erase_case(
            case_id=case.public_id,
            actor=SYSTEM,
            at=clock.now(),
            reason="到期",
            division_code=TOWN,
            owner_org=TOWNSHIP,
        )
        entry.refresh_from_db()
        assert "杨" not in entry.called_as + entry.whereabouts
        old = RowHistory.objects.filter(row_id=entry.public_id).earliest("pk").before
        assert "called_as" not in old
        with pytest.raises(KeyDestroyed):
            Sealed(old["secret"]).open()
