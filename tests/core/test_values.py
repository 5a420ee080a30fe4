"""Clock, ids, money: small things everything rests on."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.core import clock
from nuantu.core.ids import RECEIPT_ALPHABET, RECEIPT_LENGTH, new_id, receipt_code, tidy_receipt
from nuantu.core.money import Fen, shares, yuan

NIGHT = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)


def test_the_day_in_china_begins_at_sixteen_hours_utc() -> None:
    """Half past midnight in China is already the next year there."""
    with clock.frozen(NIGHT):
        assert clock.today().isoformat() == "2027-01-01"


def test_a_moment_without_a_zone_cannot_freeze_the_clock() -> None:
    """A naive moment would mean two different nights."""
    with pytest.raises(ValueError, match="zone"), clock.frozen(NIGHT.replace(tzinfo=None)):
        pass


def test_the_clock_runs_again_after_the_block() -> None:
    """Frozen time never leaks out of its block."""
    with clock.frozen(NIGHT):
        pass
    assert clock.now() != NIGHT


def test_ids_sort_by_the_moment_they_were_made() -> None:
    """Later ids are larger, so indexes grow at one end."""
    with clock.frozen(NIGHT):
        early = new_id()
    with clock.frozen(NIGHT.replace(minute=31)):
        late = new_id()
    assert early < late
    assert early.version == 7


def test_a_receipt_code_survives_being_typed_with_dashes_and_lower_case() -> None:
    """What is read over the phone and typed again opens the same tip."""
    code = receipt_code()
    assert len(code) == RECEIPT_LENGTH
    assert set(code) <= set(RECEIPT_ALPHABET)
    assert tidy_receipt(f" {code[:5].lower()}-{code[5:]} ") == code


@given(st.integers(0, 10**12), st.lists(st.integers(0, 1000), min_size=1).filter(any))
def test_shares_add_up_to_the_fen(amount: int, weights: list[int]) -> None:
    """No fen is lost or made, and no part is off by a whole fen."""
    parts = shares(Fen(amount), weights)
    assert sum(parts) == amount
    assert all(
        abs(part - amount * w / sum(weights)) < 1 for part, w in zip(parts, weights, strict=True)
    )


@given(st.integers(0, 10**9), st.integers(1, 50))
def test_equal_weights_differ_by_at_most_a_fen(amount: int, count: int) -> None:
    """Half and half (各半负担) is fair to the fen."""
    parts = shares(Fen(amount), [1] * count)
    assert max(parts) - min(parts) <= 1


def test_money_is_written_with_yuan_and_fen() -> None:
    """Officials read yuan."""
    assert yuan(Fen(123456789)) == "¥1,234,567.89"
    assert yuan(Fen(-5)) == "-¥0.05"


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_weights_that_mean_nothing_are_refused(weights: list[int]) -> None:
    """A share of nothing is a mistake, not zero."""
    with pytest.raises(ValueError, match=r"weights|empty"):
        shares(Fen(100), weights)
