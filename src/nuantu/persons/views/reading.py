"""The list, one person, what is hidden of him, his picture."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, is_asked_anew, render, staff_page
from nuantu.papers import access as papers
from nuantu.persons import access, selectors, services
from nuantu.persons.forms import FilterForm, RevealForm
from nuantu.persons.models import Case, Person, PersonFact
from nuantu.persons.selectors.pages import EXPORT_MOST, export_rows, headings, person_page, rows_of
from nuantu.persons.selectors.same import same_human
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList
from nuantu.ui.photos import photo_page

PER_PAGE = 50


def _filters(request: StaffRequest) -> tuple[FilterForm, selectors.Filters]:
    form = FilterForm(request.GET)
    form.is_valid()
    return form, selectors.Filters.of(getattr(form, "cleaned_data", {}))


@staff_page("persons.person.read")
def people(request: StaffRequest) -> HttpResponse:
    """Everybody one may see, found by name, sound, looks, number or receipt."""
    form, filters = _filters(request)
    page = LongList(selectors.people(request.actor, filters), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(list(page.object_list), clock.now()),
        "count": page.paginator.count,
        "export_url": reverse("persons:export")
        if request.actor.may("persons.person.export")
        else "",
        "papers_url": reverse("papers:list") if request.actor.may(papers.READ) else "",
    }
    return render(request, "persons/list.html", context, fragment="persons/_list.html")


@staff_page("persons.person.export")
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel; restricted people stay masked, each record says that it left."""
    _form, filters = _filters(request)
    found = list(selectors.people(request.actor, filters)[:EXPORT_MOST])
    services.note_export(actor=request.actor, at=clock.now(), persons=found)
    return register_xlsx(_("人员名册"), headings(), export_rows(found, clock.now()))


def _note_look(request: StaffRequest, at: datetime, person: Person, case: Case | None) -> None:
    is_anew = is_asked_anew(request)
    services.note_read(actor=request.actor, at=at, person=person, case=case, is_asked_anew=is_anew)


@staff_page("persons.person.read")
def detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One person: card, duties, facts, timeline. Opening it is journalled."""
    person = access.person_for(request.actor, public_id)
    at = clock.now()
    page = person_page(request.actor, person, at)
    _note_look(request, at, person, page.case)
    actor = request.actor
    may_reveal = access.may_reveal(actor, [row.case for row in page.cases], at)
    context = {
        "page": page,
        "may_write": access.may_change(actor, page.case),
        "may_close": access.may_change(actor, page.case, "persons.case.close"),
        "may_reveal": may_reveal,
        "is_preview": actor.may(access.REVEAL) and not may_reveal,
        "may_erase": [
            row.case.pk
            for row in page.cases
            if not row.is_erased and access.may_erase(actor, row.case)
        ],
        "may_hold": [row.case.pk for row in page.cases if access.may_hold(actor, row.case)],
        "may_restrict": actor.may("persons.person.restrict"),
        "may_propose": actor.may("persons.link.propose"),
        "may_decide": actor.may("persons.link.decide"),
        "may_see_looks": actor.may("accounts.looks.read"),
    }
    return render(request, "persons/detail.html", context, fragment="persons/_person.html")


@staff_page("persons.person.read")
def timeline(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Earlier lines of the timeline, before a moment; reading them is journalled."""
    person = access.person_for(request.actor, public_id)
    try:
        before = datetime.fromisoformat(request.GET["before"])
    except (KeyError, ValueError) as error:
        raise Http404 from error
    services.note_read(actor=request.actor, at=clock.now(), person=person, case=None)
    lines = selectors.timeline(same_human(person), reader=request.actor, before=before)
    return render(
        request,
        "persons/timeline.html",
        {"person": person, "lines": lines, "card": selectors.card_of(person, clock.now())},
        fragment="persons/_lines.html",
    )


@staff_page("persons.person.read")
def case(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A case is shown on the page of its person."""
    found = access.case_for(request.actor, public_id)
    url = reverse("persons:detail", args=[found.person.public_id])
    return HttpResponseRedirect(f"{url}#case-{found.public_id}")


def _fact(request: StaffRequest, person: Person, what: str, at: datetime) -> PersonFact:
    try:
        return access.fact_to_reveal(request.actor, person, UUID(what), at)
    except ValueError as error:
        raise Http404 from error


@staff_page("persons.person.reveal")
def reveal(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask the purpose, write it down, then show what was hidden for ten minutes."""
    at = clock.now()
    person = access.person_to_reveal(request.actor, public_id, at)
    what = request.POST.get("what") or request.GET.get("what") or services.IDENTITY
    fact = None if what == services.IDENTITY else _fact(request, person, what, at)
    form = RevealForm(request.POST or None)
    context = {"form": form, "person": person, "fact": fact, "what": what}
    gone = tried(
        request,
        form,
        lambda: services.reveal(
            actor=request.actor,
            at=at,
            person=person,
            case=selectors.case_shown(person, request.actor),
            what=what,
            purpose=form.cleaned_data["purpose"],
            fact=fact,
        ),
        to=reverse("persons:detail", args=[public_id]),
    )
    return gone or form_page(request, "persons/reveal.html", context)


@staff_page("persons.person.read")
def photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The picture on the card; a restricted person's only after a reveal."""
    person = access.person_for(request.actor, public_id)
    opened = selectors.opened_by(person, request.actor, clock.now())
    if person.photo is None or (person.is_restricted and not opened.has(services.IDENTITY)):
        raise Http404
    return photo_page(person.photo)
