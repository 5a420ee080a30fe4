"""The journal line of a paper: it names kind and number, never what stands in it."""

from datetime import datetime
from typing import Any

from nuantu.core import journal, live
from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.papers.models import Paper


def note(
    *,
    verb: str,
    actor: Actor,
    at: datetime,
    paper: Paper,
    summary: str,
    basis: str = "",
    changes: dict[str, Any] | None = None,
) -> JournalEntry:
    """Write one line about a paper and its case, and tell open pages. `basis` is what was typed."""
    subjects = [Subject("paper", paper.public_id), Subject(paper.subject_kind, paper.subject_id)]
    if paper.case_id is not None:
        subjects.append(Subject("case", paper.case_id))
    entry = journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=subjects,
        division_code=paper.division_code,
        owner_org=paper.owner_org,
        case_id=paper.case_id,
        summary=summary,
        basis=basis,
        is_basis_typed=bool(basis),
        changes=changes,
    )
    live.hint("papers", paper.division_code, paper.owner_org)
    return entry
