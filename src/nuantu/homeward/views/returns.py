"""Return plans: the list, one of them, and everything that is done about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.homeward import access
from nuantu.homeward.forms import returns as forms
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.selectors import returns as selectors
from nuantu.homeward.selectors.gates import LETTER, SAFETY, Shown, Step
from nuantu.homeward.services import on_the_way, return_route, returns
from nuantu.homeward.services.lines import note_list_export
from nuantu.letters import access as letters
from nuantu.letters.selectors.letters import letters_about
from nuantu.persons.forms import RevealForm
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList
from nuantu.ui.photos import photo_page

ROWS = 50


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done about a plan: its form, its service, its words."""

    form: type[forms.DeedForm]
    act: Callable[..., object]
    title: str | Promise
    said: str | Promise
    permission: str = access.RETURN_WRITE


_SAVED = gettext_lazy("已保存。")
DEEDS: Final[Mapping[str, Deed]] = {
    "change": Deed(forms.ChangeForm, returns.change_return, gettext_lazy("改方式或地点"), _SAVED),
    "clear": Deed(forms.ClearForm, returns.clear_return, gettext_lazy("登记病情稳定"), _SAVED),
    "safety": Deed(
        forms.SafetyForm,
        returns.decide_safety,
        gettext_lazy("决定是否返乡"),
        _SAVED,
        access.RETURN_DECIDE,
    ),
    "taker": Deed(forms.TakerForm, returns.put_taker, gettext_lazy("登记接领人"), _SAVED),
    "refuse": Deed(
        forms.RefusedForm,
        returns.refuse_taking,
        gettext_lazy("登记拒绝接领"),
        gettext_lazy("已登记，下一步在待办里。"),
    ),
    "halt": Deed(forms.HaltForm, returns.halt_return, gettext_lazy("暂停返乡"), _SAVED),
    "lift": Deed(forms.WordsForm, returns.lift_halt, gettext_lazy("解除暂停"), _SAVED),
    "leg": Deed(forms.LegForm, return_route.add_leg, gettext_lazy("安排一段行程"), _SAVED),
    "drop-leg": Deed(forms.OfLegForm, return_route.drop_leg, gettext_lazy("取消一段行程"), _SAVED),
    "ticket": Deed(forms.TicketForm, return_route.put_ticket, gettext_lazy("登记车船票"), _SAVED),
    "escort": Deed(forms.EscortForm, return_route.add_escort, gettext_lazy("安排护送人员"), _SAVED),
    "drop-escort": Deed(
        forms.DropEscortForm, return_route.drop_escort, gettext_lazy("取消护送人员"), _SAVED
    ),
    "cost": Deed(forms.CostForm, return_route.put_cost, gettext_lazy("登记费用"), _SAVED),
    "depart": Deed(
        forms.DepartForm,
        on_the_way.depart,
        gettext_lazy("登记出发"),
        gettext_lazy("已出发，到时间没有消息会提醒值班领导。"),
    ),
    "event": Deed(forms.EventForm, on_the_way.put_event, gettext_lazy("登记途中情况"), _SAVED),
    "arrive": Deed(forms.ArriveForm, on_the_way.arrive, gettext_lazy("确认到达"), _SAVED),
    "call-off": Deed(forms.WordsForm, returns.call_off, gettext_lazy("取消返乡计划"), _SAVED),
}


def _filters(request: StaffRequest) -> tuple[forms.ReturnFilterForm, selectors.Filters]:
    form = forms.ReturnFilterForm(request.GET)
    return form, selectors.Filters(form.said("q"), form.said("state"))


@staff_page(access.RETURN_READ)
def plans(request: StaffRequest) -> HttpResponse:
    """Who goes home, as far as the reader may see; who is late first."""
    at, actor = clock.now(), request.actor
    form, filters = _filters(request)
    page = LongList(selectors.returns(filters, at), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": selectors.rows_of(page.object_list, at),
        "may_write": actor.may(access.RETURN_WRITE),
        "export_url": reverse("homeward:return_export") if actor.may(access.RETURN_EXPORT) else "",
    }
    return render(request, "homeward/returns.html", context)


