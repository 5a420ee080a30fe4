"""What the app on a phone asks for: its bundle, and that its commands be taken."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from nuantu.accounts.selectors import actor_for
from nuantu.core import clock, scope, throttle
from nuantu.core.http import client_key, in_steps
from nuantu.encounters.access import RECORD
from nuantu.fieldwork import access, services
from nuantu.fieldwork.forms.delivery import TooMuch, delivery_of
from nuantu.fieldwork.forms.fragment import contact_fragment, errand_fragments
from nuantu.fieldwork.models import FieldDevice
from nuantu.fieldwork.selectors.bundle import bundle_of
from nuantu.fieldwork.selectors.closed import closed_ends
from nuantu.fieldwork.selectors.devices import may_still_deliver
from nuantu.fieldwork.selectors.states import states_of

PER_MINUTE, WRONG_PER_MINUTE = 60, 30
Endpoint = Callable[[HttpRequest, FieldDevice, datetime], HttpResponse]


def _by_device(endpoint: Endpoint) -> Callable[[HttpRequest], HttpResponse]:
    """An endpoint for the phone that `Authorization: Field <token>` names; 401 says why it is none,
    429 when it asks too often. No session, no cookie."""

    @wraps(endpoint)
    def answer(request: HttpRequest) -> HttpResponse:
        at = clock.now()
        try:
            device = access.device_of(request.headers.get("Authorization", ""))
        except access.NotThisDevice as refusal:
            if _is_often(f"field-wrong:{client_key(request)}", WRONG_PER_MINUTE):
                return _too_often()
            return _says(401, refusal.code, str(refusal))
        if _is_often(f"field:{device.public_id}", PER_MINUTE):
            return _too_often()
        return endpoint(request, device, at)

    vars(answer)["permission"] = ""
    return answer


def _is_often(key: str, limit: int) -> bool:
    with scope.system("requests of phones are counted before there is a scope"):
        return not throttle.allow(key, limit, 60)


def _says(status: int, code: str, words: str) -> HttpResponse:
    return JsonResponse({"code": code, "words": words}, status=status)


def _too_often() -> HttpResponse:
    answer = _says(429, "too_often", _("发送太频繁，请稍后再发。"))
    answer["Retry-After"] = "60"
    return answer


def _ended(device: FieldDevice, at: datetime) -> HttpResponse | None:
    """401 for a phone that has ended."""
    if not device.has_ended(at):
        return None
    services.end_uncarried(at=at, device=device)
    code = "revoked" if device.revoked_at else "expired"
    return _says(401, code, str(access.WORDS[code]))


@require_GET
@_by_device
def bundle(request: HttpRequest, device: FieldDevice, at: datetime) -> HttpResponse:
    """What this team needs for this shift; 304 while nothing of it changed."""
    if (ended := _ended(device, at)) is not None:
        return ended
    actor = actor_for(device.user)
    with scope.enter(scope.of_actor(actor)):
        meets = actor.may(RECORD)
        forms = {"contact": contact_fragment(actor, at)} if meets else {}
        forms |= errand_fragments(actor)
        closed = closed_ends(actor, at) if meets else ()
        found = bundle_of(device, at, forms=forms, closed=closed)
    services.note_bundle(at=at, device=device)
    if request.headers.get("If-None-Match") == found.etag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = JsonResponse(found.content, json_dumps_params={"ensure_ascii": False})
    answer["ETag"] = found.etag
    answer["Field-Server-Time"] = at.isoformat()
    answer["Field-Readable-Until"] = str(found.content["readable_until"])
    return answer


@in_steps
@csrf_exempt
@require_POST
@_by_device
def commands(request: HttpRequest, device: FieldDevice, at: datetime) -> HttpResponse:
    """Keep what the phone held, then apply what can be applied: two transactions, then one each."""
    ended = _ended(device, at)
    if ended is not None and not may_still_deliver(device, at):
        return ended
    try:
        delivery = delivery_of(request)
    except TooMuch as refusal:
        return _says(refusal.status, refusal.code, str(refusal))
    kept = services.keep(at=at, device=device, delivery=delivery)
    services.apply_or_later(at=clock.now(), device_id=device.public_id)
    body: dict[str, object] = {
        "server_time": clock.now().isoformat(),
        "kept": [str(one) for one in dict.fromkeys(kept.ids)],
        "states": states_of(device, [*kept.ids, *delivery.ask]),
        "refused": [_refused(one) for one in kept.refused],
    }
    if kept.is_quarantined:
        body["quarantined"] = True
    return JsonResponse(body, status=202 if kept.is_quarantined else 200)


def _refused(own_id: UUID | None) -> dict[str, str | None]:
    return {"id": str(own_id) if own_id else None, "words": _("这不是能处理的指令。")}
