"""One month as a page of a wall calendar: weeks, bands over several days, entries on their day."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from nuantu.planbook import calendars, lunar, solar_terms
from nuantu.planbook.calendars import SATURDAY, WorkCalendar
from nuantu.planbook.text import Text

# the solar terms in English, in the order of the civil year
_TERMS: Final = dict(
    zip(
        solar_terms.NAMES,
        [
            "Minor Cold",
            "Major Cold",
            "Start of Spring",
            "Rain Water",
            "Insects Awaken",
            "Spring Equinox",
            "Clear and Bright",
            "Grain Rain",
            "Start of Summer",
            "Grain Buds",
            "Grain in Ear",
            "Summer Solstice",
            "Minor Heat",
            "Major Heat",
            "Start of Autumn",
            "End of Heat",
            "White Dew",
            "Autumn Equinox",
            "Cold Dew",
            "Frost's Descent",
            "Start of Winter",
            "Minor Snow",
            "Major Snow",
            "Winter Solstice",
        ],
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office that owes an entry of the calendar."""

    name: str
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that falls due on a day. `state` is done, late, open, or '' for a mere promise."""

    day: date
    label: str
    url: str
    kind: str
    plan: str
    clause: str = ""
    state: str = ""
    offices: tuple[Office, ...] = ()

    @property
    def done(self) -> int:
        """How many of its offices are done."""
        return sum(office.state == "done" for office in self.offices)


@dataclass(frozen=True, slots=True)
class Band:
    """Something that lasts: a phase of a plan, a raised level."""

    first: date
    last: date
    label: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a band that lies in one week: from which column over how many, in which row."""

    band: Band
    column: int
    span: int
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A day with what the civil, the lunar and the work calendar say of it."""

    day: date
    in_month: bool
    is_today: bool
    lunar: Text
    term: Text | None
    holiday: str
    is_rest: bool
    is_make_up: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from Monday, and the bands that touch them."""

    cells: tuple[Cell, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month in whole weeks."""

    first: date
    weeks: tuple[Week, ...]
    bands: tuple[Band, ...]
    entry_count: int
    is_provisional: bool

    @property
    def earlier(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def later(self) -> date:
        """The first day of the month after."""
        return (self.first + timedelta(days=31)).replace(day=1)


def span_of_month(first: date) -> tuple[date, date]:
    """The first and last day that the page of a month shows."""
    days = list(Calendar().itermonthdates(first.year, first.month))
    return days[0], days[-1]


def month(first: date, *, today: date, entries: Iterable[Entry], bands: Iterable[Band]) -> Month:
    """The page of a month; what lies outside its weeks is left out."""
    days = list(Calendar().itermonthdates(first.year, first.month))
    by_day: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.day].append(entry)
    work = calendars.national()
    cells = [_cell(day, first, today, work, tuple(by_day.get(day, ()))) for day in days]
    shown = tuple(band for band in bands if band.first <= days[-1] and band.last >= days[0])
    weeks = tuple(
        Week(tuple(cells[start : start + 7]), tuple(_pieces(shown, days[start], days[start + 6])))
        for start in range(0, len(cells), 7)
    )
    count = sum(len(cell.entries) for cell in cells)
    return Month(first, weeks, shown, count, work.is_provisional(days[0], days[-1]))


def _cell(
    day: date, first: date, today: date, work: WorkCalendar, entries: tuple[Entry, ...]
) -> Cell:
    term = solar_terms.of_year(day.year).get(day)
    statutory = {} if day.year in work.published else calendars.statutory_holidays(day.year)
    holiday = work.rest_days.get(day) or statutory.get(day, "")
    return Cell(
        day=day,
        in_month=day.month == first.month,
        is_today=day == today,
        lunar=_lunar(day),
        term=Text(term, _TERMS[term]) if term else None,
        holiday=holiday,
        is_rest=not work.is_working_day(day),
        is_make_up=day in work.make_up_days and day.weekday() >= SATURDAY,
        entries=entries,
    )


def _lunar(day: date) -> Text:
    """The lunar day, the month on its first: 十月, 初二; 10/1, 10/2."""
    found = lunar.lunar_day(day)
    words = str(found)
    month_words, _, day_words = words.partition("月")
    zh = f"{month_words}月" if found.day == 1 else day_words
    return Text(zh, f"{found.month}/{found.day}")


def _pieces(bands: Iterable[Band], monday: date, sunday: date) -> Iterator[Piece]:
    for band in bands:
        first, last = max(band.first, monday), min(band.last, sunday)
        if first <= last:
            yield Piece(
                band,
                first.weekday() + 1,
                (last - first).days + 1,
                band.first >= monday,
                band.last <= sunday,
            )
