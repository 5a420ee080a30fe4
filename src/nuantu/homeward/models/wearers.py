"""Who wears a wristband, on whose word, and where he should be."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.homeward.models.choices import Giver, HowEnded, Purpose
from nuantu.homeward.models.devices import Wristband
from nuantu.persons.models import Person

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE
LONGEST_TERM_DAYS = 365
WRONG = "wrong"


class Wearer(ScopedModel):
    """Somebody whom a station looks after with a wristband, in one of his cases.

    `term_days` is how many days a fix may be read, the thresholds are his own; quiet hours are times of day
    in China, in which what is not urgent waits.
    """

    field_classes: ClassVar = {"number": STAFF, "ground": STAFF, "ended_reason": STAFF}
    erases: ClassVar = ("ground", "ended_reason")

    number = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=200)
    term_days = models.PositiveSmallIntegerField()
    silent_minutes = models.PositiveIntegerField()
    low_battery = models.PositiveSmallIntegerField()
    still_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    margin_metres = models.PositiveSmallIntegerField(default=50)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "owner_org"],
                condition=Q(ended_at__isnull=True),
                name="homeward_wearer_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="homeward_wearer_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(term_days__gte=1, term_days__lte=LONGEST_TERM_DAYS),
                name="homeward_wearer_tracks_have_a_term",
            ),
            models.CheckConstraint(
                condition=Q(low_battery__lte=50, silent_minutes__gte=10),
                name="homeward_wearer_thresholds_can_be_met",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="homeward_wearer_quiet_hours_are_two",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_reason=""),
                name="homeward_wearer_ends_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "-began_at"],
                condition=Q(ended_at__isnull=True),
                name="homeward_wearer_now",
            ),
            models.Index(
                fields=["-began_at", "-id"],
                condition=Q(ended_at__isnull=True),
                name="homeward_wearer_newest",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Wearing(models.Model):
    """Which wristband was on whom, from when to when: one of each at a time."""

    field_classes: ClassVar = {"ended_how": STAFF}
    erases: ClassVar = ()

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    wearer = models.ForeignKey(Wearer, on_delete=models.PROTECT, related_name="wearings")
    wristband = models.ForeignKey(Wristband, on_delete=models.PROTECT, related_name="wearings")
    given_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=8, blank=True)  # a `Stock`, or WRONG

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="homeward_wearing_one_wearer_at_a_time",
                expressions=[
                    ("wristband", RangeOperators.EQUAL),
                    (
                        Func(
                            F("given_at"),
                            F("taken_at"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            ExclusionConstraint(
                name="homeward_wearing_one_wristband_at_a_time",
                expressions=[
                    ("wearer", RangeOperators.EQUAL),
                    (
                        Func(
                            F("given_at"),
                            F("taken_at"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(taken_at__gte=F("given_at")),
                name="homeward_wearing_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(
                fields=["wristband"],
                condition=Q(taken_at__isnull=True),
                name="homeward_wearing_now",
            )
        ]

    def __str__(self) -> str:
        return f"{self.wristband_id} {self.wearer_id}"


class BarredGiver(models.Model):
    """Somebody who may not agree for a wearer: a guardian who harms him. His consents ended with the row."""

    field_classes: ClassVar = {"name": SENSITIVE, "reason": SENSITIVE, "barred_by": STAFF}
    erased_with: ClassVar = "wearer__case_id"
    erases: ClassVar = ()

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    wearer = models.ForeignKey(Wearer, on_delete=models.CASCADE, related_name="barred_givers")
    name = SealedTextField()
    reason = SealedTextField()
    barred_at = models.DateTimeField()
    barred_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(barred_by=""), name="homeward_barredgiver_barred_by_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.wearer_id} {self.barred_at:%Y-%m-%d}"

    @property
    def case_id(self) -> UUID | None:
        """Sealed under the key of the wearer's case."""
        return self.wearer.case_id


class Consent(models.Model):
    """What the wearer or his guardian agreed to: one purpose, on a paper, from a day to a day. `checked` is how it
    was made sure that a guardian is not who harms him, `scan` the paper."""

    field_classes: ClassVar = {
        "purpose": STAFF,
        "given_by": STAFF,
        "giver_name": SENSITIVE,
        "giver_phone": SENSITIVE,
        "relation": STAFF,
        "paper": STAFF,
        "checked": SENSITIVE,
        "recorded_by": STAFF,
        "ended_how": STAFF,
        "ended_reason": STAFF,
    }
    erases: ClassVar = ("relation", "paper", "ended_reason")
    erases_file: ClassVar = "scan"
    erased_with: ClassVar = "wearer__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    wearer = models.ForeignKey(Wearer, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=6, choices=Purpose.choices)
    given_by = models.CharField(max_length=8, choices=Giver.choices)
    giver_name = SealedTextField(blank=True, default="")
    giver_phone = SealedTextField(blank=True, default="")
    relation = models.CharField(max_length=40, blank=True)
    paper = models.CharField(max_length=120)
    checked = SealedTextField(blank=True, default="")
    scan = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_date = models.DateField()
    until_date = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=9, choices=HowEnded.choices, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wearer", "purpose"],
                condition=Q(ended_at__isnull=True),
                name="homeward_consent_one_for_each_purpose",
            ),
            models.CheckConstraint(
                condition=Q(until_date__gte=F("given_date")), name="homeward_consent_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(paper=""), name="homeward_consent_stands_on_a_paper"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_how=""),
                name="homeward_consent_ended_means_ended_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.until_date}"

    @property
    def case_id(self) -> UUID | None:
        """Sealed under the key of the wearer's case."""
        return self.wearer.case_id

    def is_live(self, today: date) -> bool:
        """Whether something may rest on it today."""
        return self.ended_at is None and self.given_date <= today <= self.until_date


class Fence(models.Model):
    """Where he should be, and at which hours (China's time). Where that is tells where he lives: it lies sealed."""

    field_classes: ClassVar = {"name": STAFF, "shape": SENSITIVE}
    erases: ClassVar = ("name",)
    erased_with: ClassVar = "wearer__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    wearer = models.ForeignKey(Wearer, on_delete=models.CASCADE, related_name="fences")
    name = models.CharField(max_length=60)
    shape = SealedTextField()
    hours_from = models.TimeField(null=True, blank=True)
    hours_to = models.TimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="homeward_fence_is_called"),
            models.CheckConstraint(
                condition=Q(hours_from__isnull=True, hours_to__isnull=True)
                | Q(hours_from__isnull=False, hours_to__isnull=False),
                name="homeward_fence_hours_are_two",
            ),
        ]
        indexes = [
            models.Index(
                fields=["wearer"], condition=Q(ended_at__isnull=True), name="homeward_fence_now"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def case_id(self) -> UUID | None:
        """Sealed under the key of the wearer's case."""
        return self.wearer.case_id
