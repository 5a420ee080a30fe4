"""The inflow and outflow list: search, one line, enter, correct, end, reveal, export."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock, exports, journal
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.core.subjects import Subject
from nuantu.patrols import access, services
from nuantu.patrols.forms.flows import (
    FlowEndForm,
    FlowFilterForm,
    FlowForm,
    PurposeForm,
    values_of,
)
from nuantu.patrols.models import FlowEntry
from nuantu.patrols.selectors import flows as selectors
from nuantu.ui import toasts
from nuantu.ui.outcomes import do
from nuantu.ui.pages import LongList

ROWS = 50


@staff_page(access.FLOWS)
def flows(request: StaffRequest) -> HttpResponse:
    """The list of the reader's area: who is away, who came."""
    form = FlowFilterForm(request.GET)
    found = selectors.narrowed(access.flows_for(request.actor), form.wanted())
    page = LongList(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": selectors.lines_of(page.object_list, clock.now()),
        "may_write": request.actor.may(access.WRITE_FLOWS),
        "may_export": request.actor.may(access.EXPORT_FLOWS),
    }
    return render(request, "patrols/flows.html", context)


@staff_page(access.EXPORT_FLOWS)
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel without what lies sealed, with the filters of the page; journalled."""
    form = FlowFilterForm(request.GET)
    found = selectors.narrowed(access.flows_for(request.actor), form.wanted())
    lines = selectors.lines_of(found, clock.now())
    services.note_flow_export(actor=request.actor, at=clock.now(), count=len(lines))
    title = _("流入流出人员名单")
    return exports.register_xlsx(title, selectors.headings(), selectors.sheet(lines))


@staff_page(access.WRITE_FLOWS)
def new(request: StaffRequest) -> HttpResponse:
    """Put somebody on the list."""
    form = FlowForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.add_flow(
                actor=request.actor,
                at=clock.now(),
                division_code=data["division"],
                said=form.known_now(),
                case=data["case_number"],
            )
        except Refusal as error:
            form.add_error(error.field, str(error))
        else:
            toasts.say(request, _("已列入名单"))
            return HttpResponseRedirect(selectors.flow_url(made.public_id))
    return _form_page(request, form, reverse("patrols:flows"))


def _form_page(request: StaffRequest, form: FlowForm, back_url: str,
               entry: FlowEntry | None = None) -> HttpResponse:  # fmt: skip
    context = {"form": form, "back_url": back_url, "entry": entry}
    if form.errors:
        return refused(request, "patrols/flow_form.html", context)
    return render(request, "patrols/flow_form.html", context)


@staff_page(access.FLOWS)
def flow(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One line with what is known, how sure, and what happened to it."""
    found = access.flow_for(request.actor, public_id)
    return render(request, "patrols/flow.html", _page(request, found))


def _page(request: StaffRequest, found: FlowEntry, **more: Any) -> dict[str, Any]:
    (line,) = selectors.lines_of([found], clock.now())
    return {
        "line": line,
        "entry": found,
        "may_write": request.actor.may(access.WRITE_FLOWS) and found.is_open,
        "may_reveal": request.actor.may(access.REVEAL_FLOWS) and bool(found.secret),
        "end_form": FlowEndForm(),
        "purpose_form": PurposeForm(),
        "timeline": journal.timeline(Subject("flow_entry", found.public_id))[:60],
        **more,
    }


@staff_page(access.WRITE_FLOWS)
def correct(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct a line, with the reason."""
    found = access.flow_for(request.actor, public_id, access.WRITE_FLOWS)
    (line,) = selectors.lines_of([found], clock.now())
    form = FlowForm(request.POST or None, actor=request.actor, initial=values_of(found, line.case))
    back = selectors.flow_url(public_id)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.correct_flow(
                actor=request.actor,
                at=clock.now(),
                entry=found,
                said=form.known_now(),
                reason=data["reason"],
                case=data["case_number"],
            )
        except Refusal as error:
            form.add_error(error.field, str(error))
        else:
            toasts.say(request, _("已更正，原来的内容有存档"))
            return HttpResponseRedirect(back)
    return _form_page(request, form, back, found)


@require_POST
@staff_page(access.WRITE_FLOWS)
def end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    found = access.flow_for(request.actor, public_id, access.WRITE_FLOWS)
    form = FlowEndForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return do(
        request,
        lambda: services.end_flow(actor=request.actor, at=clock.now(), entry=found, reason=reason),
        to=selectors.flow_url(public_id),
        said=_("已从名单销去"),
    )


@require_POST
@staff_page(access.REVEAL_FLOWS)
def reveal(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show what lies sealed, once, for a purpose that is written down."""
    found = access.flow_for(request.actor, public_id, access.REVEAL_FLOWS)
    form = PurposeForm(request.POST)
    if form.is_valid():
        try:
            shown = services.reveal_flow(
                actor=request.actor,
                at=clock.now(),
                entry=found,
                purpose=form.cleaned_data["purpose"],
            )
        except Refusal as error:
            form.add_error(error.field, str(error))
        else:
            response = render(request, "patrols/flow.html", _page(request, found, shown=shown))
            response["Cache-Control"] = "no-store"
            return response
    return refused(request, "patrols/flow.html", _page(request, found, purpose_form=form))
