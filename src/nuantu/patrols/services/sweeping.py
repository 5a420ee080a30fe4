"""Order a sweep, cut it into areas, give them to who answers for them, end it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nuantu.accounts.models import Division, Organisation, User
from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Handover
from nuantu.operations.services import offer_handover
from nuantu.patrols.models import Sweep, SweepArea
from nuantu.patrols.rules.sweeps import MOST_LINES, NOT_REPORTED, Part
from nuantu.patrols.selectors import ordering
from nuantu.patrols.selectors.areas import report_owed
from nuantu.patrols.services.sweep_rows import (
    AREA,
    State,
    SweepRefused,
    end_check,
    end_promise,
    held_area,
    make_area,
    owe_report,
    told_of_area,
    told_of_sweep,
)

GIVEN = "the areas of a sweep are given to the townships that answer for them"


@dataclass(frozen=True, slots=True)
class Order:
    """What a sweep is: division, name, until when, cut by `town`, `village` or `whole`, which
    kinds of place, what it rests on (a rule of the plan by its clause, or a reason), what caused it."""

    division: Division
    name: str
    due_at: datetime
    cut_by: str = "whole"
    kinds: tuple[str, ...] = ()
    clause: str = ""
    reason: str = ""
    cause: Subject | None = None


def order_sweep(*, actor: Actor, at: datetime, order: Order) -> Sweep:
    """Order a sweep; every town or village below becomes an area, given to its township office.

    An area without such an office stays in nobody's hands and is shown so. Raises SweepRefused
    where it rests on nothing, ends in the past, names a rule no plan in force has, or is cut
    into too many areas.
    """
    if order.due_at <= at:
        raise SweepRefused(_("上报期限已经过去，请改为以后的日期。"), field="due_day")
    rule = ordering.rule_of(order.division.code, at, order.clause)
    if order.clause and rule is None:
        raise SweepRefused(_("执行中的方案里没有这一条，请重新选择。"), field="clause")
    if rule is None and not order.reason.strip():
        raise SweepRefused(_("没有方案依据的，请写明为什么排查。"), field="reason")
    divisions = ordering.divisions_below(order.division, order.cut_by)
    if len(divisions) > MOST_LINES:
        raise SweepRefused(
            _("会分成 %(n)s 片，太细了：请按乡镇分，或一个县一个县布置。") % {"n": len(divisions)},
            field="cut_by",
        )
    return open_sweep(actor, at, order, rule, divisions, owner_org=actor.org_code)


def open_sweep(actor: Actor, at: datetime, order: Order, rule: ordering.SweepRule | None,
               divisions: Sequence[Division], *, owner_org: str) -> Sweep:  # fmt: skip
    """Make a sweep with its areas and what each owes, held by the organisation that judges it."""
    with transaction.atomic(), scope.system(GIVEN):
        sweep = Sweep.objects.create(
            division_code=order.division.code,
            owner_org=owner_org,
            recorded_at=at,
            name=order.name.strip()[:120],
            operation=ordering.operation_of(order.division.code, at) if rule else None,
            basis=rule.basis[:200] if rule else "本单位布置",
            clause=rule.clause[:60] if rule else "",
            reason=order.reason.strip()[:300],
            kinds=list(order.kinds),
            due_at=order.due_at,
            ordered_by=actor.name,
            cause_kind=order.cause.kind if order.cause else "",
            cause_id=order.cause.public_id if order.cause else None,
        )
        told_of_sweep(sweep, "order", actor, at, "布置排查", {"reason": sweep.reason})
        offices = ordering.townships_in(order.division.code)
        for division in divisions:
            area = make_area(sweep, division, at, owner_org=offices.get(division.code[:9], ""))
            if area.assigned_at is not None:
                owe_report(area, actor, at, sweep.due_at)
    return sweep


def cut_area(*, actor: Actor, at: datetime, area: SweepArea, parts: Sequence[Part]) -> SweepArea:
    """Cut an area into villages or grids with who looks there; its parts report in its place.

    Raises SweepRefused for an area that was begun, no or too many parts, or a place outside it.
    """
    if not 1 <= len(parts) <= MOST_LINES:
        raise SweepRefused(_("请写 1 到 %(n)s 行。") % {"n": MOST_LINES}, field="lines")
    with transaction.atomic(), scope.system(GIVEN):
        area = held_area(area)
        if area.state != State.NOT_BEGUN or not area.sweep.is_open:
            raise SweepRefused(_("这一片已经开始排查或已细分，不能再细分。"))
        area.state = State.CUT
        end_promise(area, actor, at, reason="已细分")
        area.save(update_fields=["state"])
        owner = area.owner_org if area.assigned_at else ""
        divisions = ordering.named_below(area.division_code)
        workers = ordering.grid_workers_by_name(owner)
        for number, part in enumerate(parts, 1):
            division = divisions.get(part.place)
            if division is None:
                raise SweepRefused(
                    _("第 %(n)s 行：这一片里没有“%(place)s”。")
                    % {"n": number, "place": part.place},
                    field="lines",
                )
            looker = workers.get(ordering.first_name_of(part.person))
            made = _add_part(area, division, part, owner, looker, at)
            if owner:
                owe_report(made, actor, at, made.due_at)
        told_of_area(area, "cut", actor, at, f"细分为 {len(parts)} 片")
    return area


def _add_part(area: SweepArea, division: Division, part: Part, owner: str, looker: User | None,
              at: datetime) -> SweepArea:  # fmt: skip
    if division.code == area.division_code and not part.grid:
        raise SweepRefused(
            _("“%(place)s”就是这一片，请写出网格。") % {"place": part.place}, field="lines"
        )
    try:
        with transaction.atomic():
            made = make_area(area.sweep, division, at, owner_org=owner, grid=part.grid,
                             person=part.person, parent=area)  # fmt: skip
            if looker is not None:
                made.looker = looker
                made.save(update_fields=["looker"])
    except IntegrityError as error:
        raise SweepRefused(
            _("“%(place)s”已经在这次排查里。") % {"place": f"{part.place} {part.grid}".strip()},
            field="lines",
        ) from error
    return made


def assign_area(
    *,
    actor: Actor,
    at: datetime,
    area: SweepArea,
    org_code: str,
    person: str = "",
    looker: User | None = None,
) -> SweepArea:
    """Give an area that is in nobody's hands to an organisation, or name who looks there.

    `looker` is the account of a grid worker of the organisation that has it.

    Whoever has it keeps it until a hand-over is accepted (首接负责). Raises SweepRefused.
    """
    with transaction.atomic(), scope.system(GIVEN):
        area = held_area(area)
        if area.state == State.CUT or not area.sweep.is_open:
            raise SweepRefused(_("这一片已经细分或排查已结束。"))
        area.person = person.strip()[:60]
        if area.assigned_at is None:
            owner = Organisation.objects.filter(code=org_code, is_active=True).first()
            if owner is None:
                raise SweepRefused(_("请选择负责单位。"), field="org")
            area.owner_org, area.assigned_at = owner.code, at
            owe_report(area, actor, at, max(area.due_at, at))
        elif org_code and org_code != area.owner_org:
            raise SweepRefused(_("这一片已有单位负责，换单位要由它移交。"), field="org")
        if looker is not None and looker.organisation_id != area.owner_org:
            raise SweepRefused(_("这位网格员不是负责单位的人。"), field="looker")
        area.looker = looker
        if looker is not None and not area.person:
            area.person = looker.name[:60]
        area.save(update_fields=["owner_org", "assigned_at", "person", "looker"])
        told_of_area(area, "assign", actor, at, "落实责任", {"org": area.owner_org})
    return area


def hand_over_area(
    *, actor: Actor, at: datetime, area: SweepArea, to_org: str, purpose: str
) -> Handover:
    """Offer an area to another organisation; it stays where it is until that accepts.

    Raises SweepRefused after the report, and HandoverRefused.
    """
    if area.state not in NOT_REPORTED or area.assigned_at is None:
        raise SweepRefused(_("这一片已经上报或没有单位负责，不能移交。"))
    return offer_handover(
        actor=actor,
        at=at,
        subject=Subject(AREA, area.public_id),
        case_id=None,
        to_org=to_org,
        purpose=purpose.strip()[:60] or "排查片区",
        division_code=area.division_code,
    )


def move_area(public_id: UUID, case_id: UUID | None, new_owner: str) -> None:
    """An area whose hand-over was accepted, and the report owed for it."""
    area = SweepArea.objects.filter(public_id=public_id).first()
    if area is None:
        return
    SweepArea.objects.filter(pk=area.pk).update(owner_org=new_owner, looker=None)
    duty = report_owed(area)
    if duty is not None:
        Duty.objects.filter(pk=duty.pk, state=Duty.State.OPEN).update(owner_org=new_owner)


def close_sweep(*, actor: Actor, at: datetime, sweep: Sweep, reason: str = "") -> Sweep:
    """End a sweep. While an area is not accepted nobody can say that nobody was missed (P1-20):
    then the reason is written down, and what is owed is cancelled for it. Raises SweepRefused."""
    with transaction.atomic(), scope.system(GIVEN):
        sweep = Sweep.objects.select_for_update().get(pk=sweep.pk)
        if not sweep.is_open:
            raise SweepRefused(_("这次排查已经结束。"))
        left = list(sweep.areas.exclude(state__in=[State.ACCEPTED, State.CUT]))
        if left and not reason.strip():
            raise SweepRefused(
                ngettext(
                    "还有 %(n)s 片没有认可，可能有盲区。要结束请写明原因。",
                    "还有 %(n)s 片没有认可，可能有盲区。要结束请写明原因。",
                    len(left),
                )
                % {"n": len(left)},
                field="reason",
            )
        for area in left:
            end_promise(area, actor, at, reason="排查已结束")
            end_check(area, actor, at, reason="排查已结束")
        sweep.closed_at, sweep.closed_by = at, actor.name
        sweep.closed_reason = reason.strip()[:300]
        sweep.save(update_fields=["closed_at", "closed_by", "closed_reason"])
        changes = {"not_accepted": len(left), "reason": sweep.closed_reason}
        told_of_sweep(sweep, "close", actor, at, "结束排查", changes)
    return sweep
