"""Stock warnings on the head's page: a place that the package of goods fills when it is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StockWarning:
    """One thing that runs low, in words, and the page that says more."""

    words: str
    url: str
    is_urgent: bool = False


Teller = Callable[[str, datetime], list[StockWarning]]
_tellers: list[Teller] = []


def register_stock(teller: Teller) -> None:
    """Say what runs low in a station at a moment; called from `apps.ready()` of an upper package."""
    _tellers.append(teller)


def forget(teller: Teller) -> None:
    """Take a teller back, for whoever only lent it."""
    _tellers.remove(teller)


def stock_warnings(org: str, at: datetime) -> list[StockWarning] | None:
    """What runs low, the urgent first; None while nobody keeps stock here."""
    if not _tellers:
        return None
    found = [warning for teller in _tellers for warning in teller(org, at)]
    return sorted(found, key=lambda warning: not warning.is_urgent)
