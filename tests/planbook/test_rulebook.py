"""What holds: own plan, parent plan, national default, and the strictest figure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.planbook import files
from nuantu.planbook.compiler import compile_plan
from nuantu.planbook.defaults import national_layer
from nuantu.planbook.kinds import KINDS, kind
from nuantu.planbook.levels import DEFAULT_LEVELS
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import NATIONAL, Layer, Rule, strictness

DAY = date(2026, 12, 9)
LEVELS = [level.code for level in DEFAULT_LEVELS]


def _book(*layers: Layer, on: date = DAY) -> RuleBook:
    return RuleBook(layers, national_layer(), on)


def _layer(code: str, *rules: Rule) -> Layer:
    return Layer(code, code, tuple(replace(rule, plan_code=code) for rule in rules))


def _cadence(
    value: int | None, unit: str = "per_week", level: str = "normal", words: str = ""
) -> Rule:
    return Rule("patrol.cadence", value, unit, level=level, words=words, clauses=("x",))


def _plan_layer(code: str) -> Layer:
    plan = files.packaged(code).plan
    assert plan is not None
    return compile_plan(plan, year=2026).layer


cadences = st.builds(
    _cadence,
    st.one_of(st.none(), st.integers(1, 20)),
    st.sampled_from(["per_day", "per_week", "per_month"]),
    st.sampled_from(LEVELS),
    st.just("不间断"),
)
limits = st.builds(
    lambda minutes, key: Rule(
        "response.limit", minutes, "minute", key=key, words="及时", clauses=("x",)
    ),
    st.one_of(st.none(), st.integers(5, 240)),
    st.sampled_from(["", "near", "far"]),
)


def _layers(rules: st.SearchStrategy[Rule]) -> st.SearchStrategy[list[Layer]]:
    some = st.lists(rules, max_size=4)
    return st.lists(some, max_size=4).map(
        lambda found: [_layer(f"L{n}", *rules) for n, rules in enumerate(found)]
    )


@given(_layers(cadences), st.sampled_from(LEVELS))
def test_a_cadence_is_never_looser_than_any_plan_above(layers: list[Layer], level: str) -> None:
    """Whatever one plan alone asks for, the chain of plans asks for at least as much."""
    _never_looser("patrol.cadence", layers, level=level, key=None)


@given(_layers(limits), st.sampled_from(["near", "far"]))
def test_a_response_limit_is_never_longer_than_any_plan_above(
    layers: list[Layer], key: str
) -> None:
    """A county may promise more than its prefecture, never less."""
    _never_looser("response.limit", layers, level=None, key=key)


def _never_looser(
    code: str, layers: Sequence[Layer], *, level: str | None, key: str | None
) -> None:
    which = kind(code)
    together = _book(*layers).need(code, level=level, key=key)
    for layer in layers:
        alone = _book(layer).need(code, level=level, key=key)
        if alone.plan_code != NATIONAL and alone.value is not None:
            assert strictness(which, together.value, together.unit) >= strictness(
                which, alone.value, alone.unit
            )


@given(_layers(cadences), st.sampled_from(LEVELS))
def test_a_word_never_beats_a_figure(layers: list[Layer], level: str) -> None:
    """Whoever asks for a cadence gets a figure, because the national default has one (X56)."""
    assert _book(*layers).need("patrol.cadence", level=level).value is not None


@given(_layers(cadences))
def test_a_cadence_never_falls_when_the_level_rises_in_a_plan_that_rises(
    layers: list[Layer],
) -> None:
    """A figure of the normal level still holds in extreme weather when nothing else is said."""
    only_normal = [
        Layer(layer.plan_code, layer.title, tuple(r for r in layer.rules if r.level == "normal"))
        for layer in layers
    ]
    book = _book(*only_normal)
    if not any(rule.value for layer in only_normal for rule in layer.rules):
        return
    found = [book.need("patrol.cadence", level=level) for level in LEVELS]
    assert len({(ruling.value, ruling.unit) for ruling in found}) == 1


values = st.integers(1, 300)


@given(st.lists(st.one_of(st.none(), values), min_size=1, max_size=4))
def test_the_nearest_plan_that_gives_a_figure_rules(said: list[int | None]) -> None:
    """For an ordinary kind own beats parent and parent beats the national default."""
    layers = [
        _layer(f"L{n}", Rule("warning.hold", value, "hour", words="保持", clauses=("x",)))
        for n, value in enumerate(said)
    ]
    ruling = _book(*layers).need("warning.hold")
    first = next((n for n, value in enumerate(said) if value is not None), None)
    assert ruling.plan_code == (NATIONAL if first is None else f"L{first}")


@given(_layers(cadences), st.sampled_from(LEVELS))
def test_a_ruling_shows_every_plan_that_was_asked(layers: list[Layer], level: str) -> None:
    """Exactly one of the compared rules won, and it is the one whose value the ruling has."""
    ruling = _book(*layers).need("patrol.cadence", level=level)
    won = [line for line in ruling.compared if line.has_won]
    assert len(won) == 1
    assert (won[0].value, won[0].plan_code) == (ruling.value, ruling.plan_code)


@pytest.mark.rule("P9-03", "P9-05")
def test_three_a_week_becomes_daily_on_a_warning() -> None:
    """The county's own numbers hold below the prefecture's words."""
    book = _book(_plan_layer("P9"), _plan_layer("P1"))
    normal, raised = (book.need("patrol.cadence", level=level) for level in ("normal", "raised"))
    assert (normal.value, normal.unit, normal.source) == (3, "per_week", "P9-03")
    assert (raised.value, raised.unit, raised.source) == (1, "per_day", "P9-05")
    assert normal.words == "不间断"


@pytest.mark.rule("P1-26")
def test_extreme_weather_never_patrols_less_than_a_warning() -> None:
    """Round the clock is a word: it is shown, and the daily figure stands."""
    book = _book(_plan_layer("P9"), _plan_layer("P1"))
    extreme = book.need("patrol.cadence", level="extreme")
    assert (extreme.value, extreme.unit) == (1, "per_day")
    assert "全天候" in extreme.words


def test_the_foster_rhythm_of_the_prefecture_binds_the_county() -> None:
    """The county only says it knows the state of everybody; the prefecture says every half month."""
    ruling = _book(_plan_layer("P9"), _plan_layer("P1")).need("foster.inspection")
    assert (ruling.value, ruling.unit, ruling.plan_code) == (15, "day", "P1")


def test_what_a_plan_says_of_everybody_does_not_loosen_what_holds_for_minors() -> None:
    """A plan that lets everybody refuse does not let a child refuse (X17)."""
    everybody = Rule("rescue.mode", {"may_refuse": True}, key="any", clauses=("x",))
    ruling = _book(_layer("L", everybody)).need("rescue.mode", key="minor")
    assert ruling.is_national
    assert isinstance(ruling.value, dict)
    assert ruling.value["may_refuse"] is False


def test_a_plan_of_its_own_class_rules_before_the_default() -> None:
    """The exact class of the own plan beats the national default of that class."""
    own = Rule(
        "rescue.mode", {"may_refuse": False, "modes": ["protective"]}, key="minor", clauses=("x",)
    )
    assert _book(_layer("L", own)).need("rescue.mode", key="minor").plan_code == "L"


def test_a_place_class_of_its_own_counts_only_there() -> None:
    """A bridge that is patrolled daily does not make the whole county daily."""
    layer = _layer("L", _cadence(3), replace(_cadence(1, "per_day"), place_class="bridge_culvert"))
    book = _book(layer)
    assert book.need("patrol.cadence").value == 3
    bridge = book.need("patrol.cadence", place_class="bridge_culvert")
    assert (bridge.value, bridge.unit) == (1, "per_day")


def test_a_rule_counts_from_its_first_to_its_last_day() -> None:
    """Both ends count; outside, the next plan answers."""
    rule = Rule("warning.hold", 12, "hour", clauses=("x",), valid_from=DAY, valid_to=DAY)
    layer = _layer("L", rule)
    assert _book(layer).need("warning.hold").value == 12
    for other in (date(2026, 12, 8), date(2026, 12, 10)):
        assert _book(layer, on=other).need("warning.hold").is_national


def test_an_unknown_kind_is_refused() -> None:
    """A slip in a kind is never silently no rule."""
    with pytest.raises(KeyError, match=r"patrol\.cadance"):
        _book().find("patrol.cadance")


def test_a_list_said_twice_comes_from_the_nearer_plan() -> None:
    """The watch posts of county and prefecture add up; a post named twice is the county's."""
    posts = _book(_plan_layer("P9"), _plan_layer("P1")).every("roster.post")
    assert {post.key: post.plan_code for post in posts} == {
        "watch": "P9",
        "reception": "P9",
        "hotline": "P9",
        "leader": "P1",
        "vehicle": "P1",
    }


