"""Who goes along with whom, which departments a week lacks, and how much of it lies in the night."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nuantu.core import clock, scope
from nuantu.operations.models import Team
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import (
    JointPartner,
    PatrolRoute,
    PatrolRun,
    PatrolStop,
    PatrolWeek,
    RunPartner,
)
from nuantu.patrols.rules import halves, joint
from nuantu.patrols.selectors.words import half_said
from nuantu.planbook import sources, words
from nuantu.planbook.rulebook import RuleBook

WEEKDAYS = (
    *(gettext_lazy("周一"), gettext_lazy("周二"), gettext_lazy("周三"), gettext_lazy("周四")),
    *(gettext_lazy("周五"), gettext_lazy("周六"), gettext_lazy("周日")),
)
ALONG = "who goes out with a team is shown with its route"


def department_said(code: str) -> str:
    """A department in the language of the page."""
    return words.said(code, get_language() or "")


def departments(division_code: str, at: datetime) -> list[tuple[str, str]]:
    """The departments a partner can come from, by code and name: the usual ones, and whom else the
    plans in force name."""
    writes, goes = _named(rules_at(division_code, at))
    codes = dict.fromkeys([*joint.DEPARTMENTS, *joint.others([*writes, *goes])])
    return [(code, department_said(code)) for code in codes]


@dataclass(frozen=True, slots=True)
class Along:
    """A partner on one route; `has_come` is None until the team says."""

    partner: JointPartner
    has_come: bool | None = None

    @property
    def department(self) -> str:
        """The department in words."""
        return department_said(self.partner.department)

    @property
    def days(self) -> str:
        """The weekdays in words."""
        if not self.partner.weekdays:
            return _("每天")
        return _("、").join(str(WEEKDAYS[day]) for day in self.partner.weekdays)

    @property
    def is_absent_police(self) -> bool:
        """Whether it is the police that did not come."""
        return self.partner.department == "police" and self.has_come is False


def partners_of_teams(teams: Iterable[int], first_day: date, last_day: date) -> list[JointPartner]:
    """The lines of the roster of some teams that hold in a span of days; one query.

    A line that was taken off holds for the days before.
    """
    with scope.system(ALONG):
        rows = JointPartner.objects.filter(
            Q(until_day=None) | Q(until_day__gte=first_day),
            Q(ended_at=None) | Q(ended_at__date__gt=first_day),
            team__in=list(teams),
            from_day__lte=last_day,
        )
        found = rows.select_related("team").order_by("team__name", "department", "unit", "pk")
        return [row for row in found if (_until(row) or first_day) >= first_day]


def _until(partner: JointPartner) -> date | None:
    ended_at, noted_on = partner.ended_at, clock.local(partner.recorded_at).date()
    ended_on = clock.local(ended_at).date() if ended_at else None
    return joint.until(partner.until_day, noted_on, ended_on)


def is_out(partner: JointPartner, first_day: date, half: int) -> bool:
    """Whether a partner goes out in a half of a week."""
    said = joint.Turnout(partner.weekdays, partner.part, partner.from_day, _until(partner))
    return said.is_out(first_day, half)


def with_police(turns: Mapping[int, Collection[int]], first_day: date) -> set[int]:
    """The teams, of the halves in which each goes out, that the police accompanies every time; one
    query."""
    found = partners_of_teams(turns, first_day, first_day + timedelta(days=6))
    police = [partner for partner in found if partner.department == "police"]
    return {
        team
        for team, out in turns.items()
        if out
        and all(
            any(one.team_id == team and is_out(one, first_day, half) for one in police)
            for half in out
        )
    }


def along(week: PatrolWeek, routes: Iterable[PatrolRoute]) -> dict[int, list[Along]]:
    """The partners of each route of a week by its key; one query."""
    rows = list(routes)
    found = partners_of_teams({row.team_id for row in rows}, week.first_day, week.last_day)
    return {
        row.pk: [
            Along(partner)
            for partner in found
            if partner.team_id == row.team_id and is_out(partner, week.first_day, row.half)
        ]
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Accompanied:
    """A route with the partners who go along."""

    route: PatrolRoute
    partners: Sequence[Along]
    half: str


def accompanied(week: PatrolWeek, routes: Iterable[PatrolRoute]) -> list[Accompanied]:
    """The routes of a week, each with its partners."""
    rows = list(routes)
    found = along(week, rows)
    return [Accompanied(row, found[row.pk], half_said(week.first_day, row.half)) for row in rows]


def along_on(run: PatrolRun) -> list[Along]:
    """The partners of a run and whether they came; two queries."""
    rows = RunPartner.objects.filter(run=run).select_related("partner")
    said = {row.partner_id: row for row in rows}
    day = halves.day_of(run.first_day, run.half)
    due = [
        partner
        for partner in partners_of_teams([run.team_id], day, day)
        if is_out(partner, run.first_day, run.half)
    ]
    known = {partner.pk for partner in due}
    due += [row.partner for row in said.values() if row.partner_id not in known]
    return [
        Along(partner, said[partner.pk].has_come if partner.pk in said else None) for partner in due
    ]


@dataclass(frozen=True, slots=True)
class Department:
    """A department that the plans name: on how many turns of the week it goes along, and its word
    that the week is made together with it."""

    code: str
    turns: int
    must_consent: bool
    consent: str
    consented_at: datetime | None

    @property
    def name(self) -> str:
        """The department in words."""
        return department_said(self.code)

    @property
    def is_missing(self) -> bool:
        """Whether it neither goes along nor, where it must, has agreed."""
        return not self.turns or (self.must_consent and self.consented_at is None)


def departments_of_week(week: PatrolWeek, at: datetime) -> list[Department]:
    """What the plans in force ask of other departments for a week, and what is there.

    A word given before the week was last planned, or a stop last moved by hand, counts no more.
    """
    book = rules_at(week.division_code, max(at, halves.week_begins(week.first_day)))
    writes, goes = _named(book)
    named = joint.others([*writes, *goes])
    if not named:
        return []
    turns = _turns(week)
    planned_at = week.planned_at or week.search.told_at  # none kept before migration 0021
    given = week.consents.all()
    consents = {row.department: row for row in given if row.said_at >= planned_at}
    return [
        Department(
            code,
            turns.get(code, 0),
            code in writes,
            consents[code].person if code in consents else "",
            consents[code].said_at if code in consents else None,
        )
        for code in named
    ]


def _named(book: RuleBook) -> tuple[list[str], list[str]]:
    """Who writes the schedule together, and who goes along, as the plans name them."""
    writes = [str(code) for rule in book.rules("patrol.schedule") for code in _listed(rule.value)]
    goes = [
        str(rule.value["role"])
        for rule in book.rules("patrol.partner")
        if isinstance(rule.value, dict)
    ]
    return writes, goes


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _turns(week: PatrolWeek) -> dict[str, int]:
    routes = list(PatrolRoute.objects.filter(week=week).only("pk", "team_id", "half"))
    found: dict[str, int] = {}
    for partners in along(week, routes).values():
        for code in {one.partner.department for one in partners}:
            found[code] = found.get(code, 0) + 1
    return found


def night_shares(week: PatrolWeek, at: datetime) -> list[joint.NightShare]:
    """For each clause that lays weight on nights, how much of the promised visits lies there.

    A clause that names classes of location is about those only. Two queries.
    """
    book = rules_at(week.division_code, max(at, halves.week_begins(week.first_day)))
    clauses: dict[tuple[str, str, str], set[str]] = {}
    for rule in book.rules("patrol.emphasis"):
        if rule.key == "night" and rule.value:
            key = (rule.plan_code, rule.source, str(rule.value))
            clauses.setdefault(key, set()).add(rule.place_class)
    if not clauses:
        return []
    least = book.need("patrol.night_share").number
    rows = list(
        PatrolStop.objects.filter(route__week=week, is_promised=True)
        .order_by()
        .values_list("key_location__kind", "route__half")
        .annotate(n=Count("pk"))
    )
    return [
        _share(rows, kinds, sources.said(f"{plan} {source}", get_language() or ""), said, least)
        for (plan, source, said), kinds in clauses.items()
    ]


def _share(
    rows: Sequence[tuple[str, int, int]], kinds: set[str], source: str, said: str, least: float
) -> joint.NightShare:
    counted = [(half, n) for kind, half, n in rows if "" in kinds or kind in kinds]
    by_night = sum(n for half, n in counted if halves.is_night(half))
    return joint.NightShare(source, said, by_night, sum(n for _half, n in counted), least)


def roster_of(teams: Iterable[Team], today: date) -> list[Along]:
    """The lines of the roster of some teams that hold today or later; one query."""
    ids = [team.pk for team in teams]
    return [Along(partner) for partner in partners_of_teams(ids, today, date.max)]
