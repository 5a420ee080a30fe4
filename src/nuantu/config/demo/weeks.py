"""The demo's patrol weeks: every turn of the county's teams, planned by the search, published.

The search runs a fixed number of steps from a fixed seed, so a week that begins on the same weekday
is always the same.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any, Final

from nuantu.config.demo.season import DAY_BEGINS, TURN
from nuantu.config.launch.uncompiled import searched
from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.operations.models import Shift, Team
from nuantu.operations.services import plan_shift
from nuantu.patrols import services
from nuantu.patrols.models import JointPartner, PatrolRoute
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.planned import Key, Stops, is_drivable, lost_promises, move, plan_of
from nuantu.routing.problem import Location, Problem
from nuantu.routing.problem_json import problem_from

COUNTY = "522601000000"
STEPS: Final = 300
STOPS: Final = 4  # that a dispatcher drags to a turn on which the search would send nobody out
BEFORE: Final = timedelta(hours=12)  # a week is made on the evening of the Sunday before
# one line of the joint-patrol roster for each team, and whose word it is that the week is made together
ALONG: tuple[dict[str, Any], ...] = (
    {
        "department": "police",
        "unit": "大十字派出所（演示）",
        "person": "王警官（演示）",
        "phone": "0855-0000011",
    },
    {
        "department": "city_management",
        "unit": "市综合行政执法局（演示）",
        "person": "李队员（演示）",
        "phone": "0855-0000012",
        "weekdays": (0, 2, 4, 5, 6),
    },
)
CONSENTS = (("police", "王警官（演示），电话同意"), ("city_management", "李队员（演示），电话同意"))


@contextmanager
def acting(actor: Actor, at: datetime) -> Iterator[None]:
    """Do what follows as somebody, at a moment of the past."""
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        yield


def half_of(turn: datetime) -> tuple[date, int]:
    """The week and the half of a turn by when it began."""
    begun = clock.local(turn)
    half = begun.weekday() * 2 + (begun.time() != DAY_BEGINS)
    return halves.monday_of(begun.date()), half


def publish_weeks(
    turns: Sequence[datetime], teams: Sequence[Team], out: Team, dispatcher: Actor, leader: Actor
) -> list[PatrolRoute]:
    """Plan and publish the weeks of these turns; their routes in the order of time.

    In the last of the turns the team `out` has a route, whatever the search says. A week before the
    plan was in force has none.
    """
    wanted = dict(half_of(turn) for turn in turns)
    for first_day, half in wanted.items():
        _plan_shifts(teams, first_day, turns[-1])
        is_last = first_day == half_of(turns[-1])[0]
        with suppress(services.NothingToPlan):
            key = (str(out.public_id), half) if is_last else None
            _publish(first_day, key, dispatcher, leader)
    found = PatrolRoute.objects.filter(week__first_day__in=wanted, week__division_code=COUNTY)
    return list(found.select_related("week", "team").order_by("leaves_at", "team__name"))


def _plan_shifts(teams: Sequence[Team], first_day: date, at: datetime) -> None:
    """Every turn of the week, by day and by night, where the season has not planned it."""
    begins = datetime.combine(first_day, DAY_BEGINS, clock.LOCAL)
    known = set(
        Shift.objects.filter(team__in=teams, starts_at__gte=begins).values_list(
            "team_id", "starts_at"
        )
    )
    for starts in (begins + turn * TURN for turn in range(halves.HALVES)):
        for team in teams:
            if (team.pk, starts) not in known:
                plan_shift(actor=SYSTEM, at=at, team=team, starts_at=starts, ends_at=starts + TURN)


def _publish(first_day: date, out: Key | None, dispatcher: Actor, leader: Actor) -> None:
    at = halves.week_begins(first_day) - BEFORE
    with acting(leader, at):
        _accompany(leader, at)
        week = services.plan_week(actor=dispatcher, at=at, county=COUNTY, first_day=first_day)
        problem = problem_from(week.search.problem)
        stops: Stops = searched(week.search.problem, steps=STEPS, seed=week.search.seed)
        if out and not stops.get(out):
            stops = _sent_out(problem, stops, out)
        services.keep_plan(week=week, problem=problem, plan=plan_of(problem, stops), at=at)
        week.refresh_from_db()
        for code, person in CONSENTS:
            services.consent(actor=dispatcher, at=at, week=week, department=code, person=person)
        services.approve(actor=leader, at=at, week=week)
        services.publish(actor=leader, at=at, week=week, reason="其他联合单位下周到位")


def _sent_out(problem: Problem, stops: Stops, out: Key) -> Stops:
    """Drag stops to a turn, each where the checker and every promise allow it."""
    is_night = halves.is_night(out[1])
    for place in (one for one in problem.locations if is_night or not one.windows):
        if len(stops.get(out, ())) >= STOPS:
            break
        stops = _dragged(problem, stops, place, out)
    return stops


def _dragged(problem: Problem, stops: Stops, place: Location, out: Key) -> Stops:
    """A place is visited on a turn and as often as it is promised on nights that are not too near."""
    mine = [key for key, row in stops.items() if place.id in row]
    nights = [key for key in stops if key[0] == out[0] and key != out]
    before = plan_of(problem, stops, 0.0)
    for others in combinations(nights, max(0, place.visits_per_week - 1)):
        gone = [key for key in mine if key not in others]
        come = [out, *(key for key in others if key not in mine)]
        if len(gone) < len(come):
            continue
        tried = stops
        for origin, target in zip(gone, come, strict=False):
            moved = move(problem, tried, place.id, origin, target).plan
            tried = {route.key: route.stops for route in moved.routes}
        for key in gone[len(come) :]:
            tried = dict(tried) | {key: tuple(stop for stop in tried[key] if stop != place.id)}
        lost = lost_promises(before.unmet, plan_of(problem, tried, 0.0).unmet)
        if not lost and is_drivable(problem, tried):
            return tried
    return stops


def _accompany(leader: Actor, at: datetime) -> None:
    """Police and city management go out with the first two teams, by the roster; entered once."""
    teams = Team.objects.filter(division__code__startswith=COUNTY[:6]).order_by("name")
    for team, said in zip(teams, ALONG, strict=False):
        if not JointPartner.objects.filter(team=team).exists():
            partner = services.Partner(**said, from_day=clock.local(at).date())
            services.add_partner(actor=leader, at=at, team=team, said=partner)
