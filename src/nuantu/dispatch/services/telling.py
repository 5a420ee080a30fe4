"""What came of each notice in an order: told, left out for a reason, answered."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.dispatch.models import Notice, OrderedNotice, Tip
from nuantu.dispatch.rules.words import one_line
from nuantu.dispatch.services.notices import NoticeRefused
from nuantu.dispatch.services.ordering import (
    chain_of,
    note_order,
    owe_for_tip,
    start_next,
    who_is,
)
from nuantu.dispatch.services.rows import write_for
from nuantu.operations.models import Duty
from nuantu.operations.services import cancel_duty, complete_duty

State = Notice.State


def tell(
    *,
    actor: Actor,
    at: datetime,
    step: OrderedNotice,
    way: str,
    told_at: datetime | None = None,
    answer: str = "",
    early_reason: str = "",
) -> OrderedNotice:
    """Write down that somebody in the order was told: when, how, by whom, what he answered.

    Before his turn only with a reason. Raises NoticeRefused without it, for a moment to come or
    before he was asked for, an unknown way, or when it was recorded before.
    """
    happened = told_at or at
    if happened > at:
        raise NoticeRefused(_("通知时间不能晚于现在。"), field="told_at")
    if way not in Notice.Way.values:
        raise NoticeRefused(_("请选择通知方式。"), field="way")
    with write_for(actor, step.owner_org):
        row = _held(step)
        is_early = row.starts_at is None or happened < row.starts_at
        if is_early and row.rank > 1 and not early_reason.strip():
            raise NoticeRefused(
                _("还没有轮到%(who)s：前一个单位没有通知，也没有到时限。要提前通知，请写明原因。")
                % {"who": row.recipient_label},
                field="early_reason",
            )
        row.state, row.told_at, row.way = State.TOLD, happened, way
        row.answer = one_line(answer)[:300]
        row.answered_at = at if row.answer else None
        row.early_reason = one_line(early_reason)[:300] if is_early and row.rank > 1 else ""
        early = f"，提前：{row.early_reason}" if row.early_reason else ""
        _settle(actor, at, row, "tell", f"已依次通知：{row.rank} {who_is(row)}{early}")
    return row


def leave_out(*, actor: Actor, at: datetime, step: OrderedNotice, reason: str) -> OrderedNotice:
    """Write down why somebody in the order need not be told; the next one's clock begins.

    Raises NoticeRefused without a reason or when it was recorded before.
    """
    if not reason.strip():
        raise NoticeRefused(_("请写明为什么不需要通知。"), field="reason")
    with write_for(actor, step.owner_org):
        row = _held(step)
        row.state, row.reason = State.NOT_NEEDED, one_line(reason)[:300]
        summary = f"不依次通知{who_is(row)}：{row.reason}"
        _settle(actor, at, row, "leave_out", summary)
    return row


def put_answer(*, actor: Actor, at: datetime, step: OrderedNotice, answer: str) -> OrderedNotice:
    """Write down what somebody who was told answered later; who he is goes into the person's record.

    Raises NoticeRefused for an empty answer, or while he has not been told.
    """
    if not answer.strip():
        raise NoticeRefused(_("请写明对方怎么答复。"), field="answer")
    with write_for(actor, step.owner_org):
        row = OrderedNotice.objects.select_for_update().get(pk=step.pk)
        if row.state != State.TOLD:
            raise NoticeRefused(_("还没有登记通知，先登记通知再登记答复。"))
        row.answer, row.answered_at = one_line(answer)[:300], at
        row.save(update_fields=["answer", "answered_at"])
        note_order("answer", actor, at, row, f"{who_is(row)}答复：{row.answer}")
    return row


def give_on(*, actor: Actor, at: datetime, follower: Tip, main: Tip) -> None:
    """Two tips are about one person: he is told of by the one that is worked on."""
    owe_for_tip(actor=actor, at=at, tip=main)
    said = f"与「{main.place_text}」是同一人，按该线索通知"
    for row in OrderedNotice.objects.filter(tip=follower, state=State.DUE).order_by("-rank"):
        leave_out(actor=actor, at=at, step=row, reason=said)


def _held(step: OrderedNotice) -> OrderedNotice:
    """The row, with the whole order locked in front of it."""
    chain = list(chain_of(step).select_for_update())
    row = next(one for one in chain if one.pk == step.pk)
    if not row.is_due:
        raise NoticeRefused(_("这条通知已经登记过了。"))
    return row


def _settle(actor: Actor, at: datetime, row: OrderedNotice, verb: str, summary: str) -> None:
    row.settled_at, row.by = at, actor.name
    row.save()
    running = Duty.objects.filter(state=Duty.State.OPEN)
    duty = running.filter(public_id=row.duty_id).first() if row.duty_id else None
    if duty is not None and row.state == State.TOLD:
        done_at = max(row.told_at or at, duty.opened_at)
        complete_duty(actor=actor, at=done_at, duty=duty, note=row.answer[:200])
    elif duty is not None:
        cancel_duty(actor=actor, at=at, duty=duty, reason=row.reason[:200])
    note_order(verb, actor, at, row, summary, happened_at=row.told_at)
    start_next(actor, at, list(chain_of(row)), since=row.told_at or at)