@staff_page(access.RETURN_EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel, without addresses and phones; journalled."""
    at = clock.now()
    _form, filters = _filters(request)
    rows = selectors.rows_of(selectors.returns(filters, at)[:MOST_FETCHED], at)
    note_list_export(
        actor=request.actor, at=at, verb="return.export", words="返乡计划", count=len(rows)
    )
    return register_xlsx(_("返乡计划"), selectors.headings(), selectors.sheet(rows))


@staff_page(access.RETURN_WRITE)
def new(request: StaffRequest) -> HttpResponse:
    """Begin with a case, a way and a place."""
    asked = {"case": request.GET.get("case", "")}
    form = forms.BeginReturnForm(request.POST or None, actor=request.actor, initial=asked)
    gone = tried(
        request,
        form,
        lambda: returns.begin_return(actor=request.actor, at=clock.now(), **form.cleaned_data),
        to=lambda made: selectors.url_of(made.public_id),
        said=_("已开始，按上面的各项逐项办。"),
    )
    context = {"form": form, "title": _("安排返乡"), "back_url": reverse("homeward:returns")}
    return gone or form_page(request, "homeward/return_form.html", context)


@staff_page(access.RETURN_READ)
def plan(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The gates first, then the way, who goes along, papers, what happened."""
    actor, at = request.actor, clock.now()
    found = access.return_for(actor, public_id)
    is_own, page = found.owner_org == actor.org_code, selectors.page_of(found, at)
    is_open = is_own and selectors.open_until(found, actor, at) is not None
    context = {
        "page": page,
        "opened": selectors.opened_rows(found, page.events) if is_open else [],
        "plan": found,
        "letters": letters_about(returns.RETURN, public_id, at),
        "may_write": is_own and actor.may(access.RETURN_WRITE),
        "may_decide": is_own and actor.may(access.RETURN_DECIDE),
        "step": _next_step(page.shut, actor) if is_own else None,
    }
    return render(request, "homeward/return.html", context)


def _next_step(shut: Sequence[Shown], actor: Actor) -> Step | None:
    """What opens the first closed gate, where the reader may do it."""
    if not shut:
        return None
    step = shut[0].steps[0]
    wanted = {SAFETY: access.RETURN_DECIDE, LETTER: letters.WRITE}
    return step if actor.may(wanted.get(step.code, access.RETURN_WRITE)) else None


@staff_page(access.RETURN_WRITE)
def open_plan(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Addresses, phones and words, for a purpose; journalled, open for ten minutes."""
    found, form = (
        access.return_to_change(request.actor, public_id),
        RevealForm(request.POST or None),
    )
    gone = tried(
        request,
        form,
        lambda: returns.open_return(
            actor=request.actor, at=clock.now(), plan=found, **form.cleaned_data
        ),
        to=selectors.url_of(public_id),
    )
    context = {
        "form": form,
        "title": _("写明目的查看"),
        "plan": found,
        "back_url": selectors.url_of(public_id),
    }
    return gone or form_page(request, "homeward/return_form.html", context)


def _initial(found: ReturnPlan, at: datetime) -> dict[str, Any]:
    """What stands in a form at first: now for every moment that has passed, the way as it is."""
    now = clock.local(at).replace(tzinfo=None)
    moments = dict.fromkeys(("departed_at", "arrived_at", "happened_at"), now)
    return {"way": found.way, "home_division": found.home_division, **moments}


@staff_page(access.RETURN_READ)
def deed(request: StaffRequest, public_id: UUID, deed: str) -> HttpResponse:
    """Do one thing about a plan."""
    wanted, at = DEEDS.get(deed), clock.now()
    if wanted is None:
        raise Http404
    found = access.return_to_change(request.actor, public_id, wanted.permission)
    form = wanted.form(
        request.POST or None, request.FILES or None, plan=found, initial=_initial(found, at)
    )
    gone = tried(
        request,
        form,
        lambda: wanted.act(actor=request.actor, at=at, plan=found, **form.values()),
        to=selectors.url_of(public_id),
        said=str(wanted.said),
    )
    context = {
        "form": form,
        "title": wanted.title,
        "plan": found,
        "back_url": selectors.url_of(public_id),
    }
    return gone or form_page(request, "homeward/return_form.html", context)


@staff_page(access.RETURN_WRITE)
def copy(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The copy of the document of whoever takes him over."""
    found = access.return_to_change(request.actor, public_id)
    if found.taker_copy is None:
        raise Http404
    return photo_page(found.taker_copy)
