"""The list of weeks, one week, its print and its sheet."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.operations.rules.places import county_of
from nuantu.patrols import access, services
from nuantu.patrols.forms import AgainForm, BackForm, PlanForm
from nuantu.patrols.forms.joint import ConsentForm, WordForm
from nuantu.patrols.models import PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.selectors import joint, ways
from nuantu.patrols.selectors import shares as share_plots
from nuantu.patrols.selectors import weeks as selectors
from nuantu.patrols.selectors.adjusting import changes_of, kinds_of
from nuantu.patrols.selectors.register import checklist_of
from nuantu.patrols.selectors.season import season_schedule
from nuantu.patrols.selectors.situation import is_running
from nuantu.patrols.selectors.vague import uncovered
from nuantu.patrols.views.board import shown_half
from nuantu.patrols.views.counties import county_asked
from nuantu.ui import toasts
from nuantu.ui.outcomes import tried
from nuantu.ui.pages import LongList

ROWS = 30


@staff_page(access.READ)
def weeks(request: StaffRequest) -> HttpResponse:
    """The weeks of the reader's area, and a form to plan one."""
    form = PlanForm(initial={"first_day": selectors.following_monday(clock.now())})
    return render(request, "patrols/weeks.html", _listed(request, form))


@staff_page(access.PLAN)
def plan(request: StaffRequest) -> HttpResponse:
    """Ask for the plan of a week of the reader's own county."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = PlanForm(request.POST)
    gone = tried(
        request,
        form,
        lambda: services.plan_week(
            actor=request.actor,
            at=clock.now(),
            county=county_of(request.actor.division_code),
            **form.cleaned_data,
        ),
        to=url_of,
    )
    return gone or refused(request, "patrols/weeks.html", _listed(request, form))


def _listed(request: StaffRequest, form: PlanForm) -> dict[str, object]:
    rows = access.weeks_for(request.actor).select_related("search").defer("search__problem")
    page = LongList(rows, ROWS).get_page(request.GET.get("page"))
    return {
        "form": form,
        "page": page,
        "rows": selectors.with_counties(page.object_list),
        "this_week": selectors.running_monday(clock.now()),
        "next_week": selectors.running_monday(clock.now() + timedelta(days=halves.DAYS)),
        "may_plan": request.actor.may(access.PLAN),
    }


@staff_page(access.READ)
def week(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One week: teams against halves, the promises, the map."""
    found = access.week_for(request.actor, public_id)
    context = page_of(request, found)
    return render(request, "patrols/week.html", context | _map_of(request, found, context["board"]))


def _map_of(request: StaffRequest, found: PatrolWeek, board: selectors.Board) -> dict[str, object]:
    """The routes on map and time axis: of the half asked for, of the one that comes next, or all."""
    halves = ways.half_choices(found, board.routes)
    at = clock.now()
    coming = [route.half for route in board.routes if route.back_at > at]
    first = min(coming, default=halves[0][0] if halves else None)
    shown = shown_half(request, halves, first)
    way = f"{reverse('patrols:routes', args=[found.public_id])}?half="
    nights = share_plots.nights_of_week(found)
    return {
        "shares": share_plots.shares(found, board.routes, at),
        "nights": nights,
        "nights_label": share_plots.plot_label(nights),
        "axis": ways.axis(found, board.routes, shown),
        "axis_days": ways.axis_days(found),
        "axis_now": ways.now_on_axis(found, at),
        "today": ways.patrol_day(at),
        "half_choices": halves,
        "shown": shown,
        "ways_url": way + ("all" if shown is None else str(shown)),
    }


@staff_page(access.READ)
def season(request: StaffRequest) -> HttpResponse:
    """Content, measures and responsibility of a county's patrols, for paper; who reads a whole
    prefecture chooses the county (`county`, 12 digits)."""
    county, tabs = county_asked(request)
    context = {"schedule": season_schedule(county, clock.now()), "county": county, "tabs": tabs}
    return render(request, "patrols/season.html", context)


@staff_page(access.READ)
def printed(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The 街面巡查计划表 for paper."""
    found = access.week_for(request.actor, public_id)
    context = {
        "week": found,
        "county": selectors.county_name(found),
        "routes": joint.accompanied(found, selectors.routes_of(found)),
        "departments": joint.departments_of_week(found, clock.now()),
        "night_shares": joint.night_shares(found, clock.now()),
        "checklist": checklist_of(found.division_code),
    }
    return render(request, "patrols/print.html", context)


@staff_page(access.READ)
def export(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The stops of a week as a sheet; journalled."""
    found = access.week_for(request.actor, public_id)
    services.note_week(actor=request.actor, at=clock.now(), week=found)
    title = _("街面巡查计划表")
    span = f"{found.first_day:%Y-%m-%d} – {found.last_day:%Y-%m-%d}"
    headings = [_("班次"), _("队伍"), _("责任人"), _("序号"), _("重点区域"), _("地址")]
    headings += [_("到达"), _("离开"), _("承诺或增加")]
    name = _("%(county)s街面巡查计划表") % {"county": selectors.county_name(found)}
    preamble = [name, f"{span} {found.get_state_display()}"]
    return register_xlsx(title, headings, selectors.sheet(found), preamble=preamble)


def url_of(found: PatrolWeek) -> str:
    """The page of a week."""
    return reverse("patrols:week", args=[found.public_id])


def page_of(request: StaffRequest, found: PatrolWeek) -> dict[str, Any]:
    """What the page of a week shows."""
    at = clock.now()
    may_plan = access.may_change(request.actor, found, access.PLAN)
    may_adjust = may_plan and is_running(found, at)
    is_idle = not found.search.is_busy or found.search.is_abandoned(at)
    return {
        "week": found,
        "board": selectors.board(found, at),
        "is_abandoned": found.search.is_abandoned(at),
        "may_plan": may_plan,
        "may_replan": may_plan and found.is_draft and is_idle,
        "may_move": may_plan and found.is_draft and not found.search.is_busy,
        "may_adjust": may_adjust,
        "adjust_kinds": kinds_of(found) if may_adjust else (),
        "changes": changes_of(found),
        "may_decide": access.may_change(request.actor, found, access.APPROVE),
        **_asked_by_plan(found, at),
        "word_form": WordForm(),
        "again_form": AgainForm(),
        "back_form": BackForm(),
    }


def _asked_by_plan(found: PatrolWeek, at: datetime) -> dict[str, Any]:
    """What the plans ask of the night and of other departments, and what a week lacks of it."""
    shares, departments = joint.night_shares(found, at), joint.departments_of_week(found, at)
    bare = uncovered(found, at)
    return {
        "uncovered": bare,
        "night_shares": shares,
        "departments": departments,
        "lacks_nights": any(one.is_short for one in shares),
        "lacks_departments": any(one.is_missing for one in departments),
        "lacks_reason": bare.is_asked or any(one.is_missing for one in departments),
        "consent_form": ConsentForm(asked=[(one.code, one.name) for one in departments]),
    }


def gone_on(request: StaffRequest, found: PatrolWeek, said: str) -> HttpResponse:
    """To the page of the week with a word on what was done."""
    toasts.say(request, said)
    return HttpResponseRedirect(url_of(found))
