"""A man met in the street, whose papers are issued by the station of 凯里."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from datetime import datetime

    from nuantu.encounters.models import Encounter
    from nuantu.papers.models import Paper
    from tests.cast import Cast, Player


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """A page asked for in English leaves its language behind in the thread."""
    from django.utils import translation

    with translation.override("zh-hans"):
        yield


@pytest.fixture
def seen_as() -> "Callable[[Player], Any]":
    """`with seen_as(cast.police):` what this person's organisation may see tonight."""
    from nuantu.core import clock, scope
    from tests.builders import EVENING

    @contextmanager
    def enter(player: "Player", at: "datetime" = EVENING) -> Iterator[None]:
        with clock.frozen(at), scope.enter(scope.of_actor(player.actor)):
            yield

    return enter


@pytest.fixture
def encounter(cast: "Cast") -> "Encounter":
    """A contact of the station's patroller that evening."""
    from tests import builders

    return builders.an_encounter(cast)


@pytest.fixture
def issue(cast: "Cast", encounter: "Encounter") -> "Callable[..., Paper]":
    """`issue(remark="…")`: the dispatcher issues the street record of the contact."""
    from nuantu.core import clock
    from nuantu.papers import services
    from nuantu.papers.selectors import kinds

    def make(kind: str = "street_refusal", **typed: str) -> "Paper":
        feed, at = kinds.feed_of(kind), clock.now()
        assert feed is not None
        values = {**feed.gather(cast.dispatcher.actor, encounter, at), **typed}
        return services.issue_paper(
            actor=cast.dispatcher.actor,
            at=at,
            kind=kinds.kinds()[kind],
            subject=encounter,
            values=values,
        )

    return make
