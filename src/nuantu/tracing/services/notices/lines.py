"""Every deed about a notice is one journal line; it names channels and numbers, nobody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from nuantu.core import journal, live
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.tracing.models import TracingNotice

NOTICE: Final = "tracing_notice"
POSTING: Final = "notice_posting"
LEAD: Final = "tracing_lead"


def put_line(
    notice: TracingNotice,
    deed: str,
    *,
    actor: Actor,
    at: datetime,
    summary: str,
    changes: Mapping[str, Any] | None = None,
    also: tuple[Subject, ...] = (),
) -> None:
    """Write the line under the key of the case; `reason`, `note` and `purpose` in the changes lie sealed."""
    about = [
        Subject(NOTICE, notice.public_id),
        Subject("case", notice.of_case.public_id),
        Subject("person", notice.of_case.person.public_id),
    ]
    journal.record(
        verb=f"tracing.{deed}",
        actor=actor,
        at=at,
        subjects=[*about, *also],
        division_code=notice.division_code,
        owner_org=notice.owner_org,
        case_id=notice.case_id,
        summary=summary,
        changes=dict(changes or {}),
    )
    live.hint("tracing", notice.division_code, notice.owner_org)


def note_export(*, actor: Actor, at: datetime, count: int) -> None:
    """Who took the list of notices out of the system, and how many lines it had."""
    journal.record(
        verb="tracing.notice.export",
        actor=actor,
        at=at,
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary=f"导出寻亲公告 {count} 条",
        changes={"count": count},
    )
