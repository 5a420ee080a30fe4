"""Review cards at the desk: the list, one card, and the three ways to decide it."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.core.subjects import Subject, may_open
from nuantu.fieldwork import access, services
from nuantu.fieldwork.forms.reviews import AsideForm, EnterForm, ReviewsForm
from nuantu.fieldwork.models import ReviewCard
from nuantu.fieldwork.selectors import cards as selectors
from nuantu.ui.outcomes import do, tried
from nuantu.ui.pages import LongList

ROWS = 50


@staff_page(access.REVIEW)
def reviews(request: StaffRequest) -> HttpResponse:
    """Every card of the organisation, open ones first."""
    form = ReviewsForm(request.GET)
    found = selectors.card_list(access.cards_for(request.actor), form.wanted())
    page = LongList(found, ROWS).get_page(request.GET.get("page"))
    rows = [selectors.listed(card) for card in page.object_list]
    return render(request, "fieldwork/reviews.html", {"form": form, "page": page, "rows": rows})


@staff_page(access.REVIEW)
def review(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One card: what the phone said against what stands now."""
    card = access.card_for(request.actor, public_id)
    return render(request, "fieldwork/review.html", _context(request, card))


def _context(request: StaffRequest, card: ReviewCard, **more: Any) -> dict[str, Any]:
    entered = ("", "")
    if card.entered_kind and may_open(request.actor, card.entered_kind):
        entered = selectors.entered_said(card)
    return {
        "page": selectors.card_page(card),
        "card": card,
        "entered": entered,
        "may_decide": card.state == card.State.OPEN and access.may_decide(request.actor, card),
        "enter_form": EnterForm(auto_id="enter_%s"),
        "aside_form": AsideForm(auto_id="aside_%s"),
        **more,
    }


def _to(public_id: UUID) -> str:
    return reverse("fieldwork:review", args=[public_id])


@require_POST
@staff_page(access.DECIDE)
def apply_again(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Enter it as it came, now that it goes."""
    card = access.card_for(request.actor, public_id, access.DECIDE)
    act = partial(services.apply_again, actor=request.actor, at=clock.now(), card=card)
    return do(request, act, to=_to(public_id), said=_("已照此登记"))


@require_POST
@staff_page(access.DECIDE)
def enter(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It was entered by hand."""
    card = access.card_for(request.actor, public_id, access.DECIDE)
    form = EnterForm(request.POST, auto_id="enter_%s")
    gone = tried(request, form, lambda: _entered(request, card, form), to=_to(public_id),
                 said=_("已记下另行登记在哪里"))  # fmt: skip
    return gone or refused(
        request, "fieldwork/review.html", _context(request, card, enter_form=form)
    )


def _entered(request: StaffRequest, card: ReviewCard, form: forms.Form) -> ReviewCard:
    entered: Subject | None = form.cleaned_data["address"]
    return services.enter_otherwise(
        actor=request.actor,
        at=clock.now(),
        card=card,
        reason=form.cleaned_data["reason"],
        entered=entered,
    )


@require_POST
@staff_page(access.DECIDE)
def set_aside(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It is not entered, for a reason."""
    card = access.card_for(request.actor, public_id, access.DECIDE)
    form = AsideForm(request.POST, auto_id="aside_%s")
    gone = tried(
        request,
        form,
        lambda: services.set_aside(
            actor=request.actor, at=clock.now(), card=card, reason=form.cleaned_data["reason"]
        ),
        to=_to(public_id),
        said=_("已搁置，原因已记下"),
    )
    return gone or refused(
        request, "fieldwork/review.html", _context(request, card, aside_form=form)
    )
