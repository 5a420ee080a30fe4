"""The occupancy board."""

from django.http import HttpResponse

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.selectors import board as reads
from nuantu.stays.selectors.women import womens_watch


@staff_page(access.READ)
def board(request: StaffRequest) -> HttpResponse:
    """The house now: who has which bed, who is out, what is free; overseers choose the station."""
    at = clock.now()
    stations = reads.stations_seen(request.actor)
    org = reads.station_chosen(request.actor, stations, request.GET.get("station", ""))
    context = {
        "board": reads.board(org, at),
        "tabs": reads.station_tabs(stations),
        "org": org,
        "womens_watch": womens_watch(org, at),
        "may_manage": request.actor.may(access.HOUSE),
        "may_give": request.actor.may(access.BED) and org == request.actor.org_code,
    }
    return render(request, "stays/board.html", context, fragment="stays/_board.html")
