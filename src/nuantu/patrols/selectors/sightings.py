"""Who was met in an area lately: counted from the register, and from packages above."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Sum

from nuantu.accounts.rules.divisions import short_code
from nuantu.core import scope
from nuantu.patrols.models import PatrolVisit

Source = Callable[[str, datetime, datetime], int]
_sources: dict[str, Source] = {}


def register_source(name: str, count: Source) -> None:
    """Add what else knows of people met: a count by division prefix, from, until.

    Called from apps.ready() of the package that keeps the rows; only the count is used.
    """
    _sources[name] = count


def seen_between(division_code: str, since: datetime, until: datetime) -> int:
    """How many people patrols, contacts and tips met or named in an area in a span of time.

    Whoever holds the rows: a number tells nobody who it was.
    """
    prefix = short_code(division_code)
    with scope.system("a zero report is held against what others saw in the area"):
        others = sum(count(prefix, since, until) for count in _sources.values())
        return others + _on_patrol(prefix, since, until)


def _on_patrol(prefix: str, since: datetime, until: datetime) -> int:
    """People met at stops without a contact: those with one are counted as contacts."""
    rows = PatrolVisit.objects.filter(
        key_location__division_code__startswith=prefix,
        arrived_at__range=(since, until),
        people_count__gt=0,
        contacts__isnull=True,
    )
    return int(rows.aggregate(sum=Sum("people_count"))["sum"] or 0)
