"""A night at the station."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cast import Player


@pytest.fixture(autouse=True)
def _tonight() -> Iterator[None]:
    """The clock stands still, and sentences are Chinese."""
    from django.utils import translation

    from nuantu.core import clock
    from tests.stays.house import NIGHT

    with clock.frozen(NIGHT), translation.override("zh-hans"):
        yield


@pytest.fixture
def as_() -> "Callable[[Player], Any]":
    """`with as_(cast.reception):` what this person's organisation may see and write."""
    from nuantu.core import scope

    @contextmanager
    def enter(player: "Player") -> Iterator[None]:
        with scope.enter(scope.of_actor(player.actor)):
            yield

    return enter
