"""Types of key location that the plans in force add to the packaged ones."""

from django.db.models import F

from nuantu.core.reference import remembered
from nuantu.operations.models import PlanRule
from nuantu.places.rules.types import LocationType


def plan_location_types() -> list[LocationType]:
    """The types named by plans that are not closed, each with the plan that names it."""
    return remembered("plans", "location types", _of_open_plans)


def _of_open_plans() -> list[LocationType]:
    rows = (
        PlanRule.objects.filter(
            kind="place.type", operation__closed_at=None, version=F("operation__version")
        )
        .select_related("operation")
        .order_by("operation_id", "position")
    )
    return [_type_of(row) for row in rows]


def _type_of(row: PlanRule) -> LocationType:
    said: dict[str, str] = row.value or {}
    return LocationType(row.key, said["label"], said["label_en"], (), row.operation.plan_code)
