"""The clocks of a stay, staying longer, and leaving."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.stays import access, services
from nuantu.stays.forms.leaving import (
    ClockForm,
    ExtendForm,
    FileForm,
    HandOverForm,
    LeaveForm,
    RestartForm,
    WayForm,
)
from nuantu.stays.models import Stay
from nuantu.stays.selectors import door
from nuantu.stays.selectors.checks import Plan, checks_of
from nuantu.stays.selectors.endings import approved_ending
from nuantu.stays.selectors.receivers import offered_of, receivers
from nuantu.ui.outcomes import do, form_page, tried


def _page(stay: Stay) -> str:
    return reverse("stays:detail", args=[stay.public_id])


@staff_page(access.WRITE)
def keep_clock(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What a clock asked for was done."""
    stay = access.own_stay_for(request.actor, public_id, access.WRITE)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = ClockForm(request.POST)
    gone = tried(
        request,
        form,
        lambda: services.keep_clock(
            actor=request.actor, at=clock.now(), stay=stay, **form.cleaned_data
        ),
        to=_page(stay),
        said=_("已办结"),
    )
    context = {
        "form": form,
        "title": _("办结"),
        "called": stay.number,
        "back_url": _page(stay),
        "submit_label": _("办结"),
    }
    return gone or form_page(request, "stays/kept.html", context)


@staff_page(access.WRITE)
def identified(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Who he is was verified: the clocks of finding out stop."""
    stay = access.own_stay_for(request.actor, public_id, access.WRITE)
    return do(
        request,
        lambda: services.drop_identity_clocks(actor=request.actor, at=clock.now(), stay=stay),
        to=_page(stay),
        said=_("寻亲时限已停止"),
    )


@staff_page(access.WRITE)
def restart(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The name turned out false: the clocks of finding out who he is begin anew."""
    stay = access.own_stay_for(request.actor, public_id, access.WRITE)
    form = RestartForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.restart_identity_clocks(
            actor=request.actor, at=clock.now(), stay=stay, **form.cleaned_data
        ),
        to=_page(stay),
        said=_("寻亲时限已重新开始"),
    )
    context = {
        "form": form,
        "title": _("姓名不实，重新查明"),
        "called": stay.number,
        "back_url": _page(stay),
        "submit_label": _("重新开始时限"),
    }
    return gone or form_page(request, "stays/kept.html", context)


@staff_page(access.DECIDE)
def extend(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody stays longer than the term; a person decides, and it is filed upward."""
    stay = access.own_stay_for(request.actor, public_id, access.DECIDE)
    form = ExtendForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.extend(
            actor=request.actor, at=clock.now(), stay=stay, **form.cleaned_data
        ),
        to=_page(stay),
        said=_("已延长，请报上级备案"),
    )
    return gone or form_page(request, "stays/extend.html", {"form": form, "stay": stay})


@staff_page(access.DECIDE)
def file(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A longer stay was filed upward."""
    extension = access.extension_for(request.actor, public_id)
    form = FileForm(request.POST)
    filed_to = form.cleaned_data["filed_to"] if form.is_valid() else ""
    return do(
        request,
        lambda: services.file_extension(
            actor=request.actor, at=clock.now(), extension=extension, filed_to=filed_to
        ),
        to=_page(extension.stay),
        said=_("已登记报备"),
    )


@staff_page(access.LEAVE)
def leave(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The way first, then what it asks for and every check."""
    stay = access.own_stay_for(request.actor, public_id, access.LEAVE)
    sent = request.POST or request.GET
    choice = WayForm(
        sent if "way" in sent or "to_org" in sent else None,
        receivers=receivers(stay),
        may_end=request.actor.may(access.APPROVE) or approved_ending(stay) is not None,
    )
    if not choice.is_valid():
        context = {"form": choice, "stay": stay, "must_ask": not choice.may_end}
        return form_page(request, "stays/way.html", context)
    return _see_out(request, stay, choice)


def _approved(stay: Stay) -> dict[str, str]:
    """Ground and facts as they were approved: not written twice."""
    ending = approved_ending(stay)
    return {"ground": ending.ground, "facts": ending.facts} if ending else {}


def _see_out(request: StaffRequest, stay: Stay, choice: WayForm) -> HttpResponse:
    at, plan = clock.now(), Plan(**choice.cleaned_data)
    checks = checks_of(stay, plan, at)
    form = LeaveForm(
        request.POST or None,
        way=plan.way,
        checks=checks,
        grounds=door.grounds(stay.division_code, at, "leaving.ground"),
        initial=choice.cleaned_data | _approved(stay),
    )
    gone = tried(
        request,
        form,
        lambda: services.leave(
            actor=request.actor,
            at=at,
            stay=stay,
            out=form.out(),
            confirmed=form.confirmed(),
        ),
        to=_page(stay),
        said=_("已办理离站"),
    )
    words = {"way": choice.words(), "submit_label": _("办理离站"), "back_url": _page(stay)}
    context = {"form": form, "stay": stay, "checks": checks, "plan": plan, **words}
    context["offered"] = offered_of(stay)
    return gone or form_page(request, "stays/leave.html", context)


@staff_page(access.LEAVE)
def hand_over(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Offer him to whoever takes him over; he leaves when they have accepted."""
    stay = access.own_stay_for(request.actor, public_id, access.LEAVE)
    form = HandOverForm(request.POST or None, receivers=receivers(stay), initial=request.GET.dict())
    gone = tried(
        request,
        form,
        lambda: services.offer_stay(
            actor=request.actor, at=clock.now(), stay=stay, **form.cleaned_data
        ),
        to=_page(stay),
        said=_("已提出移交，对方接收后再办离站"),
    )
    words = {"title": _("提出移交"), "called": str(stay.person), "submit_label": _("提出移交")}
    context = {"form": form, "back_url": _page(stay), **words}
    return gone or form_page(request, "stays/kept.html", context)
