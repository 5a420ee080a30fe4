"""Every deed about a report is one journal line; whoever is meant stands only in the row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.tracing.models import Match, MissingReport

REPORT: Final = "missing_report"
MATCH: Final = "match"


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


def note_match(
    match: Match,
    deed: str,
    *,
    actor: Actor,
    at: datetime,
    summary: str,
    changes: Mapping[str, Any] | None = None,
    sealed: Mapping[str, Any] | None = None,
) -> None:
    """Write what was done about a suspected match; it stands with the person and with a report of the same house."""
    subjects = [Subject(MATCH, match.public_id), Subject("person", match.person.public_id)]
    report = MissingReport.objects.filter(pk=match.report_id).first()
    if report is not None and match.holder_org == match.owner_org:
        subjects.append(Subject(REPORT, report.public_id))
    journal.record(
        verb=f"tracing.match.{deed}",
        actor=actor,
        at=at,
        subjects=subjects,
        division_code=match.division_code,
        owner_org=match.owner_org,
        case_id=match.case_id,
        summary=summary,
        changes=dict(changes or {}),
        sealed=dict(sealed) if sealed else None,
    )
