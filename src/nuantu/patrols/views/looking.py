"""The phone of whoever looks over an area: begin, count places, write down finds, hand in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.patrols import access, services
from nuantu.patrols.forms.looking import FindForm, HandInForm, LooksForm, PlaceForm
from nuantu.patrols.models import SweepArea, SweepFind
from nuantu.patrols.selectors import areas as selectors
from nuantu.places.access import MANAGE_LOCATIONS, key_location_for
from nuantu.places.services import PointDoubtful
from nuantu.ui import toasts
from nuantu.ui.outcomes import do

Form = Callable[[StaffRequest, SweepArea], forms.Form]
Do = Callable[[Actor, datetime, SweepArea, Any], object]
# Two forms of the page have a field of one name.
HAND_IN_ID: Final = "hand_in_%s"


@staff_page(access.REPORT)
def mine(request: StaffRequest) -> HttpResponse:
    """My areas: what is to be looked over, what is due first on top."""
    actor = request.actor
    found = selectors.mine_of(access.areas_for(actor), actor.org_code, clock.now())
    waiting = access.to_check_for(actor) if actor.may(access.JUDGE) else []
    return render(request, "patrols/sweep_mine.html", {"found": found, "waiting": waiting})


@staff_page(access.REPORT)
def walk(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One area on the phone: one thing after the other."""
    found = access.own_area_for(request.actor, public_id)
    return render(request, "patrols/area_walk.html", _context(request, found))


def _context(request: StaffRequest, found: SweepArea, name: str = "",
             failed: forms.Form | None = None) -> dict[str, Any]:  # fmt: skip
    page = selectors.walked(found, request.actor, clock.now())
    filled: dict[str, Any] = {
        "looks": _looks_form(found),
        "find": FindForm(),
        "hand_in": HandInForm(
            initial={"lookers": found.person or request.actor.name}, auto_id=HAND_IN_ID
        ),
    }
    if failed is not None and name in filled:
        filled[name] = failed
    may_place = request.actor.may(MANAGE_LOCATIONS)
    return {
        "page": page,
        "forms": filled,
        "failed": name,
        "failure": failed,
        "may_place": may_place,
    }


def _looks_form(found: SweepArea, data: Any = None) -> LooksForm:
    report = found.reports.order_by("-number").first()
    looked = dict(report.looks.values_list("kind", "count")) if report else {}
    return LooksForm(data, kinds=found.sweep.kinds, looked=looked)


def _press(name: str, form_of: Form, act: Do, said: Any) -> Callable[..., HttpResponse]:
    """The view of one button: do it, say so, and show the area as it then is."""

    @require_POST
    @staff_page(access.REPORT)
    def press(request: StaffRequest, public_id: UUID) -> HttpResponse:
        found = access.own_area_for(request.actor, public_id)
        form = form_of(request, found)
        if form.is_valid():
            try:
                act(request.actor, clock.now(), found, form)
            except Refusal as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                toasts.say(request, str(said))
                return HttpResponseRedirect(reverse("patrols:area_walk", args=[public_id]))
        found.refresh_from_db()
        return refused(request, "patrols/area_walk.html", _context(request, found, name, form))

    press.__name__ = name
    press.__doc__ = f"{name}: one button of an area on the phone."
    return press


begin = _press(
    "begin",
    lambda request, _area: forms.Form(request.POST),
    lambda actor, at, area, _form: services.begin_area(actor=actor, at=at, area=area),
    gettext_lazy("已开始排查"),
)
look = _press(
    "looks",
    lambda request, area: _looks_form(area, request.POST),
    lambda actor, at, area, form: services.note_looks(
        actor=actor, at=at, area=area, counts=form.counts()
    ),
    gettext_lazy("处数已记下"),
)
find = _press(
    "find",
    lambda request, _area: FindForm(request.POST),
    lambda actor, at, area, form: services.add_find(
        actor=actor, at=at, area=area, found=form.found()
    ),
    gettext_lazy("已记下"),
)
hand_in = _press(
    "hand_in",
    lambda request, _area: HandInForm(request.POST, auto_id=HAND_IN_ID),
    lambda actor, at, area, form: services.hand_in(
        actor=actor, at=at, area=area, **form.cleaned_data
    ),
    gettext_lazy("已上报"),
)


@require_POST
@staff_page(access.REPORT)
def drop(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take back a find written down by mistake."""
    row = access.find_for(request.actor, public_id)
    to = reverse("patrols:area_walk", args=[row.report.area.public_id])
    return do(
        request,
        lambda: services.drop_find(actor=request.actor, at=clock.now(), find=row),
        to=to,
        said=_("已删去"),
    )


@staff_page(MANAGE_LOCATIONS)
def place(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Make a find a key location: suggested with position and kind, those near shown first."""
    row = access.find_for(request.actor, public_id)
    form = PlaceForm(request.POST or None, actor=request.actor, initial=_suggested(row))
    if request.method == "POST" and form.is_valid():
        details = form.details()
        try:
            services.find_becomes_location(
                actor=request.actor,
                at=clock.now(),
                find=row,
                spot=form.spot(),
                kind=details["kind"],
                terms=details["terms"],
            )
        except PointDoubtful as doubt:
            form.doubt = doubt.check
            form.add_error("lat", str(doubt))
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return _placed(request, row)
    return _place_page(request, row, form)


def _suggested(row: SweepFind) -> dict[str, Any]:
    code = row.report.area.division_code
    return {
        "name": row.place,
        "division_code": code[:9].ljust(12, "0"),
        "lat": row.lat,
        "lon": row.lon,
        "datum": "wgs84",
        "kind": row.kind,
        "is_night_only": False,
    }


def _placed(request: StaffRequest, row: SweepFind) -> HttpResponse:
    toasts.say(request, _("已列为重点区域，下一次排周计划会排进去"))
    return HttpResponseRedirect(reverse("patrols:area_walk", args=[row.report.area.public_id]))


def _place_page(request: StaffRequest, row: SweepFind, form: PlaceForm) -> HttpResponse:
    near = selectors.near_find(row, clock.now())
    context = {"form": form, "find": row, "near": near}
    if form.errors:
        return refused(request, "patrols/find_place.html", context)
    return render(request, "patrols/find_place.html", context)


@require_POST
@staff_page(access.REPORT)
def known(request: StaffRequest, public_id: UUID, location: UUID) -> HttpResponse:
    """Say that a find lies at a key location that is known already."""
    row = access.find_for(request.actor, public_id)
    there = key_location_for(request.actor, location)
    return do(
        request,
        lambda: services.find_is_location(
            actor=request.actor, at=clock.now(), find=row, location=there
        ),
        to=reverse("patrols:area_walk", args=[row.report.area.public_id]),
        said=_("已记为已有的重点区域"),
    )
