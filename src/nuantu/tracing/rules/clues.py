"""Which fragment says most about who somebody is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Protocol, TypeVar

# What leads home soonest: his name, his home, then who and what is tied to one place.
TELLING: Final = (
    "own_name",
    "home",
    "nickname",
    "kin",
    "school",
    "work",
    "place",
    "accent",
    "other",
)
_SURE: Final = ("verified", "claimed", "estimated")


class Heard(Protocol):
    """What decides between two fragments."""

    @property
    def kind(self) -> str: ...
    @property
    def certainty(self) -> str: ...
    @property
    def heard_at(self) -> datetime: ...


Clue = TypeVar("Clue", bound=Heard)


def best(fragments: Iterable[Clue]) -> Clue | None:
    """The most telling fragment; of two alike the surer, then the newer."""
    found = sorted(fragments, key=lambda one: one.heard_at, reverse=True)
    return min(
        found,
        key=lambda one: (TELLING.index(one.kind), _SURE.index(one.certainty)),
        default=None,
    )
