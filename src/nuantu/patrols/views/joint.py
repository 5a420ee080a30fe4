"""The joint-patrol roster, the word of a department on a week, who came to a patrol."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.patrols import access, services
from nuantu.patrols.forms.joint import CameForm, ConsentForm, PartnerForm
from nuantu.patrols.selectors import joint as selectors
from nuantu.patrols.views.weeks import page_of, url_of
from nuantu.ui import toasts
from nuantu.ui.outcomes import do, tried


@staff_page(access.READ)
def partners(request: StaffRequest) -> HttpResponse:
    """Which departments go out with which team; put one on the roster."""
    actor = request.actor
    teams = access.partnered_teams(actor)
    may_plan = actor.may(access.PLAN)
    form = PartnerForm(
        request.POST or None,
        teams=teams,
        departments=selectors.departments(actor.division_code, clock.now()),
        today=clock.today(),
    )
    gone = None
    if request.method == "POST" and may_plan:
        gone = tried(
            request,
            form,
            lambda: services.add_partner(
                actor=actor, at=clock.now(), team=form.of_team(), said=form.said()
            ),
            to=reverse("patrols:partners"),
            said=_("已列入联合巡查"),
        )
    lines = selectors.roster_of(teams, clock.today())
    context = {"lines": lines, "form": form, "may_plan": may_plan, "teams": teams}
    show = refused if request.method == "POST" else render
    return gone or show(request, "patrols/partners.html", context)


@require_POST
@staff_page(access.PLAN)
def end_partner(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take a department off the roster."""
    found = access.partner_for(request.actor, public_id)
    return do(
        request,
        lambda: services.end_partner(actor=request.actor, at=clock.now(), partner=found),
        to=reverse("patrols:partners"),
        said=_("已退出联合巡查"),
    )


@require_POST
@staff_page(access.PLAN)
def consent(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note that a department agrees with the week."""
    week = access.changeable_week_for(request.actor, public_id, access.PLAN)
    named = selectors.departments_of_week(week, clock.now())
    form = ConsentForm(request.POST, asked=[(one.code, one.name) for one in named])
    gone = tried(
        request,
        form,
        lambda: services.consent(
            actor=request.actor, at=clock.now(), week=week, **form.cleaned_data
        ),
        to=url_of(week),
        said=_("已登记会签"),
    )
    context = page_of(request, week) | {"consent_form": form}
    return gone or refused(request, "patrols/week.html", context)


@require_POST
@staff_page(access.WALK)
def came(request: StaffRequest, public_id: UUID, partner: UUID) -> HttpResponse:
    """The team says whether a partner came."""
    run = access.walked_run_for(request.actor, public_id)
    found = access.along_for(run, partner)
    form = CameForm(request.POST)
    if not form.is_valid():
        toasts.say(request, _("请选择到了还是没有来。"), is_error=True)
        return HttpResponseRedirect(reverse("patrols:mine"))
    return do(
        request,
        lambda: services.note_partner(
            actor=request.actor,
            at=clock.now(),
            run=run,
            partner=found,
            has_come=form.cleaned_data["came"] == "yes",
        ),
        to=reverse("patrols:mine"),
        said=_("已记下"),
    )
