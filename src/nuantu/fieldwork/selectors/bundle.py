"""What a phone or a tablet may carry of one shift: only what its team or its house needs for it.

No reporter, no phone number of a citizen, nobody's name of another case.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.text import capfirst

from nuantu.accounts.selectors import actor_for
from nuantu.core.actors import Actor
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.dispatch.selectors.ordered import calls_of_tip
from nuantu.dispatch.selectors.runs import PhonePage, past_spots, phone_page
from nuantu.dispatch.selectors.runs import Stop as DispatchStop
from nuantu.fieldwork.models import FieldDevice
from nuantu.fieldwork.selectors.errands import errands_of
from nuantu.fieldwork.selectors.house import house_of
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import PatrolRoute, PatrolRun, PatrolVisit
from nuantu.patrols.models.routes import PatrolStop
from nuantu.patrols.selectors.joint import Along, along, along_on
from nuantu.patrols.selectors.register import checklist_of, video_limits
from nuantu.patrols.selectors.runs import my_page
from nuantu.planbook.rulebook import RuleBook


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as JSON, and the mark by which a phone asks whether it changed."""

    content: Mapping[str, Any]
    etag: str


def bundle_of(
    device: FieldDevice,
    at: datetime,
    *,
    forms: Mapping[str, str],
    closed: Sequence[Mapping[str, Any]] = (),
) -> Bundle:
    """The bundle of a phone's user now, with the forms it may fill in (HTML) and what closes which
    ends of a contact; run in his scope."""
    actor = actor_for(device.user)
    book = rules_at(actor.division_code, at)
    page = phone_page(actor, at)
    lasting = {
        "version": 1,
        "user": {"name": actor.name, "team": page.team.name if page.team else ""},
        "runs": _runs(actor, at),
        "dispatches": [_dispatch(stop, at) for stop in page.stops],
        "house": house_of(actor, at),
        "errands": errands_of(actor, at),
        "forms": dict(forms),
        "check_in": _check_in(page, book) if page.team else {},
        "limits": {"video_bytes": video_limits(book).most_bytes},
        "numbers": _numbers(page),
        "choices": {**_choices(), "closed": list(closed)},
    }
    text = json.dumps(lasting, ensure_ascii=False, sort_keys=True, default=str)
    hours = book.need("field.bundle_hours").number
    passing = {
        "issued_at": at.isoformat(),
        "server_time": at.isoformat(),
        "readable_until": min(at + timedelta(hours=hours), device.expires_at).isoformat(),
    }
    return Bundle(lasting | passing, f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"')


def _choices() -> dict[str, dict[str, str]]:
    """What codes are called in the language that the phone asks for."""
    return {
        "dangers": _labels(Tip.Flag),
        "run_states": _labels(PatrolRun.State),
        "stop_states": _labels(PatrolVisit.State),
        "dispatch_states": _labels(Dispatch.State),
    }


def _labels(choices: type[TextChoices]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _runs(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    page = my_page(actor, at)
    if page.run is not None:
        return [_run(page.run)]
    return [_route(route) for route in page.routes]


def _run(run: PatrolRun) -> dict[str, Any]:
    return {
        "id": str(run.public_id),
        "state": run.state,
        "leaves_at": _moment(run.planned_since),
        "returns_at": _moment(run.planned_until),
        "vehicle": run.vehicle,
        "crew": run.crew,
        "km_out": run.km_out,
        "checklist": [{"number": row.number, "text": row.text} for row in run.checks.all()],
        "stops": _visits(run),
        "along": [_along(one) for one in along_on(run)],
    }


def _visits(run: PatrolRun) -> list[dict[str, Any]]:
    rows = list(run.visits.all())
    tips = past_spots(visit.spot_id for visit in rows)
    return [_visit(row) | _waits(tips.get(row.spot_id) if row.spot_id else None) for row in rows]


def _waits(run: Dispatch | None) -> dict[str, Any]:
    """What a team must know of the tip that waits at a stop, and the run by which its contact is told."""
    if run is None:
        return {}
    tip = run.tip
    return {
        "dispatch": str(run.public_id),
        "words": tip.seen_text,
        "dangers": list(tip.urgent_flags),
        "limit_at": None if tip.arrived_at else _moment(tip.due_at),
    }


def _visit(visit: PatrolVisit) -> dict[str, Any]:
    place = visit.key_location
    return {
        "id": str(visit.public_id),
        "number": visit.number,
        "place": visit.place,
        "lat": visit.lat,
        "lon": visit.lon,
        "planned_at": _moment(visit.planned_at),
        "note": visit.note,
        **_place(place),
        "state": visit.state,
        "people_count": visit.people_count,
    }


def _place(place: Any) -> dict[str, str | bool]:
    return {
        "police": bool(getattr(place, "must_go_with_police", False)),
        "address": getattr(place, "address", "") or "",
        "hours": getattr(place, "open_hours", "") or "",
        "access": getattr(place, "note", "") or "",
    }


def _route(route: PatrolRoute) -> dict[str, Any]:
    lines = checklist_of(route.week.division_code)
    crew = "、".join(row.user.name for row in route.team.members.all())
    stops = PatrolStop.objects.filter(route=route).select_related("key_location").order_by("number")
    tips = past_spots(stop.spot_id for stop in stops)
    return {
        "id": str(route.public_id),
        "state": PatrolRun.State.NOT_BEGUN,
        "leaves_at": _moment(route.leaves_at),
        "returns_at": _moment(route.back_at),
        "vehicle": "",
        "crew": crew,
        "km_out": None,
        "checklist": [
            {"number": number, "text": text}
            for number, text in enumerate(lines.lines if lines else (), 1)
        ],
        "stops": [
            _stop(stop, number) | _waits(tips.get(stop.spot_id) if stop.spot_id else None)
            for number, stop in enumerate(stops, 1)
        ],
        "along": [_along(one) for one in along(route.week, [route])[route.pk]],
    }


def _along(one: Along) -> dict[str, Any]:
    """Who goes along, with the duty phone of his unit; `came` is None until the team says."""
    return {
        "id": str(one.partner.public_id),
        "who": f"{capfirst(one.department)} · {one.partner.unit}",
        "person": one.partner.person,
        "phone": one.partner.phone,
        "is_police": one.partner.department == "police",
        "came": one.has_come,
    }


def _stop(stop: PatrolStop, number: int) -> dict[str, Any]:
    lat, lon = stop.point
    return {
        "id": str(stop.public_id),
        "number": number,
        "place": stop.name,
        "lat": lat,
        "lon": lon,
        "planned_at": _moment(stop.arrives_at),
        "note": "",
        **_place(stop.key_location),
        "state": PatrolVisit.State.PLANNED,
        "people_count": 0,
    }


def _dispatch(stop: DispatchStop, at: datetime) -> dict[str, Any]:
    run, tip = stop.run, stop.run.tip
    return {
        "id": str(run.public_id),
        "tip": str(tip.public_id),
        "place": tip.place_text,
        "lat": tip.lat,
        "lon": tip.lon,
        "words": tip.seen_text,
        "dangers": list(tip.urgent_flags),
        "calls": [one | {"href": f"tel:{one['number']}"} for one in calls_of_tip(tip, at)],
        "state": run.state,
        "assigned_at": _moment(run.assigned_at),
        "limit_at": _moment(tip.due_at),
    }


def _check_in(page: PhonePage, book: RuleBook) -> dict[str, Any]:
    return {
        "every_minutes": int(book.need("team.check_in").number),
        "due_at": _moment(page.check_in_due_at),
    }


def _numbers(page: PhonePage) -> list[dict[str, str]]:
    desk = (
        [{"label": page.call_desk.name, "number": page.call_desk.phone}] if page.call_desk else []
    )
    return [{"label": "120", "number": "120"}, {"label": "110", "number": "110"}, *desk]
