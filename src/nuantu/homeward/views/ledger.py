"""The prevention ledger: the list, one entry, and what changes it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.erasure import opened
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.homeward import access
from nuantu.homeward.forms import ledger as forms
from nuantu.homeward.selectors import ledger as selectors
from nuantu.homeward.services import ledger as services
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList

ROWS = 50
FORM = "homeward/ledger_form.html"


def page_of(entry: Any, title: str, form: Any, **more: Any) -> dict[str, Any]:
    """What the page of a form about an entry shows."""
    back = selectors.entry_url(entry.public_id)
    return {"entry": entry, "title": title, "form": form, "back": back, **more}


def _asked(form: forms.LedgerFilterForm) -> selectors.LedgerFilters:
    return selectors.LedgerFilters(form.said("q"), form.said("risk"), form.said("state"))


@staff_page(access.LEDGER_READ)
def ledger(request: StaffRequest) -> HttpResponse:
    """Everybody in the ledger, as far as the reader may see; whose visit is due comes first."""
    form, at, actor = forms.LedgerFilterForm(request.GET), clock.now(), request.actor
    found = selectors.ledger(_asked(form), actor, clock.local(at).date())
    page = LongList(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": selectors.entry_rows(page.object_list, at),
        "may_write": actor.may(access.LEDGER_WRITE),
        "may_answer": actor.may(access.LEDGER_ANSWER),
        "export_url": reverse("homeward:ledger_export") if actor.may(access.LEDGER_EXPORT) else "",
    }
    return render(request, "homeward/ledger.html", context)


@staff_page(access.LEDGER_EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The ledger as Excel, without anything sealed; journalled."""
    form, at, actor = forms.LedgerFilterForm(request.GET), clock.now(), request.actor
    found = selectors.ledger(_asked(form), actor, clock.local(at).date())
    rows = selectors.entry_rows(found[:MOST_FETCHED], at)
    services.note_ledger_export(actor=actor, at=at, count=len(rows))
    return register_xlsx(
        _("源头治理台账"), selectors.ledger_headings(), selectors.ledger_sheet(rows)
    )


@staff_page(access.LEDGER_WRITE)
def new(request: StaffRequest) -> HttpResponse:
    """Enter somebody, with the one who answers for him."""
    form = forms.EntryForm(
        request.POST or None, actor=request.actor, initial={"case": request.GET.get("case", "")}
    )
    gone = tried(
        request,
        form,
        lambda: services.begin_entry(
            actor=request.actor,
            at=clock.now(),
            who=form.who(),
            keeper=form.cleaned_data["keeper"],
            assessed=form.assessed(),
        ),
        to=lambda made: selectors.entry_url(made.public_id),
        said=_("已纳入台账。"),
    )
    return gone or form_page(request, "homeward/ledger_new.html", {"form": form})


