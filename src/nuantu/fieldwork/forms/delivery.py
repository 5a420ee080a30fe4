"""A request of a phone: JSON, or JSON in a form with the photos of its commands."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.core.errors import Refusal
from nuantu.core.files import is_video
from nuantu.fieldwork.rules.commands import MOST_IN_ONE, moment_of, storable, uuid_of
from nuantu.fieldwork.rules.moments import Heard
from nuantu.fieldwork.services import Delivery

MOST_BYTES: Final = 60_000_000
MOST_ASKED: Final = 200
MOST_TICK: Final = 1e15
NAME = re.compile(r"file-(?P<id>[0-9a-fA-F-]{32,36})-(?P<number>\d{1,3})")


class TooMuch(Refusal):
    """The request cannot be read; nothing of it is kept, the phone still holds it all."""

    def __init__(self, status: int, code: str, message: str | Promise) -> None:
        super().__init__(message)
        self.status, self.code = status, code


def delivery_of(request: HttpRequest) -> Delivery:
    """The delivery in a request. Raises TooMuch: 400 unreadable, 413 too large."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > MOST_BYTES:
        raise TooMuch(413, "too_large", _("一次发送的内容太大，请分批发送。"))
    try:
        is_form = request.content_type == "multipart/form-data"
        text = request.POST.get("commands", "") if is_form else request.body.decode()
        said = storable(json.loads(text))
        files = _files(request) if is_form else {}
    except (RequestDataTooBig, TooManyFilesSent) as error:
        raise TooMuch(413, "too_large", _("一次发送的内容太大，请分批发送。")) from error
    except (ValueError, MultiPartParserError, RecursionError) as error:
        raise TooMuch(400, "unreadable", _("内容没有收全，请再发一次。")) from error
    if not isinstance(said, Mapping) or not isinstance(said.get("commands"), list):
        raise TooMuch(400, "unreadable", _("内容没有收全，请再发一次。"))
    if len(said["commands"]) > MOST_IN_ONE:
        raise TooMuch(413, "too_many", _("一次最多发送50条。"))
    return _read(said, files)


def _read(said: Mapping[str, Any], files: Mapping[UUID, Any]) -> Delivery:
    unsent = said.get("unsent")
    return Delivery(
        commands=said["commands"],
        sent_at=moment_of(said.get("sent_at")),
        tick=_tick(said.get("tick")),
        heard=_heard(said.get("heard")),
        boot=uuid_of(said.get("boot")),
        unsent=unsent if isinstance(unsent, int) else 0,
        app=str(said.get("app") or "")[:20],
        ask=_asked(said.get("ask")),
        files=files,
    )


def _tick(value: Any) -> int | None:
    return int(value) if isinstance(value, int | float) and abs(value) < MOST_TICK else None


def _heard(said: Any) -> Heard | None:
    """What the phone had heard of the server's clock; None where a part of it cannot be read."""
    if not isinstance(said, Mapping):
        return None
    server_at, here = moment_of(said.get("server_time")), moment_of(said.get("here"))
    tick = _tick(said.get("tick"))
    if server_at is None or here is None or tick is None:
        return None
    return Heard(server_at, here, tick)


def _asked(ids: Any) -> list[UUID]:
    found = [uuid_of(one) for one in ids[:MOST_ASKED]] if isinstance(ids, list) else []
    return [one for one in found if one is not None]


def _files(request: HttpRequest) -> dict[UUID, "list[UploadedFile[bytes]]"]:
    """The files by the command they belong to, in their order. Raises TooMuch above the size."""
    found: dict[UUID, list[tuple[int, UploadedFile[bytes]]]] = {}
    for name, upload in request.FILES.items():
        place = NAME.fullmatch(name)
        if place is None or not isinstance(upload, UploadedFile):
            continue
        # A video too long for its place is a card for the desk: refused here it would block the phone.
        if (upload.size or 0) > settings.NUANTU_PHOTO_BYTES and not is_video(upload):
            raise TooMuch(413, "file_too_large", _("照片太大，请压缩后再发。"))
        found.setdefault(UUID(place["id"]), []).append((int(place["number"]), upload))
    return {
        own_id: [one for _place, one in sorted(held, key=lambda pair: pair[0])]
        for own_id, held in found.items()
    }
