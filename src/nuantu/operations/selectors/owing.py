"""Who owes the dated duties of a compiled plan."""

from collections.abc import Iterator

from nuantu.accounts.models import Organisation
from nuantu.accounts.selectors import bureau_of, counties, office_of, orgs_in, station_of
from nuantu.operations.models import Operation
from nuantu.operations.rules.redating import Promised
from nuantu.planbook.compiler import Compiled, PlannedDuty

DUTY_OWNERS = {
    "relief_station": station_of,
    "joint_meeting_office": office_of,
}


def promised(operation: Operation, compiled: Compiled) -> dict[str, Promised]:
    """The dated duties of a plan by the name each keeps for ever."""
    return {
        slot(operation, planned.code, owner.code): Promised(
            planned, owner.code, owner.name, owner.division_id
        )
        for planned in compiled.duties
        for owner in owners(planned, operation.organisation)
    }


def slot(operation: Operation, code: str, owner: str) -> str:
    """The name of a dated duty: no promise of a plan is opened twice."""
    return f"{operation.public_id.hex}:{code}:{owner}"


def owners(planned: PlannedDuty, organisation: Organisation) -> Iterator[Organisation]:
    """Who owes a duty: the own organisation or its station, or the one of each county or township."""
    if planned.spread == "own":
        find_own = DUTY_OWNERS.get(planned.who)
        yield (find_own(organisation.division_id) if find_own else None) or organisation
        return
    prefix = organisation.division.prefix
    if planned.spread == "each_township":
        yield from orgs_in(prefix, Organisation.Kind.TOWNSHIP)
        return
    find = DUTY_OWNERS.get(planned.who, bureau_of)
    below = [division.code for division in counties(prefix)] or [organisation.division_id]
    for code in below:
        owner = find(code)
        if owner is not None and owner.division_id == code:
            yield owner
