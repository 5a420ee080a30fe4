"""Who can take somebody over when he leaves."""

from django.db.models import Q

from nuantu.accounts.models import Organisation
from nuantu.operations.models import Handover
from nuantu.stays.models import Stay

_KINDS = (
    Organisation.Kind.STATION,
    Organisation.Kind.POLICE,
    Organisation.Kind.HOSPITAL,
    Organisation.Kind.PARTNER,
)


def receivers(stay: Stay) -> list[tuple[str, str]]:
    """Stations, police and partners (foster institutions) of the prefecture, and whoever was offered
    the case; those of the own county first."""
    offered = Handover.objects.filter(case_id=stay.case_id).values("to_org")
    near = Q(kind__in=_KINDS, division__code__startswith=stay.division_code[:4])
    found = Organisation.objects.filter(near | Q(code__in=offered), is_active=True)
    rows = found.exclude(code=stay.owner_org).values_list("code", "name", "division_id")
    county = stay.division_code[:6]
    near_first = sorted(rows, key=lambda row: (not row[2].startswith(county), row[0]))
    return [(code, name) for code, name, _division in near_first]


def offered_of(stay: Stay) -> Handover | None:
    """The offer of a resident that waits for its answer."""
    return Handover.objects.filter(case_id=stay.case_id, state=Handover.State.OFFERED).first()
