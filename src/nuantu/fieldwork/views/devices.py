"""Phones: enrol one's own, see them, revoke them."""

import json
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.fieldwork import access, services
from nuantu.fieldwork.models import FieldDevice, ReviewCard
from nuantu.fieldwork.rules.commands import storable
from nuantu.operations.selectors import rules_at, team_of_user
from nuantu.ui.outcomes import do
from nuantu.ui.pages import LongList

ROWS = 50


@staff_page(access.READ)
def devices(request: StaffRequest) -> HttpResponse:
    """One's own phones, for the desk those of its organisation; a POST of JSON enrols this one."""
    if request.method == "POST":
        return _enrol(request)
    found = LongList(access.devices_for(request.actor), ROWS)
    cards = access.cards_for(request.actor).filter(state=ReviewCard.State.OPEN)
    context = {
        "page": found.get_page(request.GET.get("page")),
        "at": clock.now(),
        "may_enrol": request.actor.may(access.ENROL),
        "may_review": request.actor.may(access.REVIEW),
        "open_cards": cards.count() if request.actor.may(access.REVIEW) else 0,
    }
    return render(request, "fieldwork/devices.html", context)


@require_POST
@staff_page(access.READ)
def revoke(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End a phone at once: one's own, for the desk any of its organisation."""
    device = access.device_for(request.actor, public_id)
    act = partial(
        services.revoke,
        actor=request.actor,
        at=clock.now(),
        device=device,
        reason=request.POST.get("reason", ""),
    )
    return do(request, act, to=reverse("fieldwork:devices"), said=_("手机已收回"))


def _enrol(request: StaffRequest) -> HttpResponse:
    if not request.actor.may(access.ENROL):
        return JsonResponse({"code": "no_right"}, status=403)
    at = clock.now()
    device, token = services.enrol(actor=request.actor, at=at, label=_label(request))
    return JsonResponse(_told(request, device, token, at), status=201)


def _label(request: StaffRequest) -> str:
    try:
        said = storable(json.loads(request.body or b"{}"))
    except (ValueError, RecursionError):
        return ""
    return str(said.get("label") or "") if isinstance(said, dict) else ""


def _told(request: StaffRequest, device: FieldDevice, token: str, at: datetime) -> dict[str, Any]:
    book = rules_at(device.division_code, at)
    team = team_of_user(request.actor.public_id, at)
    return {
        "device": str(device.public_id),
        "token": token,
        "recovery": services.recovery_key(device.public_id),
        "expires_at": device.expires_at.isoformat(),
        "user": access.self_of(request.actor, team.name if team else ""),
        "server_time": at.isoformat(),
        "pin": {
            "min_digits": int(book.need("field.pin_digits").number),
            "tries": int(book.need("field.pin_tries").number),
            "idle_minutes": int(book.need("field.idle").number),
        },
    }
