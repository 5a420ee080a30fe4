"""Setting up the house."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access, services
from nuantu.stays.forms.house import BedStateForm, RoomChangeForm, RoomForm, ZoneForm
from nuantu.stays.selectors import board as reads
from nuantu.stays.selectors.beds import bed_words
from nuantu.stays.selectors.health import packs
from nuantu.ui.outcomes import do, form_page, tried


@staff_page(access.HOUSE)
def house(request: StaffRequest) -> HttpResponse:
    """Zones with their rooms and beds, and the ways to change them."""
    board = reads.board(request.actor.org_code, clock.now())
    closed = reads.closed_zones(request.actor.org_code)
    pack = packs.epidemic(request.actor.division_code, clock.now())
    return render(request, "stays/house.html", {"board": board, "closed": closed, "pack": pack})


@staff_page(access.HOUSE)
def zone_new(request: StaffRequest) -> HttpResponse:
    """A new zone."""
    form = ZoneForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.add_zone(actor=request.actor, at=clock.now(), **form.cleaned_data),
        to=reverse("stays:house"),
        said=_("生活区已设置"),
    )
    return gone or form_page(request, "stays/zone.html", {"form": form, "zone": None})


@staff_page(access.HOUSE)
def zone(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What a zone takes, changed while nobody sleeps there."""
    found = access.zone_for(request.actor, public_id)
    names = ("name", "sex", "ages", "health", "is_family")
    form = ZoneForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    gone = tried(
        request,
        form,
        lambda: services.change_zone(
            actor=request.actor, at=clock.now(), zone=found, **form.cleaned_data
        ),
        to=reverse("stays:house"),
        said=_("生活区已调整"),
    )
    return gone or form_page(request, "stays/zone.html", {"form": form, "zone": found})


@staff_page(access.HOUSE)
def room_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A room with beds in a zone."""
    found = access.zone_for(request.actor, public_id)
    form = RoomForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.add_room(
            actor=request.actor, at=clock.now(), zone=found, **form.cleaned_data
        ),
        to=reverse("stays:house"),
        said=_("房间已增加"),
    )
    return gone or form_page(request, "stays/room.html", {"form": form, "zone": found})


@staff_page(access.HOUSE)
def room(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put a room right: its name, whether it is barrier-free, more beds."""
    found = access.room_for(request.actor, public_id)
    names = ("name", "is_barrier_free")
    form = RoomChangeForm(
        request.POST or None, initial={name: getattr(found, name) for name in names}
    )
    gone = tried(
        request,
        form,
        lambda: services.change_room(
            actor=request.actor, at=clock.now(), room=found, **form.cleaned_data
        ),
        to=reverse("stays:house"),
        said=_("房间已调整"),
    )
    return gone or form_page(request, "stays/room.html", {"form": form, "zone": found.zone})


@staff_page(access.HOUSE)
def zone_turn(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Close a zone in which nobody sleeps, or open it again."""
    found = access.zone_for(request.actor, public_id)
    turn = services.open_zone if found.closed_at else services.close_zone
    return do(
        request,
        lambda: turn(actor=request.actor, at=clock.now(), zone=found),
        to=reverse("stays:house"),
        said=_("生活区已调整"),
    )


@staff_page(access.HOUSE)
def bed_state(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take a bed out of use for a reason."""
    found = access.bed_for(request.actor, public_id)
    form = BedStateForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.close_bed(
            actor=request.actor, at=clock.now(), bed=found, **form.cleaned_data
        ),
        to=reverse("stays:house"),
        said=_("床位已停用"),
    )
    context = {
        "form": form,
        "title": f"{_('停用床位')} · {bed_words(found)}",
        "called": _("设置房间床位"),
        "back_url": reverse("stays:house"),
        "submit_label": _("停用"),
    }
    return gone or form_page(request, "stays/kept.html", context)


@staff_page(access.HOUSE)
def bed_open(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put a bed into use again."""
    found = access.bed_for(request.actor, public_id)
    return do(
        request,
        lambda: services.open_bed(actor=request.actor, at=clock.now(), bed=found),
        to=reverse("stays:house"),
        said=_("床位已启用"),
    )
