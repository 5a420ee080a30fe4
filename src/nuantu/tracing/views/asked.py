"""The list of requests to other bodies."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.tracing import access, services
from nuantu.tracing.forms.requests import RequestFilterForm
from nuantu.tracing.selectors import request_list as selectors
from nuantu.ui.pages import LongList

ROWS = 50


@staff_page(access.SEARCH_READ)
def requests(request: StaffRequest) -> HttpResponse:
    """Every request the reader may see: what is open, late, answered."""
    form, at = RequestFilterForm(request.GET), clock.now()
    found = selectors.requests(*form.wanted(), at)
    page = LongList(found, ROWS).get_page(request.GET.get("page"))
    may_export = request.actor.may(access.SEARCH_EXPORT)
    context = {
        "form": form,
        "page": page,
        "rows": selectors.rows_of(page.object_list, at),
        "export_url": reverse("tracing:requests_export") if may_export else "",
    }
    return render(request, "tracing/requests.html", context)


@staff_page(access.SEARCH_EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel with the filters of the page, masked as there; journalled."""
    form, at = RequestFilterForm(request.GET), clock.now()
    rows = selectors.rows_of(selectors.requests(*form.wanted(), at)[:MOST_FETCHED], at)
    services.note_export(actor=request.actor, at=at, count=len(rows), summary="导出协查")
    return register_xlsx(_("协查"), selectors.headings(), selectors.sheet(rows))
