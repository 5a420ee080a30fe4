"""The register of stays, past and present."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.persons.services import note_export
from nuantu.stays import access
from nuantu.stays.forms.register import RegisterForm
from nuantu.stays.models import Stay
from nuantu.stays.selectors import board
from nuantu.stays.selectors import register as reads

PER_PAGE = 50


def _narrowed(request: StaffRequest) -> tuple[RegisterForm, list[str], str, QuerySet[Stay]]:
    form = RegisterForm(request.GET)
    form.is_valid()
    stations = board.stations_seen(request.actor)
    org = board.station_chosen(request.actor, stations, request.GET.get("station", ""))
    filters = reads.Filters.of(getattr(form, "cleaned_data", {}))
    return form, stations, org, reads.register(request.actor, org, filters)


@staff_page(access.READ)
def register(request: StaffRequest) -> HttpResponse:
    """Stays of a station, the latest first."""
    form, stations, org, found = _narrowed(request)
    page = Paginator(found[: reads.MOST_COUNTED], PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": reads.rows_of(list(page.object_list), clock.now()),
        "count": page.paginator.count,
        "is_more": page.paginator.count == reads.MOST_COUNTED,
        "most": reads.MOST_COUNTED,
        "tabs": board.station_tabs(stations),
        "org": org,
        "export_url": reverse("stays:export") if request.actor.may(access.EXPORT) else "",
    }
    return render(request, "stays/register.html", context, fragment="stays/_register.html")


@staff_page(access.EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The register as Excel; restricted people stay masked, each record says that it left."""
    _form, _stations, _org, found = _narrowed(request)
    at = clock.now()
    left = list(found.select_related("person")[: reads.EXPORT_MOST])
    note_export(
        actor=request.actor,
        at=at,
        persons=list({stay.person for stay in left}),
        purpose="导出在站登记",
    )
    return register_xlsx(_("在站登记"), reads.headings(), reads.export_rows(found, at))
