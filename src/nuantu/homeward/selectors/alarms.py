"""Alarms that need somebody now, and the store and the proofs beside them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.homeward.models import Alarm, AlarmKind, LastFix, TrackKey, Wristband
from nuantu.homeward.rules.watching import CALLS, URGENT
from nuantu.persons.selectors import Card, card_of


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """An alarm as the list shows it."""

    alarm: Alarm
    card: Card
    is_urgent: bool
    last: LastFix | None


def alarms(state: str, at: datetime) -> "QuerySet[Alarm]":
    """Alarms the reader may see: what waits for an answer, calls before what else is urgent before the rest,
    the oldest of each first; else what was answered."""
    found = Alarm.objects.select_related("wearer__person", "wearer__last_fix")
    if state == "answered":
        return found.exclude(answered_at=None).order_by("-answered_at", "-pk")
    rank = Case(When(kind__in=CALLS, then=0), When(kind__in=URGENT, then=1), default=2)
    return found.filter(answered_at=None, due_at__lte=at).order_by(rank, "began_at", "pk")


def rows_of(found: list[Alarm], at: datetime) -> list[AlarmRow]:
    """The rows of a page."""
    return [
        AlarmRow(
            alarm=one,
            card=card_of(one.wearer.person, at),
            is_urgent=one.kind in URGENT,
            last=getattr(one.wearer, "last_fix", None),
        )
        for one in found
    ]


def alarm_label(public_id: UUID) -> str:
    """How an alarm is called."""
    found = Alarm.objects.filter(public_id=public_id).values_list("kind", "wearer__number").first()
    if found is None:
        return _("手环告警")
    kind, number = found
    return f"{AlarmKind(kind).label} · {number}"


def alarm_url(public_id: UUID) -> str:
    """Where it is answered."""
    return reverse("homeward:answer", args=[public_id])


def bands(words: str, state: str, org: str) -> "QuerySet[Wristband]":
    """The wristbands of a store."""
    found = Wristband.objects.filter(owner_org=org)
    if words:
        found = found.filter(Q(number__icontains=words) | Q(made__icontains=words))
    if state:
        found = found.filter(state=state)
    return found.order_by("number", "pk")


def proofs(words: str) -> "QuerySet[TrackKey]":
    """Keys of months, those that were destroyed last first; then those that live."""
    found = TrackKey.objects.select_related("wearer")
    if words:
        found = found.filter(wearer__number__iexact=words)
    return found.order_by("-destroyed_at", "-month_date", "pk")
