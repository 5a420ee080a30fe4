"""A find of a sweep, told to the station."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.dispatch import access, services
from nuantu.patrols.access import find_for
from nuantu.ui.outcomes import do


@require_POST
@staff_page(access.TAKE)
def take(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Make a tip of somebody whom the own organisation found in a sweep."""
    find = find_for(request.actor, public_id)
    return do(
        request,
        lambda: services.take_find(actor=request.actor, at=clock.now(), find=find),
        to=reverse("patrols:area_walk", args=[find.report.area.public_id]),
        said=_("已报给救助站，由值班调度派人"),
    )
