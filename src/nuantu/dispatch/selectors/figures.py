"""How fast a season answered, counted from the tips themselves."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Aggregate, Count, DurationField, F, Max, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.dispatch.models import Tip
from nuantu.operations.selectors.figures import Figure, Span

MINUTE = timedelta(minutes=1)
COUNTY_DIGITS = 6


class Median(Aggregate):
    """The value in the middle (PostgreSQL `percentile_cont`)."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def of_season(span: Span) -> Iterable[Figure]:
    """The middle of the minutes from the intake to the arrival; opens to the tips reached."""
    found = Tip.objects.filter(
        division_code__startswith=span.prefix,
        clock_started_at__gte=span.since,
        arrived_at__isnull=False,
        arrived_at__lte=span.at,
    )
    counted = found.aggregate(
        middle=Median(F("arrived_at") - F("clock_started_at")),
        limit=Max("limit_minutes"),
        count=Count("pk"),
        kept=Count("pk", filter=Q(arrived_at__lte=F("due_at"))),
    )
    days = (
        found.filter(arrived_at__gte=span.spark_since)
        .annotate(day=TruncDate("arrived_at", tzinfo=clock.LOCAL))
        .values_list("day")
        .annotate(count=Count("pk"))
        .order_by("day")
    )
    has_any = bool(counted["count"])
    query = {"clock": "reached", "since": span.first_date.isoformat()}
    if len(span.prefix) >= COUNTY_DIGITS:
        query["division"] = span.division_code
    yield Figure(
        key="minutes",
        value=str(round(counted["middle"] / MINUTE)) if has_any else "—",
        label=_("到场用时（中位数）"),
        unit=_("分钟") if has_any else "",
        note=_("%(kept)s/%(count)s 件在时限内，时限最长 %(limit)s 分钟") % counted
        if has_any
        else "",
        url=f"{reverse('dispatch:tips')}?{urlencode(query)}",
        values=span.by_day(days),
        permission="dispatch.tip.read",
    )
