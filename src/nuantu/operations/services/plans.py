"""Put a plan in force: its rules become rows, its dates become duties."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.accounts.selectors import bureau_of
from nuantu.core import events, scope
from nuantu.core.actors import Actor
from nuantu.operations.models import Operation
from nuantu.operations.rules.places import chain
from nuantu.operations.selectors.owing import promised
from nuantu.operations.selectors.plan_texts import (
    PlanRefused,
    checked_plan,
    compiled_plan,
    digest_of,
)
from nuantu.operations.services import planned
from nuantu.operations.services.recurring import open_recurring
from nuantu.planbook.compiler import Compiled
from nuantu.planbook.files import whole_text
from nuantu.planbook.schema import Plan


def start_plan(
    *,
    actor: Actor,
    at: datetime,
    text: str,
    org_code: str,
    year: int | None = None,
    shift_to: date | None = None,
) -> Operation:
    """Put a plan file in force for an organisation and a year.

    `org_code` is an organisation's code, or a division code of 4, 6, 9 or 12 digits that means its
    civil affairs bureau. `shift_to` (demo only) moves the dates so that the window holds that day;
    a child moves with its parent.

    Raises PlanRefused: errors in the file, undecided dates, unknown organisation, started before.
    """
    plan, _findings = checked_plan(text, year=year)
    organisation = _organisation(org_code)
    parent = _parent(plan, organisation)
    shift = parent.shift_days if parent and shift_to else 0
    compiled = compiled_plan(plan, year, shift_to=shift_to, shift_days=shift)
    with transaction.atomic(), scope.system("a plan binds every organisation below it"):
        parent = _still_running(parent)
        operation = _write(actor, at, whole_text(text), compiled, organisation, parent)
        wanted = promised(operation, compiled)
        duties = planned.open_promised(at, operation, wanted.items())
        planned.write_down(
            verb="start",
            actor=actor,
            at=at,
            operation=operation,
            duties=[duty.public_id for duty in duties],
            summary=f"启动方案 {operation.title}：规则 {len(compiled.layer.rules)} 条，待办 {len(duties)} 件",
            changes={
                "year": compiled.year,
                "digest": operation.digest,
                "shift_days": compiled.shift_days,
            },
        )
        open_recurring(actor=actor, at=at, division_code=operation.division_id)
        events.announce("operations.plan_started", operation=str(operation.public_id))
    return operation


def _organisation(org_code: str) -> Organisation:
    found = Organisation.objects.select_related("division").filter(code=org_code).first()
    if found is None and org_code.isdigit() and len(org_code) in (4, 6, 9, 12):
        found = bureau_of(org_code.ljust(12, "0"))
    if found is None:
        raise PlanRefused(_("没有代码为 %(code)s 的单位。") % {"code": org_code})
    return found


def _parent(plan: Plan, organisation: Organisation) -> Operation | None:
    """The plan above: the one named as parent, else the nearest of the same type."""
    codes = chain(organisation.division_id)[1:]
    above = Operation.objects.filter(division_id__in=codes, closed_at=None).order_by("-started_at")
    if plan.parent:
        above = above.filter(plan_code=plan.parent)
    else:
        above = above.filter(operation_type=plan.operation_type)
    return min(above, key=lambda operation: codes.index(operation.division_id), default=None)


def _still_running(parent: Operation | None) -> Operation | None:
    """The plan above as it is now, held so that nobody changes or closes it meanwhile."""
    if parent is None:
        return None
    rows = Operation.objects.select_for_update(no_key=True)
    return rows.filter(pk=parent.pk, closed_at=None).first()


def _write(
    actor: Actor,
    at: datetime,
    text: str,
    compiled: Compiled,
    organisation: Organisation,
    parent: Operation | None,
) -> Operation:
    plan = compiled.plan
    values = Operation(
        plan_code=plan.code,
        title=plan.title,
        title_en=plan.title_en,
        operation_type=plan.operation_type,
        issuer=plan.issuer.name,
        doc_number=plan.doc_number,
        year=compiled.year,
        shift_days=compiled.shift_days,
        start_date=compiled.season.start,
        end_date=compiled.season.end,
        source_text=text,
        digest=digest_of(text),
        organisation=organisation,
        division=organisation.division,
        parent=parent,
        parent_version=parent.version if parent else None,
        started_by=actor.name,
        started_at=at,
    )
    operation = _saved(values, organisation)
    planned.write_version(actor=actor, at=at, operation=operation, compiled=compiled)
    return operation


def _saved(operation: Operation, organisation: Organisation) -> Operation:
    """The database holds that a plan is in force once per year and division."""
    try:
        with transaction.atomic():
            operation.save(force_insert=True)
    except IntegrityError as problem:
        raise PlanRefused(
            _("%(org)s %(year)s年的方案 %(code)s 已经在执行。")
            % {"org": organisation.name, "year": operation.year, "code": operation.plan_code}
        ) from problem
    return operation
