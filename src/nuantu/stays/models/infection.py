"""An infection in the house and everybody who was near: the chain, found from the beds."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.persons.models import Person
from nuantu.stays.models.staying import Stay

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class Infection(ScopedModel):
    """Somebody infected or suspected, a resident or one of the staff (C18, ST-09).

    Disease control is told and says what to do; the close contacts are found from the beds and
    added by hand. No fixed days: `since_at` is from when on others count as contacts.
    """

    class Kind(models.TextChoices):
        SUSPECTED = "suspected", pgettext_lazy("infection", "疑似")
        CONFIRMED = "confirmed", _("确诊")

    class End(models.TextChoices):
        GOING_ON = "", _("处置中")
        EXCLUDED = "excluded", _("已排除")
        RECOVERED = "recovered", _("已解除")

    field_classes: ClassVar = {
        "staff_name": STAFF,
        "kind": STAFF,
        "illness": SENSITIVE,
        "cdc_told_to": STAFF,
        "guidance": STAFF,
        "reported_by": STAFF,
        "end": STAFF,
        "ended_by": STAFF,
    }
    erases: ClassVar = ("guidance",)

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stay = models.ForeignKey(
        Stay, on_delete=models.PROTECT, null=True, blank=True, related_name="infections"
    )
    staff_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    illness = SealedTextField(blank=True, default="")
    since_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=120)
    cdc_told_at = models.DateTimeField(null=True, blank=True)
    cdc_told_to = models.CharField(max_length=80, blank=True)
    guidance = models.CharField(max_length=400, blank=True)
    end = models.CharField(max_length=9, choices=End.choices, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stay__isnull=False, person__isnull=False, staff_name="")
                | (Q(stay__isnull=True, person__isnull=True) & ~Q(staff_name="")),
                name="stays_infection_is_of_a_resident_or_of_staff",
            ),
            models.UniqueConstraint(
                fields=["stay"], condition=Q(end=""), name="stays_infection_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(since_at__lte=F("reported_at")),
                name="stays_infection_began_before_it_was_reported",
            ),
            models.CheckConstraint(
                condition=Q(cdc_told_at__isnull=True) | ~Q(cdc_told_to=""),
                name="stays_infection_cdc_told_by_name",
            ),
            models.CheckConstraint(
                condition=Q(end="", ended_at__isnull=True)
                | (~Q(end="") & Q(ended_at__isnull=False)),
                name="stays_infection_ends_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "-reported_at"],
                condition=Q(end=""),
                name="stays_infection_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"

    @property
    def is_open(self) -> bool:
        return not self.end


class CloseContact(models.Model):
    """Somebody who slept, ate or stood near the infected person, and what is done about it."""

    class How(models.TextChoices):
        SAME_ROOM = "same_room", _("同屋")
        ATE = "ate", _("同桌吃饭")
        MET = "met", _("近距离接触")

    class State(models.TextChoices):
        FOUND = "found", _("待隔离")
        ISOLATED = "isolated", _("已隔离")
        NO_BED = "no_bed", _("隔离区没有床位")
        GONE = "gone", _("已离站，待通知")
        TOLD = "told", _("已通知")
        OFF_DUTY = "off_duty", _("已停岗观察")
        CLEARED = "cleared", _("已解除")

    field_classes: ClassVar = {
        "staff_name": STAFF,
        "how": STAFF,
        "state": STAFF,
        "note": STAFF,
        "told_to": STAFF,
        "changed_by": STAFF,
    }
    erases: ClassVar = ("note", "told_to")
    erased_with: ClassVar = "stay__case_id"
    erases_also: ClassVar = {
        "infection__case_id": (Q(stay__isnull=True), ("staff_name", "note", "told_to"))
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    infection = models.ForeignKey(Infection, on_delete=models.PROTECT, related_name="contacts")
    stay = models.ForeignKey(
        Stay, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    staff_name = models.CharField(max_length=60, blank=True)
    how = models.CharField(max_length=9, choices=How.choices)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices)
    told_to = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stay__isnull=False, staff_name="")
                | (Q(stay__isnull=True) & ~Q(staff_name="")),
                name="stays_closecontact_is_a_resident_or_staff",
            ),
            models.UniqueConstraint(fields=["infection", "stay"], name="stays_closecontact_once"),
            models.CheckConstraint(
                condition=Q(until_at__gte=F("from_at")), name="stays_closecontact_lasts"
            ),
            models.CheckConstraint(
                condition=~Q(state="told") | ~Q(told_to=""),
                name="stays_closecontact_told_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()} {self.public_id}"
