"""Open311 GeoReport v2: partner platforms report and ask in a shape they know.

`expected_datetime` is the deadline of the response. Points are blurred, photos and words stay
inside. Reporting and one's own receipt need no key; lists need an API token (`api_key` or Bearer).
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Router

from nuantu.accounts.access import NotWithThisToken, token_actor
from nuantu.core import clock, scope
from nuantu.core.actors import PUBLIC, Actor
from nuantu.core.errors import Refusal
from nuantu.core.http import client_key
from nuantu.dispatch import access, services
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.georeport import BY_CODE, xml_of
from nuantu.dispatch.rules.reports import Position, Report
from nuantu.dispatch.selectors import georeport
from nuantu.dispatch.selectors.areas import home_prefix
from nuantu.dispatch.selectors.placing import PositionDoubtful
from nuantu.dispatch.selectors.receipts import tip_of_receipt

router = Router(tags=["open311"])
FORMS = ("json", "xml")
WINDOW = timedelta(days=90)
# What a refusal calls a field, as GeoReport calls it.
FIELDS = {
    "position": "lat, long",
    "place_text": "address_string",
    "callback": "phone",
    "flags": "attribute[flags]",
    "asked": "attribute[asked]",
    "person_count": "attribute[person_count]",
    "idempotency_key": "Idempotency-Key",
}


class Refused(Exception):
    """A GeoReport error: HTTP status and sentence."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


def answer(
    form: str, root: str, item: str, rows: Sequence[Mapping[str, object]], status: int = 200
) -> HttpResponse:
    """Rows in the form that was asked for."""
    if form == "xml":
        body = xml_of(root, item, rows)
        return HttpResponse(body, content_type="text/xml; charset=utf-8", status=status)
    return JsonResponse(
        list(rows), safe=False, status=status, json_dumps_params={"ensure_ascii": False}
    )


def known_form(form: str) -> str:
    """`xml` or `json`, the two forms of GeoReport. Raises Http404 for another ending."""
    if form not in FORMS:
        raise Http404
    return form


def refuse(form: str, problem: Refused) -> HttpResponse:
    """An error in the form that was asked for."""
    row = {"code": problem.status, "description": problem.description}
    return answer(form, "errors", "error", [row], problem.status)


def _form_of(name: str) -> tuple[str, str]:
    """`requests/ID.xml` → ("ID", "xml"); without an ending JSON."""
    base, dot, ending = name.rpartition(".")
    if dot and ending in FORMS:
        return base, ending
    return name, "json"


def _check_jurisdiction(told: str) -> None:
    if told and not home_prefix().startswith(told.rstrip("0")):
        words = _("jurisdiction_id %(told)s 不归这里管；这里管的是 %(here)s")
        raise Refused(404, words % {"told": told[:40], "here": home_prefix()})


def _caller(request: HttpRequest) -> Actor:
    """The holder of the key, in whose scope the rest of the request works."""
    header = request.headers.get("Authorization", "").removeprefix("Bearer ")
    key = header or request.POST.get("api_key", "") or request.GET.get("api_key", "")
    try:
        actor = token_actor(key, request) if key else PUBLIC
    except NotWithThisToken as error:
        raise Refused(403, f"api_key: {error}") from error
    scope.become(scope.of_actor(actor))
    return actor


@router.get("/services.{form}", auth=None, url_name="services", include_in_schema=True)
def services_of(request: HttpRequest, form: str, jurisdiction_id: str = "") -> HttpResponse:
    """What can be reported."""
    known_form(form)
    try:
        _check_jurisdiction(jurisdiction_id)
    except Refused as problem:
        return refuse(form, problem)
    return answer(form, "services", "service", georeport.services_list())


@router.get("/services/{name}", auth=None, url_name="service")
def service_definition(request: HttpRequest, name: str, jurisdiction_id: str = "") -> HttpResponse:
    """The attributes of one service."""
    code, form = _form_of(name)
    try:
        _check_jurisdiction(jurisdiction_id)
        if code not in BY_CODE:
            raise Refused(404, _("没有这个 service_code：%(code)s") % {"code": code[:40]})
    except Refused as problem:
        return refuse(form, problem)
    attributes = georeport.definition(BY_CODE[code])
    row = {"service_code": code, "attributes": attributes}
    if form == "xml":
        return answer(form, "service_definitions", "service_definition", [row])
    return JsonResponse(row, json_dumps_params={"ensure_ascii": False})


@router.post("/requests.{form}", auth=None, url_name="requests_take")
def take(request: HttpRequest, form: str) -> HttpResponse:
    """Report somebody: service_code, and lat with long or address_string."""
    known_form(form)
    try:
        _check_jurisdiction(request.POST.get("jurisdiction_id", ""))
        actor = _caller(request)
        if actor.is_public:
            services.admit(address=client_key(request))
        taken = services.take_tip(actor=actor, at=clock.now(), report=_report(request, actor))
    except Refused as problem:
        return refuse(form, problem)
    except services.TooManyReports as limit:
        response = refuse(form, Refused(429, str(limit)))
        response["Retry-After"] = str(limit.retry_seconds)
        return response
    except Refusal as refusal:
        return refuse(form, Refused(400, _said(refusal)))
    row = {
        "service_request_id": taken.code,
        "service_notice": taken.question or None,
        "account_id": None,
    }
    return answer(form, "service_requests", "request", [row], 201)


