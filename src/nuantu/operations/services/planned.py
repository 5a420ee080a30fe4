"""What a compiled plan leaves in the tables: its version, rules, dated duties, journal lines."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from nuantu.core import journal, live
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Operation, PlanRule, PlanVersion
from nuantu.operations.rules.redating import Promised
from nuantu.operations.selectors import rules_at
from nuantu.planbook.compiler import Compiled, PlannedDuty
from nuantu.planbook.deadlines import start_of


def write_version(
    *,
    actor: Actor,
    at: datetime,
    operation: Operation,
    compiled: Compiled,
    reason: str = "",
) -> PlanVersion:
    """Keep the version that `operation` carries now: file, window, reason, rules."""
    version = PlanVersion.objects.create(
        operation=operation,
        number=operation.version,
        source_text=operation.source_text,
        digest=operation.digest,
        start_date=operation.start_date,
        end_date=operation.end_date,
        reason=reason,
        changed_by=actor.name,
        changed_at=at,
    )
    PlanRule.objects.bulk_create(
        [
            PlanRule(
                operation=operation,
                version=operation.version,
                position=position,
                kind=rule.kind,
                value=rule.value,
                unit=rule.unit,
                level=rule.level,
                place_class=rule.place_class,
                key=rule.key,
                words=rule.words,
                clauses=list(rule.clauses),
                quote=rule.quote,
                is_derived=rule.is_derived,
                selectors=list(rule.selectors),
                colours=list(rule.colours),
            )
            for position, rule in enumerate(compiled.layer.rules)
        ]
    )
    return version


def write_down(
    *,
    verb: str,
    actor: Actor,
    at: datetime,
    operation: Operation,
    duties: Iterable[UUID],
    summary: str,
    changes: Mapping[str, Any],
    basis: str = "",
) -> None:
    """The journal line of something that happened to a plan, on its page and on those duties'."""
    journal.record(
        verb=f"operations.plan.{verb}",
        actor=actor,
        at=at,
        subjects=[
            Subject("operation", operation.public_id),
            *(Subject("duty", public_id) for public_id in duties),
        ],
        division_code=operation.division_id,
        owner_org=operation.organisation_id,
        summary=summary,
        basis=basis or operation.doc_number,
        changes=dict(changes),
    )
    live.hint("duties", operation.division_id, operation.organisation_id)


def open_promised(
    at: datetime, operation: Operation, wanted: Iterable[tuple[str, Promised]]
) -> list[Duty]:
    """Open dated duties; each turns amber some days before it is due."""
    days = remind_days(operation, at)
    return Duty.objects.bulk_create([_duty(at, operation, name, one, days) for name, one in wanted])


def remind_days(operation: Operation, at: datetime) -> float:
    """How many days before a report its clock turns amber (X07)."""
    return rules_at(operation.division_id, at).need("report.remind").number


def reminder(at: datetime, planned: PlannedDuty, days: float) -> datetime:
    """When a dated duty turns amber, whatever is left of the season (X07)."""
    return min(max(start_of(planned.due_date - timedelta(days=days)), at), planned.due_at)


def basis_of(operation: Operation, planned: PlannedDuty) -> str:
    """What a dated duty rests on, as the screen says it."""
    return f"{operation.plan_code} {planned.clause} {planned.quote}".strip()[:200]


def _duty(at: datetime, operation: Operation, name: str, one: Promised, days: float) -> Duty:
    planned = one.planned
    return Duty(
        kind=planned.kind,
        title=planned.title,
        title_en=planned.title_en,
        subject_kind="operation",
        subject_id=operation.public_id,
        operation=operation,
        owner_org=one.owner,
        division_code=one.division_code,
        opened_at=min(at, planned.due_at),
        warn_at=reminder(at, planned, days),
        due_at=planned.due_at,
        basis=basis_of(operation, planned),
        basis_rule=planned.clause[:60],
        recurrence=name,
    )
