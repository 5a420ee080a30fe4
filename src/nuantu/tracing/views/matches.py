"""Suspected matches: the watch list, and both sides of one beside each other."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.tracing import access, services
from nuantu.tracing.forms.matches import MatchFilterForm
from nuantu.tracing.selectors import matches as selectors
from nuantu.tracing.selectors import shares
from nuantu.tracing.selectors.match_pages import match_page
from nuantu.ui.pages import LongList

ROWS = 50


@staff_page(access.MATCH_READ)
def matches(request: StaffRequest) -> HttpResponse:
    """Who of the missing our people may be, the likeliest first; what is new, what waits."""
    form, at, actor = MatchFilterForm(request.GET), clock.now(), request.actor
    bands = selectors.bands_at(actor.division_code, at)
    found = selectors.matches(form.wanted(), bands, at)
    page = LongList(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": selectors.rows_of(list(page.object_list), bands, at),
        "figures": selectors.figures(at),
        "thin": selectors.thin_people(at),
        "bands": bands,
        "export_url": reverse("tracing:matches-export") if actor.may(access.EXPORT) else "",
    }
    return render(request, "tracing/matches.html", context)


@staff_page(access.EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The watch list as Excel with the filters of the page, masked as there; journalled."""
    form, at = MatchFilterForm(request.GET), clock.now()
    bands = selectors.bands_at(request.actor.division_code, at)
    found = list(selectors.matches(form.wanted(), bands, at)[:MOST_FETCHED])
    rows = selectors.rows_of(found, bands, at)
    services.note_export(actor=request.actor, at=at, count=len(rows), summary="导出疑似匹配")
    return register_xlsx(_("疑似匹配"), selectors.headings(), selectors.sheet(rows))


@staff_page(access.MATCH_READ)
def match(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What the station knows against what the family told; opening it is journalled."""
    found, at, actor = access.match_for(request.actor, public_id), clock.now(), request.actor
    page = match_page(actor, found, at)
    services.note_match_read(actor=actor, at=at, match=found)
    sharing = shares.of_match(actor, found, page.report, at)
    context = {
        "page": page,
        "match": found,
        "sharing": sharing,
        "may_ask": page.report is None
        and access.may_ask(actor, found)
        and not any(row.letter.is_open for row in sharing.letters),
        "may_decide": access.may_decide(actor, found),
        "may_confirm": access.may_confirm(actor, found),
    }
    response = render(request, "tracing/match.html", context)
    response["Cache-Control"] = "no-store"
    return response
