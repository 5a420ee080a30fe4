"""Decisions of dispatch, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.dispatch.rules import duplicates, flags, limits, notices, ranking, states, words
from nuantu.dispatch.rules.phones import PhoneSaid

AT = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)
NEAR, FAR = limits.Figure(30, "P9-20"), limits.Figure(60, "P9-21")
LIMITS = limits.Limits(NEAR, FAR, far_travel_minutes=25)
BOUNDS = duplicates.Bounds(radius_metres=300, window_minutes=360)
BRIDGE = (26.5742, 107.9781)


@pytest.mark.rule("P9-20", "P9-21")
@pytest.mark.parametrize(
    ("travel", "minutes", "distance"),
    [
        (0, 30, "near"),
        (25, 30, "near"),
        (25.01, 60, "far"),
        (300, 60, "far"),
        (None, 30, "unknown"),
    ],
)
def test_the_far_limit_needs_a_measured_way(
    travel: float | None, minutes: int, distance: str
) -> None:
    """60 minutes only above the threshold; without a measure the stricter 30 count."""
    chosen = limits.choose(travel, LIMITS)
    assert (chosen.minutes, chosen.distance) == (minutes, distance)


def test_a_far_limit_below_the_near_one_is_no_relief() -> None:
    """A plan that writes 20 minutes for far places does not shorten what near places get."""
    odd = limits.Limits(NEAR, limits.Figure(20, "X"), 25)
    assert limits.choose(90, odd).minutes == 30


@given(st.floats(0, 1e5), st.floats(0, 1e5))
def test_a_longer_way_never_gives_less_time(a: float, b: float) -> None:
    """The limit does not fall with the distance."""
    short, long = sorted((a, b))
    assert limits.choose(short, LIMITS).minutes <= limits.choose(long, LIMITS).minutes


@given(st.text(max_size=300))
def test_tidy_words_are_tidy(text: str) -> None:
    """No control character is left, and tidying twice changes nothing more."""
    clean = words.tidy(text)
    assert all(ch in "\n\t" or ord(ch) >= 32 for ch in clean)
    assert "\x00" not in clean
    assert words.tidy(clean) == clean
    assert "\n" not in words.one_line(text)


def test_emoji_and_their_joiners_stay() -> None:
    """A family of three is one picture, a NUL and a turned reading direction are nothing."""
    assert words.tidy("👨‍👩‍👧 🥶\x00\u202e好\x07") == "👨‍👩‍👧 🥶好"
    assert words.tidy("一\r\n二\r三\n\n\n\n四") == "一\n二\n三\n\n四"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("138 0000-0000", "13800000000"),
        ("（0855）000 0001", "08550000001"),
        ("１３８００００００００", "13800000000"),
        ("+86 138 0000 0000", "+8613800000000"),
        ("110", None),
        ("打我电话", None),
        ("1380000000013800000000", None),
    ],
)
def test_phone_numbers_as_people_type_them(typed: str, digits: str | None) -> None:
    """Blanks, dashes, brackets and full-width digits are read; what is no number is said to be none."""
    assert words.phone_number(typed) == digits


sightings = st.builds(
    duplicates.Sighting,
    received_at=st.integers(0, 720).map(lambda minutes: AT + timedelta(minutes=minutes)),
    place=st.text("南桥下大十字广场东口", max_size=12),
    seen=st.text("老人孩子躺着没有被", max_size=20),
    point=st.none()
    | st.tuples(
        st.floats(26.57, 26.58, allow_nan=False), st.floats(107.97, 107.98, allow_nan=False)
    ),
    flags=st.frozensets(st.sampled_from(["elderly", "minor", "drunk"])),
    person_count=st.integers(1, 3),
    caller=st.sampled_from(["", "a", "b"]),
)


@given(sightings, sightings)
def test_likeness_is_symmetric_and_a_share(a: duplicates.Sighting, b: duplicates.Sighting) -> None:
    """Which tip came first does not matter; the score lies between 0 and 1."""
    like = duplicates.likeness(a, b, BOUNDS)
    assert like == duplicates.likeness(b, a, BOUNDS)
    assert 0 <= like.score <= 1


@given(sightings)
def test_nothing_is_more_like_a_tip_than_itself(a: duplicates.Sighting) -> None:
    """With a point and some words a tip sent twice is always proposed."""
    whole = duplicates.Sighting(a.received_at, a.place + "南桥", a.seen, BRIDGE, a.flags)
    assert duplicates.likeness(whole, whole, BOUNDS).score >= duplicates.SUGGEST_FROM


def test_far_away_or_long_ago_is_no_duplicate() -> None:
    """Beyond the radius or the window nothing is proposed, whatever the words say."""
    here = duplicates.Sighting(AT, "南桥桥洞", "老人", BRIDGE)
    there = duplicates.Sighting(AT, "南桥桥洞", "老人", (26.5842, 107.9781))
    yesterday = duplicates.Sighting(AT - timedelta(days=1), "南桥桥洞", "老人", BRIDGE)
    assert duplicates.likeness(here, there, BOUNDS).score == 0
    assert duplicates.likeness(here, yesterday, BOUNDS).score == 0


def test_two_people_of_one_square_are_told_apart() -> None:
    """Same square, other words, other marks: below what is proposed."""
    man = duplicates.Sighting(
        AT, "大十字广场喷泉旁", "醉酒男子", (26.5811, 107.9788), frozenset({"drunk"})
    )
    child = duplicates.Sighting(
        AT + timedelta(hours=4),
        "老邮局门口",
        "小女孩在哭",
        (26.5833, 107.9795),
        frozenset({"minor"}),
        2,
    )
    same = duplicates.Sighting(
        AT + timedelta(minutes=9),
        "大十字广场喷泉边",
        "一个醉汉躺着",
        (26.5812, 107.9789),
        frozenset({"drunk"}),
    )
    assert duplicates.likeness(man, child, BOUNDS).score < duplicates.SUGGEST_FROM
    assert duplicates.likeness(man, same, BOUNDS).score >= duplicates.SUGGEST_FROM


@pytest.mark.parametrize("longer", ["清江大桥东头烟酒店门口", "清江大桥东头桥墩底下，卖烟酒的旁边"])
def test_a_call_without_a_point_meets_what_was_said_of_the_same_bridge(longer: str) -> None:
    """A caller names the bridge, the others its shop and its pillar; another bridge is not meant."""
    call = duplicates.Sighting(AT, "清江大桥东头桥下", "老人叫不醒", flags=frozenset({"ill"}))
    other = duplicates.Sighting(AT - timedelta(minutes=5), longer, "裹着塑料布", BRIDGE)
    elsewhere = duplicates.Sighting(AT, "清水江路天桥下", "裹着塑料布", BRIDGE)
    assert duplicates.likeness(call, other, BOUNDS).score >= duplicates.SUGGEST_FROM
    assert duplicates.likeness(call, elsewhere, BOUNDS).score < duplicates.SUGGEST_FROM


MATRIX = (
    notices.Line("any", frozenset({"minor"}), ("120", "110"), "P12-03"),
    notices.Line("informant", frozenset({"any"}), ("relief_station", "police"), "P1-23"),
    notices.Line("any", frozenset({"any"}), ("partner_departments",), "P9-30", outcome="refused"),
)


@pytest.mark.rule("P12-03")
def test_a_minor_puts_120_and_110_on_the_list() -> None:
    """Both are told together, whoever found the child."""
    found = notices.recipients(MATRIX, channel="web", classes=frozenset({"minor"}))
    assert [one.code for one in found] == ["120", "110"]


@pytest.mark.rule("P1-23")
def test_a_taxi_driver_tells_station_and_police() -> None:
    """An informant's find goes to both; the police are asked for once, by both clauses."""
    found = notices.recipients(MATRIX, channel="taxi", classes=frozenset({"minor"}))
    assert [one.code for one in found] == ["120", "110", "relief_station"]
    assert found[1].basis == "P12-03；P1-23"


