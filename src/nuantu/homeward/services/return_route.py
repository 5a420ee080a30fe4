"""The way of a return: its legs, their tickets, who goes along, what it costs and who bears it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core import clock, events
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.together import together
from nuantu.homeward.models.return_choices import Head, Means, Payer, State, Ticket
from nuantu.homeward.models.returns import Escort, Leg, ReturnCost, ReturnPlan
from nuantu.homeward.rules.returning import is_too_far
from nuantu.homeward.services.lines import HomewardRefused
from nuantu.homeward.services.returns import live, planned, say
from nuantu.persons.models import Case

# a ticket goes on from each state to these
NEXT_OF: Final = {
    Ticket.NONE: (Ticket.BOUGHT,),
    Ticket.BOUGHT: (Ticket.HANDED, Ticket.REFUNDED),
    Ticket.HANDED: (Ticket.REFUNDED,),
    Ticket.REFUNDED: (),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A leg as it is typed; `station_words` is the rescue station at its end with address and phone (LV-05)."""

    means: str
    origin: str
    goal: str
    leaves_at: datetime
    due_at: datetime
    number: str = ""
    station_words: str = ""


@dataclass(frozen=True, slots=True)
class Bought:
    """What happened with the ticket of a leg; money in fen."""

    ticket: str
    number: str = ""
    fen: int = 0
    payer: str = Payer.HERE


def add_leg(*, actor: Actor, at: datetime, plan: ReturnPlan, part: Part) -> Leg:
    """Add a part of the way, also one already travelled. Raises HomewardRefused with the field to mend."""
    if part.means not in Means.values:
        raise HomewardRefused(_("请选坐什么。"), field="means")
    if not part.origin.strip() or not part.goal.strip():
        raise HomewardRefused(_("请写从哪里到哪里。"), field="goal")
    if part.due_at <= part.leaves_at:
        raise HomewardRefused(_("到达时间要在出发时间以后。"), field="due_at")
    if part.means != Means.CAR and not part.number.strip():
        raise HomewardRefused(_("请写车次、航班或班次。"), field="number")
    with together():
        held = planned(plan)
        check_begun(held, part.leaves_at, field="leaves_at")
        for field in ("leaves_at", "due_at"):
            if is_too_far(getattr(part, field), at):
                raise HomewardRefused(_("离今天太远，请核对年份。"), field=field)
        values = {k: v.strip() if isinstance(v, str) else v for k, v in asdict(part).items()}
        values["number"] = str(values["number"]).upper()
        leg = Leg.objects.create(plan=held, **values)
        _follow_span(held)
        said = stored(Means(part.means).label)
        say(held, "leg", actor, at, f"安排行程：{said}", {"number": leg.number})
    return leg


def check_begun(plan: ReturnPlan, leaves_at: datetime, *, field: str) -> None:
    """Nobody sets out before the day his case began. Raises HomewardRefused at the field."""
    begun = Case.objects.values_list("opened_at", flat=True).get(case_id=plan.case_id)
    if clock.local(leaves_at).date() < clock.local(begun).date():
        raise HomewardRefused(_("出发时间早于个案开始。"), field=field)


def drop_leg(*, actor: Actor, at: datetime, plan: ReturnPlan, leg: Leg) -> None:
    """A part of the way is not taken; its ticket must be given back first. Raises HomewardRefused."""
    with together():
        held = planned(plan)
        row = held.legs.select_for_update().filter(pk=leg.pk, dropped_at=None).first()
        if row is None:
            raise HomewardRefused(_("这一段已经取消。"), field="leg")
        if row.ticket not in (Ticket.NONE, Ticket.REFUNDED):
            raise HomewardRefused(_("这一段的票还没有退，先登记退票。"), field="leg")
        row.dropped_at = at
        row.save(update_fields=["dropped_at"])
        _follow_span(held)
        say(held, "drop_leg", actor, at, "已取消一段行程", {"number": row.number})


def put_ticket(*, actor: Actor, at: datetime, plan: ReturnPlan, leg: Leg, bought: Bought) -> Leg:
    """A ticket or voucher is bought, handed out or refunded, each once; buying it is a cost (LV-06).

    Raises HomewardRefused with the field to mend.
    """
    with together():
        held = live(plan)
        row = held.legs.select_for_update().get(pk=leg.pk)
        if bought.ticket not in NEXT_OF[Ticket(row.ticket)]:
            raise HomewardRefused(
                _("票现在是“%(state)s”，不能这样登记。") % {"state": row.get_ticket_display()},
                field="ticket",
            )
        if bought.ticket == Ticket.BOUGHT:
            _buy(actor, at, held, row, bought)
        row.ticket = bought.ticket
        row.save()
        if bought.ticket == Ticket.REFUNDED:
            row.costs.filter(head=Head.FARE).delete()
        said = stored(Ticket(row.ticket).label)
        changes = {"ticket": row.ticket, "number": row.ticket_number, "fen": row.ticket_fen}
        say(held, "ticket", actor, at, f"车船票：{said}", changes)
    return row


