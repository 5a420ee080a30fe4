"""The words of plans that have no figure, with their measures."""

from django.http import HttpResponse

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.patrols import access
from nuantu.patrols.selectors import vague
from nuantu.patrols.views.counties import county_asked


@staff_page(access.READ)
def words(request: StaffRequest) -> HttpResponse:
    """What vague words are measured by in the reader's county, and where that is not kept; who reads
    a whole prefecture chooses the county (`county`, 12 digits)."""
    (county, tabs), at = county_asked(request), clock.now()
    context = {
        "measures": vague.measures(county, at),
        "terms": vague.terms(county, at),
        "county": county,
        "tabs": tabs,
    }
    return render(request, "patrols/words.html", context)
