"""Decisions on a contact: the rescue mode, its review, a visit without meeting, a sealed sheet."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.encounters import access, services
from nuantu.encounters.forms import DecideForm, ReviewForm, VisitForm
from nuantu.encounters.models import Encounter
from nuantu.encounters.selectors.shown import SHEET
from nuantu.persons import services as persons
from nuantu.persons.forms import RevealForm
from nuantu.persons.models import Case
from nuantu.persons.selectors import card_of
from nuantu.ui import toasts
from nuantu.ui.outcomes import do, form_page, tried


def _page(encounter: Encounter) -> str:
    return reverse("encounters:detail", args=[encounter.public_id])


@staff_page(access.APPROVE)
def decide(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Approve a mode that is not voluntary, or not."""
    asked = access.request_for(request.actor, public_id, access.APPROVE)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(_page(asked.encounter))
    return do(
        request,
        lambda: services.decide_mode(
            actor=request.actor,
            at=clock.now(),
            request=asked,
            is_approved=form.cleaned_data["answer"] == "approve",
            note=form.cleaned_data["note"],
        ),
        to=_page(asked.encounter),
        said=_("已记录审批"),
    )


@staff_page(access.REVIEW)
def review(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Look again whether the measure is still needed."""
    asked = access.request_for(request.actor, public_id, access.REVIEW)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        if request.method == "POST":
            toasts.say(request, _("请写明复核看到的情况。"), is_error=True)
        return HttpResponseRedirect(_page(asked.encounter))
    return do(
        request,
        lambda: services.review_mode(
            actor=request.actor,
            at=clock.now(),
            request=asked,
            keeps=form.cleaned_data["answer"] == "keep",
            note=form.cleaned_data["note"],
        ),
        to=_page(asked.encounter),
        said=_("已记录复核"),
    )


@staff_page(access.RECORD)
def visit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The result of a visit at which nobody was met."""
    revisit = access.revisit_for(request.actor, public_id)
    form = VisitForm(request.POST or None)
    card = card_of(revisit.encounter.person, clock.now())
    context = {"form": form, "revisit": revisit, "card": card}
    gone = tried(
        request,
        form,
        lambda: services.complete_revisit(
            actor=request.actor, at=clock.now(), revisit=revisit, **form.cleaned_data
        ),
        to=reverse("encounters:visits"),
        said=_("回访结果已登记"),
    )
    return gone or form_page(request, "encounters/visit.html", context)


@staff_page(access.RECORD)
def use_photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A photo of the contact as the picture on the person's card."""
    evidence = access.own_photo_for(request.actor, public_id, clock.now())
    encounter = evidence.encounter
    case = Case.objects.filter(case_id=encounter.case_id).first()
    if request.method == "POST" and case is not None:
        persons.set_photo(
            actor=request.actor,
            at=clock.now(),
            person=encounter.person,
            case=case,
            photo=evidence.file,
        )
        toasts.say(request, _("已用作卡片照片"))
    return HttpResponseRedirect(_page(encounter))


@staff_page("persons.person.reveal")
def reveal_sheet(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What the giver says of somebody's health, for a stated purpose."""
    at = clock.now()
    encounter = access.sheet_for(request.actor, public_id, at)
    form = RevealForm(request.POST or None)
    context = {"form": form, "encounter": encounter}
    gone = tried(
        request,
        form,
        lambda: persons.reveal(
            actor=request.actor,
            at=at,
            person=encounter.person,
            case=Case.objects.filter(case_id=encounter.case_id).first(),
            what=f"{SHEET}:{encounter.public_id}",
            purpose=form.cleaned_data["purpose"],
            shown="交接单身体状况",
        ),
        to=_page(encounter),
    )
    return gone or form_page(request, "encounters/reveal.html", context)
