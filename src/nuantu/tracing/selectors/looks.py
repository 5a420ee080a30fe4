"""Who opened what of a report: a line of the last minutes is the permission."""

from datetime import datetime
from typing import Final

from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry
from nuantu.persons.selectors.looks import NOTHING, OPEN_FOR, Opened
from nuantu.tracing.models import Match, MissingReport

REPORT: Final = "missing_report"
IDENTITY, SEARCHER, ID_NUMBER, DANGER = "identity", "searcher", "id_number", "danger"
PARTS: Final = (IDENTITY, SEARCHER, ID_NUMBER, DANGER)


def _lines(report: MissingReport, actor: Actor, verb: str, since: datetime) -> list[JournalEntry]:
    return list(
        JournalEntry.objects.filter(
            verb=verb,
            actor_id=actor.public_id,
            recorded_at__gt=since,
            subjects__kind=REPORT,
            subjects__subject_id=report.public_id,
        ).order_by("recorded_at")
    )


def opened_by(report: MissingReport, actor: Actor, at: datetime) -> Opened:
    """What the actor has opened of this report and may see right now."""
    lines = _lines(report, actor, "tracing.report.reveal", at - OPEN_FOR)
    if not lines:
        return NOTHING
    what = frozenset(str(line.changes.get("what", "")) for line in lines)
    return Opened(until=lines[0].recorded_at + OPEN_FOR, what=what)


def has_read_since(report: MissingReport, actor: Actor, since: datetime) -> bool:
    """Whether a line says already that the actor opened this report."""
    return bool(_lines(report, actor, "tracing.report.read", since))


def has_read_match_since(match: Match, actor: Actor, since: datetime) -> bool:
    """Whether a line says already that the actor opened this pair."""
    return JournalEntry.objects.filter(
        verb="tracing.match.read",
        actor_id=actor.public_id,
        recorded_at__gt=since,
        subjects__kind="match",
        subjects__subject_id=match.public_id,
    ).exists()


__all__ = [
    "DANGER",
    "IDENTITY",
    "ID_NUMBER",
    "PARTS",
    "REPORT",
    "SEARCHER",
    "has_read_match_since",
    "has_read_since",
    "opened_by",
]
