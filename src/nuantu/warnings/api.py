"""Warnings over HTTP: post in any form, list, one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError

from nuantu.core import clock
from nuantu.core.http import actor_of
from nuantu.warnings import access, selectors, services
from nuantu.warnings.models import Coverage, Warning

router = Router(tags=["warnings"])

_TEXT = {"schema": {"type": "string"}}
_BODY = {
    "requestBody": {
        "required": True,
        "description": "The message as issued; its form is told from what it is.",
        "content": {
            "application/cap+xml": _TEXT,
            "application/xml": _TEXT,
            "text/xml": _TEXT,
            "application/json": {"schema": {"type": "object"}},
            "text/plain": _TEXT,
        },
    }
}


class CoverageOut(Schema):
    """One county under a warning."""

    division_code: str = Field(description="12 digits")
    division_name: str
    part: str = Field(description="which part of the county, empty for the whole")
    basis: str
    level: str = Field(description="operating level the plan asks for, empty for none")
    phase: str = Field(description="in_force, awaiting, ended, lifts")
    until: datetime | None
    ended_at: datetime | None
    end: str
    acknowledged_at: datetime | None
    confirmed_at: datetime | None


class AreaOut(Schema):
    """One area as issued."""

    description: str
    codes: list[str]
    polygons: list[str] = Field(description='CAP polygons: "lat,lon lat,lon …"')


class WarningOut(Schema):
    """One warning as taken in (F-23)."""

    id: UUID
    identifier: str
    sender: str
    sender_name: str
    sender_division: str
    sent_at: datetime
    event: str
    event_code: str
    colour: str = Field(description="white, blue, yellow, orange, red or empty")
    level: str = Field(description="legal level Ⅳ Ⅲ Ⅱ Ⅰ or empty")
    msg_type: str
    status: str
    scope: str
    references: list[str]
    effective_at: datetime | None
    onset_at: datetime | None
    expires_at: datetime | None
    headline: str
    description: str
    criteria: str
    instruction: str
    form: str
    notes: list[str] = Field(description="what was inferred rather than said")
    outcome: str = Field(description="counted, or why it changes nothing")
    received_at: datetime
    areas: list[AreaOut]
    coverage: list[CoverageOut]


class TakenOut(WarningOut):
    """The answer to a posted message; a feed with several has the rest in `others`."""

    is_repeat: bool
    others: list[WarningOut]


class WarningPage(Schema):
    """A stretch of the list."""

    total: int
    items: list[WarningOut]


class WarningQuery(Schema):
    """Filters of the list."""

    q: str = ""
    event: str = ""
    colour: str = ""
    status: str = ""
    state: str = Field("", description="live, awaiting, ended or without")
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0)


def _coverage_out(row: Coverage) -> CoverageOut:
    return CoverageOut(
        division_code=row.division_code,
        division_name=selectors.division_name(row.division_code),
        part=row.part,
        basis=row.basis,
        level=row.level,
        phase=row.phase,
        until=row.holds_until,
        ended_at=row.ended_at,
        end=row.end,
        acknowledged_at=row.acknowledged_at,
        confirmed_at=row.confirmed_at,
    )


def _values(row: Warning) -> dict[str, Any]:
    plain = (
        "identifier", "sender", "sender_name", "sender_division", "sent_at", "event_code", "colour",
        "msg_type", "status", "scope", "effective_at", "onset_at", "expires_at", "headline",
        "description", "criteria", "instruction", "form", "notes", "outcome", "received_at",
    )  # fmt: skip
    return {name: getattr(row, name) for name in plain} | {
        "id": row.public_id,
        "event": row.event_name,
        "level": row.legal_level,
        "references": [str(reference) for reference in row.references.all()],
        "areas": [
            AreaOut(description=area.description, codes=area.codes, polygons=area.polygons)
            for area in row.areas.all()
        ],
        "coverage": [_coverage_out(cover) for cover in row.coverage.all()],
    }


@router.post(
    "/warnings",
    response={200: TakenOut, 201: TakenOut},
    summary="Take in a warning",
    openapi_extra=_BODY,
    url_name="warnings_post",
)
def post_warning(request: HttpRequest) -> Status[TakenOut]:
    """CAP 1.2, the 12379 form, JSON or plain Chinese text, as it was issued.

    201 the first time, 200 when the same message was taken before. A test, an exercise or another
    province's warning is kept and changes nothing. 422 says what to mend.
    """
    actor = actor_of(request)
    if not actor.may("warnings.warning.post"):
        raise HttpError(403, "warnings.warning.post")
    at = clock.now()
    try:
        body = request.body
    except RequestDataTooBig as error:
        words = _("内容超过 2 MB，没有收下。请只发送预警本身。")
        raise HttpError(413, words) from error
    taken = services.take_messages(
        actor=actor,
        at=at,
        body=body,
        content_type=request.headers.get("Content-Type", ""),
        received_at=at,
    )
    first, *others = (_values(row) for row in taken.warnings)
    answer = TakenOut(
        **first, is_repeat=taken.is_repeat, others=[WarningOut(**values) for values in others]
    )
    return Status(200 if taken.is_repeat else 201, answer)


@router.get(
    "/warnings",
    response=WarningPage,
    summary="Warnings, newest first",
    url_name="warnings_list",
)
def list_warnings(request: HttpRequest, wanted: Query[WarningQuery]) -> WarningPage:
    """Every warning taken in, with whom it covers and where it stands there."""
    actor = actor_of(request)
    if not actor.may(access.READ):
        raise HttpError(403, access.READ)
    found = selectors.register(access.warnings_for(actor), wanted.dict())
    rows = found.prefetch_related("references", "areas", "coverage")
    shown = rows[wanted.offset : wanted.offset + wanted.limit]
    return WarningPage(total=found.count(), items=[WarningOut(**_values(row)) for row in shown])


@router.get(
    "/warnings/{public_id}",
    response=WarningOut,
    summary="One warning",
    url_name="warnings_one",
)
def one_warning(request: HttpRequest, public_id: UUID) -> WarningOut:
    """One warning with its coverage."""
    actor = actor_of(request)
    if not actor.may(access.READ):
        raise HttpError(403, access.READ)
    return WarningOut(**_values(access.warning_for(actor, public_id)))
