"""The only door from a request to a report or a file of reports; outsiders get not-found."""

from uuid import UUID

from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.tracing.models import MissingReport, ReportImport

READ, WRITE = "tracing.report.read", "tracing.report.write"
REVEAL, EXPORT = "tracing.report.reveal", "tracing.report.export"
IMPORT = "tracing.report.import"


def report_for(actor: Actor, public_id: UUID, permission: str = READ) -> MissingReport:
    """A report that the actor's organisation took or oversees, else not found."""
    if actor.may(permission):
        found = MissingReport.objects.select_related("photo").filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def is_own(actor: Actor, report: MissingReport) -> bool:
    """Whether the actor's organisation holds the report."""
    return report.owner_org == actor.org_code


def may_change(actor: Actor, report: MissingReport) -> bool:
    """Whether the actor may write to it: only its holder, only while it is open."""
    return actor.may(WRITE) and is_own(actor, report) and report.is_open


def report_to_change(actor: Actor, public_id: UUID) -> MissingReport:
    """A report that the actor's own organisation holds; overseers get not-found. It may be closed."""
    found = report_for(actor, public_id, WRITE)
    if not is_own(actor, found):
        raise Http404
    return found


def report_to_reveal(actor: Actor, public_id: UUID) -> MissingReport:
    """A report whose sealed parts the actor may open: his own organisation's, not withdrawn."""
    found = report_for(actor, public_id, REVEAL)
    if not is_own(actor, found) or found.is_withdrawn:
        raise Http404
    return found


def file_for(actor: Actor, public_id: UUID) -> ReportImport:
    """A file that the actor's own organisation read, for those who bring files in."""
    if actor.may(IMPORT):
        found = ReportImport.objects.filter(public_id=public_id, owner_org=actor.org_code).first()
        if found is not None:
            return found
    raise Http404
