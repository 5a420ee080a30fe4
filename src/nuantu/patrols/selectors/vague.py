"""Words of plans that have no figure: what they are measured by here, and where that is not kept.

A measure is a house default, shown as one and never as the text of a plan (X56).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.operations.rules.rhythm import STRONGER, visits_a_week
from nuantu.operations.rules.roster import Gap
from nuantu.operations.selectors import level_of, rules_at
from nuantu.patrols.models import PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.selectors import cover, flows, rounds, supervision, unbroken
from nuantu.patrols.selectors.asking import cadences_of
from nuantu.places.selectors.types import type_label
from nuantu.planbook import sources
from nuantu.planbook.levels import NORMAL
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import NATIONAL, Ruling
from nuantu.planbook.vague import KIND, clauses_of, listed, said, value_of

OWN_FORCE: Final = "own_force"
AHEAD: Final = timedelta(days=halves.DAYS)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a measure asks for and that is not there."""

    name: str
    said: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A vague word: which clauses in force say it, what it is measured by, the figures, what lacks."""

    key: str
    word: str
    said_by: tuple[str, ...]
    says: str
    figures: tuple[Ruling, ...]
    source: str
    is_verified: bool
    lacks: tuple[Lack, ...]
    progress: str = ""

    @property
    def is_broken(self) -> bool:
        """Whether a plan in force asks for it and something lacks."""
        return bool(self.said_by and self.lacks)


@dataclass(frozen=True, slots=True)
class Term:
    """The default clock of a word of time, and the words of plans in force that it stands for."""

    ruling: Ruling
    words: tuple[str, ...]


def measures(county: str, at: datetime) -> list[Measure]:
    """Every vague word with its measure, those that the plans in force say first."""
    book, level = rules_at(county, at), level_of(county, at).level
    found = [_measure(book, level, ruling, county, at) for ruling in book.every(KIND)]
    return sorted(found, key=lambda one: not one.said_by)


def is_said(county: str, when: datetime, at: datetime, key: str) -> bool:
    """Whether a plan in force at `when` says a word on the level that holds at `at`."""
    return bool(said(rules_at(county, when), level_of(county, at).level, key))


def said_by(book: RuleBook, level: str, ruling: Ruling) -> tuple[str, ...]:
    """The clauses of plans in force that say the words of a measure, in the reader's language."""
    language = get_language() or ""
    return tuple(sources.said(text, language) for text in clauses_of(book, level, ruling))


def own_force_clauses(county: str, at: datetime) -> tuple[str, ...]:
    """The clauses that ask for a dedicated force, in force now or `patrol.own_team_by` days ahead."""
    ahead = timedelta(days=rules_at(county, at).need("patrol.own_team_by").number)
    found: list[str] = []
    for moment in (at, at + ahead):
        book = rules_at(county, moment)
        for ruling in book.every(KIND):
            if ruling.key == OWN_FORCE:
                found += said_by(book, "normal", ruling)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Hours of a week in which nobody is on duty and towns without a team; `is_asked` where a plan
    in force asks for all hours and all directions."""

    hours: tuple[str, ...]
    towns: tuple[str, ...]
    is_asked: bool

    @property
    def count(self) -> int:
        """How many spans and towns."""
        return len(self.hours) + len(self.towns)


def uncovered(week: PatrolWeek, at: datetime) -> Uncovered:
    """What of a week lies in nobody's hands from now on (P2-11)."""
    county, begins = week.division_code, max(at, halves.week_begins(week.first_day))
    found = cover.hours_without(county, begins, max(begins, halves.week_ends(week.first_day)))
    hours = tuple(hours_said(found))
    towns = tuple(town.name for town in cover.towns_without_team(county))
    is_asked = bool(hours) and is_said(county, begins, at, "whole_time")
    is_asked = is_asked or (bool(towns) and is_said(county, begins, at, "whole_area"))
    return Uncovered(hours, towns, is_asked)


def terms(county: str, at: datetime) -> list[Term]:
    """The default clocks of words of time (X56)."""
    book = rules_at(county, at)
    rows = list(book.rules("vague.clock"))
    keys = dict.fromkeys(rule.key for rule in rows if rule.plan_code == NATIONAL)
    language = get_language() or ""
    return [
        Term(
            book.need("vague.clock", key=key),
            tuple(
                dict.fromkeys(
                    f"“{rule.words}” {sources.said(f'{rule.plan_code} {rule.source}', language)}"
                    for rule in rows
                    if rule.words and rule.key == key
                )
            ),
        )
        for key in keys
    ]


def _measure(book: RuleBook, level: str, ruling: Ruling, county: str, at: datetime) -> Measure:
    value, language = value_of(ruling), get_language() or ""
    says = str(value.get("says_en" if language.startswith("en") else "says", ""))
    lacks = _LACKS.get(ruling.key)
    is_ahead = ruling.key == OWN_FORCE
    clauses = own_force_clauses(county, at) if is_ahead else said_by(book, level, ruling)
    if ruling.key == supervision.SUPERVISE:
        clauses = tuple(sources.said(one, language) for one in supervision.clauses_of(book))
    return Measure(
        key=ruling.key,
        word="、".join(listed(ruling, "words")),
        said_by=clauses,
        says=says,
        figures=tuple(book.need(kind, level=level) for kind in listed(ruling, "figures")),
        source=sources.said(ruling.source, language),
        is_verified=ruling.status == "verified",
        lacks=tuple(lacks(county, at)) if lacks else (),
        progress=_progress(county, at) if ruling.key == rounds.WHOLE_SWEEP else "",
    )


