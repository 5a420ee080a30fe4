"""An infection in the house: report, contact list with export, isolation, the end."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.operations.selectors import rules_at
from nuantu.persons import services as persons
from nuantu.stays import access
from nuantu.stays.forms.health import infection as forms
from nuantu.stays.forms.health.hospital import ToldForm
from nuantu.stays.models import CloseContact, Infection
from nuantu.stays.selectors.health import contacts as reads
from nuantu.stays.selectors.health.record import case_of_row, stay_here
from nuantu.stays.services import health
from nuantu.stays.views.health.records import is_open_now, record_url
from nuantu.stays.views.health.steps import step


def infection_url(row: Infection) -> str:
    """The page of an infection."""
    return reverse("stays:infection", args=[row.public_id])


def _page(row: Infection, title: str, **more: Any) -> dict[str, Any]:
    return {"page_title": title, "back_url": infection_url(row), **more}


def _since(request: StaffRequest) -> dict[str, Any]:
    """Contacts count from so many days back, by the parameter of the area."""
    at = clock.now()
    days = rules_at(request.actor.division_code, at).need("infection.look_back").number
    return {"since_at": clock.local(at - timedelta(days=days)).replace(tzinfo=None)}


@staff_page(access.HEAL)
def report(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A resident is infected."""
    actor = request.actor
    case = access.patient_case_for(actor, public_id, access.HEAL)
    form = forms.InfectionForm(request.POST or None, initial=_since(request))
    return step(
        request,
        form,
        lambda: health.report(
            actor=actor,
            at=clock.now(),
            known=health.Report(stay=stay_here(case, actor.org_code), **form.cleaned_data),
        ),
        to=infection_url,
        said=_("已登记，先报疾控机构"),
        page={"page_title": _("登记感染"), "back_url": record_url(case)},
    )


@staff_page(access.HEAL)
def report_staff(request: StaffRequest) -> HttpResponse:
    """One of the staff is infected."""
    form = forms.StaffInfectionForm(request.POST or None, initial=_since(request))
    return step(
        request,
        form,
        lambda: health.report(
            actor=request.actor, at=clock.now(), known=health.Report(**form.cleaned_data)
        ),
        to=infection_url,
        said=_("已登记，先报疾控机构"),
        page={
            "page_title": _("登记工作人员感染"),
            "back_url": reverse("stays:health"),
            "lead": _("接触过的住站人员和同事在下一页逐个补充。"),
        },
    )


@staff_page(access.HEALTH)
def infection(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One infection: who was near, what is done about each."""
    row = access.infection_for(request.actor, public_id)
    is_open = row.case_id is None or is_open_now(request, case_of_row(row))
    context = {
        "page": reads.infection_page(row, clock.now(), is_open=is_open),
        "case": case_of_row(row) if row.case_id else None,
        "may_heal": request.actor.may(access.HEAL),
    }
    return render(request, "stays/health/infection.html", context)


@staff_page(access.HEALTH)
def contacts_export(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The contact list for disease control; that it left is written on each record."""
    row, at = access.infection_for(request.actor, public_id), clock.now()
    people = [one.stay.person for one in row.contacts.select_related("stay__person") if one.stay]
    persons.note_export(actor=request.actor, at=at, persons=people, purpose="导出密切接触者名单")
    return register_xlsx(
        _("密切接触者名单"),
        reads.headings(),
        reads.export_rows(row, at),
        preamble=[_("密切接触者名单"), request.actor.org_name],
    )


@staff_page(access.HEAL)
def add_contact(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody who ate with him or stood near."""
    row, actor = access.infection_for(request.actor, public_id, access.HEAL), request.actor
    form = forms.ContactForm(request.POST or None, residents=reads.residents(actor))

    def add() -> CloseContact:
        data = form.cleaned_data
        stay = access.own_stay_for(actor, UUID(data["stay"]), access.HEAL) if data["stay"] else None
        return health.add_contact(
            actor=actor,
            at=clock.now(),
            infection=row,
            how=data["how"],
            stay=stay,
            staff_name=data["staff_name"],
        )

    to, page = infection_url(row), _page(row, _("补充密切接触者"))
    return step(request, form, add, to=to, said=_("已补充"), page=page)


@staff_page(access.HEAL)
def tell_cdc(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Disease control was told, and what it says."""
    row = access.infection_for(request.actor, public_id, access.HEAL)
    form = forms.CdcForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.tell_cdc(
            actor=request.actor, at=clock.now(), infection=row, **form.cleaned_data
        ),
        to=infection_url(row),
        said=_("已登记"),
        page=_page(row, _("报疾控机构")),
    )


@staff_page(access.HEAL)
def end_infection(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It is over."""
    row = access.infection_for(request.actor, public_id, access.HEAL)
    form = forms.EndInfectionForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.end_infection(
            actor=request.actor, at=clock.now(), infection=row, **form.cleaned_data
        ),
        to=infection_url(row),
        said=_("感染处置已结束"),
        page=_page(row, _("结束处置")),
    )


@staff_page(access.HEAL)
def isolate(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Into the isolation zone."""
    contact = access.contact_for(request.actor, public_id)
    return step(
        request,
        forms.NothingForm(request.POST if request.method == "POST" else None),
        lambda: health.isolate(actor=request.actor, at=clock.now(), contact=contact),
        to=infection_url(contact.infection),
        said=_("已登记隔离"),
        page=_page(
            contact.infection,
            _("安排隔离"),
            submit_label=_("安排隔离"),
            lead=_("有空床就换进隔离区；没有空床会开一项待办。"),
        ),
    )


@staff_page(access.HEAL)
def tell_contact(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A contact who has left was told."""
    contact = access.contact_for(request.actor, public_id)
    form = ToldForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.tell_contact(
            actor=request.actor, at=clock.now(), contact=contact, **form.cleaned_data
        ),
        to=infection_url(contact.infection),
        said=_("已登记通知"),
        page=_page(
            contact.infection,
            _("通知密切接触者"),
            lead=_("联系不上本人的，通知去向地的社区或疾控机构。"),
        ),
    )


@staff_page(access.HEAL)
def release(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The isolation of a contact ends."""
    contact = access.contact_for(request.actor, public_id)
    form = forms.ReleaseForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.release(
            actor=request.actor, at=clock.now(), contact=contact, **form.cleaned_data
        ),
        to=infection_url(contact.infection),
        said=_("已解除"),
        page=_page(contact.infection, _("解除隔离")),
    )
