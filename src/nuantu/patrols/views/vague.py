"""The words of plans that have no figure, with their measures."""

from django.http import HttpResponse

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.operations.rules.places import county_of
from nuantu.patrols import access
from nuantu.patrols.selectors import vague


@staff_page(access.READ)
def words(request: StaffRequest) -> HttpResponse:
    """What vague words are measured by in the reader's county, and where that is not kept."""
    county, at = county_of(request.actor.division_code), clock.now()
    context = {"measures": vague.measures(county, at), "terms": vague.terms(county, at)}
    return render(request, "patrols/words.html", context)
