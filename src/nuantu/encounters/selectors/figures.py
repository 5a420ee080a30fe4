"""What a season gave on the street, counted from the contacts themselves."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.encounters.models import Encounter, GoodsLine, Outcome
from nuantu.operations.selectors.figures import Figure, Span


def of_season(span: Span) -> Iterable[Figure]:
    """Goods given and kits complete; each opens to the contacts behind it."""
    found = Encounter.objects.filter(
        correction=None,
        division_code__startswith=span.prefix,
        happened_at__gte=span.since,
        happened_at__lte=span.at,
    )
    yield _goods(found, span)
    yield _kits(found.filter(outcome=Outcome.REFUSED), span)


def _goods(found: QuerySet[Encounter], span: Span) -> Figure:
    lines = GoodsLine.objects.filter(encounter__in=found, quantity__gt=0)
    counted = lines.aggregate(pieces=Sum("quantity"), contacts=Count("encounter", distinct=True))
    days = (
        lines.filter(encounter__happened_at__gte=span.spark_since)
        .annotate(day=TruncDate("encounter__happened_at", tzinfo=clock.LOCAL))
        .values_list("day")
        .annotate(pieces=Sum("quantity"))
        .order_by("day")
    )
    return Figure(
        key="goods",
        value=str(counted["pieces"] or 0),
        label=_("发放物资"),
        unit=_("件"),
        note=_("%(n)s 次接触") % {"n": counted["contacts"]} if counted["contacts"] else "",
        url=_rows(span, goods="given"),
        values=span.by_day(days),
        permission="encounters.encounter.read",
    )


def _kits(refused: QuerySet[Encounter], span: Span) -> Figure:
    """Refusers who got everything that the plan's kit asks for (P1-08)."""
    lacking = GoodsLine.objects.filter(encounter=OuterRef("pk"), quantity__lt=F("owed_quantity"))
    given = GoodsLine.objects.filter(encounter=OuterRef("pk"), quantity__gt=0)
    is_complete = Q(Exists(given)) & ~Q(Exists(lacking))
    counted = refused.aggregate(all=Count("pk"), complete=Count("pk", filter=is_complete))
    days = (
        refused.filter(is_complete, happened_at__gte=span.spark_since)
        .annotate(day=TruncDate("happened_at", tzinfo=clock.LOCAL))
        .values_list("day")
        .annotate(count=Count("pk"))
        .order_by("day")
    )
    return Figure(
        key="kits",
        value=f"{counted['complete']}/{counted['all']}" if counted["all"] else "—",
        label=_("拒助人员物资包齐全"),
        url=_rows(span, outcome=Outcome.REFUSED.value),
        values=span.by_day(days),
        permission="encounters.encounter.read",
    )


def _rows(span: Span, **wanted: str) -> str:
    query = {"from_date": span.first_date.isoformat(), "area": span.prefix, **wanted}
    return f"{reverse('encounters:list')}?{urlencode(query)}"
