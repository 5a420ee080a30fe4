"""What people say to a warning: seen, over, and whom it is for."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal, live, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.services import complete_duty
from nuantu.warnings.models import Coverage
from nuantu.warnings.services.duties import ACKNOWLEDGE, CONFIRM_END
from nuantu.warnings.services.settling import settle
from nuantu.warnings.services.wording import words_of


class NotWaiting(Refusal):
    """The warning is not waiting for this answer."""


def acknowledge(*, actor: Actor, at: datetime, coverage: Coverage) -> Coverage:
    """The watch leader has seen the warning. Raises NotWaiting when it is over or was seen."""
    with transaction.atomic(), scope.system("the overseer may answer for a county"):
        changed = Coverage.objects.filter(
            pk=coverage.pk,
            acknowledged_at=None,
            phase__in=(Coverage.Phase.IN_FORCE, Coverage.Phase.AWAITING),
        ).update(acknowledged_at=at, acknowledged_by=actor.name)
        if not changed:
            raise NotWaiting(_("这条预警已经有人确认，或者已经结束，不用再确认。"))
        _done(actor, at, coverage, ACKNOWLEDGE, "已确认")
        _record(actor, at, coverage, "acknowledge", f"确认预警：{words_of(coverage.warning)}")
    coverage.refresh_from_db()
    return coverage


def acknowledge_all(*, actor: Actor, at: datetime, coverage: Sequence[Coverage]) -> int:
    """Acknowledge a warning for every county that still waits; returns how many.

    Raises NotWaiting when none does.
    """
    waiting = [row for row in coverage if row.is_live and row.acknowledged_at is None]
    if not waiting:
        raise NotWaiting(_("这条预警已经有人确认，或者已经结束，不用再确认。"))
    with transaction.atomic():
        for row in waiting:
            acknowledge(actor=actor, at=at, coverage=row)
    return len(waiting)


def confirm_end_all(*, actor: Actor, at: datetime, coverage: Sequence[Coverage], note: str) -> int:
    """Confirm the end for every county that waits for it; returns how many. Raises as confirm_end."""
    waiting = [row for row in coverage if row.phase == Coverage.Phase.AWAITING]
    with transaction.atomic():
        for row in waiting or list(coverage)[:1]:
            confirm_end(actor=actor, at=at, coverage=row, note=note)
    return len(waiting)


def confirm_end(*, actor: Actor, at: datetime, coverage: Coverage, note: str) -> Coverage:
    """A person's word that a warning without a stated end is over (X45).

    Only after its hold; before that the issuer's own lifting ends it. Raises NotWaiting, Refusal
    without a note.
    """
    if coverage.phase == Coverage.Phase.IN_FORCE:
        raise NotWaiting(
            _("还在保持期内，以发布单位的解除消息为准。如已电话得知解除，请手工录入解除消息。")
        )
    if coverage.phase != Coverage.Phase.AWAITING:
        raise NotWaiting(_("这条预警已经结束。"))
    if not note.strip():
        raise Refusal(
            _("请写明凭什么确认结束，例如“14 时电话询问州气象台，已无寒潮”。"), field="note"
        )
    with transaction.atomic(), scope.system("the overseer may answer for a county"):
        Coverage.objects.filter(pk=coverage.pk, confirmed_at=None).update(
            confirmed_at=at, confirmed_by=actor.name, confirm_note=note.strip()[:300]
        )
        _done(actor, at, coverage, CONFIRM_END, note.strip()[:300])
        summary = f"确认预警结束：{words_of(coverage.warning)}"
        _record(actor, at, coverage, "confirm_end", summary, note=note.strip()[:300])
        settle(actor=actor, at=at, counties=[coverage.division_code])
    coverage.refresh_from_db()
    return coverage


def _done(actor: Actor, at: datetime, coverage: Coverage, kind: str, note: str) -> None:
    waiting = Duty.objects.filter(
        kind=kind,
        subject_kind="warning",
        subject_id=coverage.warning.public_id,
        division_code=coverage.division_code,
        state=Duty.State.OPEN,
    )
    for duty in waiting:
        complete_duty(actor=actor, at=at, duty=duty, note=note)


def _record(
    actor: Actor, at: datetime, coverage: Coverage, verb: str, summary: str, note: str = ""
) -> None:
    journal.record(
        verb=f"warnings.coverage.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject("warning", coverage.warning.public_id)],
        division_code=coverage.division_code,
        owner_org=coverage.owner_org,
        summary=summary,
        basis=note,
        changes={"county": coverage.division_code},
    )
    live.hint("warnings", coverage.division_code, coverage.owner_org)
