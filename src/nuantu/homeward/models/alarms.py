"""What needs a human."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.models import ScopedModel
from nuantu.homeward.models.choices import AlarmKind, Outcome
from nuantu.homeward.models.wearers import Wearer
from nuantu.homeward.rules.watching import URGENT

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE
LASTING = ["outside", "silent", "removed", "low_battery", "still", "clock"]


class Alarm(ScopedModel):
    """One event of one wearer. `told_at` is when the site learned it, `due_at` when somebody is told (after the
    quiet hours for what is not urgent), `released_at` when that was done. An event that lasts has no end yet."""

    field_classes: ClassVar = {
        "kind": STAFF,
        "outcome": STAFF,
        "answered_by": STAFF,
        "answer": SENSITIVE,
    }

    wearer = models.ForeignKey(Wearer, on_delete=models.CASCADE, related_name="alarms")
    kind = models.CharField(max_length=11, choices=AlarmKind.choices)
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField()
    due_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=11, choices=Outcome.choices, blank=True)
    answer = SealedTextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    tip_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wearer", "kind", "began_at"], name="homeward_alarm_one_for_an_event"
            ),
            models.UniqueConstraint(
                fields=["wearer", "kind"],
                condition=Q(ended_at__isnull=True, kind__in=LASTING),
                name="homeward_alarm_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(last_at__gte=F("began_at"), due_at__gte=F("told_at")),
                name="homeward_alarm_moments_in_order",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="")
                | (Q(answered_at__isnull=False) & ~Q(outcome="")),
                name="homeward_alarm_answered_means_how",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "due_at"],
                condition=Q(answered_at__isnull=True),
                name="homeward_alarm_unanswered",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(released_at__isnull=True),
                name="homeward_alarm_waiting",
            ),
            models.Index(
                fields=["-answered_at", "-id"],
                condition=Q(answered_at__isnull=False),
                name="homeward_alarm_answered",
            ),
        ]

    @property
    def is_urgent(self) -> bool:
        """Whether it is told at any hour and answered within minutes."""
        return self.kind in URGENT

    def __str__(self) -> str:
        return f"{self.kind} {self.began_at:%Y-%m-%d %H:%M}"
