"""Learning where people are keeps what a careful reader of the register would demand of it."""

import math
import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.routing.learn import learn_rates
from nuantu.routing.learning import LearnParams, PastStop, RateTable, learn
from nuantu.routing.learning.gamma import (
    LARGE_SHAPE,
    Array,
    gamma_cdf,
    gamma_quantile,
    log_count,
    log_gamma,
)
from nuantu.routing.seasons import SeasonParams, simulate
from tests.examples import examples
from tests.routing.histories import BLOCKS, KINDS, histories, stop
from tests.routing.weeks import place, problem, shift

EVEN = LearnParams(keep_per_year=1.0)


def _table(history: list[PastStop], level: str = "", params: LearnParams = EVEN) -> RateTable:
    learnt = learn(history, KINDS, blocks=BLOCKS, params=params, levels=["cold"])
    return learnt.table(level)


def _row(table: RateTable, place: str) -> Array:
    return np.asarray(table.mean[table.places.index(place)])


@pytest.mark.parametrize(
    "wrong",
    [stop("Z"), replace(stop(), minute=BLOCKS * 60), replace(stop(), minute=-1), stop(found=-1)],
)
def test_a_stop_that_cannot_be_is_refused(wrong: PastStop) -> None:
    with pytest.raises(ValueError, match=r"no kind|outside the night"):
        learn([stop(), wrong], KINDS, blocks=BLOCKS)


def test_nothing_to_learn_for_and_a_level_nobody_named_are_refused() -> None:
    with pytest.raises(ValueError, match="no location"):
        learn([], {})
    with pytest.raises(ValueError, match="was not learnt"):
        learn([stop()], KINDS, blocks=BLOCKS).table("flood")


@pytest.mark.parametrize(
    "wrong",
    [{"keep_per_year": 0}, {"keep_per_year": 1.1}, {"explore": -0.1}, {"prior_rate": 0}],
)
def test_figures_out_of_range_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be"):
        LearnParams(**wrong)


@given(histories, st.randoms(use_true_random=False))
@examples(12)
@pytest.mark.slow
def test_the_order_of_the_stops_changes_nothing(
    history: list[PastStop], shuffler: random.Random
) -> None:
    mixed = list(history)
    shuffler.shuffle(mixed)
    one, other = _table(history), _table(mixed)
    assert (one.mean == other.mean).all()
    assert (one.shape == other.shape).all()


