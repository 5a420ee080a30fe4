"""Hide a photo of a contact, show it again, look at it for a purpose."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.encounters import access, services
from nuantu.encounters.models import Evidence
from nuantu.persons.access import REVEAL
from nuantu.persons.forms import RevealForm
from nuantu.ui.hiding import HideForm
from nuantu.ui.outcomes import do, form_page, tried


def _back(photo: Evidence) -> str:
    return reverse("encounters:detail", args=[photo.encounter.public_id])


def _page(photo: Evidence) -> dict[str, object]:
    """What the pages about a photo show beside their form."""
    back = {"back_url": _back(photo), "back_words": _("街面接触")}
    return back | {"photo": photo, "place": photo.encounter.place}


@staff_page(access.RECORD)
def hide_photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Nobody sees a photo of a contact without a purpose from now on."""
    at = clock.now()
    found = access.hidable_photo_for(request.actor, public_id, at)
    form = HideForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.hide_photo(
            actor=request.actor, at=at, photo=found, why=form.cleaned_data["why"]
        ),
        to=_back(found),
        said=_("已遮盖，看的人要先写明目的"),
    )
    return gone or form_page(request, "ui/photo_hide.html", _page(found) | {"form": form})


@require_POST
@staff_page(access.RECORD)
def show_photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Whoever reads the contact sees its photo again."""
    at = clock.now()
    found = access.hidable_photo_for(request.actor, public_id, at)
    return do(
        request,
        lambda: services.show_photo(actor=request.actor, at=at, photo=found),
        to=_back(found),
        said=_("已取消遮盖"),
    )


@staff_page(REVEAL)
def reveal_photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask the purpose, write it down, then show the photo of a contact for ten minutes."""
    at = clock.now()
    found = access.photo_to_reveal(request.actor, public_id, at)
    form = RevealForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.reveal_photo(
            actor=request.actor, at=at, photo=found, purpose=form.cleaned_data["purpose"]
        ),
        to=reverse("encounters:photo", args=[public_id]),
    )
    return gone or form_page(request, "ui/photo_reveal.html", _page(found) | {"form": form})