def test_a_citizen_who_sees_an_adult_tells_nobody_else() -> None:
    """No line applies, and a line that waits for a refusal belongs to the contact."""
    assert notices.recipients(MATRIX, channel="web", classes=frozenset({"elderly"})) == ()


@given(st.frozensets(st.sampled_from(sorted(flags.CLASSES))))
def test_every_mark_has_a_class_and_protection_calls_first(marks: frozenset[str]) -> None:
    """Who is protected from a closing refusal is also somebody to call about first."""
    assert bool(flags.classes_of(marks)) == bool(marks)
    if flags.is_protected(marks):
        assert flags.is_urgent(marks)


@given(st.lists(st.sampled_from([*sorted(states.RUN_STEPS), states.SENT])))
def test_the_tip_shows_its_furthest_run(runs: list[str]) -> None:
    """A team on the spot is not hidden by one that declined."""
    shown = states.tip_state(runs)
    assert shown in states.OPEN_STATES
    if states.ARRIVED in runs:
        assert shown == states.ON_SCENE
    if not set(runs) & {*states.LIVE_RUNS, states.DONE}:
        assert shown == states.NEW


def test_no_step_leaves_an_ended_run() -> None:
    """Done, declined, recalled and not found are final."""
    for ended in (states.DONE, states.DECLINED, states.RECALLED, states.NOT_FOUND):
        assert not any(states.may_run_become(ended, to) for to in states.RUN_STEPS)


