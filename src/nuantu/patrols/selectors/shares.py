"""How a week's load falls on the teams, and what was promised and kept night by night."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from nuantu.operations.models import Team
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import (
    PatrolRoute,
    PatrolRun,
    PatrolSearch,
    PatrolStop,
    PatrolVisit,
    PatrolWeek,
)
from nuantu.patrols.rules import halves
from nuantu.patrols.selectors.ways import metres_of
from nuantu.patrols.selectors.words import half_said

PARTNERS = (Team.Capability.POLICE, Team.Capability.URBAN, Team.Capability.VOLUNTEER)
DONE = (PatrolVisit.State.NOBODY, PatrolVisit.State.MET)
HEIGHT, COLUMN = 60.0, 40.0
MOST_NIGHTS = 28


@dataclass(frozen=True, slots=True)
class Share:
    """What one team does in a week. `hour_share`, `night_share` in hundredths of the most of any team.

    `planned_kmh`: the speed on foot that its routes were planned with, none for a team with a vehicle
    or for routes planned before teams had a speed of their own.
    """

    team: str
    partners: tuple[str, ...]
    is_on_foot: bool
    people: int
    turns: int
    nights: int
    hours: float
    metres: float
    stops: int
    hour_share: float
    night_share: float
    late_minutes: int
    planned_kmh: float | None


@dataclass(frozen=True, slots=True)
class Column:
    """One night of a plot: promised and kept, with the places of the two bars."""

    label: str
    promised: int
    kept: int
    x: float
    promised_height: float
    kept_height: float
    promised_y: float
    kept_y: float


def partners_of(team: Team) -> tuple[str, ...]:
    """Who goes out together in a joint team: the organisations of its members, and what is said of it."""
    own = team.organisation.name
    names = [member.user.organisation.name for member in team.members.all()]
    named = [Team.Capability(code).label for code in PARTNERS if code in team.capabilities]
    others = [name for name in names if name != own]
    return tuple(str(name) for name in dict.fromkeys([*others, *named]))


def shares(week: PatrolWeek, routes: Sequence[PatrolRoute], at: datetime) -> tuple[Share, ...]:
    """The load of each team that has a route; minutes that a team on foot would be late where its
    routes were planned as driven."""
    book = rules_at(week.division_code, at)
    kmh, detour = book.need("patrol.foot_speed").number, book.need("travel.detour").number
    rows: dict[int, list[PatrolRoute]] = {}
    for route in routes:
        rows.setdefault(route.team_id, []).append(route)
    ids = list(rows)
    found = Team.objects.filter(pk__in=ids).select_related("organisation").order_by("name")
    teams = found.prefetch_related("members__user__organisation")
    most_hours = max((_hours(mine) for mine in rows.values()), default=0.0) or 1.0
    most_nights = max((_nights(mine) for mine in rows.values()), default=0) or 1
    has_walkers = any(Team.Capability.FOOT in team.capabilities for team in teams)
    planned = _planned_kmh(week) if has_walkers else {}
    on_foot = _OnFoot(kmh, detour, planned)
    return tuple(_share(team, rows[team.pk], most_hours, most_nights, on_foot) for team in teams)


@dataclass(frozen=True, slots=True)
class _OnFoot:
    """The speed on foot that holds now, and by team's public id the one it was planned with."""

    kmh: float
    detour: float
    planned: Mapping[str, float]


def _planned_kmh(week: PatrolWeek) -> dict[str, float]:
    """Speeds of the teams that the search knew to be slower than a vehicle."""
    teams, travel = KeyTransform("teams", "problem"), KeyTransform("travel", "problem")
    asked = PatrolSearch.objects.filter(week=week).values_list(teams, travel).first()
    found: list[dict[str, Any]] = asked[0] if asked else []
    roads: dict[str, Any] = (asked[1] if asked else None) or {}
    speeds = roads.get("speeds_kmh")
    return {
        team["id"]: round(speeds[-1][1] / team["travel_factor"], 1)
        for team in found or []
        if speeds and team.get("travel_factor", 1) > 1
    }


