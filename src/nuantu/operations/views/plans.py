"""Plans in force, the operation page, the level of a division."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.accounts.models import Division
from nuantu.core import clock, subjects
from nuantu.core.actors import Actor
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.operations import access, selectors, services
from nuantu.operations.forms import LevelForm, StartPlanForm
from nuantu.operations.models import Operation
from nuantu.operations.rules.places import chain
from nuantu.planbook import files
from nuantu.planbook.rulebook import RuleBook
from nuantu.ui import toasts
from nuantu.ui.outcomes import tried

HISTORY = 20
# the points on which plans differ, as the operation page compares them: kind, level, key
POINTS = (
    ("patrol.cadence", "normal", None),
    ("patrol.cadence", "raised", None),
    ("patrol.cadence", "extreme", None),
    ("response.limit", None, "near"),
    ("response.limit", None, "far"),
    ("response.far_travel", None, None),
    ("refusal.kit", None, None),
    ("refusal.revisit", "normal", None),
    ("refusal.revisit", "raised", None),
    ("offer.order", None, None),
    ("foster.inspection", None, None),
    ("warning.hold", None, None),
    ("warning.acknowledge", None, None),
    ("event.report", None, None),
)


@staff_page("operations.plan.read")
def operations(request: StaffRequest) -> HttpResponse:
    """The plans that bind the reader's organisation, nearest first."""
    at = clock.now()
    found = list(access.operations_for(request.actor).order_by("-division_id", "-started_at"))
    near = [one for one in found if one.division_id in chain(request.actor.division_code)]
    levels = selectors.levels_of((one.division_id for one in found), at)
    may_start = request.actor.may("operations.plan.start")
    context = {
        "waiting_documents": selectors.waiting_documents(request.actor.org_code)
        if may_start
        else 0,
        "near": [{"operation": one, "bar": selectors.season_bar(one, at)} for one in near],
        "below": [
            {"operation": one, "level": levels[one.division_id].level}
            for one in found
            if one not in near
        ],
        "may_start": may_start,
    }
    return render(request, "operations/operations.html", context)


@staff_page("operations.plan.read")
def operation(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One plan in force: season, level, promises against what is kept, rules."""
    found = access.operation_for(request.actor, public_id)
    return render(request, "operations/operation.html", _page(request.actor, found))


@staff_page("operations.plan.read")
def rules(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Every value of a plan with its clause, in the order of its text."""
    found = access.operation_for(request.actor, public_id)
    words = request.GET.get("q", "").strip()
    context = {"operation": found, "rows": selectors.rule_rows(found, words), "q": words}
    return render(request, "operations/rules.html", context, fragment="operations/_rules.html")


def _page(actor: Actor, found: Operation) -> dict[str, object]:
    at = clock.now()
    figures = selectors.kept_figures(found, at)
    book = selectors.rules_at(found.division_id, at)
    level = selectors.level_of(found.division_id, at)
    cause = level.cause_subject
    return {
        "operation": found,
        "bar": selectors.season_bar(found, at),
        "level": level,
        "level_label": book.level(level.level).label,
        "cause_label": subjects.label(cause) if cause else level.reason,
        "cause_url": subjects.url(cause) if cause else None,
        "counties": [
            (line, access.may_read_level(actor, line.division.code))
            for line in selectors.county_levels(found, at)
        ],
        "may_see_level": access.may_read_level(actor, found.division_id),
        "figures": figures,
        "has_others": any(not kept.is_main for kept in figures),
        "counted": selectors.registered_figures(actor, found, at),
        "span": selectors.span_of(found, at),
        "totals": selectors.totals(found, at),
        "rulings": _rulings(book),
        "findings": selectors.plan_findings(found),
        "missing_years": selectors.missing_calendar_years(found),
        "may_set": actor.may("operations.level.set"),
        "may_change": access.may_change(actor, found),
        "waits_for_parent": selectors.waits_for_parent(found),
    }


def _rulings(book: RuleBook) -> list[object]:
    found = (book.find(kind, level=level, key=key) for kind, level, key in POINTS)
    asked = zip(found, POINTS, strict=True)
    return [
        {
            "ruling": ruling,
            "level": level or "",
            "key": key or "",
            "others": [said for said in ruling.compared if not said.has_won],
        }
        for ruling, (_kind, level, key) in asked
        if ruling is not None
    ]


@staff_page("operations.plan.read")
def plan_file(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The plan file as it was started."""
    found = access.operation_for(request.actor, public_id)
    response = HttpResponse(found.source_text, content_type="application/yaml; charset=utf-8")
    name = f"{found.plan_code}-{found.year}.yaml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff_page("operations.plan.start")
def start(request: StaffRequest) -> HttpResponse:
    """Put a packaged plan or a plan file in force for the reader's own organisation."""
    form = StartPlanForm(
        request.POST or None, request.FILES or None, initial=_first(request), plans=_plans()
    )
    context: dict[str, object] = {"form": form}
    if request.method != "POST":
        return render(request, "operations/start.html", context)
    if form.is_valid():
        chosen = form.cleaned_data["plan"]
        try:
            found = services.start_plan(
                actor=request.actor,
                at=clock.now(),
                text=files.packaged_text(chosen) if chosen else form.cleaned_data["file"],
                org_code=request.actor.org_code,
                year=form.cleaned_data["year"],
            )
        except services.PlanRefused as error:
            form.add_error("plan" if chosen else "file", str(error))
            context["findings"] = error.findings
        else:
            toasts.say(request, _("方案已启动"))
            return HttpResponseRedirect(reverse("operations:operation", args=[found.public_id]))
    return refused(request, "operations/start.html", context)


def _plans() -> list[tuple[str, str]]:
    language = get_language() or ""
    found = selectors.library_titles()
    return [(code, f"{code} {title.said_in(language)}") for code, title in found]


def _first(request: StaffRequest) -> dict[str, object]:
    """What stands in the form at first: the plan and year that a page of the library asks for."""
    year = request.GET.get("year", "")
    return {
        "plan": request.GET.get("plan", ""),
        "year": int(year) if year.isdecimal() else clock.today().year,
    }


@staff_page("operations.plan.read")
def level(request: StaffRequest, division_code: str) -> HttpResponse:
    """The level of a division: now, how it came, and by hand."""
    division = access.division_for(request.actor, division_code)
    form = LevelForm(request.POST or None, levels=_levels(division.code))
    context = _level_context(request.actor, division, form)
    if request.method != "POST":
        return render(request, "operations/level.html", context)
    if not context["may_set"]:
        raise Http404
    gone = tried(
        request,
        form,
        lambda: services.set_level(
            actor=request.actor,
            at=clock.now(),
            division_code=division.code,
            level=form.cleaned_data["level"],
            cause=None,
            reason=form.cleaned_data["reason"],
        ),
        to=reverse("operations:level", args=[division.code]),
        said=_("工作级别已调整"),
    )
    return gone or refused(request, "operations/level.html", context)


def _levels(division_code: str) -> list[tuple[str, str]]:
    known = selectors.rules_at(division_code, clock.now()).levels.values()
    language = get_language() or ""
    return [(level.code, level.label.said_in(language)) for level in known]


def _level_context(actor: Actor, division: Division, form: LevelForm) -> dict[str, object]:
    return {
        "division": division,
        "now": selectors.level_of(division.code, clock.now()),
        "history": selectors.level_history(division.code)[:HISTORY],
        "form": form,
        "may_set": access.may_set_level(actor, division.code),
    }
