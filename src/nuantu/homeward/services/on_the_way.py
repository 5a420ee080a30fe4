"""On the way home: setting out, what happens, arriving; and the alarm of who is not heard of."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from nuantu.core import events, live
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.sentences import stored
from nuantu.core.together import together
from nuantu.dispatch.rules.reports import Report
from nuantu.dispatch.services import take_tip
from nuantu.homeward.models.return_choices import Event, Heard, State, Ticket
from nuantu.homeward.models.returns import ReturnLine, ReturnPlan
from nuantu.homeward.rules.returning import SELF, WITH_SHEET, is_too_far, shut
from nuantu.homeward.selectors.gates import gates_of, words_of
from nuantu.homeward.selectors.sheets import is_signed_by_both
from nuantu.homeward.services import return_route, returns
from nuantu.homeward.services.lines import HomewardRefused
from nuantu.homeward.services.returns import ALARM, AWAIT, NEXT, SHEET, keep, owe, owed, say
from nuantu.operations.models import Duty
from nuantu.operations.selectors import leader_on_duty, rules_at
from nuantu.operations.services import complete_duty
from nuantu.stays.models import Stay

# what happens on the way, as far as somebody writes it down
TOLD: Final = (
    Event.WELL,
    Event.ILL,
    Event.RAN_AWAY,
    Event.WRONG_ADDRESS,
    Event.NO_FAMILY,
    Event.FOUND,
)
ASKS: Final = {
    Event.ILL: ("途中患病：联系就近医院和救助站，定下一步", "Ill on the way: reach a hospital and the station there"),
    Event.RAN_AWAY: ("途中走失：报警、派人寻找、告诉家属", "Ran away on the way: police, search, tell the family"),
    Event.WRONG_ADDRESS: ("地址不对：当地公安核对住址，先到当地救助站", "Wrong address: police check it, the station there takes him"),
    Event.NO_FAMILY: ("家属没有到站：联系家属，联系不上送当地救助站", "Nobody of the family came: call them, else the station there takes him"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened on the way; `place` and `told_police` are needed of who ran away."""

    event: str
    happened_at: datetime
    words: str = ""
    place: str = ""
    told_police: str = ""
    is_tip: bool = False


def depart(
    *, actor: Actor, at: datetime, plan: ReturnPlan, departed_at: datetime, expected_at: datetime | None = None
) -> ReturnPlan:  # fmt: skip
    """He sets out: every gate is open, he was seen out of the station, tickets are in hand.

    From now on his arrival is awaited, and with an escort the sheet signed by both. Raises HomewardRefused.
    """
    if departed_at > at:
        raise HomewardRefused(_("出发时间不能在以后。"), field="departed_at")
    with together():
        held = returns.planned(plan)
        return_route.check_begun(held, departed_at, field="departed_at")
        closed = shut(gates_of(held, at))
        if closed:
            why = str(_("；")).join(words_of(gate, held.division_code, at) for gate in closed)
            raise HomewardRefused(_("还不能出发：%(why)s") % {"why": why})
        if Stay.objects.filter(case_id=held.case_id, left_at=None).exists():
            raise HomewardRefused(_("先在“在站”办理离站，物品和各项核对都在那里。"))
        legs = held.legs.filter(dropped_at=None)
        if held.way == SELF and legs.exclude(ticket=Ticket.HANDED).exclude(means="car").exists():
            raise HomewardRefused(_("车票还没有交到本人手里。"))
        last = legs.order_by("-due_at").first()
        due = last.due_at if last else expected_at
        if due is None or due <= departed_at:
            raise HomewardRefused(_("请写预计到达时间，要在出发以后。"), field="expected_at")
        if is_too_far(due, at):
            raise HomewardRefused(_("离今天太远，请核对年份。"), field="expected_at")
        held.state, held.departed_at, held.expected_at = State.UNDER_WAY, departed_at, due
        held.save()
        _put_line(actor, at, held, Told(Event.DEPARTED, departed_at))
        _owe_arrival(actor, at, held, due)
        say(held, "depart", actor, at, "出发返乡", {"expected_at": due.isoformat()})
    return held


