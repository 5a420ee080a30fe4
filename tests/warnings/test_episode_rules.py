"""What holds for a county, whatever order the messages came in."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.warnings.rules.episodes import Confirmation, End, Notice, Phase, Standing, standings
from nuantu.warnings.rules.levels import LevelRule, answers_to, rule_for, strictest
from nuantu.warnings.rules.message import Colour, MsgType, Reference
from tests.examples import examples
from tests.warnings.wording import at

KAILI, HUANGPING = "522601000000", "522622000000"
T0 = at("2026-11-21 17:00")
HOLD = timedelta(hours=48)


def notice(key: str, hours: float = 0, **values: object) -> Notice:
    """A message issued some hours after the first; blue cold wave of the prefecture for both."""
    plain = Notice(
        key=key,
        identifier=f"id-{key}",
        sender="州气象台",
        issuer="522600000000",
        event="寒潮",
        colour=Colour.BLUE,
        msg_type=MsgType.ALERT,
        sent_at=T0 + timedelta(hours=hours),
        received_at=T0 + timedelta(hours=hours, minutes=2),
        divisions=frozenset({KAILI, HUANGPING}),
    )
    return replace(plain, **values)  # type: ignore[arg-type]  # the keywords are fields


def cancel(key: str, hours: float, **values: object) -> Notice:
    return notice(key, hours, msg_type=MsgType.CANCEL, **values)


def update(key: str, hours: float, **values: object) -> Notice:
    return notice(key, hours, msg_type=MsgType.UPDATE, **values)


def state(
    *notices: Notice, hours: float, county: str = KAILI, confirmed: tuple[Confirmation, ...] = ()
) -> dict[str, Standing]:
    """Where each message stands some hours after the first."""
    found = standings(
        notices, county, at=T0 + timedelta(hours=hours), hold=HOLD, confirmations=confirmed
    )
    return {standing.notice.key: standing for standing in found}


def live(*notices: Notice, hours: float, county: str = KAILI) -> list[str]:
    """The messages that still count."""
    return [key for key, s in state(*notices, hours=hours, county=county).items() if s.counts]


def test_an_alert_holds_until_it_is_lifted() -> None:
    """Without an end it holds; the issuer's lifting ends it at once."""
    assert live(notice("a"), hours=20) == ["a"]
    ended = state(notice("a"), cancel("c", 21), hours=22)["a"]
    assert (ended.phase, ended.end, ended.ended_by) == (Phase.ENDED, End.LIFTED, "c")
    assert ended.ended_at == T0 + timedelta(hours=21)


def test_after_its_hold_it_waits_for_a_person() -> None:
    """48 hours are a question, never an exit (X45)."""
    assert state(notice("a"), hours=47)["a"].phase is Phase.IN_FORCE
    waiting = state(notice("a"), hours=500)["a"]
    assert waiting.phase is Phase.AWAITING
    assert waiting.counts
    word = Confirmation("a", KAILI, T0 + timedelta(hours=50))
    ended = state(notice("a"), hours=51, confirmed=(word,))["a"]
    assert ended.end is End.CONFIRMED
    assert state(notice("a"), hours=51, county=HUANGPING, confirmed=(word,))["a"].counts


def test_a_stated_end_ends_by_itself() -> None:
    """The issuer's own word needs no confirmation."""
    a = notice("a", expires_at=T0 + timedelta(hours=6))
    assert live(a, hours=5) == ["a"]
    assert state(a, hours=6)["a"].end is End.EXPIRED


def test_a_continuation_restarts_the_hold_and_keeps_the_root() -> None:
    """继续发布 is an update of the same episode (WE-18)."""
    found = state(notice("a"), update("b", 40), hours=60)
    assert found["a"].end is End.REPLACED
    assert found["b"].phase is Phase.IN_FORCE
    assert found["b"].root == "a"


def test_a_new_colour_replaces_the_old() -> None:
    """Up and down, as update or as a fresh alert of the same issuer."""
    for kind in (MsgType.UPDATE, MsgType.ALERT):
        found = live(notice("a"), notice("b", 3, colour=Colour.ORANGE, msg_type=kind), hours=4)
        assert found == ["b"]


def test_two_events_stand_beside_each_other() -> None:
    """Lifting one leaves the other."""
    ice = notice("ice", 1, event="道路结冰", colour=Colour.YELLOW)
    assert live(notice("a"), ice, hours=2) == ["a", "ice"]
    assert live(notice("a"), ice, cancel("c", 3), hours=4) == ["ice"]


def test_two_issuers_do_not_lift_each_other() -> None:
    """The county's lifting leaves the prefecture's warning, the national centre's leaves both."""
    own = notice("own", 1, issuer=KAILI, divisions=frozenset({KAILI}))
    lifted = cancel("c", 3, issuer=KAILI, divisions=frozenset({KAILI}))
    assert live(notice("a"), own, lifted, hours=4) == ["a"]
    national = cancel("n", 3, issuer="national")
    assert live(notice("a"), own, national, hours=4) == ["a", "own"]


