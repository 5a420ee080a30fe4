"""Doors to what keeps a station safe: kitchen, checks, hazards, cupboard, recordings."""

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.stays.access.permissions import (
    CUPBOARD,
    HAZARD_PHOTO,
    INCIDENT_READ,
    KITCHEN,
    SAFETY_MANAGE,
    SAFETY_READ,
    VIDEO,
)
from nuantu.stays.access.rows import own_row
from nuantu.stays.models import (
    CupboardItem,
    FoodSample,
    FoodSuspicion,
    Hazard,
    Inspection,
    KitchenMeal,
    SafetyCheck,
    StationIncident,
    VideoHold,
)

Safe = TypeVar("Safe", bound=ScopedModel)


def hazard_for(actor: Actor, public_id: UUID, permission: str = SAFETY_READ) -> Hazard:
    """A hazard the actor may see; to change it, one of his own station."""
    rows = Hazard.objects.select_related(
        "photo", "repair_photo", "mender", "inspection", "check_line"
    )
    return _safe(rows, actor, public_id, permission)


def safety_check_for(actor: Actor, public_id: UUID, permission: str = SAFETY_READ) -> SafetyCheck:
    """A check the actor may see; to do it, one of his own station."""
    return _safe(SafetyCheck.objects.all(), actor, public_id, permission)


def inspection_for(actor: Actor, public_id: UUID, permission: str = SAFETY_READ) -> Inspection:
    """An inspection the actor may see; to answer it, one of his own station."""
    return _safe(Inspection.objects.all(), actor, public_id, permission)


def meal_for(actor: Actor, public_id: UUID, permission: str = KITCHEN) -> KitchenMeal:
    """A meal of the actor's own kitchen."""
    return _safe(KitchenMeal.objects.all(), actor, public_id, permission)


def suspicion_for(actor: Actor, public_id: UUID, permission: str = SAFETY_MANAGE) -> FoodSuspicion:
    """A suspicion of food poisoning in the actor's own station, for whoever may end it."""
    return _safe(FoodSuspicion.objects.all(), actor, public_id, permission)


def sample_for(actor: Actor, public_id: UUID) -> FoodSample:
    """A sample in the fridge of the actor's own kitchen."""
    rows = FoodSample.objects.select_related("meal", "suspicion")
    return own_row(rows, actor, public_id, KITCHEN, through="meal__")


def cupboard_item_for(actor: Actor, public_id: UUID) -> CupboardItem:
    """A thing of the actor's own cupboard."""
    return _safe(CupboardItem.objects.all(), actor, public_id, CUPBOARD)


def incident_for(actor: Actor, public_id: UUID) -> StationIncident:
    """An incident of a station the actor may see."""
    return _safe(StationIncident.objects.all(), actor, public_id, INCIDENT_READ)


def hold_for(actor: Actor, public_id: UUID) -> VideoHold:
    """A hold on recordings of the actor's own station."""
    rows = VideoHold.objects.select_related("camera")
    return own_row(rows, actor, public_id, VIDEO, through="camera__")


def hazard_photo_for(actor: Actor, public_id: UUID) -> StoredFile:
    """A photo of a hazard the actor may see."""
    row = StoredFile.objects.filter(public_id=public_id, purpose=HAZARD_PHOTO).first()
    if row is None or not actor.may(SAFETY_READ):
        raise Http404
    return row


def _safe(rows: QuerySet[Safe], actor: Actor, public_id: UUID, permission: str) -> Safe:
    """A row about safety: whoever reads sees what his area has, whoever writes his own house only."""
    row = rows.filter(public_id=public_id).first()
    is_own = row is not None and row.owner_org == actor.org_code
    may_oversee = permission in (SAFETY_READ, INCIDENT_READ)
    if row is None or not actor.may(permission) or not (is_own or may_oversee):
        raise Http404
    return row