def _share(
    team: Team,
    routes: list[PatrolRoute],
    most_hours: float,
    most_nights: int,
    on_foot: _OnFoot,
) -> Share:
    walks = Team.Capability.FOOT in team.capabilities
    return Share(
        team=team.name,
        partners=partners_of(team),
        is_on_foot=walks,
        people=len(team.members.all()),
        turns=len(routes),
        nights=_nights(routes),
        hours=round(_hours(routes), 1),
        metres=sum(map(metres_of, routes)),
        stops=sum(len(route.stops.all()) for route in routes),
        hour_share=round(_hours(routes) / most_hours * 100, 1),
        night_share=round(_nights(routes) / most_nights * 100, 1),
        late_minutes=max((_late(route, on_foot) for route in routes), default=0) if walks else 0,
        planned_kmh=on_foot.planned.get(str(team.public_id)) if walks else None,
    )


def _hours(routes: Iterable[PatrolRoute]) -> float:
    return sum((route.back_at - route.leaves_at) / timedelta(hours=1) for route in routes)


def _nights(routes: Iterable[PatrolRoute]) -> int:
    return sum(halves.is_night(route.half) for route in routes)


def _late(route: PatrolRoute, on_foot: _OnFoot) -> int:
    """How much later than its shift a route ends on foot, whatever it was planned with."""
    stays = sum(
        ((stop.leaves_at - stop.arrives_at) for stop in route.stops.all()), timedelta()
    ) / timedelta(minutes=1)
    walking = metres_of(route) * on_foot.detour / 1000 / on_foot.kmh * 60
    ends = route.shift.ends_at if route.shift else route.back_at
    return max(0, round(stays + walking - (ends - route.leaves_at) / timedelta(minutes=1)))


def nights_of_week(week: PatrolWeek) -> tuple[Column, ...]:
    """Promised visits of each half of a week, and those that the register has as made."""
    planned = dict(
        PatrolStop.objects.filter(route__week=week, is_promised=True)
        .order_by()
        .values_list("route__half")
        .annotate(n=Count("pk"))
    )
    made = dict(
        PatrolVisit.objects.filter(
            run__first_day=week.first_day,
            run__division_code=week.division_code,
            is_promised=True,
            state__in=DONE,
        )
        .order_by()
        .values_list("run__half")
        .annotate(n=Count("pk"))
    )
    numbers = sorted(planned.keys() | made.keys())
    rows = [(half_said(week.first_day, n), planned.get(n, 0), made.get(n, 0)) for n in numbers]
    return columns(rows)


def nights_of_runs(runs: QuerySet[PatrolRun], since: date) -> tuple[Column, ...]:
    """Promised and made visits of the register, by half, since a day."""
    promised = Q(visits__is_promised=True)
    rows = (
        runs.filter(first_day__gte=halves.monday_of(since))
        .order_by()
        .values_list("first_day", "half")
        .annotate(n=Count("visits", filter=promised),
                  made=Count("visits", filter=promised & Q(visits__state__in=DONE)))
        .order_by("first_day", "half")
    )  # fmt: skip
    found = [(half_said(day, half), n, made) for day, half, n, made in rows if n]
    return columns(found[-MOST_NIGHTS:])


def columns(rows: Sequence[tuple[str, int, int]]) -> tuple[Column, ...]:
    """Bars for label, promised and kept, in a box of HEIGHT and COLUMN for each."""
    most = max((max(promised, kept) for _label, promised, kept in rows), default=0) or 1
    found = []
    for number, (label, promised, kept) in enumerate(rows):
        high, low = (round(value / most * HEIGHT, 1) for value in (promised, kept))
        place = (HEIGHT - high, HEIGHT - low)
        found.append(Column(label, promised, kept, number * COLUMN, high, low, *place))
    return tuple(found)


def plot_label(found: Sequence[Column]) -> str:
    """What a plot shows, for those who do not see it."""
    promised, kept = sum(one.promised for one in found), sum(one.kept for one in found)
    return _("承诺 %(promised)s 次，完成 %(kept)s 次") % {"promised": promised, "kept": kept}
