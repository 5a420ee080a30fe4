"""One area of a sweep at the desk: its reports with their marks; give, cut, look, judge, hand over."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.accounts.selectors import organisation_name
from nuantu.core import clock, journal
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.core.subjects import Subject
from nuantu.patrols import access, services
from nuantu.patrols.forms.part_files import CutForm
from nuantu.patrols.forms.sweeps import AssignForm, CheckForm, OfferForm, WordForm
from nuantu.patrols.models import SweepArea
from nuantu.patrols.rules.sweeps import may_be_judged
from nuantu.patrols.selectors import areas as selectors
from nuantu.patrols.selectors.ordering import receivers
from nuantu.patrols.selectors.supervision import is_swept_by
from nuantu.patrols.selectors.sweeps import MARKS, area_url
from nuantu.ui import toasts


@staff_page(access.SWEEPS)
def area(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One area: who answers for it, until when, every report and what makes it doubtful."""
    found = access.area_for(request.actor, public_id)
    return render(request, "patrols/area.html", _page(request, found))


def _page(request: StaffRequest, found: SweepArea, **bad: forms.Form) -> dict[str, Any]:
    actor, at = request.actor, clock.now()
    duty = selectors.report_owed(found)
    is_open = found.sweep.is_open and found.state != SweepArea.State.CUT
    may_cut = access.may_cut(actor, found) and is_open
    offices = receivers(found.division_code) if may_cut or access.is_own_area(actor, found) else []
    is_not_begun = found.state == SweepArea.State.NOT_BEGUN
    may_check = access.may_check(actor, found) and found.state == SweepArea.State.CHECKING
    reports = selectors.reports_of(found, actor)
    is_due = may_be_judged(found.state, found.check_due_at, at) and not may_check
    return {
        "area": found,
        "owner": organisation_name(found.owner_org) if found.assigned_at else "",
        "is_blind": found.is_blind(at) and is_open,
        "mark": MARKS[SweepArea.State(found.state)],
        "clock": duty.clock(at) if duty else None,
        "reports": reports,
        "is_swept_by_me": may_check and is_swept_by(reports[0].report, actor),
        "parts": list(found.parts.order_by("division_code", "grid")),
        "may_assign": may_cut,
        "may_cut": may_cut and is_not_begun,
        "may_judge": access.may_judge(actor, found) and is_due,
        "may_check": may_check and is_open,
        "check": selectors.check_of(found, at) if found.check_org else None,
        "places": selectors.places_of(found, access.runs_for(actor), at) if may_check else [],
        "check_form": CheckForm(),
        "may_judge_finds": access.may_judge(actor, found),
        "may_walk": access.is_own_area(actor, found)
        and found.state in selectors.TO_WALK
        and is_open,
        "assign_form": AssignForm(offices=[] if found.assigned_at else offices, area=found),
        "cut_form": CutForm(area=found),
        "word_form": WordForm(),
        "offer_form": OfferForm(offices=offices),
        "lines": journal.timeline(Subject("sweep_area", found.public_id))[:60],
        **bad,
    }


def _change(request: StaffRequest, found: SweepArea, name: str, form: forms.Form,
            act: Callable[[dict[str, Any]], object], said: str) -> HttpResponse:  # fmt: skip
    """Do it to the area and show its page, which says so or says why not beside the field."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            toasts.say(request, said)
            return HttpResponseRedirect(area_url(found.public_id))
    return refused(request, "patrols/area.html", _page(request, found, **{name: form}))


@require_POST
@staff_page(access.ORDER)
def assign(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give an area to an organisation, or name who looks there."""
    found = access.cut_area_for(request.actor, public_id)
    offices = [] if found.assigned_at else receivers(found.division_code)
    return _change(
        request,
        found,
        "assign_form",
        AssignForm(request.POST, offices=offices, area=found),
        lambda data: services.assign_area(
            actor=request.actor,
            at=clock.now(),
            area=found,
            org_code=data.get("org", ""),
            person=data["person"],
            looker=data.get("looker"),
        ),
        _("责任已落实"),
    )


@require_POST
@staff_page(access.ORDER)
def cut(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Cut an area into villages and grids."""
    found = access.cut_area_for(request.actor, public_id)
    return _change(
        request,
        found,
        "cut_form",
        CutForm(request.POST, request.FILES, area=found),
        lambda data: services.cut_area(
            actor=request.actor, at=clock.now(), area=found, parts=data["parts"]
        ),
        _("已细分，每一片都有待办"),
    )


@require_POST
@staff_page(access.JUDGE)
def judge(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Accept the report that waits, or send it back."""
    found = access.judged_area_for(request.actor, public_id)
    is_back = request.POST.get("verdict") == "sent_back"
    deed = services.send_back if is_back else services.accept_report
    return _change(
        request,
        found,
        "word_form",
        WordForm(request.POST),
        lambda data: deed(actor=request.actor, at=clock.now(), area=found, word=data["word"]),
        _("已退回，待办重新计时") if is_back else _("已认可"),
    )


@require_POST
@staff_page(access.JUDGE)
def check(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The township passes the report of a village, or sends it back."""
    found = access.checked_area_for(request.actor, public_id)
    is_back = request.POST.get("verdict") == "sent_back"
    deed = services.return_report if is_back else services.check_report
    return _change(
        request,
        found,
        "check_form",
        CheckForm(request.POST),
        lambda data: deed(actor=request.actor, at=clock.now(), area=found, **data),
        _("已退回，待办重新计时") if is_back else _("已查看，上报算数了"),
    )


@require_POST
@staff_page(access.REPORT)
def hand_over(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Offer one's area to another organisation."""
    found = access.own_area_for(request.actor, public_id)
    return _change(
        request,
        found,
        "offer_form",
        OfferForm(request.POST, offices=receivers(found.division_code)),
        lambda data: services.hand_over_area(
            actor=request.actor,
            at=clock.now(),
            area=found,
            to_org=data["to_org"],
            purpose=data["purpose"],
        ),
        _("已提出移交，对方接收前仍由您单位负责"),
    )
