"""That life or safety is at stake, and what helps then."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nuantu.accounts.models import User
from nuantu.casework.models.choices import RiskKind, RiskSign, Urgency
from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.models import ScopedModel
from nuantu.persons.models import Person

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class RiskMark(ScopedModel):
    """That life or safety of somebody is at stake, on which signs. Two people lift it, nothing else does."""

    field_classes: ClassVar = {
        "kind": STAFF,
        "urgency": STAFF,
        "signs": STAFF,
        "reasons": SENSITIVE,
        "marked_by": STAFF,
        "lift_reason": SENSITIVE,
        "lifted_by": STAFF,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=RiskKind.choices)
    urgency = models.CharField(max_length=9, choices=Urgency.choices)
    signs = ArrayField(models.CharField(max_length=10, choices=RiskSign.choices), default=list)
    reasons = SealedTextField()
    marked_at = models.DateTimeField()
    marked_by = models.CharField(max_length=120)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    lift_reason = SealedTextField(blank=True, default="")
    lift_asked_at = models.DateTimeField(null=True, blank=True)
    lift_asked_of = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=120, blank=True)
    lifted_of = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "kind"],
                condition=Q(lifted_at__isnull=True),
                name="casework_riskmark_one_of_a_kind_in_a_case",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True)
                | (
                    Q(lift_asked_of__isnull=False, lifted_of__isnull=False)
                    & ~Q(lift_reason="")
                    & ~Q(lifted_of=F("lift_asked_of"))
                ),
                name="casework_riskmark_lifted_by_two",
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="casework_riskmark_belongs_to_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.lifted_at is None


class SafetyPlan(ScopedModel):
    """What he and his worker agreed on for bad hours; the newest counts, earlier ones stay."""

    field_classes: ClassVar = {
        "signs": SENSITIVE,
        "helps": SENSITIVE,
        "people": SENSITIVE,
        "out_of_reach": SENSITIVE,
        "put_by": STAFF,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signs = SealedTextField()
    helps = SealedTextField()
    people = SealedTextField()
    out_of_reach = SealedTextField()
    put_at = models.DateTimeField()
    put_by = models.CharField(max_length=120)
    is_agreed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="casework_safetyplan_belongs_to_a_case"
            )
        ]
        indexes = [models.Index(fields=["case_id", "-put_at"], name="casework_safetyplan_newest")]

    def __str__(self) -> str:
        return f"{self.put_at:%Y-%m-%d} {self.public_id}"
