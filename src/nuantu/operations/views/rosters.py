"""The watch roster, handing the watch over, teams and their shifts."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.accounts.models import Organisation
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.operations import access, selectors, services
from nuantu.operations.forms import NoteForm, ShiftForm, WatchForm
from nuantu.ui import toasts
from nuantu.ui.outcomes import do, tried

WEEK = timedelta(days=7)


@staff_page("operations.roster.read")
def own_roster(request: StaffRequest) -> HttpResponse:
    """To the roster of one's own organisation."""
    return HttpResponseRedirect(reverse("operations:roster", args=[request.actor.org_code]))


@staff_page("operations.roster.read")
def roster(request: StaffRequest, org_code: str) -> HttpResponse:
    """A week of the watch roster; gaps are flagged; put somebody on watch."""
    organisation = access.roster_for(request.actor, org_code)
    form = _watch_form(request, organisation)
    context = _context(request, organisation, form)
    if request.method != "POST":
        return render(request, "operations/roster.html", context)
    gone = access.may_plan_roster(request.actor, organisation) and tried(
        request,
        form,
        lambda: services.put_on_watch(
            actor=request.actor, at=clock.now(), organisation=organisation, **form.cleaned_data
        ),
        to=request.get_full_path(),
        said=_("已排班"),
    )
    return gone or refused(request, "operations/roster.html", context)


def _first_day(request: StaffRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        return clock.today()


def _watch_form(request: StaffRequest, organisation: Organisation) -> WatchForm:
    language = get_language() or ""
    posts = selectors.posts_of(organisation, clock.now())
    return WatchForm(
        request.POST or None,
        posts=[(post.code, post.label.said_in(language)) for post in posts],
        people=selectors.people_of(organisation),
    )


def _context(
    request: StaffRequest, organisation: Organisation, form: WatchForm
) -> dict[str, object]:
    at, first = clock.now(), _first_day(request)
    actor: Actor = request.actor
    is_own = organisation.code == actor.org_code
    return {
        "organisation": organisation,
        "others": access.rosters_for(actor),
        "roster": selectors.roster(organisation, first, at),
        "on_watch": selectors.on_watch(organisation.code, at),
        "leader": selectors.leader_on_duty(organisation.code, at),
        "earlier": (first - WEEK).isoformat(),
        "later": (first + WEEK).isoformat(),
        "form": form,
        "may_plan": access.may_plan_roster(actor, organisation),
        "notes": [(note, note.is_own(actor)) for note in selectors.watch_notes(organisation.code)],
        "note_form": NoteForm(),
        "may_hand_over": is_own and actor.may("operations.watch.handover"),
    }


@staff_page("operations.roster.plan")
def cancel_watch(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take somebody off the roster."""
    watch = access.watch_for(request.actor, public_id)
    return do(
        request,
        lambda: services.cancel_watch(actor=request.actor, at=clock.now(), watch=watch),
        to=reverse("operations:roster", args=[watch.organisation_id]),
        said=_("已取消这个班次"),
        undo_url=reverse("operations:restore_watch", args=[public_id]),
    )


@staff_page("operations.roster.plan")
def restore_watch(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put somebody back who was taken off by mistake."""
    watch = access.watch_for(request.actor, public_id)
    return do(
        request,
        lambda: services.restore_watch(actor=request.actor, at=clock.now(), watch=watch),
        to=reverse("operations:roster", args=[watch.organisation_id]),
        said=_("已恢复这个班次"),
    )


@staff_page("operations.watch.handover")
def give_watch(request: StaffRequest) -> HttpResponse:
    """Write what the next watch must know."""
    organisation = access.roster_for(request.actor, request.actor.org_code)
    text = request.POST.get("text", "")[:2000]
    return do(
        request,
        lambda: services.give_watch(
            actor=request.actor, at=clock.now(), organisation=organisation, text=text
        ),
        to=reverse("operations:roster", args=[organisation.code]),
        said=_("已交班，等接班人确认"),
    )


@staff_page("operations.watch.handover")
def take_watch(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take the watch over."""
    note = access.note_for(request.actor, public_id)
    return do(
        request,
        lambda: services.take_watch(actor=request.actor, at=clock.now(), note=note),
        to=reverse("operations:roster", args=[request.actor.org_code]),
        said=_("已接班"),
    )


@staff_page("operations.roster.read")
def teams(request: StaffRequest) -> HttpResponse:
    """The teams of the county, who is out, who belongs to them."""
    found = selectors.teams_for(request.actor.division_code, clock.now())
    context = {
        "teams": found,
        "form": ShiftForm(),
        "may_plan": request.actor.may("operations.team.plan"),
    }
    return render(request, "operations/teams.html", context)


@staff_page("operations.team.plan")
def shift(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Plan when a team is out."""
    team = access.team_for(request.actor, public_id)
    form = ShiftForm(request.POST)
    if not form.is_valid():
        toasts.say(request, _("请写明开始和结束时间。"), is_error=True)
        return HttpResponseRedirect(reverse("operations:teams"))
    return do(
        request,
        lambda: services.plan_shift(
            actor=request.actor, at=clock.now(), team=team, **form.cleaned_data
        ),
        to=reverse("operations:teams"),
        said=_("已排班"),
    )
