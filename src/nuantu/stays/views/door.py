"""The door: who waits, search before create, one reception on one page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import (
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.urls import reverse

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.persons.services import note_read
from nuantu.stays import access, services
from nuantu.stays.forms import (
    AskForm,
    BelongingForm,
    DecisionForm,
    NewcomerForm,
    ReceptionForm,
    SearchForm,
)
from nuantu.stays.models import Inquiry, Reception
from nuantu.stays.selectors import door as reads
from nuantu.stays.selectors.reception import families, reception_page
from nuantu.stays.services.reception import KEPT
from nuantu.ui import toasts
from nuantu.ui.outcomes import form_page, refuse, tried


def page_of(reception: Reception) -> str:
    """Where one goes on with a reception: its stay once he was admitted."""
    if reception.state == Reception.State.ADMITTED:
        return reverse("stays:detail", args=[reception.stay.public_id])
    return reverse("stays:reception", args=[reception.public_id])


@staff_page(access.RECEIVE)
def door(request: StaffRequest) -> HttpResponse:
    """Who waits, who is being received, what was decided today; search first."""
    at, actor = clock.now(), request.actor
    words = request.GET.get("q", "")
    context = {
        "search": SearchForm(request.GET or None),
        "words": words,
        "may_see_photos": request.actor.may(access.PHOTOS),
        "found": reads.found(actor, words, at),
        "waiting": reads.waiting(actor, at),
        "coming": reads.coming(actor, at),
        "expected": reads.expected(actor, at),
        "open": reads.open_ones(actor, at),
        "today": reads.decided_today(actor, at),
    }
    return render(request, "stays/door.html", context, fragment="stays/_door.html")


@staff_page(access.RECEIVE)
def newcomer(request: StaffRequest) -> HttpResponse:
    """Somebody nobody has met before."""
    form = NewcomerForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    gone = tried(
        request,
        form,
        lambda: services.receive(
            actor=request.actor,
            at=clock.now(),
            arrival_mode=form.cleaned_data["arrival_mode"],
            brought_by=form.cleaned_data["brought_by"],
            newcomer=form.newcomer(),
        ),
        to=page_of,
    )
    return gone or form_page(request, "stays/newcomer.html", {"form": form})


@staff_page(access.RECEIVE)
def receive(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody on record came to the door: nothing of him is typed again."""
    person = access.known_person_for(request.actor, public_id)
    mode, brought_by = reads.arrival_of(request.actor, person)
    return _go_on(
        request,
        lambda: (
            reads.open_reception_of(request.actor, person)
            or services.receive(
                actor=request.actor,
                at=clock.now(),
                arrival_mode=mode,
                brought_by=brought_by,
                person=person,
            )
        ),
    )


@staff_page(access.RECEIVE)
def take_over(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Accept somebody whom another organisation hands over."""
    handover = access.arrival_for(request.actor, public_id)
    return _go_on(
        request,
        lambda: services.take_over(actor=request.actor, at=clock.now(), handover=handover),
    )


def _go_on(request: StaffRequest, act: Callable[[], Reception]) -> HttpResponse:
    """On to the page of the reception, or back to the door with the reason."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        return HttpResponseRedirect(page_of(act()))
    except Refusal as refusal:
        toasts.say(request, str(refusal), is_error=True)
        return HttpResponseRedirect(reverse("stays:door"))


def _show(
    request: StaffRequest, row: Reception, form: ReceptionForm, decision: DecisionForm
) -> HttpResponse:
    at = clock.now()
    page = reception_page(request.actor, row, at)
    note_read(actor=request.actor, at=at, person=row.person, case=page.case)
    goes_on = row.state in (Reception.State.OPEN, Reception.State.ADMITTED)
    context = {
        "page": page,
        "may_reveal": page.card.is_masked and access.may_reveal(request.actor, row, at),
        "form": form,
        "decision": decision,
        "things_form": BelongingForm(auto_id="thing_%s") if goes_on else None,
        "ask_form": AskForm(auto_id="ask_%s") if goes_on else None,
        "answers": Inquiry.Answer.choices[1:],
    }
    draw = refused if form.errors or decision.errors else render
    return draw(request, "stays/reception.html", context)


def _decision_form(row: Reception, data: QueryDict | None = None) -> DecisionForm:
    at = clock.now()
    return DecisionForm(
        data, grounds=reads.grounds(row.division_code, at), families=families(row.owner_org)
    )


def _unseen(request: StaffRequest, row: Reception) -> tuple[str, ...]:
    """What the form does not show again: the sealed look, and free text about a masked person."""
    is_masked = access.is_masked(request.actor, row.person, clock.now())
    return ("body", "brought_by", "trouble") if is_masked else ("body",)


@staff_page(access.RECEIVE)
def reception(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One reception: what is known, what is still to find out, what is advised."""
    row = access.own_reception_for(request.actor, public_id)
    unseen = _unseen(request, row)
    form = ReceptionForm(initial={name: getattr(row, name) for name in KEPT if name not in unseen})
    return _show(request, row, form, _decision_form(row))


@staff_page(access.RECEIVE)
def keep(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Save what is entered so far; a power cut loses nothing. Answers with the advice as it is now."""
    row = access.own_reception_for(request.actor, public_id)
    form = ReceptionForm(request.POST)
    form.is_valid()
    at = clock.now()
    if request.method == "POST":
        try:
            services.keep(
                actor=request.actor,
                at=at,
                reception=row,
                values=form.cleaned_data,
                unseen=_unseen(request, row),
            )
        except Refusal as refusal:
            row.refresh_from_db()
            if row.decided_by != request.actor.name:  # the page saves once more while it is decided
                toasts.say(request, str(refusal), is_error=True)
    context = {"page": reception_page(request.actor, row, at), "saved_at": at}
    return render(request, "stays/_advice.html", context)


@staff_page(access.RECEIVE)
def decide(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Save and end the reception."""
    row = access.own_reception_for(request.actor, public_id)
    form, decision = ReceptionForm(request.POST), _decision_form(row, request.POST)
    at, actor = clock.now(), request.actor
    if form.is_valid() and decision.is_valid():
        try:
            unseen = _unseen(request, row)
            services.keep(
                actor=actor, at=at, reception=row, values=form.cleaned_data, unseen=unseen
            )
            services.decide(actor=actor, at=at, reception=row, **_decided(request, decision))
            return HttpResponseRedirect(page_of(row))
        except Refusal as refusal:
            refuse(form if refusal.field in form.fields else decision, refusal)
            row.refresh_from_db()
    return _show(request, row, form, decision)


def _decided(request: StaffRequest, form: DecisionForm) -> dict[str, Any]:
    values = dict(form.cleaned_data)
    key = values.pop("with_stay")
    values["with_stay"] = (
        access.own_stay_for(request.actor, UUID(key), access.RECEIVE) if key else None
    )
    return values
