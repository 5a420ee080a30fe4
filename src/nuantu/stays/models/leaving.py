"""How a stay ended, and what was checked before."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.stays.models.choices import Way
from nuantu.stays.models.staying import Stay

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class Leaving(models.Model):
    """How a stay ended (F-09): by which way, to whom, with what, and who let him go."""

    field_classes: ClassVar = {
        "way": STAFF,
        "destination": STAFF,
        "to_org": STAFF,
        "collector": STAFF,
        "collector_relation": STAFF,
        "collector_number": SENSITIVE,
        "collector_phone": SENSITIVE,
        "ground": STAFF,
        "facts": STAFF,
        "voucher_number": STAFF,
        "decided_by": STAFF,
        "approved_by": STAFF,
    }
    erases: ClassVar = ("destination", "collector", "collector_relation", "facts")
    erased_with: ClassVar = "stay__case_id"
    # it has no case of its own: number and phone are sealed under its own key, which goes as well
    is_sealed_before_its_case: ClassVar = True

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    stay = models.OneToOneField(Stay, on_delete=models.PROTECT, related_name="leaving")
    way = models.CharField(max_length=20, choices=Way.choices)
    left_at = models.DateTimeField()
    destination = models.CharField(max_length=200, blank=True)
    to_org = models.CharField(max_length=40, blank=True)
    is_declared = models.BooleanField(default=False)
    collector = models.CharField(max_length=60, blank=True)
    collector_relation = models.CharField(max_length=40, blank=True)
    collector_number = SealedTextField(blank=True, default="")
    collector_phone = SealedTextField(blank=True, default="")
    is_collector_checked = models.BooleanField(default=False)
    ground = models.CharField(max_length=40, blank=True)
    facts = models.CharField(max_length=600, blank=True)
    cash_fen = models.PositiveIntegerField(default=0)
    is_cash_signed = models.BooleanField(default=False)
    voucher_number = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=120)
    approved_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(way="self") | Q(is_declared=True),
                name="stays_leaving_alone_is_declared",
            ),
            models.CheckConstraint(
                condition=~Q(way__in=["relatives", "employer", "fetched", "foster_family"])
                | (Q(is_collector_checked=True) & ~Q(collector="")),
                name="stays_leaving_collector_is_checked",
            ),
            models.CheckConstraint(
                condition=~Q(way="ended") | (~Q(ground="") & ~Q(facts="") & ~Q(approved_by="")),
                name="stays_leaving_ended_on_a_ground",
            ),
            models.CheckConstraint(
                condition=~Q(way__in=["station", "police", "foster"]) | ~Q(to_org=""),
                name="stays_leaving_handed_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(cash_fen=0) | Q(is_cash_signed=True),
                name="stays_leaving_cash_is_signed_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.stay_id}"


class LeavingCheck(models.Model):
    """One check before leaving and how it came out; what a clerk confirmed has his words."""

    class Result(models.TextChoices):
        FINE = "fine", _("通过")
        CONFIRMED = "confirmed", _("已核对")

    field_classes: ClassVar = {"code": STAFF, "result": STAFF, "note": STAFF}
    erases: ClassVar = ("note",)
    erased_with: ClassVar = "leaving__stay__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    leaving = models.ForeignKey(Leaving, on_delete=models.CASCADE, related_name="checks")
    code = models.CharField(max_length=40)
    result = models.CharField(max_length=9, choices=Result.choices)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["leaving", "code"], name="stays_leavingcheck_once"),
            models.CheckConstraint(
                condition=~Q(result="confirmed") | ~Q(note=""),
                name="stays_leavingcheck_confirmed_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_result_display()}"
