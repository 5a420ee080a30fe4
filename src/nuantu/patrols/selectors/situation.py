"""A published week as it stands now: what was walked, what is still to come, what is lost or closed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from nuantu.accounts.rules.divisions import short_code
from nuantu.core import clock, scope
from nuantu.operations.rules.rhythm import visits_a_week
from nuantu.operations.selectors import level_of, rules_at
from nuantu.patrols.models import (
    PatrolReplan,
    PatrolRoute,
    PatrolRun,
    PatrolSearch,
    PatrolStop,
    PatrolVisit,
    PatrolWeek,
)
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.planned import Key
from nuantu.patrols.rules.replanning import (
    CADENCE,
    TEAM_LOST,
    Happening,
    Timetable,
    still_closed,
)
from nuantu.patrols.rules.situation import Situation, Walk, situation
from nuantu.patrols.rules.spots import with_spots
from nuantu.patrols.selectors.asking import cadences_of
from nuantu.patrols.selectors.spots import spots_of
from nuantu.places.models import KeyLocation
from nuantu.routing.problem import Done, Problem
from nuantu.routing.problem_json import problem_from

WHY = "what was walked counts, whichever organisation the team belongs to"
State = PatrolVisit.State
OVER = (PatrolRun.State.FINISHED, PatrolRun.State.BROKEN_OFF)


def half_at(week: PatrolWeek, at: datetime) -> tuple[int, float]:
    """The half of the week that a moment lies in, and its minute of the patrol day."""
    minutes = (at - halves.week_begins(week.first_day)).total_seconds() / 60
    half = int(minutes // halves.HALF_MIN)
    return half, minutes - half // 2 * halves.DAY_MIN


def minute_of(week: PatrolWeek, half: int, at: datetime) -> float:
    """A moment as a minute of the patrol day of a half."""
    begins = halves.week_begins(halves.day_of(week.first_day, half))
    return (at - begins).total_seconds() / 60


def is_running(week: PatrolWeek, at: datetime) -> bool:
    """Whether the week is being walked: published, begun, not over."""
    began = halves.week_begins(week.first_day) <= at < halves.week_ends(week.first_day)
    return began and week.state == PatrolWeek.State.PUBLISHED


def asked_problem(week: PatrolWeek) -> Problem:
    """The week's problem as the search got it, with what confirmed changes made of it."""
    problem = problem_from(PatrolSearch.objects.get(week=week).problem)
    return with_spots(problem, spots_of(week))


def situation_of(week: PatrolWeek, at: datetime) -> Situation:
    """The rest of a running week at a moment."""
    half, minute = half_at(week, at)
    routes = {key: [stop for stop, _at in table.stops] for key, table in tables_of(week).items()}
    return situation(asked_problem(week), routes, walks_of(week, at), _lost(week), half, minute)


def tables_of(week: PatrolWeek, since: int = 0) -> dict[Key, Timetable]:
    """The routes of a week from a half on, with their minutes."""
    rows = PatrolStop.objects.filter(route__week=week, route__half__gte=since)
    stops: dict[Key, list[tuple[str, float]]] = {}
    backs: dict[Key, float] = {}
    for stop in rows.select_related("route__team", "key_location").order_by("route", "number"):
        key = (str(stop.route.team.public_id), stop.route.half)
        when = minute_of(week, key[1], stop.arrives_at)
        stops.setdefault(key, []).append((stop.location_id, when))
        backs[key] = minute_of(week, key[1], stop.route.back_at)
    return {key: Timetable(*key, backs[key], tuple(row)) for key, row in stops.items()}


def walks_of(week: PatrolWeek, at: datetime) -> dict[Key, Walk]:
    """What the teams have walked of the week so far, by team and half."""
    with scope.system(WHY):
        runs = PatrolRun.objects.filter(
            first_day=week.first_day, division_code=week.division_code
        ).select_related("team")
        found = list(runs.prefetch_related("visits__key_location"))
    return {
        (str(run.team.public_id), run.half): _walk(week, run, at)
        for run in found
        if run.begun_at is not None or run.state in OVER
    }


def late_turn(week: PatrolWeek, team: str, at: datetime) -> tuple[Timetable, Timetable] | None:
    """A turn of the half before that a team is still out on: as it was to be and as far as it was
    made. None where nothing of it is left."""
    half = half_at(week, at)[0] - 1
    planned = tables_of(week, half).get((team, half))
    if planned is None or halves.moment_of(week.first_day, half, planned.back) <= at:
        return None
    walk = walks_of(week, at).get(planned.key)
    if walk and walk.is_over:
        return None
    left = {stop for stop, _minute in planned.stops} if walk is None else set(walk.left)
    made = tuple(stop for stop in planned.stops if stop[0] not in left)
    if made == planned.stops:
        return None
    return planned, Timetable(team, half, planned.back, made)


