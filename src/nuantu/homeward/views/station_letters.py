"""A letter from a return plan."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.homeward import access
from nuantu.homeward.forms.station_letters import StationLetterForm
from nuantu.homeward.selectors import returns as selectors
from nuantu.homeward.services.station_letters import ask_station
from nuantu.letters import access as letters
from nuantu.letters.selectors.letters import url_of
from nuantu.ui.outcomes import form_page, tried


@staff_page(access.RETURN_WRITE)
def ask(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask a station there: what, with which facts of the plan."""
    actor = request.actor
    found = access.return_to_change(actor, public_id)
    if not actor.may(letters.WRITE):
        raise Http404
    form = StationLetterForm(request.POST or None, plan=found, actor=actor)
    gone = tried(
        request,
        form,
        lambda: ask_station(actor=actor, at=clock.now(), plan=found, **form.values()),
        to=lambda made: url_of(made.public_id),
        said=_("已发函，有编号。"),
    )
    context = {
        "form": form,
        "title": _("问救助站"),
        "back_url": selectors.url_of(public_id),
        "crumb": found.number,
    }
    return gone or form_page(request, "letters/form.html", context)
