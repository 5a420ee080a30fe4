"""What a phone sent, as it came."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.fieldwork.models.devices import FieldDevice

STAFF = FieldClass.STAFF


class FieldCommand(ScopedModel):
    """One thing somebody did on a phone. `command_id` was made there; of two that come under one id
    with other content the second `is_copy`.

    `body` lies sealed until the command is settled; then it goes with its key, for what it said
    stands in the rows it made. `digest` is a keyed hash of it, so that a copy is known for ever.
    `made_at` is the phone's clock, `received_at` the server's, `happened_at` what follows from both.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待处理")
        APPLIED = "applied", _("已登记")
        REVIEW = "review", _("待核")
        SETTLED = "settled", _("已核")

    field_classes: ClassVar = {
        "kind": STAFF,
        "digest": STAFF,
        "body": FieldClass.SEALED,
        "doubts": STAFF,
        "state": STAFF,
        "words": STAFF,
    }

    erases: ClassVar = ("words",)

    device = models.ForeignKey(FieldDevice, on_delete=models.PROTECT, related_name="commands")
    command_id = models.UUIDField()
    is_copy = models.BooleanField(default=False)
    seq = models.PositiveBigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=24, blank=True)
    about = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    happened_at = models.DateTimeField()
    body = SealedTextField(blank=True)
    digest = models.CharField(max_length=64)
    file_count = models.PositiveSmallIntegerField(default=0)
    doubts = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    words = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["command_id"],
                condition=Q(is_copy=False),
                name="fieldwork_fieldcommand_once",
            ),
            models.UniqueConstraint(
                fields=["command_id", "digest"], name="fieldwork_fieldcommand_each_copy_once"
            ),
            models.CheckConstraint(
                condition=Q(happened_at__lte=models.F("received_at")),
                name="fieldwork_fieldcommand_happened_before_it_came",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "review"], settled_at__isnull=True)
                | Q(state__in=["applied", "settled"], settled_at__isnull=False),
                name="fieldwork_fieldcommand_settled_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["device", "seq"],
                condition=Q(state="waiting"),
                name="fieldwork_command_waiting",
            ),
            models.Index(fields=["device", "-received_at"], name="fieldwork_command_by_device"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.command_id}"


class CommandFile(models.Model):
    """A photo that came with a command, sealed under the command's key until it is settled."""

    field_classes: ClassVar = {"name": STAFF, "media_type": STAFF, "digest": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    command = models.ForeignKey(FieldCommand, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    media_type = models.CharField(max_length=60, blank=True)
    size_bytes = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["command", "number"], name="fieldwork_commandfile_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.command_id}#{self.number}"
