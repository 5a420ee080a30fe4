"""Sweeps at the desk: the list, an order, one sweep as table and map, its sheet, its end."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock, exports, journal, subjects
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.core.subjects import Subject
from nuantu.patrols import access, services
from nuantu.patrols.forms.sweeps import AreaSearchForm, EndForm, OrderForm, SweepFilterForm
from nuantu.patrols.models import Sweep
from nuantu.patrols.rules.sweeps import CHECKING, NOT_REPORTED
from nuantu.patrols.selectors import sweeps as selectors
from nuantu.patrols.selectors.ordering import departments_of, kinds_said
from nuantu.places.selectors import collection
from nuantu.ui import toasts
from nuantu.ui.outcomes import do
from nuantu.ui.pages import LongList

ROWS, AREA_ROWS = 30, 100
SHOWN = ("blind", "doubt", "check", "open")


@staff_page(access.SWEEPS)
def sweeps(request: StaffRequest) -> HttpResponse:
    """The sweeps that may be seen, with how far each is."""
    form = SweepFilterForm(request.GET)
    rows = selectors.narrowed(access.sweeps_for(request.actor), *form.wanted())
    page = LongList(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "cards": selectors.cards(page.object_list, clock.now()),
        "may_order": request.actor.may(access.ORDER),
        "may_report": request.actor.may(access.REPORT),
        "may_words": request.actor.may(access.READ),
        "may_flows": request.actor.may(access.FLOWS),
    }
    return render(request, "patrols/sweeps.html", context)


@staff_page(access.ORDER)
def order(request: StaffRequest) -> HttpResponse:
    """Order a sweep of one's own area."""
    at = clock.now()
    form = OrderForm(request.POST or None, actor=request.actor, at=at)
    context = {"form": form}
    if request.method != "POST":
        return render(request, "patrols/sweep_order.html", context)
    if form.is_valid():
        try:
            made = services.order_sweep(actor=request.actor, at=at, order=form.order())
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            toasts.say(request, _("排查已布置，各片责任单位已收到待办"))
            return HttpResponseRedirect(selectors.sweep_url(made.public_id))
    return refused(request, "patrols/sweep_order.html", context)


@staff_page(access.SWEEPS)
def sweep(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One sweep: completion, blind spots, marks, the areas on table and map."""
    found = access.sweep_for(request.actor, public_id)
    return render(request, "patrols/sweep.html", _page(request, found))


@staff_page(access.SWEEPS)
def marks(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The areas of one sweep on its map."""
    found = access.sweep_for(request.actor, public_id)
    areas = access.areas_for(request.actor).filter(sweep=found)
    return JsonResponse(collection(selectors.features(areas, clock.now())))


def _cause_url(actor: Actor, found: Sweep) -> str:
    """The page of the warning, for whom it opens."""
    cause = found.cause
    if cause is None or not subjects.may_open(actor, cause.kind):
        return ""
    return subjects.url(cause) or ""


def _page(request: StaffRequest, found: Sweep) -> dict[str, Any]:
    actor, at = request.actor, clock.now()
    areas = access.areas_for(actor).filter(sweep=found).exclude(state="cut")
    lines = selectors.lines_of(areas, at)
    shown = request.GET.get("show", "")
    wanted = {
        "blind": [line for line in lines if line.is_blind],
        "doubt": [line for line in lines if line.has_doubts],
        "check": [line for line in lines if line.area.state == CHECKING],
        "open": [line for line in lines if line.area.state in NOT_REPORTED],
    }
    tabs = [
        ("", _("全部"), "?", len(lines)),
        ("blind", _("盲区"), "?show=blind", len(wanted["blind"])),
        ("doubt", _("有疑点"), "?show=doubt", len(wanted["doubt"])),
        ("check", _("待镇街查看"), "?show=check", len(wanted["check"])),
        ("open", _("还没上报"), "?show=open", len(wanted["open"])),
    ]
    search = AreaSearchForm(request.GET)
    found_lines = selectors.searched(wanted.get(shown, lines), search.words())
    page = LongList(found_lines, AREA_ROWS).get_page(request.GET.get("page"))
    is_over = access.is_over(actor, found) and actor.may(access.ORDER)
    return {
        "sweep": found,
        "kinds": kinds_said(found.kinds),
        "departments": departments_of(found),
        "cause": subjects.label(found.cause) if found.cause else "",
        "cause_url": _cause_url(actor, found),
        "lines": page.object_list,
        "page": page,
        "search": search,
        "done": selectors.completion_of(lines),
        "tabs": tabs,
        "show": shown if shown in SHOWN else "",
        "may_close": is_over and found.is_open,
        "may_export": actor.may(access.EXPORT_SWEEP),
        "end_form": EndForm(),
        "timeline": journal.timeline(Subject("sweep", found.public_id)).filter(
            verb__startswith="patrols.sweep."
        )[:20],
    }


@staff_page(access.EXPORT_SWEEP)
def export(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The completion of a sweep as a sheet; journalled."""
    found = access.sweep_for(request.actor, public_id)
    actor, at = request.actor, clock.now()
    areas = access.areas_for(actor).filter(sweep=found).exclude(state="cut")
    lines = selectors.lines_of(areas, at)
    journal.record(
        verb="patrols.sweep.export",
        actor=actor,
        at=at,
        subjects=[Subject("sweep", found.public_id)],
        division_code=found.division_code,
        owner_org=found.owner_org,
        summary="导出排查进度表",
    )
    title = _("排查进度表")
    return exports.register_xlsx(
        title, selectors.headings(), selectors.sheet(lines), preamble=[found.name]
    )


@require_POST
@staff_page(access.ORDER)
def close(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End a sweep."""
    found = access.sweep_for(request.actor, public_id, access.ORDER)
    form = EndForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return do(
        request,
        lambda: services.close_sweep(
            actor=request.actor, at=clock.now(), sweep=found, reason=reason
        ),
        to=reverse("patrols:sweep", args=[public_id]),
        said=_("排查已结束"),
    )
