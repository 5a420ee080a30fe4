"""Registers of the safety of a house: incidents, cameras and holds, food samples, newest first."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from nuantu.planbook.deadlines import start_of
from nuantu.stays.models import Camera, FoodSample, StationIncident, VideoHold
from nuantu.stays.selectors.safety import custody

Said = Mapping[str, Any]


def incidents(org: str, said: Said) -> QuerySet[StationIncident]:
    """Incidents of a station by words, kind and days; open ones first."""
    rows = _of_days(custody.incidents_of(org), "occurred_at", said)
    if said.get("kind"):
        rows = rows.filter(kind=said["kind"])
    if words := str(said.get("q") or "").strip():
        rows = rows.filter(
            Q(story__icontains=words) | Q(place__icontains=words) | Q(recorded_by__icontains=words)
        )
    return rows


def cameras(org: str, said: Said) -> QuerySet[Camera]:
    """Cameras of a station by name or place."""
    rows, words = custody.cameras_of(org), str(said.get("q") or "").strip()
    return rows.filter(Q(name__icontains=words) | Q(place__icontains=words)) if words else rows


def holds(org: str, said: Said) -> QuerySet[VideoHold]:
    """Holds of a station by camera, reason or who asked."""
    rows, words = custody.holds_of(org), str(said.get("q") or "").strip()
    if not words:
        return rows
    return rows.filter(
        Q(camera__name__icontains=words) | Q(reason__icontains=words) | Q(asked_by__icontains=words)
    )


def samples(org: str, said: Said) -> QuerySet[FoodSample]:
    """Every sample of a kitchen there ever was, by dish, hand and days."""
    rows = FoodSample.objects.filter(meal__owner_org=org).select_related("meal")
    rows = _of_days(rows, "put_in_at", said)
    if words := str(said.get("q") or "").strip():
        rows = rows.filter(
            Q(dish__icontains=words)
            | Q(put_in_by__icontains=words)
            | Q(taken_out_by__icontains=words)
        )
    return rows.order_by("-put_in_at", "-pk")


def _of_days(rows: "QuerySet[Any]", column: str, said: Said) -> "QuerySet[Any]":
    if said.get("from_date"):
        rows = rows.filter(**{f"{column}__gte": start_of(said["from_date"])})
    if said.get("to_date"):
        rows = rows.filter(**{f"{column}__lt": start_of(said["to_date"] + timedelta(days=1))})
    return rows
