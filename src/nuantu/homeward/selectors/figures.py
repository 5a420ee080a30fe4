"""Who got home, how, how soon, who was met on the street again, and whether he was revisited."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import quantiles

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, scope
from nuantu.encounters.models import Encounter
from nuantu.homeward.models import LedgerEntry, LedgerVisit
from nuantu.homeward.rules.survival import Spell, Step, Within, curve, within
from nuantu.persons.models import Case
from nuantu.persons.selectors.same import same_humans
from nuantu.planbook.deadlines import start_of
from nuantu.stays.models import Stay, Way
from nuantu.stays.selectors.monthly import origins_of

WAYS = (Way.SELF, Way.RELATIVES, Way.EMPLOYER, Way.FETCHED, Way.ESCORTED)
# a month, a quarter and a year after he left
MARKS = (30, 91, 365)
BINS = ((0, 1), (2, 3), (4, 10), (11, 30), (31, 90), (91, None))
LEDGER_SOURCE = "源头治理台账"
WHY = "whether somebody was met again counts wherever it was; only the number and the day are told"
TOTAL, ACROSS, SETTLED, AGAIN = "all", "across", "settled", "again"
NAMES = {
    TOTAL: _("返乡合计"),
    ACROSS: _("其中：跨省"),
    SETTLED: _("落户安置"),
    AGAIN: _("又回到街头"),
    **{str(way): way.label for way in WAYS},
}


@dataclass(frozen=True, slots=True)
class Gone:
    """One stay that ended at home or in settlement; `again_at`: when he was next met, anywhere."""

    stay: Stay
    way: str
    days: int
    is_across: bool
    again_at: datetime | None


@dataclass(frozen=True, slots=True)
class Bin:
    """How many left after so many days, and the height of its bar in percent of the highest."""

    said: str
    count: int
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: how many, days to home, met again within each of MARKS."""

    code: str
    name: str
    count: int
    median: float | None
    quarters: tuple[float, float] | None
    within: list[Within]


@dataclass(frozen=True, slots=True)
class Visits:
    """Revisits of the ledger due in the period, and how many of them were made in time, late, or not."""

    due: int
    in_time: int
    late: int

    @property
    def missing(self) -> int:
        """Due and not made yet."""
        return self.due - self.in_time - self.late


@dataclass(frozen=True, slots=True)
class Plot:
    """The curve as points of a drawing of 100 by 100: the share, its interval, and where MARKS stand.

    `days` is the right end; `ticks` are the marks that lie within it, with their place from the left.
    """

    line: str
    band: str
    days: int
    ticks: list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Figures:
    """The page."""

    lines: list[Line]
    settled: int
    again: int
    bins: list[Bin]
    plot: Plot | None


def gone(orgs: Sequence[str], since: date, until: date, at: datetime) -> list[Gone]:
    """Stays of these stations that ended at home or in settlement between two days (both included)."""
    rows = list(
        Stay.objects.filter(
            owner_org__in=list(orgs),
            left_at__gte=start_of(since),
            left_at__lt=start_of(until + timedelta(days=1)),
            leaving__way__in=[*WAYS, Way.SETTLED],
        )
        .select_related("person", "leaving")
        .order_by("left_at", "pk")
    )
    origins, again = origins_of(rows), _again(rows)
    return [
        Gone(
            row,
            row.leaving.way,
            max((row.left_at - row.entered_at).days, 0) if row.left_at else 0,
            origins[row.person_id] == "other",
            again.get(row.pk),
        )
        for row in rows
    ]


def _again(rows: Sequence[Stay]) -> dict[int, datetime]:
    """When whoever left was next met: a contact on the street, an entry, a case, at whatever organisation."""
    with scope.system(WHY):
        humans = same_humans(row.person_id for row in rows)
        records = {one for group in humans.values() for one in group}
        met = _met(records)
    found = {}
    for row in rows:
        left = row.left_at
        later = [at for one in humans[row.person_id] for at in met[one] if left and at > left]
        if later:
            found[row.pk] = min(later)
    return found


def _met(records: Iterable[int]) -> dict[int, list[datetime]]:
    """Every moment at which each record was met. Under the system scope."""
    cases = Case.objects.filter(person__in=list(records))
    own = dict(cases.values_list("case_id", "person_id"))
    begun = cases.exclude(source=LEDGER_SOURCE).exclude(closing=Case.Closing.MISTAKE)
    contacts = Encounter.objects.filter(case_id__in=list(own))
    entries = Stay.objects.filter(person__in=list(records))
    found: dict[int, list[datetime]] = defaultdict(list)
    for person, moment in (
        *begun.values_list("person_id", "opened_at"),
        *((own[case], at) for case, at in contacts.values_list("case_id", "happened_at") if case),
        *entries.values_list("person_id", "entered_at"),
    ):
        found[person].append(moment)
    return found


