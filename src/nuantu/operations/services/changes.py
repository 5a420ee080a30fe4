"""Change a plan while it runs: a new version, duties re-dated or kept, plans below told."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import events, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.operations.models import Duty, Operation
from nuantu.operations.rules.redating import Effect, Promised
from nuantu.operations.selectors.changes import Preview, preview_change
from nuantu.operations.selectors.plan_texts import PlanRefused, digest_of
from nuantu.operations.services import planned
from nuantu.operations.services.following import VersionMoved, tell_children
from nuantu.operations.services.recurring import open_recurring
from nuantu.planbook import files

# what a change of the plan may alter of a dated duty
MOVED = (
    "title",
    "title_en",
    "basis",
    "basis_rule",
    "state",
    "cancel_reason",
    "due_at",
    "opened_at",
    "warn_at",
    "escalation",
)


def change_plan(
    *,
    actor: Actor,
    at: datetime,
    operation: Operation,
    text: str,
    reason: str,
    from_version: int,
    kept: Mapping[UUID, str] | None = None,
) -> Operation:
    """Put a changed plan file in force as the next version of a running plan.

    `kept` names duties that stay as they are, each with its reason; every other open one is
    re-dated or taken back. `from_version` is the version the person looked at.

    Raises PlanRefused for a file that cannot be put in force, VersionMoved when the plan is at
    another version by now, Refusal without a reason.
    """
    kept = kept or {}
    _need_reasons(reason, kept)
    text = files.whole_text(text)
    with transaction.atomic(), scope.system("a plan binds every organisation below it"):
        held = _held(operation, from_version)
        standing = _standing(held)
        preview = preview_change(held, text, at)
        _write(actor, at, held, text, reason, preview)
        moved = _move_duties(at, held, preview, kept, standing)
        told = tell_children(actor=actor, at=at, changed=held)
        _record(actor, at, held, reason, preview, moved, told, kept)
        open_recurring(actor=actor, at=at, division_code=held.division_id)
        events.announce("operations.plan_changed", operation=str(held.public_id))
    return held


def _need_reasons(reason: str, kept: Mapping[UUID, str]) -> None:
    if not reason.strip():
        raise Refusal(_("请写明变更的原因。"), field="reason")
    if any(not why.strip() for why in kept.values()):
        raise Refusal(_("保留原期限的待办要写明原因。"), field="kept")


def _held(operation: Operation, from_version: int) -> Operation:
    held = (
        Operation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("parent", "organisation__division", "division")
        .get(pk=operation.pk)
    )
    if held.closed_at is not None:
        raise PlanRefused(_("方案已经结束，不能变更。"))
    if held.version != from_version:
        raise VersionMoved(
            _("方案已由他人变更为第%(n)s版，请重新比较后再提交。") % {"n": held.version}
        )
    return held


def _write(
    actor: Actor, at: datetime, held: Operation, text: str, reason: str, preview: Preview
) -> None:
    compiled, plan = preview.compiled, preview.compiled.plan
    held.version += 1
    held.title, held.title_en = plan.title, plan.title_en
    held.operation_type = plan.operation_type
    held.issuer, held.doc_number = plan.issuer.name, plan.doc_number
    held.start_date, held.end_date = compiled.season.start, compiled.season.end
    held.source_text, held.digest = text, digest_of(text)
    held.save()
    planned.write_version(
        actor=actor,
        at=at,
        operation=held,
        compiled=compiled,
        reason=reason.strip()[:500],
    )


def _standing(held: Operation) -> dict[UUID, Duty]:
    """The open dated duties, held so that nobody closes one while it is moved."""
    rows = Duty.objects.select_for_update().filter(
        operation=held, recurrence__startswith=f"{held.public_id.hex}:", state=Duty.State.OPEN
    )
    return {row.public_id: row for row in rows.order_by("pk")}


def _move_duties(
    at: datetime,
    held: Operation,
    preview: Preview,
    kept: Mapping[UUID, str],
    standing: Mapping[UUID, Duty],
) -> dict[str, list[UUID]]:
    """Carry the effects out; returns the duties touched, by what happened to them."""
    moved: dict[str, list[UUID]] = {}
    fresh: list[tuple[str, Promised]] = []
    days = planned.remind_days(held, at)
    for effect in preview.effects:
        if effect.standing and effect.standing.public_id in kept and effect.may_be_kept:
            moved.setdefault("kept", []).append(effect.standing.public_id)
        elif effect.what == "opened" and effect.promised:
            fresh.append((effect.name, effect.promised))
        elif effect.standing:
            row = standing.get(effect.standing.public_id)
            if row:
                _carry_out(at, held, effect, row, days)
            moved.setdefault(effect.what, []).append(effect.standing.public_id)
    Duty.objects.bulk_update(standing.values(), MOVED, batch_size=500)
    Duty.objects.filter(
        recurrence__in=[name for name, _ in fresh], state=Duty.State.CANCELLED
    ).update(recurrence=None)
    moved["opened"] = [duty.public_id for duty in planned.open_promised(at, held, fresh)]
    return moved


def _carry_out(at: datetime, held: Operation, effect: Effect, row: Duty, days: float) -> None:
    new = effect.promised
    if effect.what == "withdrawn":
        row.state = Duty.State.CANCELLED
        row.cancel_reason = f"方案第{held.version}版不再要求"
    elif new is not None:
        row.title, row.title_en = new.planned.title, new.planned.title_en
        row.basis, row.basis_rule = planned.basis_of(held, new.planned), new.planned.clause[:60]
        if effect.what == "redated":
            _redate(row, at, new, days)


def _redate(row: Duty, at: datetime, new: Promised, days: float) -> None:
    """The new date counts; the ladder starts again when there is more time than before."""
    due = new.planned.due_at
    if due > row.due_at:
        row.escalation = 0
    row.due_at = due
    row.opened_at = min(row.opened_at, due)
    row.warn_at = planned.reminder(at, new.planned, days)


def _record(
    actor: Actor,
    at: datetime,
    held: Operation,
    reason: str,
    preview: Preview,
    moved: Mapping[str, list[UUID]],
    told: list[UUID],
    kept: Mapping[UUID, str],
) -> None:
    counts = {what: len(found) for what, found in moved.items() if found and what != "same"}
    touched = [public_id for what, found in moved.items() if what != "done" for public_id in found]
    planned.write_down(
        verb="change",
        actor=actor,
        at=at,
        operation=held,
        duties=(*touched, *told),
        summary=f"方案变更为第{held.version}版：{len(preview.changes)} 处不同",
        changes={
            "version": held.version,
            "reason": reason,
            "digest": held.digest,
            "duties": counts,
            "kept": {str(public_id): why for public_id, why in kept.items()},
            "dates": {
                str(effect.standing.public_id): [
                    effect.standing.due_at.isoformat(),
                    effect.new_due.isoformat(),
                ]
                for effect in preview.effects
                if effect.what == "redated"
                and effect.standing
                and effect.new_due
                and effect.standing.public_id not in kept
            },
        },
    )
