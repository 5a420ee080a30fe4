"""Hand-overs: offered to us, offered by us; look, accept, decline, withdraw."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock, journal
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.core.subjects import Subject
from nuantu.operations import access, selectors, services
from nuantu.operations.forms import AnswerForm, ReasonForm
from nuantu.operations.models import Duty, Handover
from nuantu.operations.selectors.handovers import link_shown, note_shown
from nuantu.ui.outcomes import do

MOST = 100
BOXES = ("in", "out", "area")


@staff_page("operations.handover.read")
def handovers(request: StaffRequest) -> HttpResponse:
    """Offers to us, open ones first; offers by us; those of the area we oversee."""
    box = request.GET.get("box", "in")
    read = {
        "in": selectors.incoming,
        "out": selectors.outgoing,
        "area": selectors.overseen,
    }
    found = list(read.get(box, selectors.incoming)(request.actor)[:MOST])
    names = selectors.office_names(
        code for handover in found for code in (handover.owner_org, handover.to_org)
    )
    context = {
        "box": box if box in BOXES else "in",
        "tabs": [
            ("in", _("交给我们的"), "?box=in", selectors.waiting_count(request.actor)),
            ("out", _("我们移交的"), "?box=out"),
            *([("area", _("辖区内的"), "?box=area")] if request.actor.prefix else []),
        ],
        "lines": [_line(handover, names) for handover in found],
    }
    return render(
        request, "operations/handovers.html", context, fragment="operations/_handovers.html"
    )


def _line(handover: Handover, names: dict[str, str]) -> dict[str, object]:
    label, _url = selectors.subject_of(handover)
    return {
        "handover": handover,
        "what": label,
        "giver": names[handover.owner_org],
        "receiver": names[handover.to_org],
    }


@staff_page("operations.handover.read")
def handover(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One hand-over with what is handed over, before and after the answer."""
    found = access.handover_for(request.actor, public_id)
    label, url = selectors.subject_of(found)
    names = selectors.office_names([found.owner_org, found.to_org])
    is_open = found.state == Handover.State.OFFERED
    answer = Duty.objects.filter(subject_id=found.public_id, kind="handover.answer").first()
    actor = request.actor
    context = _line(found, names) | {
        "subject_label": label,
        "subject_url": link_shown(found, actor, url),
        "note": note_shown(found, actor),
        "clock": answer.clock(clock.now()) if answer else None,
        "may_answer": is_open
        and found.to_org == actor.org_code
        and actor.may("operations.handover.answer"),
        "may_withdraw": is_open
        and found.owner_org == actor.org_code
        and actor.may("operations.handover.offer"),
        "accept_form": AnswerForm(prefix="accept"),
        "decline_form": ReasonForm(prefix="decline"),
        "lines": journal.timeline(Subject("handover", found.public_id))[:20],
    }
    return render(request, "operations/handover.html", context)


@staff_page("operations.handover.answer")
def accept(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take over."""
    found = access.offered_to(request.actor, public_id)
    note = request.POST.get("accept-note", "")[:500]
    return do(
        request,
        lambda: services.accept_handover(
            actor=request.actor, at=clock.now(), handover=found, note=note
        ),
        to=reverse("operations:handover", args=[public_id]),
        said=_("已接收，现在由你单位负责"),
    )


@staff_page("operations.handover.answer")
def decline(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give the offer back with the reason."""
    found = access.offered_to(request.actor, public_id)
    reason = request.POST.get("decline-reason", "")[:500]
    return do(
        request,
        lambda: services.decline_handover(
            actor=request.actor, at=clock.now(), handover=found, reason=reason
        ),
        to=reverse("operations:handover", args=[public_id]),
        said=_("已退回移交方"),
    )


@staff_page("operations.handover.offer")
def withdraw(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take one's own offer back."""
    found = access.given_by(request.actor, public_id)
    return do(
        request,
        lambda: services.withdraw_handover(actor=request.actor, at=clock.now(), handover=found),
        to=reverse("operations:handover", args=[public_id]),
        said=_("已撤回移交"),
    )
