"""Requests to other bodies: send, look, answer, go on."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.tracing import access, services
from nuantu.tracing.forms.requests import AnswerForm, LineForm, RequestForm
from nuantu.tracing.models import LineKind
from nuantu.tracing.selectors import late
from nuantu.tracing.selectors.requests import shown_of, url_of
from nuantu.tracing.services.by_letter import letter_of
from nuantu.tracing.views.late import too_late
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.photos import photo_page

_WAYS = {
    "remind": LineKind.REMINDED,
    "reply": LineKind.REPLIED,
    "withdraw": LineKind.WITHDRAWN,
}


@staff_page(access.SEARCH_WRITE)
def add(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Send a request as a numbered paper."""
    search = access.search_to_change(request.actor, case_id)
    form = RequestForm(request.POST or None, org_code=request.actor.org_code)
    gone = tried(
        request,
        form,
        lambda: services.send_request(
            actor=request.actor, at=clock.now(), search=search, asked=form.asked()
        ),
        to=lambda made: url_of(made.public_id),
        said=_("已发出，有编号。"),
    )
    return gone or form_page(request, "tracing/request_add.html", {"form": form, "search": search})


@staff_page(access.SEARCH_READ)
def show(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A request with everything that came of it; of a masked record without the words."""
    actor, at = request.actor, clock.now()
    found = access.request_for(actor, public_id)
    context = {
        "shown": shown_of([found], at)[0],
        "search": found.search,
        "is_masked": access.is_masked(actor, found.search.person, at),
        "letter": letter_of(found),
        "may_write": found.owner_org == actor.org_code and actor.may(access.SEARCH_WRITE),
    }
    return render(request, "tracing/request.html", context)


@staff_page(access.SEARCH_WRITE)
def answer(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put down what they answered, however late."""
    found = access.request_for(request.actor, public_id, access.SEARCH_WRITE)
    form = AnswerForm(request.POST or None, request.FILES or None)
    gone = tried(
        request,
        form,
        lambda: services.put_answer(
            actor=request.actor,
            at=clock.now(),
            request=found,
            told=form.told(),
            scan=form.cleaned_data["scan"],
        ),
        to=url_of(public_id),
        said=_("已登记。"),
    )
    return gone or form_page(request, "tracing/request_answer.html", {"form": form, "row": found})


@staff_page(access.SEARCH_WRITE)
def go_on(request: StaffRequest, public_id: UUID, deed: str) -> HttpResponse:
    """Remind them, reply to them, or take the request back."""
    if deed not in _WAYS:
        raise Http404
    found = access.request_for(request.actor, public_id, access.SEARCH_WRITE)
    form = LineForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.go_on(
            actor=request.actor, at=clock.now(), request=found, told=form.told(_WAYS[deed])
        ),
        to=url_of(public_id),
        said=_("已登记。"),
    )
    why, heading = late.of_request(found, _WAYS[deed]), str(_WAYS[deed].label)
    gone = gone or too_late(request, why, heading, url_of(public_id))
    context = {"form": form, "row": found, "deed": _WAYS[deed].label}
    return gone or form_page(request, "tracing/request_line.html", context)


@staff_page(access.SEARCH_READ)
def scan(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The scan of an answer; of a masked record only after it was opened."""
    line = access.line_for(request.actor, public_id)
    access.must_be_open(request.actor, line.request.search.person, clock.now())
    if line.scan is None:
        raise Http404
    return photo_page(line.scan)
