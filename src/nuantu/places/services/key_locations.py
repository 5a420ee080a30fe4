"""Key locations: add, change, close, take out of the system."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.places.models import KeyLocation, Place
from nuantu.places.rules.hours import HoursUnreadable, hours_text, parse_hours
from nuantu.places.selectors import location_types
from nuantu.places.services.spots import Spot, apply, reason_given, record, spot_fields


class TypeUnknown(Refusal):
    """A type that no plan names."""


class NameTaken(Refusal):
    """The town has a key location of this name already."""


class HoursRefused(Refusal):
    """Opening hours that nobody can read."""


@dataclass(frozen=True, slots=True)
class VisitTerms:
    """How a key location is visited. `open_hours`: as typed, for example 08:00-17:30; empty for always."""

    is_night_only: bool = False
    must_go_with_police: bool = False
    open_hours: str = ""


def add_key_location(
    *,
    actor: Actor,
    at: datetime,
    spot: Spot,
    kind: str,
    owner_org: str = "",
    terms: VisitTerms | None = None,
    note: str = "",
) -> KeyLocation:
    """Enter a place to be patrolled first (P1-24). The holder is the actor's organisation by default.

    Raises TypeUnknown, HoursRefused, NameTaken and the refusals of `spot_fields`.
    """
    location = KeyLocation(
        **spot_fields(spot),
        kind=_known_type(kind),
        owner_org=owner_org or actor.org_code,
        **known_terms(terms),
        note=note.strip(),
        recorded_at=at,
    )
    with transaction.atomic():
        _save(location)
        record(location, "add", actor=actor, at=at, summary=f"登记重点区域 {location.name}")
    return location


def change_key_location(
    *,
    actor: Actor,
    at: datetime,
    location: KeyLocation,
    spot: Spot,
    kind: str,
    terms: VisitTerms | None = None,
    note: str = "",
) -> KeyLocation:
    """Rename, move within the county or retype; the journal keeps what it was.

    Raises AlreadyClosed, CountyChanged, TypeUnknown, HoursRefused, NameTaken and the refusals of
    `spot_fields`.
    """
    columns: dict[str, Any] = {
        **spot_fields(spot),
        "kind": _known_type(kind),
        **known_terms(terms),
        "note": note.strip(),
    }
    with transaction.atomic():
        changes = apply(location, columns)
        if changes:
            _save(location)
            record(
                location,
                "change",
                actor=actor,
                at=at,
                summary=f"修改重点区域 {location.name}",
                changes=changes,
            )
    return location


def close_place(*, actor: Actor, at: datetime, place: Place, reason: str) -> Place:
    """Take a place out of use for good, with the reason; what points to it stays. Once only.

    Raises ReasonMissing and AlreadyClosed.
    """
    columns: dict[str, Any] = {"closed_at": at, "closed_reason": reason_given(reason)}
    if hasattr(place, "is_open"):
        columns["is_open"] = False
    with transaction.atomic():
        changes = apply(place, columns)
        place.save(update_fields=list(columns))
        record(place, "close", actor=actor, at=at, summary=f"停用 {place.name}", changes=changes)
    return place


def _known_type(kind: str) -> str:
    if kind not in location_types():
        raise TypeUnknown(_("没有这种重点区域类型，请重新选择。"), field="kind")
    return kind


def known_terms(terms: VisitTerms | None) -> dict[str, Any]:
    """The columns of the terms, with the hours as they are kept. Raises HoursRefused."""
    terms = terms or VisitTerms()
    try:
        hours = parse_hours(terms.open_hours)
    except HoursUnreadable as error:
        raise HoursRefused(
            _("看不懂开放时间。请写成 08:00-17:30，几段用顿号隔开，最多四段且不重叠。"),
            field="open_hours",
        ) from error
    return {**asdict(terms), "open_hours": hours_text(hours)}


def _save(location: KeyLocation) -> None:
    try:
        with transaction.atomic():
            location.save()
    except IntegrityError as error:
        raise NameTaken(
            _("这个乡镇已有同名的重点区域。请换一个名称，或修改原来那一处。"), field="name"
        ) from error


def note_export(*, actor: Actor, at: datetime, query: str) -> None:
    """Who took the places where people sleep out of the system, with the filter of the list."""
    journal.record(
        verb="places.key_location.export",
        actor=actor,
        at=at,
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary="导出重点区域",
        changes={"query": query},
    )
