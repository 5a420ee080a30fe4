"""What stands in the way of closing a plan."""

from dataclasses import dataclass

from django.db.models import QuerySet

from nuantu.accounts.models import Organisation
from nuantu.operations.models import Duty, Operation
from nuantu.operations.models.kinds import kind_label

REPORT = "report.submit"
PATROL = "patrol.daily"
CLOSE = "plan.close"


@dataclass(frozen=True, slots=True)
class OpenKind:
    """The open duties of one kind that the plan itself made."""

    kind: str
    label: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What is still open in a plan, by what must become of it.

    `reports` and `children` must be done first; `tasks` need a written reason to be dropped;
    `patrols` end with the plan; `lasting` rest on a person or a hand-over and go on without it.
    """

    reports: tuple[Duty, ...]
    children: tuple[Operation, ...]
    tasks: tuple[OpenKind, ...]
    patrols: int
    lasting: int

    @property
    def may_close(self) -> bool:
        """Whether nothing has to be done first."""
        return not self.reports and not self.children


def still_open(operation: Operation) -> StillOpen:
    """The open ends of a plan in force; run under the scope of whoever may close it."""
    rows = list(_open_duties(operation).order_by("kind", "due_at", "owner_org"))
    own = [row for row in rows if row.subject_kind == "operation" and row.case_id is None]
    tasks: dict[str, list[Duty]] = {}
    for row in own:
        if row.kind not in (REPORT, PATROL, CLOSE):
            tasks.setdefault(row.kind, []).append(row)
    return StillOpen(
        reports=tuple(row for row in own if row.kind == REPORT),
        children=tuple(operation.children.filter(closed_at=None).select_related("organisation")),
        tasks=tuple(
            OpenKind(kind, kind_label(kind), tuple(found)) for kind, found in tasks.items()
        ),
        patrols=sum(row.kind == PATROL for row in own),
        lasting=len(rows) - len(own),
    )


def _open_duties(operation: Operation) -> QuerySet[Duty]:
    return Duty.objects.filter(operation=operation, state=Duty.State.OPEN)


def owner_names(duties: tuple[Duty, ...]) -> list[str]:
    """The names of the organisations that owe duties, each once."""
    codes = dict.fromkeys(duty.owner_org for duty in duties)
    named = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
    return [named.get(code, code) for code in codes]
