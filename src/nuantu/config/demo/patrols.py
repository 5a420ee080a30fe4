"""The demo's register of patrols: two nights that were walked, and a patrol that is out now.

The routes are laid by hand; everything else goes through the real services at its own moment.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F

from nuantu.config.demo.season import TURN, turn_begins
from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.operations.models import Shift, Team
from nuantu.operations.services import plan_shift
from nuantu.patrols import services
from nuantu.patrols.models import JointPartner, PatrolRoute, PatrolRun, PatrolStop, PatrolVisit
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.planned import Key, plan_of
from nuantu.patrols.rules.register import Check
from nuantu.places.models import KeyLocation
from nuantu.places.rules.told import Told
from nuantu.routing.problem_json import problem_from

COUNTY, TOWN = "522601000000", "522601002"
STOPS = 4
NIGHT = time(20)
OUT_SINCE, OUT_FOR = timedelta(minutes=45), timedelta(hours=4)
MUSTS = (
    "必须两人以上同行",
    "必须穿反光衣、带手电",
    "必须到点、见现场，不远看",
    "必须告知救助政策，发求助卡",
    "必须给拒绝救助的人留下御寒物资",
    "必须当场登记，不补记",
)
DRIVEN = 23  # kilometres of a night
# one line of the joint-patrol roster for each team, and whose word it is that the week is made together
ALONG: tuple[dict[str, Any], ...] = (
    {
        "department": "police",
        "unit": "大十字派出所（演示）",
        "person": "王警官（演示）",
        "phone": "0855-0000011",
        "part": "night",
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
# team: login, who goes, number plate, kilometres of the vehicle
CREWS = {
    "凯里一队": ("team", "杨二、杨司机", "贵H·演示1", 51200),
    "凯里二队": ("team2", "姜三妹、陈志愿者", "", None),
}


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Walk the last two nights, and set out three quarters of an hour ago."""
    section = people["section"]
    with _as(section, at - timedelta(days=9)):
        services.load_checklist(actor=section, at=clock.now(), name="六必须（演示）", lines=MUSTS)
    teams = list(Team.objects.filter(name__in=CREWS).order_by("name"))
    turn = turn_begins(at)
    tonight = datetime.combine(clock.local(turn).date(), NIGHT, clock.LOCAL)
    nights = [tonight - timedelta(days=days) for days in (2, 1)]
    for team in teams:
        for begins in nights:
            _plan_shift(team, begins, at)
    routes = _published({nights[0]: teams, nights[1]: teams, turn: teams[:1]}, people)
    for route in routes:
        if route.leaves_at < turn:
            _walk(route, people)
        else:
            _set_out(route, people, at)


@contextmanager
def _as(actor: Actor, at: datetime) -> Iterator[None]:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        yield


def _plan_shift(team: Team, begins: datetime, at: datetime) -> None:
    if not Shift.objects.filter(team=team, starts_at=begins).exists():
        plan_shift(actor=SYSTEM, at=at, team=team, starts_at=begins, ends_at=begins + TURN)


def _published(
    turns: Mapping[datetime, Sequence[Team]], people: Mapping[str, Actor]
) -> list[PatrolRoute]:
    """The routes of some turns, in their weeks; a week before the plan was in force has none."""
    wanted: dict[date, dict[int, Sequence[Team]]] = defaultdict(dict)
    for begins, teams in turns.items():
        day = clock.local(begins).date()
        half = day.weekday() * 2 + (clock.local(begins).time() == NIGHT)
        wanted[halves.monday_of(day)][half] = teams
    for first_day, of_half in wanted.items():
        with suppress(services.NothingToPlan):
            _publish(first_day, of_half, people)
    found = PatrolRoute.objects.filter(week__first_day__in=wanted, week__division_code=COUNTY)
    return list(found.select_related("week", "team").order_by("leaves_at", "team__name"))


def _publish(
    first_day: date, of_half: Mapping[int, Sequence[Team]], people: Mapping[str, Actor]
) -> None:
    at = halves.week_begins(first_day) - timedelta(hours=12)
    dispatcher, leader = people["dispatcher"], people["leader"]
    with _as(leader, at):
        week = services.plan_week(actor=dispatcher, at=at, county=COUNTY, first_day=first_day)
        problem = problem_from(week.search.problem)
        known = KeyLocation.objects.filter(division_code__startswith=TOWN, closed_at=None)
        places = [str(row.public_id) for row in known.order_by("name")]
        routes: dict[Key, Sequence[str]] = {}
        keys = [(str(team.public_id), half) for half, teams in of_half.items() for team in teams]
        for number, key in enumerate(keys):
            begin = number * STOPS % max(1, len(places) - STOPS)
            if key in problem.shift_by_key:
                routes[key] = places[begin : begin + STOPS]
        services.keep_plan(week=week, problem=problem, plan=plan_of(problem, routes), at=at)
        week.refresh_from_db()
        _accompany(of_half, leader, at)
        for code, person in CONSENTS:
            services.consent(actor=dispatcher, at=at, week=week, department=code, person=person)
        services.approve(actor=leader, at=at, week=week, reason="白天队伍照常出巡，夜班下周再加")
        services.publish(actor=leader, at=at, week=week, reason="联合单位下周到位")


