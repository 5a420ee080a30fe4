"""What contacts know of an area, for whoever reads a zero report of it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from nuantu.encounters.models import Encounter


def met_between(prefix: str, since: datetime, until: datetime) -> int:
    """How many contacts were made in an area in a span of time."""
    rows = Encounter.objects.filter(
        correction=None, division_code__startswith=prefix, happened_at__range=(since, until)
    )
    return rows.count()


def last_met(cases: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the person of each case was last met, by the public id of the case."""
    rows = Encounter.objects.filter(correction=None, case_id__in=list(cases)).order_by()
    return {
        case_id: last
        for case_id, last in rows.values_list("case_id").annotate(Max("happened_at"))
        if case_id is not None
    }
