"""Fragments: put down, withdrawn, heard again; places that are ruled out."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.http import StaffRequest, staff_page
from nuantu.tracing import access, services
from nuantu.tracing.forms.searching import FragmentForm, ReasonForm
from nuantu.tracing.models import Fragment
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.photos import photo_page


@staff_page(access.HEAR)
def add(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Put down what somebody was heard to say; `replaces` names the one that was put down wrongly."""
    actor = request.actor
    case = access.case_to_hear(actor, case_id)
    before = _before(actor, request.POST.get("replaces") or request.GET.get("replaces") or "")
    form = FragmentForm(request.POST or None, request.FILES or None, initial=_said(before))
    gone = tried(
        request,
        form,
        lambda: services.add_fragment(
            actor=actor,
            at=clock.now(),
            case=case,
            heard=form.heard(),
            sound=form.cleaned_data["sound"],
            replaces=before,
        ),
        to=_back(actor, case_id, case.person.public_id),
        said=_("已记下。"),
    )
    context = {
        "form": form,
        "case": case,
        "before": before,
        "back": _back(actor, case_id, case.person.public_id),
    }
    return gone or form_page(request, "tracing/fragment.html", context)


def _before(actor: Actor, text: str) -> Fragment | None:
    try:
        return access.fragment_for(actor, UUID(text)) if text else None
    except ValueError as error:
        raise Http404 from error


def _said(before: Fragment | None) -> dict[str, str]:
    if before is None:
        return {}
    return {"kind": before.kind, "words": before.words, "said_by": before.said_by}


def _back(actor: Actor, case_id: UUID, person_id: UUID) -> str:
    """To the page one came from: the desk's for those who read it, else the person's."""
    if actor.may(access.SEARCH_READ) and services.is_searched(case_id):
        return f"{reverse('tracing:person', args=[case_id])}#fragments"
    return reverse("persons:detail", args=[person_id])


@staff_page(access.SEARCH_WRITE)
def withdraw(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take a fragment back, with the reason; it stays to be read."""
    found = access.fragment_for(request.actor, public_id, access.SEARCH_WRITE)
    access.must_be_open(request.actor, found.person, clock.now())
    form = ReasonForm(request.POST or None)
    to = _back(request.actor, _case_id(found), found.person.public_id)
    gone = tried(
        request,
        form,
        lambda: services.withdraw_fragment(
            actor=request.actor, at=clock.now(), fragment=found, **form.cleaned_data
        ),
        to=to,
        said=_("已撤回，原话留着，标明撤回。"),
    )
    context = {"form": form, "fragment": found, "back": to}
    return gone or form_page(request, "tracing/withdraw_fragment.html", context)


def _case_id(found: Fragment) -> UUID:
    if found.case_id is None:
        raise Http404
    return found.case_id


@staff_page(access.SEARCH_READ)
def sound(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The recording of a fragment; of a masked record only after it was opened."""
    found = access.fragment_for(request.actor, public_id)
    access.must_be_open(request.actor, found.person, clock.now())
    if found.sound is None:
        raise Http404
    return photo_page(found.sound)


@staff_page(access.SEARCH_WRITE)
def dismiss(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Rule a candidate place out, with the reason."""
    place = access.place_to_dismiss(request.actor, public_id)
    fragment = place.fragment
    access.must_be_open(request.actor, fragment.person, clock.now())
    form = ReasonForm(request.POST or None)
    to = _back(request.actor, _case_id(fragment), fragment.person.public_id)
    gone = tried(
        request,
        form,
        lambda: services.dismiss_place(
            actor=request.actor, at=clock.now(), place=place, **form.cleaned_data
        ),
        to=to,
        said=_("已排除。"),
    )
    context = {"form": form, "place": place, "back": to}
    return gone or form_page(request, "tracing/dismiss.html", context)
