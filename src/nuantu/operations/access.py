"""The door from a request to a duty, a plan in force, a hand-over, a watch.

Row-level security already limits what is found; here the right to see or act is checked, and
what is not allowed looks like what is not there.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from nuantu.accounts.models import Division, Organisation
from nuantu.accounts.selectors import orgs_in
from nuantu.core.actors import Actor
from nuantu.operations.models import (
    Duty,
    Handover,
    Operation,
    PlanDocument,
    Team,
    WatchNote,
    WatchShift,
)
from nuantu.operations.rules.places import chain


def duty_for(actor: Actor, public_id: UUID) -> Duty:
    """A duty this actor may see, or not found."""
    if actor.may("operations.duty.read"):
        found = Duty.objects.select_related("assignee").filter(public_id=public_id).first()
        if found:
            return found
    raise Http404


def own_duty_for(actor: Actor, public_id: UUID, permission: str) -> Duty:
    """A duty the actor's own organisation owes and that he may act on, or not found."""
    duty = duty_for(actor, public_id)
    if duty.owner_org != actor.org_code or not actor.may(permission):
        raise Http404
    return duty


def may_complete(actor: Actor, duty: Duty) -> bool:
    """Whether the actor may tick the duty off: his organisation owes it."""
    return duty.owner_org == actor.org_code and actor.may("operations.duty.complete")


def may_cancel(actor: Actor, duty: Duty) -> bool:
    """Whether the actor may take the duty back."""
    return duty.owner_org == actor.org_code and actor.may("operations.duty.cancel")


def operations_for(actor: Actor) -> QuerySet[Operation]:
    """The plans that bind the actor's organisation, and those of divisions it oversees."""
    if not actor.may("operations.plan.read"):
        return Operation.objects.none()
    above = Operation.objects.filter(division_id__in=chain(actor.division_code))
    if actor.prefix:
        above = above | Operation.objects.filter(division__code__startswith=actor.prefix)
    return above.select_related("organisation", "division", "parent").defer("source_text")


def operation_for(actor: Actor, public_id: UUID) -> Operation:
    """A plan in force that binds the actor's organisation or stands below it, or not found."""
    found = operations_for(actor).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def own_operation_for(actor: Actor, public_id: UUID) -> Operation:
    """A plan of the actor's own organisation that he may change or close, or not found."""
    found = operation_for(actor, public_id)
    if not may_change(actor, found):
        raise Http404
    return found


def may_change(actor: Actor, operation: Operation) -> bool:
    """Whether the actor may change, confirm or close the plan: his organisation answers for it."""
    return operation.organisation_id == actor.org_code and actor.may("operations.plan.change")


def sheet_offices_for(actor: Actor, operation: Operation) -> list[Organisation]:
    """The offices below a plan whose duty sheet the actor may print: his own, and those he oversees."""
    near = Q(code=actor.org_code)
    if actor.prefix:
        near |= Q(division__code__startswith=actor.prefix)
    found = Organisation.objects.filter(
        near, is_active=True, division__code__startswith=operation.division.prefix
    )
    return list(found.exclude(kind=Organisation.Kind.SYSTEM).order_by("division_id", "code"))


def document_for(actor: Actor, public_id: UUID) -> PlanDocument:
    """A plan document of the actor's own organisation, or not found; its file comes when asked for."""
    mine = PlanDocument.objects.filter(public_id=public_id, owner_org=actor.org_code)
    found = mine.defer("content").first()
    if found is None or not actor.may("operations.plan.start"):
        raise Http404
    return found


def division_for(actor: Actor, division_code: str) -> Division:
    """A division whose level the actor may read: his own, those above, those he oversees."""
    may = may_read_level(actor, division_code)
    found = Division.objects.filter(code=division_code).first() if may else None
    if found is None:
        raise Http404
    return found


def may_read_level(actor: Actor, division_code: str) -> bool:
    """Whether the page of a division's level opens to the actor; its link is shown to nobody else."""
    is_near = division_code in chain(actor.division_code) or bool(
        actor.prefix and division_code.startswith(actor.prefix)
    )
    return is_near and actor.may("operations.plan.read")


def may_set_level(actor: Actor, division_code: str) -> bool:
    """Whether the actor may change a level by hand: in the divisions he oversees."""
    is_below = bool(actor.prefix) and division_code.startswith(actor.prefix)
    return is_below and actor.may("operations.level.set")


def handover_for(actor: Actor, public_id: UUID) -> Handover:
    """A hand-over the actor's organisation gives, is offered, or oversees; or not found."""
    found = Handover.objects.filter(public_id=public_id).first()
    if found is None or not actor.may("operations.handover.read"):
        raise Http404
    return found


def offered_to(actor: Actor, public_id: UUID) -> Handover:
    """A hand-over offered to the actor's own organisation that he may answer, or not found."""
    handover = handover_for(actor, public_id)
    if handover.to_org != actor.org_code or not actor.may("operations.handover.answer"):
        raise Http404
    return handover


def given_by(actor: Actor, public_id: UUID) -> Handover:
    """A hand-over of the actor's own organisation, or not found."""
    handover = handover_for(actor, public_id)
    if handover.owner_org != actor.org_code or not actor.may("operations.handover.offer"):
        raise Http404
    return handover


def rosters_for(actor: Actor) -> list[Organisation]:
    """The organisations whose watch roster the actor may read, his own first."""
    if not actor.may("operations.roster.read"):
        return []
    found = {org.code: org for org in Organisation.objects.filter(code=actor.org_code)}
    if actor.prefix:
        for kind in (Organisation.Kind.STATION, Organisation.Kind.BUREAU):
            found |= {org.code: org for org in orgs_in(actor.prefix, kind)}
    return list(found.values())


def roster_for(actor: Actor, org_code: str) -> Organisation:
    """One organisation whose roster the actor may read, or not found."""
    for organisation in rosters_for(actor):
        if organisation.code == org_code:
            return organisation
    raise Http404


def may_plan_roster(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor may put people on watch: his own organisation, or one he oversees."""
    is_near = organisation.code == actor.org_code or bool(
        actor.prefix and organisation.division_id.startswith(actor.prefix)
    )
    return is_near and actor.may("operations.roster.plan")


def watch_for(actor: Actor, public_id: UUID) -> WatchShift:
    """A watch the actor may change, or not found."""
    found = (
        WatchShift.objects.select_related("organisation", "user")
        .filter(public_id=public_id)
        .first()
    )
    if found is None or not may_plan_roster(actor, found.organisation):
        raise Http404
    return found


def note_for(actor: Actor, public_id: UUID) -> WatchNote:
    """A hand-over note of the actor's own watch, or not found."""
    found = WatchNote.objects.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or not actor.may("operations.watch.handover"):
        raise Http404
    return found


def team_for(actor: Actor, public_id: UUID) -> Team:
    """A team whose shifts the actor may plan, or not found."""
    found = (
        Team.objects.select_related("organisation", "division")
        .filter(public_id=public_id, organisation_id=actor.org_code)
        .first()
    )
    if found is None or not actor.may("operations.team.plan"):
        raise Http404
    return found
