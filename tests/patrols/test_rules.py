"""The patrol week on paper: halves, promises, areas, and what a move breaks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.operations.rules.rhythm import visits_a_week
from nuantu.patrols.rules import halves, planned
from nuantu.patrols.rules.asking import Asked, Crew, Figures, Spot, prefix_of, problem_of
from nuantu.patrols.rules.promises import gap_in_halves
from nuantu.routing.checker import check
from nuantu.routing.problem_json import problem_from, problem_to_json
from tests.examples import examples

MONDAY = date(2026, 12, 14)
FIGURES = Figures(10, 2, 0.05, 0.1, 40, 1.4, 3, 1320, 360, 1500, 2, 4)
TOWN, OTHER_TOWN = "522601100000", "522601002000"


def _local(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=UTC) - timedelta(hours=8)


def _spot(name: str = "bridge", **changes: Any) -> Spot:
    return replace(Spot(name, 26.56, 108.066, TOWN, "bridge_culvert", 3), **changes)


def _crew(name: str = "crew", **changes: Any) -> Crew:
    nights = tuple(halves.Turn(half, 720, 1200) for half in range(1, 14, 2))
    return replace(Crew(name, "522601000000", 26.586, 107.98, nights), **changes)


def test_a_shift_outside_the_week_has_no_turn() -> None:
    assert not halves.turns(MONDAY, _local(13, 18), _local(14, 5))
    assert not halves.turns(MONDAY, _local(21, 8), _local(21, 16))


@pytest.mark.parametrize(
    ("begins", "ends", "found"),
    [
        ((14, 20), (15, 2), [(1, 840, 1200)]),  # a night
        ((14, 8), (14, 16), [(0, 120, 600)]),  # a day
        ((14, 22), (15, 7), [(1, 960, 1500)]),  # a short rest goes with the piece before it
        ((14, 17), (14, 23), [(1, 660, 1020)]),  # and with the one after it
        ((14, 8), (15, 8), [(0, 120, 720), (1, 720, 1560)]),  # around the clock
        ((20, 20), (21, 4), [(13, 840, 1320)]),  # the last night runs into the next week
    ],
)
def test_a_shift_falls_into_the_halves_it_is_out_in(
    begins: tuple[int, int], ends: tuple[int, int], found: list[tuple[int, int, int]]
) -> None:
    turns = halves.turns(MONDAY, _local(*begins), _local(*ends))
    assert [(turn.half, turn.start_min, turn.end_min) for turn in turns] == found


@examples(60)
@given(st.integers(0, 7 * 24 * 4), st.integers(1, 40 * 4))
def test_turns_lie_in_the_week_in_order_and_within_their_shift(start: int, length: int) -> None:
    begins = halves.week_begins(MONDAY) + timedelta(minutes=15 * start)
    ends = begins + timedelta(minutes=15 * length)
    turns = halves.turns(MONDAY, begins, ends)
    assert [turn.half for turn in turns] == sorted({turn.half for turn in turns})
    for turn in turns:
        assert halves.moment_of(MONDAY, turn.half, turn.start_min) >= begins
        assert halves.moment_of(MONDAY, turn.half, turn.end_min) <= ends


@pytest.mark.rule("P9-03")
@pytest.mark.rule("P9-05")
@pytest.mark.parametrize(
    ("number", "unit", "visits"),
    [(3, "per_week", 3), (1, "per_day", 7), (2, "per_day", 14), (4, "per_month", 1), (5, "per_month", 2)],
)  # fmt: skip
def test_a_cadence_promises_visits_of_each_location(number: int, unit: str, visits: int) -> None:
    assert visits_a_week(number, unit) == visits


def test_a_word_that_is_no_rhythm_promises_nothing() -> None:
    with pytest.raises(ValueError, match="no rhythm"):
        visits_a_week(1, "minute")


@examples(40)
@given(st.integers(0, 14), st.floats(0, 7))
def test_the_gap_always_leaves_room_for_the_promised_visits(visits: int, nights: float) -> None:
    gap = gap_in_halves(visits, nights)
    assert gap >= 1
    assert (visits - 1) * gap < halves.HALVES


def test_three_visits_a_week_leave_a_night_between_them() -> None:
    assert gap_in_halves(3, 2) == 4


def test_two_locations_at_one_place_are_both_remarked() -> None:
    spots = [_spot(), _spot("again", lon=108.06605), _spot("apart", lon=108.0662)]
    remarks = problem_of("week", spots, [_crew()], FIGURES).remarks
    assert [one.id for one in remarks if one.code == "twin"] == ["bridge", "again"]


def test_a_location_in_nobodys_area_is_remarked_and_never_planned() -> None:
    crew = _crew(division_code=OTHER_TOWN)
    spots = [_spot(), _spot("near", division_code=OTHER_TOWN, lat=26.57)]
    asked = problem_of("week", spots, [crew], FIGURES)
    assert [(remark.code, remark.id) for remark in asked.remarks] == [("no_area", "bridge")]
    assert not planned.plan_of(asked.problem, {}).encounters
    breaches = planned.move(
        asked.problem, {("crew", 1): ("bridge",)}, "bridge", ("crew", 1), ("crew", 3)
    ).breaches
    assert "partner" in {breach.code for breach in breaches}


@pytest.mark.rule("P2-27")
@pytest.mark.rule("S1-38")
def test_a_location_on_a_border_belongs_to_the_town_it_was_entered_for_and_to_a_county_team() -> (
    None
):
    towns = [_crew("here", division_code=TOWN), _crew("there", division_code=OTHER_TOWN)]
    across = problem_of("week", [_spot(division_code=OTHER_TOWN)], towns, FIGURES)
    (place,) = across.problem.locations
    may = {team.id for team in across.problem.teams if set(place.needs) <= set(team.skills)}
    assert may == {"there"}
    county = problem_of(
        "week", [_spot(division_code=OTHER_TOWN)], [_crew(division_code="522601000000")], FIGURES
    )
    assert not county.remarks


@pytest.mark.rule("P2-25")
def test_a_key_location_of_any_town_lies_with_the_countys_team_where_no_town_has_one() -> None:
    county = _crew("county", division_code="522601000000")
    town = _crew("town", division_code=TOWN)
    spots = [_spot("mine"), _spot("theirs", division_code=OTHER_TOWN, lat=26.57)]
    alone = problem_of("week", spots, [town], FIGURES)
    assert [(one.code, one.id) for one in alone.remarks] == [("no_area", "theirs")]
    both = problem_of("week", spots, [town, county], FIGURES)
    assert not both.remarks
    may = {place.id: {team.id for team in both.problem.teams if set(place.needs) <= set(team.skills)}
           for place in both.problem.locations}  # fmt: skip
    assert may == {"mine": {"town", "county"}, "theirs": {"county"}}


def test_a_location_out_of_every_teams_reach_is_remarked() -> None:
    asked = problem_of("week", [_spot(lat=29.5)], [_crew()], FIGURES)
    assert [remark.code for remark in asked.remarks] == ["no_team"]


def test_a_location_that_needs_the_police_waits_for_a_team_with_police() -> None:
    spots = [_spot(needs_police=True)]
    without = problem_of("week", spots, [_crew()], FIGURES)
    assert [remark.code for remark in without.remarks] == ["no_partner"]
    joint = problem_of("week", spots, [_crew(has_police=True)], FIGURES)
    assert not joint.remarks


def test_a_team_without_a_base_is_remarked_and_left_out() -> None:
    asked = problem_of("week", [_spot()], [_crew(), _crew("lost", lat=None)], FIGURES)
    assert [(remark.code, remark.id) for remark in asked.remarks] == [("no_base", "lost")]
    assert {shift.team for shift in asked.problem.shifts} == {"crew"}


def test_more_visits_than_halves_are_capped_and_remarked() -> None:
    asked = problem_of("week", [_spot(visits=21)], [_crew()], FIGURES)
    assert [remark.code for remark in asked.remarks] == ["too_many"]
    assert asked.problem.locations[0].visits_per_week == halves.HALVES


def test_a_place_that_counts_at_night_only_is_open_from_ten_to_six() -> None:
    asked = problem_of("week", [_spot(is_night_only=True)], [_crew()], FIGURES)
    place = asked.problem.locations[0]
    assert place.windows == ((960.0, 1440.0),)
    assert place.rate_at(600) == 0.0
    assert place.rate_at(1000) == 0.1


def test_a_team_that_never_waits_leaves_when_the_places_of_the_night_can_be_visited() -> None:
    by_night = problem_of("week", [_spot(), _spot("door", is_night_only=True)], [_crew()], FIGURES)
    assert {shift.start_min for shift in by_night.problem.shifts} == {960}
    early = _crew(turns=(halves.Turn(1, 720, 1080),))
    kept = problem_of("week", [_spot("door", is_night_only=True)], [early], FIGURES)
    assert kept.problem.shifts[0].start_min == 720, "two hours of six are not worth waiting for"
    any_time = problem_of("week", [_spot()], [_crew()], FIGURES)
    assert {shift.start_min for shift in any_time.problem.shifts} == {720}


def test_a_place_is_visited_only_while_it_is_open_and_at_night_where_that_is_asked_for() -> None:
    def asked(*hours: tuple[int, int], is_night_only: bool = False) -> Asked:
        spot = _spot(open_hours=hours, is_night_only=is_night_only)
        return problem_of("week", [spot], [_crew()], FIGURES)

    def windows(asked: Asked) -> tuple[tuple[float, float], ...]:
        return asked.problem.locations[0].windows

    never = asked((540, 1020), is_night_only=True)
    assert [remark.code for remark in never.remarks] == ["shut"]
    assert windows(asked((540, 1020))) == ((180.0, 660.0), (1620.0, 2100.0))
    assert windows(asked((1260, 1860))) == ((0.0, 60.0), (900.0, 1500.0)), "21:00 to 07:00"
    assert windows(asked((0, 1440))) == ((0.0, 2160.0),), "midnight is no edge"
    assert windows(asked((1200, 1740), is_night_only=True)) == ((960.0, 1380.0),)


def test_the_problem_of_a_week_reads_back_equal_from_its_json() -> None:
    problem = problem_of("week", [_spot(is_night_only=True)], [_crew()], FIGURES).problem
    assert problem_from(problem_to_json(problem)) == problem


def test_a_move_that_breaks_a_promise_is_refused_and_says_which() -> None:
    problem = problem_of("week", [_spot()], [_crew()], FIGURES).problem
    stops = {("crew", half): ("bridge",) for half in (1, 5, 9)}
    too_near = planned.move(problem, stops, "bridge", ("crew", 9), ("crew", 7))
    assert {breach.code for breach in too_near.breaches} == {"gap"}
    fine = planned.move(problem, stops, "bridge", ("crew", 9), ("crew", 11))
    assert fine.is_allowed
    assert check(problem, fine.plan).is_valid
    with pytest.raises(KeyError):
        planned.move(problem, stops, "bridge", ("crew", 9), ("crew", 0))


def test_visits_above_the_promise_do_not_count_for_it() -> None:
    problem = problem_of("week", [_spot(visits=2)], [_crew()], FIGURES).problem
    plan = planned.plan_of(problem, {("crew", half): ("bridge",) for half in (1, 5, 9)})
    assert planned.promised(problem, plan) == {("bridge", 1), ("bridge", 5)}
    assert planned.missing(plan.unmet) == 0


@pytest.mark.parametrize(
    ("code", "prefix"),
    [("522601000000", "522601"), (TOWN, "522601100"), ("522600000000", "5226"), ("520000000000", "52")],
)  # fmt: skip
def test_all_places_of_a_division_begin_with_its_digits(code: str, prefix: str) -> None:
    assert prefix_of(code) == prefix


def test_a_week_over_the_new_year_keeps_its_nights_and_a_shift_of_that_night_whole() -> None:
    monday = date(2026, 12, 28)
    assert [halves.day_of(monday, half) for half in (7, 8)] == [
        date(2026, 12, 31),
        date(2027, 1, 1),
    ]
    past_midnight = halves.moment_of(monday, 7, 19 * 60)
    assert past_midnight == datetime(2026, 12, 31, 17, tzinfo=UTC)
    begins = datetime(2026, 12, 31, 14, tzinfo=UTC)
    turns = halves.turns(monday, begins, begins + timedelta(hours=6))
    assert [(turn.half, turn.end_min - turn.start_min) for turn in turns] == [(7, 360)]
