"""Tips as GeoReport service requests: blurred points, no photos, no words of the reporter."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.accounts.models import Organisation
from nuantu.core import clock
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.georeport import BY_CODE, SERVICES, Service, service_of
from nuantu.places.rules.blur import Audience, blurred
from nuantu.places.rules.datums import Point

MOST_ROWS = 1000


def services_list() -> list[dict[str, object]]:
    """What can be reported."""
    return [
        {
            "service_code": service.code,
            "service_name": _said(service.zh, service.en),
            "description": _said(service.description_zh, service.description_en),
            "metadata": True,
            "type": "realtime",
            "keywords": service.keywords,
            "group": _("街面救助"),
        }
        for service in SERVICES
    ]


def _said(zh: str, en: str) -> str:
    return en if (get_language() or "").startswith("en") else zh


def definition(service: Service) -> list[dict[str, object]]:
    """The attributes of a service: marks, whether he was asked, how many."""
    return [
        _attribute("flags", "multivaluelist", _("紧急特征"), 1, Tip.Flag.choices),
        _attribute("asked", "singlevaluelist", _("问过本人吗"), 2, Tip.Asked.choices),
        _attribute("person_count", "number", _("人数"), 3, ()),
    ]


def _attribute(
    code: str, datatype: str, description: str, order: int, values: Iterable[tuple[str, object]]
) -> dict[str, object]:
    return {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": "",
        "order": order,
        "description": description,
        "values": [{"key": key, "name": str(name)} for key, name in values],
    }


def requests(
    *, since: datetime, until: datetime, service_code: str = "", status: str = ""
) -> QuerySet[Tip]:
    """Tips of a window that the scope shows, newest first."""
    found = Tip.objects.filter(received_at__gte=since, received_at__lte=until)
    if status in ("open", "closed"):
        is_closed = Q(state=Tip.State.CLOSED)
        found = found.filter(is_closed if status == "closed" else ~is_closed)
    if service_code:
        found = _of_service(found, service_code)
    return found.order_by("-received_at")[:MOST_ROWS]


def _of_service(found: QuerySet[Tip], code: str) -> QuerySet[Tip]:
    """The same order of precedence as `service_of`."""
    for service in SERVICES[1:]:
        if service.code == code:
            return found.filter(urgent_flags__overlap=list(service.flags))
        found = found.exclude(urgent_flags__overlap=list(service.flags))
    return found if code in BY_CODE else found.none()


def request_row(tip: Tip, request_id: str, names: dict[str, str]) -> dict[str, object]:
    """One request. `names` are organisations by code."""
    service = service_of(tip.urgent_flags)
    point = blurred(Point(*tip.point), Audience.STATISTICS) if tip.point else None
    return {
        "service_request_id": request_id,
        "status": "closed" if tip.state == Tip.State.CLOSED else "open",
        "status_notes": str(tip.get_outcome_display() or tip.get_state_display()),
        "service_name": _said(service.zh, service.en),
        "service_code": service.code,
        "description": None,
        "agency_responsible": names.get(tip.owner_org, ""),
        "service_notice": None,
        "requested_datetime": _moment(tip.received_at),
        "updated_datetime": _moment(tip.changed_at),
        "expected_datetime": _moment(tip.due_at),
        "address": None,
        "address_id": None,
        "zipcode": None,
        "lat": point.lat if point else None,
        "long": point.lon if point else None,
        "media_url": None,
    }


def organisation_names(tips: Iterable[Tip]) -> dict[str, str]:
    """Names of the organisations that hold the tips."""
    codes = {tip.owner_org for tip in tips}
    return dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))


def _moment(at: datetime) -> str:
    return clock.local(at).replace(microsecond=0).isoformat()
