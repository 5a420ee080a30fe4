"""A changed plan counts in the plans below it once a person there has compared and confirmed it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors import rules_at
from nuantu.operations.selectors.changes import waits_for_parent
from nuantu.operations.services import planned
from nuantu.operations.services.duties import open_duty, renew_duty
from nuantu.operations.services.recurring import open_recurring
from nuantu.planbook import calendars, deadlines

FOLLOW = "plan.follow"


class VersionMoved(Refusal):
    """Somebody else changed the plan in the meantime."""


def follow_parent(
    *, actor: Actor, at: datetime, operation: Operation, to_version: int, note: str = ""
) -> Operation:
    """Confirm that a changed plan above counts here from now on; keeps the promise to look at it.

    `to_version` is the version of it that the person looked at. Raises VersionMoved when it has
    changed again, Refusal when there is nothing to confirm.
    """
    with transaction.atomic(), scope.system("the plan above belongs to another organisation"):
        rows = Operation.objects.select_for_update(no_key=True)
        parent = rows.filter(pk=operation.parent_id or 0).first()  # held before what is below it
        held = rows.get(pk=operation.pk)
        held.parent = parent
        if parent is None or not waits_for_parent(held):
            raise Refusal(_("上级方案没有待确认的变更。"))
        if parent.version != to_version:
            raise VersionMoved(
                _("方案已由他人变更为第%(n)s版，请重新比较后再提交。") % {"n": parent.version}
            )
        before, held.parent_version = held.parent_version, parent.version
        held.save(update_fields=["parent_version"])
        done = _close_follow_duties(actor, at, held, note)
        planned.write_down(
            verb="follow",
            actor=actor,
            at=at,
            operation=held,
            duties=done,
            summary=f"确认按上级方案 {parent.title} 第{parent.version}版执行",
            basis=parent.doc_number,
            changes={"parent_version": [before, parent.version], "note": note},
        )
        open_recurring(actor=actor, at=at, division_code=held.division_id)
    return held


def tell_children(*, actor: Actor, at: datetime, changed: Operation) -> list[UUID]:
    """Every plan below that stands on this one gets the promise to look at the change.

    One that is still open from an earlier change is renewed: it then asks about all of them.
    """
    below = changed.children.select_for_update(no_key=True).filter(closed_at=None)
    return [_ask(actor, at, changed, child).public_id for child in below.order_by("pk")]


def _ask(actor: Actor, at: datetime, changed: Operation, child: Operation) -> Duty:
    ruling = rules_at(child.division_id, at).need("plan.follow")
    due_at = deadlines.due(
        at, deadlines.Term(int(ruling.number), "working_day"), calendars.national()
    )
    basis = f"{changed.plan_code} 第{changed.version}版；{ruling.source}"[:200]
    title, title_en = _question(changed.version, child.parent_version or changed.version - 1)
    asked = Duty.objects.select_for_update().filter(
        kind=FOLLOW, subject_id=child.public_id, state=Duty.State.OPEN
    )
    waiting = asked.order_by("pk").first()
    if waiting:
        return renew_duty(
            actor=actor,
            at=at,
            duty=waiting,
            title=title,
            title_en=title_en,
            due_at=due_at,
            basis=basis,
        )
    return open_duty(
        actor=actor,
        at=at,
        kind=FOLLOW,
        title=title,
        title_en=title_en,
        subject=Subject("operation", child.public_id),
        owner_org=child.organisation_id,
        division_code=child.division_id,
        due_at=due_at,
        basis=basis,
        operation=child,
    )


def _question(version: int, confirmed: int) -> tuple[str, str]:
    """The promise in both languages; it names every change that nobody has confirmed."""
    if version - confirmed < 2:
        return (
            f"上级方案已变更为第{version}版，请比较并确认",
            f"The plan above is now version {version}: compare and confirm",
        )
    since = confirmed + 1
    return (
        f"上级方案已变更为第{version}版（第{since}版起未确认），请比较并确认",
        f"The plan above is now version {version}, unconfirmed since {since}: compare and confirm",
    )


def _close_follow_duties(actor: Actor, at: datetime, held: Operation, note: str) -> Iterable[UUID]:
    rows = Duty.objects.filter(kind=FOLLOW, subject_id=held.public_id, state=Duty.State.OPEN)
    done = list(rows.values_list("public_id", flat=True))
    rows.update(
        state=Duty.State.DONE,
        done_at=at,
        done_by=actor.name,
        done_by_id=actor.account_id,
        note=note[:500],
    )
    return done
