"""Who is still nobody: the list, one person, his steps, the end of the search."""

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, is_asked_anew, render, staff_page
from nuantu.persons import access as persons
from nuantu.persons.forms import RevealForm
from nuantu.persons.selectors.pages import IDENTITY
from nuantu.places.selectors import collection
from nuantu.tracing import access, services
from nuantu.tracing.forms.searching import EndForm, FilterForm, GiveUpForm, StepForm
from nuantu.tracing.models import IdentitySearch
from nuantu.tracing.selectors import late
from nuantu.tracing.selectors import unidentified as selectors
from nuantu.tracing.selectors.search_pages import features_of, search_page
from nuantu.tracing.selectors.sections import sections_for
from nuantu.tracing.selectors.steps import planned_for, steps_of
from nuantu.tracing.views.late import too_late
from nuantu.ui.outcomes import do, form_page, tried
from nuantu.ui.pages import LongList
from nuantu.ui.photos import photo_page

ROWS = 50


@staff_page(access.SEARCH_READ)
def unidentified(request: StaffRequest) -> HttpResponse:
    """Everybody whose name is searched for, the longest first."""
    form, at, actor = FilterForm(request.GET), clock.now(), request.actor
    page = LongList(selectors.searches(form.wanted(), at), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": selectors.rows_of(list(page.object_list), at),
        "export_url": reverse("tracing:unidentified_export")
        if actor.may(access.SEARCH_EXPORT)
        else "",
    }
    return render(request, "tracing/unidentified.html", context)


@staff_page(access.SEARCH_EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel with the filters of the page, restricted people masked; journalled."""
    form, at = FilterForm(request.GET), clock.now()
    found = list(selectors.searches(form.wanted(), at)[:MOST_FETCHED])
    services.note_searches_left(actor=request.actor, at=at, searches=found)
    rows = selectors.rows_of(found, at)
    return register_xlsx(_("身份不明人员"), selectors.headings(), selectors.sheet(rows))


@staff_page(access.SEARCH_READ)
def person(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """What is known and how sure, what he said, where that may be, what is next; opening it is journalled."""
    actor, at = request.actor, clock.now()
    search = access.search_for(actor, case_id)
    case = persons.case_for(actor, case_id)
    page = search_page(actor, search, case, at)
    services.note_search_read(
        actor=actor, at=at, search=search, case=case, is_asked_anew=is_asked_anew(request)
    )
    is_own = search.owner_org == actor.org_code
    context = {
        "page": page,
        "search": search,
        "sections": sections_for(actor, search, at, is_masked=page.card.is_masked),
        "may_write": is_own and search.is_open and actor.may(access.SEARCH_WRITE),
        "may_begin": is_own
        and not search.is_open
        and case.is_open
        and actor.may(access.SEARCH_WRITE),
        "may_hear": persons.may_change(actor, case, access.HEAR),
        "may_fact": persons.may_change(actor, case),
        "may_reveal": is_own and actor.may(access.SEARCH_REVEAL),
        "may_see_looks": actor.may("accounts.looks.read"),
    }
    response = render(request, "tracing/person.html", context)
    response["Cache-Control"] = "no-store"
    return response


@staff_page(access.SEARCH_READ)
def places(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """The places he may mean, as GeoJSON for the map; none of a masked record."""
    actor, at = request.actor, clock.now()
    search = access.search_for(actor, case_id)
    page = search_page(actor, search, persons.case_for(actor, case_id), at)
    response = JsonResponse(collection(features_of(page)))
    response["Cache-Control"] = "no-store"
    return response


@staff_page(access.SEARCH_WRITE)
def begin(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Begin to find out who somebody is, or take it up again."""
    case = access.case_to_hear(request.actor, case_id, access.SEARCH_WRITE)
    if request.method != "POST":
        steps = planned_for(case.division_code, clock.now())
        return render(request, "tracing/begin.html", {"case": case, "steps": steps})
    return do(
        request,
        lambda: services.begin_search(actor=request.actor, at=clock.now(), case=case),
        to=reverse("tracing:person", args=[case_id]),
        said=_("已开始查询身份。"),
    )


@staff_page(access.SEARCH_WRITE)
def step(request: StaffRequest, case_id: UUID, code: str) -> HttpResponse:
    """Put down what came of a step."""
    search = access.search_to_change(request.actor, case_id)
    at = clock.now()
    line = next((one for one in steps_of(search, at) if one.code == code and one.may_take), None)
    form = StepForm(request.POST or None, request.FILES or None)
    if line is None and request.method != "POST":
        raise Http404
    gone = tried(
        request,
        form,
        lambda: services.take_step(
            actor=request.actor, at=at, search=search, code=code, **form.cleaned_data
        ),
        to=reverse("tracing:person", args=[case_id]),
        said=_("已登记。"),
    )
    context = {"form": form, "search": search, "line": line}
    return gone or form_page(request, "tracing/step.html", context)


@staff_page(access.SEARCH_READ)
def evidence(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The picture that shows what came of a step; of a masked record only after it was opened."""
    found = access.step_for(request.actor, public_id)
    access.must_be_open(request.actor, found.search.person, clock.now())
    if found.evidence is None:
        raise Http404
    return photo_page(found.evidence)


def _over(request: StaffRequest, search: IdentitySearch, heading: str) -> HttpResponse | None:
    back = reverse("tracing:person", args=[search.case_id])
    return too_late(request, late.of_search(search), heading, back)


@staff_page(access.SEARCH_WRITE)
def end(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Who he is is known and verified."""
    search = access.search_to_change(request.actor, case_id)
    form = EndForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.end_search(
            actor=request.actor, at=clock.now(), search=search, **form.cleaned_data
        ),
        to=reverse("tracing:person", args=[case_id]),
        said=_("已查明，时限停止。"),
    )
    gone = gone or _over(request, search, _("身份已查明"))
    return gone or form_page(request, "tracing/end.html", {"form": form, "search": search})


@staff_page(access.SEARCH_WRITE)
def give_up(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Nobody searches any more."""
    search = access.search_to_change(request.actor, case_id)
    form = GiveUpForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.give_up_search(
            actor=request.actor, at=clock.now(), search=search, **form.cleaned_data
        ),
        to=reverse("tracing:person", args=[case_id]),
        said=_("已结束查询。"),
    )
    gone = gone or _over(request, search, _("不再查询身份"))
    return gone or form_page(request, "tracing/give_up.html", {"form": form, "search": search})


@staff_page(access.SEARCH_REVEAL)
def reveal(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Ask the purpose, write it down, then show the identity or one sealed fact for ten minutes."""
    actor, at = request.actor, clock.now()
    search = access.search_to_change(actor, case_id, access.SEARCH_REVEAL)
    what = request.POST.get("what") or request.GET.get("what") or IDENTITY
    fact = None if what == IDENTITY else access.fact_to_reveal(actor, search, _uuid(what))
    form = RevealForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.reveal_of_search(
            actor=actor, at=at, search=search, fact=fact, purpose=form.cleaned_data["purpose"]
        ),
        to=reverse("tracing:person", args=[case_id]),
    )
    context = {"form": form, "search": search, "fact": fact, "what": what}
    return gone or form_page(request, "tracing/search_reveal.html", context)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
