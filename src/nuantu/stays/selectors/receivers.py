"""Who can take somebody over when he leaves."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from nuantu.accounts.models import Organisation
from nuantu.operations.models import Duty, Handover
from nuantu.operations.rules.clocks import Clock
from nuantu.stays.models import Stay
from nuantu.stays.rules.leaving import TAKERS

_KINDS = (
    Organisation.Kind.STATION,
    Organisation.Kind.PARTNER,
    Organisation.Kind.POLICE,
    Organisation.Kind.HOSPITAL,
)


Choices = list[tuple[str, list[tuple[str, str]]]]


def receivers(stay: Stay) -> Choices:
    """Stations, police and partners (foster institutions) of the prefecture, and whoever was offered
    the case, by kind; those of the own county first."""
    offered = Handover.objects.filter(case_id=stay.case_id).values("to_org")
    near = Q(kind__in=_KINDS, division__code__startswith=stay.division_code[:4])
    found = Organisation.objects.filter(near | Q(code__in=offered), is_active=True)
    rows = found.exclude(code=stay.owner_org).values_list("code", "name", "division_id", "kind")
    county = stay.division_code[:6]
    near_first = sorted(rows, key=lambda row: (not row[2].startswith(county), row[0]))
    return [
        (str(kind.label), [(code, name) for code, name, _division, of in near_first if of == kind])
        for kind in _KINDS
        if any(row[3] == kind for row in near_first)
    ]


def can_take(way: str, to_org: str) -> bool:
    """Whether an organisation is of a kind that takes people over by this way."""
    kinds = TAKERS.get(way, frozenset())
    return Organisation.objects.filter(code=to_org, kind__in=kinds, is_active=True).exists()


@dataclass(frozen=True, slots=True)
class Taken:
    """Who accepted to take a resident over while he is still here, by which way he leaves, until when."""

    to_org: str
    name: str
    way: str
    clock: Clock | None


def taken_of(stay: Stay, at: datetime) -> Taken | None:
    """Whoever has taken a resident over and waits for him; the last acceptance counts."""
    row = (
        Handover.objects.filter(
            case_id=stay.case_id,
            state=Handover.State.ACCEPTED,
            answered_at__gte=stay.entered_at,
        )
        .exclude(to_org=stay.owner_org)
        .order_by("-answered_at", "-pk")
        .first()
    )
    body = Organisation.objects.filter(code=row.to_org).first() if row else None
    ways = [way for way, kinds in TAKERS.items() if body and body.kind in kinds]
    if body is None or not ways:
        return None
    owed = Duty.objects.filter(kind="stay.bring", subject_id=stay.public_id, state="open").first()
    return Taken(body.code, body.name, ways[0], owed.clock(at) if owed else None)


@dataclass(frozen=True, slots=True)
class Declined:
    """Who did not take a resident over, and why."""

    name: str
    why: str
    row: Handover


def declined_of(stay: Stay) -> Declined | None:
    """The last offer of a resident during this stay, when it came back."""
    rows = Handover.objects.filter(case_id=stay.case_id, offered_at__gte=stay.entered_at)
    row = rows.order_by("-offered_at", "-pk").first()
    if row is None or row.state != Handover.State.DECLINED:
        return None
    name = Organisation.objects.filter(code=row.to_org).values_list("name", flat=True).first()
    return Declined(name or row.to_org, row.answer_note, row)


def offered_of(stay: Stay) -> Handover | None:
    """The offer of a resident that waits for its answer."""
    return Handover.objects.filter(case_id=stay.case_id, state=Handover.State.OFFERED).first()
