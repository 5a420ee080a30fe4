"""How a tip ends, and how it comes back.

Closing is a person's decision. A tip does not close over an unexplained breach, over somebody who
was not told, or as "refused" where a refusal ends nothing.
"""

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuantu.core import events
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.dispatch.models import Dispatch, Notice, RemoteGuidance, StillThere, Tip
from nuantu.dispatch.rules import states
from nuantu.dispatch.rules.flags import is_protected
from nuantu.dispatch.rules.words import one_line, tidy
from nuantu.dispatch.selectors.duties import arrivals
from nuantu.dispatch.services.clocks import end_question, start_clock
from nuantu.dispatch.services.rows import write_for, write_line
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import is_breached
from nuantu.operations.services import cancel_duty, complete_duty, give_breach_reason


class ClosingRefused(Refusal):
    """Something stands in the way of closing."""


class AlreadyClosed(Refusal):
    """Somebody else closed it first."""


class NothingToReopen(Refusal):
    """The tip is open already."""


def close_tip(
    *,
    actor: Actor,
    at: datetime,
    tip: Tip,
    outcome: str,
    note: str = "",
    breach_reason: str = "",
) -> Tip:
    """End a tip with its outcome (F-02); the verification (F-01) follows from it.

    Raises ClosingRefused while a notice is due, a team is on its way, a breach is unexplained, or
    a protected person is said to have refused (PA-07); AlreadyClosed when somebody was faster.
    """
    if outcome not in Tip.Outcome.values or outcome == Tip.Outcome.DUPLICATE:
        raise ClosingRefused(_("请选择办结结果。"), field="outcome")
    with write_for(actor, tip.owner_org):
        row = Tip.objects.select_for_update().get(pk=tip.pk)
        _check(row, outcome)
        _end_promises(actor, at, row, outcome, breach_reason)
        Dispatch.objects.filter(tip=row, state=Dispatch.State.ARRIVED).update(
            state=Dispatch.State.DONE, ended_at=at, outcome=outcome
        )
        _set_closed(row, at, outcome, tidy(note)[:500])
        write_line(
            verb="dispatch.tip.close",
            actor=actor,
            at=at,
            tip=row,
            summary=f"办结：{stored(Tip.Outcome(outcome).label)}",
            changes={"outcome": outcome, "note": row.close_note},
        )
        events.announce("dispatch.tip_closed", tip=str(row.public_id), outcome=outcome)
    return row


def _check(tip: Tip, outcome: str) -> None:
    if tip.state == Tip.State.CLOSED:
        raise AlreadyClosed(
            _("这条线索已经办结：%(outcome)s。") % {"outcome": tip.get_outcome_display()}
        )
    if outcome == Tip.Outcome.REFUSED and is_protected(tip.urgent_flags):
        raise ClosingRefused(
            _(
                "未成年、病重、受伤等人员不能按「拒绝救助」办结：请送医、移交或继续看护，或先更正紧急特征。"
            ),
            field="outcome",
        )
    due = [n.recipient_label for n in Notice.objects.filter(tip=tip, state=Notice.State.DUE)]
    if due:
        raise ClosingRefused(
            _("还没有登记通知：%(names)s。请登记通知，或写明不需要的原因。")
            % {"names": gettext("、").join(due)}
        )
    on_the_way = Dispatch.objects.filter(
        tip=tip, state__in=(states.SENT, states.ACCEPTED, states.DEPARTED)
    ).select_related("team")
    names = [run.team.name for run in on_the_way]
    if names:
        raise ClosingRefused(
            _("%(teams)s 还在途中。请等到达，或先召回。") % {"teams": gettext("、").join(names)}
        )


def _end_promises(actor: Actor, at: datetime, tip: Tip, outcome: str, breach_reason: str) -> None:
    """Explain what was late, then end what still runs."""
    end_question(actor=actor, at=at, tip=tip, note=f"办结：{stored(Tip.Outcome(outcome).label)}")
    for duty in arrivals(tip):
        if duty.state == Duty.State.CANCELLED:
            continue
        is_late = is_breached(due_at=duty.due_at, done_at=duty.done_at, at=at)
        if is_late and not duty.breach_reason:
            if not breach_reason.strip():
                raise ClosingRefused(
                    _("到场已超过时限。请写明超时原因后再办结。"), field="breach_reason"
                )
            duty = give_breach_reason(actor=actor, at=at, duty=duty, reason=one_line(breach_reason))
        if duty.state == Duty.State.OPEN:
            _end_open(actor, at, tip, duty, outcome)


def _end_open(actor: Actor, at: datetime, tip: Tip, duty: Duty, outcome: str) -> None:
    """First help by a relief point under phone guidance keeps the promise too (P1-45)."""
    helped = RemoteGuidance.objects.filter(tip=tip, state=RemoteGuidance.State.HELPED).first()
    if helped:
        complete_duty(actor=actor, at=at, duty=duty, note=f"{helped.point_name}电话指导下先行救助")
    else:
        cancel_duty(
            actor=actor,
            at=at,
            duty=duty,
            reason=f"未到场即办结：{stored(Tip.Outcome(outcome).label)}",
        )


