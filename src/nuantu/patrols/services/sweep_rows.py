"""What every write of a sweep shares: the lock, the journal line, the promise to report."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from nuantu.accounts.models import Division, Organisation
from nuantu.core import journal, live
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.services import DutyClosed, cancel_duty, complete_duty, open_duty
from nuantu.patrols.models import Sweep, SweepArea
from nuantu.patrols.selectors.areas import report_owed
from nuantu.patrols.selectors.supervision import Supervision, check_owed

SWEEP, AREA = "sweep", "sweep_area"
REPORT: Final = "sweep.report"
CHECK: Final = "sweep.supervise"
State = SweepArea.State


class SweepRefused(Refusal):
    """The sweep or its area is not at a point where this can be done."""


def held_area(area: SweepArea) -> SweepArea:
    """The area as it stands now, locked until the transaction ends."""
    rows = SweepArea.objects.select_for_update(of=("self",)).select_related("sweep")
    return rows.get(pk=area.pk)


def told_of_sweep(sweep: Sweep, verb: str, actor: Actor, at: datetime, summary: str,
                  changes: Mapping[str, Any] | None = None) -> None:  # fmt: skip
    """Write the journal line of a deed on a sweep; its name ends the line."""
    journal.record(
        verb=f"patrols.sweep.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject(SWEEP, sweep.public_id)],
        division_code=sweep.division_code,
        owner_org=sweep.owner_org,
        summary=f"{summary}：{sweep.name}",
        basis=sweep.basis,
        changes=dict(changes or {}),
    )
    live.hint("patrols", sweep.division_code, sweep.owner_org)


def told_of_area(area: SweepArea, verb: str, actor: Actor, at: datetime, summary: str,
                 changes: Mapping[str, Any] | None = None) -> None:  # fmt: skip
    """Write the journal line of a deed on an area; its name begins the line."""
    journal.record(
        verb=f"patrols.area.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject(AREA, area.public_id), Subject(SWEEP, area.sweep.public_id)],
        division_code=area.division_code,
        owner_org=area.owner_org,
        summary=f"{area.name}：{summary}",
        changes=dict(changes or {}),
    )
    live.hint("patrols", area.division_code, area.owner_org)


def make_area(sweep: Sweep, division: Division, at: datetime, *, owner_org: str = "",
              grid: str = "", person: str = "", parent: SweepArea | None = None) -> SweepArea:  # fmt: skip
    """One area of a sweep; without an organisation it is in nobody's hands."""
    town = division.parent.name if division.level == "village" and division.parent else ""
    return SweepArea.objects.create(
        sweep=sweep,
        parent=parent,
        division_code=division.code,
        owner_org=owner_org or sweep.owner_org,
        recorded_at=at,
        grid=grid[:40],
        name=" ".join(part for part in (town, division.name, grid) if part)[:120],
        person=person[:60],
        due_at=parent.due_at if parent else sweep.due_at,
        assigned_at=at if owner_org else None,
    )


def owe_report(area: SweepArea, actor: Actor, at: datetime, due_at: datetime) -> None:
    """Whoever answers for an area owes its report; the page of the area keeps the promise."""
    sweep = area.sweep
    duty = open_duty(
        actor=actor,
        at=at,
        kind=REPORT,
        title=f"排查上报：{area.name}"[:200],
        title_en=f"Report the sweep of {area.name}"[:200],
        subject=Subject(AREA, area.public_id),
        owner_org=area.owner_org,
        division_code=area.division_code,
        due_at=max(due_at, at),
        basis=sweep.basis,
        basis_rule=sweep.clause,
        escalate_to_org=_above(sweep, area.owner_org),
        operation=sweep.operation,
    )
    area.duty_id = duty.public_id
    area.save(update_fields=["duty_id"])


def _above(sweep: Sweep, org_code: str) -> str:
    """Who is told last of a late promise of an organisation: whoever ordered the sweep; the bureau of
    the place (empty) where that is itself, or a station, which stands above nobody."""
    is_station = Organisation.objects.filter(code=sweep.owner_org, kind=Organisation.Kind.STATION)
    return "" if sweep.owner_org == org_code or is_station.exists() else sweep.owner_org


def owe_check(area: SweepArea, actor: Actor, at: datetime, found: Supervision) -> None:
    """The township owes a look at a village's report, which waits for it; the caller saves the area."""
    sweep = area.sweep
    duty = open_duty(
        actor=actor,
        at=at,
        kind=CHECK,
        title=f"查看村（居）排查上报：{area.name}"[:200],
        title_en=f"Look at the sweep report of {area.name}"[:200],
        subject=Subject(AREA, area.public_id),
        owner_org=found.org_code,
        division_code=area.division_code,
        due_at=found.due_at,
        basis=found.basis[:200],
        basis_rule=found.clause[:60],
        escalate_to_org=_above(sweep, found.org_code),
        operation=sweep.operation,
    )
    area.state = State.CHECKING
    area.check_org, area.check_due_at = found.org_code, found.due_at
    area.check_duty_id = duty.public_id


def end_promise(
    area: SweepArea, actor: Actor, at: datetime, *, note: str = "", reason: str = ""
) -> None:
    """The report came (`note`), or is no longer owed (`reason`)."""
    _end(report_owed(area), actor, at, note, reason)


def end_check(
    area: SweepArea, actor: Actor, at: datetime, *, note: str = "", reason: str = ""
) -> None:
    """The township looked at the report (`note`), or need not any more (`reason`)."""
    _end(check_owed(area), actor, at, note, reason)


def _end(duty: Duty | None, actor: Actor, at: datetime, note: str, reason: str) -> None:
    if duty is None or duty.state != Duty.State.OPEN:
        return
    try:
        if reason:
            cancel_duty(actor=actor, at=at, duty=duty, reason=reason)
        else:
            complete_duty(actor=actor, at=at, duty=duty, note=note)
    except DutyClosed:
        return
