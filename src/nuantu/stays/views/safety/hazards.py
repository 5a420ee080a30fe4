"""Hazards and inspectors, one at a time."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.stays import access
from nuantu.stays.forms.safety import (
    AnswerInspectionForm,
    AssignForm,
    HazardForm,
    InspectionForm,
    RecheckForm,
    RepairForm,
)
from nuantu.stays.models import Hazard, Inspection
from nuantu.stays.selectors import board as reads
from nuantu.stays.selectors.safety import board as safe
from nuantu.stays.selectors.safety.rounds import rounds_of
from nuantu.stays.services import safety as services
from nuantu.ui.outcomes import Button, form_page, tried, with_fields


@staff_page(access.SAFETY)
def hazard_new(request: StaffRequest) -> HttpResponse:
    """Anybody of the station says what is not in order."""
    org = request.actor.org_code
    form = HazardForm(request.POST or None, request.FILES or None, org=org)
    gone = tried(
        request,
        form,
        lambda: services.raise_hazard(actor=request.actor, at=clock.now(), found=form.found()),
        to=lambda row: reverse("stays:hazard", args=[row.public_id]),
        said=_("隐患已登记"),
    )
    return gone or form_page(request, "stays/safety/hazard_new.html", {"form": form})


def _page(request: StaffRequest, row: Hazard, **forms_: forms.Form) -> HttpResponse:
    actor, is_own = request.actor, row.owner_org == request.actor.org_code
    may_write = is_own and actor.may(access.SAFETY)
    initial = {"due_at": clock.local(max(row.due_at, clock.now() + timedelta(days=1)))}
    context = {
        "row": row,
        "rounds": rounds_of(row),
        "clock": safe.clocks_of([row.public_id], clock.now()).get(row.public_id),
        "may_write": may_write,
        "may_assign": is_own and actor.may(access.SAFETY_MANAGE),
        "is_mender": str(row.repaired_by_id) == actor.public_id,
        "repair": RepairForm(),
        "recheck": RecheckForm(),
        "assign": AssignForm(org=row.owner_org, initial=initial),
        **forms_,
    }
    context["form"] = next(iter(forms_.values()), context["repair"])
    return form_page(request, "stays/safety/hazard.html", context)


@staff_page(access.SAFETY_READ)
def hazard(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One hazard: what, since when, until when, who, how it was mended."""
    return _page(request, access.hazard_for(request.actor, public_id))


def _deed(
    request: StaffRequest, row: Hazard, name: str, form: forms.Form, act: Button, said: str
) -> HttpResponse:
    """One step of a hazard; its page again with what was typed where it is refused."""
    gone = tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), row, form),
        to=reverse("stays:hazard", args=[row.public_id]),
        said=said,
    )
    return gone or _page(request, row, **{name: form})


@staff_page(access.SAFETY)
def hazard_repair(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It was mended."""
    row = access.hazard_for(request.actor, public_id, access.SAFETY)
    form = RepairForm(request.POST, request.FILES)
    act = with_fields(services.repair_hazard, "hazard")
    return _deed(request, row, "repair", form, act, _("整改已登记，等另一人复查"))


@staff_page(access.SAFETY)
def hazard_recheck(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Another person looked again."""
    row = access.hazard_for(request.actor, public_id, access.SAFETY)
    act = with_fields(services.recheck_hazard, "hazard")
    return _deed(request, row, "recheck", RecheckForm(request.POST), act, _("复查已登记"))


@staff_page(access.SAFETY_MANAGE)
def hazard_assign(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Who mends it and until when."""
    row = access.hazard_for(request.actor, public_id, access.SAFETY_MANAGE)
    form = AssignForm(request.POST, org=row.owner_org)
    act = with_fields(services.assign_hazard, "hazard")
    return _deed(request, row, "assign", form, act, _("已指派"))


@staff_page(access.INSPECT)
def inspection_new(request: StaffRequest) -> HttpResponse:
    """Inspectors came: the station puts it down, or the bureau that looked itself."""
    actor = request.actor
    stations = reads.stations_seen(actor)
    choices = [(code, name) for code, name, _url in reads.station_tabs(stations)]
    initial = {"inspected_at": clock.local(clock.now())}
    form = InspectionForm(request.POST or None, stations=choices, initial=initial)

    def record() -> Inspection:
        org = reads.station_chosen(actor, stations, form.cleaned_data.get("station", ""))
        return services.record_inspection(
            actor=actor,
            at=clock.now(),
            visit=form.visit(),
            owner_org=org,
            division_code=safe.division_of(org) or actor.division_code,
        )

    gone = tried(
        request,
        form,
        record,
        to=lambda row: reverse("stays:inspection", args=[row.public_id]),
        said=_("外部检查已登记"),
    )
    return gone or form_page(request, "stays/safety/inspection_new.html", {"form": form})


@staff_page(access.SAFETY_READ)
def inspection(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One inspection with its findings; the station answers here."""
    row = access.inspection_for(request.actor, public_id)
    is_own = row.owner_org == request.actor.org_code
    form = AnswerInspectionForm(request.POST or None)
    may_answer = is_own and request.actor.may(access.SAFETY_MANAGE)
    act = with_fields(services.answer_inspection, "inspection")
    gone = may_answer and tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), row, form),
        to=reverse("stays:inspection", args=[row.public_id]),
        said=_("答复已登记"),
    )
    context = {
        "row": row,
        "form": form,
        "hazards": row.hazards.order_by("due_at"),
        "clock": safe.clocks_of([row.public_id], clock.now()).get(row.public_id),
        "may_answer": may_answer and row.is_answer_owed and row.answered_at is None,
    }
    return gone or form_page(request, "stays/safety/inspection.html", context)
