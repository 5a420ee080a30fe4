"""Tips that may be about the same person."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from nuantu.dispatch.models import Tip, TipLink
from nuantu.dispatch.rules.duplicates import SUGGEST_FROM, Likeness, Sighting, likeness
from nuantu.dispatch.selectors.rulings import rulings_at
from nuantu.operations.rules.places import county_of

MOST_COMPARED = 400


def sighting_of(tip: Tip) -> Sighting:
    """What a tip says, for the comparison."""
    return Sighting(
        received_at=tip.received_at,
        place=tip.place_text,
        seen=tip.seen_text,
        point=None if tip.is_approximate else tip.point,
        flags=tip.flags,
        person_count=tip.person_count,
        caller=tip.callback_hash,
    )


def tips_around(tip: Tip, *, since: datetime, until: datetime) -> QuerySet[Tip]:
    """Other tips of the same county and time, the nearest in time first; followers stand behind
    the one they follow."""
    return (
        Tip.objects.filter(
            received_at__range=(since, until),
            division_code__startswith=county_of(tip.division_code)[:6],
            follows=None,
        )
        .exclude(pk=tip.pk)
        .order_by("-received_at")[:MOST_COMPARED]
    )


def like_this(sighting: Sighting, *, division_code: str) -> list[tuple[Tip, Likeness]]:
    """Open tips like the one being typed, the most alike first; at most five (peers ask 4)."""
    bounds = rulings_at(division_code, sighting.received_at).duplicate_bounds
    since = sighting.received_at - timedelta(minutes=bounds.window_minutes)
    recent = Tip.objects.filter(received_at__gte=since, follows=None).order_by("-received_at")
    scored = [(tip, likeness(sighting, sighting_of(tip), bounds)) for tip in recent[:MOST_COMPARED]]
    alike = [(tip, like) for tip, like in scored if like.score >= SUGGEST_FROM - 0.15]
    return sorted(alike, key=lambda pair: -pair[1].score)[:5]


def links_of(tip: Tip) -> QuerySet[TipLink]:
    """Pairs the tip stands in, undecided first, the most alike first."""
    return (
        TipLink.objects.filter(Q(earlier=tip) | Q(later=tip))
        .select_related("earlier", "later")
        .order_by("decided_at", "-score")
    )
