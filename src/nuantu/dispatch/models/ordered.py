"""Who is told one after the other about somebody from elsewhere (P10-24, X12)."""

from typing import ClassVar

from django.db import models

from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel
from nuantu.dispatch.models.tip_parts import Notice
from nuantu.dispatch.models.tips import Tip
from nuantu.persons.models import Case

STAFF = FieldClass.STAFF


class OrderedNotice(ScopedModel):
    """One place in the order: whom to tell, whether he waits for the one before, and what came of it.

    It hangs on the tip, on the person's case, or on both once a team has met him. The clock begins
    (`starts_at`) for the first when he is asked for, for the next when the one before was told or
    his term is gone by; before that he is told early only for a reason. Sending, warming and
    taking in wait for none of this.
    """

    State = Notice.State
    Way = Notice.Way

    field_classes: ClassVar = {
        "recipient": STAFF,
        "basis": STAFF,
        "state": STAFF,
        "way": STAFF,
        "by": STAFF,
        "answer": STAFF,
        "reason": STAFF,
        "early_reason": STAFF,
    }

    tip = models.ForeignKey(
        Tip, on_delete=models.PROTECT, null=True, blank=True, related_name="ordered"
    )
    of_case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rank = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=32)
    basis = models.CharField(max_length=300)
    term_minutes = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    duty_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=Notice.State.choices, default=Notice.State.DUE)
    told_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=10, choices=Notice.Way.choices, blank=True)
    by = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    early_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tip", "recipient"],
                condition=models.Q(of_case__isnull=True),
                name="dispatch_orderednotice_once_of_a_tip",
            ),
            models.UniqueConstraint(
                fields=["of_case", "recipient"], name="dispatch_orderednotice_once_of_a_case"
            ),
            models.CheckConstraint(
                condition=models.Q(tip__isnull=False) | models.Q(of_case__isnull=False),
                name="dispatch_orderednotice_about_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True, due_at__isnull=True)
                | models.Q(starts_at__isnull=False, due_at__gt=models.F("starts_at")),
                name="dispatch_orderednotice_clock_has_both_ends",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="told")
                | models.Q(told_at__isnull=False) & ~models.Q(way="") & ~models.Q(by=""),
                name="dispatch_orderednotice_told_when_how_by_whom",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="not_needed") | ~models.Q(reason=""),
                name="dispatch_orderednotice_left_out_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state="due", starts_at__isnull=True),
                name="dispatch_ordered_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.recipient_label} {self.get_state_display()}"

    @property
    def recipient_label(self) -> str:
        """Who, in words; a plan may name somebody the list does not know."""
        return str(dict(Notice.Recipient.choices).get(self.recipient, self.recipient))

    @property
    def is_due(self) -> bool:
        """Whether he still has to be told."""
        return self.state == Notice.State.DUE

    @property
    def is_waiting(self) -> bool:
        """Whether somebody before him has to be told first."""
        return self.is_due and self.starts_at is None
