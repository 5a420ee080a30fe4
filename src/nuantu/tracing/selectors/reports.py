"""Reports found by what one happens to know, and as far as a reader may see them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from itertools import product
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.accounts.rules.divisions import FULL_LENGTH, short_code
from nuantu.core import clock
from nuantu.core.fields import keyed_hash
from nuantu.persons.rules.id_number import tidy
from nuantu.persons.selectors import age_words
from nuantu.tracing.models import DangerMark, Mark, MissingReport, Precision, State
from nuantu.tracing.rules.places import simple
from nuantu.tracing.selectors.places import codes_of
from nuantu.tracing.selectors.told import told_of

LAPSED: Final = "lapsed"
_FEW: Final = 1_000  # reports that are looked up by their keys
_MONTH: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty values ask nothing. `month` is `2026-11` or `2026`, `age` the
    age today in years."""

    words: str = ""
    state: str = ""
    sex: str = ""
    age: int | None = None
    source: str = ""
    place: str = ""
    month: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Filters":
        """From the cleaned values of the filter form."""
        words = {
            name: str(values.get(name) or "").strip()
            for name in ("state", "sex", "source", "place", "month")
        }
        return cls(words=str(values.get("q") or "").strip(), age=values.get("age"), **words)


def reports(filters: Filters, at: datetime) -> QuerySet[MissingReport]:
    """Reports the reader may see, newest first; what was withdrawn only where it is asked for.

    Place and month find no hidden report: they are hidden with the name.
    """
    today = clock.local(at).date()
    found = MissingReport.objects.filter(_in_state(filters.state, today))
    if filters.words:
        found = found.filter(_called(filters.words, today))
    if filters.sex:
        found = found.filter(sex=filters.sex)
    if filters.source:
        found = found.filter(source=filters.source)
    if filters.place:
        found = found.filter(_unmasked(today), _around(filters.place))
    if filters.month:
        found = found.filter(_unmasked(today), _lost_in(filters.month))
    if filters.age is not None:
        found = _aged(found, filters.age, today)
    return found.order_by("-taken_at", "-pk")


def _in_state(state: str, today: date) -> Q:
    lapsed = Q(state=State.OPEN, consent_until_date__lt=today)
    if state == LAPSED:
        return lapsed
    return Q(state=state) if state else ~Q(state=State.WITHDRAWN)


def _unmasked(today: date) -> Q:
    """Reports that are shown whole to everybody who may read the list."""
    agreed = Q(consent_until_date__isnull=True) | Q(consent_until_date__gte=today)
    return Q(is_restricted=False) & ~Q(state=State.WITHDRAWN) & (agreed | ~Q(state=State.OPEN))


def _called(words: str, today: date) -> Q:
    """Open reports by any of the words or their sound; hidden ones only by a whole name or number, because
    a part of a name would tell whose record is hidden. Each way is a query of its own that has its index."""
    shown = _unmasked(today) | (Q(name=words) & ~Q(state=State.WITHDRAWN))
    ways = [MissingReport.objects.filter(number=words.upper())]
    number = tidy(words)
    if len(number) >= 6:
        hashed = [keyed_hash(number), keyed_hash(words)]
        ways.append(MissingReport.objects.filter(id_hash__in=hashed))
        ways.append(MissingReport.objects.filter(phone_hash__in=hashed))
    found = told_of(words).filter(shown).values("pk")
    return Q(pk__in=found.union(*(way.values("pk") for way in ways)))


def _around(place: str) -> Q:
    """Reports that name the place, or whose home or loss lies in it. A few are looked up, each way by its index; of a
    place that many come from the list is walked in its own order, which ends after a page."""
    spellings = {place.lower(), simple(place.lower())}
    named = Q()
    for field, spelling in product(("home_words", "lost_words", "old_places"), spellings):
        named |= Q(**{f"{field}__icontains": spelling})
    within = _within(codes_of([place]).get(place, ""))
    ways = [MissingReport.objects.filter(way) for way in within]
    ways.append(told_of(place).filter(named))
    first, *others = (way.values_list("pk", flat=True) for way in ways)
    found = list((first.union(*others, all=True) if others else first)[: _FEW + 1])
    return Q(pk__in=set(found)) if len(found) <= _FEW else reduce(or_, within, named)


def _within(code: str) -> list[Q]:
    """Ways to lie in a division: the home, the loss; none without a code."""
    if not code:
        return []
    inside = [short_code(code).ljust(FULL_LENGTH, digit) for digit in "09"]
    return [Q(**{f"{field}__range": inside}) for field in ("home_division", "lost_division")]


def _lost_in(month: str) -> Q:
    said = _MONTH.fullmatch(month)
    if said is None:
        return Q()
    in_year = Q(lost_date__year=int(said[1]))
    if not said[2]:
        return in_year
    return in_year & (Q(lost_date__month=int(said[2])) | Q(lost_precision=Precision.YEAR))


