"""Relief points: register, open, shut with a reason, say again that they are open."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nuantu.core import events
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.places.models import ReliefPoint
from nuantu.places.services.spots import Spot, apply, reason_given, record, spot_fields


class ContactMissing(Refusal):
    """A point publishes contact, person and phone (P1-43)."""


class NotOpen(Refusal):
    """Only an open point can be said to be still open."""


@dataclass(frozen=True, slots=True)
class PointDetails:
    """What a relief point publishes, besides its spot."""

    kind: str
    contact_unit: str
    contact_person: str
    phone: str
    hours: str = ""
    places_count: int = 0
    has_sign: bool = False


def add_relief_point(
    *, actor: Actor, at: datetime, spot: Spot, details: PointDetails, owner_org: str = ""
) -> ReliefPoint:
    """Enter a temporary relief point, guidance point or cold shelter (P1-34, P1-42); it starts shut.

    Raises ContactMissing (P1-43) and the refusals of `spot_fields`.
    """
    point = ReliefPoint(
        **spot_fields(spot),
        **_published(details),
        owner_org=owner_org or actor.org_code,
        recorded_at=at,
    )
    with transaction.atomic():
        point.save()
        record(point, "add", actor=actor, at=at, summary=f"登记救助点 {point.name}")
    return point


def change_relief_point(
    *, actor: Actor, at: datetime, point: ReliefPoint, spot: Spot, details: PointDetails
) -> ReliefPoint:
    """Correct what is published or move the point.

    Raises AlreadyClosed, ContactMissing and the refusals of `spot_fields`.
    """
    columns: dict[str, Any] = {**spot_fields(spot), **_published(details)}
    with transaction.atomic():
        changes = apply(point, columns)
        if changes:
            point.save()
            record(
                point,
                "change",
                actor=actor,
                at=at,
                summary=f"修改救助点 {point.name}",
                changes=changes,
            )
    return point


def open_relief_point(*, actor: Actor, at: datetime, point: ReliefPoint) -> ReliefPoint:
    """Open the doors (P1-34) and announce `places.relief_point_opened`. Raises AlreadyClosed."""
    columns = {"is_open": True, "shut_reason": "", "state_at": at, "state_by": actor.name}
    return _said(point, columns, "open", "places.relief_point_opened", actor, at, "开放")


def shut_relief_point(
    *, actor: Actor, at: datetime, point: ReliefPoint, reason: str
) -> ReliefPoint:
    """Shut the doors, or say why they stay shut; a reason is what P1-34 asks for instead.

    Announces `places.relief_point_shut`. Raises ReasonMissing and AlreadyClosed.
    """
    columns = {
        "is_open": False,
        "shut_reason": reason_given(reason),
        "state_at": at,
        "state_by": actor.name,
    }
    return _said(point, columns, "shut", "places.relief_point_shut", actor, at, "不开放")


def confirm_relief_point(*, actor: Actor, at: datetime, point: ReliefPoint) -> ReliefPoint:
    """Say again that the point is open: somebody is there. Raises NotOpen and AlreadyClosed."""
    if not point.is_open:
        raise NotOpen(_("这个救助点没有开放，请先开放。"))
    columns = {"state_at": at, "state_by": actor.name}
    return _said(point, columns, "confirm", "", actor, at, "确认仍在开放")


def _said(
    point: ReliefPoint,
    columns: dict[str, Any],
    deed: str,
    event: str,
    actor: Actor,
    at: datetime,
    words: str,
) -> ReliefPoint:
    with transaction.atomic():
        changes = apply(point, columns)
        point.save(update_fields=list(columns))
        record(
            point,
            deed,
            actor=actor,
            at=at,
            summary=f"{point.name} {words}",
            changes=changes,
            basis="P1-34",
        )
        if event:
            events.announce(event, point=str(point.public_id), division_code=point.division_code)
    return point


def _published(details: PointDetails) -> dict[str, Any]:
    columns: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(details).items()
    }
    for name in ("contact_unit", "contact_person", "phone"):
        if not columns[name]:
            raise ContactMissing(_("救助点要公布责任单位、联系人和联系电话，请补齐。"), field=name)
    return columns
