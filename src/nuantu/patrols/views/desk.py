"""The desk enters for a team, sets a device's track against a run, and reads the vehicle log."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock, exports
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.patrols import access, services
from nuantu.patrols.forms.desk import DeskForm, TrackForm
from nuantu.patrols.models import PatrolRun
from nuantu.patrols.selectors import register as selectors
from nuantu.patrols.selectors import tracks
from nuantu.patrols.views.register import note_export, run_context
from nuantu.ui import toasts


@staff_page(access.ENTER)
def enter(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Enter a stop for a team that could not."""
    visit = access.visit_for(request.actor, public_id)
    start = {"arrived_at": visit.arrived_at or visit.planned_at, "left_at": visit.left_at}
    form = DeskForm(request.POST or None, initial=start)
    back = reverse("patrols:run", args=[visit.run.public_id])
    context = {"form": form, "visit": visit, "back_url": back}
    if request.method != "POST":
        return render(request, "patrols/enter.html", context)
    if form.is_valid():
        try:
            services.enter_for_team(
                actor=request.actor, at=clock.now(), visit=visit, said=form.said()
            )
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            toasts.say(request, _("已代记，登记里写明是站里代记的"))
            return HttpResponseRedirect(back)
    return refused(request, "patrols/enter.html", context)


@require_POST
@staff_page(access.ENTER)
def load_track(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Set the track of a device beside a run."""
    run = access.run_for(request.actor, public_id, access.ENTER)
    form = TrackForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.load_track(
                actor=request.actor, at=clock.now(), run=run, upload=form.cleaned_data["file"]
            )
        except Refusal as error:
            form.add_error("file", str(error))
        else:
            toasts.say(request, _("轨迹已导入"))
            return HttpResponseRedirect(reverse("patrols:run", args=[public_id]))
    return refused(request, "patrols/run.html", run_context(request, run, track_form=form))


@staff_page(access.REGISTER)
def run_ways(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The planned way and the tracks of a run, for its map."""
    found = access.run_for(request.actor, public_id)
    (row,) = selectors.with_visits(PatrolRun.objects.filter(pk=found.pk))
    return JsonResponse(tracks.track_ways(row, clock.now()))


@staff_page(access.REGISTER)
def vehicles(request: StaffRequest) -> HttpResponse:
    """The vehicle log of a month."""
    return render(request, "patrols/vehicles.html", _log(request))


@staff_page(access.EXPORT)
def vehicles_export(request: StaffRequest) -> HttpResponse:
    """The vehicle log as Excel; journalled."""
    log = _log(request)
    note_export(request, {"vehicles": f"{log['month']:%Y-%m}"})
    heads = [_("车牌"), _("日期"), _("时段"), _("队伍"), _("队员"), _("出巡"), _("收队"),
             _("小时"), _("里程（出）"), _("里程（回）"), _("公里")]  # fmt: skip
    title = _("车辆出车记录")
    preamble = [title, f"{log['month']:%Y-%m}"]
    return exports.register_xlsx(
        title, heads, tracks.vehicle_rows(log["vehicles"]), preamble=preamble
    )


def _log(request: StaffRequest) -> dict[str, Any]:
    month = tracks.month_of(request.GET.get("month", ""), clock.now())
    found = tracks.vehicles(access.runs_for(request.actor), month)
    return {
        "month": month,
        "vehicles": found,
        "kilometres": sum(vehicle.kilometres for vehicle in found),
        "may_export": request.actor.may(access.EXPORT),
    }
