"""Theme switch and the pattern page."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from nuantu.core.http import PublicRequest, actor_of, public_page, render
from nuantu.ui import samples
from nuantu.ui.context import THEME_COOKIE, THEMES

YEAR_SECONDS = 365 * 24 * 60 * 60


@require_POST
@public_page
def theme(request: PublicRequest) -> HttpResponse:
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


def _only_staff_or_demo(request: PublicRequest) -> None:
    is_staff = actor_of(request).is_signed_in
    if not (is_staff or settings.DEBUG or getattr(settings, "NUANTU_MODE", "") == "demo"):
        raise Http404


@public_page
def patterns(request: PublicRequest) -> HttpResponse:
    """Every component in all its states, for those who build pages and those who test them."""
    _only_staff_or_demo(request)
    return render(request, "ui/patterns.html", samples.context(request.GET))


@public_page
def patterns_phone(request: PublicRequest) -> HttpResponse:
    """The same for a phone page."""
    _only_staff_or_demo(request)
    return render(request, "ui/patterns_phone.html", samples.context(request.GET))


@public_page
def patterns_print(request: PublicRequest) -> HttpResponse:
    """The same for a page made to be printed."""
    _only_staff_or_demo(request)
    return render(request, "ui/patterns_print.html", samples.context(request.GET))