def _team(
    name: str,
    point: tuple[float, float] | None,
    *,
    is_on_shift: bool = True,
    busy_with: int = 0,
    capabilities: frozenset[str] = frozenset(),
) -> ranking.TeamNow:
    return ranking.TeamNow(
        UUID(int=len(name)), name, point, is_on_shift, busy_with, capabilities=capabilities
    )


def _minutes(a: tuple[float, float], b: tuple[float, float]) -> float:
    return (abs(a[0] - b[0]) + abs(a[1] - b[1])) * 1000


def test_the_nearest_able_team_stands_first_and_others_say_why_not() -> None:
    """Near but busy stands behind farther and free; off shift behind; each says why."""
    need = ranking.Need((26.5, 107.9), frozenset({"critical"}), minutes_left=30)
    near_busy = _team("近", (26.5, 107.901), busy_with=1)
    far_free = _team("远队", (26.51, 107.92), capabilities=frozenset({"medic", "vehicle"}))
    asleep = _team("下班队", (26.5, 107.9), is_on_shift=False)
    lost = _team("没位置队", None)
    ranked = ranking.rank(need, [asleep, near_busy, lost, far_free], _minutes)
    assert [c.team.name for c in ranked] == ["远队", "没位置队", "下班队", "近"]
    assert ranked[0].is_able
    assert ranked[0].minutes == 30
    assert ranked[3].obstacles == (ranking.Obstacle.BUSY,)
    assert ranking.Note.NO_MEDIC in ranked[3].notes
    assert not ranking.is_nobody_free(ranked)
    assert ranking.is_nobody_free([ranked[2], ranked[3]])


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2), st.floats(0, 1)), max_size=6))
def test_no_team_with_an_obstacle_stands_before_a_free_one(
    crew: list[tuple[bool, int, float]],
) -> None:
    """Whatever the distances, able teams come first and nobody is left out."""
    teams = [
        _team(str(i), (26.5, 107.9 + far), is_on_shift=on, busy_with=busy)
        for i, (on, busy, far) in enumerate(crew)
    ]
    ranked = ranking.rank(ranking.Need((26.5, 107.9), frozenset(), 10), teams, _minutes)
    assert sorted(c.team.name for c in ranked) == sorted(t.name for t in teams)
    able = [c.is_able for c in ranked]
    assert able == sorted(able, reverse=True)


def test_a_phone_clock_that_is_wrong_is_told_and_a_right_one_is_not() -> None:
    """Two minutes are nothing; a day is written down beside the server's moment."""
    assert PhoneSaid(at=AT + timedelta(seconds=90)).skew(AT) is None
    assert PhoneSaid(at=AT - timedelta(days=1)).skew(AT) == timedelta(days=-1)
    assert PhoneSaid(lat=91.0, lon=0.0).point is None
