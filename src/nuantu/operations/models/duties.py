"""A promise with a deadline."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel
from nuantu.operations.models.kinds import kind_label
from nuantu.operations.models.plans import Operation
from nuantu.operations.rules.clocks import Clock, clock_of
from nuantu.planbook import sources


class Duty(ScopedModel):
    """What is owed, about what, by whom, until when, and on what it rests.

    `owner_org` owes it until a hand-over is accepted. `warn_at` turns the clock amber, `due_at`
    red. `escalation` is how far the ladder has gone: 0 nobody, 1 amber, 2 the leader on duty,
    3 the bureau. `recurrence` names the slot of a recurring duty, so that it is opened only once.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待完成")
        DONE = "done", _("已完成")
        CANCELLED = "cancelled", _("已取消")

    field_classes: ClassVar = {
        "kind": FieldClass.STAFF,
        "title": FieldClass.STAFF,
        "title_en": FieldClass.STAFF,
        "subject_kind": FieldClass.STAFF,
        "basis": FieldClass.STAFF,
        "basis_rule": FieldClass.STAFF,
        "state": FieldClass.STAFF,
        "escalate_to_org": FieldClass.STAFF,
        "done_by": FieldClass.STAFF,
        "note": FieldClass.STAFF,
        "breach_reason": FieldClass.STAFF,
        "cancel_reason": FieldClass.STAFF,
        "recurrence": FieldClass.STAFF,
    }

    erases: ClassVar = ("note", "breach_reason", "cancel_reason")

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, null=True, blank=True, related_name="duties"
    )
    basis = models.CharField(max_length=200)
    basis_rule = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    escalation = models.PositiveSmallIntegerField(default=0)
    escalate_to_org = models.CharField(max_length=40, blank=True)
    assignee = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)
    done_by_id = models.UUIDField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    evidence_id = models.UUIDField(null=True, blank=True)
    breach_reason = models.CharField(max_length=500, blank=True)
    breach_reason_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    recurrence = models.CharField(max_length=120, null=True, blank=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_at__gte=models.F("opened_at")),
                name="operations_duty_due_after_opened",
            ),
            models.CheckConstraint(
                condition=models.Q(warn_at__lte=models.F("due_at")),
                name="operations_duty_warns_before_due",
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | models.Q(state__in=["open", "cancelled"], done_at__isnull=True),
                name="operations_duty_done_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(basis=""), name="operations_duty_rests_on_something"
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "due_at"],
                condition=models.Q(state="open"),
                name="operations_duty_open_by_owner",
            ),
            models.Index(
                fields=["division_code", "due_at"],
                condition=models.Q(state="open"),
                name="operations_duty_open_by_place",
            ),
            models.Index(
                fields=["warn_at"],
                condition=models.Q(state="open"),
                name="operations_duty_open_by_warn",
            ),
            models.Index(fields=["subject_kind", "subject_id"], name="operations_duty_subject"),
            models.Index(fields=["kind", "done_at"], name="operations_duty_kind_done"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def kind_label(self) -> str:
        """What the kind is called in the language of the page, without names or places."""
        return kind_label(self.kind)

    @property
    def said(self) -> str:
        """The title in the language of the page."""
        if (get_language() or "").startswith("en"):
            return self.title_en or self.kind_label
        return self.title

    def clock(self, at: datetime) -> Clock:
        """Remaining time, limit, basis and owner at a moment, as the clock component shows them."""
        return clock_of(
            opened_at=self.opened_at,
            warn_at=self.warn_at,
            due_at=self.due_at,
            done_at=self.done_at,
            is_open=self.state == self.State.OPEN,
            is_ended=self.state == self.State.CANCELLED,
            at=at,
            basis=sources.said(self.basis, get_language() or ""),
            owner=self.owner_org,
        )