def _said(refusal: Refusal) -> str:
    """What to mend, by the names of GeoReport; a better point is told with its numbers."""
    field = FIELDS.get(refusal.field or "", refusal.field or "")
    better = refusal.suggestion if isinstance(refusal, PositionDoubtful) else None
    numbers = f" lat={better.lat:.6f} long={better.lon:.6f}" if better else ""
    return f"{field}: {refusal}{numbers}".lstrip(": ")


def _report(request: HttpRequest, actor: Actor) -> Report:
    post = request.POST
    service = BY_CODE.get(post.get("service_code", ""))
    if service is None:
        raise Refused(400, _("service_code 没有填写，或者没有这一项"))
    lat, long = _number(post.get("lat", "")), _number(post.get("long", ""))
    if (lat is None) != (long is None):
        raise Refused(400, _("lat 和 long 要一起填写"))
    flags = [*post.getlist("attribute[flags]"), *post.getlist("attribute[flags][]")]
    names = (post.get("first_name", ""), post.get("last_name", ""))
    return Report(
        place_text=post.get("address_string", ""),
        seen_text=post.get("description", ""),
        flags=tuple(dict.fromkeys([*service.flags, *flags])),
        asked=post.get("attribute[asked]", "not_asked"),
        person_count=int(_number(post.get("attribute[person_count]", "")) or 1),
        channel=Tip.Channel.WEB if actor.is_public else Tip.Channel.PARTNER,
        position=Position(lat, long) if lat is not None and long is not None else None,
        callback=post.get("phone", ""),
        reporter_name=" ".join(part for part in names if part),
        idempotency_key=request.headers.get("Idempotency-Key", ""),
    )


def _number(text: str) -> float | None:
    try:
        value = float(text) if text.strip() else None
    except ValueError as error:
        raise Refused(400, _("不是数字：%(text)s") % {"text": text[:40]}) from error
    if value is not None and not math.isfinite(value):
        raise Refused(400, _("不是数字：%(text)s") % {"text": text[:40]})
    return value


@router.get("/requests.{form}", auth=None, url_name="requests")
def list_requests(request: HttpRequest, form: str) -> HttpResponse:
    """Requests of a window of at most 90 days; needs an API token."""
    known_form(form)
    query = request.GET
    try:
        _check_jurisdiction(query.get("jurisdiction_id", ""))
        if not _caller(request).may(access.READ):
            raise Refused(403, _("没有填写 api_key"))
        if query.get("service_request_id"):
            ids = query["service_request_id"].split(",")[:100]
            rows = [row for one in ids for row in _one(request, one.strip())]
            return answer(form, "service_requests", "request", rows)
        _check_filters(query.get("service_code", ""), query.get("status", ""))
        since, until = _window(query.get("start_date", ""), query.get("end_date", ""))
    except Refused as problem:
        return refuse(form, problem)
    found = georeport.requests(
        since=since,
        until=until,
        service_code=query.get("service_code", ""),
        status=query.get("status", ""),
    )
    names = georeport.organisation_names(found)
    rows = [georeport.request_row(tip, str(tip.public_id), names) for tip in found]
    return answer(form, "service_requests", "request", rows)


def _check_filters(service_code: str, status: str) -> None:
    """A filter that means nothing would list everything, or nothing, as if it were an answer."""
    if service_code and service_code not in BY_CODE:
        raise Refused(400, _("没有这个 service_code：%(code)s") % {"code": service_code[:40]})
    if status not in ("", "open", "closed"):
        raise Refused(400, _("status 只能是 open 或 closed"))


def _window(start: str, end: str) -> tuple[datetime, datetime]:
    until = _moment(end) or clock.now()
    try:
        since = _moment(start) or until - WINDOW
    except OverflowError as error:
        raise Refused(400, _("end_date 早于全部记录")) from error
    if since > until:
        raise Refused(400, _("start_date 晚于 end_date"))
    if until - since > WINDOW:
        raise Refused(400, _("起止日期最多相隔 90 天"))
    return since, until


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        value = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        words = _("不是有效的时间（W3C）：%(text)s")
        raise Refused(400, words % {"text": text[:40]}) from error
    return value if value.tzinfo else value.replace(tzinfo=clock.LOCAL)


@router.get("/requests/{name}", auth=None, url_name="request")
def get_request(request: HttpRequest, name: str) -> HttpResponse:
    """One request: by receipt code for anybody, by its id with an API token."""
    request_id, form = _form_of(name)
    try:
        services.admit_look_up(address=client_key(request))
        rows = _one(request, request_id)
        if not rows:
            raise Refused(404, _("没有这个 service_request_id"))
    except Refused as problem:
        return refuse(form, problem)
    except services.TooManyReports as limit:
        return refuse(form, Refused(429, str(limit)))
    return answer(form, "service_requests", "request", rows)


def _one(request: HttpRequest, request_id: str) -> list[dict[str, object]]:
    tip = tip_of_receipt(request_id)
    if tip is None:
        try:
            tip = access.tip_for(_caller(request), UUID(request_id))
        except (ValueError, Http404):
            return []
    return [georeport.request_row(tip, request_id, georeport.organisation_names([tip]))]
