"""The patrols of a season: how often each class of location is visited on each level, and who answers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from nuantu.core import clock
from nuantu.operations.models import Operation, Team
from nuantu.operations.rules.places import county_of
from nuantu.operations.rules.rhythm import visits_a_week
from nuantu.operations.selectors import level_of, operations_at, rules_at
from nuantu.patrols.selectors.asking import cadences_of, teams_of
from nuantu.patrols.selectors.joint import roster_of
from nuantu.patrols.selectors.register import checklist_of
from nuantu.patrols.selectors.shares import partners_of
from nuantu.places.models import KeyLocation
from nuantu.places.selectors.types import type_label
from nuantu.planbook import sources


@dataclass(frozen=True, slots=True)
class Cadence:
    """Visits a week of one location on a level (code and name), and of all of its class; None where none
    is promised."""

    level: str
    name: str
    is_now: bool
    visits: int | None
    whole: int
    source: str


@dataclass(frozen=True, slots=True)
class Total:
    """Visits a week of all locations on a level."""

    level: str
    visits: int


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class of location with its cadence on every level."""

    name: str
    count: int
    cadences: tuple[Cadence, ...]


@dataclass(frozen=True, slots=True)
class Responsible:
    """A team with its area, its lead and its partners."""

    team: str
    organisation: str
    area: str
    lead: str
    partners: tuple[str, ...]
    is_on_foot: bool


@dataclass(frozen=True, slots=True)
class SeasonSchedule:
    """Content, measures and responsibility of a county's patrols (P1-16).

    `words` are what plans say without a figure (X56): level, word, clause. `level` is the one that
    holds now, `plans` those in force, the nearest division first.
    """

    levels: tuple[str, ...]
    lines: tuple[ClassLine, ...]
    totals: tuple[Total, ...]
    emphasis: tuple[str, ...]
    words: tuple[tuple[str, str, str], ...]
    measures: tuple[str, ...]
    measures_name: str
    responsible: tuple[Responsible, ...]
    level: str
    plans: tuple[Operation, ...]


def season_schedule(county: str, at: datetime) -> SeasonSchedule:
    """The schedule by the plans in force; the reader's scope limits the locations."""
    book, now, language = rules_at(county, at), level_of(county, at).level, get_language() or ""
    prefix = county_of(county)[:6]
    rows = KeyLocation.objects.filter(closed_at=None, division_code__startswith=prefix)
    counts = Counter(rows.values_list("kind", flat=True))
    by_level = {level: cadences_of(book, level, counts) for level in book.levels}

    def cadence(level: str, kind: str) -> Cadence:
        ruling, name = by_level[level][kind], book.level(level).label.said_in(language)
        if ruling is None:
            return Cadence(level, name, level == now, None, 0, "")
        visits = visits_a_week(ruling.number, ruling.unit)
        said = sources.said(f"{ruling.plan_code} {ruling.source}", language)
        return Cadence(level, name, level == now, visits, visits * counts[kind], said)

    lines = tuple(
        ClassLine(type_label(kind), counts[kind], tuple(cadence(lv, kind) for lv in book.levels))
        for kind in sorted(counts, key=lambda one: (-counts[one], one))
    )
    checklist = checklist_of(county)
    return SeasonSchedule(
        levels=tuple(level.label.said_in(language) for level in book.levels.values()),
        lines=lines,
        totals=tuple(
            Total(level.label.said_in(language), sum(line.cadences[n].whole for line in lines))
            for n, level in enumerate(book.levels.values())
        ),
        emphasis=tuple(
            dict.fromkeys(str(one.value) for one in book.rules("patrol.emphasis") if one.value)
        ),
        words=tuple(
            dict.fromkeys(
                (
                    book.level(rule.level).label.said_in(language),
                    rule.words,
                    sources.said(f"{rule.plan_code} {rule.source}", language),
                )
                for rule in book.rules("patrol.cadence")
                if rule.words and rule.value is None
            )
        ),
        measures=tuple(checklist.lines) if checklist else (),
        measures_name=checklist.name if checklist else "",
        responsible=_responsible(_with_people(teams_of(county)), clock.local(at).date()),
        level=now,
        plans=tuple(operations_at(county, at)),
    )


def _with_people(teams: list[Team]) -> list[Team]:
    rows = Team.objects.filter(pk__in=[team.pk for team in teams])
    found = rows.select_related("organisation", "division").order_by("name", "pk")
    return list(found.prefetch_related("members__user__organisation"))


def _responsible(teams: list[Team], today: date) -> tuple[Responsible, ...]:
    """Each team with who goes along: of its own members, and by the joint-patrol roster."""
    along: dict[int, list[str]] = {}
    for one in roster_of(teams, today):
        said = f"{one.department} {one.partner.unit}"
        along.setdefault(one.partner.team_id, []).append(said)
    return tuple(_line(team, along.get(team.pk, ())) for team in teams)


def _line(team: Team, along: Iterable[str]) -> Responsible:
    leads = [member.user.name for member in team.members.all() if member.is_lead]
    return Responsible(
        team.name,
        team.organisation.name,
        team.division.name,
        " ".join(leads),
        tuple(dict.fromkeys([*partners_of(team), *along])),
        Team.Capability.FOOT in team.capabilities,
    )
