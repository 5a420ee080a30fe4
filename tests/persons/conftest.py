"""Somebody met on the evening of 9 December 2026 by the station's patrol."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from nuantu.persons.models import Case
    from tests.cast import Cast, Player

EVENING = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """A page asked for in English leaves its language behind in the thread."""
    from django.utils import translation

    with translation.override("zh-hans"):
        yield


@pytest.fixture
def evening() -> datetime:
    """20:00 in China."""
    return EVENING


@pytest.fixture
def seen_as() -> "Callable[[Player], Any]":
    """`with seen_as(cast.patroller):` the database shows what this person's organisation may see."""
    from nuantu.core import clock, scope

    @contextmanager
    def enter(player: "Player") -> Iterator[None]:
        with clock.frozen(EVENING), scope.enter(scope.of_actor(player.actor)):
            yield

    return enter


@pytest.fixture
def meet(cast: "Cast", seen_as: "Callable[[Player], Any]") -> "Callable[..., Case]":
    """`meet(name="", ...)`: the patroller enters somebody and opens the case."""
    from nuantu.persons import services
    from nuantu.persons.rules.ages import Age
    from tests.cast import TOWN

    fifty = Age(45, 55)

    def enter(
        name: str = "",
        *,
        who: "Player | None" = None,
        sex: str = "male",
        age: Age | None = fifty,
        looks: str = "灰大衣",
        place: str = "南桥",
        restricted: str = "",
        at: datetime = EVENING,
    ) -> "Case":
        player = who or cast.patroller
        with seen_as(player):
            person = services.register_person(
                actor=player.actor,
                at=at,
                division_code=TOWN,
                name=name,
                sex=sex,
                age=age,
                looks=looks,
                place=place,
                restricted_reason=restricted,
            )
            return services.open_case(
                actor=player.actor, at=at, person=person, division_code=TOWN, place=place
            )

    return enter
