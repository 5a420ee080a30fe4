"""A running season with warnings: the prefecture's plan P1 and the county's own plan P9."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from nuantu.operations.models import Operation
    from tests.cast import Cast

# a Wednesday evening in the window of both plans: 9 December 2026, 20:00 in China
EVENING = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)


@pytest.fixture
def evening() -> datetime:
    """The moment of the tests."""
    return EVENING


@pytest.fixture
def season(cast: "Cast") -> "list[Operation]":
    """P1 binds every county of the prefecture, P9 is 凯里's own plan."""
    from tests import builders

    return [
        builders.a_plan(code, org, EVENING)
        for code, org in (("P1", "LX-5226"), ("P9", "MZ-522601"))
    ]
