"""What every write of the register shares: the lock, the journal line, the copy of a route."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal, late, live
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Team
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import DutyClosed, complete_duty
from nuantu.patrols.models import PatrolRoute, PatrolRun, PatrolVisit
from nuantu.patrols.models.routes import PatrolStop
from nuantu.patrols.rules.register import JUMP, Fix, doubts_on_arrival
from nuantu.patrols.selectors.register import limits_of
from nuantu.places.rules.told import Told

KIND = "patrol_run"
ALARM = "patrol.no_word"
State = PatrolRun.State


class RunRefused(Refusal):
    """The run is not at a point where this can be done."""


def held_run(run: PatrolRun) -> PatrolRun:
    """The run as it stands now, locked until the transaction ends."""
    return PatrolRun.objects.select_for_update(of=("self",)).select_related("team").get(pk=run.pk)


def told_of_run(run: PatrolRun, verb: str, actor: Actor, at: datetime, summary: str,
                changes: Mapping[str, Any] | None = None, basis: str = "") -> None:  # fmt: skip
    """Write the journal line of a deed and tell open pages; the team's name begins the line."""
    journal.record(
        verb=f"patrols.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject(KIND, run.public_id)],
        division_code=run.division_code,
        owner_org=run.owner_org,
        summary=f"{run.team.name}{summary}",
        basis=basis,
        changes=dict(changes or {}),
    )
    live.hint("patrols", run.division_code, run.owner_org)


def copy_of(route: PatrolRoute, at: datetime) -> PatrolRun:
    """The run of a route with its stops, not begun; the one that is there already stays.

    Both keep the ids of the plan, by which a phone without signal names them before it has begun.
    """
    team: Team = route.team
    run = PatrolRun(
        public_id=route.public_id,
        division_code=route.week.division_code,
        owner_org=team.organisation_id,
        recorded_at=at,
        team=team,
        week_id=route.week.public_id,
        first_day=route.week.first_day,
        half=route.half,
        planned_since=route.leaves_at,
        planned_until=route.back_at,
        level=route.week.level,
    )
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:
        return run_of(route)
    PatrolVisit.objects.bulk_create(_visits(run, route))
    return run


def copy_anew(run: PatrolRun, route: PatrolRoute) -> None:
    """Let a run that was entered because nobody walked it hold the route as it is published now."""
    stops = _visits(run, route)
    kept = list(run.visits.values_list("public_id", "key_location_id", "planned_at", "is_promised"))
    if kept == [
        (stop.public_id, stop.key_location_id, stop.planned_at, stop.is_promised) for stop in stops
    ]:
        return
    run.visits.all().delete()
    PatrolVisit.objects.bulk_create(stops)
    run.week_id, run.level = route.week.public_id, route.week.level
    run.planned_since, run.planned_until = route.leaves_at, route.back_at


def _visits(run: PatrolRun, route: PatrolRoute) -> list[PatrolVisit]:
    stops = PatrolStop.objects.filter(route=route).select_related("key_location").order_by("number")
    return [visit_of(run, number, stop) for number, stop in enumerate(stops, 1)]


def run_of(route: PatrolRoute) -> PatrolRun:
    """The run of a route's team in its half. Raises PatrolRun.DoesNotExist."""
    return PatrolRun.objects.select_related("team").get(
        team=route.team, first_day=route.week.first_day, half=route.half
    )


def visit_of(run: PatrolRun, number: int, stop: PatrolStop) -> PatrolVisit:
    """A stop of the plan as a stop of a run, still to come."""
    lat, lon = stop.point
    return PatrolVisit(
        public_id=stop.public_id,
        run=run,
        number=number,
        key_location=stop.key_location,
        spot_id=stop.spot_id,
        place=stop.name[:200],
        lat=lat,
        lon=lon,
        planned_at=stop.arrives_at,
        is_promised=stop.is_promised,
    )


def heard(run: PatrolRun, actor: Actor, at: datetime) -> None:
    """A sign of life: the clock of silence begins anew, and whoever looked for the team may stop.

    What a phone tells hours late is one of that moment: a team that is still silent is looked for.
    """
    if run.heard_at is None or at > run.heard_at:
        run.heard_at = at
        run.save(update_fields=["heard_at"])
    if run.alarm_id is None:
        return
    silence = rules_at(run.division_code, at).need("patrol.silence").number
    if late.recorded_at(at) <= at + timedelta(minutes=silence):
        end_alarm(run, actor, at, "队伍已有回音")


def end_alarm(run: PatrolRun, actor: Actor, at: datetime, why: str) -> None:
    """Whoever was asked to look for the team may stop, for the reason given."""
    if run.alarm_id is None:
        return
    duty = Duty.objects.filter(public_id=run.alarm_id, state=Duty.State.OPEN).first()
    run.alarm_id = None
    run.save(update_fields=["alarm_id"])
    if duty is None:
        return
    try:
        done_at = max(at, duty.opened_at)
        complete_duty(actor=actor, at=done_at, duty=duty, note=why, evidence=run.public_id)
    except DutyClosed:
        return


def doubts_at(run: PatrolRun, at: datetime, told: Told, off_metres: int | None) -> list[str]:
    """What makes an arrival of a run implausible, by what its phone says now."""
    return doubts_on_arrival(
        Fix(at, told.point) if told.point else None,
        _last_fix(run),
        off_metres,
        told.accuracy_metres if told.point else None,
        limits_of(run.division_code, at),
    )


def _last_fix(run: PatrolRun) -> Fix | None:
    """Where the team last was, by its phone, as far as that was believed."""
    rows = run.visits.filter(told_lat__isnull=False, arrived_at__isnull=False)
    for row in rows.order_by("-arrived_at"):
        if JUMP not in row.doubts and row.told_lat is not None and row.told_lon is not None:
            moment = row.left_at or row.arrived_at
            return Fix(moment, (row.told_lat, row.told_lon)) if moment else None
    return None


def must_be_under_way(run: PatrolRun) -> None:
    """Raises RunRefused where the team is not out."""
    if run.state != State.UNDER_WAY:
        raise RunRefused(_("这次巡查没有在进行。请刷新后再看。"))
