"""Around every request: headers, idle sessions, the actor and its scope in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import lru_cache
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from nuantu.accounts.access import request_actor, session_is_idle
from nuantu.accounts.models import User
from nuantu.core import clock, reference, scope, vault
from nuantu.ui import kept

Handler = Callable[[HttpRequest], HttpResponse]

MARK = "account_mark"

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def content_policy(tile_url: str) -> str:
    """The content security policy; a configured map source may be asked for pictures."""
    policy = dict(POLICY)
    if tile_url.startswith("https://"):
        host = tile_url.split("/")[2]
        if "{s}" in host:  # a wildcard stands for a whole label: t{s}.example.cn → *.example.cn
            host = "*." + host.partition(".")[2]
        origin = f"https://{host}"
        policy["img-src"] += f" {origin}"
        policy["connect-src"] += f" {origin}"
    return "; ".join(f"{name} {value}" for name, value in policy.items())


class SecurityHeaders:
    """What a browser may load and remember."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.policy = content_policy(settings.NUANTU_TILE_URL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(self), camera=(self), microphone=()"
        )
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class MethodRefusedInJson:
    """A programme that uses the wrong method reads JSON, as with every other refusal of the API."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not request.path.startswith(
            "/api/"
        ):
            return response
        words = _("这个地址不接受 %(method)s，只接受 %(allowed)s。")
        said = words % {"method": request.method, "allowed": response["Allow"]}
        return JsonResponse(
            {"detail": said, "code": "method_not_allowed"},
            status=response.status_code,
            headers={"Allow": response["Allow"]},
            json_dumps_params={"ensure_ascii": False},
        )


class IdleSession:
    """Ends a session in which nothing was done for the limit; open pages that only poll do not count."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mark = self._look(request)
        response = self.get_response(request)
        if mark and request.COOKIES.get(kept.COOKIE) != mark:
            kept.remember(response, mark)
        return response

    @staticmethod
    def _look(request: HttpRequest) -> str:
        """End an idle session, else note that it is used; the mark of its account."""
        user, session = request.user, request.session
        if not isinstance(user, User):
            return ""
        now = clock.now()
        seen = session.get("seen_at")
        if session_is_idle(session, now):
            logout(request)
            return ""
        is_stale = not seen or (now - datetime.fromisoformat(seen)).total_seconds() > 60
        if not request.headers.get("X-Nuantu-Poll") and (is_stale or MARK not in session):
            session["seen_at"] = now.isoformat()
            session[MARK] = kept.mark_of(user.public_id)
        return str(session.get(MARK, ""))


@contextmanager
def _reading() -> Iterator[None]:
    with reference.steady(), vault.holding():
        yield


@lru_cache(maxsize=4096)
def _runs_in_steps(path: str) -> bool:
    """Whether the view of the address asks for transactions of its own (`core.http.in_steps`).

    Remembered, because Django looks the address up once more for itself.
    """
    try:
        return bool(getattr(resolve(path).func, "in_steps", False))
    except Resolver404:
        return False


class ActorScope:
    """Puts the actor on the request and runs the view in its scope, in one transaction.

    An error page rolls the transaction back: what was answered with 500 did not happen. A page
    that is only read asks once whether reference data changed, not once per row.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _runs_in_steps(request.path_info):
            return self.get_response(request)
        actor = request_actor(request)
        vars(request)["actor"] = actor
        reading = _reading() if request.method in ("GET", "HEAD") else nullcontext()
        with reading, scope.enter(scope.of_actor(actor)):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
