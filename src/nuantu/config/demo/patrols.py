"""The demo's register of patrols: every night of the week until now was walked, and a patrol is out.

The week is planned by the search (`weeks`); everything goes through the real services at its own moment.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F

from nuantu.config.demo import weeks
from nuantu.config.demo.portraits import scene
from nuantu.config.demo.season import turn_begins
from nuantu.config.demo.weeks import acting
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.operations.models import Team
from nuantu.patrols import services
from nuantu.patrols.models import PatrolRoute, PatrolRun, PatrolStop, PatrolVisit
from nuantu.patrols.rules.gpx import Mark, gpx
from nuantu.patrols.rules.register import Check
from nuantu.places.rules.told import Told

OUT_SINCE, OUT_FOR = timedelta(minutes=45), timedelta(hours=4)
WALKING = timedelta(hours=2)  # what a team may be behind its plan
PHOTO_EVERY, QUICK, ICY = 4, 2, 3  # stops of a night
BASE = (26.5835, 107.9782)
MUSTS = (
    "必须两人以上同行",
    "必须穿反光衣、带手电",
    "必须到点、见现场，不远看",
    "必须告知救助政策，发求助卡",
    "必须给拒绝救助的人留下御寒物资",
    "必须当场登记，不补记",
)
DRIVEN = 23  # kilometres of a night
# team: login, who goes, number plate, kilometres of the vehicle
CREWS = {
    "凯里一队": ("team", "杨二、杨司机", "贵H·演示1", 51200),
    "凯里二队": ("team2", "姜三妹、陈志愿者", "", None),
}


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Walk what was due until now, and set out three quarters of an hour ago."""
    section = people["section"]
    with acting(section, at - timedelta(days=16)):
        services.load_checklist(actor=section, at=clock.now(), name="六必须（演示）", lines=MUSTS)
    teams = list(Team.objects.filter(name__in=CREWS).order_by("name"))
    turn = turn_begins(at)
    routes = weeks.publish_weeks(
        [turn - timedelta(days=2), turn], teams, teams[0], people["dispatcher"], people["leader"]
    )
    icy = next((route for route in routes if route.stops.count() > ICY), None)
    for route in routes:
        is_now = weeks.half_of(turn) == (route.week.first_day, route.half)
        if is_now and (route.team == teams[0] or route.leaves_at <= at < route.back_at + WALKING):
            _set_out(route, people, at)
        elif route.leaves_at < at:
            _walk(route, people, is_icy=route == icy)


def _begin(route: PatrolRoute, actor: Actor, at: datetime) -> PatrolRun:
    _login, crew, vehicle, km_out = CREWS[route.team.name]
    with acting(actor, at):
        before = PatrolRun.objects.filter(team=route.team, km_in__isnull=False).order_by("ended_at")
        last = before.last()
        km_out = last.km_in if last else km_out
        return services.begin_run(
            actor=actor, at=at, route=route, crew=crew, vehicle=vehicle, km_out=km_out
        )


def _walk(route: PatrolRoute, people: Mapping[str, Actor], *, is_icy: bool) -> None:
    """A whole night: mostly nobody, somebody met now and then, one stop looked at too short; on ice
    one stop is left out."""
    actor = people[CREWS[route.team.name][0]]
    run = _begin(route, actor, route.leaves_at)
    at = route.leaves_at
    marks = [Mark(*BASE, at)]
    for number, visit in enumerate(PatrolVisit.objects.filter(run=run).order_by("number")):
        at = max(at, visit.planned_at or at) + timedelta(minutes=2 + number % 3)
        if is_icy and number == ICY:
            _pass_by(visit, actor, at)
            continue
        stay = timedelta(seconds=25) if number == QUICK else timedelta(minutes=5 + number % 4)
        _stop(visit, actor, at, stay, count=number % 7 == 1)
        marks.append(Mark(visit.lat or 0.0, visit.lon or 0.0, at))
        at += stay
    at += timedelta(minutes=20)
    _load_track(run, actor, at, [*marks, Mark(*BASE, at)])
    _finish(run, actor, at)


def _load_track(run: PatrolRun, actor: Actor, at: datetime, marks: Sequence[Mark]) -> None:
    """What the device of the vehicle recorded; teams without one bring none."""
    if not run.vehicle:
        return
    text = gpx(run.team.name, (), (), marks)
    upload = SimpleUploadedFile(f"{run.first_day:%m%d}-{run.half}.gpx", text.encode())
    with acting(actor, at):
        services.load_track(actor=actor, at=at, run=run, upload=upload)


def _stop(
    visit: PatrolVisit, actor: Actor, at: datetime, stay: timedelta, *, count: int = 0
) -> None:
    told = Told((visit.lat or 0) + 0.0003, visit.lon, 15)
    with acting(actor, at):
        services.arrive(actor=actor, at=at, visit=visit, told=told)
        if count or visit.number % PHOTO_EVERY == 1:
            picture = scene(visit.number, clock.local(at))
            services.add_photo(actor=actor, at=at, visit=visit, upload=picture)
    with acting(actor, at + stay):
        if count:
            services.met_people(
                actor=actor, at=at + stay, visit=visit, count=count, note="坐着等早班车，不需要帮助"
            )
        else:
            services.nobody_here(actor=actor, at=at + stay, visit=visit, note="只有纸板")


def _pass_by(visit: PatrolVisit, actor: Actor, at: datetime) -> None:
    with acting(actor, at):
        services.pass_by(actor=actor, at=at, visit=visit, reason="路面结冰，绕行来不及")


def _finish(run: PatrolRun, actor: Actor, at: datetime) -> None:
    checks = [
        Check(text, is_done=number != 1, remark="" if number != 1 else "一支手电没电")
        for number, text in enumerate(MUSTS)
    ]
    with acting(actor, at):
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
    route.leaves_at, route.back_at = leaves, max(leaves + OUT_FOR, route.back_at + by)
    route.save(update_fields=["leaves_at", "back_at"])
    run = _begin(route, actor, leaves)
    first = PatrolVisit.objects.filter(run=run).order_by("number").first()
    if first is not None:
        _stop(first, actor, now - timedelta(minutes=30), timedelta(minutes=6))
