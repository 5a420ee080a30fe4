"""The cupboard, incidents and cameras as their pages show them."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from nuantu.core.actors import Actor
from nuantu.operations.selectors import rules_at
from nuantu.stays.models import (
    Camera,
    CupboardCount,
    CupboardItem,
    CupboardMove,
    StationIncident,
    VideoHold,
)


def cupboard_of(org: str) -> QuerySet[CupboardItem]:
    """What lies in the cupboard of a station by the book; `is_counting` where no figure may be shown."""
    open_counts = CupboardCount.objects.filter(item=OuterRef("pk"), second_at=None)
    rows = CupboardItem.objects.filter(owner_org=org).annotate(is_counting=Exists(open_counts))
    return rows.order_by("kind", "name")


def uncounted(actor: Actor, at: datetime) -> set[int]:
    """Things of the actor's cupboard that were not counted for longer than the rhythm."""
    days = rules_at(actor.division_code, at).need("cupboard.count").number
    late = Q(counted_at__lt=at - timedelta(days=days)) | Q(
        counted_at=None, recorded_at__lt=at - timedelta(days=days)
    )
    return set(cupboard_of(actor.org_code).filter(late).values_list("pk", flat=True))


def open_count(item: CupboardItem) -> CupboardCount | None:
    """The count that waits for its second person; his own figure is not shown to him."""
    return item.counts.filter(second_at=None).first()


def count_ended(item: CupboardItem) -> CupboardMove | None:
    """What was taken out in the middle of a count and ended it, until the thing is counted after all."""
    rows = item.moves.exclude(count_ended_of="").order_by("-pk")
    if item.counted_at is not None:
        rows = rows.filter(moved_at__gt=item.counted_at)
    return rows.first()


def incidents_of(org: str) -> QuerySet[StationIncident]:
    """Incidents of a station, open ones first."""
    return StationIncident.objects.filter(owner_org=org).order_by("concluded_at", "-occurred_at")


def cameras_of(org: str) -> QuerySet[Camera]:
    """Cameras of a station in use."""
    return Camera.objects.filter(owner_org=org, retired_at=None).order_by("name")


def holds_of(org: str) -> QuerySet[VideoHold]:
    """Holds of a station: those in force first, what is overwritten soonest on top."""
    rows = VideoHold.objects.filter(camera__owner_org=org).select_related("camera")
    return rows.order_by("released_at", "overwritten_from_at")
