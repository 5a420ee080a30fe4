"""Put a plan in force: its rules become rows, its dates become duties."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.accounts.selectors import bureau_of, counties, office_of, orgs_in, station_of
from nuantu.core import events, journal, live, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Operation, PlanRule
from nuantu.operations.rules.places import chain
from nuantu.operations.selectors import rules_at
from nuantu.operations.services.recurring import open_recurring
from nuantu.planbook import files
from nuantu.planbook.checks import check
from nuantu.planbook.compiler import Compiled, PlannedDuty, compile_plan
from nuantu.planbook.deadlines import start_of
from nuantu.planbook.findings import Finding
from nuantu.planbook.schema import Plan

DUTY_OWNERS = {
    "relief_station": station_of,
    "joint_meeting_office": office_of,
}


class PlanRefused(Refusal):
    """The plan cannot be put in force; `findings` say what to mend."""

    def __init__(self, message: str | Promise, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


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
    plan = _checked(text)
    organisation = _organisation(org_code)
    parent = _parent(plan, organisation)
    shift = parent.shift_days if parent and shift_to else 0
    compiled = _compiled(plan, year, shift_to, shift)
    with transaction.atomic(), scope.system("a plan binds every organisation below it"):
        operation = _write(actor, at, text, compiled, organisation, parent)
        duties = _open_duties(at, operation, compiled)
        journal.record(
            verb="operations.plan.start",
            actor=actor,
            at=at,
            subjects=[
                Subject("operation", operation.public_id),
                *(Subject("duty", duty.public_id) for duty in duties),
            ],
            division_code=operation.division_id,
            owner_org=organisation.code,
            summary=f"启动方案 {operation.title}：规则 {len(compiled.layer.rules)} 条，待办 {len(duties)} 件",
            basis=operation.doc_number,
            changes={
                "year": compiled.year,
                "digest": operation.digest,
                "shift_days": compiled.shift_days,
            },
        )
        open_recurring(actor=actor, at=at, division_code=operation.division_id)
        events.announce("operations.plan_started", operation=str(operation.public_id))
        live.hint("duties", operation.division_id, organisation.code)
    return operation


def _checked(text: str) -> Plan:
    reading = files.read(text)
    findings = reading.findings or (check(reading.plan) if reading.plan else ())
    errors = tuple(finding for finding in findings if finding.level == "error")
    if reading.plan is None or errors:
        first = errors[0].message.said_in(get_language() or "") if errors else ""
        raise PlanRefused(_("方案有错误，不能启动：%(first)s") % {"first": first}, errors)
    return reading.plan


def _compiled(plan: Plan, year: int | None, shift_to: date | None, shift: int) -> Compiled:
    try:
        return compile_plan(plan, year=year, shift_days=shift, shift_to=None if shift else shift_to)
    except ValueError as problem:
        raise PlanRefused(str(problem)) from problem


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
        digest=hashlib.sha256(text.encode()).hexdigest(),
        organisation=organisation,
        division=organisation.division,
        parent=parent,
        started_by=actor.name,
        started_at=at,
    )
    operation = _saved(values, organisation)
    PlanRule.objects.bulk_create(
        [
            PlanRule(
                operation=operation,
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


def _open_duties(at: datetime, operation: Operation, compiled: Compiled) -> list[Duty]:
    remind_days = rules_at(operation.division_id, at).need("report.remind").number
    return Duty.objects.bulk_create(
        [
            _duty(at, operation, planned, owner, remind_days)
            for planned in compiled.duties
            for owner in _owners(planned, operation.organisation)
        ]
    )


def _duty(
    at: datetime,
    operation: Operation,
    planned: PlannedDuty,
    owner: Organisation,
    remind_days: float,
) -> Duty:
    """A dated duty; it turns amber some days before, whatever is left of the season (X07)."""
    reminder = start_of(planned.due_date - timedelta(days=remind_days))
    return Duty(
        kind=planned.kind,
        title=planned.title,
        title_en=planned.title_en,
        subject_kind="operation",
        subject_id=operation.public_id,
        operation=operation,
        owner_org=owner.code,
        division_code=owner.division_id,
        opened_at=min(at, planned.due_at),
        warn_at=min(max(reminder, at), planned.due_at),
        due_at=planned.due_at,
        basis=f"{operation.plan_code} {planned.clause} {planned.quote}".strip(),
        basis_rule=planned.clause[:60],
        recurrence=f"{operation.public_id.hex}:{planned.code}:{owner.code}",
    )


def _owners(planned: PlannedDuty, organisation: Organisation) -> Iterator[Organisation]:
    """Who owes a duty: the own organisation, or the one of each county or township below."""
    if planned.spread == "own":
        yield organisation
        return
    prefix = organisation.division.prefix
    if planned.spread == "each_township":
        yield from orgs_in(prefix, Organisation.Kind.TOWNSHIP)
        return
    find = DUTY_OWNERS.get(planned.who, bureau_of)
    below = [division.code for division in counties(prefix)] or [organisation.division_id]
    for code in below:
        owner = find(code)
        if owner is not None and owner.division_id == code:
            yield owner
