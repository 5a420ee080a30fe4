"""Daily care: the board, a round for many, one resident, menus, bedding, cards with a QR code."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.forms.care import BeddingForm, CareForm, MenuForm, RoundForm
from nuantu.stays.models import CareEntry, Stay
from nuantu.stays.rules.care import SLOTS
from nuantu.stays.selectors.board import in_bed_order, residents
from nuantu.stays.selectors.care import cards, day, house, medicine, resident, searches
from nuantu.stays.services import care as services
from nuantu.ui.outcomes import form_page, tried


@staff_page(access.CARE)
def daily(request: StaffRequest) -> HttpResponse:
    """What is due now, by room."""
    actor, at = request.actor, clock.now()
    board = day.today(actor.org_code, actor.division_code, at)
    beds = house.bedding(actor.org_code, actor.division_code, at)
    searched = len(searches.open_searches(actor.org_code, at))
    context = {
        "day": board,
        "bedding_due": len(beds.due),
        "searched": searched,
        "to_see": medicine.to_see(actor.org_code, at) if actor.may(access.MEDICINE) else [],
        "tab": "care",
    }
    return render(request, "stays/care/board.html", context, fragment="stays/care/_board.html")


@staff_page(access.CARE)
def care_round(request: StaffRequest, what: str) -> HttpResponse:
    """One round for the house, a zone or a room: all ticked, the exceptions marked."""
    actor, at = request.actor, clock.now()
    slot, kind = (what, "meal") if what in SLOTS else ("", what)
    if not slot and kind not in day.ROUNDS:
        raise Http404
    where = day.where(actor.org_code, request.GET.get("zone", ""), request.GET.get("room", ""))
    found = in_bed_order(residents(day.in_part(actor.org_code, where), at))
    people = day.cared(found, slot, at)
    form = RoundForm(request.POST or None, kind=kind, slot=slot, people=people)
    gone = tried(
        request,
        form,
        lambda: services.log_round(
            actor=actor,
            at=at,
            deed=services.Deed(kind, slot, bool(form.cleaned_data.get("is_by_woman"))),
            outcomes=form.outcomes(),
        ),
        to=reverse("stays:daily"),
        said=_("已登记"),
    )
    context = {"form": form, "what": day.what_words(kind, slot), **day.tabs(actor, what, where)}
    return gone or form_page(request, "stays/care/round.html", context)


@staff_page(access.CARE)
def care_resident(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One resident's care: what he had today, a line to add, the log."""
    stay = access.care_of(request.actor, public_id)
    at = clock.now()
    slot = day.slot_at(stay.division_code, at)
    form = CareForm(request.POST or None, sex=stay.sex, initial={"slot": slot})
    gone = tried(
        request,
        form,
        lambda: services.note_care(
            actor=request.actor,
            at=at,
            stay=stay,
            deed=_deed(form),
            outcome=form.cleaned_data["outcome"],
            note_text=form.cleaned_data["note_text"],
        ),
        to=reverse("stays:care_resident", args=[stay.public_id]),
        said=_("已登记"),
    )
    context = {"form": form, "page": resident.care_page(stay, at)}
    return gone or form_page(request, "stays/care/resident.html", context)


def _deed(form: CareForm) -> services.Deed:
    """What was done; the meal counts only where it was a meal."""
    said = form.cleaned_data
    slot = said["slot"] if said["kind"] == CareEntry.Kind.MEAL else ""
    return services.Deed(said["kind"], slot, bool(said.get("is_by_woman")))


@staff_page(access.KITCHEN)
def menus(request: StaffRequest) -> HttpResponse:
    """The menus of a week."""
    at = clock.now()
    first = resident.day_in(request.GET.get("from", "")) or clock.local(at).date()
    context = {
        "days": house.week_of(request.actor.org_code, at, first),
        "before": first - house.A_WEEK,
        "after": first + house.A_WEEK,
        "tab": "menus",
    }
    return render(request, "stays/care/menus.html", context)


@staff_page(access.KITCHEN)
def menu(request: StaffRequest, on_date: str) -> HttpResponse:
    """The menu of one day."""
    actor, at, day_asked = request.actor, clock.now(), resident.day_in(on_date)
    if day_asked is None:
        raise Http404
    around = house.week_of(actor.org_code, at, day_asked - house.HALF_WEEK)
    (stands,) = (one for one in around if one.day == day_asked)
    known = {name: getattr(stands.menu, name) for name in SLOTS} if stands.menu else {}
    form = MenuForm(request.POST or None, initial=known)
    gone = tried(
        request,
        form,
        lambda: services.put_menu(
            actor=actor,
            at=at,
            on_date=day_asked,
            meals=form.meals(),
        ),
        to=f"{reverse('stays:menus')}?from={day_asked}",
        said=_("菜谱已保存"),
    )
    context = {"form": form, "day": day_asked, "around": around}
    return gone or form_page(request, "stays/care/menu.html", context)


@staff_page(access.CARE)
def bedding(request: StaffRequest) -> HttpResponse:
    """Beds whose bedding is due, and those that were done."""
    actor, at = request.actor, clock.now()
    page = house.bedding(actor.org_code, actor.division_code, at)
    sent = request.POST if request.method == "POST" else None
    form = BeddingForm(sent, offered=[x.bed for x in (*page.due, *page.later)])
    gone = tried(
        request,
        form,
        lambda: services.change_bedding(actor=actor, at=at, beds=form.chosen()),
        to=reverse("stays:bedding"),
        said=_("已登记换洗"),
    )
    context = {"page": page, "form": form, "tab": "bedding"}
    return gone or form_page(request, "stays/care/bedding.html", context)


@staff_page(access.CARE)
def care_cards(request: StaffRequest) -> HttpResponse:
    """Cards to print for rooms, beds and residents; the code says an id and no name."""
    here = request.build_absolute_uri("/").rstrip("/")
    kind = request.GET.get("kind", "room")
    found = cards.cards(request.actor.org_code, kind, clock.now(), here)
    return render(request, "stays/care/cards.html", {"cards": found, "kind": kind, "tab": "cards"})


@staff_page(access.CARE)
def care_spot(request: StaffRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Where a scanned card leads: the resident, whoever has the bed, or the room's round; the card of
    an earlier stay to the door."""
    spot = access.spot_for(request.actor, kind, public_id)
    stay = spot if isinstance(spot, Stay) else None
    if kind == "bed":
        stay = cards.sleeper(public_id)
    if stay is not None and not stay.is_here:
        came_again = f"{reverse('stays:door')}?q={stay.number}"
        seen = reverse("stays:detail", args=[stay.public_id])
        return HttpResponseRedirect(came_again if request.actor.may(access.RECEIVE) else seen)
    if stay is not None:
        return HttpResponseRedirect(reverse("stays:care_resident", args=[stay.public_id]))
    if kind == "bed":
        return HttpResponseRedirect(reverse("stays:bedding"))
    slot = day.slot_at(request.actor.division_code, clock.now()) or SLOTS[0]
    return HttpResponseRedirect(f"{reverse('stays:care_round', args=[slot])}?room={public_id}")
