"""Risks: marked by whoever sees one, reviewed, lifted by two; and what anybody beside him may know."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.casework import access, services
from nuantu.casework.forms.risks import LiftForm, ReviewForm, RiskForm, SecondForm
from nuantu.casework.selectors.pages import ask_page, risk_url
from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.ui.outcomes import form_page, tried, with_fields


@staff_page(access.MARK)
def mark(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Say that life or safety is at stake; what must be done now is shown next."""
    case = access.case_to_mark(request.actor, case_id)
    form = RiskForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.mark_risk(
            actor=request.actor, at=clock.now(), case=case, assessed=form.assessed()
        ),
        to=lambda made: risk_url(made.public_id),
        said=_("已标记。下面几件事现在就做。"),
    )
    context = {"form": form, "title": _("标记风险"), "case": case, "back": case.person.public_id}
    return gone or form_page(request, "casework/person_form.html", context)


@staff_page(access.MARK)
def ask(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Whom to ask, what to do and what helps; never which risk it is."""
    actor, at = request.actor, clock.now()
    found = access.mark_for(actor, public_id)
    is_own = found.owner_org == actor.org_code and found.is_open
    context = {
        "mark": found,
        "page": ask_page(found, at),
        "may_review": is_own and access.may_review(actor, found),
        "may_lift": is_own and actor.may(access.LEAD),
        "is_mine": found.lift_asked_of is not None
        and found.lift_asked_of.public_id == actor.account_id,
    }
    return render(request, "casework/ask.html", context)


@staff_page(access.MARK)
def review(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Look at a risk again."""
    found = access.mark_to_review(request.actor, public_id)
    form = ReviewForm(request.POST or None, initial={"urgency": found.urgency})
    act = with_fields(services.review_risk, "mark")
    gone = tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), found, form),
        to=risk_url(public_id),
        said=_("已复核。"),
    )
    context = {"form": form, "mark": found, "title": _("复核风险")}
    return gone or form_page(request, "casework/risk_form.html", context)


@staff_page(access.MARK)
def ask_to_lift(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Propose to lift a mark."""
    found = access.mark_to_review(request.actor, public_id)
    form = LiftForm(request.POST or None)
    act = with_fields(services.ask_to_lift, "mark")
    gone = tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), found, form),
        to=risk_url(public_id),
        said=_("已提出。另一个人确认以后才解除。"),
    )
    context = {"form": form, "mark": found, "title": _("提出解除风险标记")}
    return gone or form_page(request, "casework/risk_form.html", context)


@staff_page(access.LEAD)
def lift(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Decide as the second of two."""
    found = access.mark_to_lift(request.actor, public_id)
    form = SecondForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.lift_risk(
            actor=request.actor,
            at=clock.now(),
            mark=found,
            is_agreed=form.cleaned_data["answer"] == "lift",
        ),
        to=risk_url(public_id),
        said=_("已登记。"),
    )
    context = {"form": form, "mark": found, "title": _("确认解除风险标记")}
    return gone or form_page(request, "casework/risk_form.html", context)
