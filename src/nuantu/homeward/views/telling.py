"""The addresses to which wristbands and gateways tell their fixes: a token each, no session, no cookie."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from nuantu.core import clock, scope, throttle
from nuantu.core.fields import keyed_hash
from nuantu.core.http import client_key, in_steps, public_page
from nuantu.homeward import services
from nuantu.homeward.forms.told import Unreadable, forwarded_of, osmand_of
from nuantu.homeward.models import Gateway, Wristband
from nuantu.homeward.rules.fixes import Fix

WRONG_PER_MINUTE, PER_DEVICE = 30, 120
# Traccar forwards a day that was kept without signal one fix at a time.
PER_DEVICE_OF_GATEWAY = 12_000
BEARER = "Bearer "


@in_steps
@csrf_exempt
@require_http_methods(["GET", "POST"])
@public_page
def osmand(request: HttpRequest) -> HttpResponse:
    """One fix by an OsmAnd request, with the wristband's own token."""
    at, token = clock.now(), request.GET.get("token") or _bearer(request)
    with scope.system("a wristband proves itself before there is a scope"):
        digest = services.token_hash(token)
        band = Wristband.objects.filter(token_hash=digest).first() if token else None
    if band is None:
        return _unknown(request)
    try:
        fix = osmand_of(request, at)
    except Unreadable as refusal:
        return _says(refusal.status, "unreadable", str(refusal))
    if keyed_hash(fix.device) != band.id_hash:
        return _unknown(request)
    return _taken([fix], band.owner_org, at, most=PER_DEVICE)


@in_steps
@csrf_exempt
@require_POST
@public_page
def traccar(request: HttpRequest) -> HttpResponse:
    """Positions and events as Traccar forwards them, one or many, with the gateway's token."""
    at, token = clock.now(), _bearer(request)
    with scope.system("a gateway proves itself before there is a scope"):
        found = Gateway.objects.filter(token_hash=services.token_hash(token), revoked_at=None)
        gateway = found.first() if token else None
    if gateway is None:
        return _unknown(request)
    try:
        told = forwarded_of(request, at)
    except Unreadable as refusal:
        return _says(refusal.status, "unreadable", str(refusal))
    return _taken(told.fixes, gateway.owner_org, at, told.faults, most=PER_DEVICE_OF_GATEWAY)


def _taken(
    fixes: Sequence[Fix],
    owner_org: str,
    at: datetime,
    faults: Sequence[object] = (),
    *,
    most: int,
) -> HttpResponse:
    """Keep what comes from wristbands that do not tell too often; a long list of one is one delivery."""
    keys = {device: f"wristband:{keyed_hash(device)}" for device in {fix.device for fix in fixes}}
    with scope.system("deliveries of wristbands are counted"):
        often = throttle.beyond(keys.values(), most, 60)
    allowed = [fix for fix in fixes if keys[fix.device] not in often]
    if fixes and not allowed:
        answer = _says(429, "too_often", _("发送太频繁，请稍后再发。"))
        answer["Retry-After"] = "60"
        return answer
    taken = services.take_fixes(fixes=allowed, owner_org=owner_org, at=at)
    left = taken.left + len(fixes) - len(allowed)
    body: dict[str, object] = {"taken": taken.taken, "left": left}
    if faults:
        body["faults"] = list(faults)
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _bearer(request: HttpRequest) -> str:
    told = request.headers.get("Authorization", "")
    return told.removeprefix(BEARER).strip() if told.startswith(BEARER) else ""


def _unknown(request: HttpRequest) -> HttpResponse:
    """The same for a wrong token and for another wristband's number: nobody learns which there are."""
    with scope.system("wrong tokens are counted"):
        is_fair = throttle.allow(f"wristband-wrong:{client_key(request)}", WRONG_PER_MINUTE, 60)
    if not is_fair:
        return _says(429, "too_often", _("发送太频繁，请稍后再发。"))
    return _says(401, "unknown", _("令牌或设备号不对。"))


def _says(status: int, code: str, words: str) -> JsonResponse:
    body = {"code": code, "words": words}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
