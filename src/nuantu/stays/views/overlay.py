"""A zone serves for observation or isolation while the epidemic pack is on."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.stays import access
from nuantu.stays.forms.house import EpidemicForm
from nuantu.stays.services import overlay
from nuantu.ui.outcomes import do, form_page, tried


@staff_page(access.HOUSE)
def zone_epidemic(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Turn an empty zone."""
    found = access.zone_for(request.actor, public_id)
    form = EpidemicForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: overlay.turn_zone(
            actor=request.actor, at=clock.now(), zone=found, **form.cleaned_data
        ),
        to=reverse("stays:house"),
        said=_("已改作防疫分区"),
    )
    context = {
        "form": form,
        "title": _("%(zone)s改作防疫分区") % {"zone": found.name},
        "called": _("设置房间床位"),
        "back_url": reverse("stays:house"),
    }
    return gone or form_page(request, "stays/kept.html", context)


@staff_page(access.HOUSE)
def zone_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The zone goes back to what it usually is."""
    found = access.zone_for(request.actor, public_id)
    return do(
        request,
        lambda: overlay.turn_back(actor=request.actor, at=clock.now(), zone=found),
        to=reverse("stays:house"),
        said=_("已恢复平时用途"),
    )
