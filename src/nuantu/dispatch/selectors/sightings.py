"""What tips know of an area, for whoever reads a zero report of it."""

from datetime import datetime

from nuantu.dispatch.models import Tip

_UNTRUE = (
    Tip.Outcome.NOT_FOUND,
    Tip.Outcome.DUPLICATE,
    Tip.Outcome.NOT_OURS,
    Tip.Outcome.INVALID,
)


def named_between(prefix: str, since: datetime, until: datetime) -> int:
    """How many tips named somebody in an area, but for those that nobody was found for."""
    rows = Tip.objects.filter(division_code__startswith=prefix, happened_at__range=(since, until))
    return rows.exclude(outcome__in=_UNTRUE).count()
