"""A death in the care of the station: what is certain, who was told, what became of the rest."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.persons.models import Person
from nuantu.stays.models.health import HospitalCare
from nuantu.stays.models.staying import Stay

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class Death(ScopedModel):
    """Somebody died in the station, in hospital or on the way there (ST-17, F-24).

    It is closed only with the doctor's certificate and after every step was taken.
    """

    class Place(models.TextChoices):
        STATION = "station", _("站内")
        HOSPITAL = "hospital", _("医院")
        ON_THE_WAY = "on_the_way", _("送医途中")
        OUTSIDE = "outside", _("站外")

    field_classes: ClassVar = {
        "place": STAFF,
        "found_by": STAFF,
        "story": SENSITIVE,
        "certificate_number": STAFF,
        "conclusion": SENSITIVE,
        "registered_by": STAFF,
        "closed_by": STAFF,
    }
    erases: ClassVar = ("certificate_number",)

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    stay = models.ForeignKey(
        Stay, on_delete=models.PROTECT, null=True, blank=True, related_name="deaths"
    )
    care = models.ForeignKey(
        HospitalCare, on_delete=models.PROTECT, null=True, blank=True, related_name="deaths"
    )
    died_at = models.DateTimeField()
    place = models.CharField(max_length=10, choices=Place.choices)
    found_by = models.CharField(max_length=80)
    story = SealedTextField(blank=True, default="")
    certificate_number = models.CharField(max_length=60, blank=True)
    notice_start_date = models.DateField(null=True, blank=True)
    notice_end_date = models.DateField(null=True, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=120)
    conclusion = SealedTextField(blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="stays_death_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(died_at__lte=F("registered_at")),
                name="stays_death_is_registered_afterwards",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(certificate_number=""),
                name="stays_death_closed_with_a_certificate",
            ),
            models.CheckConstraint(
                condition=Q(notice_start_date__isnull=True, notice_end_date__isnull=True)
                | Q(notice_end_date__gte=F("notice_start_date")),
                name="stays_death_notice_has_a_term",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "-registered_at"],
                condition=Q(closed_at__isnull=True),
                name="stays_death_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()} {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class DeathStep(models.Model):
    """One step after a death, owed until it was taken, with who was told or what was done."""

    class Kind(models.TextChoices):
        POLICE = "police", _("报公安机关")
        BUREAU = "bureau", _("报民政部门")
        CERTIFICATE = "certificate", _("取得医学死亡证明")
        FAMILY = "family", _("通知亲属")
        BELONGINGS = "belongings", _("清点和移交遗物")
        NOTICE = "notice", _("发布认领公告")
        REMAINS = "remains", _("处理遗体")

    field_classes: ClassVar = {
        "kind": STAFF,
        "done_to": STAFF,
        "words": STAFF,
        "done_by": STAFF,
    }
    erases: ClassVar = ("done_to", "words")
    erased_with: ClassVar = "death__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    due_at = models.DateTimeField()
    duty_id = models.UUIDField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_to = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=300, blank=True)
    done_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["death", "kind"], name="stays_deathstep_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | (~Q(done_to="") & ~Q(done_by="")),
                name="stays_deathstep_done_with_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"

    @property
    def case_id(self) -> UUID | None:
        """The case of the death."""
        return self.death.case_id
