"""The door from a request to a patrol week.

Row-level security limits what is found; here the right is checked, and who may neither plan nor
oversee sees a week only when it was published.
"""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.patrols.models import PatrolStop, PatrolWeek

READ = "patrols.week.read"
PLAN = "patrols.week.plan"
APPROVE = "patrols.week.approve"


def weeks_for(actor: Actor) -> QuerySet[PatrolWeek]:
    """The weeks this actor may see, the newest first."""
    if not actor.may(READ):
        return PatrolWeek.objects.none()
    rows = PatrolWeek.objects.order_by("-first_day", "division_code")
    if actor.may(PLAN) or actor.prefix:
        return rows
    return rows.filter(state=PatrolWeek.State.PUBLISHED)


def week_for(actor: Actor, public_id: UUID) -> PatrolWeek:
    """A week this actor may see, or not found."""
    rows = weeks_for(actor).select_related("search", "operation")
    found = rows.defer("search__problem").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def may_change(actor: Actor, week: PatrolWeek, permission: str) -> bool:
    """Whether the actor may act on the week: its holder, or whoever oversees the county."""
    is_holder = week.owner_org == actor.org_code
    is_overseer = bool(actor.prefix) and week.division_code.startswith(actor.prefix)
    return actor.may(permission) and (is_holder or is_overseer)


def changeable_week_for(actor: Actor, public_id: UUID, permission: str) -> PatrolWeek:
    """A week the actor may act on, or not found."""
    week = week_for(actor, public_id)
    if not may_change(actor, week, permission):
        raise Http404
    return week


def changeable_stop_for(actor: Actor, public_id: UUID) -> PatrolStop:
    """A stop of a week the actor may plan, with its route, or not found."""
    rows = PatrolStop.objects.select_related("route__team", "route__week", "key_location")
    stop = rows.filter(public_id=public_id).first()
    if stop is None or not may_change(actor, stop.route.week, PLAN):
        raise Http404
    return stop