def test_a_cancel_for_some_counties_ends_only_those() -> None:
    """解除凯里市…，其余继续生效."""
    c = cancel("c", 3, divisions=frozenset({KAILI}))
    assert live(notice("a"), c, hours=4, county=KAILI) == []
    assert live(notice("a"), c, hours=4, county=HUANGPING) == ["a"]


def test_an_update_that_leaves_a_county_out_ends_it_there() -> None:
    """But one that widens the area keeps what was."""
    narrower = update("b", 3, divisions=frozenset({KAILI}))
    assert state(notice("a"), narrower, hours=4, county=HUANGPING)["a"].end is End.NARROWED
    wider = replace(narrower, extends_area=True)
    assert live(notice("a"), wider, hours=4, county=HUANGPING) == ["a"]
    alert = replace(narrower, msg_type=MsgType.ALERT)
    assert live(notice("a"), alert, hours=4, county=HUANGPING) == ["a"]


def test_an_update_that_names_a_message_leaves_the_issuers_other_warnings() -> None:
    """Orange for Huangping stands when the yellow of Kaili, announced apart, is updated."""
    orange = notice("o", colour=Colour.ORANGE, divisions=frozenset({HUANGPING}))
    yellow = notice("y", 1, colour=Colour.YELLOW, divisions=frozenset({KAILI}))
    later = update("u", 2, divisions=frozenset({KAILI}), references=(Reference(identifier="id-y"),))
    assert live(orange, yellow, later, hours=3, county=HUANGPING) == ["o"]
    assert live(orange, yellow, later, hours=3, county=KAILI) == ["u"]
    unknown = replace(later, references=(Reference(identifier="never seen"),))
    assert live(orange, yellow, unknown, hours=3, county=HUANGPING) == []


def test_an_update_narrows_every_message_of_its_chain() -> None:
    """Two updates of one alert, and the text that said the same as the alert."""
    refers = (Reference(identifier="id-a"),)
    text, alert = notice("t"), notice("a", 0.2)
    wide = update("w", 1, references=refers)
    narrow = update("n", 2, references=refers, divisions=frozenset({KAILI}))
    found = state(text, alert, wide, narrow, hours=3, county=HUANGPING)
    assert found["w"].end is End.NARROWED
    assert not any(standing.counts for standing in found.values())
    early = replace(narrow, sent_at=T0 + timedelta(hours=0.5))
    assert (
        live(
            alert,
            replace(text, sent_at=T0 + timedelta(hours=0.3)),
            early,
            hours=3,
            county=HUANGPING,
        )
        == []
    )


def test_a_change_of_event_ends_the_event_it_came_from() -> None:
    """将寒潮…变更为道路结冰."""
    b = update("b", 3, event="道路结冰", replaces_event="寒潮")
    assert live(notice("a"), b, hours=4) == ["b"]


def test_everything_may_be_lifted_at_once() -> None:
    """解除所有预警信号 ends every event of its issuer."""
    ice = notice("ice", 1, event="道路结冰")
    assert live(notice("a"), ice, cancel("c", 3, event="全部"), hours=4) == []


def test_a_cancel_that_names_a_message_ends_it_whoever_sends_it_and_whenever() -> None:
    """By reference: from another sender code, without an area, even before the alert arrives."""
    named = (Reference("id-a"),)
    c = cancel("c", 3, issuer="unknown", divisions=frozenset(), references=named)
    assert live(notice("a"), c, hours=4) == []
    early = cancel("c", -1, issuer="unknown", divisions=frozenset(), references=named)
    assert live(early, notice("a"), hours=4) == []


def test_a_message_that_names_itself_does_not_end_itself() -> None:
    """Some senders list their own identifier."""
    assert live(notice("a", references=(Reference("id-a"),)), hours=1) == ["a"]


def test_a_cancel_before_a_newer_alert_leaves_the_alert() -> None:
    """Lifted at 3, issued anew at 5."""
    assert live(notice("a"), cancel("c", 3), notice("b", 5), hours=6) == ["b"]


def test_what_was_over_when_it_came_never_counts() -> None:
    """A message of last winter, or one that expired on its way."""
    old = notice("a", received_at=T0 + timedelta(hours=49))
    assert state(old, hours=50)["a"].end is End.STALE
    late = notice("b", expires_at=T0 + timedelta(hours=1), received_at=T0 + timedelta(hours=2))
    assert state(late, hours=3)["b"].end is End.STALE


def test_a_clock_that_runs_ahead_does_not_rule_for_ever() -> None:
    """A message stamped next year counts from its receipt."""
    ahead = notice("a", sent_at=T0 + timedelta(days=365), received_at=T0)
    assert live(ahead, cancel("c", 3), hours=4) == []


