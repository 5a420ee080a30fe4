"""Suspected matches as the watch list shows them, as far as a reader may see either side."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.accounts.selectors import organisation_names
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.operations.selectors import rules_at
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors.cards import Card as PersonCard
from nuantu.persons.selectors.cards import cards_of as people_cards
from nuantu.persons.selectors.words import spoken_of
from nuantu.tracing.models import (
    Comparison,
    IdentitySearch,
    Match,
    MatchState,
    MissingReport,
)
from nuantu.tracing.rules.bands import LIKELY, POSSIBLE, STRONG, Bands, even_with
from nuantu.tracing.selectors.earlier import earlier_of
from nuantu.tracing.selectors.reports import Card, card_of
from nuantu.tracing.selectors.told import told_of
from nuantu.tracing.selectors.unknown import unnamed_cases

SUSPECTED, WAITING, ALL = "suspected", "waiting", "all"
STATES: Final = (
    (SUSPECTED, gettext_lazy("要核对的")),
    (WAITING, gettext_lazy("排队的")),
    *((state.value, state.label) for state in MatchState if state != MatchState.OPEN),
    (ALL, gettext_lazy("全部")),
)
BANDS: Final[dict[str, str | Promise]] = {
    STRONG: gettext_lazy("很像"),
    LIKELY: gettext_lazy("较像"),
    POSSIBLE: gettext_lazy("可能"),
}
KINDS: Final = {STRONG: "danger", LIKELY: "late", POSSIBLE: "note"}
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty values ask nothing but what is to be checked."""

    words: str = ""
    state: str = SUSPECTED
    band: str = ""
    is_new: bool = False

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Filters":
        """From the cleaned values of the filter form."""
        return cls(
            str(values.get("q") or "").strip(),
            str(values.get("state") or SUSPECTED),
            str(values.get("band") or ""),
            values.get("since") == "yesterday",
        )


def bands_at(division_code: str, at: datetime) -> Bands:
    """The bands that hold for a place at a moment."""
    book = rules_at(division_code, at)
    strong = book.need("tracing.match_band", key=STRONG).number
    return Bands(float(strong), float(book.need("tracing.match_band", key=LIKELY).number))


def yesterday(at: datetime) -> datetime:
    """The beginning of yesterday in China: what came since is new."""
    today = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=1)


def matches(filters: Filters, bands: Bands, at: datetime) -> QuerySet[Match]:
    """Pairs of cases the reader may see, the likeliest first."""
    found = Match.objects.filter(_in_state(filters.state)).select_related("person__photo")
    if filters.band:
        low = {STRONG: bands.strong, LIKELY: bands.likely}.get(filters.band, 0.0)
        high = {LIKELY: bands.strong, POSSIBLE: bands.likely}.get(filters.band, 1.1)
        found = found.filter(posterior__gte=low, posterior__lt=high)
    if filters.is_new:
        found = found.filter(shown_at__gte=yesterday(at))
    if filters.words:
        found = found.filter(_called(filters.words))
    return found.order_by("-posterior", "-score", "pk")


def _in_state(state: str) -> Q:
    if state == SUSPECTED:
        return Q(state=MatchState.PROPOSED) | Q(state=MatchState.OPEN, shown_at__isnull=False)
    if state == WAITING:
        return Q(state=MatchState.OPEN, shown_at__isnull=True)
    return Q() if state == ALL else Q(state=state)


def _called(words: str) -> Q:
    """By the number of a case or report, else by the names of those who are not hidden."""
    cases = Case.objects.filter(number=words.upper()).values("case_id")
    numbered = MissingReport.objects.filter(number=words.upper()).values("pk")
    told = told_of(words).filter(is_restricted=False).values("pk")
    people = Person.objects.filter(is_restricted=False)
    for part in words.lower().split():
        people = people.filter(pk__in=spoken_of(part), search_text__contains=part)
    found = Q(case_id__in=cases) | Q(report__in=numbered.union(told))
    return found | Q(person__in=people.values("pk"))


@dataclass(frozen=True, slots=True)
class Row:
    """A pair as the list shows it; `report` is None where another organisation holds it."""

    match: Match
    person: PersonCard
    case_number: str
    report: Card | None
    holder: str
    band: str
    band_said: str
    band_kind: str
    percent: int
    is_new: bool
    even: int
    is_dead: bool
    is_earlier: bool
    dangers: bool
    url: str

    @property
    def has_notes(self) -> bool:
        """Whether there is anything to know before deciding."""
        told = (self.dangers, self.is_dead, self.even, self.is_earlier, self.match.is_again)
        return any(told)


