"""Open, keep, cancel and escalate promises."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.accounts.selectors import bureau_of
from nuantu.core import events, journal, live, scope, subjects
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.operations.models import Duty, Operation
from nuantu.operations.models.kinds import staying_kinds
from nuantu.operations.rules.clocks import is_breached, warn_moment
from nuantu.operations.rules.ladder import Rung, rung_at, rungs_to_climb
from nuantu.operations.selectors import leader_on_duty, rules_at

BATCH = 500
UNDO = timedelta(minutes=10)
UNDONE: dict[str, object] = {
    "state": Duty.State.OPEN,
    "done_at": None,
    "done_by": "",
    "done_by_id": None,
    "note": "",
    "evidence_id": None,
}


class DutyClosed(Refusal):
    """Somebody else closed the duty first."""


class ReasonNeeded(Refusal):
    """A reason must be written down."""


def open_duty(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    title: str,
    subject: Subject,
    owner_org: str,
    division_code: str,
    due_at: datetime,
    basis: str,
    basis_rule: str = "",
    case_id: UUID | None = None,
    warn_at: datetime | None = None,
    escalate_to_org: str = "",
    assignee: User | None = None,
    title_en: str = "",
    operation: Operation | None = None,
    recurrence: str | None = None,
) -> Duty:
    """Open a promise: what (`kind`, `title`), about what, who owes it, until when, on what basis.

    Without `warn_at` the clock turns amber at the share of the national default (2/3). The row may
    belong to another organisation than the actor's: a duty is owed by whoever it is given to.
    """
    if warn_at is None:
        share = rules_at(division_code, at).need("clock.amber_share").number
        warn_at = warn_moment(at, due_at, share)
    with _as_owner(actor, owner_org):
        duty = Duty.objects.create(
            kind=kind,
            title=title,
            title_en=title_en,
            subject_kind=subject.kind,
            subject_id=subject.public_id,
            owner_org=owner_org,
            division_code=division_code,
            case_id=case_id,
            opened_at=at,
            warn_at=min(max(warn_at, at), due_at),
            due_at=due_at,
            basis=basis,
            basis_rule=basis_rule,
            escalate_to_org=escalate_to_org,
            assignee=assignee,
            operation=operation,
            recurrence=recurrence,
        )
        _record(duty, "open", actor, at, f"待办：{title}", {"due_at": due_at.isoformat()})
        events.announce("operations.duty_opened", duty=str(duty.public_id))
    return duty


def renew_duty(
    *,
    actor: Actor,
    at: datetime,
    duty: Duty,
    title: str,
    title_en: str,
    due_at: datetime,
    basis: str,
) -> Duty:
    """Ask anew for an open promise whose subject has changed again: until `due_at`, unless it is
    late already, which it stays.

    Raises DutyClosed when somebody closed it first.
    """
    before = duty.due_at
    values: dict[str, object] = {"title": title, "title_en": title_en, "basis": basis}
    if is_breached(due_at=before, done_at=None, at=at):
        due_at = before
    else:
        share = rules_at(duty.division_code, at).need("clock.amber_share").number
        values |= {"due_at": due_at, "warn_at": warn_moment(at, due_at, share), "escalation": 0}
    _change_open(duty, actor, **values)
    dates: dict[str, object] = {"due_at": [before.isoformat(), due_at.isoformat()]}
    _record(duty, "renew", actor, at, f"待办更新：{title}", dates)
    return duty


def complete_duty(
    *, actor: Actor, at: datetime, duty: Duty, note: str = "", evidence: UUID | None = None
) -> Duty:
    """Tick a promise off. A late one still asks for its reason (`give_breach_reason`).

    Raises DutyClosed when somebody was faster.
    """
    _change_open(
        duty,
        actor,
        state=Duty.State.DONE,
        done_at=at,
        done_by=actor.name,
        done_by_id=actor.account_id,
        note=note,
        evidence_id=evidence,
        **_with_case(duty, note),
    )
    late = is_breached(due_at=duty.due_at, done_at=at, at=at)
    summary = f"完成：{duty.title}" + ("（超时）" if late else "")
    _record(duty, "complete", actor, at, summary, {"is_late": late, "note": note})
    events.announce("operations.duty_done", duty=str(duty.public_id))
    return duty


def reopen_duty(*, actor: Actor, at: datetime, duty: Duty) -> Duty:
    """Undo a tick that was a slip: by the same account, within ten minutes.

    Raises Refusal afterwards, when somebody else ticked it off, or when its plan was closed.
    """
    with _as_owner(actor, duty.owner_org):
        _hold_plan(duty)
        running = Duty.objects.exclude(operation__closed_at__isnull=False)
        changed = running.filter(
            pk=duty.pk,
            state=Duty.State.DONE,
            done_by=actor.name,
            done_by_id=actor.account_id,
            done_at__gte=at - UNDO,
        ).update(**UNDONE)
        if not changed:
            raise Refusal(_("只能由办结人在10分钟内撤销。"))
        duty.refresh_from_db()
        _record(duty, "reopen", actor, at, f"撤销办结：{duty.title}", {})
    return duty


def take_evidence_back(
    *, actor: Actor, at: datetime, duty: Duty, evidence: UUID, reason: str
) -> bool:
    """What ticked a duty off is no more: it is owed again, whoever ticked it off and whenever.

    False, and nothing changes, where something else did it or the plan was closed since.
    """
    with _as_owner(actor, duty.owner_org):
        _hold_plan(duty)
        changed = (
            Duty.objects.exclude(operation__closed_at__isnull=False)
            .filter(pk=duty.pk, state=Duty.State.DONE, evidence_id=evidence)
            .update(**UNDONE)
        )
        if changed:
            duty.refresh_from_db()
            summary = f"依据已撤回，重新打开：{duty.title}"
            _record(duty, "reopen", actor, at, summary, {"reason": reason})
    return bool(changed)


def cancel_duty(*, actor: Actor, at: datetime, duty: Duty, reason: str) -> Duty:
    """Take a promise back because it is no longer owed; the reason is kept.

    Raises ReasonNeeded without a reason, DutyClosed when somebody was faster.
    """
    if not reason.strip():
        raise ReasonNeeded(_("请写明取消的原因。"), field="reason")
    _change_open(
        duty,
        actor,
        state=Duty.State.CANCELLED,
        cancel_reason=reason[:200],
        **_with_case(duty, reason),
    )
    _record(duty, "cancel", actor, at, f"取消：{duty.title}", {"reason": reason})
    return duty


def give_breach_reason(*, actor: Actor, at: datetime, duty: Duty, reason: str) -> Duty:
    """Write down why a promise was late; asked once, kept for ever.

    Raises ReasonNeeded for an empty reason, Refusal when it is not late or already explained.
    """
    if not reason.strip():
        raise ReasonNeeded(_("请写明超时的原因。"), field="reason")
    if not is_breached(due_at=duty.due_at, done_at=duty.done_at, at=at):
        raise Refusal(_("这件事没有超时，不需要说明原因。"))
    with _as_owner(actor, duty.owner_org):
        changed = Duty.objects.filter(pk=duty.pk, breach_reason="").update(
            breach_reason=reason[:500], breach_reason_at=at
        )
        if not changed:
            raise Refusal(_("超时原因已经写过了。"))
        duty.refresh_from_db()
        _record(duty, "explain", actor, at, f"超时说明：{duty.title}", {"reason": reason})
    return duty


def note_export(*, actor: Actor, at: datetime, count: int) -> None:
    """Who took a register of duties out of the system, and how many lines it had."""
    journal.record(
        verb="operations.duty.export",
        actor=actor,
        at=at,
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary=f"导出待办登记 {count} 件",
        changes={"count": count},
    )


def move_duties(public_id: UUID, case_id: UUID | None, new_owner: str) -> None:
    """Open duties of a case follow it to its new owner, but for those of whoever acted."""
    if case_id is not None:
        Duty.objects.filter(case_id=case_id, state=Duty.State.OPEN).exclude(
            kind__in=staying_kinds()
        ).update(owner_org=new_owner)


def escalate_due(*, at: datetime) -> int:
    """Carry open duties up the ladder: amber, leader on duty, bureau; each rung once.

    Returns how many rungs were taken. Runs every minute; may run twice.
    """
    taken = 0
    waiting = (
        Duty.objects.filter(state=Duty.State.OPEN, warn_at__lte=at, escalation__lt=Rung.BUREAU)
        .exclude(escalation=Rung.AMBER, due_at__gt=at)
        .order_by("due_at")[:BATCH]
    )
    for duty in sorted(waiting, key=lambda duty: duty.pk):  # as whoever closes a plan holds them
        after = rules_at(duty.division_code, at).need("clock.escalate_bureau").number
        target = rung_at(
            warn_at=duty.warn_at,
            due_at=duty.due_at,
            bureau_after=timedelta(minutes=after),
            at=at,
        )
        for rung in rungs_to_climb(duty.escalation, target):
            taken += _climb(duty, rung, at)
    return taken


def _climb(duty: Duty, rung: Rung, at: datetime) -> int:
    with transaction.atomic():
        changed = Duty.objects.filter(
            pk=duty.pk, state=Duty.State.OPEN, escalation=rung - 1
        ).update(escalation=rung)
        if not changed:
            return 0
        told, org = _told(duty, rung, at)
        words = {
            Rung.AMBER: "将到时限",
            Rung.LEADER: "已超时，报带班领导",
            Rung.BUREAU: "仍未完成，报民政局",
        }
        _record(duty, "escalate", SYSTEM, at, f"{words[rung]}：{duty.title}", {"told": told})
        events.announce(
            "operations.duty_escalated", duty=str(duty.public_id), rung=rung.name, org=org
        )
    return 1


def _told(duty: Duty, rung: Rung, at: datetime) -> tuple[str, str]:
    """Whom a rung reports to: the words for the journal, and the organisation to be notified."""
    if rung is Rung.BUREAU:
        bureau = bureau_of(duty.division_code)
        org = duty.escalate_to_org or (bureau.code if bureau else duty.owner_org)
        return org, org
    leader = leader_on_duty(duty.owner_org, at) if rung is Rung.LEADER else None
    words = f"{leader.user.name}（{duty.owner_org}）" if leader else duty.owner_org
    return words, duty.owner_org


def _change_open(duty: Duty, actor: Actor, **values: object) -> None:
    """Change or close an open duty; whoever comes after it was closed is refused."""
    with _as_owner(actor, duty.owner_org):
        changed = Duty.objects.filter(pk=duty.pk, state=Duty.State.OPEN).update(**values)
        if changed:
            duty.refresh_from_db()
            return
        found = Duty.objects.filter(pk=duty.pk).first()
    if found and found.state == Duty.State.DONE:
        raise DutyClosed(_("%(name)s 已经办结了这件事。") % {"name": found.done_by})
    raise DutyClosed(_("这件事已经取消，不用再办。"))


def _with_case(duty: Duty, words: str) -> dict[str, UUID]:
    """What is written on a closed duty goes with the case of what it is about, also where the duty
    named none while it was open, lest it stand in the way of closing that case."""
    if duty.case_id is not None or not words.strip():
        return {}
    found = subjects.case_of(Subject(duty.subject_kind, duty.subject_id))
    return {"case_id": found} if found else {}


def _hold_plan(duty: Duty) -> None:
    """Let nobody close the plan of a duty until the transaction ends."""
    list(Operation.objects.select_for_update(no_key=True).filter(pk=duty.operation_id or 0))


def _as_owner(actor: Actor, owner_org: str) -> AbstractContextManager[None]:
    """One transaction, elevated for the row of another organisation; access checked the right."""
    if actor.is_system or actor.org_code == owner_org:
        return together()
    return scope.system("a duty is written for the organisation that owes it")


def _record(
    duty: Duty,
    verb: str,
    actor: Actor,
    at: datetime,
    summary: str | Promise,
    changes: dict[str, object],
) -> None:
    journal.record(
        verb=f"operations.duty.{verb}",
        actor=actor,
        at=at,
        subjects=[
            Subject("duty", duty.public_id),
            Subject(duty.subject_kind, duty.subject_id),
        ],
        division_code=duty.division_code,
        owner_org=duty.owner_org,
        case_id=duty.case_id,
        basis=duty.basis,
        summary=str(summary),
        changes={**changes, "title_en": duty.title_en},
    )
    live.hint("duties", duty.division_code, duty.owner_org)
