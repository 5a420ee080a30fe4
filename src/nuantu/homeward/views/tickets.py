"""Tickets and vouchers of all return plans."""

from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.homeward import access
from nuantu.homeward.forms.returns import TicketFilterForm
from nuantu.homeward.selectors import tickets as selectors
from nuantu.homeward.services.lines import note_list_export
from nuantu.ui.pages import LongList

ROWS = 50


def _asked(request: StaffRequest) -> tuple[TicketFilterForm, selectors.Filters]:
    """What is asked for; without a day it is this month."""
    first = clock.today().replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    sent = {key: request.GET[key] for key in request.GET}
    form = TicketFilterForm({"since": first.isoformat(), "until": last.isoformat()} | sent)
    form.is_valid()
    return form, selectors.Filters(
        words=form.said("q"),
        stage=form.said("stage"),
        payer=form.said("payer"),
        since=form.cleaned_data.get("since") or first,
        until=form.cleaned_data.get("until") or last,
    )


@staff_page(access.RETURN_READ)
def tickets(request: StaffRequest) -> HttpResponse:
    """Every ticket of the period, as far as the reader may see, with what they cost and who bears it."""
    at, actor = clock.now(), request.actor
    form, filters = _asked(request)
    found = selectors.tickets(filters, at)
    page = LongList(found, ROWS).get_page(request.GET.get("page"))
    may_export = actor.may(access.RETURN_EXPORT)
    context = {
        "form": form,
        "filters": filters,
        "page": page,
        "rows": selectors.rows_of(page.object_list, at),
        "totals": selectors.totals(found),
        "export_url": reverse("homeward:ticket_export") if may_export else "",
    }
    return render(request, "homeward/tickets.html", context)


@staff_page(access.RETURN_EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel; journalled."""
    at = clock.now()
    _form, filters = _asked(request)
    rows = selectors.rows_of(selectors.tickets(filters, at)[:MOST_FETCHED], at)
    note_list_export(
        actor=request.actor, at=at, verb="ticket.export", words="车船票和乘车凭证", count=len(rows)
    )
    return register_xlsx(_("车船票和乘车凭证"), selectors.headings(), selectors.sheet(rows))
