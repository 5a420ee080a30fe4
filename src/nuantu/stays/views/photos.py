"""Finding somebody by his picture, and taking the picture of whoever stands at the door."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access, services
from nuantu.stays.forms import PhotoPurposeForm, PhotoWallForm, PortraitForm
from nuantu.stays.selectors import photos as reads
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList


@staff_page(access.PHOTOS)
def photos(request: StaffRequest) -> HttpResponse:
    """The purpose first; then pictures by sex, age and looks, each page written down."""
    actor, at = request.actor, clock.now()
    until = reads.open_until(actor, at)
    if until is None or request.method == "POST":
        return _ask_purpose(request)
    form = PhotoWallForm(request.GET)
    form.is_valid()
    said = form.cleaned_data
    filters = reads.Filters(said.get("sex", ""), said.get("age"), said.get("q", ""))
    page = LongList(reads.pictured(filters, at), reads.PER_PAGE).get_page(request.GET.get("page"))
    people = list(page.object_list)
    services.note_photos_seen(actor=actor, at=at, people=people)
    context = {"form": form, "page": page, "found": reads.wall(actor, people, at), "until": until}
    return render(request, "stays/photos.html", context)


def _ask_purpose(request: StaffRequest) -> HttpResponse:
    form = PhotoPurposeForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.open_photos(actor=request.actor, at=clock.now(), **form.cleaned_data),
        to=reverse("stays:photos"),
    )
    return gone or form_page(request, "stays/photos_open.html", {"form": form})


@staff_page(access.RECEIVE)
def portrait(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The picture of whoever is being received."""
    row = access.own_reception_for(request.actor, public_id)
    form = PortraitForm(request.POST or None, request.FILES or None)
    back = reverse("stays:reception", args=[public_id])
    gone = tried(
        request,
        form,
        lambda: services.take_portrait(
            actor=request.actor, at=clock.now(), reception=row, **form.cleaned_data
        ),
        to=back,
        said=_("照片已存"),
    )
    context = {"form": form, "title": _("拍照"), "called": str(row.person), "back_url": back}
    return gone or form_page(request, "stays/kept.html", context)
