"""Decisions about a report: look, agree anew, close, withdraw."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, refused, staff_page
from nuantu.tracing import access, services
from nuantu.tracing.forms.reports import CloseForm, RenewForm, RevealForm, WithdrawForm
from nuantu.tracing.models import MissingReport
from nuantu.tracing.selectors import late, looks
from nuantu.tracing.selectors.reports import dangers_said, url_of
from nuantu.tracing.views.late import too_late
from nuantu.ui import confirming
from nuantu.ui.outcomes import form_page, tried


@staff_page(access.REVEAL)
def reveal(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show the warning first, ask the purpose, write it down, then show one part for ten minutes."""
    found = access.report_to_reveal(request.actor, public_id)
    what = request.POST.get("what") or request.GET.get("what") or looks.IDENTITY
    if what not in looks.PARTS:
        raise Http404
    form = RevealForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.reveal(
            actor=request.actor,
            at=clock.now(),
            report=found,
            what=what,
            **form.cleaned_data,
        ),
        to=url_of(public_id),
    )
    context = {"form": form, "report": found, "what": what, "part": services.PARTS[what]}
    return gone or form_page(
        request, "tracing/reveal.html", {**context, "dangers": dangers_said(found)}
    )


def _closed(request: StaffRequest, found: MissingReport, heading: str) -> HttpResponse | None:
    return too_late(request, late.of_report(found), heading, url_of(found.public_id))


@staff_page(access.WRITE)
def consent(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The searcher was asked and goes on."""
    found = access.report_to_change(request.actor, public_id)
    kept = {"consent_purposes": found.consent_purposes, "consent_way": found.consent_way}
    form = RenewForm(request.POST or None, initial=kept)
    gone = tried(
        request,
        form,
        lambda: services.renew_consent(
            actor=request.actor, at=clock.now(), report=found, consent=form.consent()
        ),
        to=url_of(public_id),
        said=_("已登记新的同意。"),
    )
    gone = gone or _closed(request, found, _("登记新的同意"))
    return gone or form_page(request, "tracing/consent.html", {"form": form, "report": found})


@staff_page(access.WRITE)
def close(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """He was found, or nobody goes on."""
    found = access.report_to_change(request.actor, public_id)
    form = CloseForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.close_report(
            actor=request.actor, at=clock.now(), report=found, **form.cleaned_data
        ),
        to=url_of(public_id),
        said=_("已了结。"),
    )
    gone = gone or _closed(request, found, _("了结寻人登记"))
    return gone or form_page(request, "tracing/close.html", {"form": form, "report": found})


@staff_page(access.WRITE)
def withdraw(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The searcher takes his consent back, once the number of the report was typed."""
    found = access.report_to_change(request.actor, public_id)
    form = WithdrawForm(request.POST or None)
    context = {"form": form, "report": found}
    if form.is_valid() and not confirming.is_typed(request, found.number):
        return refused(request, "tracing/withdraw.html", context)
    gone = tried(
        request,
        form,
        lambda: services.withdraw_consent(
            actor=request.actor, at=clock.now(), report=found, **form.cleaned_data
        ),
        to=url_of(public_id),
        said=_("已撤回并隐藏。"),
    )
    late_words = late.of_withdrawal(found)
    gone = gone or too_late(request, late_words, _("撤回同意"), url_of(found.public_id))
    return gone or form_page(request, "tracing/withdraw.html", context)
