"""Who is on watch, and where the roster has holes."""

from datetime import datetime

from django.db.models import QuerySet

from nuantu.operations.models import WatchShift


def leader_on_duty(org_code: str, at: datetime) -> WatchShift | None:
    """The leader on duty (带班领导) of an organisation at a moment, None when nobody is down."""
    return on_watch(org_code, at).filter(is_leader=True).first()


def on_watch(org_code: str, at: datetime) -> QuerySet[WatchShift]:
    """Everybody on watch at a moment, with users."""
    return (
        WatchShift.objects.filter(
            organisation_id=org_code, starts_at__lte=at, ends_at__gt=at, cancelled_at=None
        )
        .select_related("user", "organisation")
        .order_by("-is_leader", "post", "starts_at")
    )
