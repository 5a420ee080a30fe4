"""What came in and could not be read: kept as it came until a person has looked at it."""

from typing import ClassVar

from django.db import models

from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel
from nuantu.warnings.models.messages import Transmission

STAFF = FieldClass.STAFF


class UnreadBody(ScopedModel):
    """A body that is no readable warning. `why` is the code of the reason, `detail` where; it
    waits until a person has entered it by hand or says in `note` why it is no warning."""

    field_classes: ClassVar = {
        "why": STAFF,
        "detail": STAFF,
        "settled_by": STAFF,
        "note": STAFF,
    }

    transmission = models.OneToOneField(
        Transmission, on_delete=models.PROTECT, related_name="unread"
    )
    why = models.CharField(max_length=20)
    detail = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by="", note="")
                | (
                    models.Q(settled_at__isnull=False)
                    & ~models.Q(settled_by="")
                    & ~models.Q(note="")
                ),
                name="warnings_unreadbody_settled_by_somebody_for_a_reason",
            )
        ]
        indexes = [
            models.Index(
                fields=["-id"],
                condition=models.Q(settled_at__isnull=True),
                name="warnings_unreadbody_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.transmission_id}"
