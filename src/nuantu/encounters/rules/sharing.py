"""What a partner department learns of a refuser: place and needs, never who or what he has (X60)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

# Needs in words that anybody on the street can act on. Nothing here names an illness.
NEEDS_OF: Final[dict[str, tuple[str, ...]]] = {
    "thin_clothes": ("warm_clothes",),
    "wet": ("warm_clothes",),
    "hungry": ("food",),
    "immobile": ("help_to_move",),
    "disabled": ("help_to_move",),
    "with_child": ("look_after_child",),
    "unwell": ("look_in_often",),
    "drunk": ("look_in_often",),
}
ALWAYS: Final = ("persuade",)
NEEDS: Final = (
    "warm_clothes",
    "food",
    "help_to_move",
    "look_after_child",
    "look_in_often",
    "persuade",
)


def needs(seen: Iterable[str]) -> tuple[str, ...]:
    """What the person needs, from what was seen, without what it says about his health."""
    wanted = {need for code in seen for need in NEEDS_OF.get(code, ())} | set(ALWAYS)
    return tuple(need for need in NEEDS if need in wanted)


def ends_at(at: datetime, days: float) -> datetime:
    """When the notice expires and vanishes."""
    return at + timedelta(days=days)
