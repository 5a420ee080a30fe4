"""The door from a request to a warning and to what may be said about it in a county."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from nuantu.accounts.rules.divisions import short_code
from nuantu.core.actors import Actor
from nuantu.warnings.models import Coverage, UnreadBody, Warning

READ = "warnings.warning.read"


def warnings_for(actor: Actor) -> QuerySet[Warning]:
    """Every warning taken in: official notices are read by all staff."""
    return Warning.objects.all() if actor.may(READ) else Warning.objects.none()


def warning_for(actor: Actor, public_id: UUID) -> Warning:
    """One warning, or not found."""
    found = warnings_for(actor).select_related("transmission").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def unread_for(actor: Actor, public_id: UUID) -> UnreadBody:
    """A body that could not be read, or not found."""
    found = UnreadBody.objects.select_related("transmission").filter(public_id=public_id)
    row = found.first() if actor.may(READ) else None
    if row is None:
        raise Http404
    return row


def may_settle(actor: Actor, unread: UnreadBody) -> bool:
    """Whether the actor may say what it is: he may enter warnings, and his organisation received
    it, or its division and that of the receiver lie in one another."""
    if not actor.may("warnings.warning.enter"):
        return False
    own, theirs = short_code(actor.division_code), short_code(unread.division_code)
    return unread.owner_org == actor.org_code or own.startswith(theirs) or theirs.startswith(own)


def may_answer(actor: Actor, coverage: Coverage, verb: str) -> bool:
    """Whether the actor may speak for a county (`acknowledge`, `confirm_end`): he has the right,
    and his organisation answers for the county or oversees it."""
    is_holder = coverage.owner_org == actor.org_code
    oversees = bool(actor.prefix) and coverage.division_code.startswith(actor.prefix)
    return actor.may(f"warnings.coverage.{verb}") and (is_holder or oversees)


def answerable(actor: Actor, public_id: UUID, verb: str, county: str = "") -> list[Coverage]:
    """The counties of a warning for which the actor may answer, or not found when there is none."""
    warning = warning_for(actor, public_id)
    rows = warning.coverage.exclude(phase=Coverage.Phase.LIFTS).select_related("warning")
    if county:
        rows = rows.filter(division_code=county)
    found = [row for row in rows if may_answer(actor, row, verb)]
    if not found:
        raise Http404
    return found
