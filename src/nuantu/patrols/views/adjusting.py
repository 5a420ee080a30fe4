"""Something happened during the week: say what, look at what changes, confirm, undo."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.patrols import access, services
from nuantu.patrols.forms.adjusting import FORMS, EventForm
from nuantu.patrols.models import PatrolReplan, PatrolWeek
from nuantu.patrols.rules.replanning import TEAM_LOST, URGENT
from nuantu.patrols.selectors import adjusting as selectors
from nuantu.patrols.selectors.situation import is_running
from nuantu.patrols.views.weeks import url_of
from nuantu.ui.outcomes import do, tried


@staff_page(access.PLAN)
def adjust(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What happened? The answer is a proposal; nothing changes yet."""
    week = access.changeable_week_for(request.actor, public_id, access.PLAN)
    kind = request.POST.get("kind") or request.GET.get("kind") or TEAM_LOST
    form_of = FORMS.get(kind, FORMS[TEAM_LOST])
    at = clock.now()
    said = request.POST or None
    form = form_of(said, week=week, actor=request.actor, at=at, initial=request.GET.dict())
    if request.method != "POST":
        return render(request, "patrols/adjust.html", _asked(week, form))
    gone = tried(
        request,
        form,
        lambda: services.propose(actor=request.actor, at=at, week=week, event=form.happening()),
        to=_url,
    )
    return gone or refused(request, "patrols/adjust.html", _asked(week, form))


def _asked(week: PatrolWeek, form: EventForm) -> dict[str, Any]:
    way = reverse("patrols:adjust", args=[week.public_id])
    tabs = [(kind, label, f"{way}?kind={kind}") for kind, label in selectors.kinds_of(week)]
    return {
        "week": week,
        "form": form,
        "tabs": tabs,
        "is_running": is_running(week, form.at),
        "around": selectors.points_of(week) if form.kind == URGENT else [],
        "back_url": url_of(week),
    }


def _url(found: PatrolReplan) -> str:
    return reverse("patrols:replan", args=[found.public_id])


@staff_page(access.PLAN)
def replan(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What would change, what is lost, and what it costs to change little."""
    found = access.replan_for(request.actor, public_id)
    return render(request, "patrols/replan.html", {"page": selectors.page_of(found)})


@staff_page(access.PLAN)
def search(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Look for a better answer; htmx asks for it by itself once the first is shown."""
    found = access.replan_for(request.actor, public_id)
    if not request.htmx or request.method != "POST":
        act = partial(services.search, actor=request.actor, at=clock.now(), replan=found)
        return do(request, act, to=_url(found), said=_("已重新计算"))
    try:
        found = services.search(actor=request.actor, at=clock.now(), replan=found)
    except Refusal as error:
        context = {"page": selectors.page_of(found), "failure": str(error)}
        return render(request, "patrols/_replan.html", context)
    return render(request, "patrols/_replan.html", {"page": selectors.page_of(found)})


@staff_page(access.PLAN)
def confirm(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change the week and the runs under way."""
    found = access.replan_for(request.actor, public_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    act = partial(services.confirm, actor=request.actor, at=clock.now(), replan=found)
    undo_url = reverse("patrols:replan_undo", args=[public_id])
    said = _("已调整，队伍的手机上已是新路线")
    return do(request, act, to=_url(found), said=said, undo_url=undo_url)


@staff_page(access.PLAN)
def set_aside(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Leave the week as it is."""
    found = access.replan_for(request.actor, public_id)
    act = partial(services.set_aside, actor=request.actor, at=clock.now(), replan=found)
    return do(request, act, to=url_of(found.week), said=_("没有采用，周计划不变"))


@staff_page(access.PLAN)
def undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give the teams their routes back."""
    found = access.replan_for(request.actor, public_id)
    act = partial(services.undo, actor=request.actor, at=clock.now(), replan=found)
    return do(request, act, to=_url(found), said=_("已撤销，队伍的路线已恢复"))
