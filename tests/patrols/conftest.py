"""A county with a plan in force, two teams with shifts in the coming week, and key locations."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nuantu.routing.search.kept import keep_in

if TYPE_CHECKING:
    from nuantu.patrols.models import PatrolWeek
    from tests.cast import Cast, Player
    from tests.patrols.nights import Night

keep_in(Path(__file__).parents[2] / ".nuantu" / "kernels")


@pytest.fixture(autouse=True)
def _at_night() -> Iterator[None]:
    """The evening of the tests, in Chinese."""
    from django.utils import translation

    from nuantu.core import clock
    from tests.builders import EVENING

    with clock.frozen(EVENING), translation.override("zh-hans"):
        yield


@pytest.fixture
def seen_as() -> "Callable[[Player], Any]":
    """`with seen_as(cast.police):` what this person's organisation may see."""
    from nuantu.core import scope

    @contextmanager
    def enter(player: "Player") -> Iterator[None]:
        with scope.enter(scope.of_actor(player.actor)):
            yield

    return enter


@pytest.fixture
def week(cast: "Cast") -> "PatrolWeek":
    """A planned draft."""
    from tests import builders

    return builders.a_patrol_week(cast)


@pytest.fixture
def night(cast: "Cast") -> "Night":
    """Monday 20:30: two teams out, two bridges each; the fifth is visited on Wednesday."""
    from tests.patrols.nights import Night

    return Night(cast)