def spell_of(one: Gone, at: datetime) -> Spell:
    """How long he stayed away, in whole days, until he was met again or until now."""
    end = one.again_at or at
    left = one.stay.left_at or at
    return Spell((end - left).days, one.again_at is not None)


def figures(rows: Sequence[Gone], at: datetime) -> Figures:
    """The page of these stays as they stand now."""
    home = [one for one in rows if one.way != Way.SETTLED]
    groups: dict[str, list[Gone]] = {str(way): [o for o in home if o.way == way] for way in WAYS}
    groups[TOTAL] = home
    groups[ACROSS] = [one for one in home if one.is_across]
    spells = [spell_of(one, at) for one in home]
    return Figures(
        lines=[_line(code, groups[code], at) for code in (TOTAL, *WAYS, ACROSS)],
        settled=len(rows) - len(home),
        again=sum(one.again_at is not None for one in home),
        bins=_bins([one.days for one in home]),
        plot=_plot(curve(spells), max((one.days for one in spells), default=0)),
    )


def _plot(steps: Sequence[Step], last: int) -> Plot | None:
    """The curve until the last day that anybody was watched, a year at most; None before the first day."""
    days = min(last, MARKS[-1])
    if days < 1:
        return None
    seen = [one for one in steps if one.day <= days]
    ends = [*(one.day for one in seen[1:]), days]

    def points(value: Callable[[Step], float]) -> list[str]:
        pairs = zip(seen, ends, strict=True)
        return [
            f"{100 * x / days:.2f},{100 * (1 - value(one)):.2f}"
            for one, end in pairs
            for x in (one.day, end)
        ]

    band = [*points(lambda one: one.high), *reversed(points(lambda one: one.low))]
    ticks = [(day, 100 * day / days) for day in MARKS if day <= days]
    return Plot(" ".join(points(lambda one: one.share)), " ".join(band), days, ticks)


def _line(code: str, rows: Sequence[Gone], at: datetime) -> Line:
    days = sorted(one.days for one in rows)
    cut = quantiles(days, n=4, method="inclusive") if len(days) > 1 else None
    spells = [spell_of(one, at) for one in rows]
    return Line(
        code=str(code),
        name=str(NAMES[str(code)]),
        count=len(rows),
        median=cut[1] if cut else (float(days[0]) if days else None),
        quarters=(cut[0], cut[2]) if cut else None,
        within=[within(spells, day) for day in MARKS],
    )


def _bins(days: Sequence[int]) -> list[Bin]:
    counts = [
        sum(low <= day and (high is None or day <= high) for day in days) for low, high in BINS
    ]
    most = max(counts, default=0) or 1
    return [
        Bin(f"{low}–{high}" if high is not None else f"≥ {low}", count, 100 * count / most)
        for (low, high), count in zip(BINS, counts, strict=True)
    ]


def behind(rows: Sequence[Gone], code: str) -> list[Gone]:
    """The stays behind one figure, the latest first."""
    tests: dict[str, Callable[[Gone], bool]] = {
        TOTAL: lambda one: one.way != Way.SETTLED,
        ACROSS: lambda one: one.way != Way.SETTLED and one.is_across,
        SETTLED: lambda one: one.way == Way.SETTLED,
        AGAIN: lambda one: one.way != Way.SETTLED and one.again_at is not None,
    }
    test = tests.get(code)
    return [one for one in reversed(rows) if (test(one) if test else one.way == code)]


def visits(since: date, until: date, at: datetime) -> Visits:
    """Revisits of the entries that the reader may see; one made after its day counts as late."""
    today = clock.local(at).date()
    made = LedgerVisit.objects.filter(planned_date__gte=since, planned_date__lte=until)
    rows = list(made.values_list("planned_date", "visited_at"))
    late = sum(clock.local(visited).date() > planned for planned, visited in rows)
    open_ones = LedgerEntry.objects.filter(
        Q(ended_at=None), next_date__gte=since, next_date__lte=min(until, today - timedelta(days=1))
    ).count()
    return Visits(len(rows) + open_ones, len(rows) - late, late)


def months_back(day: date, count: int) -> date:
    """The first day of the month so many months before."""
    number = day.year * 12 + day.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)
