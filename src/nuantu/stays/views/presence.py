"""Roll-call, searching for a missing resident, the complaints box."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.forms.presence import (
    AnswerComplaintForm,
    ComplaintForm,
    EndSearchForm,
    RollForm,
    StepForm,
)
from nuantu.stays.selectors.board import in_bed_order, residents, stays_here
from nuantu.stays.selectors.care import complaints as reads
from nuantu.stays.selectors.care import searches
from nuantu.stays.services import care as services
from nuantu.ui import toasts
from nuantu.ui.outcomes import do, form_page, tried
from nuantu.ui.photos import photo_page


@staff_page(access.ROLL)
def roll_call(request: StaffRequest) -> HttpResponse:
    """Everybody ticked beforehand; who is not there is changed, and the page says what follows.

    With `?evacuation` the roll is called at the meeting point, and nobody is ticked.
    """
    actor, at = request.actor, clock.now()
    people = in_bed_order(residents(stays_here(actor.org_code), at))
    sent = request.POST if request.method == "POST" else None
    is_evacuation = "evacuation" in request.GET
    form = RollForm(sent, request.FILES or None, people=people, is_evacuation=is_evacuation)
    gone = tried(
        request,
        form,
        lambda: services.call_roll(
            actor=actor,
            at=at,
            found=form.found(),
            photo=form.cleaned_data["photo"],
            is_evacuation=is_evacuation,
        ),
        to=reverse("stays:roll_call"),
        said=_("点名已登记"),
    )
    context = {
        "form": form,
        "calls": searches.last_calls(actor.org_code),
        "open": searches.open_searches(actor.org_code, at),
        "tab": "roll",
    }
    return gone or form_page(request, "stays/care/roll.html", context)


@staff_page(access.ROLL)
def roll_photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The photo of a roll-call."""
    return photo_page(access.roll_photo_for(request.actor, public_id))


@staff_page(access.ROLL)
def search(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A search: its steps one under the other, and how it ends."""
    found = access.search_for(request.actor, public_id)
    form = EndSearchForm(request.POST or None)
    at = clock.now()
    gone = tried(
        request,
        form,
        lambda: services.end_search(actor=request.actor, at=at, search=found, **form.cleaned_data),
        to=reverse("stays:search", args=[found.public_id]),
        said=_("寻找已结束"),
    )
    (one,) = residents([found.stay], at)
    context = {"form": form, "row": found, "one": one, "steps": searches.steps_of(found, at)}
    return gone or form_page(request, "stays/care/search.html", context)


@staff_page(access.ROLL)
def search_step(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One step of a search was taken."""
    found = access.search_for(request.actor, public_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form, back = StepForm(request.POST), reverse("stays:search", args=[found.public_id])
    gone = tried(
        request,
        form,
        lambda: services.take_step(
            actor=request.actor, at=clock.now(), search=found, **form.cleaned_data
        ),
        to=back,
        said=_("已登记"),
    )
    context = {
        "form": form,
        "title": searches.step_words(found, request.POST.get("step", ""), clock.now()),
        "called": _("寻找"),
        "back_url": back,
        "submit_label": _("已做"),
    }
    return gone or form_page(request, "stays/kept.html", context)


@staff_page(access.CARE)
def search_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody is missing between two roll-calls."""
    stay = access.care_of(request.actor, public_id)
    return do(
        request,
        lambda: services.raise_search(actor=request.actor, at=clock.now(), stay=stay),
        to=reverse("stays:roll_call"),
        said=_("已报警寻找，请马上走下面的步骤"),
    )


@staff_page(access.CARE)
def complain(request: StaffRequest) -> HttpResponse:
    """A resident complains, with or without his name."""
    actor, at = request.actor, clock.now()
    form = ComplaintForm(
        request.POST or None,
        staff=reads.staff_of(actor.org_code),
        people=residents(stays_here(actor.org_code), at),
    )
    if form.is_valid():
        row = services.take_complaint(actor=actor, at=at, said=form.said())
        toasts.say(request, _("意见已收到，编号 %(number)s，请告诉本人") % {"number": row.number})
        return HttpResponseRedirect(reverse("stays:complain"))
    return form_page(request, "stays/care/complain.html", {"form": form, "law": services.LAW})


@staff_page(access.ANSWER)
def complaints(request: StaffRequest) -> HttpResponse:
    """Complaints to answer and those answered."""
    rows = reads.complaints(request.actor)
    return render(request, "stays/care/complaints.html", {"rows": rows, "tab": "complaints"})


@staff_page(access.ANSWER)
def complaint(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One complaint: the answer is written here; its words are opened by a press, which is put down."""
    row = access.complaint_for(request.actor, public_id)
    at = clock.now()
    form = AnswerComplaintForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.answer_complaint(actor=request.actor, at=at, row=row, **form.cleaned_data),
        to=reverse("stays:complaint", args=[row.public_id]),
        said=_("已答复"),
    )
    context = {"form": form, "page": reads.complaint_page(row), "tab": "complaints"}
    return gone or form_page(request, "stays/care/complaint.html", context)


@staff_page(access.ANSWER)
def complaint_open(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The words of a complaint, opened by a press."""
    row = access.complaint_for(request.actor, public_id)
    words = ""
    if request.method == "POST":
        words = services.open_complaint(actor=request.actor, at=clock.now(), row=row)
    context = {
        "form": AnswerComplaintForm(),
        "page": reads.complaint_page(row, words),
        "tab": "complaints",
    }
    return render(request, "stays/care/complaint.html", context)
