"""Tonight's relief points: the board by county, opening, shutting, confirming."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.accounts.selectors import counties
from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.places import access, forms, selectors, services
from nuantu.places.models import ReliefPoint
from nuantu.ui import toasts


@staff_page(access.READ)
def board(request: StaffRequest) -> HttpResponse:
    """Which points are open tonight, county by county; counties with nothing open come first."""
    prefix = request.actor.prefix or forms.area_prefix(request.actor)
    at = clock.now()
    groups = selectors.relief_board(counties(prefix[:6]), at=at)
    points = [point for group in groups for point in group.points]
    context = {
        "groups": sorted(groups, key=lambda group: not group.lacks),
        "open_count": sum(1 for point in points if point.is_open),
        "stale_count": sum(1 for p in points if p.is_open and selectors.is_stale(p, at)),
        "unsigned_count": sum(1 for point in points if not point.has_sign),
        "lacking_count": sum(1 for group in groups if group.lacks),
        "openable": {
            point.public_id
            for point in points
            if access.may_change(request.actor, point, access.OPEN_POINTS)
        },
        "at": at,
    }
    return render(request, "places/board.html", context, fragment="places/_board.html")


@require_POST
@staff_page(access.OPEN_POINTS)
def open_point(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The doors are open."""
    return _said(request, public_id, services.open_relief_point, _("已开放：%(name)s"))


@require_POST
@staff_page(access.OPEN_POINTS)
def confirm_point(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody is there."""
    return _said(request, public_id, services.confirm_relief_point, _("已确认：%(name)s"))


def _said(
    request: StaffRequest, public_id: UUID, say: Callable[..., ReliefPoint], words: str
) -> HttpResponse:
    point = access.openable_relief_point_for(request.actor, public_id)
    try:
        say(actor=request.actor, at=clock.now(), point=point)
    except Refusal as refusal:
        toasts.say(request, str(refusal), is_error=True)
    else:
        toasts.say(request, words % {"name": point.name})
    return HttpResponseRedirect(_back(request, point))


@staff_page(access.OPEN_POINTS)
def shut_point(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Shut, or say why it stays shut; the reason is asked for."""
    point = access.openable_relief_point_for(request.actor, public_id)
    form = forms.ReasonForm(request.POST or None)
    context = {
        "form": form,
        "page_title": _("不开放：%(name)s") % {"name": point.name},
        "lead": _("预警期间不开放要写明原因，联席办会看到。"),
        "back_url": reverse("places:relief_point", args=[public_id]),
        "submit_label": _("确认不开放"),
    }
    if request.method != "POST":
        return render(request, "places/close.html", context)
    if not form.is_valid():
        return refused(request, "places/close.html", context)
    services.shut_relief_point(
        actor=request.actor, at=clock.now(), point=point, reason=form.cleaned_data["reason"]
    )
    toasts.say(request, _("已记录原因：%(name)s") % {"name": point.name})
    return HttpResponseRedirect(reverse("places:relief_board"))


def _back(request: StaffRequest, point: ReliefPoint) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return wanted if is_ours else reverse("places:relief_point", args=[point.public_id])
