"""End a plan: its window is over, its reports are in, nothing open is forgotten."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, events, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors import rules_at
from nuantu.operations.selectors.closing import CLOSE, PATROL, StillOpen, owner_names, still_open
from nuantu.operations.services import planned
from nuantu.operations.services.duties import open_duty
from nuantu.operations.services.recurring import wait_for_turns
from nuantu.planbook import calendars, deadlines


class StillRunning(Refusal):
    """Something must be done before the plan can be closed."""


def close_plan(
    *,
    actor: Actor,
    at: datetime,
    operation: Operation,
    note: str,
    dropped: Mapping[str, str] | None = None,
) -> Operation:
    """Close a plan for good. `dropped` gives for each kind of open task why it is not done any more.

    Patrols end with the plan; what rests on a person or on law goes on.

    Raises StillRunning while a report or a plan below is open, Refusal without `note` or a reason.
    """
    dropped = {kind: why.strip() for kind, why in (dropped or {}).items()}
    if not note.strip():
        raise Refusal(_("请写明办结说明。"), field="note")
    with transaction.atomic(), scope.system("a plan binds every organisation below it"):
        held = Operation.objects.select_for_update(of=("self",), no_key=True).get(pk=operation.pk)
        if held.closed_at is not None:
            raise StillRunning(_("方案已经结束。"))
        wait_for_turns(held.division_id)
        _hold_open(held)
        found = still_open(held)
        _need_nothing_first(found, dropped)
        taken_back = _take_back(held, found, dropped)
        _keep_promise_to_close(actor, at, held, note)
        held.state, held.closed_at = Operation.State.CLOSED, at
        held.save(update_fields=["state", "closed_at"])
        planned.write_down(
            verb="close",
            actor=actor,
            at=at,
            operation=held,
            duties=[duty.public_id for duty in taken_back],
            summary=f"方案办结 {held.title}：收回待办 {len(taken_back)} 件，继续有效 {found.lasting} 件",
            changes={"note": note, "dropped": dropped, "lasting": found.lasting},
        )
        events.announce("operations.plan_closed", operation=str(held.public_id))
    return held


def summarise_ended(*, at: datetime) -> int:
    """Plans whose window is over are being summed up: the promise to close them is opened once.

    Returns how many were found. Runs daily; may run twice.
    """
    today = clock.local(at).date()
    ended = Operation.objects.filter(
        closed_at=None, end_date__lt=today, state=Operation.State.IN_FORCE
    ).defer("source_text")
    for operation in ended:
        _summarise(operation, at)
    return len(ended)


def _summarise(operation: Operation, at: datetime) -> None:
    ruling = rules_at(operation.division_id, at).need("plan.close")
    term = deadlines.Term(int(ruling.number), "day")
    with transaction.atomic():
        changed = Operation.objects.filter(pk=operation.pk, state=Operation.State.IN_FORCE).update(
            state=Operation.State.SUMMARISING
        )
        if changed:
            open_duty(
                actor=SYSTEM,
                at=at,
                kind=CLOSE,
                title="行动期已过：收齐上报材料，办结方案",
                title_en="The window is over: collect the reports and close the plan",
                subject=Subject("operation", operation.public_id),
                owner_org=operation.organisation_id,
                division_code=operation.division_id,
                due_at=deadlines.due(at, term, calendars.national()),
                basis=f"{operation.plan_code} {ruling.source}",
                operation=operation,
            )


def _hold_open(held: Operation) -> None:
    """Hold what is open until the plan is closed: what somebody ticks off just now is waited for."""
    rows = Duty.objects.select_for_update().filter(operation=held, state=Duty.State.OPEN)
    list(rows.order_by("pk").values_list("pk"))


def _need_nothing_first(found: StillOpen, dropped: Mapping[str, str]) -> None:
    if found.reports:
        raise StillRunning(
            _("还有 %(n)s 份材料没有报：%(who)s。收齐后才能办结。")
            % {"n": len(found.reports), "who": "、".join(owner_names(found.reports)[:8])}
        )
    if found.children:
        names = "、".join(child.organisation.name for child in found.children[:8])
        raise StillRunning(_("下级方案还没有办结：%(who)s。") % {"who": names})
    for group in found.tasks:
        if not dropped.get(group.kind):
            raise Refusal(
                _("“%(kind)s”还有 %(n)s 件没办，请先办结，或写明不再办的原因。")
                % {"kind": group.label, "n": len(group.duties)},
                field=f"dropped-{group.kind}",
            )


def _take_back(held: Operation, found: StillOpen, dropped: Mapping[str, str]) -> list[Duty]:
    patrols = list(
        Duty.objects.filter(operation=held, kind=PATROL, state=Duty.State.OPEN, case_id=None)
    )
    _cancel(patrols, "方案已办结")
    taken = patrols
    for group in found.tasks:
        _cancel(group.duties, dropped[group.kind][:200])
        taken = [*taken, *group.duties]
    return taken


def _cancel(duties: Sequence[Duty], reason: str) -> None:
    rows = Duty.objects.filter(pk__in=[duty.pk for duty in duties])
    rows.update(state=Duty.State.CANCELLED, cancel_reason=reason)


def _keep_promise_to_close(actor: Actor, at: datetime, held: Operation, note: str) -> None:
    Duty.objects.filter(operation=held, kind=CLOSE, state=Duty.State.OPEN).update(
        state=Duty.State.DONE,
        done_at=at,
        done_by=actor.name,
        done_by_id=actor.account_id,
        note=note[:500],
    )
