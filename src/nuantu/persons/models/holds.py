"""Photos and videos that may not be deleted yet, because somebody complained or a law asks for them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel

STAFF = FieldClass.STAFF


class EvidenceHold(ScopedModel):
    """A hold (证据保全) on the photos and videos of a case or a patrol, named by kind and public id.

    It holds them from the nightly deletion until a human ends it; on `review_date` somebody looks
    whether it is needed still, which is owed as a duty. `asked_by` is who complained or asked, as far
    as he wants to be named.
    """

    class Cause(models.TextChoices):
        COMPLAINT = "complaint", _("投诉、意见没有办结")
        OBJECTION = "objection", _("本人或家属有异议")
        LEGAL = "legal", _("司法、监察机关要求")

    field_classes: ClassVar = {
        "subject_kind": STAFF,
        "cause": STAFF,
        "reason": STAFF,
        "asked_by": STAFF,
        "placed_by": STAFF,
        "ended_by": STAFF,
        "ended_reason": STAFF,
    }
    erases: ClassVar = ("reason", "asked_by", "ended_reason")

    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    cause = models.CharField(max_length=9, choices=Cause.choices)
    reason = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=120, blank=True)
    placed_by = models.CharField(max_length=120)
    review_date = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="persons_evidencehold_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | (Q(ended_at__gte=F("recorded_at")) & ~Q(ended_reason="") & ~Q(ended_by="")),
                name="persons_evidencehold_ends_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["subject_kind", "subject_id"],
                condition=Q(ended_at__isnull=True),
                name="persons_evidencehold_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.ended_at is None
