"""What a wristband or a gateway sends, read item by item; one that cannot be read keeps no other out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.core.errors import Refusal
from nuantu.homeward.rules.fixes import Fix, FixFault, read_client, read_osmand, read_traccar
from nuantu.homeward.services import MOST

MOST_BYTES: Final = 16_000_000
MOST_NAMED: Final = 20
FAULTS: Final[dict[str, str | Promise]] = {
    "device": _("没有设备号，或设备号太长。"),
    "time": _("时间读不懂：用秒、毫秒或 ISO 8601。"),
    "place": _("经纬度读不懂或超出范围。"),
    "shape": _("不是一条 JSON 记录。"),
}


class Unreadable(Refusal):
    """Nothing of what was sent can be read; `status` is that of the answer."""

    def __init__(self, status: int, message: str | Promise) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Told:
    """The fixes that were read, and for each that was not its place in the list and why."""

    fixes: list[Fix]
    faults: list[dict[str, object]]


def osmand_of(request: HttpRequest, at: datetime) -> Fix:
    """The one fix of an OsmAnd request, from its address, form or JSON. Raises Unreadable."""
    try:
        if "json" in (request.content_type or ""):
            return read_client(_mapping(_json(request)), at)
        told = {**request.GET.dict(), **(request.POST.dict() if request.method == "POST" else {})}
        return read_osmand({name: str(value) for name, value in told.items()}, at)
    except FixFault as fault:
        raise Unreadable(400, FAULTS[fault.code]) from fault


def forwarded_of(request: HttpRequest, at: datetime) -> Told:
    """What Traccar forwards: one record or a list of them. Raises Unreadable."""
    body = _json(request)
    items = body if isinstance(body, list) else [body]
    if len(items) > MOST:
        raise Unreadable(413, _("一次最多20,000条，请分开发送。"))
    fixes: list[Fix] = []
    faults: list[dict[str, object]] = []
    for index, item in enumerate(items):
        try:
            fixes.append(read_traccar(_mapping(item), at))
        except FixFault as fault:
            words = str(FAULTS[fault.code])
            faults.append({"index": index, "code": fault.code, "words": words})
    if not fixes and faults:
        raise Unreadable(400, str(faults[0]["words"]))
    return Told(fixes, faults[:MOST_NAMED])


def _json(request: HttpRequest) -> Any:
    content = request.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unreadable(413, _("一次最多16 MB，请分开发送。"))
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unreadable(400, _("请求正文读不懂：应是 UTF-8 编码的 JSON。")) from error


def _mapping(told: object) -> Mapping[str, Any]:
    if not isinstance(told, Mapping):
        raise FixFault("shape")
    return told
