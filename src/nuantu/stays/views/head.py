"""The first screen of the head of a station, and the people behind its numbers."""

from django.http import Http404, HttpResponse

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.selectors import board as reads
from nuantu.stays.selectors import head as selectors
from nuantu.stays.selectors.safety.board import safety_board
from nuantu.stays.selectors.safety.food import kitchen


@staff_page(access.HEAD)
def head(request: StaffRequest) -> HttpResponse:
    """Who is here tonight, what is due, free beds, safety, stock; overseers choose the station."""
    actor, at = request.actor, clock.now()
    stations = reads.stations_seen(actor)
    org = reads.station_chosen(actor, stations, request.GET.get("station", ""))
    context = {
        "page": selectors.head_page(org, at),
        "board": reads.board(org, at),
        "safety": safety_board(org, actor.division_code, at),
        "kitchen": kitchen(org, actor.division_code, at),
        "tabs": reads.station_tabs(stations),
        "org": org,
        "is_own": org == actor.org_code,
    }
    return render(request, "stays/head/head.html", context, fragment="stays/head/_head.html")


@staff_page(access.HEAD)
def head_people(request: StaffRequest, code: str) -> HttpResponse:
    """The people behind one number of the first screen."""
    stations = reads.stations_seen(request.actor)
    org = reads.station_chosen(request.actor, stations, request.GET.get("station", ""))
    found = selectors.people_behind(org, code, clock.now())
    if found is None:
        raise Http404
    context = {"title": found[0], "people": found[1], "org": org}
    return render(request, "stays/head/people.html", context)
