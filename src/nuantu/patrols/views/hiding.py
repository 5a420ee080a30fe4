"""Hide a photo of a stop, show it again, look at it for a purpose."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.patrols import access, services
from nuantu.patrols.models import PatrolPhoto
from nuantu.persons.forms import RevealForm
from nuantu.ui.hiding import HideForm
from nuantu.ui.outcomes import do, form_page, tried


def _back(photo: PatrolPhoto) -> str:
    return reverse("patrols:run", args=[photo.visit.run.public_id])


def _page(photo: PatrolPhoto) -> dict[str, object]:
    """What the pages about a photo show beside their form."""
    back = {"back_url": _back(photo), "back_words": _("巡查登记")}
    return back | {"photo": photo, "place": photo.visit.place}


@staff_page(access.REGISTER)
def hide(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Nobody sees it without a purpose from now on."""
    found = access.hidable_photo_for(request.actor, public_id)
    form = HideForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.hide_photo(
            actor=request.actor, at=clock.now(), photo=found, why=form.cleaned_data["why"]
        ),
        to=_back(found),
        said=_("已遮盖，看的人要先写明目的"),
    )
    return gone or form_page(request, "ui/photo_hide.html", _page(found) | {"form": form})


@require_POST
@staff_page(access.REGISTER)
def show(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Whoever reads the register sees it again."""
    found = access.hidable_photo_for(request.actor, public_id)
    return do(
        request,
        lambda: services.show_photo(actor=request.actor, at=clock.now(), photo=found),
        to=_back(found),
        said=_("已取消遮盖"),
    )


@staff_page(access.REVEAL)
def reveal(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask the purpose, write it down, then show the photo for ten minutes."""
    found = access.photo_to_reveal(request.actor, public_id)
    form = RevealForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.reveal_photo(
            actor=request.actor, at=clock.now(), photo=found, purpose=form.cleaned_data["purpose"]
        ),
        to=reverse("patrols:photo", args=[public_id]),
    )
    return gone or form_page(request, "ui/photo_reveal.html", _page(found) | {"form": form})
