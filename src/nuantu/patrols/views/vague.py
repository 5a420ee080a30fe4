"""The words of plans that have no figure, with their measures."""

from django.http import HttpResponse

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.operations.rules.places import county_of
from nuantu.patrols import access
from nuantu.patrols.selectors import vague


@staff_page(access.READ)
def words(request: StaffRequest) -> HttpResponse:
    """What vague words are measured by in the reader's county, and where that is not kept; who reads
    a whole prefecture chooses the county (`county`, 12 digits)."""
    known = access.counties_of(request.actor)
    asked, at = request.GET.get("county", ""), clock.now()
    own = known[0].code if known else county_of(request.actor.division_code)
    county = asked if asked in {one.code for one in known} else own
    context = {
        "measures": vague.measures(county, at),
        "terms": vague.terms(county, at),
        "county": county,
        "tabs": [(one.code, one.name, f"?county={one.code}") for one in known],
    }
    return render(request, "patrols/words.html", context)
