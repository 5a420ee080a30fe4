"""Phones: enrol one's own, see them."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.fieldwork import access, services
from nuantu.fieldwork.models import FieldDevice
from nuantu.operations.selectors import rules_at, team_of_user


@staff_page(access.READ)
def devices(request: StaffRequest) -> HttpResponse:
    """One's own phones, for the desk those of its organisation; a POST of JSON enrols this one."""
    if request.method == "POST":
        return _enrol(request)
    found = access.devices_for(request.actor)
    return render(request, "fieldwork/devices.html", {"rows": found, "at": clock.now()})


def _enrol(request: StaffRequest) -> HttpResponse:
    if not request.actor.may(access.ENROL):
        return JsonResponse({"code": "no_right"}, status=403)
    at = clock.now()
    device, token = services.enrol(actor=request.actor, at=at, label=_label(request))
    return JsonResponse(_told(request, device, token, at), status=201)


def _label(request: StaffRequest) -> str:
    try:
        said = json.loads(request.body or b"{}")
    except ValueError:
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
        "user": {"name": request.actor.name, "team": team.name if team else ""},
        "server_time": at.isoformat(),
        "pin": {
            "min_digits": int(book.need("field.pin_digits").number),
            "tries": int(book.need("field.pin_tries").number),
            "idle_minutes": int(book.need("field.idle").number),
        },
    }
