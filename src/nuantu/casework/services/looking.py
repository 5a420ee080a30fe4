"""Who looked at what lies sealed, and who tried to open somebody else's plan."""

from collections.abc import Iterable
from datetime import datetime

from nuantu.casework.models import CasePlan
from nuantu.casework.services.lines import note
from nuantu.core.actors import Actor
from nuantu.persons import services as persons


def note_look(*, actor: Actor, at: datetime, plan: CasePlan, is_worker: bool) -> None:
    """Each look at the sealed words is a line."""
    said = "查看密封记录" if is_worker else "查看风险说明和安全计划"
    note(plan, "reveal", actor=actor, at=at, summary=said)


def note_refused(*, actor: Actor, at: datetime, plan: CasePlan) -> None:
    """Somebody who does not work on a plan asked for it and found nothing; that he asked is kept."""
    note(plan, "refuse", actor=actor, at=at, summary="想打开别人的个案，没有给看")


def note_plans_left(*, actor: Actor, at: datetime, plans: Iterable[CasePlan]) -> None:
    """Write on each record that it left the system in the list of plans."""
    people = [plan.person for plan in plans]
    persons.note_export(actor=actor, at=at, persons=people, purpose="导出社工个案名单")
