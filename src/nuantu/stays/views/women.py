"""Women cared for by women: who of the staff does, held against the watch roster."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.stays import access, services
from nuantu.stays.forms.house import WomensCarerForm
from nuantu.stays.selectors import women as reads
from nuantu.ui.outcomes import do, form_page, tried


@staff_page(access.HOUSE)
def women(request: StaffRequest) -> HttpResponse:
    """Who cares for women, and the hours of the coming day without any of them on watch."""
    at, org = clock.now(), request.actor.org_code
    form = WomensCarerForm(request.POST or None, candidates=reads.candidates(org))
    gone = tried(
        request,
        form,
        lambda: services.add_womens_carer(actor=request.actor, at=at, **form.cleaned_data),
        to=reverse("stays:women"),
        said=_("已登记"),
    )
    context = {"form": form, "carers": reads.carers(org), "watch": reads.womens_watch(org, at)}
    return gone or form_page(request, "stays/women.html", context)


@staff_page(access.HOUSE)
def women_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """She does so no more."""
    carer = access.womens_carer_for(request.actor, public_id)
    return do(
        request,
        lambda: services.end_womens_carer(actor=request.actor, at=clock.now(), carer=carer),
        to=reverse("stays:women"),
        said=_("已取消"),
    )