def rows_of(found: Sequence[Match], bands: Bands, at: datetime) -> list[Row]:
    """Pairs with both sides masked as their own lists mask them; a fixed number of queries."""
    reports = {
        report.pk: report
        for report in MissingReport.objects.filter(pk__in={match.report_id for match in found})
    }
    cases = {
        case.case_id: case
        for case in Case.objects.filter(case_id__in={match.case_id for match in found})
    }
    names, since = organisation_names(), yesterday(at)
    even, earlier = _even(found), earlier_of(found, reports)
    rows = []
    for match, card in zip(found, people_cards([match.person for match in found], at), strict=True):
        report, case = reports.get(match.report_id), cases.get(match.case_id)
        band = bands.of(match.posterior)
        rows.append(
            Row(
                match=match,
                person=card,
                case_number=case.number if case else "",
                report=card_of(report, at) if report else None,
                holder=names.get(match.holder_org, match.holder_org),
                band=band,
                band_said=str(BANDS[band]),
                band_kind=KINDS[band],
                percent=percent_of(match.posterior),
                is_new=match.shown_at is not None and match.shown_at >= since,
                even=even.get(match.pk, 0),
                is_dead=case is not None and case.closing == Case.Closing.DECEASED,
                is_earlier=match.pk in earlier,
                dangers=bool(report and report.dangers and not report.is_withdrawn),
                url=url_of(match.public_id),
            )
        )
    return rows


def percent_of(posterior: float) -> int:
    """In whole percent; never 0 and never 100, because nothing here is certain."""
    return min(99, max(1, round(posterior * 100)))


def _even(found: Iterable[Match]) -> dict[int, int]:
    """How many other reports are about as likely for the same person; one query."""
    open_ones: defaultdict[UUID | None, list[Match]] = defaultdict(list)
    ids = {match.case_id for match in found}
    rows = Match.objects.filter(case_id__in=ids, state__in=[MatchState.OPEN, MatchState.PROPOSED])
    for match in rows.only("case_id", "score"):
        open_ones[match.case_id].append(match)
    return {
        match.pk: len(even_with([one.score for one in matches], place))
        for matches in open_ones.values()
        for place, match in enumerate(matches)
    }


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures above the list, as the reader sees them."""

    new: int
    waiting: int
    thin: int
    people: int
    fresh: int
    compared_at: datetime | None

    @property
    def all(self) -> int:
        """Those who were compared and those who have yet to be."""
        return self.people + self.fresh


def figures(at: datetime) -> Figures:
    """How many are new since yesterday, wait, of how many people too little is known, and who was never compared yet
    (the first run builds the index); three queries."""
    suspected = Q(state__in=[MatchState.OPEN, MatchState.PROPOSED])
    pairs = Match.objects.aggregate(
        new=Count("pk", filter=suspected & Q(shown_at__gte=yesterday(at))),
        waiting=Count("pk", filter=_in_state(WAITING)),
    )
    people = Comparison.objects.aggregate(
        thin=Count("pk", filter=Q(is_thin=True)), people=Count("pk"), last=Max("compared_at")
    )
    compared = Comparison.objects.values("case_id")
    fresh = unnamed_cases().exclude(case_id__in=compared).count()
    told = (people["thin"], people["people"], fresh, people["last"])
    return Figures(pairs["new"], pairs["waiting"], *told)


def thin_people(at: datetime) -> list[PersonCard]:
    """Of whom only sex, age and where he was found is known."""
    rows = Comparison.objects.filter(is_thin=True).select_related("person__photo")
    people: list[Person] = [row.person for row in rows.order_by("pk")[:20]]
    return people_cards(people, at)


def section_of(actor: Actor, search: IdentitySearch, at: datetime) -> dict[str, Any] | None:
    """The pairs of one person for his page: what is to be checked and what was decided; None where
    he is searched no more and was never compared."""
    compared = Comparison.objects.filter(case_id=search.case_id).first()
    found = list(
        Match.objects.filter(case_id=search.case_id)
        .exclude(state__in=[MatchState.FADED, MatchState.ENDED])
        .select_related("person__photo")
        .order_by("-posterior", "pk")[:MOST]
    )
    if compared is None and not found and not search.is_open:
        return None
    return {"rows": rows_of(found, bands_at(search.division_code, at), at), "compared": compared}


def headings() -> list[str]:
    """The heads of the exported list."""
    return [
        *(
            _("个案"),
            _("称呼"),
            _("寻人登记"),
            _("走失人"),
            _("持有登记的单位"),
            _("把握"),
            _("分档"),
        ),
        *(_("状态"), _("首次提示"), _("最近比对"), _("先要知道的")),
    ]


def sheet(rows: Iterable[Row]) -> Iterator[list[object]]:
    """One row per pair, masked as on the screen."""
    for row in rows:
        report = row.report
        yield [
            row.case_number,
            row.person.called,
            report.report.number if report else "",
            report.called if report else "",
            row.holder,
            f"{row.percent}%",
            row.band_said,
            row.match.get_state_display(),
            row.match.shown_at or "",
            row.match.compared_at,
            "；".join(notes_of(row)),
        ]


def notes_of(row: Row) -> list[str]:
    """What must be known before anything else, in words."""
    said = []
    if row.dangers:
        said.append(_("有危险提示"))
    if row.even:
        said.append(_("还有 %(n)s 条同样可能") % {"n": row.even})
    if row.is_dead:
        said.append(_("此人已死亡"))
    if row.is_earlier:
        said.append(_("可能是他自己早先的在站记录"))
    if row.match.is_again:
        said.append(_("排除后情况有变"))
    return said


def label_of(public_id: UUID) -> str:
    """What a line calls a pair: its kind, nobody's name."""
    return _("疑似匹配")


def url_of(public_id: UUID) -> str:
    """The page of a pair."""
    return reverse("tracing:match", args=[public_id])