def _accompany(of_half: Mapping[int, Sequence[Team]], leader: Actor, at: datetime) -> None:
    """Police and city management go out with the first two teams, by the roster; entered once."""
    teams = {team.name: team for teams in of_half.values() for team in teams}
    for (_name, team), said in zip(sorted(teams.items()), ALONG, strict=False):
        if not JointPartner.objects.filter(team=team).exists():
            services.add_partner(
                actor=leader,
                at=at,
                team=team,
                said=services.Partner(**said, from_day=clock.local(at).date()),
            )


def _begin(route: PatrolRoute, actor: Actor, at: datetime) -> PatrolRun:
    _login, crew, vehicle, km_out = CREWS[route.team.name]
    with _as(actor, at):
        before = PatrolRun.objects.filter(team=route.team, km_in__isnull=False).order_by("ended_at")
        last = before.last()
        km_out = last.km_in if last else km_out
        return services.begin_run(
            actor=actor, at=at, route=route, crew=crew, vehicle=vehicle, km_out=km_out
        )


def _walk(route: PatrolRoute, people: Mapping[str, Actor]) -> None:
    """A whole night: mostly nobody, somebody met once, one stop left out, one looked at too short."""
    actor = people[CREWS[route.team.name][0]]
    run = _begin(route, actor, route.leaves_at)
    is_second = route.team.name != "凯里一队"
    at = route.leaves_at
    for number, visit in enumerate(PatrolVisit.objects.filter(run=run).order_by("number")):
        at = max(at, visit.planned_at or at) + timedelta(minutes=3 + number)
        if is_second and number == 1:
            _pass_by(visit, actor, at)
            continue
        stay = timedelta(seconds=25) if number == 2 else timedelta(minutes=5 + number)
        _stop(visit, actor, at, stay, count=int(number == 1))
        at += stay
    _finish(run, actor, at + timedelta(minutes=20))


def _stop(
    visit: PatrolVisit, actor: Actor, at: datetime, stay: timedelta, *, count: int = 0
) -> None:
    told = Told((visit.lat or 0) + 0.0003, visit.lon, 15)
    with _as(actor, at):
        services.arrive(actor=actor, at=at, visit=visit, told=told)
    with _as(actor, at + stay):
        if count:
            services.met_people(
                actor=actor, at=at + stay, visit=visit, count=count, note="坐着等早班车，不需要帮助"
            )
        else:
            services.nobody_here(actor=actor, at=at + stay, visit=visit, note="只有纸板")


def _pass_by(visit: PatrolVisit, actor: Actor, at: datetime) -> None:
    with _as(actor, at):
        services.pass_by(actor=actor, at=at, visit=visit, reason="路面结冰，绕行来不及")


def _finish(run: PatrolRun, actor: Actor, at: datetime) -> None:
    checks = [
        Check(text, is_done=number != 1, remark="" if number != 1 else "一支手电没电")
        for number, text in enumerate(MUSTS)
    ]
    with _as(actor, at):
        services.finish_run(
            actor=actor,
            at=at,
            run=run,
            checks=checks,
            km_in=run.km_out + DRIVEN if run.km_out is not None else None,
        )


def _set_out(route: PatrolRoute, people: Mapping[str, Actor], now: datetime) -> None:
    """The first team is out since a while, whenever the demo is made: one stop done, one next."""
    actor = people[CREWS[route.team.name][0]]
    leaves = now - OUT_SINCE
    by = leaves - route.leaves_at
    PatrolStop.objects.filter(route=route).update(
        arrives_at=F("arrives_at") + by, leaves_at=F("leaves_at") + by
    )
    route.leaves_at, route.back_at = leaves, leaves + OUT_FOR
    route.save(update_fields=["leaves_at", "back_at"])
    run = _begin(route, actor, leaves)
    first = PatrolVisit.objects.filter(run=run).order_by("number").first()
    if first is not None:
        _stop(first, actor, now - timedelta(minutes=30), timedelta(minutes=6))
