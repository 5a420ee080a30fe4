"""A form that was sent after the session ended is not lost, even without JavaScript.

The log-in page carries the fields along, signed and in the body; after log-in one press sends
them where they were going. Nothing is stored on the server.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

SALT = "nuantu.ui.kept"
LIFE_SECONDS = 2 * 60 * 60
MOST_CHARACTERS = 64_000
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "password", "totp", "kept"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A form on its way: where it was going and what it said."""

    path: str
    fields: list[tuple[str, str]]


def carry(request: HttpRequest) -> str:
    """Sign the posted fields into one value for a hidden field of the log-in form.

    Passwords and files are left out. Empty when there is nothing to keep or it is too large.
    """
    if request.method != "POST":
        return ""
    carried = request.POST.get("kept", "")
    if carried:
        return carried
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT
        for value in values
    ]
    if not fields:
        return ""
    text = signing.dumps(
        {"path": request.get_full_path(), "fields": fields}, salt=SALT, compress=True
    )
    return text if len(text) <= MOST_CHARACTERS else ""


def open_kept(text: str) -> Kept | None:
    """Return the kept form, or nothing when it is forged, older than two hours or leads away."""
    if not text:
        return None
    try:
        value = signing.loads(text, salt=SALT, max_age=LIFE_SECONDS)
    except signing.BadSignature:
        return None
    path = value["path"]
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return None
    return Kept(path, [(name, item) for name, item in value["fields"]])


def resume(request: HttpRequest, text: str) -> HttpResponse | None:
    """After log-in: the page that sends the kept form on by one press, or nothing to resume."""
    form = open_kept(text)
    return None if form is None else render(request, "ui/resume.html", {"kept": form})
