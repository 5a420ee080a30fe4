"""A running season: the prefecture's plan P1 and the county's own plan P9."""

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
def prefecture_plan(cast: "Cast") -> "Operation":
    """P1 binds every county of the prefecture."""
    from tests import builders

    return builders.a_plan("P1", "LX-5226", EVENING)


@pytest.fixture
def county_plan(prefecture_plan: "Operation") -> "Operation":
    """P9 is the county's own plan below P1."""
    from tests import builders

    return builders.a_plan("P9", "MZ-522601", EVENING)
