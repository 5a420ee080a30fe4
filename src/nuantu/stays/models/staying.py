"""The stay itself, who has which bed, who is out, and why somebody stays longer."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, IntegerField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.persons.models import Person, Sex
from nuantu.stays.models.choices import CareLevel, Diet, Health, ZoneAges, ZoneSex
from nuantu.stays.models.house import Bed, Room
from nuantu.stays.models.reception import Reception

STAFF = FieldClass.STAFF


class Stay(ScopedModel):
    """One person in one station, from entry to leaving; it stays with the station that gave it.

    `with_stay` names the head of a family: who comes together may live together.
    """

    field_classes: ClassVar = {
        "number": STAFF,
        "sex": STAFF,
        "health": STAFF,
        "care_level": STAFF,
        "diet": STAFF,
        "note": STAFF,
    }
    erases: ClassVar = ("note",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reception = models.OneToOneField(
        Reception, on_delete=models.PROTECT, null=True, blank=True, related_name="stay"
    )
    number = models.CharField(max_length=24, unique=True)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    with_stay = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="family"
    )
    sex = models.CharField(max_length=7, choices=Sex.choices)
    is_minor = models.BooleanField()
    health = models.CharField(max_length=11, choices=Health.choices, default=Health.GENERAL)
    has_limited_mobility = models.BooleanField(default=False)
    care_level = models.CharField(max_length=6, choices=CareLevel.choices, default=CareLevel.SELF)
    diet = models.CharField(max_length=7, choices=Diet.choices, default=Diet.GENERAL)
    briefed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="stays_stay_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("entered_at")),
                name="stays_stay_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(left_at__isnull=True),
                name="stays_stay_one_station_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(with_stay__isnull=True) | ~Q(with_stay=F("id")),
                name="stays_stay_is_not_its_own_family",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "-entered_at"],
                condition=Q(left_at__isnull=True),
                name="stays_stay_here",
            ),
            models.Index(fields=["owner_org", "-left_at"], name="stays_stay_past"),
            models.Index(fields=["owner_org", "-entered_at", "-id"], name="stays_stay_register"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_here(self) -> bool:
        return self.left_at is None

    def is_here_at(self, at: datetime) -> bool:
        """Whether he had not left at that moment: what is told late is judged by when it happened."""
        return self.left_at is None or at < self.left_at


def _as_number(name: str) -> Cast:
    return Cast(name, IntegerField())


class BedStay(models.Model):
    """Who has which bed, from when to when.

    What the zone takes and who the person is are copied from bed and stay by a trigger, whatever
    the program writes, and the constraints judge the copies: one person in one bed, no man in the
    women's zone, no minor with unrelated adults. The one lawful exception is a child below the age
    line with its mother in the women's zone (DL-15): approved, with a reason, in her room.
    """

    class Allowance(models.TextChoices):
        NONE = "", _("无")
        WITH_MOTHER = "with_mother", _("幼儿随母同住")

    field_classes: ClassVar = {
        "zone_sex": STAFF,
        "zone_ages": STAFF,
        "zone_health": STAFF,
        "sex": STAFF,
        "health": STAFF,
        "reason": STAFF,
        "given_by": STAFF,
        "exception": STAFF,
        "exception_reason": STAFF,
        "approved_by": STAFF,
        "end_reason": STAFF,
    }
    erases: ClassVar = ("exception_reason", "end_reason")
    erased_with: ClassVar = "stay__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="beds")
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="stays")
    period = DateTimeRangeField()
    # copied by trigger
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+")
    zone_sex = models.CharField(max_length=6, choices=ZoneSex.choices, blank=True)
    zone_ages = models.CharField(max_length=5, choices=ZoneAges.choices, blank=True)
    zone_health = models.CharField(max_length=11, choices=Health.choices, blank=True)
    is_family_room = models.BooleanField(default=False)
    sex = models.CharField(max_length=7, choices=Sex.choices, blank=True)
    is_minor = models.BooleanField(default=False)
    health = models.CharField(max_length=11, choices=Health.choices, blank=True)
    family_number = models.BigIntegerField(default=0)
    # said by whoever gives the bed
    reason = models.CharField(max_length=200, blank=True)
    given_by = models.CharField(max_length=120)
    given_by_id = models.UUIDField(null=True, blank=True)
    exception = models.CharField(
        max_length=11, choices=Allowance.choices, blank=True, default=Allowance.NONE
    )
    exception_reason = models.CharField(max_length=200, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    is_approved_by_phone = models.BooleanField(default=False)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="stays_bedstay_one_person_per_bed",
                expressions=[("bed", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="stays_bedstay_one_bed_per_person",
                expressions=[("stay", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="stays_bedstay_minors_apart_from_strangers",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                    (_as_number("is_minor"), RangeOperators.NOT_EQUAL),
                    ("family_number", RangeOperators.NOT_EQUAL),
                ],
            ),
            ExclusionConstraint(
                name="stays_bedstay_sexes_apart_but_families",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                    ("sex", RangeOperators.NOT_EQUAL),
                    ("family_number", RangeOperators.NOT_EQUAL),
                ],
            ),
            ExclusionConstraint(
                name="stays_bedstay_one_family_per_family_room",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                    ("family_number", RangeOperators.NOT_EQUAL),
                ],
                condition=Q(is_family_room=True),
            ),
            models.CheckConstraint(
                condition=Q(zone_sex="any") | Q(zone_sex=F("sex")) | Q(exception="with_mother"),
                name="stays_bedstay_fits_the_sex_of_the_zone",
            ),
            models.CheckConstraint(
                condition=Q(zone_ages="any")
                | Q(zone_ages="minor", is_minor=True)
                | Q(zone_ages="adult", is_minor=False)
                | Q(exception="with_mother"),
                name="stays_bedstay_fits_the_ages_of_the_zone",
            ),
            models.CheckConstraint(
                condition=Q(zone_health="isolation", health="isolation")
                | (~Q(zone_health="isolation") & ~Q(health="isolation")),
                name="stays_bedstay_isolation_is_apart",
            ),
            models.CheckConstraint(
                condition=Q(exception="")
                | (
                    Q(is_minor=True, zone_sex="female", approved_at__isnull=False)
                    & ~Q(exception_reason="")
                    & ~Q(approved_by="")
                ),
                name="stays_bedstay_exception_is_approved",
            ),
        ]
        indexes = [
            models.Index(
                fields=["bed"], condition=Q(period__endswith__isnull=True), name="stays_bedstay_now"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stay_id} {self.bed_id}"


class Absence(models.Model):
    """A resident is out: hospital, errand, school. His bed is kept unless it says otherwise.

    Nobody is kept from going (EL-06); who does not come back raises an alarm, never a punishment.
    """

    class Reason(models.TextChoices):
        HOSPITAL = "hospital", _("住院、看病")
        ERRAND = "errand", _("外出办事")
        SCHOOL = "school", _("上学、培训")
        GONE = "gone", _("没打招呼离开")

    field_classes: ClassVar = {
        "reason": STAFF,
        "note": STAFF,
        "noted_by": STAFF,
        "with_whom": STAFF,
    }
    erases: ClassVar = ("note", "with_whom")
    erased_with: ClassVar = "stay__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="absences")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    with_whom = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    left_at = models.DateTimeField()
    due_at = models.DateTimeField()
    back_at = models.DateTimeField(null=True, blank=True)
    duty_id = models.UUIDField(null=True, blank=True)
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(back_at__isnull=True),
                name="stays_absence_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("left_at")), name="stays_absence_due_after_leaving"
            ),
            models.CheckConstraint(
                condition=Q(back_at__isnull=True) | Q(back_at__gte=F("left_at")),
                name="stays_absence_back_after_leaving",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.public_id}"


class Extension(models.Model):
    """Why somebody stays longer than the term, until when, and when it was filed upward (DL-03)."""

    field_classes: ClassVar = {
        "reason": STAFF,
        "decided_by": STAFF,
        "filed_to": STAFF,
        "filed_by": STAFF,
    }
    erases: ClassVar = ("reason",)
    erased_with: ClassVar = "stay__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="extensions")
    reason = models.CharField(max_length=300)
    until_date = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120)
    filed_at = models.DateTimeField(null=True, blank=True)
    filed_to = models.CharField(max_length=120, blank=True)
    filed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="stays_extension_has_a_reason"),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True) | (~Q(filed_to="") & ~Q(filed_by="")),
                name="stays_extension_filed_with_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stay_id} → {self.until_date}"