def test_every_default_has_source_status_and_a_known_kind() -> None:
    """A number without a source cannot be a default."""
    rules = national_layer().rules
    assert len(rules) > 60
    for rule in rules:
        assert rule.kind in KINDS
        assert rule.clauses[0]
        assert rule.status in ("verified", "unverified")
        assert rule.valid_from is not None


@pytest.mark.parametrize(
    ("code", "level", "key", "value"),
    [
        ("response.limit", None, "near", 30),
        ("response.limit", None, "far", 60),
        ("response.far_travel", None, None, 25),
        ("warning.hold", None, None, 48),
        ("warning.acknowledge", None, None, 30),
        ("refusal.revisit", "normal", None, 3),
        ("refusal.revisit", "raised", None, 1),
        ("keep.recording", None, None, 3),
        ("age.minor", None, None, 18),
    ],
)
def test_without_any_plan_the_national_default_answers(
    code: str, level: str | None, key: str | None, value: int
) -> None:
    """The numbers that other packages build on are parameters, not code."""
    ruling = _book().need(code, level=level, key=key)
    assert ruling.value == value
    assert ruling.is_national


def test_local_and_remembered_numbers_are_marked_unverified() -> None:
    """Only what was read in the text counts as verified (domain-rules.md: READ, LOCAL, MEM)."""
    book = _book()
    assert book.need("keep.recording").status == "verified"  # DL-10, READ
    assert book.need("keep.video").status == "unverified"  # DL-12, MEM
    assert book.need("patrol.cadence", level="extreme").status == "unverified"  # PA-03, LOCAL
