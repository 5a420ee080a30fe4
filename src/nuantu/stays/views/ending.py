"""Asking that help be ended, and answering."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.stays import access, services
from nuantu.stays.forms.leaving import AnswerEndingForm, EndingForm
from nuantu.stays.selectors import door
from nuantu.ui.outcomes import form_page, tried


@staff_page(access.LEAVE)
def ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ground and facts, for a leader to decide on."""
    stay, at = access.own_stay_for(request.actor, public_id, access.LEAVE), clock.now()
    grounds = door.grounds(stay.division_code, at, "leaving.ground")
    form = EndingForm(request.POST or None, grounds=grounds)
    page = reverse("stays:detail", args=[public_id])
    gone = tried(
        request,
        form,
        lambda: services.ask_ending(actor=request.actor, at=at, stay=stay, **form.cleaned_data),
        to=page,
        said=_("已提请批准，救助继续"),
    )
    context = {
        "form": form,
        "title": _("提请终止救助"),
        "called": stay.number,
        "back_url": page,
        "submit_label": _("提请批准"),
    }
    return gone or form_page(request, "stays/kept.html", context)


@staff_page(access.APPROVE)
def answer_ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The leader reads why help should end, and answers."""
    found, at = access.ending_for(request.actor, public_id), clock.now()
    form = AnswerEndingForm(request.POST or None)
    page = reverse("stays:detail", args=[found.stay.public_id])
    gone = tried(
        request,
        form,
        lambda: services.answer_ending(actor=request.actor, at=at, ending=found, **form.values()),
        to=page,
        said=_("已答复"),
    )
    said = dict(door.grounds(found.division_code, at, "leaving.ground"))
    context = {
        "form": form,
        "ending": found,
        "ground": said.get(found.ground, found.ground),
        "is_masked": access.is_masked(request.actor, found.stay.person, at),
        "back_url": page,
    }
    return gone or form_page(request, "stays/ending.html", context)