def _aged(found: QuerySet[MissingReport], age: int, today: date) -> QuerySet[MissingReport]:
    """Whoever may be of this age today; years alone are compared."""
    since = today.year - ExtractYear("age_noted_date")
    return found.annotate(
        oldest=Coalesce(today.year - ExtractYear("birth_date"), F("age_high") + since),
        youngest=Coalesce(today.year - ExtractYear("birth_date") - 1, F("age_low") + since),
    ).filter(oldest__gte=age, youngest__lte=age)


@dataclass(frozen=True, slots=True)
class Card:
    """What a page may show of a report; `is_masked` says that more is hidden."""

    report: MissingReport
    called: str
    sex: str
    age: str
    home: str
    lost: str
    marks: tuple[str, ...]
    photo: str
    url: str
    is_masked: bool
    is_lapsed: bool


def card_of(report: MissingReport, at: datetime, *, is_opened: bool = False) -> Card:
    """A report as its reader may see it now; `is_opened` when he gave a purpose just before."""
    today = clock.local(at).date()
    is_lapsed = report.is_lapsed(today)
    is_masked = report.is_withdrawn or ((report.is_restricted or is_lapsed) and not is_opened)
    is_gone = report.is_withdrawn
    return Card(
        report=report,
        called=_("受限记录") if is_masked else report.name or report.nickname or _("姓名不详"),
        sex="" if is_gone else str(report.get_sex_display()),
        age="" if is_gone else age_words(report.age_on(today)),
        home="" if is_masked else report.home_words,
        lost="" if is_masked else lost_said(report),
        marks=() if is_masked else marks_said(report),
        photo=reverse("tracing:photo", args=[report.public_id])
        if report.photo_id and not is_masked
        else "",
        url=url_of(report.public_id),
        is_masked=is_masked,
        is_lapsed=is_lapsed,
    )


def cards_of(found: Iterable[MissingReport], at: datetime) -> list[Card]:
    """Cards of a list, restricted ones masked."""
    return [card_of(report, at) for report in found]


def day_said(report: MissingReport) -> str:
    """The day of loss as far as it is known: 2015-03-04, 2015-03 or 2015."""
    if report.lost_date is None:
        return ""
    shape = {Precision.YEAR: "%Y", Precision.MONTH: "%Y-%m"}.get(
        Precision(report.lost_precision), "%Y-%m-%d"
    )
    return report.lost_date.strftime(shape)


def lost_said(report: MissingReport) -> str:
    """Day and place of loss in one line."""
    return " ".join(filter(None, (day_said(report), report.lost_words)))


def height_said(report: MissingReport) -> str:
    """`165 cm`, `160–170 cm`, nothing where it is not known."""
    if report.height_low is None:
        return ""
    if report.height_low == report.height_high:
        return f"{report.height_low} cm"
    return f"{report.height_low}–{report.height_high} cm"


def marks_said(report: MissingReport) -> tuple[str, ...]:
    """The marks of the list in words."""
    return tuple(str(Mark(code).label) for code in report.marks if code in Mark.values)


def dangers_said(report: MissingReport) -> tuple[str, ...]:
    """Why telling the searcher may harm, in words."""
    return tuple(
        str(DangerMark(code).label) for code in report.dangers if code in DangerMark.values
    )


def headings() -> list[str]:
    """The heads of the exported list."""
    return [
        *(
            _("编号"),
            _("状态"),
            _("登记来源"),
            _("来源单位"),
            _("原编号"),
            _("称呼"),
            _("别名、小名"),
        ),
        *(
            _("性别"),
            _("现在年龄"),
            _("身高"),
            _("口音、语言"),
            _("家乡"),
            _("旧地名"),
            _("走失日期"),
        ),
        *(_("走失地点"), _("衣着"), _("体貌特征"), _("同意到期"), _("登记时间"), _("登记人")),
    ]


def sheet(cards: Iterable[Card]) -> Iterator[list[object]]:
    """One row per report, masked as on the screen; what lies sealed is not in it."""
    for card in cards:
        row = card.report
        marks = "、".join(filter(None, (*card.marks, row.marks_words)))
        told = [
            *(row.nickname, card.sex, card.age, height_said(row), row.accent, row.home_words),
            *(row.old_places, day_said(row), row.lost_words, row.clothing, marks),
        ]
        yield [
            row.number,
            row.get_state_display(),
            row.get_source_display(),
            row.source_name,
            "" if card.is_masked else row.source_number,
            card.called,
            *(["", card.sex, card.age, *[""] * 8] if card.is_masked else told),
            row.consent_until_date.isoformat() if row.consent_until_date else "",
            row.taken_at,
            row.taken_by,
        ]


def label_of(public_id: UUID) -> str:
    """What a report is called in a line about it: its number, nobody's name."""
    found = (
        MissingReport.objects.filter(public_id=public_id).values_list("number", flat=True).first()
    )
    return _("寻人登记 %(number)s") % {"number": found} if found else _("寻人登记")


def url_of(public_id: UUID) -> str:
    """The page of a report."""
    return reverse("tracing:report", args=[public_id])
