"""What a changed plan file would do to a plan in force, before anybody says yes."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.operations.models import Duty, Operation, PlanVersion
from nuantu.operations.rules.plan_words import ChangeLine, change_lines
from nuantu.operations.rules.redating import Effect, Promised, Standing, effects
from nuantu.operations.selectors.owing import promised
from nuantu.operations.selectors.plan_texts import PlanRefused, checked_plan, compiled_plan
from nuantu.planbook import files
from nuantu.planbook.comparison import Change, compare
from nuantu.planbook.compiler import Compiled
from nuantu.planbook.findings import Finding
from nuantu.planbook.schema import Plan


@dataclass(frozen=True, slots=True)
class Preview:
    """A changed plan, ready to be put in force: what differs, what it does to open duties."""

    before: Plan
    compiled: Compiled
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    findings: tuple[Finding, ...]

    @property
    def moving(self) -> tuple[Effect, ...]:
        """The effects that do something."""
        return tuple(effect for effect in self.effects if effect.what not in ("same", "done"))


def preview_change(operation: Operation, text: str, at: datetime) -> Preview:
    """What putting `text` in force as the next version would change.

    Raises PlanRefused: errors in the file, another plan's code, undecided dates, nothing changed.
    """
    above = _plan_above(operation)
    plan, findings = checked_plan(text, above, operation.year, shift_days=operation.shift_days)
    if plan.code != operation.plan_code:
        raise PlanRefused(
            _("这是方案 %(new)s 的文件，执行中的是 %(old)s。新方案请另行启动。")
            % {"new": plan.code, "old": operation.plan_code}
        )
    before = files.read(operation.source_text).plan
    changes = compare(before, plan) if before else ()
    if before is None or not changes:
        raise PlanRefused(_("与执行中的版本没有不同，不用变更。"))
    compiled = compiled_plan(plan, operation.year, shift_days=operation.shift_days)
    wanted = promised(operation, compiled)
    done = effects(_standing(operation, before, wanted), wanted, at)
    return Preview(before, compiled, changes, done, findings)


def _plan_above(operation: Operation) -> Plan | None:
    return files.read(operation.parent.source_text).plan if operation.parent else None


def _standing(operation: Operation, before: Plan, wanted: dict[str, Promised]) -> list[Standing]:
    """The dated duties of the plan as they stand.

    One that somebody took back stays back, unless the version in force had dropped it and the new
    one promises it again.
    """
    known = promised(
        operation, compiled_plan(before, operation.year, shift_days=operation.shift_days)
    )
    rows = Duty.objects.filter(
        operation=operation, recurrence__startswith=f"{operation.public_id.hex}:"
    )
    return [
        Standing(
            public_id=row.public_id,
            name=str(row.recurrence),
            title=row.title,
            title_en=row.title_en,
            owner=row.owner_org,
            due_at=row.due_at,
            is_open=row.state == Duty.State.OPEN,
        )
        for row in rows
        if row.state != Duty.State.CANCELLED or row.recurrence in known
    ]


def versions_of(operation: Operation) -> list[PlanVersion]:
    """Every version that ever was in force, the newest first."""
    return list(operation.versions.defer("source_text").order_by("-number"))


def said_changes(operation: Operation, before: Plan, after: Plan) -> tuple[ChangeLine, ...]:
    """What differs between two plans, in the language of the page, with the dates of an operation."""
    return change_lines(
        before,
        after,
        year=operation.year,
        language=get_language() or "",
        shift_days=operation.shift_days,
    )


def parent_change(operation: Operation) -> tuple[ChangeLine, ...]:
    """What differs between the plan above as it is and as this plan has confirmed it."""
    parent, number = operation.parent, operation.parent_version
    if parent is None or number is None or not waits_for_parent(operation):
        return ()
    old = parent.versions.filter(number=number).first()
    before = files.read(old.source_text).plan if old else None
    after = files.read(parent.source_text).plan
    return said_changes(operation, before, after) if before and after else ()


def waits_for_parent(operation: Operation) -> bool:
    """Whether the plan above was changed and nobody has confirmed it here yet."""
    parent = operation.parent
    return (
        bool(parent and operation.parent_version and operation.parent_version < parent.version)
        and operation.closed_at is None
    )