def begun(route: PatrolRoute, at: datetime) -> bool:
    """Whether the turn of a route had begun, so that a new plan no longer touches it."""
    starts = [route.leaves_at, *([route.shift.starts_at] if route.shift else [])]
    return min(starts) <= at


def done_of(week: PatrolWeek, at: datetime) -> tuple[Done, ...]:
    """Visits that a plan made during the week need not make: those walked, and what the turns that
    have begun and are not over still have before them."""
    walks = walks_of(week, at)
    found = {(stop, key[1]) for key, walk in walks.items() for stop in walk.done}
    rows = PatrolStop.objects.filter(route__week=week, route__back_at__gt=at)
    for stop in rows.select_related("route__team", "route__shift", "key_location"):
        place, route = stop.location_id, stop.route
        walk = walks.get((str(route.team.public_id), route.half))
        is_to_come = walk is None or (place in walk.left and not walk.is_over)
        if is_to_come and begun(route, at):
            found.add((place, route.half))
    return tuple(Done(*visit) for visit in sorted(found))


def _walk(week: PatrolWeek, run: PatrolRun, at: datetime) -> Walk:
    visits: Sequence[PatrolVisit] = [row for row in run.visits.all() if row.location_id]
    been = sorted(
        (row for row in visits if row.is_done or row.state == State.ARRIVED),
        key=lambda row: row.arrived_at or at,
    )
    is_there = any(row.state == State.ARRIVED for row in been)
    left_at = at if is_there else max((row.left_at or at for row in been), default=at)
    return Walk(
        tuple(row.location_id for row in been),
        tuple(row.location_id for row in visits if row.state == State.PLANNED),
        minute_of(week, run.half, left_at),
        is_over=run.state in OVER,
    )


def confirmed_of(week: PatrolWeek) -> list[PatrolReplan]:
    """The changes that the week follows, in the order in which they were confirmed."""
    rows = PatrolReplan.objects.filter(week=week, state=PatrolReplan.State.CONFIRMED)
    return list(rows.order_by("decided_at", "pk"))


def given_up(week: PatrolWeek) -> dict[str, int]:
    """The visits that the week as it was published does not keep, by location; after a raised cadence
    those that its plan did not keep."""
    rows = confirmed_of(week)
    raised = [row for row in rows if row.kind == CADENCE]
    unmet = raised[-1].figures["unmet"] if raised else week.unmet
    if rows and not raised:
        unmet = rows[0].figures["unmet_was"]
    found: dict[str, int] = {}
    for item in unmet:
        if item["promise"] == "visits":
            found[item["location"]] = found.get(item["location"], 0) + item["missing"]
    return found


def closed_ways(week: PatrolWeek) -> tuple[Happening, ...]:
    """The roads that the week takes for closed now."""
    return still_closed(Happening.from_json(replan.event) for replan in confirmed_of(week))


def _lost(week: PatrolWeek) -> set[Key]:
    lost: set[Key] = set()
    for replan in confirmed_of(week):
        event = Happening.from_json(replan.event)
        if event.kind == TEAM_LOST:
            until = halves.HALVES if event.is_for_week else replan.half + 1
            lost |= {(event.team, half) for half in range(replan.half, until)}
    return lost


def new_visits(week: PatrolWeek, level: str, at: datetime) -> tuple[tuple[str, int], ...]:
    """What a level promises each location of the week, as visits a week; only what it changes."""
    book, problem = rules_at(week.division_code, at), asked_problem(week)
    rows = KeyLocation.objects.filter(public_id__in=list(problem.by_id))
    kinds = {str(public_id): kind for public_id, kind in rows.values_list("public_id", "kind")}
    cadences = cadences_of(book, level, kinds.values())
    old = cadences_of(book, week.level, kinds.values())
    found = []
    for place, kind in sorted(kinds.items()):
        ruling, before = cadences[kind], old[kind]
        count = visits_a_week(ruling.number, ruling.unit) if ruling else 0
        was = visits_a_week(before.number, before.unit) if before else 0
        if count > was:
            found.append((place, min(count, halves.HALVES)))
    return tuple(found)


def is_raised(week: PatrolWeek, at: datetime) -> bool:
    """Whether the level that holds now promises more than the one the week was planned on."""
    level = level_of(week.division_code, at).level
    return level != week.level and bool(new_visits(week, level, at))


def running_weeks(division_code: str, at: datetime) -> list[PatrolWeek]:
    """The published weeks in a division that are being walked."""
    rows = PatrolWeek.objects.filter(
        division_code__startswith=short_code(division_code),
        first_day__range=(clock.local(at).date() - timedelta(days=7), clock.local(at).date()),
        state=PatrolWeek.State.PUBLISHED,
    )
    return [week for week in rows.order_by("-first_day") if is_running(week, at)]
