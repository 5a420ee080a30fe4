"""Decisions: one human or two, hidden or open, closed."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, staff_page
from nuantu.persons import access, selectors, services
from nuantu.persons.forms import CloseForm, EraseForm, LinkForm, ReasonForm
from nuantu.ui import confirming, toasts
from nuantu.ui.outcomes import do, form_page, tried


def _page(public_id: UUID) -> str:
    return reverse("persons:detail", args=[public_id])


@staff_page("persons.link.propose")
def link_propose(request: StaffRequest, public_id: UUID, other_id: UUID) -> HttpResponse:
    """Say that two records may be one human; whoever may decide answers."""
    first = access.person_for(request.actor, public_id, "persons.link.propose")
    second = access.person_for(request.actor, other_id, "persons.link.propose")
    if request.method == "POST":
        likely = selectors.likely_same(first, clock.now())
        reasons = [r for row in likely if row.card.public_id == other_id for r in row.reasons]
        try:
            services.propose_link(
                actor=request.actor, at=clock.now(), first=first, second=second, reasons=reasons
            )
        except Refusal as error:
            toasts.say(request, str(error), is_error=True)
    return HttpResponseRedirect(_page(public_id))


@staff_page("persons.link.decide")
def link_decide(request: StaffRequest, public_id: UUID, link_id: UUID) -> HttpResponse:
    """Two records are one human, or are not."""
    link = access.link_for(request.actor, link_id)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(_page(public_id))
    return do(
        request,
        lambda: services.decide_link(
            actor=request.actor,
            at=clock.now(),
            link=link,
            is_same=form.cleaned_data["answer"] == "same",
            note=form.cleaned_data["note"],
        ),
        to=_page(public_id),
        said=_("已记下决定，两条记录都没有改动。"),
        undo_url=reverse("persons:link_undo", args=[public_id, link_id]),
    )


@staff_page("persons.link.decide")
def link_undo(request: StaffRequest, public_id: UUID, link_id: UUID) -> HttpResponse:
    """Take a decision back."""
    link = access.link_for(request.actor, link_id)
    if request.method == "POST":
        services.undo_link(
            actor=request.actor,
            at=clock.now(),
            link=link,
            reason=request.POST.get("reason", ""),
        )
        toasts.say(request, _("已撤销，两条记录各归各。"))
    return HttpResponseRedirect(_page(public_id))


@staff_page("persons.person.restrict")
def restrict(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hide who somebody is, or show it again; both for a reason."""
    person = access.person_for(request.actor, public_id, "persons.person.restrict")
    form = ReasonForm(request.POST or None)
    card = selectors.card_of(person, clock.now())
    context = {"form": form, "person": person, "card": card}
    change = services.lift_restriction if person.is_restricted else services.restrict_person
    gone = tried(
        request,
        form,
        lambda: change(
            actor=request.actor,
            at=clock.now(),
            person=person,
            case=selectors.case_shown(person, request.actor),
            reason=form.cleaned_data["reason"],
        ),
        to=_page(public_id),
    )
    return gone or form_page(request, "persons/restrict.html", context)


@staff_page("persons.case.close")
def case_close(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End a case, when nothing is owed in it any more."""
    case = access.case_to_close(request.actor, public_id)
    form = CloseForm(request.POST or None)
    card = selectors.card_of(case.person, clock.now())
    context = {"form": form, "case": case, "card": card, "person": case.person}
    gone = tried(
        request,
        form,
        lambda: services.close_case(
            actor=request.actor,
            at=clock.now(),
            case=case,
            closing=form.cleaned_data["closing"],
            note_text=form.cleaned_data["note"],
        ),
        to=_page(case.person.public_id),
        said=_("已结案。再次遇到时会建立新的个案。"),
    )
    return gone or form_page(request, "persons/case_close.html", context)


@staff_page("persons.case.erase")
def case_erase(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Erase who a closed case was about, once its number was typed (PIPL Art. 47)."""
    case = access.case_to_erase(request.actor, public_id)
    form = EraseForm(request.POST or None)
    card = selectors.card_of(case.person, clock.now())
    context = {"form": form, "case": case, "card": card}
    if form.is_valid() and not confirming.is_typed(request, case.number):
        return refused(request, "persons/case_erase.html", context)
    gone = tried(
        request,
        form,
        lambda: services.erase(
            actor=request.actor, at=clock.now(), case=case, reason=form.cleaned_data["reason"]
        ),
        to=_page(case.person.public_id),
        said=_("个人信息已删除，经过和时间还在。"),
    )
    return gone or form_page(request, "persons/case_erase.html", context)
