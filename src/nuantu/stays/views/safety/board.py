"""The safety page of a station and its register of hazards."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.forms.safety import HazardFilterForm
from nuantu.stays.models import Hazard
from nuantu.stays.selectors import board as reads
from nuantu.stays.selectors.safety import board as safe
from nuantu.ui.pages import LongList
from nuantu.ui.photos import photo_page

PER_PAGE = 50


def _station(request: StaffRequest) -> tuple[str, list[str]]:
    """The station that is shown, and those to choose from."""
    stations = reads.stations_seen(request.actor)
    return reads.station_chosen(request.actor, stations, request.GET.get("station", "")), stations


@staff_page(access.SAFETY_READ)
def safety(request: StaffRequest) -> HttpResponse:
    """Checks owed, hazards, inspectors; overseers choose the station."""
    org, stations = _station(request)
    is_own = org == request.actor.org_code
    context = {
        "board": safe.safety_board(org, request.actor.division_code, clock.now()),
        "tabs": reads.station_tabs(stations),
        "org": org,
        "may_write": is_own and request.actor.may(access.SAFETY),
        "may_manage": is_own and request.actor.may(access.SAFETY_MANAGE),
        "may_count": request.actor.may(access.CUPBOARD),
        "may_film": request.actor.may(access.VIDEO),
        "may_inspect": request.actor.may(access.INSPECT),
    }
    return render(request, "stays/safety/board.html", context)


@staff_page(access.SAFETY_READ)
def hazard_list(request: StaffRequest) -> HttpResponse:
    """The register of hazards with search; ?export=xlsx gives it as Excel."""
    org, stations = _station(request)
    form = HazardFilterForm(request.GET or None)
    said = form.cleaned_data if form.is_valid() else {}
    rows = safe.hazards_found(org, words=said.get("q", ""), state=said.get("state", ""))
    if request.GET.get("export") == "xlsx":
        return _register(rows[:MOST_FETCHED])
    page = LongList(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "tabs": reads.station_tabs(stations),
        "org": org,
        "export_url": f"?station={org}&export=xlsx",
        "count": page.paginator.count,
    }
    return render(request, "stays/safety/hazards.html", context)


def _register(rows: "Iterable[Hazard]") -> HttpResponse:
    headings = [
        _("发现时间"),
        _("什么不对"),
        _("在哪里"),
        _("来源"),
        _("状态"),
        _("整改期限"),
        _("由谁整改"),
        _("整改时间"),
        _("怎么整改的"),
        _("复查人"),
    ]
    lines = (
        [
            row.found_at,
            row.said,
            row.place_said,
            row.get_source_display(),
            row.get_state_display(),
            row.due_at,
            row.mender.name if row.mender else "",
            row.repaired_at,
            row.repair_note,
            row.rechecked_by,
        ]
        for row in rows
    )
    return register_xlsx(_("安全隐患登记"), headings, lines, preamble=[_("安全隐患登记")])


@staff_page(access.SAFETY_READ)
def photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A photo of a hazard or its repair."""
    return photo_page(access.hazard_photo_for(request.actor, public_id))
