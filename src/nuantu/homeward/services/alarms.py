"""Alarms: written once for each event, told when they are due, answered by a human."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import live, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.reports import Report
from nuantu.dispatch.services import take_tip
from nuantu.homeward.models import Alarm, AlarmKind, Outcome, Wearer
from nuantu.homeward.rules.watching import AGAIN, BEGAN, CALLS, ENDED, URGENT, Change, due_at, look
from nuantu.homeward.selectors.watched import Watched, quiet_span, watched
from nuantu.homeward.services.lines import ALARM, HomewardRefused, note
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, complete_duty, open_duty

DUTY: Final = "wristband.alarm"
AT_ONCE: Final = 500
WHY: Final = "the state of a wearer is looked after, whoever looks"
TITLES: Final = {
    AlarmKind.SOS: ("处理手环告警：本人呼救", "Answer a wristband alarm: call for help"),
    AlarmKind.FALL: ("处理手环告警：跌倒", "Answer a wristband alarm: fall"),
    AlarmKind.OUTSIDE: ("处理手环告警：不在围栏内", "Answer a wristband alarm: outside the fence"),
    AlarmKind.REMOVED: ("处理手环告警：手环被摘下", "Answer a wristband alarm: taken off"),
    AlarmKind.SILENT: (
        "处理手环告警：长时间没有信号",
        "Answer a wristband alarm: no signal for long",
    ),
    AlarmKind.LOW_BATTERY: ("处理手环告警：电量低", "Answer a wristband alarm: low battery"),
    AlarmKind.STILL: (
        "处理手环告警：长时间没有移动",
        "Answer a wristband alarm: no movement for long",
    ),
    AlarmKind.CLOCK: (
        "处理手环告警：手环时钟差8小时",
        "Answer a wristband alarm: clock eight hours off",
    ),
}


def apply_changes(changes: Iterable[tuple[Watched, Change]], *, at: datetime) -> None:
    """Write what began, goes on and ended; what began and ended in one delivery is one alarm with its end."""
    begun: dict[tuple[int, str, datetime], Alarm] = {}
    for one, change in changes:
        name = (one.pk, change.kind, change.began_at)
        if change.what == BEGAN:
            begun[name] = _alarm(one, change, at)
        elif name in begun:
            _go_on(begun[name], change)
        else:
            _go_on_row(one, change, at)
    if begun:
        Alarm.objects.bulk_create(begun.values(), ignore_conflicts=True)


def _alarm(one: Watched, change: Change, at: datetime) -> Alarm:
    return Alarm(
        wearer_id=one.pk,
        case_id=one.case_id,
        division_code=one.division_code,
        owner_org=one.owner_org,
        recorded_at=at,
        kind=change.kind,
        began_at=change.began_at,
        last_at=change.at,
        ended_at=change.at if change.kind in CALLS else None,
        told_at=at,
        due_at=due_at(change.kind, at, quiet_span(one.quiet, at)),
    )


def _go_on(alarm: Alarm, change: Change) -> None:
    alarm.last_at = max(alarm.last_at, change.at)
    if change.what == ENDED or alarm.kind in CALLS:
        alarm.ended_at = alarm.last_at


def _go_on_row(one: Watched, change: Change, at: datetime) -> None:
    row = Alarm.objects.filter(wearer=one.pk, kind=change.kind, began_at=change.began_at)
    for alarm in row.select_for_update():
        is_news = change.at > alarm.last_at
        _go_on(alarm, change)
        alarm.save(update_fields=["last_at", "ended_at"])
        if change.what == ENDED:
            _pass(alarm, at)
        elif change.what == AGAIN and is_news and alarm.answered_at is not None:
            _call_again(alarm, at)


def _call_again(alarm: Alarm, at: datetime) -> None:
    """Somebody calls again after he was answered: the answer did not hold, and he waits again."""
    alarm.outcome, alarm.answered_at, alarm.released_at, alarm.due_at = "", None, None, at
    alarm.save(update_fields=["outcome", "answered_at", "released_at", "due_at"])


def _pass(alarm: Alarm, at: datetime) -> None:
    """What is not urgent and over by itself needs nobody any more."""
    if alarm.kind in URGENT or alarm.answered_at is not None:
        return
    alarm.outcome, alarm.answered_at, alarm.answered_by = Outcome.PASSED, at, SYSTEM.name
    alarm.released_at = alarm.released_at or at
    alarm.save(update_fields=["outcome", "answered_at", "answered_by", "released_at"])
    for duty in _owed(alarm):
        cancel_duty(actor=SYSTEM, at=at, duty=duty, reason="已自行恢复")


def end_open(*, wearer: Wearer, at: datetime) -> None:
    """Nothing tells of him any more, or nobody may judge it: what lasts is over. What is urgent still waits for an
    answer."""
    for alarm in Alarm.objects.select_for_update().filter(wearer=wearer, ended_at=None):
        alarm.ended_at = alarm.last_at = max(at, alarm.last_at)
        alarm.save(update_fields=["last_at", "ended_at"])
        _pass(alarm, at)


def void(*, wearer: Wearer, since: datetime, actor: Actor, at: datetime) -> None:
    """What a wristband said that was on somebody else needs nobody any more."""
    told = Alarm.objects.select_for_update().filter(
        wearer=wearer, answered_at=None, told_at__gte=since
    )
    for alarm in told:
        alarm.outcome, alarm.answered_at, alarm.answered_by = Outcome.VOID, at, actor.name
        alarm.released_at = alarm.released_at or at
        alarm.save(update_fields=["outcome", "answered_at", "answered_by", "released_at"])
        for duty in _owed(alarm):
            cancel_duty(actor=actor, at=at, duty=duty, reason="手环戴错人")


def release(*, at: datetime, wearers: Sequence[int] | None = None) -> int:
    """Tell of the alarms that are due: each becomes a duty of its station, once; how many. May run twice."""
    due = Alarm.objects.filter(released_at=None, due_at__lte=at)
    if wearers is not None:
        due = due.filter(wearer__in=wearers)
    rows = list(due.select_for_update().order_by("due_at", "pk")[:AT_ONCE])
    for alarm in rows:
        alarm.released_at = at
        alarm.save(update_fields=["released_at"])
        if alarm.ended_at is not None and alarm.kind not in URGENT:
            _pass(alarm, at)
        else:
            _owe(alarm, at)
    return len(rows)


def _owe(alarm: Alarm, at: datetime) -> None:
    rule = "wristband.answer_urgent" if alarm.kind in URGENT else "wristband.answer"
    ruling = rules_at(alarm.division_code, at).need(rule)
    chinese, english = TITLES[AlarmKind(alarm.kind)]
    open_duty(
        actor=SYSTEM,
        at=at,
        kind=DUTY,
        title=chinese,
        title_en=english,
        subject=Subject(ALARM, alarm.public_id),
        owner_org=alarm.owner_org,
        division_code=alarm.division_code,
        case_id=alarm.case_id,
        due_at=at + timedelta(minutes=int(ruling.number)),
        basis=ruling.source[:200],
    )
    live.hint("alarms", alarm.division_code, alarm.owner_org)


def _owed(alarm: Alarm) -> list[Duty]:
    owed = Duty.objects.filter(subject_kind=ALARM, subject_id=alarm.public_id)
    return list(owed.filter(state=Duty.State.OPEN))


def answer_alarm(*, actor: Actor, at: datetime, alarm: Alarm, outcome: str, answer: str) -> Alarm:
    """Say what was found; of two who answer at once one is told. Raises HomewardRefused."""
    if outcome not in (Outcome.HELPED, Outcome.FALSE_ALARM, Outcome.MENDED):
        raise HomewardRefused(_("请选处理结果。"), field="outcome")
    if not answer.strip():
        raise HomewardRefused(_("请写怎样核实的，例如“电话联系家属，人在家”。"), field="answer")
    return _answered(actor, at, alarm, outcome, answer)


def send_team(*, actor: Actor, at: datetime, alarm: Alarm, report: Report) -> Tip:
    """Make a tip of an alarm, so that a team is sent through the dispatch board. Raises HomewardRefused and
    whatever refuses the tip."""
    with transaction.atomic():
        taken = take_tip(actor=actor, at=at, report=report)
        _answered(actor, at, alarm, Outcome.DISPATCHED, "", tip=taken.tip)
    return taken.tip


def _answered(
    actor: Actor, at: datetime, alarm: Alarm, outcome: str, answer: str, tip: Tip | None = None
) -> Alarm:
    with transaction.atomic():
        held = Alarm.objects.select_for_update().get(pk=alarm.pk)
        if held.answered_at is not None:
            raise HomewardRefused(_("这条告警已经处理过了。"))
        held.outcome, held.answered_at, held.answered_by = outcome, at, actor.name
        held.released_at = held.released_at or at
        held.tip_id = tip.public_id if tip else None
        vars(held)["answer"] = answer.strip()
        held.save()
        for duty in _owed(held):
            complete_duty(actor=actor, at=at, duty=duty, evidence=held.public_id)
        said, kind = stored(Outcome(outcome).label), stored(AlarmKind(held.kind).label)
        note(
            held.wearer,
            "wearer.answer",
            actor=actor,
            at=at,
            summary=f"处理告警（{kind}）：{said}",
            changes={"kind": held.kind, "outcome": outcome},
        )
        live.hint("alarms", held.division_code, held.owner_org)
    return held


def look_after(*, at: datetime, wearers: Sequence[int]) -> int:
    """Look at wearers of whom nothing is told: silence, hours of fences that begin; how many changes."""
    count = 0
    for start in range(0, len(wearers), AT_ONCE):
        with scope.system(WHY), transaction.atomic():
            found = watched(sorted(wearers[start : start + AT_ONCE]), at)
            changes = []
            for one in found.values():
                if one.may_locate:
                    one.state, more = look(one.state, at, one.watch)
                    changes += [(one, change) for change in more]
            apply_changes(changes, at=at)
            count += len(changes)
    return count