def _set_closed(tip: Tip, at: datetime, outcome: str, note: str) -> None:
    tip.state = Tip.State.CLOSED
    tip.closed_at = tip.changed_at = at
    tip.outcome = outcome
    tip.verification = states.VERIFIED[outcome]
    tip.close_note = note
    tip.save(
        update_fields=[
            "state",
            "closed_at",
            "changed_at",
            "outcome",
            "verification",
            "close_note",
            "follows",
        ]
    )


def explain_breach(*, actor: Actor, at: datetime, tip: Tip, reason: str) -> Duty:
    """Write down why nobody was there in time; asked once. Raises ReasonNeeded, Refusal."""
    late = [d for d in arrivals(tip) if not d.breach_reason and d.state != Duty.State.CANCELLED]
    if not late:
        raise Refusal(_("没有需要说明的超时。"))
    return give_breach_reason(actor=actor, at=at, duty=late[0], reason=one_line(reason))


def close_as_duplicate(*, actor: Actor, at: datetime, tip: Tip, main: Tip) -> Tip:
    """The tip follows another one from now on; its own promise ends because the other one's holds.

    Runs inside the caller's transaction; both rows are locked by it.
    """
    _check(tip, Tip.Outcome.DUPLICATE)
    end_question(actor=actor, at=at, tip=tip, note="与另一条线索重复")
    for duty in arrivals(tip):
        if duty.state == Duty.State.OPEN:
            cancel_duty(
                actor=actor,
                at=at,
                duty=duty,
                reason=f"与线索「{main.place_text}」重复，按该线索到场",
            )
    tip.follows = main
    _set_closed(tip, at, Tip.Outcome.DUPLICATE, "")
    return tip


def reopen_tip(*, actor: Actor, at: datetime, tip: Tip, reason: str) -> Tip:
    """Open a closed tip again: it waits, with a new clock from this moment; the old breach stays.

    Raises NothingToReopen when it is open, ClosingRefused without a reason.
    """
    if not reason.strip():
        raise ClosingRefused(_("请写明重新打开的原因。"), field="reason")
    with write_for(actor, tip.owner_org):
        row = Tip.objects.select_for_update().get(pk=tip.pk)
        if row.state != Tip.State.CLOSED:
            raise NothingToReopen(_("这条线索没有办结，不用重新打开。"))
        before = row.outcome
        row.state = Tip.State.NEW
        row.assigned_at = row.departed_at = row.arrived_at = row.closed_at = None
        row.outcome = row.verification = row.close_note = ""
        row.follows = None
        row.reopened_count += 1
        row.changed_at = at
        start_clock(actor=actor, at=at, tip=row)
        row.save()
        write_line(
            verb="dispatch.tip.reopen",
            actor=actor,
            at=at,
            tip=row,
            summary=f"重新打开：{one_line(reason)}",
            changes={"outcome": before, "reason": one_line(reason)},
        )
        events.announce("dispatch.tip_reopened", tip=str(row.public_id))
    return row


def say_still_there(*, actor: Actor, at: datetime, tip: Tip, note: str = "") -> StillThere:
    """The reporter says the person is still there; a closed tip opens again by itself.

    A tip marked false or malicious is not opened by the one who sent it: the desk decides.
    """
    with write_for(actor, tip.owner_org):
        row = Tip.objects.select_for_update().get(pk=tip.pk)
        reopens = row.state == Tip.State.CLOSED and row.mark == Tip.Mark.NONE
        message = StillThere.objects.create(
            tip=row, said_at=at, note=tidy(note)[:500], has_reopened=reopens
        )
        if reopens:
            reopen_tip(actor=actor, at=at, tip=row, reason="报告人说人还在那里")
        write_line(
            verb="dispatch.tip.still_there",
            actor=actor,
            at=at,
            tip=row,
            summary="报告人：他还在那里",
            changes={"note": message.note, "has_reopened": reopens},
        )
        events.announce("dispatch.still_there", tip=str(row.public_id))
    return message


def mark_false(*, actor: Actor, at: datetime, tip: Tip, mark: str, reason: str) -> Tip:
    """Mark a tip as false or malicious, with the reason; an empty mark takes it back.

    Raises ClosingRefused without a reason.
    """
    if mark not in Tip.Mark.values:
        raise ClosingRefused(_("请选择误报或恶意。"), field="mark")
    words = one_line(reason)[:300]
    if not words:
        raise ClosingRefused(_("请写明标记的原因。"), field="reason")
    with write_for(actor, tip.owner_org):
        row = Tip.objects.select_for_update().get(pk=tip.pk)
        row.mark, row.mark_reason, row.marked_by = mark, words if mark else "", actor.name
        row.changed_at = at
        row.save(update_fields=["mark", "mark_reason", "marked_by", "changed_at"])
        write_line(
            verb="dispatch.tip.mark_false",
            actor=actor,
            at=at,
            tip=row,
            summary=f"标记为{stored(row.get_mark_display)}：{words}",
            changes={"mark": mark, "reason": words},
        )
    return row
