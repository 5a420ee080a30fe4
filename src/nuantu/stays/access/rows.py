"""The one door that most doors of a station are: a row of the own house, for whoever may."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404

from nuantu.core.actors import Actor

Row = TypeVar("Row", bound=Model)


def own_row(
    rows: QuerySet[Row], actor: Actor, public_id: UUID, permission: str, *, through: str = ""
) -> Row:
    """The row of that id held by the actor's organisation (`through` its parent, as in "care__"),
    for whoever holds the permission; else not found."""
    held = {f"{through}owner_org": actor.org_code}
    found = rows.filter(public_id=public_id, **held).first()
    if found is None or not actor.may(permission):
        raise Http404
    return found
