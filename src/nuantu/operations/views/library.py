"""The plan library: packaged plans, plans in force, and one packaged plan in words."""

from django.http import Http404, HttpResponse
from django.utils.translation import get_language

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.operations import access, selectors
from nuantu.operations.forms import LibraryFilterForm, YearForm
from nuantu.operations.rules.plan_words import change_lines, sections
from nuantu.planbook import files

PAGE, ROWS = "operations/library.html", "operations/_library.html"


@staff_page("operations.plan.read")
def library(request: StaffRequest) -> HttpResponse:
    """What plans there are: packaged ones, those in force, documents handed in."""
    year = clock.today().year
    form = LibraryFilterForm(request.GET, types=selectors.library_types(year))
    found = selectors.library(year, **form.wanted())
    context = {
        "form": form,
        "rows": found,
        "year": year,
        "in_force": selectors.plans_in_force(access.operations_for(request.actor)),
        "may_start": request.actor.may("operations.plan.start"),
    }
    return render(request, PAGE, context, fragment=ROWS)


@staff_page("operations.plan.read")
def library_plan(request: StaffRequest, code: str) -> HttpResponse:
    """One packaged plan for a year: what it says, what comes out of it, what the checks find."""
    found = plan_of(request, code)
    other = request.GET.get("with", "")
    context = {
        "found": found,
        "plan": found.plan,
        "year": found.year,
        "year_form": YearForm(initial={"year": found.year}),
        "today": clock.today(),
        "bars": selectors.library_bars(found),
        "sums": found.sums,
        "sections": sections(found.plan, year=found.year, language=get_language() or ""),
        "others": [one for one in selectors.library_titles() if one[0] != found.code],
        "with": other,
        "changes": _changes(other, found),
        "may_start": request.actor.may("operations.plan.start"),
    }
    return render(request, "operations/library_plan.html", context)


def plan_of(request: StaffRequest, code: str) -> selectors.LibraryPlan:
    """The packaged plan of an address, for the year that it asks for."""
    form = YearForm(request.GET)
    year = form.cleaned_data["year"] if form.is_valid() else None
    try:
        return selectors.library_plan(code, year or clock.today().year)
    except KeyError as error:
        raise Http404 from error


def _changes(code: str, found: selectors.LibraryPlan) -> object:
    if not code:
        return None
    other = files.packaged(code).plan if code in files.PACKAGED else None
    if other is None:
        raise Http404
    return change_lines(other, found.plan, year=found.year, language=get_language() or "")


@staff_page("operations.plan.read")
def library_file(request: StaffRequest, code: str) -> HttpResponse:
    """The file of a packaged plan, a copy together with its template."""
    if code not in files.PACKAGED:
        raise Http404
    text = files.whole_text(files.packaged_text(code))
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.yaml"'
    return response
