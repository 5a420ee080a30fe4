"""Who is still nobody: the list of people whose name is searched for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.persons.models import Case
from nuantu.persons.selectors.cards import Card, cards_of
from nuantu.stays.rules.clocks import IDENTITY
from nuantu.tracing.models import Fragment, IdentitySearch
from nuantu.tracing.rules.clues import best

# Duties of a case that belong to finding out who he is.
OWED: Final = ("tracing.step", "tracing.request", *IDENTITY, "stay.inquiry")
LATE: Final = "late"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty values ask nothing. `days`: searched for at least so long."""

    words: str = ""
    state: str = IdentitySearch.State.OPEN
    sex: str = ""
    days: int | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Filters":
        """From the cleaned values of the filter form."""
        return cls(
            str(values.get("q") or "").strip(),
            str(values.get("state") or IdentitySearch.State.OPEN),
            str(values.get("sex") or ""),
            values.get("days"),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One line: who, since when, what is due next, the most telling fragment."""

    search: IdentitySearch
    card: Card
    number: str
    days: int
    clock: Clock | None
    owed: str
    due_at: datetime | None
    clue: str
    clue_kind: str
    fragments: int
    url: str


def searches(filters: Filters, at: datetime) -> QuerySet[IdentitySearch]:
    """Searches the reader may see, the longest first; those who left or are known only where asked for."""
    found = IdentitySearch.objects.select_related("person__photo")
    if filters.state == LATE:
        late = Duty.objects.filter(
            case_id=OuterRef("case_id"), kind__in=OWED, state=Duty.State.OPEN, due_at__lt=at
        )
        found = found.filter(Exists(late), state=IdentitySearch.State.OPEN)
    elif filters.state != "all":
        found = found.filter(state=filters.state)
    if filters.words:
        found = found.filter(_called(filters.words))
    if filters.sex:
        found = found.filter(person__sex=filters.sex)
    if filters.days:
        found = found.filter(began_at__lte=at - timedelta(days=filters.days))
    return found.order_by("began_at", "pk")


def _called(words: str) -> Q:
    """By name, looks or what he said; a restricted person only by the whole number of his case."""
    case = Case.objects.filter(number__iexact=words).values("case_id")
    heard, looks = Q(), Q()
    for part in words.lower().split():
        heard &= Q(words__icontains=part)
        looks &= Q(person__search_text__contains=part) | Q(person__looks__icontains=part)
    said = Fragment.objects.filter(heard, withdrawn_at=None).values("case_id")
    is_open = Q(person__is_restricted=False)
    return Q(case_id__in=case) | (is_open & (looks | Q(case_id__in=said)))


def rows_of(found: Sequence[IdentitySearch], at: datetime) -> list[Row]:
    """Lines of the list, restricted people masked; a fixed number of queries."""
    ids = [one.case_id for one in found if one.case_id]
    numbers = dict(Case.objects.filter(case_id__in=ids).values_list("case_id", "number"))
    owed = _next_owed(ids)
    heard = _heard(ids)
    today = clock.local(at).date()
    rows = []
    for one, card in zip(found, cards_of([one.person for one in found], at), strict=True):
        duty, fragments = owed.get(one.case_id), heard.get(one.case_id, [])
        clue = None if card.is_masked else best(fragments)
        rows.append(
            Row(
                search=one,
                card=card,
                number=numbers.get(one.case_id, ""),
                days=(today - clock.local(one.began_at).date()).days,
                clock=duty.clock(at) if duty else None,
                owed=duty.said if duty else "",
                due_at=duty.due_at if duty else None,
                clue=clue.words if clue else "",
                clue_kind=str(clue.get_kind_display()) if clue else "",
                fragments=len(fragments),
                url=url_of(one),
            )
        )
    return rows


def _next_owed(ids: Iterable[UUID]) -> dict[UUID | None, Duty]:
    found: dict[UUID | None, Duty] = {}
    rows = Duty.objects.filter(case_id__in=list(ids), kind__in=OWED, state=Duty.State.OPEN)
    for duty in rows.order_by("due_at", "pk"):
        found.setdefault(duty.case_id, duty)
    return found


def _heard(ids: Iterable[UUID]) -> dict[UUID | None, list[Fragment]]:
    found: defaultdict[UUID | None, list[Fragment]] = defaultdict(list)
    for row in Fragment.objects.filter(case_id__in=list(ids), withdrawn_at=None):
        found[row.case_id].append(row)
    return found


def url_of(search: IdentitySearch) -> str:
    """The page of a search."""
    return reverse("tracing:person", args=[search.case_id])


def headings() -> list[str]:
    """The heads of the exported list."""
    return [
        *(_("个案"), _("称呼"), _("性别"), _("年龄"), _("状态"), _("开始查询"), _("天数")),
        *(_("下一步"), _("期限"), _("最有用的片段"), _("片段数")),
    ]


def sheet(rows: Iterable[Row]) -> Iterator[list[object]]:
    """One row per search, masked as on the screen."""
    for row in rows:
        yield [
            row.number,
            row.card.called,
            row.card.sex,
            row.card.age,
            row.search.get_state_display(),
            row.search.began_at,
            row.days,
            row.owed,
            row.due_at or "",
            row.clue,
            row.fragments,
        ]


def label_of(public_id: UUID) -> str:
    """What a search is called in a line about it: the number of its case, nobody's name."""
    number = (
        Case.objects.filter(
            case_id__in=IdentitySearch.objects.filter(public_id=public_id).values("case_id")
        )
        .values_list("number", flat=True)
        .first()
    )
    return _("身份查询 %(number)s") % {"number": number} if number else _("身份查询")


def url_by_id(public_id: UUID) -> str | None:
    """The page of a search by its public id."""
    found = IdentitySearch.objects.filter(public_id=public_id).first()
    return url_of(found) if found else None


def person_of(public_id: UUID) -> UUID | None:
    """The record of whom a search is about."""
    found = IdentitySearch.objects.filter(public_id=public_id)
    return found.values_list("person__public_id", flat=True).first()


def about(records: Iterable[UUID]) -> Iterable[UUID]:
    """The searches for whoever stands under these records."""
    found = IdentitySearch.objects.filter(person__public_id__in=list(records))
    return found.values_list("public_id", flat=True)


def case_of(public_id: UUID) -> UUID | None:
    """The case that a search belongs to."""
    found = IdentitySearch.objects.filter(public_id=public_id)
    return found.values_list("case_id", flat=True).first()
