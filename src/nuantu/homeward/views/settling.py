"""Settlement: who may be settled, the list, one settlement and its steps."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.homeward import access
from nuantu.homeward.forms import settling as forms
from nuantu.homeward.models import SettlementState, StepCode
from nuantu.homeward.rules.settling import OF_BUREAU
from nuantu.homeward.selectors import settling as selectors
from nuantu.homeward.services import settling as services
from nuantu.homeward.services import settling_paper
from nuantu.homeward.services.lines import note_list_export
from nuantu.persons.selectors import age_lines
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList

ROWS = 50
FORM = "homeward/settlement_form.html"


def _page_of(row: Any, title: str, form: Any) -> dict[str, Any]:
    back = selectors.settlement_url(row.public_id)
    return {"row": row, "title": title, "form": form, "back": back}


@staff_page(access.SETTLE_READ)
def settlements(request: StaffRequest) -> HttpResponse:
    """Whoever may be settled, and every settlement the reader may see."""
    form, at, actor = forms.SettlementFilterForm(request.GET), clock.now(), request.actor
    found = selectors.settlements(form.said("q"), form.said("state"))
    page = LongList(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": selectors.settlement_rows(page.object_list, at),
        "candidates": selectors.candidates(at),
        "may_write": actor.may(access.SETTLE_WRITE),
        "export_url": reverse("homeward:settlement_export")
        if actor.may(access.SETTLE_EXPORT)
        else "",
    }
    return render(request, "homeward/settlements.html", context)


@staff_page(access.SETTLE_EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel, without numbers of identity cards; journalled."""
    form, at = forms.SettlementFilterForm(request.GET), clock.now()
    found = selectors.settlements(form.said("q"), form.said("state"))[:MOST_FETCHED]
    rows = selectors.settlement_rows(found, at)
    note_list_export(
        actor=request.actor, at=at, verb="settlement.export", words="落户安置", count=len(rows)
    )
    return register_xlsx(
        _("落户安置"), selectors.settlement_headings(), selectors.settlement_sheet(rows)
    )


@staff_page(access.SETTLE_WRITE)
def settle(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Begin to settle somebody who is stranded."""
    stay = access.stay_to_settle(request.actor, public_id)
    at = clock.now()
    line = age_lines(stay.division_code, at).minor
    form = forms.SettleForm(request.POST or None, line=line)
    gone = tried(
        request,
        form,
        lambda: services.begin_settlement(
            actor=request.actor, at=at, stay=stay, named=form.named()
        ),
        to=lambda made: selectors.settlement_url(made.public_id),
        said=_("已提出落户安置。"),
    )
    return gone or form_page(request, "homeward/settle.html", {"form": form, "stay": stay})


def _may_step(actor: Actor, row: Any) -> bool:
    asks = access.SETTLE_REVIEW if row.step in OF_BUREAU else access.SETTLE_WRITE
    is_open = row.state in (SettlementState.RUNNING, SettlementState.REOPENED)
    return is_open and actor.may(asks)


@staff_page(access.SETTLE_READ)
def settlement(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The names, every step, what is owed; opening it is journalled."""
    row, actor, at = access.settlement_for(request.actor, public_id), request.actor, clock.now()
    services.note_settlement_read(actor=actor, at=at, row=row)
    context = {
        "page": selectors.settlement_page(row, at),
        "row": row,
        "may_step": _may_step(actor, row),
        "may_write": actor.may(access.SETTLE_WRITE),
        "may_answer": actor.may(access.SETTLE_WRITE) and row.owner_org == actor.org_code,
    }
    return render(request, "homeward/settlement.html", context)


@staff_page(access.SETTLE_READ)
def take_step(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How the step came out; the bureau's steps are the bureau's."""
    row = access.settlement_to_step(request.actor, public_id)
    form = forms.SettlementStepForm(
        request.POST or None, row=row, initial={"done_date": clock.today(), "answer": "done"}
    )
    gone = tried(
        request,
        form,
        lambda: services.take_step(actor=request.actor, at=clock.now(), row=row, told=form.told()),
        to=selectors.settlement_url(public_id),
        said=_("已登记。"),
    )
    return gone or form_page(request, FORM, _page_of(row, str(StepCode(row.step).label), form))


@staff_page(access.SETTLE_WRITE)
def application(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Issue the application (F-16), or issue it again with what came since."""
    row = access.settlement_for(request.actor, public_id, access.SETTLE_WRITE)
    form = Form(request.POST if request.method == "POST" else None)
    gone = tried(
        request,
        form,
        lambda: settling_paper.issue_application(actor=request.actor, at=clock.now(), row=row),
        to=lambda made: reverse("papers:paper", args=[made.public_id]),
        said=_("已出具，可以打印或签名。"),
    )
    return gone or form_page(request, FORM, _page_of(row, _("出具落户安置申请"), form))


def _in_words(
    request: StaffRequest, public_id: UUID, title: str, form: Any, act: Callable[..., Any]
) -> HttpResponse:
    row = access.settlement_for(request.actor, public_id, access.SETTLE_WRITE)
    gone = tried(
        request,
        form,
        lambda: act(actor=request.actor, at=clock.now(), row=row, **form.cleaned_data),
        to=selectors.settlement_url(public_id),
        said=_("已登记。"),
    )
    return gone or form_page(request, FORM, _page_of(row, title, form))


@staff_page(access.SETTLE_WRITE)
def halt(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody claims him: everything waits."""
    form = forms.WordsForm(request.POST or None)
    return _in_words(request, public_id, _("暂停核查"), form, services.halt)


@staff_page(access.SETTLE_WRITE)
def go_on(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The check came to nothing."""
    form = forms.WordsForm(request.POST or None)
    return _in_words(request, public_id, _("核查结束，继续办理"), form, services.go_on)


@staff_page(access.SETTLE_WRITE)
def end_settlement(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It ends, or is reopened where he was registered."""
    form = forms.EndSettlementForm(request.POST or None)
    return _in_words(request, public_id, _("终止落户安置"), form, services.end_settlement)
