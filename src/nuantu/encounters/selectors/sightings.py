"""What contacts know of an area, for whoever reads a zero report of it."""

from datetime import datetime

from nuantu.encounters.models import Encounter


def met_between(prefix: str, since: datetime, until: datetime) -> int:
    """How many contacts were made in an area in a span of time."""
    rows = Encounter.objects.filter(
        correction=None, division_code__startswith=prefix, happened_at__range=(since, until)
    )
    return rows.count()
