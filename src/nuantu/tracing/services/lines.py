"""Every deed about a report is one journal line; whoever is meant stands only in the row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.tracing.models import MissingReport

REPORT: Final = "missing_report"


def note(
    report: MissingReport,
    deed: str,
    *,
    actor: Actor,
    at: datetime,
    summary: str,
    changes: Mapping[str, Any] | None = None,
    basis: str = "",
) -> None:
    """Write the line; a typed `basis`, and `reason` in the changes, lie sealed under the key of the report."""
    journal.record(
        verb=f"tracing.report.{deed}",
        actor=actor,
        at=at,
        subjects=[Subject(REPORT, report.public_id)],
        division_code=report.division_code,
        owner_org=report.owner_org,
        case_id=report.case_id,
        summary=summary,
        changes=dict(changes or {}),
        basis=basis,
        is_basis_typed=bool(basis),
    )
