"""Who must be told of a patient, an infection or a death, and when it was done."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.stays.models.health import HospitalCare

STAFF = FieldClass.STAFF


class HealthNotice(models.Model):
    """One body or person that must be told, each with a duty of its own until it was."""

    class Kind(models.TextChoices):
        AMBULANCE = "ambulance", _("急救机构（120）")
        PSYCHIATRIC = "psychiatric", _("精神卫生机构")
        CDC = "cdc", _("疾控机构")
        HEALTH_BUREAU = "health_bureau", _("卫生健康部门")

    field_classes: ClassVar = {
        "kind": STAFF,
        "told_to": STAFF,
        "told_by": STAFF,
        "note": STAFF,
    }
    erases: ClassVar = ("note",)
    erased_with: ClassVar = "care__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    care = models.ForeignKey(HospitalCare, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    owed_at = models.DateTimeField()
    duty_id = models.UUIDField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_to = models.CharField(max_length=80, blank=True)
    told_by = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["care", "kind"], name="stays_healthnotice_once"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | (~Q(told_to="") & ~Q(told_by="")),
                name="stays_healthnotice_told_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"

    @property
    def case_id(self) -> UUID | None:
        """The case it follows."""
        return self.care.case_id
