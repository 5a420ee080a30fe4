"""A plan document that was handed in to be read, and the draft plan that grows out of it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel
from nuantu.operations.models.plans import Operation

# a reading ends within three minutes; whoever is silent for longer was killed
SILENCE: Final = timedelta(minutes=5)


class PlanDocument(ScopedModel):
    """A document as it came (`content`), what was read (`reading`) and the draft plan (`draft`).

    `reading` is what `plan read --json` prints; `accepted` names the entries of the draft that a
    person has looked at, by their path. `step` of `steps` is how far reading has come; while it is
    being read, `changed_at` is when this reading began, and names it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待阅读")
        READING = "reading", _("正在阅读")
        READ = "read", _("已读")
        FAILED = "failed", _("没有读成")
        ADOPTED = "adopted", _("已启动")

    field_classes: ClassVar = {
        "name": FieldClass.STAFF,
        "digest": FieldClass.PUBLIC,
        "state": FieldClass.STAFF,
        "doing": FieldClass.STAFF,
        "reading": FieldClass.STAFF,
        "draft": FieldClass.STAFF,
        "accepted": FieldClass.STAFF,
        "handed_in_by": FieldClass.STAFF,
    }

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    part = models.PositiveSmallIntegerField(default=0)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    doing = models.CharField(max_length=40, blank=True)
    reading = models.JSONField(default=dict)
    draft = models.TextField(blank=True)
    draft_version = models.PositiveIntegerField(default=0)
    accepted = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    handed_in_by = models.CharField(max_length=120)
    handed_in_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="adopted") | models.Q(operation__isnull=False),
                name="operations_plandocument_adopted_has_its_operation",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_org", "-handed_in_at"], name="operations_doc_by_owner")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.public_id}"

    @property
    def is_busy(self) -> bool:
        """Whether reading has not ended yet."""
        return self.state in (self.State.WAITING, self.State.READING)

    def is_abandoned(self, at: datetime) -> bool:
        """Whether nobody can be reading it any more, though nobody said so: a worker was killed."""
        return self.is_busy and at - self.changed_at > SILENCE

    @property
    def title(self) -> str:
        """What the document calls itself, else the name of its file."""
        facts: dict[str, Any] = self.reading.get("facts") or {}
        return str(facts.get("title") or self.name)
