"""Missing-person reports: search, one report, take, correct, export."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.tracing import access, services
from nuantu.tracing.forms.reports import FilterForm, ReportForm, values_of
from nuantu.tracing.models import MissingReport
from nuantu.tracing.selectors import looks, shares
from nuantu.tracing.selectors import reports as selectors
from nuantu.tracing.selectors.pages import report_page
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList
from nuantu.ui.photos import photo_page

ROWS = 50


@staff_page(access.READ)
def reports(request: StaffRequest) -> HttpResponse:
    """Everybody who is missed, as far as the reader may see."""
    form, at, actor = FilterForm(request.GET), clock.now(), request.actor
    page = LongList(selectors.reports(form.wanted(), at), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "cards": selectors.cards_of(page.object_list, at),
        "may_write": actor.may(access.WRITE),
        "may_import": actor.may(access.IMPORT),
        "export_url": reverse("tracing:export") if actor.may(access.EXPORT) else "",
    }
    return render(request, "tracing/reports.html", context)


@staff_page(access.EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel with the filters of the page, restricted records masked; journalled."""
    form, at = FilterForm(request.GET), clock.now()
    cards = selectors.cards_of(selectors.reports(form.wanted(), at)[:MOST_FETCHED], at)
    services.note_export(actor=request.actor, at=at, count=len(cards))
    return register_xlsx(_("寻人登记"), selectors.headings(), selectors.sheet(cards))


@staff_page(access.WRITE)
def new(request: StaffRequest) -> HttpResponse:
    """Take a report."""
    form = ReportForm(request.POST or None, request.FILES or None)
    gone = tried(
        request,
        form,
        lambda: services.take_report(
            actor=request.actor,
            at=clock.now(),
            said=form.said(),
            consent=form.told_consent(),
            danger=form.danger(),
            photo=form.cleaned_data["photo"],
        ),
        to=lambda made: selectors.url_of(made.public_id),
        said=_("已登记。"),
    )
    return gone or form_page(request, "tracing/form.html", {"form": form})


@staff_page(access.READ)
def report(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What is known, the consent and its clock, what happened; opening it is journalled."""
    found, at, actor = access.report_for(request.actor, public_id), clock.now(), request.actor
    page = report_page(actor, found, at)
    services.note_read(actor=actor, at=at, report=found)
    context = {
        "page": page,
        "report": found,
        "is_own": access.is_own(actor, found),
        "sharing": shares.of_report(actor, found, at),
        "may_change": access.may_change(actor, found),
        "may_withdraw": access.may_withdraw(actor, found),
        "may_reveal": actor.may(access.REVEAL)
        and access.is_own(actor, found)
        and not found.is_withdrawn,
        "may_see_looks": actor.may("accounts.looks.read"),
        "parts": services.PARTS,
    }
    response = render(request, "tracing/report.html", context)
    response["Cache-Control"] = "no-store"
    return response


@staff_page(access.WRITE)
def correct(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put a report right; a hidden one only after it was opened."""
    found = access.report_to_change(request.actor, public_id)
    if request.method != "POST":  # what was typed meanwhile is not lost
        _must_be_opened(request, found)
    form = ReportForm(
        request.POST or None, request.FILES or None, report=found, initial=values_of(found)
    )
    gone = tried(
        request,
        form,
        lambda: services.correct_report(
            actor=request.actor,
            at=clock.now(),
            report=found,
            said=form.said(),
            danger=form.danger(),
            photo=form.cleaned_data["photo"],
        ),
        to=selectors.url_of(public_id),
        said=_("已更正，原来的内容有存档"),
    )
    return gone or form_page(request, "tracing/form.html", {"form": form, "report": found})


def _must_be_opened(request: StaffRequest, found: MissingReport) -> None:
    """What is masked is not shown by its form either. Raises Http404."""
    at = clock.now()
    opened = looks.opened_by(found, request.actor, at).has(looks.IDENTITY)
    if selectors.card_of(found, at, is_opened=opened).is_masked:
        raise Http404


@staff_page(access.READ)
def photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The picture of a report; of a hidden one only after it was opened."""
    found = access.report_for(request.actor, public_id)
    _must_be_opened(request, found)
    if found.photo is None:
        raise Http404
    return photo_page(found.photo)
