"""Which county a page of one county shows."""

from nuantu.core.http import StaffRequest
from nuantu.operations.rules.places import county_of
from nuantu.patrols import access

Tabs = list[tuple[str, str, str]]


def county_asked(request: StaffRequest) -> tuple[str, Tabs]:
    """The county that a page is about, and the ones to choose from: whoever reads a whole prefecture
    chooses (`county`, 12 digits), everybody else reads his own."""
    known = access.counties_of(request.actor)
    asked = request.GET.get("county", "")
    own = known[0].code if known else county_of(request.actor.division_code)
    tabs = [(one.code, one.name, f"?county={one.code}") for one in known]
    return (asked if asked in {one.code for one in known} else own), tabs
