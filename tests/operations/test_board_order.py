"""The board leads the eye: my own office, then what is late, then county by county."""

from datetime import timedelta

import pytest

from nuantu.core import clock, scope
from nuantu.operations.selectors import duty_board
from tests import builders
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_offices_with_something_late_stand_before_the_others(cast: Cast) -> None:
    """An official of the prefecture finds the one late office among thirty."""
    with clock.frozen(builders.EVENING):
        builders.a_season()
        builders.a_duty(cast, hours=1)
    at = builders.EVENING + timedelta(hours=2)
    with clock.frozen(at), scope.enter(scope.of_actor(cast.office.actor)):
        rows = duty_board(cast.office.actor, at, window="open").rows
    late = [row.late > 0 for row in rows if not row.is_own]
    assert any(late)
    assert late == sorted(late, reverse=True)
    calm = [row.code for row in rows if not row.is_own and not row.late]
    areas = [code.rsplit("-", 1)[-1][:6] for code in calm]
    assert areas == sorted(areas)