@given(histories, st.integers(0, 24), st.integers(1, 3))
@examples(20)
@pytest.mark.slow
def test_more_finds_never_lower_the_rate_there(
    history: list[PastStop], which: int, more: int
) -> None:
    at = which % len(history)
    raised = [*history]
    raised[at] = replace(history[at], found=history[at].found + more)
    block = int(history[at].minute // 60)
    before, after = (
        _row(_table(part, history[at].level), history[at].location)[block]
        for part in (history, raised)
    )
    assert after >= before * (1 - 1e-6)


@given(histories)
@examples(12)
@pytest.mark.slow
def test_one_more_visit_that_met_nobody_never_raises_the_rate_there(
    history: list[PastStop],
) -> None:
    vain = stop("A", 0, hour=2, night=3)
    before, after = (_row(_table(part), "A")[2] for part in (history, [*history, vain]))
    assert after <= before * (1 + 1e-6)


def test_no_history_at_all_gives_every_place_of_a_kind_the_same_prior() -> None:
    table = _table([])
    assert np.allclose(table.mean, table.mean[0])
    low, high = table.interval(0.95)
    assert (low < LearnParams().prior_rate).all()
    assert (high > LearnParams().prior_rate).all()


def test_a_new_place_starts_from_its_kind() -> None:
    history = [
        stop(name, 3 * (name in "AB"), night=night) for name in "ABCD" for night in range(20)
    ]
    table = _table(history)
    assert 1 < _row(table, "new")[4] < 6
    assert _row(table, "new")[4] > 10 * _row(table, "C")[4]
    width = {name: table.shape[table.places.index(name), 4] for name in ("A", "new")}
    assert width["new"] < width["A"] / 3


@pytest.mark.parametrize(("times", "found"), [(1, 0), (1, 1), (2, 3), (4, 1)])
def test_the_interval_shrinks_with_visits(times: int, found: int) -> None:
    base = [stop(name, 1, night=night) for name in "BCD" for night in range(12)]
    few, many = (
        [*base, *(stop("A", found * (night % 2), night=night) for night in range(4 * count))]
        for count in (times, 2 * times)
    )
    narrow = []
    for history in (few, many):
        table = _table(history)
        low, high = (bound[table.places.index("A"), 4] for bound in table.interval(0.8))
        narrow.append(high - low)
    assert narrow[1] < narrow[0]


def test_a_level_with_more_finds_raises_the_rates_of_its_nights() -> None:
    history = [
        stop(name, found, night=night, level=level)
        for name in "ABCD"
        for night, (level, found) in enumerate([("", 1), ("cold", 3)] * 10)
    ]
    assert (_table(history, "cold").mean > 1.5 * _table(history).mean).all()


def test_an_older_season_weighs_less_and_its_interval_is_wider() -> None:
    old = [stop("A", 4, night=night) for night in range(10)]
    new = [stop("A", 0, night=365 + night) for night in range(10)]
    even, fading = (
        _table([*old, *new], params=LearnParams(keep_per_year=keep)) for keep in (1.0, 0.3)
    )
    assert _row(fading, "A")[4] < _row(even, "A")[4]
    assert fading.visits[0] < even.visits[0]


def test_one_place_and_one_stop_can_be_learnt_from() -> None:
    table = learn([stop("A", 2)], {"A": "bridge"}, blocks=BLOCKS).table()
    assert LearnParams().prior_rate < table.mean[0, 4] < 2
    assert np.isfinite(table.mean).all()


@pytest.mark.slow
def test_intervals_hold_as_much_of_the_truth_as_they_say() -> None:
    """Three small seasons: 2,160 true rates each, of which about 50, 80 and 95 % must lie inside."""
    inside: dict[float, list[float]] = {0.5: [], 0.8: [], 0.95: []}
    for seed in range(3):
        sizes = SeasonParams(places=60, nights=60, stops_per_night=30, kinds=4)
        seasons = simulate(sizes, seed)
        learnt = learn(seasons.stops[0], seasons.kinds)
        for column, level in enumerate(seasons.levels):
            truth = seasons.truth[0][:, :, column]
            for share, found in inside.items():
                low, high = learnt.table(level).interval(share)
                found.append(float(((low <= truth) & (truth <= high)).mean()))
    for share, found in inside.items():
        assert np.mean(found) == pytest.approx(share, abs=0.1)


@pytest.mark.slow
def test_people_in_groups_widen_the_intervals() -> None:
    single, groups = (
        simulate(SeasonParams(places=40, nights=40, stops_per_night=20, kinds=4, crowding=crowd), 5)
        for crowd in (1.0, 3.0)
    )
    tables = [learn(s.stops[0], s.kinds).table() for s in (single, groups)]
    assert tables[0].dispersion < 1.3
    assert 2 < tables[1].dispersion < 4


@given(histories, st.integers(0, 10))
@examples(10)
@pytest.mark.slow
def test_exploration_is_the_same_for_a_seed_and_none_without_a_share(
    history: list[PastStop], seed: int
) -> None:
    table = _table(history)
    assert (table.explored(0.3, seed) == table.explored(0.3, seed)).all()
    assert (table.explored(0.0, seed) == table.mean).all()
    assert (table.explored(0.3, seed) >= 0.7 * table.mean - 1e-12).all()


@pytest.mark.slow
def test_exploration_gives_an_unseen_place_its_turn_and_a_known_one_little() -> None:
    history = [stop(name, 1, night=night) for name in "ABCD" for night in range(200)]
    table = _table(history)
    draws = np.array([table.explored(1.0, seed)[:, 4] for seed in range(80)])
    assert draws.mean(axis=0) == pytest.approx(table.mean[:, 4], rel=0.35)
    known, unseen = (table.places.index(name) for name in ("A", "new"))
    assert (draws[:, unseen] > draws[:, known]).mean() > 0.2
    assert draws[:, unseen].std() > 3 * draws[:, known].std()


def test_a_new_place_changes_the_luck_of_no_other() -> None:
    one = learn([stop()], {"A": "bridge", "B": "bridge"}, blocks=BLOCKS).table()
    other = learn([stop()], {"A": "bridge", "AA": "bridge", "B": "bridge"}, blocks=BLOCKS).table()
    lucks = [
        gamma_cdf(table.explored(1.0, 3) * table.shape / table.mean, table.shape)[-1]
        for table in (one, other)
    ]
    assert lucks[0] == pytest.approx(lucks[1], abs=1e-6)


def test_rates_of_a_problem_keep_their_length_and_the_level_of_most_stops() -> None:
    week = problem([place("A", 1), place("B", 1, rates=[1.0] * 3)], [shift()])
    history = [stop("A", 1, night=night, level="cold") for night in range(5)] + [stop("B", 0)]
    lesson = learn_rates(week, history)
    assert [len(spot.rates) for spot in lesson.problem.locations] == [12, 3]
    assert (lesson.level, lesson.level_stops) == ("cold", 5)
    assert all(row.low <= row.mean <= row.high for row in lesson.rows)


def test_the_incomplete_gamma_function_is_that_of_the_tables() -> None:
    """Exponential, chi-square with one degree, and Abramowitz and Stegun 26.8 for 10 degrees."""
    assert gamma_quantile(0.5, 1.0) == pytest.approx(math.log(2), rel=1e-9)
    assert 2 * gamma_quantile(0.95, 0.5) == pytest.approx(3.841458820694, rel=1e-9)
    assert 2 * gamma_quantile(0.95, 5.0) == pytest.approx(18.307038053275, rel=1e-9)
    assert log_gamma(0.5) == pytest.approx(0.5 * math.log(math.pi), abs=1e-10)


@given(st.floats(0.01, 0.99), st.floats(math.log(0.01), math.log(5000)))
@examples(50)
def test_the_quantile_turns_the_distribution_round(probability: float, log_shape: float) -> None:
    """To ten figures; above the shape where a cube root stands in for the search, to four."""
    shape = math.exp(log_shape)
    close = 1e-9 if shape < LARGE_SHAPE else 3e-5
    assert gamma_cdf(gamma_quantile(probability, shape), shape) == pytest.approx(
        probability, abs=close
    )


def test_log_probabilities_of_counts_add_up_to_one() -> None:
    assert np.exp(log_count(np.arange(400.0), 3.0, 0.7)).sum() == pytest.approx(1, abs=1e-9)
