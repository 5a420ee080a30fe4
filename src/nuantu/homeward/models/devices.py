"""Wristbands, and the gateways that forward for them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel
from nuantu.homeward.models.choices import Stock

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class Gateway(ScopedModel):
    """A Traccar server that forwards fixes of this organisation's wristbands; known by its token's hash."""

    field_classes: ClassVar = {"name": STAFF, "token_hash": SENSITIVE, "made_by": STAFF}

    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=120)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="homeward_gateway_is_called")
        ]

    def __str__(self) -> str:
        return self.name


class Wristband(ScopedModel):
    """A wristband by its number in the store. What it calls itself lies as a keyed hash only.

    `token_hash` is of the token with which it tells fixes without a gateway. `unstored_count` counts what
    was told and not stored, because nobody wore it or no consent stood behind it.
    """

    field_classes: ClassVar = {
        "number": STAFF,
        "made": STAFF,
        "id_hash": SENSITIVE,
        "token_hash": SENSITIVE,
        "state": STAFF,
        "note": STAFF,
    }
    erases: ClassVar = ("note",)

    number = models.CharField(max_length=24)
    made = models.CharField(max_length=60, blank=True)
    id_hash = models.CharField(max_length=64, unique=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(max_length=8, choices=Stock.choices, default=Stock.IN_STORE)
    note = models.CharField(max_length=200, blank=True)
    unstored_count = models.PositiveIntegerField(default=0)
    unstored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_org", "number"], name="homeward_wristband_number_once"
            ),
            models.CheckConstraint(condition=~Q(id_hash=""), name="homeward_wristband_is_known"),
        ]
        indexes = [models.Index(fields=["owner_org", "state"], name="homeward_wristband_stock")]

    def __str__(self) -> str:
        return self.number
