"""What a hospital charges for a patient, checked line by line, and who pays. Nobody else can."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.persons.models import Person
from nuantu.stays.models.health import HospitalCare

STAFF = FieldClass.STAFF


class Bill(ScopedModel):
    """One bill of a hospital, in fen; not a payment.

    It is paid in the order insurance, medical assistance, station (X25). These three columns are
    all the payers there are: a share of the person or his family cannot be written down (P1-06,
    国务院令第381号 第10条). The next payer is asked only after the one before has answered, and a
    settled bill is covered to the fen; the database holds both.
    """

    class State(models.TextChoices):
        OPEN = "open", _("核对中")
        DISPUTED = "disputed", _("有疑问，退医院核实")
        SETTLED = "settled", _("已核定")
        RETURNED = "returned", _("不由救助付，已退回")

    field_classes: ClassVar = {
        "number": STAFF,
        "state": STAFF,
        "insurance_note": STAFF,
        "assistance_note": STAFF,
        "station_note": STAFF,
        "dispute": STAFF,
        "dispute_answer": STAFF,
        "entered_by": STAFF,
        "checked_by": STAFF,
    }
    erases: ClassVar = ("dispute", "dispute_answer")

    care = models.ForeignKey(HospitalCare, on_delete=models.PROTECT, related_name="bills")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    from_date = models.DateField()
    to_date = models.DateField()
    total_fen = models.PositiveIntegerField()
    insurance_fen = models.PositiveIntegerField(null=True, blank=True)
    insurance_note = models.CharField(max_length=120, blank=True)
    assistance_fen = models.PositiveIntegerField(null=True, blank=True)
    assistance_note = models.CharField(max_length=120, blank=True)
    station_fen = models.PositiveIntegerField(null=True, blank=True)
    station_note = models.CharField(max_length=120, blank=True)
    dispute = models.CharField(max_length=300, blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)
    dispute_answer = models.CharField(max_length=300, blank=True)
    duty_id = models.UUIDField(null=True, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=120)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="stays_bill_belongs_to_a_case"
            ),
            models.UniqueConstraint(fields=["care", "number"], name="stays_bill_entered_once"),
            models.CheckConstraint(condition=~Q(number=""), name="stays_bill_has_a_number"),
            models.CheckConstraint(
                condition=Q(to_date__gte=F("from_date")), name="stays_bill_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(assistance_fen__isnull=True) | Q(insurance_fen__isnull=False),
                name="stays_bill_insurance_answers_before_assistance",
            ),
            models.CheckConstraint(
                condition=Q(station_fen__isnull=True) | Q(assistance_fen__isnull=False),
                name="stays_bill_assistance_answers_before_the_station",
            ),
            models.CheckConstraint(
                condition=~Q(insurance_fen=0) | ~Q(insurance_note=""),
                name="stays_bill_insurance_pays_nothing_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(assistance_fen=0) | ~Q(assistance_note=""),
                name="stays_bill_assistance_pays_nothing_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="settled")
                | Q(
                    station_fen__isnull=False,
                    total_fen=F("insurance_fen") + F("assistance_fen") + F("station_fen"),
                ),
                name="stays_bill_settled_to_the_fen",
            ),
            models.CheckConstraint(
                condition=~Q(state="disputed") | ~Q(dispute=""),
                name="stays_bill_disputed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(station_fen__isnull=True),
                name="stays_bill_returned_is_not_paid_by_the_station",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "-entered_at"],
                condition=Q(state__in=["open", "disputed"]),
                name="stays_bill_open",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.OPEN, self.State.DISPUTED)


class BillLine(models.Model):
    """One line of a bill: so many, at so much, makes so much; `is_by_day` for beds and care."""

    field_classes: ClassVar = {"item": STAFF}
    erases: ClassVar = ("item",)
    erased_with: ClassVar = "bill__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="lines")
    item = models.CharField(max_length=60)
    is_by_day = models.BooleanField(default=False)
    quantity = models.PositiveSmallIntegerField(default=1)
    unit_fen = models.PositiveIntegerField()
    amount_fen = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(item=""), name="stays_billline_names_an_item"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1), name="stays_billline_counts_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} × {self.quantity}"

    @property
    def case_id(self) -> UUID | None:
        """The case of the bill."""
        return self.bill.case_id
