"""Theme switch, error pages and the pattern page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from nuantu.ui import samples
from nuantu.ui.context import THEME_COOKIE, THEMES

YEAR_SECONDS = 365 * 24 * 60 * 60


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme in a cookie and go back to the page it was chosen on."""
    goal = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(goal, allowed_hosts={request.get_host()}):
        goal = "/"
    response = HttpResponseRedirect(goal)
    choice = request.POST.get("theme", "auto")
    if choice in THEMES:
        response.set_cookie(
            THEME_COOKIE, choice, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure()
        )
    return response


def _only_staff_or_demo(request: HttpRequest) -> None:
    actor = getattr(request, "actor", None)
    is_staff = actor is not None and actor.is_signed_in
    if not (is_staff or settings.DEBUG or getattr(settings, "NUANTU_MODE", "") == "demo"):
        raise Http404


def patterns(request: HttpRequest) -> HttpResponse:
    """Every component in all its states, for those who build pages and those who test them."""
    _only_staff_or_demo(request)
    return render(request, "ui/patterns.html", samples.context(request.GET))


def patterns_phone(request: HttpRequest) -> HttpResponse:
    """The same for a phone page."""
    _only_staff_or_demo(request)
    return render(request, "ui/patterns_phone.html", samples.context(request.GET))


def patterns_print(request: HttpRequest) -> HttpResponse:
    """The same for a page made to be printed."""
    _only_staff_or_demo(request)
    return render(request, "ui/patterns_print.html", samples.context(request.GET))


def error_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be read."""
    return render(request, "400.html", status=400)


def error_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The person may not do this; `exception` says why when it has words."""
    reason = str(exception) if exception is not None else ""
    return render(request, "403.html", {"reason": reason}, status=403)


def error_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absent, or not for this person: the page does not tell which."""
    return render(request, "404.html", status=404)


def error_500(request: HttpRequest) -> HttpResponse:
    """Something broke here; drawn without database, session or context processors."""
    return render(None, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere; its contents are kept by the browser."""
    return render(request, "403_csrf.html", status=403)
