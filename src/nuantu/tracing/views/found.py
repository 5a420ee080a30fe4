"""Who was found, by what, after how long."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.tracing import access, services
from nuantu.tracing.forms.matches import FoundFilterForm
from nuantu.tracing.selectors import found as selectors
from nuantu.ui.pages import LongList

ROWS = 50


@staff_page(access.SEARCH_READ)
def found(request: StaffRequest) -> HttpResponse:
    """Figures by what somebody was found, and the rows behind them."""
    form, at = FoundFilterForm(request.GET), clock.now()
    found_by, year = form.wanted()
    page = LongList(selectors.found(found_by, year), ROWS).get_page(request.GET.get("page"))
    may_export = request.actor.may(access.SEARCH_EXPORT)
    context = {
        "form": form,
        "page": page,
        "year": year,
        "shares": selectors.shares_of(year),
        "rows": selectors.rows_of(list(page.object_list), at),
        "export_url": reverse("tracing:found_export") if may_export else "",
    }
    return render(request, "tracing/found.html", context)


@staff_page(access.SEARCH_EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The rows as Excel with the filters of the page, masked as there; journalled."""
    form, at = FoundFilterForm(request.GET), clock.now()
    rows = selectors.rows_of(list(selectors.found(*form.wanted())[:MOST_FETCHED]), at)
    services.note_export(actor=request.actor, at=at, count=len(rows), summary="导出查明的人")
    return register_xlsx(_("查明的人"), selectors.headings(), selectors.sheet(rows))
