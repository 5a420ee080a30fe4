"""Every deed is one journal line; whoever is meant stands only in the row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.models import ScopedModel
from nuantu.core.subjects import Subject

WEARER: Final = "wearer"
WRISTBAND: Final = "wristband"
GATEWAY: Final = "gateway"
ALARM: Final = "wearer_alarm"


class HomewardRefused(Refusal):
    """What was asked of a wearer, a wristband or an alarm cannot be done."""


def note(
    row: ScopedModel,
    deed: str,
    *,
    actor: Actor,
    at: datetime,
    summary: str,
    changes: Mapping[str, Any] | None = None,
    basis: str = "",
) -> None:
    """Write the line about a wearer or a wristband; what was typed lies sealed where there is a case."""
    named = deed.split(".", maxsplit=1)[0]
    kind = WEARER if named == "consent" else named
    subjects = [Subject(kind, row.public_id)]
    journal.record(
        verb=f"homeward.{deed}",
        actor=actor,
        at=at,
        subjects=[*subjects, Subject("case", row.case_id)] if row.case_id else subjects,
        division_code=row.division_code,
        owner_org=row.owner_org,
        case_id=row.case_id,
        summary=summary,
        changes=dict(changes or {}),
        basis=basis,
        is_basis_typed=bool(basis),
    )


def note_export(*, actor: Actor, at: datetime, count: int) -> None:
    """Who took the list of wearers out of the system, and how many lines it had."""
    journal.record(
        verb="homeward.wearer.export",
        actor=actor,
        at=at,
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary=f"导出手环佩戴名单 {count} 条",
        changes={"count": count},
    )


def note_list_export(*, actor: Actor, at: datetime, verb: str, words: str, count: int) -> None:
    """Who took a list of homeward out of the system, and how many lines it had."""
    journal.record(
        verb=f"homeward.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary=f"导出{words} {count} 条",
        changes={"count": count},
    )
