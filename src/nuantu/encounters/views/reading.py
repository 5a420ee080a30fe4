"""The register, one contact, visits, notices to partners, photos."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from nuantu.core import clock
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, is_asked_anew, render, staff_page
from nuantu.encounters import access
from nuantu.encounters.forms import FilterForm
from nuantu.encounters.selectors import registers
from nuantu.encounters.selectors.choices import help_card
from nuantu.encounters.selectors.shown import EncounterPage, encounter_page
from nuantu.encounters.services.detaching import moved_of
from nuantu.persons import services as persons
from nuantu.persons.access import REVEAL
from nuantu.persons.selectors import cards_of
from nuantu.ui.pages import LongList
from nuantu.ui.photos import photo_page

PER_PAGE = 50


def _filters(request: StaffRequest) -> tuple[FilterForm, registers.Filters]:
    form = FilterForm(request.GET)
    form.is_valid()
    return form, registers.Filters.of(getattr(form, "cleaned_data", {}))


@staff_page(access.READ)
def register(request: StaffRequest) -> HttpResponse:
    """Contacts, newest first, with how today's ended."""
    form, filters = _filters(request)
    page = LongList(registers.register(request.actor, filters), PER_PAGE).get_page(
        request.GET.get("page")
    )
    at = clock.now()
    today = clock.local(at).date()
    context = {
        "form": form,
        "page": page,
        "rows": registers.rows_of(list(page.object_list), at),
        "count": page.paginator.count,
        "ends": registers.ends_of_day(today),
        "today": today,
        "export_url": reverse("encounters:export") if request.actor.may(access.EXPORT) else "",
        "may_record": request.actor.may(access.RECORD),
    }
    return render(request, "encounters/list.html", context, fragment="encounters/_list.html")


@staff_page(access.EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The register as Excel under its official heading."""
    _form, filters = _filters(request)
    found = list(registers.register(request.actor, filters)[: registers.EXPORT_MOST])
    at = clock.now()
    persons.note_export(
        actor=request.actor,
        at=at,
        persons=list({e.person for e in found}),
        purpose="导出接触登记表",
    )
    preamble = registers.official_title(request.actor, filters)
    return register_xlsx(
        preamble[0],
        registers.headings(),
        registers.export_rows(found, at),
        preamble=preamble,
    )


def _note_look(request: StaffRequest, at: datetime, page: EncounterPage) -> None:
    persons.note_read(
        actor=request.actor,
        at=at,
        person=page.encounter.person,
        case=page.case,
        is_asked_anew=is_asked_anew(request),
    )


@staff_page(access.READ)
def detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One contact; the receiver of a hand-over sees it before he answers. Opening it is journalled."""
    encounter = access.encounter_for(request.actor, public_id)
    at = clock.now()
    page = encounter_page(request.actor, encounter, at)
    actor = request.actor
    _note_look(request, at, page)
    may_reveal = access.may_reveal(actor, encounter, at)
    context = {
        "page": page,
        "may_correct": access.may_correct(actor, encounter),
        "may_put_back": access.may_correct(actor, encounter) and moved_of(encounter) is not None,
        "may_decide": access.may_decide(actor, encounter, page.request),
        "may_review": access.may_review(actor, encounter, page.request),
        "may_reveal": may_reveal,
        "may_record": actor.may(access.RECORD),
        "is_preview": actor.may(REVEAL) and not may_reveal,
        "is_own": encounter.owner_org == actor.org_code,
        "is_receiver": page.handover is not None
        and page.handover.state == "offered"
        and page.handover.to_org == actor.org_code,
    }
    return render(request, "encounters/detail.html", context, fragment="encounters/_encounter.html")


@staff_page(access.READ)
def photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A photo of a contact, without EXIF."""
    return photo_page(access.photo_for(request.actor, public_id, clock.now()))


@staff_page(access.RECORD)
def contact_card(request: StaffRequest) -> HttpResponse:
    """The contact card to be left with somebody (P1-09), for paper or to be read out."""
    return render(request, "encounters/card.html", {"card": help_card(request.actor)})


@staff_page(access.READ)
def visits(request: StaffRequest) -> HttpResponse:
    """Visits that are owed, the most pressing first; done ones on the other tab."""
    state = "done" if request.GET.get("state") == "done" else "open"
    page = LongList(registers.visits(request.actor, state), PER_PAGE).get_page(
        request.GET.get("page")
    )
    at = clock.now()
    found = list(page.object_list)
    context = {
        "state": state,
        "page": page,
        "at": at,
        "rows": list(zip(found, cards_of([r.encounter.person for r in found], at), strict=True)),
        "may_record": request.actor.may(access.RECORD),
    }
    return render(request, "encounters/visits.html", context, fragment="encounters/_visits.html")


@staff_page(access.NOTICES)
def notices(request: StaffRequest) -> HttpResponse:
    """What this department was told of people who refused: place and needs."""
    page = LongList(registers.notices(clock.now()), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list}
    return render(request, "encounters/notices.html", context, fragment="encounters/_notices.html")
