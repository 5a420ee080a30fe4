"""What the ledger promises, as duties: visits, help, a responsible person, what follows a return."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nuantu.accounts.models import User
from nuantu.core.actors import Actor
from nuantu.core.models import ScopedModel
from nuantu.core.subjects import Subject
from nuantu.homeward.models import LedgerEntry, LedgerHelp
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, complete_duty, open_duty

ENTRY: Final = "ledger_entry"
ALERT: Final = "ledger_alert"
HELP_ROW: Final = "ledger_help"
VISIT, HELP, KEEPER = "ledger.visit", "ledger.help", "ledger.keeper"
RETURNED, LOCKED, ABSENT, CALL = (
    "ledger.returned",
    "ledger.locked",
    "ledger.absent",
    "ledger.alert",
)
# kind → Chinese title, English title, rule
TITLES: Final = {
    VISIT: ("台账人员回访", "Revisit somebody of the ledger", "P14-23"),
    HELP: ("台账帮扶：办下一步", "Help of the ledger: the next step", "P1-72"),
    KEEPER: (
        "台账人员没有责任人，请指定",
        "Somebody of the ledger has nobody responsible",
        "P1-71",
    ),
    RETURNED: (
        "台账人员再次流浪：了解情况，商量怎么接回",
        "Somebody of the ledger is on the street again: ask, and settle how he comes home",
        "P1-71",
    ),
    LOCKED: (
        "台账人员被关锁：会同公安、村居解除并安排照料",
        "Somebody of the ledger is locked in: end it with police and village, arrange care",
        "P1-72",
    ),
    ABSENT: (
        "台账人员下落不明：寻找并报警",
        "Somebody of the ledger is missing: search, tell police",
        "P14-23",
    ),
    CALL: (
        "台账提醒：联系对方单位",
        "Ledger alert: call the organisation that keeps him",
        "P1-71",
    ),
}
_KEYS: Final = {
    KEEPER: "keeper",
    RETURNED: "returned",
    LOCKED: "locked",
    ABSENT: "absent",
    CALL: "alert",
}


def owe(
    *,
    actor: Actor,
    at: datetime,
    row: ScopedModel,
    kind: str,
    due_at: datetime | None = None,
    basis: str = "",
    assignee: User | None = None,
) -> Duty:
    """Open a promise about an entry or an alert; without `due_at` its limit is that of `ledger.act`.

    It belongs to no case: a ledger goes on when the case is closed.
    """
    chinese, english, rule = TITLES[kind]
    if due_at is None:
        ruling = rules_at(row.division_code, at).need("ledger.act", key=_KEYS[kind])
        due_at, basis = at + timedelta(hours=ruling.number), ruling.source
    return open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=chinese,
        title_en=english,
        subject=Subject(ALERT if kind == CALL else ENTRY, row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        due_at=max(due_at, at),
        basis=basis[:200],
        basis_rule=rule,
        assignee=assignee,
    )


def owed(public_id: UUID, *kinds: str) -> list[Duty]:
    """Open promises about an entry or an alert, of all kinds or of these, the earliest first."""
    found = Duty.objects.filter(
        subject_kind__in=(ENTRY, ALERT), subject_id=public_id, state=Duty.State.OPEN
    )
    return list((found.filter(kind__in=kinds) if kinds else found).order_by("due_at", "pk"))


def owed_of_help(row: LedgerHelp) -> list[Duty]:
    """The open promise of the next step of a help."""
    found = Duty.objects.filter(subject_kind=HELP_ROW, subject_id=row.public_id)
    return list(found.filter(state=Duty.State.OPEN))


def everything(entry: LedgerEntry) -> list[Duty]:
    """Every open promise about an entry, those of its help too."""
    helps = [one for row in entry.helps.filter(ended_at=None) for one in owed_of_help(row)]
    return [*owed(entry.public_id), *helps]


def keep(*, actor: Actor, at: datetime, row: ScopedModel, kinds: tuple[str, ...], by: UUID) -> None:
    """What was promised was done; `by` is the row that shows it."""
    for duty in owed(row.public_id, *kinds):
        complete_duty(actor=actor, at=at, duty=duty, evidence=by)


def take_off(*, actor: Actor, at: datetime, entry: LedgerEntry, reason: str) -> None:
    """Nothing is owed about an entry any more."""
    for duty in everything(entry):
        cancel_duty(actor=actor, at=at, duty=duty, reason=reason[:200])
