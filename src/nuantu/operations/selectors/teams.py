"""Teams that could go, and who is out."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from nuantu.operations.models import Shift, Team
from nuantu.operations.rules.places import county_of


def teams_for(division_code: str, at: datetime) -> list[Team]:
    """The active teams of the county a place lies in, those on shift first.

    Each has `is_on_shift`, `shift_since`, `shift_until` (None when off) and its members with
    their users loaded. Two queries.
    """
    prefix = county_of(division_code)[:6].rstrip("0") or county_of(division_code)[:2]
    return list(_with_shift(at).filter(division__code__startswith=prefix))


def team_of_user(user_public_id: UUID | str, at: datetime) -> Team | None:
    """The team a user goes out with; of several the one that is on shift."""
    return _with_shift(at).filter(members__user__public_id=user_public_id).first()


def team(public_id: UUID, at: datetime) -> Team | None:
    """One team with its shift at a moment."""
    return _with_shift(at).filter(public_id=public_id).first()


def _with_shift(at: datetime) -> QuerySet[Team]:
    running = Shift.objects.filter(team=OuterRef("pk"), starts_at__lte=at, ends_at__gt=at).order_by(
        "starts_at"
    )
    return (
        Team.objects.filter(is_active=True)
        .select_related("organisation", "division")
        .prefetch_related("members__user")
        .annotate(
            on_since=Subquery(running.values("starts_at")[:1]),
            on_until=Subquery(running.values("ends_at")[:1]),
        )
        .order_by(F("on_until").asc(nulls_last=True), "name", "pk")
    )
