"""A form that was sent after the session ended is not lost, even without JavaScript.

The log-in page carries the fields along in its body, encrypted and bound to the account whose
session ended; after log-in one press sends them where they were going. Whoever else logs in does
not get them, and after some minutes nobody does.
"""

import base64
import json
import re
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from nuantu.core import clock, vault

# Says whose browser this was last, as a keyed hash: it outlives the session and opens nothing.
COOKIE = "nuantu_account"
COOKIE_SECONDS = 24 * 60 * 60
MOST_CHARACTERS = 64_000
# The value of a choice, a code, a public id: words of the program that say nothing to a person.
_MACHINE_SAID = re.compile(
    r"[a-z][a-z0-9_.-]*|[A-Z]{2}-[0-9-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "password", "old", "kept"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A form on its way: where it was going and what it said."""

    path: str
    fields: list[tuple[str, str]]

    @property
    def typed(self) -> list[str]:
        """What a person wrote, in its order: no choices, numbers of forms and single signs."""
        values = [value.strip() for _name, value in self.fields]
        return [value for value in values if len(value) > 1 and not _MACHINE_SAID.fullmatch(value)]


def mark_of(account: UUID) -> str:
    """The mark of an account that only this installation can compute."""
    return vault.keyed_hash(f"kept:{account}")


def remember(response: HttpResponse, mark: str) -> None:
    """Let the browser say later whose session it had."""
    response.set_cookie(
        COOKIE,
        mark,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def carry(request: HttpRequest) -> str:
    """Encrypt the posted fields into one value for a hidden field of the log-in form.

    Passwords and files are left out. Empty when there is nothing to keep, it is too large, or
    nobody was signed in here to whom it could belong.
    """
    if request.method != "POST":
        return ""
    carried = request.POST.get("kept", "")
    if carried:
        return carried
    mark = request.COOKIES.get(COOKIE, "")
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT
        for value in values
    ]
    if not fields or not mark:
        return ""
    return _seal(request.get_full_path(), fields, mark)


def _seal(path: str, fields: list[tuple[str, str]], mark: str) -> str:
    body = {"path": path, "fields": fields, "at": clock.now().isoformat()}
    packed = zlib.compress(json.dumps(body, ensure_ascii=False).encode())
    text = vault.seal_passing(base64.b64encode(packed).decode(), mark)
    return text if len(text) <= MOST_CHARACTERS else ""


def open_kept(text: str, mark: str) -> Kept | None:
    """The kept form; nothing when it is forged, somebody else's, too old or leads away."""
    plain = vault.unseal_passing(text, mark) if text and mark else None
    if plain is None:
        return None
    value = json.loads(zlib.decompress(base64.b64decode(plain)))
    limit = timedelta(minutes=settings.NUANTU_KEPT_MINUTES)
    if clock.now() - datetime.fromisoformat(value["at"]) > limit:
        return None
    if not url_has_allowed_host_and_scheme(value["path"], allowed_hosts=None):
        return None
    return Kept(value["path"], [(name, item) for name, item in value["fields"]])


def resume(request: HttpRequest, text: str, account: UUID) -> HttpResponse | None:
    """After log-in: the page that sends the kept form on by one press, or nothing to resume."""
    form = open_kept(text, mark_of(account)) if text else None
    return None if form is None else render(request, "ui/resume.html", {"kept": form})
