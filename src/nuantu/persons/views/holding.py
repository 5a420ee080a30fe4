"""Hold photos and videos from deletion, look at a hold again, end it."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock, subjects
from nuantu.core.http import StaffRequest, staff_page
from nuantu.core.subjects import Subject
from nuantu.persons import access, services
from nuantu.persons.forms import HoldForm, HoldReviewForm
from nuantu.persons.services.holding import About
from nuantu.ui.outcomes import form_page, tried


def _way_back(about: Subject) -> str:
    return subjects.url(about) or "/"


@staff_page(access.HOLD)
def hold_add(request: StaffRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Nothing of this case or patrol is deleted until somebody ends it."""
    row = access.about_to_hold(request.actor, kind, public_id)
    about = Subject(kind, public_id)
    form = HoldForm(request.POST or None)
    back = _way_back(about)
    gone = tried(
        request,
        form,
        lambda: services.place_hold(
            actor=request.actor,
            at=clock.now(),
            about=About(about, row.division_code, row.owner_org, row.case_id),
            **form.cleaned_data,
        ),
        to=back,
        said=_("已保全，到期也不会删除"),
    )
    context = {"form": form, "about": subjects.label(about), "back_url": back}
    return gone or form_page(request, "persons/hold_add.html", context)


@staff_page(access.HOLD)
def hold(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One hold: why, at whose word, until when; the answer of whoever reviews it."""
    found = access.hold_for(request.actor, public_id)
    about = access.subject_of(found)
    form = HoldReviewForm(request.POST or None)
    back = _way_back(about)

    def answer() -> object:
        said = form.cleaned_data
        if said["answer"] == HoldReviewForm.END:
            act = partial(services.end_hold, reason=said["reason"])
        else:
            act = partial(
                services.keep_hold, reason=said["reason"], review_date=said["review_date"]
            )
        return act(actor=request.actor, at=clock.now(), hold=found)

    gone = tried(request, form, answer, to=back, said=_("复核结果已记下"))
    context = {"form": form, "hold": found, "about": subjects.label(about), "back_url": back}
    return gone or form_page(request, "persons/hold.html", context)
