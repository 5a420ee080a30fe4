"""The list of plans, one plan, what lies sealed, and opening one."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.casework import access, services
from nuantu.casework.forms.plans import FilterForm, OpenForm
from nuantu.casework.models import CasePlan
from nuantu.casework.selectors import plans as selectors
from nuantu.casework.selectors.pages import plan_page, safety_sheet, sealed_words
from nuantu.core import clock
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList

ROWS = 50


@staff_page(access.READ)
def plans(request: StaffRequest) -> HttpResponse:
    """The plans the reader works on, what is due soonest first; of the whole house for who answers for it."""
    form, at, actor = FilterForm(request.GET), clock.now(), request.actor
    found = selectors.plans(actor, form.wanted(), at)
    page = LongList(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": selectors.rows_of(list(page.object_list), at),
        "export_url": reverse("casework:export") if actor.may(access.EXPORT) else "",
    }
    return render(request, "casework/plans.html", context)


@staff_page(access.EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel with the filters of the page, nothing sealed; journalled."""
    form, at = FilterForm(request.GET), clock.now()
    found = list(selectors.plans(request.actor, form.wanted(), at)[:MOST_FETCHED])
    services.note_plans_left(actor=request.actor, at=at, plans=found)
    rows = selectors.rows_of(found, at)
    return register_xlsx(_("社工个案"), selectors.headings(), selectors.sheet(rows))


def plan_read(request: StaffRequest, public_id: UUID) -> CasePlan:
    """A plan the reader may open; that somebody else tried is kept."""
    found = access.plan_of(public_id)
    if not access.may_read(request.actor, found):
        services.note_refused(actor=request.actor, at=clock.now(), plan=found)
        raise Http404
    return found


@staff_page(access.READ)
def plan(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Goals, team, sessions and risks with what is due; nothing sealed."""
    actor, at = request.actor, clock.now()
    found = plan_read(request, public_id)
    is_masked = access.is_masked(actor, found, at)
    page = plan_page(found, at, is_masked=is_masked)
    context = {
        "plan": found,
        "page": page,
        "is_offered": page.handover is not None
        and page.handover.to_user.public_id == actor.account_id,
        "is_masked": is_masked,
        "is_worker": access.is_worker(actor, found),
        "may_work": access.may_work(actor, found),
        "may_lead": access.may_lead(actor, found),
        "may_hand_on": access.may_hand_on(actor, found),
        "may_open_sealed": access.is_worker(actor, found) or access.may_lead(actor, found),
    }
    return render(request, "casework/plan.html", context)


def _plan_to_unseal(request: StaffRequest, public_id: UUID) -> CasePlan:
    """A plan of the reader, or of the house he leads; that somebody else tried is kept."""
    actor, found = request.actor, plan_read(request, public_id)
    if not access.is_worker(actor, found) and not access.may_lead(actor, found):
        services.note_refused(actor=actor, at=clock.now(), plan=found)
        raise Http404
    return found


@staff_page(access.READ)
def safety(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The safety plan on one page to print and give to him; each look is journalled."""
    actor, at = request.actor, clock.now()
    found = _plan_to_unseal(request, public_id)
    sheet = safety_sheet(found, at)
    if sheet is None:
        raise Http404
    services.note_look(actor=actor, at=at, plan=found, is_worker=False)
    return render(request, "casework/safety.html", {"plan": found, "sheet": sheet})


@staff_page(access.READ)
def sealed(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What lies sealed, for those who may; each look is journalled."""
    actor, at = request.actor, clock.now()
    found = _plan_to_unseal(request, public_id)
    is_worker = access.is_worker(actor, found)
    services.note_look(actor=actor, at=at, plan=found, is_worker=is_worker)
    context = {
        "plan": found,
        "words": sealed_words(found, is_worker=is_worker),
        "is_worker": is_worker,
    }
    return render(request, "casework/sealed.html", context)


@staff_page(access.WRITE)
def open_one(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Begin to work with somebody."""
    case = access.case_to_open(request.actor, case_id)
    form = OpenForm(request.POST or None, org_code=case.owner_org)
    gone = tried(
        request,
        form,
        lambda: services.open_plan(
            actor=request.actor, at=clock.now(), case=case, opening=form.opening()
        ),
        to=lambda made: selectors.url_of(made.public_id),
        said=_("已开始社工个案。"),
    )
    context = {"form": form, "title": _("开始社工个案"), "back": case.person.public_id}
    return gone or form_page(request, "casework/person_form.html", context)
