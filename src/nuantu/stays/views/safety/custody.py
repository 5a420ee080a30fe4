"""The cupboard, incidents of staff safety, and the register of cameras and holds."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.forms.safety.custody import (
    CameraForm,
    ConcludeForm,
    CountForm,
    CupboardItemForm,
    HoldForm,
    IncidentForm,
    MoveForm,
    ReleaseForm,
    SaveForm,
)
from nuantu.stays.models import CupboardItem, VideoHold
from nuantu.stays.selectors.safety import custody as selectors
from nuantu.stays.services.safety import cupboard as cupboards
from nuantu.stays.services.safety import incidents as happened
from nuantu.stays.services.safety import video as videos
from nuantu.ui.outcomes import do, form_page, tried, with_fields

COUNT_IDS = "count_%s"


@staff_page(access.CUPBOARD)
def cupboard(request: StaffRequest) -> HttpResponse:
    """What lies in the cupboard by the book, and what has to be counted."""
    actor = request.actor
    context = {
        "items": selectors.cupboard_of(actor.org_code),
        "late": selectors.uncounted(actor, clock.now()),
    }
    return render(request, "stays/safety/cupboard.html", context)


@staff_page(access.CUPBOARD)
def item_new(request: StaffRequest) -> HttpResponse:
    """A new thing of the cupboard."""
    form = CupboardItemForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: cupboards.add_item(actor=request.actor, at=clock.now(), **form.cleaned_data),
        to=lambda row: reverse("stays:cupboard_item", args=[row.public_id]),
        said=_("已加入药品柜"),
    )
    return gone or form_page(request, "stays/safety/item_new.html", {"form": form})


def _item_page(request: StaffRequest, row: CupboardItem, **drawn: forms.Form) -> HttpResponse:
    count = selectors.open_count(row)
    context = {
        "row": row,
        "moves": row.moves.order_by("-pk")[:40],
        "counting": count,
        "ended": None if count else selectors.count_ended(row),
        "is_first": count is not None and str(count.first_by_id) == request.actor.public_id,
        "move": MoveForm(),
        "count": CountForm(auto_id=COUNT_IDS),
        **drawn,
    }
    context["form"] = next(iter(drawn.values()), context["move"])
    return form_page(request, "stays/safety/item.html", context)


@staff_page(access.CUPBOARD)
def cupboard_item(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One thing: how much, what went in and out, counting."""
    return _item_page(request, access.cupboard_item_for(request.actor, public_id))


@staff_page(access.CUPBOARD)
def item_move(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Something goes in or out."""
    row = access.cupboard_item_for(request.actor, public_id)
    form = MoveForm(request.POST)
    act = with_fields(cupboards.move_item, "item")
    gone = tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), row, form),
        to=reverse("stays:cupboard_item", args=[row.public_id]),
        said=_("存取已登记"),
    )
    return gone or _item_page(request, row, move=form)


@staff_page(access.CUPBOARD)
def item_count(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The first or the second person counted."""
    row = access.cupboard_item_for(request.actor, public_id)
    form = CountForm(request.POST, auto_id=COUNT_IDS)
    act = with_fields(cupboards.count_item, "item")
    gone = tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), row, form),
        to=reverse("stays:cupboard_item", args=[row.public_id]),
        said=_("数量已登记"),
    )
    return gone or _item_page(request, row, count=form)


@staff_page(access.CUPBOARD)
def item_withdraw(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Who counted first takes his figure back."""
    row = access.cupboard_item_for(request.actor, public_id)
    return do(
        request,
        lambda: cupboards.withdraw_count(actor=request.actor, at=clock.now(), item=row),
        to=reverse("stays:cupboard_item", args=[row.public_id]),
        said=_("盘点已撤回，可以重新数"),
    )


@staff_page(access.INCIDENT)
def incident_new(request: StaffRequest) -> HttpResponse:
    """Something happened."""
    initial = {"occurred_at": clock.local(clock.now())}
    form = IncidentForm(request.POST or None, initial=initial)
    gone = tried(
        request,
        form,
        lambda: happened.record_incident(actor=request.actor, at=clock.now(), told=form.told()),
        to=lambda row: reverse("stays:station_incident", args=[row.public_id]),
        said=_("事件已登记"),
    )
    return gone or form_page(request, "stays/safety/incident_new.html", {"form": form})


@staff_page(access.INCIDENT_READ)
def station_incident(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One incident; the head concludes it here."""
    row = access.incident_for(request.actor, public_id)
    is_own = row.owner_org == request.actor.org_code
    may_conclude = is_own and request.actor.may(access.SAFETY_MANAGE)
    form = ConcludeForm(request.POST or None)
    act = with_fields(happened.conclude_incident, "incident")
    gone = may_conclude and tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), row, form),
        to=reverse("stays:station_incident", args=[row.public_id]),
        said=_("事件已办结"),
    )
    context = {"row": row, "form": form, "may_conclude": may_conclude and not row.concluded_at}
    return gone or form_page(request, "stays/safety/incident.html", context)


@staff_page(access.VIDEO)
def camera_new(request: StaffRequest) -> HttpResponse:
    """A camera and its term."""
    form = CameraForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: videos.set_camera(actor=request.actor, at=clock.now(), **form.cleaned_data),
        to=reverse("stays:video"),
        said=_("摄像头已登记"),
    )
    return gone or form_page(request, "stays/safety/camera_new.html", {"form": form})


@staff_page(access.VIDEO)
def hold_new(request: StaffRequest) -> HttpResponse:
    """Recordings that may not be overwritten."""
    form = HoldForm(request.POST or None, org=request.actor.org_code)
    gone = tried(
        request,
        form,
        lambda: videos.hold_video(actor=request.actor, at=clock.now(), **form.cleaned_data),
        to=lambda row: reverse("stays:hold", args=[row.public_id]),
        said=_("录像保全已登记"),
    )
    return gone or form_page(request, "stays/safety/hold_new.html", {"form": form})


def _hold_page(request: StaffRequest, row: VideoHold, **drawn: forms.Form) -> HttpResponse:
    context = {
        "row": row,
        "save": SaveForm(),
        "release": ReleaseForm(),
        "is_own": videos.is_own(row, request.actor),
        **drawn,
    }
    context["form"] = next(iter(drawn.values()), context["save"])
    return form_page(request, "stays/safety/hold.html", context)


@staff_page(access.VIDEO)
def hold(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One hold; where the copy lies is put down here."""
    row = access.hold_for(request.actor, public_id)
    if request.method != "POST":
        return _hold_page(request, row)
    form = SaveForm(request.POST)
    act = with_fields(videos.save_video, "hold")
    gone = tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), row, form),
        to=reverse("stays:hold", args=[row.public_id]),
        said=_("拷贝已登记"),
    )
    return gone or _hold_page(request, row, save=form)


@staff_page(access.VIDEO)
def hold_release(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Nobody needs it any more."""
    row = access.hold_for(request.actor, public_id)
    form = ReleaseForm(request.POST)
    act = with_fields(videos.release_video, "hold")
    gone = tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), row, form),
        to=reverse("stays:video"),
        said=_("保全已解除"),
    )
    return gone or _hold_page(request, row, release=form)
