"""A team goes out and reports back: begin, add a stop, say that all is well, finish, break off."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from nuantu.core import events, scope
from nuantu.core.actors import Actor
from nuantu.core.ids import new_id
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import PatrolCheck, PatrolRoute, PatrolRun, PatrolVisit, PatrolWeek
from nuantu.patrols.rules.register import Check, unanswered
from nuantu.patrols.selectors.register import checklist_of
from nuantu.patrols.services.reaching import tell_of_visits
from nuantu.patrols.services.register_rows import (
    RunRefused,
    State,
    copy_anew,
    copy_of,
    doubts_at,
    end_alarm,
    heard,
    held_run,
    must_be_under_way,
    told_of_run,
)
from nuantu.places.rules.told import SILENT, Told

Visit = PatrolVisit.State
COPY = "a team takes along the route that was published to it"


def begin_run(
    *,
    actor: Actor,
    at: datetime,
    route: PatrolRoute,
    crew: str,
    vehicle: str = "",
    km_out: int | None = None,
) -> PatrolRun:
    """Set out on a published route with its crew and vehicle; pressed twice it is one run.

    Raises RunRefused for a route that is not published, too early (parameter patrol.early), past the
    hour it was to be back, broken off already, or while another run of the team is under way.
    """
    early = rules_at(route.week.division_code, at).need("patrol.early").number
    if route.week.state != PatrolWeek.State.PUBLISHED:
        raise RunRefused(_("这条路线的周计划没有下发，请问站里。"))
    if at < route.leaves_at - timedelta(minutes=early):
        raise RunRefused(_("还没有到出巡的时间。"))
    if at >= route.back_at:
        raise RunRefused(_("这条路线的时间已经过了，请站里中止或改派。"))
    with transaction.atomic(), scope.system(COPY):
        run = held_run(copy_of(route, at))
        if run.state == State.UNDER_WAY:
            return run
        if run.state != State.NOT_BEGUN:
            raise RunRefused(_("这次巡查已经结束。"))
        if PatrolRun.objects.filter(team=run.team, state=State.UNDER_WAY).exists():
            raise RunRefused(_("这支队伍还有一次巡查没有收队，请先收队。"))
        copy_anew(run, route)
        checklist = checklist_of(run.division_code)
        run.state, run.begun_at, run.begun_by = State.UNDER_WAY, at, actor.name
        run.crew, run.vehicle, run.km_out = crew.strip()[:300], vehicle.strip()[:20], km_out
        run.checklist_name = checklist.name if checklist else ""
        run.save()
        PatrolCheck.objects.bulk_create(
            PatrolCheck(run=run, number=number, text=text)
            for number, text in enumerate(checklist.lines if checklist else (), 1)
        )
        heard(run, actor, at)
        told_of_run(run, "run.begin", actor, at, "出巡", {"vehicle": run.vehicle, "km_out": km_out})
        events.announce("patrols.run_begun", run=str(run.public_id))
    return run


def add_stop(
    *,
    actor: Actor,
    at: datetime,
    run: PatrolRun,
    place: str,
    told: Told = SILENT,
    public_id: UUID | None = None,
) -> PatrolVisit:
    """A stop that no plan foresaw, where the team is now; pressed twice it is one.

    A phone without signal names it by an id of its own. Raises RunRefused.
    """
    if not place.strip():
        raise RunRefused(_("请写明是哪里。"), field="place")
    lat, lon = told.point or (None, None)
    with transaction.atomic():
        run = held_run(run)
        must_be_under_way(run)
        same = run.visits.filter(planned_at=None).filter(
            Q(public_id=public_id)
            if public_id
            else Q(state=Visit.ARRIVED, place=place.strip()[:200])
        )
        if (pressed := same.first()) is not None:
            return pressed
        last = run.visits.aggregate(last=Max("number"))["last"] or 0
        doubts = doubts_at(run, at, told, None)
        visit = PatrolVisit.objects.create(
            public_id=public_id or new_id(),
            run=run,
            number=last + 1,
            place=place.strip()[:200],
            lat=lat,
            lon=lon,
            state=Visit.ARRIVED,
            arrived_at=at,
            told_lat=lat,
            told_lon=lon,
            told_accuracy_metres=told.accuracy_metres,
            recorded_by=actor.name,
            doubts=doubts,
        )
        heard(run, actor, at)
        told_of_run(run, "visit.add", actor, at, "增加一站", {"location": visit.place})
    return visit


def all_well(*, actor: Actor, at: datetime, run: PatrolRun) -> PatrolRun:
    """The team says that it is well. Raises RunRefused where it is not out."""
    with transaction.atomic():
        run = held_run(run)
        must_be_under_way(run)
        heard(run, actor, at)
        told_of_run(run, "run.all_well", actor, at, "报平安")
    return run


def finish_run(
    *,
    actor: Actor,
    at: datetime,
    run: PatrolRun,
    checks: Sequence[Check] = (),
    skip_reason: str = "",
    km_in: int | None = None,
    note: str = "",
) -> PatrolRun:
    """Report back. What was not visited gets the one reason; each line of the checklist is answered.

    Raises RunRefused, with the field to mend, while a stop waits for its result, a reason or an
    answer lacks, or the kilometres run backwards.
    """
    with transaction.atomic():
        run = held_run(run)
        must_be_under_way(run)
        left = _what_is_left(run, skip_reason)
        skipped = list(run.visits.filter(pk__in=left).exclude(spot_id=None))
        _check_answers(run, checks, km_in)
        run.visits.filter(pk__in=left).update(
            state=Visit.SKIPPED, reason=skip_reason.strip()[:300], recorded_by=actor.name
        )
        for row, check in zip(run.checks.all(), checks, strict=True):
            row.is_done, row.remark = check.is_done, check.remark.strip()[:200]
            row.save(update_fields=["is_done", "remark"])
        run.state, run.ended_at, run.ended_by = State.FINISHED, at, actor.name
        run.km_in, run.note = km_in, _joined(run.note, note)
        run.save()
        heard(run, actor, at)
        told_of_run(run, "run.finish", actor, at, "收队", _figures(run))
        tell_of_visits(actor=actor, at=at, visits=skipped, why=skip_reason.strip())
        events.announce("patrols.run_ended", run=str(run.public_id))
    return run


def hand_over(*, actor: Actor, at: datetime, run: PatrolRun, to: str, note: str = "") -> PatrolRun:
    """Tell whoever comes next what he must know, and who that is; told twice it is one.

    Raises RunRefused without a name, and for a run that never began.
    """
    if not to.strip():
        raise RunRefused(_("请写明交给谁。"), field="to")
    words = "：".join(part.strip() for part in (f"交接给{to.strip()}", note) if part.strip())
    with transaction.atomic():
        run = held_run(run)
        if run.begun_at is None:
            raise RunRefused(_("这次巡查没有出巡。"))
        if words in run.note:
            return run
        run.note = _joined(run.note, words)
        run.save(update_fields=["note"])
        if run.is_under_way:
            heard(run, actor, at)
        told_of_run(run, "run.hand_over", actor, at, "交接", {"to": to.strip(), "note": note})
    return run


def _joined(*parts: str) -> str:
    return "；".join(part.strip() for part in parts if part.strip())[:500]


def break_off(*, actor: Actor, at: datetime, run: PatrolRun, reason: str) -> PatrolRun:
    """End a run that was not walked or not to its end, from the desk. Raises RunRefused.

    It is no sign of life of the team: whoever looks for it stops for the reason that the desk gives.
    A stop where somebody was met stays one.
    """
    if not reason.strip():
        raise RunRefused(_("请写明原因。"), field="reason")
    with transaction.atomic():
        run = held_run(run)
        if run.state not in (State.NOT_BEGUN, State.UNDER_WAY):
            raise RunRefused(_("这次巡查已经结束。"))
        run.visits.filter(state=Visit.ARRIVED, people_count__gt=0).update(
            state=Visit.MET, left_at=Greatest(F("arrived_at"), Value(at))
        )
        open_ones = run.visits.filter(state__in=[Visit.PLANNED, Visit.ARRIVED])
        open_ones.update(state=Visit.SKIPPED, reason=reason.strip()[:300], recorded_by=actor.name)
        run.state, run.ended_at, run.ended_by = State.BROKEN_OFF, at, actor.name
        run.reason = reason.strip()[:300]
        run.save()
        end_alarm(run, actor, at, f"巡查中止：{run.reason}"[:200])
        told_of_run(run, "run.break_off", actor, at, "巡查中止", {"reason": run.reason})
        spots = run.visits.exclude(spot_id=None)
        tell_of_visits(actor=actor, at=at, visits=spots, why=f"巡查中止：{run.reason}")
        events.announce("patrols.run_ended", run=str(run.public_id))
    return run


def _what_is_left(run: PatrolRun, skip_reason: str) -> list[int]:
    if run.visits.filter(state=Visit.ARRIVED).exists():
        raise RunRefused(_("有一站到了还没有登记结果，请先登记。"))
    left = list(run.visits.filter(state=Visit.PLANNED).values_list("pk", flat=True))
    if left and not skip_reason.strip():
        raise RunRefused(
            _("还有 %(n)s 站没有去，请写明原因。") % {"n": len(left)}, field="skip_reason"
        )
    return left


def _check_answers(run: PatrolRun, checks: Sequence[Check], km_in: int | None) -> None:
    texts = list(run.checks.values_list("text", flat=True))
    if texts != [check.text for check in checks]:
        raise RunRefused(_("请逐条回答巡查清单。"), field="checks")
    if missing := unanswered(checks):
        raise RunRefused(
            _("“%(line)s”没有做到的，请写明原因。") % {"line": missing[0]}, field="checks"
        )
    if km_in is not None and run.km_out is None:
        raise RunRefused(_("出巡时没有登记里程，收队里程请留空。"), field="km_in")
    if km_in is not None and run.km_out is not None and km_in < run.km_out:
        raise RunRefused(_("收队里程不能小于出巡里程 %(km)s。") % {"km": run.km_out}, field="km_in")


def _figures(run: PatrolRun) -> dict[str, int]:
    states = list(run.visits.values_list("state", "people_count"))
    return {
        "visited": sum(state in (Visit.NOBODY, Visit.MET) for state, _people in states),
        "skipped": sum(state == Visit.SKIPPED for state, _people in states),
        "people": sum(people for _state, people in states),
    }