def _progress(county: str, at: datetime) -> str:
    words = _("%(clause)s 已排查 %(done)s / %(total)s 个乡镇")
    return " · ".join(
        words % {"clause": one.said, "done": one.done, "total": one.total}
        for one in rounds.rounds(county, at)
    )


def _unbroken(county: str, at: datetime) -> list[Lack]:
    """Weeks without a plan, then locations that wait for too long."""
    days = unbroken.weeks_without_plan(county, at)
    known = dict(
        PatrolWeek.objects.filter(division_code=county, first_day__in=days).values_list(
            "first_day", "public_id"
        )
    )
    return [
        Lack(
            f"{day:%Y-%m-%d} – {day + timedelta(days=6):%m-%d}",
            _("这一周没有下发巡查计划"),
            reverse("patrols:week", args=[known[day]])
            if day in known
            else reverse("patrols:weeks"),
        )
        for day in days
    ] + [_broken(row) for row in unbroken.broken_places(county, at)]


def _broken(row: unbroken.Broken) -> Lack:
    last = f"{clock.local(row.last_at):%m-%d %H:%M}" if row.last_at else ""
    words = _("最近一次 %(day)s") % {"day": last} if last else _("登记里还没有巡查过")
    return Lack(row.place.name, words, reverse("places:key_location", args=[row.place.public_id]))


def hours_said(found: Sequence[Gap]) -> list[str]:
    """Stretches in which nobody is on duty, as they are read."""
    spans = ((clock.local(gap.starts_at), clock.local(gap.ends_at)) for gap in found)
    return [
        f"{begins:%m-%d %H:%M} – {ends:%H:%M}"
        if begins.date() == ends.date()
        else f"{begins:%m-%d %H:%M} – {ends:%m-%d %H:%M}"
        for begins, ends in spans
    ]


def _whole_time(county: str, at: datetime) -> list[Lack]:
    teams = reverse("operations:teams")
    words = _("没有巡查班次，也没有人值守")
    found = cover.hours_without(county, at, at + AHEAD)
    return [Lack(span, words, teams) for span in hours_said(found)]


def _whole_area(county: str, at: datetime) -> list[Lack]:
    words = _("不在任何队伍的片区里")
    return [
        Lack(town.name, words, reverse("operations:teams"))
        for town in cover.towns_without_team(county)
    ]


def _own_force(county: str, at: datetime) -> list[Lack]:
    words = _("没有只管本地、人数够的队伍")
    return [
        Lack(town.name, words, reverse("operations:teams"))
        for town in cover.towns_without_own_team(county, at)
    ]


def _whole_sweep(county: str, at: datetime) -> list[Lack]:
    found = []
    for one in rounds.rounds(county, at):
        for town, area in one.left:
            state = area.get_state_display() if area else _("还没有布置排查")
            end = _("%(day)s 前要排查到") % {"day": f"{one.last_day:%Y-%m-%d}"}
            place = reverse("patrols:sweep", args=[area.sweep.public_id]) if area else ""
            words = f"{one.said} · {state} · {end}"
            found.append(Lack(town.name, words, place or reverse("patrols:sweeps")))
    return found


def _supervise(county: str, at: datetime) -> list[Lack]:
    """Reports that a township did not look at in its term, and towns without an office to look."""
    words, offices = _("应在 %(day)s 前查看"), reverse("patrols:sweeps")
    late = [
        Lack(
            area.name,
            words % {"day": f"{clock.local(area.check_due_at or at):%m-%d %H:%M}"},
            reverse("patrols:area", args=[area.public_id]),
        )
        for area in supervision.waiting_late(county, at)
    ]
    bare = supervision.towns_without_office(county)
    said_so = _("没有登记社会事务办，它的村（居）上报没有镇街查看")
    return late + [Lack(town.name, said_so, offices) for town in bare]


def _above_base(county: str, at: datetime) -> list[Lack]:
    """Classes of location that a raised level visits no more often than the normal one."""
    book, teams = rules_at(county, at), reverse("patrols:season")
    kinds = unbroken.kinds_of(county)
    base = cadences_of(book, NORMAL.code, kinds)
    found = []
    for code, level in book.levels.items():
        raised = cadences_of(book, code, kinds)
        for kind in kinds if level.rank else ():
            now, then = _visits(base[kind]), _visits(raised[kind])
            if then <= now:
                words = _("%(level)s每周 %(then)s 次，常态 %(now)s 次")
                label = level.label.said_in(get_language() or "")
                said_so = words % {"level": label, "then": then, "now": now}
                found.append(Lack(type_label(kind), said_so, teams))
    return found


def _visits(ruling: Ruling | None) -> int:
    return visits_a_week(ruling.number, ruling.unit) if ruling else 0


def _known(county: str, at: datetime) -> list[Lack]:
    """Towns with people on the list not heard of for long, and locations not visited for long."""
    found = []
    for name, count in flows.silent_by_town(county, at):
        words = ngettext(
            "名单上 %(n)s 人很久没有新消息，情况不明",
            "名单上 %(n)s 人很久没有新消息，情况不明",
            count,
        )
        found.append(Lack(name, words % {"n": count}, reverse("patrols:flows")))
    days = rules_at(county, at).need("patrol.coverage").number
    unseen = unbroken.places_unseen(county, at, timedelta(days=days))
    return [*found, *map(_broken, unseen)]


_LACKS: Final[Mapping[str, Callable[[str, datetime], list[Lack]]]] = {
    "unbroken": _unbroken,
    "whole_time": _whole_time,
    "whole_area": _whole_area,
    OWN_FORCE: _own_force,
    rounds.WHOLE_SWEEP: _whole_sweep,
    supervision.SUPERVISE: _supervise,
    STRONGER: _above_base,
    "known": _known,
}