@staff_page(access.LEDGER_READ)
def entry(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Why he is in it, his risk with its reasons, visits, help, what is owed; opening it is journalled."""
    found, at, actor = access.entry_for(request.actor, public_id), clock.now(), request.actor
    is_own = found.owner_org == actor.org_code
    if not selectors.has_read_since(found, actor, at - selectors.READ_AGAIN_AFTER):
        services.note_read(actor=actor, at=at, entry=found)
    context = {
        "page": selectors.entry_page(found, at),
        "entry": found,
        "may_change": is_own and actor.may(access.LEDGER_WRITE) and found.ended_at is None,
        "may_see_looks": actor.may("accounts.looks.read"),
        "may_see_wearers": actor.may("homeward.wearer.read"),
    }
    return render(request, "homeward/entry.html", context)


@staff_page(access.LEDGER_WRITE)
def assess(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put right what was found out about him."""
    found = access.entry_to_change(request.actor, public_id)
    kept = {name: getattr(found, name) for name in ("grounds", "family", "card", "band")}
    if not found.person.is_restricted:
        kept |= {"cause": opened(found.cause), "needs": opened(found.needs)}
    form = forms.AssessForm(request.POST or None, actor=request.actor, initial=kept)
    gone = tried(
        request,
        form,
        lambda: services.assess_again(
            actor=request.actor, at=clock.now(), entry=found, assessed=form.assessed()
        ),
        to=selectors.entry_url(public_id),
        said=_("已保存，风险已重新评估。"),
    )
    return gone or form_page(request, FORM, page_of(found, _("更新情形"), form))


@staff_page(access.LEDGER_WRITE)
def visit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put a visit down."""
    found = access.entry_to_change(request.actor, public_id)
    form = forms.VisitForm(request.POST or None, initial={"visited_at": forms.now_typed()})
    gone = tried(
        request,
        form,
        lambda: services.record_visit(
            actor=request.actor, at=clock.now(), entry=found, seen=form.seen()
        ),
        to=selectors.entry_url(public_id),
        said=_("回访已登记，下次回访已排定。"),
    )
    return gone or form_page(request, FORM, page_of(found, _("登记回访"), form))


@staff_page(access.LEDGER_WRITE)
def keeper(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody else answers for him from now on."""
    found = access.entry_to_change(request.actor, public_id)
    form = forms.KeeperForm(request.POST or None, actor=request.actor)
    gone = tried(
        request,
        form,
        lambda: services.set_keeper(
            actor=request.actor, at=clock.now(), entry=found, **form.cleaned_data
        ),
        to=selectors.entry_url(public_id),
        said=_("已更换责任人，待办一并交接。"),
    )
    return gone or form_page(request, FORM, page_of(found, _("更换责任人"), form))


@staff_page(access.LEDGER_WRITE)
def aid(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Begin to arrange something for him."""
    found = access.entry_to_change(request.actor, public_id)
    form = forms.HelpForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.begin_help(
            actor=request.actor, at=clock.now(), entry=found, **form.cleaned_data
        ),
        to=selectors.entry_url(public_id),
        said=_("已登记，下一步有时限。"),
    )
    return gone or form_page(request, FORM, page_of(found, _("新增帮扶"), form))


@staff_page(access.LEDGER_WRITE)
def step(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One step further."""
    row = access.help_to_change(request.actor, public_id)
    form = forms.StepForm(request.POST or None, row=row)
    gone = tried(
        request,
        form,
        lambda: services.step_on(actor=request.actor, at=clock.now(), row=row, **form.cleaned_data),
        to=selectors.entry_url(row.entry.public_id),
        said=_("已登记。"),
    )
    title = row.get_kind_display() + _("：") + row.get_step_display()
    return gone or form_page(request, FORM, page_of(row.entry, title, form))


@staff_page(access.LEDGER_WRITE)
def offer(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """He moved: offer him to the organisation that answers there."""
    found = access.entry_to_change(request.actor, public_id)
    form = forms.OfferForm(request.POST or None, actor=request.actor)
    gone = tried(
        request,
        form,
        lambda: services.offer_entry(
            actor=request.actor, at=clock.now(), entry=found, **form.cleaned_data
        ),
        to=selectors.entry_url(public_id),
        said=_("已提出移交，对方接收前仍由本单位负责。"),
    )
    return gone or form_page(request, FORM, page_of(found, _("迁居移交"), form))


@staff_page(access.LEDGER_WRITE)
def end_entry(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """He is in the ledger no longer."""
    found = access.entry_to_change(request.actor, public_id)
    form = forms.EndEntryForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.end_entry(
            actor=request.actor, at=clock.now(), entry=found, **form.cleaned_data
        ),
        to=selectors.entry_url(public_id),
        said=_("已移出台账。"),
    )
    return gone or form_page(request, FORM, page_of(found, _("移出台账"), form))


@staff_page(access.LEDGER_ANSWER)
def alerts(request: StaffRequest) -> HttpResponse:
    """Who was met here and stands in the ledger of another organisation: whom to call."""
    form, at = forms.AlertFilterForm(request.GET), clock.now()
    found = selectors.alerts(form.said("state"), request.actor)
    page = LongList(found, ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": selectors.alert_rows(page.object_list, at)}
    return render(request, "homeward/ledger_alerts.html", context)


@staff_page(access.LEDGER_ANSWER)
def alert(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Whom to call about him, and what was settled."""
    found = access.alert_for(request.actor, public_id)
    form = forms.AlertForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.answer_alert(
            actor=request.actor, at=clock.now(), row=found, **form.cleaned_data
        ),
        to=reverse("homeward:ledger_alerts"),
        said=_("已登记联系结果。"),
    )
    row = selectors.alert_rows([found], clock.now())[0]
    answer = opened(found.answer) if found.answer else ""
    context = {
        "form": form,
        "row": row,
        "answer": answer,
        "back": reverse("homeward:ledger_alerts"),
    }
    return gone or form_page(request, "homeward/alert.html", context)
