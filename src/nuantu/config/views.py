"""Pages that belong to no package: home, health, errors."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from nuantu.core.http import PublicRequest, actor_of, public_page, render

# The first screen of each role is what needs it now; the first permission held decides.
FIRST_SCREENS = (
    ("dispatch.board.read", "dispatch:board"),
    ("dispatch.tip.take", "dispatch:desk"),
    ("dispatch.run.carry", "dispatch:phone"),
    ("operations.duty.read", "operations:board"),
    ("operations.handover.answer", "operations:handovers"),
)


@public_page
def home(request: PublicRequest) -> HttpResponse:
    """Send somebody signed in to the first screen of the role, everybody else to the public front."""
    actor = actor_of(request)
    if actor.is_signed_in:
        for permission, name in FIRST_SCREENS:
            if actor.may(permission):
                return HttpResponseRedirect(reverse(name))
        return HttpResponseRedirect(reverse("accounts:account"))
    return HttpResponseRedirect(reverse("dispatch:front"))


@public_page
def healthz(request: PublicRequest) -> HttpResponse:
    """For the supervisor: the site answers and the database too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "ui/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "ui/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what is absent and for what is somebody else's."""
    return render(request, "ui/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: nothing was changed."""
    return render(request, "ui/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page that was open too long; the page keeps what was typed."""
    return render(request, "ui/csrf.html", status=403)
