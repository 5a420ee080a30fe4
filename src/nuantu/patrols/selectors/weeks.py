"""A week as its pages show it: teams against halves, what is kept, what is not and why."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.accounts.models import Division
from nuantu.core import clock
from nuantu.operations.models import Team, TeamMember
from nuantu.operations.selectors import level_of
from nuantu.patrols.models import PatrolRoute, PatrolSearch, PatrolStop, PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.asking import TWIN
from nuantu.patrols.selectors import ways
from nuantu.patrols.selectors.words import half_said, names_of, teams_named, why
from nuantu.places.selectors.layers import Feature
from nuantu.planbook import sources
from nuantu.planbook.kinds import kind


@dataclass(frozen=True, slots=True)
class Cell:
    """One team in one half: no shift, a shift without stops, or its route."""

    half: int
    label: str
    has_shift: bool
    route: PatrolRoute | None
    target: str


@dataclass(frozen=True, slots=True)
class Line:
    """One team over the week."""

    team: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is not kept or cannot be, with its reason in words."""

    name: str
    missing: int
    reason: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """A shift that would keep more promises, in words. `keeps`: how many, `left`: still missed."""

    text: str
    keeps: int
    left: int


@dataclass(frozen=True, slots=True)
class Basis:
    """A figure the plan rests on, and where it comes from."""

    label: str
    value: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the page of a week shows."""

    county: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    unmet: tuple[Lack, ...]
    mends: tuple[Help, ...]
    remarks: tuple[Lack, ...]
    basis: tuple[Basis, ...]
    level_now: str
    idle_count: int
    stop_count: int
    routes: tuple[PatrolRoute, ...]


def board(week: PatrolWeek, at: datetime) -> Board:
    """The board of a week; a fixed number of queries."""
    shifts = _shifts(week)
    routes = {(str(row.team.public_id), row.half): row for row in routes_of(week)}
    keys = shifts | set(routes)
    numbers = sorted({half for _team, half in routes or keys})
    labels = {half: half_said(week.first_day, half) for half in numbers}
    teams = teams_named(team for team, _half in keys)
    lines = tuple(
        Line(
            name,
            tuple(
                Cell(
                    half,
                    labels[half],
                    (team, half) in shifts,
                    routes.get((team, half)),
                    f"{team}|{half}" if (team, half) in shifts else "",
                )
                for half in numbers
            ),
        )
        for team, name in sorted(teams.items(), key=lambda pair: pair[1])
    )
    unmet = _unmet(week)
    said = {lack.name for lack in unmet}
    return Board(
        county=county_name(week),
        heads=tuple(labels.values()),
        lines=lines,
        unmet=unmet,
        mends=tuple(_mends(week, shifts, at)) if week.is_draft else (),
        remarks=_remarks(week.search, said),
        basis=tuple(map(_basis, week.search.basis)),
        level_now=level_of(week.division_code, at).level,
        idle_count=sum(half not in numbers for _team, half in shifts),
        stop_count=sum(len(row.stops.all()) for row in routes.values()),
        routes=tuple(routes.values()),
    )


def county_name(week: PatrolWeek) -> str:
    """The name of the county a week belongs to."""
    found = Division.objects.filter(code=week.division_code).values_list("name", flat=True).first()
    return str(found or week.division_code)


def routes_of(week: PatrolWeek) -> QuerySet[PatrolRoute]:
    """The routes of a week in the order of time, with teams, leads and stops."""
    stops = PatrolStop.objects.select_related("key_location").order_by("number")
    leads = TeamMember.objects.filter(is_lead=True).select_related("user")
    return (
        PatrolRoute.objects.filter(week=week)
        .select_related("team__organisation", "shift")
        .prefetch_related(Prefetch("stops", stops), Prefetch("team__members", leads))
        .order_by("half", "leaves_at", "team__name")
    )


def targets(week: PatrolWeek) -> list[tuple[str, str]]:
    """Every turn of the week that a stop can go to: `team|half` and what it is called."""
    shifts = sorted(_shifts(week), key=lambda key: (key[1], key[0]))
    names = teams_named(team for team, _half in shifts)
    return [
        (f"{team}|{half}", f"{half_said(week.first_day, half)} · {names.get(team, '')}")
        for team, half in shifts
    ]


def _shifts(week: PatrolWeek) -> set[tuple[str, int]]:
    found = PatrolSearch.objects.filter(week=week).values_list("problem__shifts", flat=True).first()
    return {(str(row["team"]), int(row["night"])) for row in found or ()}


def _unmet(week: PatrolWeek) -> tuple[Lack, ...]:
    """What is not kept; what was remarked before the search is the better reason."""
    names = names_of(str(row["location"]) for row in week.unmet)
    remarked = {found: code for code, found in _pairs(week.search) if code != TWIN}
    found = []
    for row in week.unmet:
        place = str(row["location"])
        name = names.get(place, _("已停用的点位"))
        code = remarked.get(place, "")
        way = _mend(code, place) if code else ("", "")
        found.append(Lack(name, int(row["missing"]), why(code or row["reason"]), *way))
    return tuple(sorted(found, key=lambda lack: -lack.missing))


def _mends(week: PatrolWeek, shifts: set[tuple[str, int]], at: datetime) -> Iterator[Help]:
    """What would mend a draft, up to the first shift that should have begun by now."""
    names = teams_named(str(row["depot"]) for row in week.mends) if week.mends else {}
    taken = set(shifts)
    for row in week.mends:
        team, half = str(row["depot"]), int(row["night"])
        begins, ends = (
            halves.moment_of(week.first_day, half, float(row[key]))
            for key in ("start_min", "end_min")
        )
        if begins < at:
            return
        is_free = (team, half) not in taken
        taken.add((team, half))
        text = (
            _("%(team)s在%(half)s（%(begins)s–%(ends)s）再值一班")
            if is_free
            else _("%(half)s（%(begins)s–%(ends)s）从%(team)s的驻地再派一支队伍")
        )
        said = {
            "team": names.get(team, ""),
            "half": half_said(week.first_day, half),
            "begins": f"{clock.local(begins):%H:%M}",
            "ends": f"{clock.local(ends):%H:%M}",
        }
        yield Help(text % said, int(row["keeps"]), int(row["left"]))


def _pairs(search: PatrolSearch) -> list[tuple[str, str]]:
    """The remarks of a search as code and id."""
    parted = (text.partition(":") for text in search.remarks)
    return [(code, found) for code, _colon, found in parted]


def _remarks(search: PatrolSearch, said: Container[str]) -> tuple[Lack, ...]:
    """What was remarked before the search, unless the place is `said` to be missed anyway; that it
    stands twice is told all the same."""
    pairs = _pairs(search)
    ids = [found for _code, found in pairs]
    names = names_of(ids) | teams_named(ids) if ids else {}
    return tuple(
        Lack(names.get(found, ""), 0, why(code), *_mend(code, found))
        for code, found in pairs
        if code == TWIN or names.get(found, "") not in said
    )


def _mend(code: str, found: str) -> tuple[str, str]:
    """Where what stands in the way is mended, and what the way is called."""
    if code in ("no_base", "alone"):
        return reverse("operations:teams"), _("队伍")
    if code == "no_area":
        return reverse("operations:teams"), _("给这个片区安排队伍")
    return reverse("places:key_location", args=[found]), _("看这个点位")


def _basis(text: str) -> Basis:
    code, key, value, unit, plan, source, status = text.split("\t")
    words = {"day": _("白天"), "night": _("夜间")}
    part = f" {words.get(key, key)}" if key else ""
    label = kind(code).label.said_in(get_language() or "")
    origin = sources.said(f"{plan} {source}", get_language() or "")
    return Basis(f"{label}{part}", f"{value} {unit}", origin, status == "verified")


def sheet(week: PatrolWeek) -> Iterator[tuple[object, ...]]:
    """The rows of the Excel sheet: one per stop, in the order of time."""
    for route in routes_of(week):
        for stop in route.stops.all():
            yield (
                half_said(week.first_day, route.half),
                route.team.name,
                _lead(route.team),
                stop.number,
                stop.name,
                stop.address,
                stop.arrives_at,
                stop.leaves_at,
                _("承诺") if stop.is_promised else _("增加"),
            )


def _lead(team: Team) -> str:
    return "、".join(member.user.name for member in team.members.all())


def stop_features(weeks: QuerySet[PatrolWeek]) -> Iterator[Feature]:
    """The stops of the newest planned week of some, one mark per location."""
    week = weeks.filter(missing__isnull=False).first()
    if week is None:
        return
    visits: dict[str, list[PatrolStop]] = {}
    rows = PatrolStop.objects.filter(route__week=week, key_location__closed_at=None)
    for stop in rows.select_related("key_location", "route__team").order_by("arrives_at"):
        visits.setdefault(stop.location_id, []).append(stop)
    for stops in visits.values():
        yield _feature(week.first_day, stops)


def _feature(first_day: date, stops: list[PatrolStop]) -> Feature:
    place = stops[0].key_location
    said = [
        f"{half_said(first_day, stop.route.half)} {clock.local(stop.arrives_at):%H:%M} "
        f"{stop.route.team.name}"
        for stop in stops
    ]
    return Feature(
        *stops[0].point,
        stops[0].name,
        url=reverse("places:key_location", args=[place.public_id]) if place else "",
        note="；".join(said),
        key=stops[0].location_id,
        is_approximate=bool(place and place.is_approximate),
    )


def with_counties(weeks: Iterable[PatrolWeek]) -> list[tuple[PatrolWeek, str]]:
    """Weeks with the name of their county; one query."""
    rows = list(weeks)
    names = dict(
        Division.objects.filter(code__in={row.division_code for row in rows}).values_list(
            "code", "name"
        )
    )
    return [(row, names.get(row.division_code, row.division_code)) for row in rows]


def running_monday(at: datetime) -> date:
    """The Monday of the week that is walked now; it begins at 06:00."""
    return halves.monday_of(ways.patrol_day(at))


def following_monday(at: datetime) -> date:
    """The Monday after the running week, which is planned next."""
    return halves.monday_of(clock.local(at).date()) + timedelta(days=halves.DAYS)


def label(public_id: UUID) -> str:
    """What a journal line calls a week."""
    found = PatrolWeek.objects.filter(public_id=public_id).only("first_day").first()
    name = _("巡查周计划")
    return f"{name} {found.first_day:%Y-%m-%d}" if found else name


def url(public_id: UUID) -> str:
    """The page of a week."""
    return reverse("patrols:week", args=[public_id])