def _owe_arrival(actor: Actor, at: datetime, plan: ReturnPlan, expected_at: datetime) -> None:
    book = rules_at(plan.division_code, at)
    ruling = book.need("return.arrival")
    due_at = expected_at + timedelta(minutes=int(ruling.number))
    titles = ("确认平安到达", "Confirm that he has arrived")
    owe(actor, at, plan, AWAIT, titles, due_at, ruling.source)
    if plan.way in WITH_SHEET:
        ruling = book.need("return.sheet")
        due_at = expected_at + timedelta(hours=int(ruling.number))
        titles = ("交接单双方签字", "Have the hand-over sheet signed at both ends")
        owe(actor, at, plan, SHEET, titles, due_at, ruling.source)


def put_event(*, actor: Actor, at: datetime, plan: ReturnPlan, told: Told) -> ReturnLine:
    """Put down what happened on the way. What needs somebody is owed by the leader on duty; who ran away is
    searched: a tip at the place, the police told. Raises HomewardRefused and whatever refuses the tip."""
    if told.event not in TOLD:
        raise HomewardRefused(_("请选途中发生了什么。"), field="event")
    if told.event != Event.WELL and not told.words.strip():
        raise HomewardRefused(_("请写经过：谁说的、现在怎样。"), field="words")
    if told.happened_at > at:
        raise HomewardRefused(_("时间不能在以后。"), field="happened_at")
    if told.event == Event.RAN_AWAY and not (told.place.strip() and told.told_police.strip()):
        field = "told_police" if told.place.strip() else "place"
        raise HomewardRefused(_("请写在哪里走失、告诉了哪个公安机关。"), field=field)
    with together():
        held = returns.live(plan)
        if held.state not in (State.UNDER_WAY, State.LOST):
            raise HomewardRefused(_("人还没有出发。"))
        if told.event == Event.FOUND and held.state != State.LOST:
            raise HomewardRefused(_("没有登记走失，不用登记找到。"), field="event")
        line = _put_line(actor, at, held, told)
        _go_on(actor, at, held, told, line)
        said = stored(Event(told.event).label)
        say(held, "event", actor, at, f"返乡途中：{said}", {"event": told.event})
        live.hint("returns", held.division_code, held.owner_org)
    return line


def _go_on(actor: Actor, at: datetime, plan: ReturnPlan, told: Told, line: ReturnLine) -> None:
    """What follows from an event: another state, a promise, a tip."""
    if told.event in (Event.WELL, Event.FOUND):
        keep(actor, at, plan, ALARM)
    if told.event == Event.FOUND:
        _end_search(actor, at, plan)
        plan.state = State.UNDER_WAY
    if told.event == Event.RAN_AWAY:
        plan.state = State.LOST
    plan.save()
    if told.event in ASKS:
        ruling = rules_at(plan.division_code, at).need("return.next")
        due_at = at + timedelta(minutes=int(ruling.number))
        _to_leader(owe(actor, at, plan, NEXT, ASKS[Event(told.event)], due_at, ruling.source), at)
    if told.event == Event.RAN_AWAY and told.is_tip:
        report = Report(place_text=told.place, seen_text=told.words[:300], channel="other")
        line.tip_id = take_tip(actor=actor, at=at, report=report).tip.public_id
        line.save(update_fields=["tip_id"])


def _end_search(actor: Actor, at: datetime, plan: ReturnPlan) -> None:
    """Who was found is searched no longer; any other next step stays owed."""
    asked = ASKS[Event.RAN_AWAY][0]
    for duty in owed(plan, NEXT):
        if duty.title.startswith(asked):
            complete_duty(actor=actor, at=at, duty=duty, note="人已找到", evidence=plan.public_id)


