"""One stay: its page, the bed, what somebody needs, going out and coming back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.http import StaffRequest, is_asked_anew, render, staff_page
from nuantu.persons.services import note_read
from nuantu.stays import access, services
from nuantu.stays.forms import AskForm, BedForm, NeedsForm, OutForm
from nuantu.stays.models import Inquiry, Stay
from nuantu.stays.selectors import beds
from nuantu.stays.selectors.shown import StayPage, stay_page
from nuantu.ui.outcomes import do, form_page, tried


def _page(stay: Stay) -> str:
    return reverse("stays:detail", args=[stay.public_id])


def _from_gate(request: StaffRequest, stay: Stay) -> str:
    """Back to where whoever came: the gate, for whoever sees no stays or comes from there."""
    is_at_gate = "gate" in request.GET or not request.actor.may(access.READ)
    return reverse("stays:gate") if is_at_gate else _page(stay)


def _rights(actor: Actor, stay: Stay, page: StayPage, at: datetime) -> dict[str, object]:
    """What the reader may do on the page of a stay, and the form of what only some are offered."""
    is_ours = stay.owner_org == actor.org_code
    is_own = is_ours and stay.is_here
    return {
        "may_give": is_own and actor.may(access.BED),
        "may_write": is_own and actor.may(access.WRITE),
        "may_approve": is_own and actor.may(access.APPROVE),
        "may_decide": is_own and actor.may(access.DECIDE),
        "may_leave": is_own and actor.may(access.LEAVE),
        "may_care": is_own and actor.may(access.CARE),
        "may_heal": is_ours and page.case and actor.may(access.HEALTH),
        "may_reveal": page.card.is_masked and access.may_reveal(actor, stay, at),
        "may_end_things": is_ours and actor.may(access.RECEIVE),
        "ask_form": AskForm(auto_id="ask_%s") if is_own else None,
        "answers": Inquiry.Answer.choices[1:],
    }


@staff_page(access.READ)
def detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One stay."""
    stay = access.stay_for(request.actor, public_id)
    at = clock.now()
    page = stay_page(request.actor, stay, at)
    note_read(
        actor=request.actor,
        at=at,
        person=stay.person,
        case=page.case,
        is_asked_anew=is_asked_anew(request),
    )
    context = {"page": page, **_rights(request.actor, stay, page, at)}
    return render(request, "stays/detail.html", context, fragment="stays/_stay.html")


@staff_page(access.BED)
def bed(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Choose a bed: the suggestion first, each with its reason."""
    stay = access.own_stay_for(request.actor, public_id, access.BED)
    offers, beside = beds.offers(stay), beds.beside_mother(stay)
    form = BedForm(
        request.POST or None,
        offers=offers,
        beside=beside,
        is_approver=request.actor.may(access.APPROVE),
    )
    gone = tried(
        request,
        form,
        lambda: services.give_bed(
            actor=request.actor,
            at=clock.now(),
            stay=stay,
            **form.chosen(request.actor.name, [*offers, *beside]),
        ),
        to=_page(stay),
        said=_("床位已安排"),
    )
    context = {"form": form, "stay": stay, "now": beds.current(stay), "offers": offers}
    return gone or form_page(request, "stays/bed.html", context)


@staff_page(access.BED)
def free(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The bed of somebody in hospital is free for others; he gets one when he is back."""
    stay = access.own_stay_for(request.actor, public_id, access.BED)
    return do(
        request,
        lambda: services.free_bed_of_absent(actor=request.actor, at=clock.now(), stay=stay),
        to=_page(stay),
        said=_("床位已腾出，回来时再安排"),
    )


@staff_page(access.APPROVE)
def approve(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Stand by what was allowed over the phone."""
    stay = access.own_stay_for(request.actor, public_id, access.APPROVE)
    return do(
        request,
        lambda: services.approve_exception(actor=request.actor, at=clock.now(), stay=stay),
        to=_page(stay),
        said=_("已确认"),
    )


@staff_page(access.WRITE)
def needs(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What somebody needs in the house."""
    stay = access.own_stay_for(request.actor, public_id, access.WRITE)
    names = ("sex", "health", "care_level", "diet", "has_limited_mobility")
    form = NeedsForm(request.POST or None, initial={name: getattr(stay, name) for name in names})
    gone = tried(
        request,
        form,
        lambda: services.change_needs(
            actor=request.actor,
            at=clock.now(),
            stay=stay,
            note_text=form.cleaned_data.pop("note_text"),
            needs=services.Needs(**form.cleaned_data),
        ),
        to=_page(stay),
        said=_("已调整"),
    )
    return gone or form_page(request, "stays/needs.html", {"form": form, "stay": stay})


@staff_page(access.GATE)
def out(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody goes out; nobody is held back, the bed is kept."""
    stay = access.own_stay_for(request.actor, public_id, access.GATE)
    at = clock.now()
    soon = clock.local(at + timedelta(hours=3)).replace(tzinfo=None)
    form = OutForm(request.POST or None, initial={"due_at": soon, "reason": "errand"})
    gone = tried(
        request,
        form,
        lambda: services.go_out(actor=request.actor, at=at, stay=stay, **form.cleaned_data),
        to=_from_gate(request, stay),
        said=_("外出已登记，床位保留"),
    )
    return gone or form_page(
        request,
        "stays/out.html",
        {"form": form, "stay": stay, "back_url": _from_gate(request, stay)},
    )


@staff_page(access.GATE)
def back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody is back."""
    stay = access.own_stay_for(request.actor, public_id, access.GATE)
    return do(
        request,
        lambda: services.come_back(actor=request.actor, at=clock.now(), stay=stay),
        to=_from_gate(request, stay),
        said=_("已登记返回"),
    )
