"""The register at the desk: every run, one run, its photos, its sheet, the checklist."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock, exports, journal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.core.subjects import Subject
from nuantu.patrols import access, services
from nuantu.patrols.forms.desk import TrackForm
from nuantu.patrols.forms.register import ChecklistForm, RegisterForm
from nuantu.patrols.forms.walking import ReasonForm
from nuantu.patrols.models import PatrolRun
from nuantu.patrols.selectors import coverage as covered
from nuantu.patrols.selectors import register as selectors
from nuantu.patrols.selectors import shares as share_plots
from nuantu.patrols.selectors.runs import gpx_of, run_page
from nuantu.patrols.selectors.tracks import track_pages
from nuantu.persons.access import may_hold
from nuantu.persons.selectors.holds import holds_of
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList
from nuantu.ui.photos import photo_page

ROWS = 50
NIGHTS_SHOWN = timedelta(days=14)


def _form(request: StaffRequest) -> RegisterForm:
    counties = selectors.counties_of(access.runs_for(request.actor))
    return RegisterForm(request.GET, counties=counties)


@staff_page(access.REGISTER)
def register(request: StaffRequest) -> HttpResponse:
    """Every run that may be seen: search, filters, pages, export."""
    form = _form(request)
    found = selectors.run_list(access.runs_for(request.actor), form.wanted())
    page = LongList(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [selectors.card(run) for run in page.object_list],
        "may_export": request.actor.may(access.EXPORT),
        "may_load": request.actor.may(access.CHECKLIST),
    }
    return render(request, "patrols/register.html", context)


@staff_page(access.EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The register as Excel, one row per stop, with the filters of the page; journalled."""
    found = selectors.run_list(access.runs_for(request.actor), _form(request).wanted())
    note_export(request, {"query": request.GET.urlencode()})
    return exports.register_xlsx(_("街面巡查登记"), selectors.headings(), selectors.rows_of(found))


def note_export(request: StaffRequest, changes: dict[str, Any]) -> None:
    """Who took what out of the register."""
    actor = request.actor
    journal.record(
        verb="patrols.run.export",
        actor=actor,
        at=clock.now(),
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary="导出巡查登记表",
        changes=changes,
    )


@staff_page(access.REGISTER)
def coverage(request: StaffRequest) -> HttpResponse:
    """Which locations were reached lately and which were not, and the months in figures."""
    at, runs = clock.now(), access.runs_for(request.actor)
    found = covered.reached(runs, access.area_of(request.actor), at)
    nights = share_plots.nights_of_runs(runs, clock.local(at).date() - NIGHTS_SHOWN)
    context = {
        "nights": nights,
        "nights_label": share_plots.plot_label(nights),
        "gaps": [row for row in found if row.is_gap],
        "reached": len([row for row in found if not row.is_gap]),
        "total": len(found),
        "days": covered.term(access.area_of(request.actor), at),
        "months": covered.months(runs),
        "may_export": request.actor.may(access.EXPORT),
    }
    return render(request, "patrols/coverage.html", context)


@staff_page(access.EXPORT)
def learning(request: StaffRequest) -> HttpResponse:
    """The stops of the nights as a table that `patrol learn` reads; journalled."""
    note_export(request, {"format": "patrol learn"})
    text = covered.learning_csv(access.runs_for(request.actor))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="patrol-stops.csv"'
    return response


@staff_page(access.REGISTER)
def run(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One run: plan against done, gaps, dwell, evidence."""
    found = access.run_for(request.actor, public_id)
    return render(request, "patrols/run.html", run_context(request, found))


def run_context(request: StaffRequest, found: PatrolRun, **more: Any) -> dict[str, Any]:
    """What the page of a run shows."""
    (row,) = selectors.with_visits(PatrolRun.objects.filter(pk=found.pk))
    is_open = row.state in (row.State.NOT_BEGUN, row.State.UNDER_WAY)
    return {
        "page": run_page(row, clock.now()),
        "run": row,
        "reason_form": ReasonForm(),
        "tracks": track_pages(row, clock.now()),
        "track_form": TrackForm(),
        "may_enter": request.actor.may(access.ENTER) and row.state != row.State.BROKEN_OFF,
        "may_break_off": is_open and request.actor.may(access.BREAK_OFF),
        "may_export": request.actor.may(access.EXPORT),
        "lines": journal.timeline(Subject("patrol_run", row.public_id))[:100],
        "holds": holds_of("patrol_run", row.public_id),
        "may_hold": may_hold(request.actor, row),
        "may_hide": access.may_hide(request.actor, row),
        "may_reveal": request.actor.may(access.REVEAL),
        **more,
    }


@staff_page(access.EXPORT)
def track(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One run as GPX; journalled."""
    found = access.run_for(request.actor, public_id, access.EXPORT)
    (row,) = selectors.with_visits(PatrolRun.objects.filter(pk=found.pk))
    note_export(request, {"format": "GPX", "run": str(public_id)})
    response = HttpResponse(gpx_of(run_page(row, clock.now())), content_type="application/gpx+xml")
    response["Content-Disposition"] = 'attachment; filename="patrol.gpx"'
    return response


@require_POST
@staff_page(access.BREAK_OFF)
def break_off(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End a run that was not walked or not to its end."""
    found = access.run_for(request.actor, public_id, access.BREAK_OFF)
    form = ReasonForm(request.POST)
    gone = tried(
        request,
        form,
        lambda: services.break_off(
            actor=request.actor, at=clock.now(), run=found, reason=form.cleaned_data["reason"]
        ),
        to=reverse("patrols:run", args=[public_id]),
        said=_("已中止，原因已记入登记"),
    )
    again = run_context(request, found, reason_form=form)
    return gone or refused(request, "patrols/run.html", again)


@staff_page(access.REGISTER)
def photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The served copy of a photo or short video: no EXIF, no position."""
    row = access.photo_for(request.actor, public_id, clock.now())
    response = photo_page(row)
    response["Cache-Control"] = "private, max-age=300"
    return response


@staff_page(access.CHECKLIST)
def checklist(request: StaffRequest) -> HttpResponse:
    """The checklist that holds, and a form to load another."""
    held = selectors.checklist_of(request.actor.division_code)
    start = {"name": held.name, "lines": "\n".join(held.lines)} if held else {}
    form = ChecklistForm(request.POST or None, initial=start)
    gone = tried(
        request,
        form,
        lambda: services.load_checklist(
            actor=request.actor,
            at=clock.now(),
            name=form.cleaned_data["name"],
            lines=form.cleaned_data["lines"].splitlines(),
        ),
        to=reverse("patrols:checklist"),
        said=_("清单已导入，下一次出巡起生效"),
    )
    return gone or form_page(request, "patrols/checklist.html", {"form": form, "held": held})