def test_acknowledgements_and_errors_change_nothing() -> None:
    """CAP Ack and Error are no warnings (WE-22)."""
    assert (
        live(notice("a", msg_type=MsgType.ACK), notice("b", msg_type=MsgType.ERROR), hours=1) == []
    )


_EVENTS = st.sampled_from(["寒潮", "道路结冰", "大风"])
_COUNTIES = st.frozensets(st.sampled_from([KAILI, HUANGPING]), min_size=1)


@st.composite
def _notices(draw: st.DrawFn) -> list[Notice]:
    count = draw(st.integers(1, 9))
    keys = [f"k{n}" for n in range(count)]
    found = []
    for key in keys:
        sent = T0 + timedelta(minutes=draw(st.integers(0, 4000)))
        refs = draw(st.lists(st.sampled_from(keys), max_size=2))
        end = draw(st.none() | st.integers(1, 3000))
        found.append(
            notice(
                key,
                issuer=draw(st.sampled_from(["522600000000", KAILI, "national"])),
                event=draw(_EVENTS),
                colour=draw(st.sampled_from(list(Colour))),
                msg_type=draw(st.sampled_from([MsgType.ALERT, MsgType.UPDATE, MsgType.CANCEL])),
                sent_at=sent,
                received_at=sent + timedelta(minutes=draw(st.integers(-30, 600))),
                divisions=draw(_COUNTIES),
                expires_at=sent + timedelta(minutes=end) if end else None,
                references=tuple(Reference(f"id-{r}") for r in refs),
                extends_area=draw(st.booleans()),
            )
        )
    return found


@examples(150)
@given(_notices(), st.randoms(use_true_random=False), st.integers(0, 9000))
def test_order_and_repetition_of_arrival_change_nothing(
    notices: list[Notice], random: object, minutes: int
) -> None:
    """Any shuffle with any doubles ends in the same state."""
    moment = T0 + timedelta(minutes=minutes)
    shuffled = [*notices, *notices[: len(notices) // 2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    for county in (KAILI, HUANGPING):
        assert standings(notices, county, at=moment, hold=HOLD) == standings(
            shuffled, county, at=moment, hold=HOLD
        )


@examples(100)
@given(_notices(), st.integers(0, 9000))
def test_a_county_is_never_touched_by_what_does_not_name_it(
    notices: list[Notice], minutes: int
) -> None:
    """Every standing rests on a message that covers the county, and lasts no longer than told."""
    moment = T0 + timedelta(minutes=minutes)
    for standing in standings(notices, KAILI, at=moment, hold=HOLD):
        assert KAILI in standing.notice.divisions
        assert standing.notice.msg_type is not MsgType.CANCEL
        if standing.counts and standing.notice.expires_at:
            assert moment < standing.notice.expires_at
        if standing.phase is Phase.AWAITING:
            assert standing.notice.expires_at is None


# ── levels ───────────────────────────────────────────────────────────────────────────────────────


def test_any_warning_raises_and_orange_and_red_are_extreme_by_default() -> None:
    """The default mapping of the design; the plan passes its own."""
    levels = {colour: rule_for("寒潮", colour) for colour in (*Colour, None)}
    said = {colour: rule.level for colour, rule in levels.items() if rule}
    assert said[Colour.BLUE] == said[Colour.YELLOW] == said[None] == "raised"
    assert said[Colour.ORANGE] == said[Colour.RED] == "extreme"


def test_only_what_the_plan_names_counts() -> None:
    """A summer plan is silent about cold, and the strictest line wins."""
    plan = (LevelRule("raised", ("寒潮", "低温")), LevelRule("extreme", ("寒潮",), ("橙", "红")))
    assert rule_for("高温", Colour.RED, plan) is None
    cold = rule_for("寒潮", Colour.RED, plan)
    compound = rule_for("低温雨雪冰冻", Colour.BLUE, plan)
    assert cold is not None
    assert compound is not None
    assert (cold.level, compound.level) == ("extreme", "raised")


@pytest.mark.parametrize(
    ("event", "named", "answer"),
    [("寒潮", "寒潮", True), ("低温雨雪冰冻", "冰冻", True), ("海上大风", "大风", False), ("高温", "低温", False),
     ("霾", "灰霾", True), ("大风", "寒潮", False)],
)  # fmt: skip
def test_an_event_answers_to_its_name(event: str, named: str, answer: bool) -> None:
    """Compounds answer, namesakes at sea do not."""
    assert answers_to(event, named) is answer


def test_two_warnings_ask_for_the_strictest() -> None:
    """Overlap."""
    assert strictest(["raised", "extreme", "raised"]) == "extreme"
    assert strictest([]) == "normal"


def test_times_are_aware() -> None:
    """The tests themselves use no naive moment."""
    assert isinstance(T0, datetime)
    assert T0.tzinfo is not None
