"""Who was found, by what, after how long: figures that open to their rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.persons.models import Case
from nuantu.persons.selectors.cards import Card, cards_of
from nuantu.tracing.models import FoundBy, IdentitySearch
from nuantu.tracing.selectors.unidentified import url_of

ENDED = IdentitySearch.State.IDENTIFIED


@dataclass(frozen=True, slots=True)
class Share:
    """How many were found by one thing, and after how many days in the middle."""

    code: str
    said: str
    count: int
    days: float


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who was found."""

    search: IdentitySearch
    card: Card
    number: str
    days: int
    url: str


def found(found_by: str, year: int | None) -> QuerySet[IdentitySearch]:
    """Searches that ended with a name, as far as the reader may see, the newest first."""
    rows = IdentitySearch.objects.filter(state=ENDED).select_related("person__photo")
    if found_by:
        rows = rows.filter(found_by=found_by)
    if year:
        rows = rows.filter(ended_at__year=year)
    return rows.order_by("-ended_at", "pk")


def shares_of(year: int | None) -> list[Share]:
    """Each way by which somebody was found, the most frequent first; one query."""
    days: defaultdict[str, list[int]] = defaultdict(list)
    for code, began_at, ended_at in found("", year).values_list("found_by", "began_at", "ended_at"):
        days[code].append(_days(began_at, ended_at))
    shares = [
        Share(code, str(FoundBy(code).label), len(one), median(one)) for code, one in days.items()
    ]
    return sorted(shares, key=lambda share: (-share.count, share.code))


def rows_of(searches: Sequence[IdentitySearch], at: datetime) -> list[Row]:
    """Lines of the list, restricted people masked; a fixed number of queries."""
    ids = [one.case_id for one in searches]
    numbers = dict(Case.objects.filter(case_id__in=ids).values_list("case_id", "number"))
    cards = cards_of([one.person for one in searches], at)
    return [
        Row(one, card, numbers.get(one.case_id, ""), _days(one.began_at, one.ended_at), url_of(one))
        for one, card in zip(searches, cards, strict=True)
    ]


def _days(began_at: datetime, ended_at: datetime | None) -> int:
    """Calendar days in China from the beginning of a search to its end."""
    if ended_at is None:
        return 0
    return (clock.local(ended_at).date() - clock.local(began_at).date()).days


def headings() -> list[str]:
    """The heads of the exported list."""
    return [_("个案"), _("称呼"), _("靠什么找到的"), _("开始查询"), _("查明时间"), _("天数")]


def sheet(rows: Iterable[Row]) -> Iterator[list[object]]:
    """One row per person who was found, masked as on the screen."""
    for row in rows:
        one = row.search
        yield [
            row.number, row.card.called, one.get_found_by_display(), one.began_at, one.ended_at or "", row.days,
        ]  # fmt: skip
