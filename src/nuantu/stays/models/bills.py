"""What a hospital charges for a patient, checked line by line, and who pays. Nobody else can."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.persons.models import Person
from nuantu.places.models import Hospital
from nuantu.stays.models.health import HospitalCare

STAFF = FieldClass.STAFF


def usual_payers() -> list[str]:
    """Who paid before plans could name others."""
    return ["insurance", "assistance", "station"]


def _answers(payer: str) -> models.CheckConstraint:
    """Who stands in the list answers before the station; who does not, pays nothing."""
    return models.CheckConstraint(
        condition=Q(payers__contains=[payer])
        & (Q(station_fen__isnull=True) | Q(**{f"{payer}_fen__isnull": False}))
        | ~Q(payers__contains=[payer]) & Q(**{f"{payer}_fen__isnull": True}),
        name=f"stays_bill_{payer}_answers_before_the_station",
    )


class Bill(ScopedModel):
    """One bill of a hospital, in fen; not a payment. Each is of the hospital that made it: a patient
    who was moved has bills of each hospital he lay in.

    It is paid in the order of `payers`, as the plan or the national rule had it on the day of entry:
    insurance, medical assistance, for an emergency the disease emergency fund (ST-11), the station
    last (X25). These four columns are all the payers there are: a share of the person or his
    family cannot be written down (P1-06, 国务院令第381号 第10条). The station answers after all
    others, and a settled bill is covered to the fen; the database holds both.
    """

    class State(models.TextChoices):
        OPEN = "open", _("核对中")
        DISPUTED = "disputed", _("有疑问，退医院核实")
        SETTLED = "settled", _("已核定")
        RETURNED = "returned", _("不由救助付，已退回")

    field_classes: ClassVar = {
        "number": STAFF,
        "state": STAFF,
        "payers": STAFF,
        "insurance_note": STAFF,
        "assistance_note": STAFF,
        "fund_note": STAFF,
        "station_note": STAFF,
        "dispute": STAFF,
        "dispute_answer": STAFF,
        "entered_by": STAFF,
        "checked_by": STAFF,
    }
    erases: ClassVar = ("dispute", "dispute_answer")

    care = models.ForeignKey(HospitalCare, on_delete=models.PROTECT, related_name="bills")
    hospital = models.ForeignKey(
        Hospital, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    from_date = models.DateField()
    to_date = models.DateField()
    total_fen = models.PositiveIntegerField()
    payers = ArrayField(models.CharField(max_length=10), default=usual_payers)
    insurance_fen = models.PositiveIntegerField(null=True, blank=True)
    insurance_note = models.CharField(max_length=120, blank=True)
    assistance_fen = models.PositiveIntegerField(null=True, blank=True)
    assistance_note = models.CharField(max_length=120, blank=True)
    fund_fen = models.PositiveIntegerField(null=True, blank=True)
    fund_note = models.CharField(max_length=120, blank=True)
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
            models.UniqueConstraint(
                fields=["care", "hospital", "number"],
                nulls_distinct=False,
                name="stays_bill_entered_once",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="stays_bill_has_a_number"),
            models.CheckConstraint(
                condition=Q(to_date__gte=F("from_date")), name="stays_bill_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(payers__contained_by=["insurance", "assistance", "fund", "station"])
                & Q(payers__contains=["station"]),
                name="stays_bill_has_its_payers",
            ),
            *(_answers(payer) for payer in ("insurance", "assistance", "fund")),
            models.CheckConstraint(
                condition=~Q(fund_fen=0) | ~Q(fund_note=""),
                name="stays_bill_fund_pays_nothing_for_a_reason",
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
                    total_fen=Coalesce("insurance_fen", 0)
                    + Coalesce("assistance_fen", 0)
                    + Coalesce("fund_fen", 0)
                    + F("station_fen"),
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


class AcceptedFault(models.Model):
    """A fault of a bill that stays although the hospital was asked: who accepted it, when and why.

    It holds for the very figures only; a correction of the bill takes it away, the journal keeps it.
    """

    field_classes: ClassVar = {
        "code": STAFF,
        "about": STAFF,
        "reason": STAFF,
        "accepted_by": STAFF,
    }
    erases: ClassVar = ("about", "reason")
    erased_with: ClassVar = "bill__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="accepted_faults")
    code = models.CharField(max_length=20)
    about = models.CharField(max_length=60, blank=True)
    said = models.IntegerField(default=0)
    right = models.IntegerField(default=0)
    reason = models.CharField(max_length=300)
    accepted_at = models.DateTimeField()
    accepted_by = models.CharField(max_length=120)
    accepted_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(accepted_by=""),
                name="stays_acceptedfault_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(code__in=["arithmetic", "total"]),
                name="stays_acceptedfault_is_no_wrong_sum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.about}".strip()

    @property
    def case_id(self) -> UUID | None:
        """The case of the bill."""
        return self.bill.case_id
