"""What is said of an engine: recall by level, and whether its probabilities hold."""

import pytest
from bench.identity.measure import figures, reliability, times


def _query(level: str, truth: int) -> dict[str, object]:
    return {"level": level, "truth": truth}


def test_an_engine_that_knows_no_probability_is_asked_for_none() -> None:
    told = figures([_query("L1", 5)], [[(5, 12.0, -1.0)]])
    assert told["calibration"] == {}
    assert told["all"]["@1"] == [1.0, 1.0, 1.0]


def test_recall_counts_those_who_are_in_the_registry_and_alerts_those_who_are_not() -> None:
    queries = [
        _query("L1", 1),
        _query("L1", 2),
        _query("L4", 3),
        _query("L3", -1),
        _query("L2", -1),
    ]
    answers = [
        [(1, 9.0, 0.95)],
        [(7, 9.0, 0.95), (2, 1.0, 0.01)],
        [],
        [(8, 9.0, 0.97)],
        [(9, 1.0, 0.05)],
    ]
    told = figures(queries, answers)
    assert [told["all"][first][0] for first in ("@1", "@10")] == pytest.approx(
        [1 / 3, 2 / 3], abs=1e-4
    )
    assert told["L1"]["@1"][0] == 0.5
    assert told["L4"]["@50"] == [0, 0, 0]
    assert told["L1-L3"]["queries"] == 2
    calibration = told["calibration"]
    assert calibration["precision when sure"][0] == pytest.approx(1 / 3, abs=1e-4)
    assert calibration["alerts on the absent"] == pytest.approx([0.5, 0.0945, 0.9055], abs=1e-4)
    assert calibration["said, right"] == pytest.approx([2.92 / 5, 1 / 5], abs=1e-4)
    assert calibration["expected error"] == pytest.approx(
        (3 * abs(2.87 / 3 - 1 / 3) + 0.05) / 5, abs=1e-3
    )
    assert times([0.001, 0.003]) == {"p50": 2.0, "p95": 2.9}


def test_a_perfect_engine_shows_some_error_too_and_less_with_more_queries() -> None:
    def asked(many: int) -> tuple[list[dict[str, object]], list[list[tuple[int, float, float]]]]:
        return [_query("L1", one % 4) for one in range(many)], [[(1, 1.0, 0.25)]] * many

    few, more = (figures(*asked(many))["calibration"] for many in (100, 10_000))
    assert few["expected error"] == more["expected error"] == 0
    assert few["perfect engine"][0] > 5 * more["perfect engine"][0] > 0
    assert few["perfect engine"][1] > few["perfect engine"][0]
    assert reliability(*asked(100)) == [{"from": 0.2, "queries": 100, "said": 0.25, "right": 0.25}]
