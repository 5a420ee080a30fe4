"""Tips in, receipts out: for anybody, with or without a token."""

import json
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Header, Router, Status
from ninja.errors import HttpError

from nuantu.core import clock
from nuantu.core.actors import PUBLIC, Actor
from nuantu.core.http import actor_of, client_key
from nuantu.core.ids import tidy_receipt
from nuantu.dispatch import access, services
from nuantu.dispatch.api.callers import TokenOrNobody
from nuantu.dispatch.api.shapes import (
    ProblemOut,
    ReceiptOut,
    RefusedOut,
    StandOut,
    StillThereIn,
    TipIn,
)
from nuantu.dispatch.models import Tip
from nuantu.dispatch.selectors.placing import PositionDoubtful
from nuantu.dispatch.selectors.receipts import receipt_view

router = Router(tags=["tips"])


@router.post(
    "/tips",
    auth=TokenOrNobody(),
    response={201: ReceiptOut, 422: RefusedOut, 429: RefusedOut},
    url_name="tips_take",
)
def take(
    request: HttpRequest,
    response: HttpResponse,
    body: TipIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[ReceiptOut] | Status[RefusedOut]:
    """Report somebody. The same `Idempotency-Key` with the same content gives the same receipt."""
    actor = actor_of(request)
    report = body.report(channel=_channel(actor, body.channel), idempotency_key=idempotency_key)
    try:
        if actor.is_public:
            services.admit(address=client_key(request))
        taken = services.take_tip(actor=actor, at=clock.now(), report=report)
    except services.TooManyReports as refusal:
        response["Retry-After"] = str(refusal.retry_seconds)
        return Status(429, _problem("address", str(refusal), "too_many"))
    except PositionDoubtful as doubt:
        return Status(422, _doubt(doubt))
    return Status(201, _receipt(request, taken, _left_out(body, request.body)))


def _channel(actor: Actor, told: str) -> str:
    if actor.is_public:
        return Tip.Channel.WEB
    return told or Tip.Channel.PARTNER


def _left_out(body: TipIn, sent: bytes) -> list[str]:
    """What of the body that was sent says nothing to us: unknown fields, half of a point."""
    halves = [name for name in ("lat", "lon") if getattr(body, name) is not None]
    unknown = sorted(name[:40] for name in set(json.loads(sent)) - set(TipIn.model_fields))
    return unknown[:20] + (halves if len(halves) == 1 else [])


def _receipt(request: HttpRequest, taken: services.Taken, left_out: list[str]) -> ReceiptOut:
    tip = taken.tip
    return ReceiptOut(
        id=tip.public_id,
        receipt=taken.code,
        url=request.build_absolute_uri(reverse("dispatch:receipt", args=[taken.code])),
        received_at=tip.received_at,
        expected_at=tip.due_at,
        limit_minutes=tip.limit_minutes,
        question=taken.question,
        left_out=left_out,
    )


def _problem(field: str, message: str, kind: str) -> RefusedOut:
    return RefusedOut(detail=[ProblemOut(loc=["body", field], msg=message, type=kind)])


def _doubt(doubt: PositionDoubtful) -> RefusedOut:
    offer = doubt.suggestion
    problem = ProblemOut(
        loc=["body", "lat"],
        msg=str(doubt),
        type=doubt.reason,
        suggestion={"lat": offer.lat, "lon": offer.lon} if offer else None,
        may_confirm=doubt.may_insist,
    )
    return RefusedOut(detail=[problem])


@router.get("/tips/receipt/{code}", auth=None, response=StandOut, url_name="tips_receipt")
def look_up(request: HttpRequest, code: str) -> StandOut:
    """How far the answer to a receipt has come; no account needed."""
    _count(request)
    view = receipt_view(access.tip_of_code(tidy_receipt(code)))
    return StandOut(
        state=view.state,
        received_at=view.received_at,
        expected_at=view.due_at,
        assigned_at=view.assigned_at,
        arrived_at=view.arrived_at,
        closed_at=view.closed_at,
        outcome=view.outcome,
        changed_at=view.changed_at,
    )


def _count(request: HttpRequest) -> None:
    try:
        services.admit_look_up(address=client_key(request))
    except services.TooManyReports as refusal:
        raise HttpError(429, str(refusal)) from refusal


@router.post(
    "/tips/receipt/{code}/still-there",
    auth=None,
    response={200: StandOut, 429: RefusedOut},
    url_name="tips_still_there",
)
def still_there(
    request: HttpRequest, response: HttpResponse, code: str, body: StillThereIn
) -> StandOut | Status[RefusedOut]:
    """The person is still there; a closed tip opens again."""
    _count(request)
    tip = access.tip_of_code(tidy_receipt(code))
    try:
        services.admit(address=client_key(request))
    except services.TooManyReports as refusal:
        response["Retry-After"] = str(refusal.retry_seconds)
        return Status(429, _problem("address", str(refusal), "too_many"))
    services.say_still_there(actor=PUBLIC, at=clock.now(), tip=tip, note=body.note)
    return look_up(request, code)
