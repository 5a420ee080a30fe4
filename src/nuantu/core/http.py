"""Requests after the door: who asks, what a page needs, what a refusal looks like."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as django_render
from django_htmx.middleware import HtmxDetails

from nuantu.core.actors import PUBLIC, Actor

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request whose actor is known and signed in."""

    actor: Actor
    htmx: HtmxDetails


class PublicRequest(HttpRequest):
    """A request that may come from anybody."""

    actor: Actor
    htmx: HtmxDetails


def actor_of(request: HttpRequest) -> Actor:
    """The actor the middleware found; the public where there is none."""
    return cast("Actor", getattr(request, "actor", PUBLIC))


def is_asked_anew(request: HttpRequest) -> bool:
    """Whether the browser says that an open page asks again by itself; anybody can say so."""
    return "X-Nuantu-Poll" in request.headers


def client_key(request: HttpRequest) -> str:
    """The address a request came from, for rate limits only; never stored with a tip."""
    return str(request.META.get("REMOTE_ADDR", ""))


def staff_page(
    permission: str,
) -> Callable[
    [Callable[Concatenate[StaffRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """A page for those whose role has the permission.

    Not signed in: to the log-in page and back (htmx is told to go there whole). Signed in
    without the right: the designed 403. The permission is readable on the view for the role table.
    """

    def decorate(
        view: Callable[Concatenate[StaffRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actor_of(request)
            if not actor.is_signed_in:
                return to_login(request)
            if not actor.may(permission):
                return no_right(request)
            return view(cast("StaffRequest", request), *args, **kwargs)

        vars(guarded)["permission"] = permission
        return guarded

    return decorate


def public_page(
    view: Callable[Concatenate[PublicRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for everybody; the mark keeps it from being public by forgetting."""

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(cast("PublicRequest", request), *args, **kwargs)

    vars(opened)["permission"] = ""
    return opened


def in_steps(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that opens its own scopes, each a transaction that holds when the next one fails.

    It begins in no scope at all and sees nothing until it enters one.
    """
    vars(view)["in_steps"] = True
    return view


_answers: dict[str, Callable[[HttpRequest], HttpResponse]] = {}


def answer_signed_out_form(answer: Callable[[HttpRequest], HttpResponse]) -> None:
    """Set what a form sent after the session ended gets: the log-in page that carries it along."""
    _answers["signed_out_form"] = answer


def to_login(request: HttpRequest) -> HttpResponse:
    """To the log-in page and back; a form that was being sent is not lost."""
    if request.method == "POST" and not getattr(request, "htmx", False) and _answers:
        return _answers["signed_out_form"](request)
    target = (
        request.get_full_path()
        if request.method == "GET"
        else request.META.get("HTTP_REFERER", "/")
    )
    url = f"{settings.LOGIN_URL}?{urlencode({'next': target, **({'kept': 1} if request.method == 'POST' else {})})}"
    if getattr(request, "htmx", False):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = url
        return response
    return HttpResponseRedirect(url)


def no_right(request: HttpRequest) -> HttpResponse:
    """Signed in, but this page belongs to another role. A part of a page gets a line, not a whole page."""
    return render(request, "ui/403.html", fragment="ui/components/shut.html", status=403)


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, or only its fragment when htmx asks; the page includes the same fragment file."""
    htmx = getattr(request, "htmx", None)
    name = fragment if fragment and htmx and not htmx.boosted else template
    response = django_render(request, name, context or {}, status=status)
    response.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


def refused(
    request: HttpRequest, template: str, context: dict[str, Any], *, fragment: str | None = None
) -> HttpResponse:
    """The same page again with what to mend (422); what was typed is in the form."""
    return render(request, template, context, fragment=fragment, status=422)
