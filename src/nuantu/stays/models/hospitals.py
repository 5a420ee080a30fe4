"""In which hospitals a patient lay during one treatment, one after the other, and why he was moved."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.places.models import Hospital
from nuantu.stays.models.health import HospitalCare

STAFF = FieldClass.STAFF


class CareHospital(models.Model):
    """One hospital of a treatment: the first, and each one that the patient was moved to (转院).

    A move is wanted before a hospital is known; it is done once he has arrived, or dropped. Why he
    is moved lies sealed; the first hospital has no such words. The database lets nobody lie in two
    hospitals at once, nor be moved twice at once.
    """

    field_classes: ClassVar = {
        "reason": FieldClass.SENSITIVE,
        "wanted_by": STAFF,
        "accompanied_by": STAFF,
        "dropped_words": FieldClass.SENSITIVE,
        "dropped_by": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    care = models.ForeignKey(HospitalCare, on_delete=models.PROTECT, related_name="hospitals")
    hospital = models.ForeignKey(
        Hospital, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = SealedTextField(blank=True, default="")
    wanted_at = models.DateTimeField()
    wanted_by = models.CharField(max_length=120)
    arrived_at = models.DateTimeField(null=True, blank=True)
    accompanied_by = models.CharField(max_length=80, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.CharField(max_length=120, blank=True)
    dropped_words = SealedTextField(blank=True, default="")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="stays_carehospital_one_hospital_at_a_time",
                expressions=[
                    ("care", RangeOperators.EQUAL),
                    (
                        Func(
                            F("arrived_at"),
                            F("left_at"),
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(arrived_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["care"],
                condition=Q(arrived_at__isnull=True, dropped_at__isnull=True),
                name="stays_carehospital_one_move_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True)
                | (Q(hospital__isnull=False, dropped_at__isnull=True) & ~Q(accompanied_by="")),
                name="stays_carehospital_arrived_with_somebody",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True)
                | Q(arrived_at__isnull=False, left_at__gte=F("arrived_at")),
                name="stays_carehospital_left_after_arriving",
            ),
        ]

    def __str__(self) -> str:
        return str(self.hospital or self.public_id)

    @property
    def case_id(self) -> UUID | None:
        """Its words are sealed under the key of the patient's case."""
        return self.care.case_id

    @property
    def is_sought(self) -> bool:
        """Whether the move is wanted and neither done nor dropped."""
        return self.arrived_at is None and self.dropped_at is None
