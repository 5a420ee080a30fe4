"""A patrol on Monday night, and the phone of one of its members."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.fieldwork.nights import Nights
    from tests.fieldwork.phones import Phone


@pytest.fixture(autouse=True)
def _on_patrol() -> Iterator[None]:
    """Half past eight on the evening of the patrol, in Chinese."""
    from django.utils import translation

    from nuantu.core import clock
    from tests.builders import PATROL

    with clock.frozen(PATROL), translation.override("zh-hans"):
        yield


@pytest.fixture
def phone(cast: "Cast") -> "Phone":
    """The patroller's phone, enrolled; his team's route for tonight is published."""
    from tests import builders
    from tests.fieldwork.phones import enrolled

    route: Any = builders.a_patrol_route(cast)
    return enrolled(cast.patroller, route)


@pytest.fixture
def route(cast: "Cast") -> Any:
    """Tonight's route with three stops."""
    from tests.fieldwork.nights import a_longer_route

    return a_longer_route(cast)


@pytest.fixture
def nights(cast: "Cast", route: Any) -> "Nights":
    """The patroller's nights, one stop of which is at a tip."""
    from tests.fieldwork.nights import Nights, a_sent_team, a_tip_on_the_way

    a_tip_on_the_way(cast, route)
    return Nights(cast.patroller, route, a_sent_team(cast, route))
