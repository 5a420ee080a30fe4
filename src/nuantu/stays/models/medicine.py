"""What a resident takes, each dose, and what the medic writes down; sealed, for medic and head only."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.stays.models.staying import Stay

STAFF, SENSITIVE, SEALED = FieldClass.STAFF, FieldClass.SENSITIVE, FieldClass.SEALED


class Medication(ScopedModel):
    """A medicine that a resident takes at fixed times of the day.

    A carer reads neither name nor amount; with `is_told` he reads that a dose is due.
    """

    field_classes: ClassVar = {"what": SENSITIVE, "put_by": STAFF, "ended_by": STAFF}

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    what = SealedTextField()
    times = ArrayField(models.TimeField())
    begins_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    is_told = models.BooleanField(default=False)
    put_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="stays_medication_is_named"),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("begins_date")),
                name="stays_medication_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(times__len__gt=0), name="stays_medication_has_its_times"
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org"],
                condition=Q(ended_at__isnull=True),
                name="stays_medication_running",
            )
        ]

    def __str__(self) -> str:
        return f"{self.stay_id} {self.begins_date}"


class Dose(models.Model):
    """One dose at its time: given, not wanted, or he was not there.

    What was put down wrongly is taken back with its mistake and stays as a line; the dose is open again.
    """

    class Outcome(models.TextChoices):
        GIVEN = "given", _("已服")
        REFUSED = "refused", _("本人不要")
        ABSENT = "absent", _("不在")

    class Mistake(models.TextChoices):
        SLIP = "slip", _("按错了")
        PERSON = "person", _("登记到别人或别的药上")
        NOT_TAKEN = "not_taken", _("没有服下去")
        OTHER = "other", _("登记的结果不对")

    field_classes: ClassVar = {
        "outcome": STAFF,
        "given_by": STAFF,
        "mistake": STAFF,
        "taken_back_by": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    medication = models.ForeignKey(Medication, on_delete=models.PROTECT, related_name="doses")
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=120)
    mistake = models.CharField(max_length=9, choices=Mistake.choices, blank=True, default="")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["medication", "due_at"],
                condition=Q(taken_back_at__isnull=True),
                name="stays_dose_given_once",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, mistake="", taken_back_by="")
                | (Q(taken_back_at__isnull=False) & ~Q(mistake="") & ~Q(taken_back_by="")),
                name="stays_dose_taken_back_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medication_id} {self.due_at:%Y-%m-%d %H:%M}"


class HealthNote(ScopedModel):
    """Vital signs or a talk with a counsellor; sealed.

    `figures` is JSON by the names of `rules.medicine.MEASURES`, in their units; `text` what was said.
    """

    class Kind(models.TextChoices):
        VITAL = "vital", _("体征")
        COUNSELLING = "counselling", _("心理辅导")

    field_classes: ClassVar = {"kind": STAFF, "text": SEALED, "figures": SEALED, "noted_by": STAFF}

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    text = SealedTextField(blank=True, default="")
    figures = SealedTextField(blank=True, default="")
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(figures=""), name="stays_healthnote_says_something"
            ),
        ]
        indexes = [models.Index(fields=["stay", "-noted_at"], name="stays_healthnote_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.stay_id}"
