"""Who can take somebody over when he leaves."""

from django.db.models import Q

from nuantu.accounts.models import Organisation
from nuantu.operations.models import Handover
from nuantu.stays.models import Stay

_KINDS = (Organisation.Kind.STATION, Organisation.Kind.POLICE, Organisation.Kind.HOSPITAL)


def receivers(stay: Stay) -> list[tuple[str, str]]:
    """Stations and police of the prefecture, and whoever was offered the case, by name."""
    offered = Handover.objects.filter(case_id=stay.case_id).values("to_org")
    near = Q(kind__in=_KINDS, division__code__startswith=stay.division_code[:4])
    found = Organisation.objects.filter(near | Q(code__in=offered), is_active=True)
    rows = found.exclude(code=stay.owner_org).order_by("code").values_list("code", "name")
    return [(code, name) for code, name in rows]
