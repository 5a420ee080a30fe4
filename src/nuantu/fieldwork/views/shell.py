"""The shell of the phone app: pages, scripts and styles that hold nothing of anybody.

Everything here is the same for every reader of a language, may be kept by the browser, and opens
without a line. What a team may see comes later, through its device's token.
"""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from nuantu.core.http import PublicRequest, public_page
from nuantu.fieldwork.views.app_words import app_words

OWN: Final = Path(__file__).parent.parent / "static" / "fieldwork"
SHEETS: Final = (
    "ui/tokens.css",
    "ui/base.css",
    "ui/components.css",
    "ui/parts.css",
    "patrols/patrols.css",
    "encounters/encounters.css",
    "fieldwork/field.css",
)
SCRIPTS: Final = (
    "ui/js/popup.js",
    "ui/js/toast.js",
    "ui/js/forms.js",
    "encounters/contact.js",
    "fieldwork/app.js",
)
MORE: Final = ("places/here.js", "ui/icons.svg", "ui/mark.svg")
CODES: Final = tuple(code for code, _name in settings.LANGUAGES)


@lru_cache(maxsize=1)
def assets() -> tuple[str, ...]:
    """The static files of the shell, by the names under which they are found."""
    own = (f"fieldwork/{path.name}" for path in OWN.iterdir() if path.is_file())
    return tuple(dict.fromkeys([*SHEETS, *SCRIPTS, *MORE, *sorted(own)]))


def version() -> str:
    """Changes with any file or word of the shell, so that phones know there is a new one."""
    return _version() if not settings.DEBUG else _version.__wrapped__()


@lru_cache(maxsize=1)
def _version() -> str:
    digest = hashlib.sha256()
    for name in assets():
        found = finders.find(name)
        if found:
            digest.update(Path(found).read_bytes())
    for code in CODES:
        digest.update(_page(code, "").encode())
    return digest.hexdigest()[:12]


def _page(code: str, said: str) -> str:
    with translation.override(code):
        return render_to_string(
            "fieldwork/app.html",
            {
                "version": said,
                "sheets": [static(name) for name in SHEETS],
                "scripts": [static(name) for name in SCRIPTS],
                "words": json.dumps(app_words(), ensure_ascii=False),
            },
        )


def _kept(response: HttpResponse) -> HttpResponse:
    """May lie on a phone, but is asked for again whenever there is a line."""
    response.headers["Cache-Control"] = "no-cache"
    return response


@public_page
def app(request: PublicRequest) -> HttpResponse:
    """The app in the language of the reader; holds nothing of anybody."""
    code = translation.get_language() or settings.LANGUAGE_CODE
    return _kept(HttpResponse(_page(code if code in CODES else settings.LANGUAGE_CODE, version())))


@public_page
def app_in(request: PublicRequest, code: str) -> HttpResponse:
    """The app in one language, under an address of its own, so that both lie on the phone."""
    if code not in CODES:
        raise Http404
    return _kept(HttpResponse(_page(code, version())))


@public_page
def spot(request: PublicRequest, kind: str, public_id: UUID) -> HttpResponse:
    """The address in the code of a card. Where the app is kept its worker answers in this one's place;
    any other browser goes on to the page of the card."""
    return HttpResponseRedirect(reverse("stays:care_spot", args=[kind, public_id]))


@public_page
def worker(request: PublicRequest) -> HttpResponse:
    """The service worker: which files are the shell, under which version."""
    pages = [reverse("fieldwork:app_in", args=[code]) for code in CODES]
    shell = {
        "version": version(),
        "home": reverse("fieldwork:app"),
        "spots": "/field/at/",
        "pages": pages,
        "files": [static(name) for name in assets() if name != "fieldwork/worker.js"],
    }
    script = (OWN / "worker.js").read_text(encoding="utf-8")
    text = f"const SHELL = {json.dumps(shell)};\n{script}"
    return _kept(HttpResponse(text, content_type="text/javascript; charset=utf-8"))


@public_page
def manifest(request: PublicRequest) -> HttpResponse:
    """What the phone needs to put the app on its first screen."""
    pictures = [
        {
            "src": static(f"fieldwork/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
        }
        for size in (192, 512)
    ]
    said = {
        "id": "/field/app/",
        "name": _("暖途外勤"),
        "short_name": _("暖途外勤"),
        "start_url": reverse("fieldwork:app"),
        "scope": "/field/",
        "display": "standalone",
        "launch_handler": {"client_mode": "focus-existing"},
        "orientation": "portrait",
        "background_color": "#11161a",
        "theme_color": "#0a5653",
        "icons": [*pictures, *({**one, "purpose": "maskable"} for one in pictures)],
    }
    return _kept(JsonResponse(said, content_type="application/manifest+json"))
