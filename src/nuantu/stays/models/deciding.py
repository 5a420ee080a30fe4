"""Ending help as it is asked for and approved, and which women of the staff care for women."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel
from nuantu.stays.models.staying import Stay

STAFF = FieldClass.STAFF


class Ending(ScopedModel):
    """Somebody asks that the help of a resident be ended; another one who may decides (LV-10).

    Help never ends by a clock, and never by the word of one person alone: two accounts, whatever
    they are called. Rows from before accounts were kept may have none; there the names differ.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("等批准")
        APPROVED = "approved", _("已批准")
        DECLINED = "declined", _("不批准")

    field_classes: ClassVar = {
        "ground": STAFF,
        "facts": STAFF,
        "state": STAFF,
        "asked_by": STAFF,
        "decided_by": STAFF,
        "decision_note": STAFF,
    }
    erases: ClassVar = ("facts", "decision_note")

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="endings")
    ground = models.CharField(max_length=40)
    facts = models.CharField(max_length=600)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    asked_by_id = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decision_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="stays_ending_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=~Q(ground="") & ~Q(facts=""), name="stays_ending_has_ground_and_facts"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="asked",
                    decided_at__isnull=True,
                    decided_by="",
                    decided_by_id__isnull=True,
                )
                | (
                    ~Q(state="asked")
                    & Q(decided_at__isnull=False)
                    & ~Q(decided_by="")
                    & (
                        (
                            Q(asked_by_id__isnull=False, decided_by_id__isnull=False)
                            & ~Q(decided_by_id=F("asked_by_id"))
                        )
                        | (
                            (Q(asked_by_id__isnull=True) | Q(decided_by_id__isnull=True))
                            & ~Q(decided_by=F("asked_by"))
                        )
                    )
                ),
                name="stays_ending_decided_by_somebody_else",
            ),
            models.UniqueConstraint(
                fields=["stay"], condition=Q(state="asked"), name="stays_ending_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.public_id}"


class WomensCarer(ScopedModel):
    """A woman of the staff who cares for women residents (ST-01); the watch roster is held against it."""

    field_classes: ClassVar = {"added_by": STAFF, "ended_by": STAFF}

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_org", "user"],
                condition=Q(ended_at__isnull=True),
                name="stays_womenscarer_once",
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=True), name="stays_womenscarer_names_no_case"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
