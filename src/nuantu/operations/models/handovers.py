"""Handing something over to another organisation; the first receiver owns until it is accepted."""

from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel

# What a grant of a hand-over is for: reading before the answer, and the giver reading on after it.
PREVIEW: Final = gettext_noop("移交预览")
GIVER_READS: Final = gettext_noop("移交后查阅")


class Handover(ScopedModel):
    """An offer to take over a subject, and what came of it (首接负责, S1-27, X55).

    `owner_org` is the giver for ever; what changes hands is the subject and its case.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("待接收")
        ACCEPTED = "accepted", _("已接收")
        DECLINED = "declined", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")

    field_classes: ClassVar = {
        "subject_kind": FieldClass.STAFF,
        "to_org": FieldClass.STAFF,
        "purpose": FieldClass.STAFF,
        "note": FieldClass.STAFF,
        "state": FieldClass.STAFF,
        "offered_by": FieldClass.STAFF,
        "answered_by": FieldClass.STAFF,
        "answer_note": FieldClass.STAFF,
    }

    erases: ClassVar = ("note", "answer_note")

    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    to_org = models.CharField(max_length=40)
    purpose = models.CharField(max_length=60)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    offered_at = models.DateTimeField()
    offered_by = models.CharField(max_length=120)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answer_note = models.CharField(max_length=500, blank=True)
    giver_reads_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=models.Q(state="offered"),
                name="operations_handover_one_open_offer",
            ),
            models.CheckConstraint(
                condition=~models.Q(to_org=models.F("owner_org")),
                name="operations_handover_to_somebody_else",
            ),
            models.CheckConstraint(
                condition=models.Q(state="offered", answered_at__isnull=True)
                | (~models.Q(state="offered") & models.Q(answered_at__isnull=False)),
                name="operations_handover_answer_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["to_org", "state"], name="operations_handover_inbox")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.owner_org} → {self.to_org}"