def _buy(actor: Actor, at: datetime, plan: ReturnPlan, leg: Leg, bought: Bought) -> None:
    if not bought.number.strip():
        raise HomewardRefused(_("请写票号或乘车凭证号。"), field="number")
    if bought.payer not in Payer.values:
        raise HomewardRefused(_("请选谁出这笔钱。"), field="payer")
    leg.ticket_number, leg.ticket_fen = bought.number.strip()[:40], bought.fen
    if bought.fen:
        _cost(actor, at, plan, leg, (Head.FARE, bought.payer, bought.fen, leg.ticket_number))


def put_cost(
    *,
    actor: Actor,
    at: datetime,
    plan: ReturnPlan,
    head: str,
    payer: str,
    fen: int,
    words: str = "",
) -> ReturnCost:
    """Meals, lodging, the escorts' own costs: how much and who bears it. Raises HomewardRefused.

    Fares come with their tickets.
    """
    if head not in Head.values or head == Head.FARE:
        raise HomewardRefused(_("请选费用项目；车船票在买票时登记。"), field="head")
    if payer not in Payer.values:
        raise HomewardRefused(_("请选谁出这笔钱。"), field="payer")
    if fen <= 0:
        raise HomewardRefused(_("金额要大于0。"), field="amount")
    with together():
        held = ReturnPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        if held.state == State.CALLED_OFF:
            raise HomewardRefused(_("返乡计划已经取消，不再登记费用。"))
        made = _cost(actor, at, held, None, (head, payer, fen, words.strip()[:120]))
        said = stored(Head(head).label)
        say(held, "cost", actor, at, f"登记返乡费用：{said}", {"fen": fen, "payer": payer})
    return made


def _cost(
    actor: Actor,
    at: datetime,
    plan: ReturnPlan,
    leg: Leg | None,
    told: tuple[str, str, int, str],
) -> ReturnCost:
    head, payer, fen, words = told
    made = ReturnCost.objects.create(
        plan=plan, leg=leg, head=head, payer=payer, amount_fen=fen, words=words, noted_at=at,
        noted_by=actor.name,
    )  # fmt: skip
    events.announce("homeward.return_costed", cost=str(made.public_id))
    return made


def add_escort(
    *,
    actor: Actor,
    at: datetime,
    plan: ReturnPlan,
    name: str,
    sex: str,
    is_medical: bool = False,
    user: User | None = None,
) -> Escort:
    """Somebody goes along for the whole way; nobody escorts two at once. Raises HomewardRefused."""
    called = (user.name if user else name).strip()
    if not called:
        raise HomewardRefused(_("请写护送人员姓名，或从本站人员里选。"), field="name")
    if sex not in ("male", "female"):
        raise HomewardRefused(_("请选护送人员性别，护送女性要有女性人员。"), field="sex")
    try:
        with together():
            held = planned(plan)
            span = _span(held)
            if span is None:
                raise HomewardRefused(_("先安排行程，再安排护送人员。"))
            made = Escort.objects.create(
                plan=held, user=user, name=called[:60], sex=sex, is_medical=is_medical,
                from_at=span[0], to_at=span[1],
            )  # fmt: skip
            say(held, "escort", actor, at, "已安排护送人员", {"sex": sex, "medical": is_medical})
    except IntegrityError as error:
        raise _taken(error) from error
    return made


def drop_escort(*, actor: Actor, at: datetime, plan: ReturnPlan, escort: Escort) -> None:
    """Somebody does not go along. Raises HomewardRefused."""
    with together():
        held = planned(plan)
        if not held.escorts.filter(pk=escort.pk, dropped_at=None).update(dropped_at=at):
            raise HomewardRefused(_("这名护送人员已经取消。"), field="escort")
        say(held, "drop_escort", actor, at, "取消一名护送人员")


def _taken(error: IntegrityError) -> HomewardRefused:
    if "nobody_twice_at_once" in str(error):
        words = _("这名护送人员同一时间已经安排护送别人。")
        return HomewardRefused(words, field="user")
    return HomewardRefused(_("这名护送人员已经在这份计划里。"), field="name")


def _span(plan: ReturnPlan) -> tuple[datetime, datetime] | None:
    """From the beginning of the first leg to the end of the last."""
    found = plan.legs.filter(dropped_at=None).aggregate(a=Min("leaves_at"), b=Max("due_at"))
    return (found["a"], found["b"]) if found["a"] else None


def _follow_span(plan: ReturnPlan) -> None:
    """Escorts are bound for as long as the legs take. Raises HomewardRefused where one is bound elsewhere."""
    span = _span(plan)
    if span is None:
        return
    try:
        plan.escorts.filter(dropped_at=None).update(from_at=span[0], to_at=span[1])
    except IntegrityError as error:
        raise HomewardRefused(
            _("这样安排，有护送人员同一时间在护送别人。先换人。"), field="leaves_at"
        ) from error
