"""Bills: enter, check, take up with the hospital, share among the payers in their order."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.forms.health import bills as forms
from nuantu.stays.models import Bill
from nuantu.stays.selectors.health.bills import BillPage, bill_page, hospitals_of
from nuantu.stays.selectors.health.record import case_of_row, patient_card
from nuantu.stays.services import health
from nuantu.stays.views.health.caring import care_url
from nuantu.stays.views.health.steps import step

FORM = "stays/health/bill_form.html"


def bill_url(bill: Bill) -> str:
    """The page of a bill."""
    return reverse("stays:bill", args=[bill.public_id])


def _page(bill: Bill, title: str, **more: Any) -> dict[str, Any]:
    return {"page_title": title, "back_url": bill_url(bill), **more}


@staff_page(access.HEAL)
def new_bill(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Enter a bill of the hospital."""
    care = access.care_for(request.actor, public_id, access.HEAL)
    form = forms.BillForm(request.POST or None, hospitals=hospitals_of(care))
    page = {
        "page_title": _("登记医疗账单"),
        "back_url": care_url(care),
        "lead": _("照医院账单填，有错也先照填，登记后逐项核对。"),
    }
    return step(
        request,
        form,
        lambda: health.enter_bill(
            actor=request.actor, at=clock.now(), care=care, charged=form.charged()
        ),
        to=bill_url,
        said=_("账单已登记"),
        page=page,
        template=FORM,
    )


@staff_page(access.HEALTH)
def bill(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One bill: lines, what does not add up, who pays."""
    row = access.bill_for(request.actor, public_id)
    card = patient_card(request.actor, case_of_row(row), clock.now())
    context = {
        "page": bill_page(row, card),
        "may_heal": request.actor.may(access.HEAL),
        "may_accept": request.actor.may(access.APPROVE),
    }
    return render(request, "stays/health/bill.html", context)


@staff_page(access.HEAL)
def share(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What the next payer takes over."""
    row = access.bill_for(request.actor, public_id, access.HEAL)
    page = bill_page(row, patient_card(request.actor, case_of_row(row), clock.now()))
    form = forms.ShareForm(
        request.POST or None,
        initial={"payer": page.next_payer, "amount": Decimal(max(page.left, 0)) / 100},
    )
    return step(
        request,
        form,
        lambda: health.put_share(actor=request.actor, at=clock.now(), bill=row, **form.share()),
        to=bill_url(row),
        said=_("承担金额已登记"),
        page=_page(
            row,
            page.next_label,
            lead=_("顺序是%(order)s；不向本人和家属收取。") % {"order": page.order},
        ),
    )


@staff_page(access.HEAL)
def dispute(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Send the bill back to the hospital with what is doubted."""
    row = access.bill_for(request.actor, public_id, access.HEAL)
    found = bill_page(row, patient_card(request.actor, case_of_row(row), clock.now())).faults
    doubts = "".join(one.words for one in found)
    form = forms.DisputeForm(request.POST or None, initial={"words": doubts[:300]})
    return step(
        request,
        form,
        lambda: health.dispute(actor=request.actor, at=clock.now(), bill=row, **form.cleaned_data),
        to=bill_url(row),
        said=_("已退医院核实"),
        page=_page(row, _("退医院核实")),
    )


@staff_page(access.APPROVE)
def accept(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The head accepts what the hospital has explained."""
    row = access.bill_for(request.actor, public_id)
    page = bill_page(row, patient_card(request.actor, case_of_row(row), clock.now()))
    form = forms.AcceptForm(
        request.POST or None, faults=[(one.fault.key, one.words) for one in page.acceptable]
    )
    return step(
        request,
        form,
        lambda: health.accept_fault(
            actor=request.actor, at=clock.now(), bill=row, **form.cleaned_data
        ),
        to=bill_url(row),
        said=_("已认可，理由记在账单上"),
        page=_page(row, _("认可对不上的地方"), lead=_accept_lead(page)),
    )


def _accept_lead(page: BillPage) -> str:
    if not page.acceptable:
        return _("先退医院核实；医院答复后还对不上的，才能在这里认可。金额算不对的由医院更正。")
    lead = _("认可后照样按顺序付：%(order)s；不向本人和家属收取。") % {"order": page.order}
    if len(page.faults) == len(page.acceptable):
        return lead
    return lead + _("金额算不对的不能认可，由医院更正。")


@staff_page(access.HEAL)
def correct(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The bill as the hospital put it right."""
    row = access.bill_for(request.actor, public_id, access.HEAL)
    form = forms.CorrectForm(request.POST or None, initial=forms.CorrectForm.of(row))
    return step(
        request,
        form,
        lambda: health.correct_bill(
            actor=request.actor,
            at=clock.now(),
            bill=row,
            charged=form.charged(),
            answer=form.cleaned_data["answer"],
        ),
        to=bill_url(row),
        said=_("更正已登记，付费方重新登记"),
        page=_page(row, _("医院更正账单")),
        template=FORM,
    )


@staff_page(access.HEAL)
def send_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A patient who is no relief object: the bill goes back."""
    row = access.bill_for(request.actor, public_id, access.HEAL)
    form = forms.DisputeForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.send_back(
            actor=request.actor, at=clock.now(), bill=row, **form.cleaned_data
        ),
        to=bill_url(row),
        said=_("账单已退回"),
        page=_page(row, _("不由救助付，退回医院")),
    )
