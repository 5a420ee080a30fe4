"""A phone that may work without signal."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nuantu.accounts.models import User
from nuantu.accounts.selectors import actor_for
from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel

STAFF = FieldClass.STAFF
GOES_OUT = "fieldwork.device.enrol"


class FieldDevice(ScopedModel):
    """A phone that somebody enrolled for himself; his organisation holds the row.

    `token_hash` is the keyed hash of its token, which is shown once and kept nowhere. `settled_seq`
    is the place up to which its commands are settled; `clock_offset_seconds` is what had to be added
    to its clock at its last delivery. `closed_at`: it ended, and has delivered what it still held.
    """

    field_classes: ClassVar = {
        "label": STAFF,
        "token_hash": STAFF,
        "app_version": STAFF,
        "revoked_by": STAFF,
        "revoke_reason": STAFF,
    }

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=120, blank=True)
    revoke_reason = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    bundled_at = models.DateTimeField(null=True, blank=True)
    unsent_count = models.PositiveIntegerField(default=0)
    app_version = models.CharField(max_length=20, blank=True)
    clock_offset_seconds = models.FloatField(null=True, blank=True)
    settled_seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoke_reason=""),
                name="fieldwork_fielddevice_revoked_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("recorded_at")),
                name="fieldwork_fielddevice_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-recorded_at"], name="fieldwork_device_by_user"),
            models.Index(fields=["owner_org", "-recorded_at"], name="fieldwork_device_by_owner"),
        ]

    def __str__(self) -> str:
        return self.label

    def has_ended(self, at: datetime) -> bool:
        """Whether it may neither get a bundle nor have its commands applied."""
        return self.revoked_at is not None or at >= self.expires_at or not self.is_carried

    @property
    def is_carried(self) -> bool:
        """Whether its user still goes out for the organisation that it was enrolled with."""
        is_here = self.user.is_active and self.user.organisation_id == self.owner_org
        return is_here and actor_for(self.user).may(GOES_OUT)
