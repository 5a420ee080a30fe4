"""Who was out at a moment, and of whom something later is known: for what is told late."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from nuantu.stays.models import Absence, RollMark, Search, Stay


def absences_at(stays: Iterable[Stay], at: datetime) -> QuerySet[Absence]:
    """The absences of these residents that were under way at that moment, ended since or not."""
    still = Q(back_at=None) | Q(back_at__gt=at)
    return Absence.objects.filter(still, stay__in=list(stays), left_at__lte=at)


def told_since(stays: Iterable[Stay], at: datetime) -> frozenset[int]:
    """Residents of whom something happened after that moment that says where they are: a later
    roll-call, going out, coming back, a search, leaving; their keys. Three queries."""
    rows = list(stays)
    marks = RollMark.objects.filter(stay__in=rows, roll_call__called_at__gt=at)
    moves = Absence.objects.filter(Q(left_at__gt=at) | Q(back_at__gt=at), stay__in=rows)
    searches = Search.objects.filter(Q(raised_at__gt=at) | Q(ended_at__gt=at), stay__in=rows)
    return frozenset(
        [
            *(stay.pk for stay in rows if not stay.is_here),
            *marks.values_list("stay", flat=True),
            *moves.values_list("stay", flat=True),
            *searches.values_list("stay", flat=True),
        ]
    )
