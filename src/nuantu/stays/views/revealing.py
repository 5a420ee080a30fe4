"""Opening who a restricted resident or somebody at the door is: a purpose first, ten minutes then."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.persons import access as persons
from nuantu.persons.forms import RevealForm
from nuantu.persons.models import Case
from nuantu.persons.services import IDENTITY
from nuantu.persons.services import reveal as open_record
from nuantu.stays import access
from nuantu.stays.models import Reception, Stay
from nuantu.ui.outcomes import form_page, tried


@staff_page(persons.REVEAL)
def reveal(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Who a restricted resident is, and what is written about him."""
    stay = access.stay_to_reveal(request.actor, public_id, clock.now())
    return _reveal(request, stay, reverse("stays:detail", args=[public_id]))


@staff_page(persons.REVEAL)
def reveal_reception(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Who a restricted person at the door is."""
    row = access.reception_to_reveal(request.actor, public_id, clock.now())
    return _reveal(request, row, reverse("stays:reception", args=[public_id]))


def _reveal(request: StaffRequest, row: Stay | Reception, back: str) -> HttpResponse:
    form = RevealForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: open_record(
            actor=request.actor,
            at=clock.now(),
            person=row.person,
            case=Case.objects.filter(case_id=row.case_id).first(),
            what=IDENTITY,
            **form.cleaned_data,
        ),
        to=back,
    )
    context = {"form": form, "title": _("查看受限人员的身份"), "called": str(row.person)}
    words = {"submit_label": _("记录目的并查看"), "back_url": back}
    return gone or form_page(request, "stays/kept.html", context | words)
