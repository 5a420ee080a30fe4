"""Importing a newer table of divisions: upload, look, confirm, follow."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from nuantu.accounts import access, selectors
from nuantu.accounts.forms import DivisionFileForm
from nuantu.accounts.models import DivisionImport
from nuantu.accounts.services import division_imports as services
from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.ui import confirming, toasts
from nuantu.ui.outcomes import tried

SHOWN = 200


@staff_page("accounts.division.import")
def divisions(request: StaffRequest) -> HttpResponse:
    """Upload a table, and what was imported before."""
    form = DivisionFileForm(request.POST or None, request.FILES or None)
    context = {
        "form": form,
        "imports": selectors.division_imports(),
        "why_not": services.why_not(request.actor),
    }
    if request.method != "POST":
        return render(request, "accounts/divisions.html", context)
    gone = tried(
        request,
        form,
        lambda: services.draft_import(actor=request.actor, at=clock.now(), **form.values()),
        to=lambda row: reverse("accounts:division_import", args=[row.public_id]),
    )
    return gone or refused(request, "accounts/divisions.html", context)


@staff_page("accounts.division.import")
def division_import(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One table: what it would change, how far its import is, how it ended."""
    row = access.division_import_for(request.actor, public_id)
    if request.method == "POST":
        if confirming.is_typed(request, str(row.edition_date)):
            try:
                services.start_import(actor=request.actor, at=clock.now(), row=row)
            except Refusal as error:
                toasts.say(request, str(error), is_error=True)
        return HttpResponseRedirect(request.path)
    context = {"row": row, "shown": SHOWN, "why_not": services.why_not(request.actor)}
    if row.state == DivisionImport.State.DRAFT:
        try:
            context["preview"] = services.preview(row)
        except Refusal as error:  # a newer table was taken in meanwhile
            toasts.say(request, str(error), is_error=True)
            return HttpResponseRedirect(reverse("accounts:divisions"))
    return render(request, "accounts/division_import.html", context)