def arrive(
    *,
    actor: Actor,
    at: datetime,
    plan: ReturnPlan,
    arrived_at: datetime,
    heard: str,
    heard_of: str,
    words: str = "",
) -> ReturnPlan:
    """His arrival is confirmed: how and by whom. Raises HomewardRefused."""
    if heard not in Heard.values or not heard_of.strip():
        raise HomewardRefused(_("请写谁、用什么方式确认到达。"), field="heard_of")
    with together():
        held = returns.live(plan)
        if held.departed_at is None:
            raise HomewardRefused(_("人还没有出发。"))
        if not held.departed_at <= arrived_at <= at:
            raise HomewardRefused(_("到达时间要在出发以后、现在以前。"), field="arrived_at")
        held.state, held.arrived_at = State.ARRIVED, arrived_at
        held.save()
        ReturnLine.objects.create(
            plan=held,
            event=Event.ARRIVED,
            heard=heard,
            heard_of=heard_of.strip()[:60],
            words=words.strip()[:300],
            happened_at=arrived_at,
            noted_at=at,
            noted_by=actor.name,
        )
        keep(actor, at, held, AWAIT, ALARM, NEXT)
        said = stored(Heard(heard).label)
        say(held, "arrive", actor, at, f"确认到达：{said}", {"heard": heard})
        events.announce("homeward.returned", plan=str(held.public_id))
        live.hint("returns", held.division_code, held.owner_org)
    return held


def set_out(*, at: datetime, stay: Stay) -> bool:
    """A resident was seen out by the way of his plan: he is on the way, if nothing else is lacking; whether he is.

    Where no leg says when he arrives, his arrival is asked for after the usual hours (`return.untimed`). Call it
    under the system scope; it may run again.
    """
    plan = ReturnPlan.objects.filter(case_id=stay.case_id, state=State.PLANNED).first()
    leaving = getattr(stay, "leaving", None)
    if plan is None or leaving is None or leaving.way not in (plan.way, "escorted"):
        return False
    hours = int(rules_at(plan.division_code, at).need("return.untimed").number)
    usual = leaving.left_at + timedelta(hours=hours)
    try:
        depart(actor=SYSTEM, at=at, plan=plan, departed_at=leaving.left_at, expected_at=usual)
    except HomewardRefused:
        return False
    return True


def watch_returns(*, at: datetime) -> int:
    """Raise the alarm of everybody who should have arrived and is not heard of, once each; tick sheets off that
    both have signed; how many alarms. Call it under the system scope; it may run again."""
    for duty in Duty.objects.filter(kind=SHEET, state=Duty.State.OPEN):
        if is_signed_by_both(duty.subject_id):
            complete_duty(actor=SYSTEM, at=at, duty=duty, note="双方已签")
    late = Duty.objects.filter(kind=AWAIT, state=Duty.State.OPEN, due_at__lt=at)
    rows = ReturnPlan.objects.filter(
        public_id__in=late.values("subject_id"), state=State.UNDER_WAY
    ).exclude(lines__event=Event.OVERDUE)
    count = 0
    for plan in rows.order_by("pk"):
        with together():
            _alarm(at, plan)
        count += 1
    return count


def _alarm(at: datetime, plan: ReturnPlan) -> None:
    _put_line(SYSTEM, at, plan, Told(Event.OVERDUE, at))
    ruling = rules_at(plan.division_code, at).need("return.alarm")
    due_at = at + timedelta(minutes=int(ruling.number))
    titles = (
        "返乡途中失去联系：马上联系护送人、家属、乘务和车站",
        "Not heard of on the way home: call escort, family, crew and station now",
    )
    _to_leader(owe(SYSTEM, at, plan, ALARM, titles, due_at, ruling.source), at)
    say(plan, "overdue", SYSTEM, at, "到达时间已过，没有消息")
    live.hint("returns", plan.division_code, plan.owner_org)


def _to_leader(duty: Duty, at: datetime) -> None:
    """Whoever leads tonight answers for it."""
    watch = leader_on_duty(duty.owner_org, at)
    if watch is not None:
        Duty.objects.filter(pk=duty.pk).update(assignee=watch.user)


def _put_line(actor: Actor, at: datetime, plan: ReturnPlan, told: Told) -> ReturnLine:
    return ReturnLine.objects.create(
        plan=plan,
        event=told.event,
        place=told.place.strip()[:120],
        words=told.words.strip()[:300],
        told_police=told.told_police.strip()[:120],
        happened_at=told.happened_at,
        noted_at=at,
        noted_by=actor.name,
    )
