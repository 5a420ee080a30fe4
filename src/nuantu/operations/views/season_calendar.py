"""The season calendar: of one plan, of all plans of an area, of a packaged plan; paper; feed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.http import PublicRequest, StaffRequest, public_page, render, staff_page
from nuantu.operations import access, selectors
from nuantu.operations.models import Operation
from nuantu.operations.rules.places import chain
from nuantu.operations.selectors import Season
from nuantu.operations.selectors.months import Band
from nuantu.operations.views.feeds import feed_response, reader_of, token_for
from nuantu.operations.views.library import plan_of

SALT = "nuantu.operations.season"
FIRST, LAST = date(1901, 1, 1), date(2098, 12, 1)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a calendar is of: its title, the way back, its feed."""

    title: str
    back_url: str
    back_label: str
    query: str = ""
    feed_url: str = ""
    is_area: bool = False


@staff_page("operations.plan.read")
def area_calendar(request: StaffRequest) -> HttpResponse:
    """The plans that bind the reader's organisation and those below, month by month."""
    actor = request.actor
    first = _month(request, clock.today())
    season = _season(list(_open_plans(request)), first)
    lasting = _lasting(actor, chain(actor.division_code), actor.prefix, first)
    back = reverse("operations:operations")
    subject = Subject(
        actor.org_name, back, _("执行中的方案"), feed_url=_feed_url(request), is_area=True
    )
    return _page(request, subject, first, season, lasting)


@staff_page("operations.plan.read")
def season_calendar(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One plan in force, month by month."""
    found = access.operation_for(request.actor, public_id)
    first = _month(request, _nearest(found.start_date, found.end_date))
    lasting = _lasting(request.actor, chain(found.division_id), found.division.prefix, first)
    back = reverse("operations:operation", args=[found.public_id])
    title = found.title_en if (get_language() or "").startswith("en") else found.title
    subject = Subject(
        title or found.title, back, found.plan_code, feed_url=_feed_url(request, found)
    )
    return _page(request, subject, first, _season([found], first), lasting)


@staff_page("operations.plan.read")
def library_calendar(request: StaffRequest, code: str) -> HttpResponse:
    """A packaged plan for a year, month by month."""
    found = plan_of(request, code)
    today = clock.today()
    start = _nearest(found.start, found.end) if found.start and found.end else today
    back = reverse("operations:library_plan", args=[code]) + f"?year={found.year}"
    title = found.plan.title_en if (get_language() or "").startswith("en") else found.plan.title
    subject = Subject(title or found.plan.title, back, found.code, query=f"&year={found.year}")
    first = _month(request, start)
    return _page(request, subject, first, selectors.season_of_library(found), ())


def _page(
    request: StaffRequest,
    subject: Subject,
    first: date,
    season: Season,
    lasting: tuple[Band, ...],
) -> HttpResponse:
    found = selectors.month(
        first, today=clock.today(), entries=season.entries, bands=(*lasting, *season.bands)
    )
    is_paper = "paper" in request.GET
    template = "operations/calendar_print.html" if is_paper else "operations/calendar.html"
    context = {"subject": subject, "month": found, "is_paper": is_paper, "today": clock.today()}
    return render(request, template, context)


def _month(request: StaffRequest, else_day: date) -> date:
    """The month of the address, such as 2026-12; a month that is none gives the usual one."""
    try:
        asked = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        asked = else_day.replace(day=1)
    return min(max(asked, FIRST), LAST)


def _nearest(start: date, end: date) -> date:
    """Today while the plan runs, else its first or last day."""
    return min(max(clock.today(), start), end)


def _open_plans(request: StaffRequest) -> list[Operation]:
    found = access.operations_for(request.actor).filter(closed_at=None)
    return list(found.defer("parent__source_text").order_by("division_id", "started_at"))


def _season(operations: list[Operation], first: date) -> Season:
    begins, ends = selectors.span_of_month(first)
    return selectors.season_of_plans(operations, first=begins, last=ends, at=clock.now())


def _lasting(actor: Actor, near: list[str], prefix: str, first: date) -> tuple[Band, ...]:
    """Raised levels, and what brought them."""
    begins, ends = selectors.span_of_month(first)
    levels = selectors.level_bands(near, prefix, first=begins, last=ends)
    return levels + selectors.other_bands(actor, near, prefix, first=begins, last=ends)


def _feed_url(request: StaffRequest, operation: Operation | None = None) -> str:
    what = str(operation.public_id) if operation else ""
    token = token_for(request, salt=SALT, what=what)
    return request.build_absolute_uri(reverse("operations:season_feed", args=[token]))


@public_page
def season_feed(request: PublicRequest, token: str) -> HttpResponse:
    """The whole season as iCalendar, of one plan or of an area; the address itself is the key."""
    actor, what = reader_of(token, salt=SALT, permission="operations.plan.read")
    if what:
        plans = [access.operation_for(actor, UUID(what))]
        name = plans[0].title
    else:
        plans = list(access.operations_for(actor).filter(closed_at=None))
        name = _("%(org)s行动日历") % {"org": actor.org_name}
    at = clock.now()
    season = selectors.season_of_plans(plans, first=FIRST, last=LAST, at=at)
    return feed_response(selectors.season_feed(season, name=name, at=at, host=request.get_host()))
