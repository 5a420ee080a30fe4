"""A file of reports on its way in."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.tracing.models.reports import MissingReport

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class ReportImport(ScopedModel):
    """A file that was read (导入): its rows wait to be looked at, then come in one after the other.

    What the rows say is sealed and forgotten after `keep_until_date`.
    """

    class State(models.TextChoices):
        READ = "read", _("待确认")
        WAITING = "waiting", _("等待导入")
        RUNNING = "running", _("正在导入")
        DONE = "done", _("已导入")
        DROPPED = "dropped", _("已放弃")

    class Format(models.TextChoices):
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"
        PFIF = "pfif", "PFIF 1.4"

    field_classes: ClassVar = {
        "file_name": STAFF,
        "format": STAFF,
        "digest": STAFF,
        "unread_headings": STAFF,
        "source": STAFF,
        "source_name": STAFF,
        "state": STAFF,
        "consent_purposes": STAFF,
        "made_by": STAFF,
    }

    file_name = models.CharField(max_length=120)
    format = models.CharField(max_length=4, choices=Format.choices)
    digest = models.CharField(max_length=64)
    unread_headings = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=8)
    source_name = models.CharField(max_length=120)
    state = models.CharField(max_length=7, choices=State.choices, default=State.READ)
    consent_date = models.DateField(null=True, blank=True)
    consent_purposes = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    row_count = models.PositiveIntegerField()
    made_by = models.CharField(max_length=120)
    made_by_id = models.UUIDField()
    done_at = models.DateTimeField(null=True, blank=True)
    keep_until_date = models.DateField()
    is_forgotten = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["read", "dropped"]) | Q(consent_date__isnull=False),
                name="tracing_reportimport_comes_in_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__gte=F("recorded_at")),
                name="tracing_reportimport_done_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_org", "-recorded_at"], name="tracing_reportimport_newest")
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has still to decide."""
        return self.state == self.State.READ

    @property
    def is_busy(self) -> bool:
        """Whether its rows are coming in."""
        return self.state in (self.State.WAITING, self.State.RUNNING)


class ImportRow(models.Model):
    """One row of a file: what it says (sealed), what must be looked at, and what became of it."""

    class State(models.TextChoices):
        READY = "ready", _("可以导入")
        DOUBTFUL = "doubtful", _("可能重复")
        BAD = "bad", _("要先改正")
        TAKEN = "taken", _("已登记")
        SKIPPED = "skipped", _("没有导入")

    field_classes: ClassVar = {
        "told": SENSITIVE,
        "findings": STAFF,
        "like_number": STAFF,
        "like_reason": STAFF,
        "state": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    batch = models.ForeignKey(ReportImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    told = SealedTextField()
    findings = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    like_number = models.CharField(max_length=24, blank=True)
    like_reason = models.CharField(max_length=5, blank=True)
    state = models.CharField(max_length=8, choices=State.choices)
    is_wanted = models.BooleanField(default=True)
    report = models.ForeignKey(
        MissingReport, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="tracing_importrow_line_once"),
            models.CheckConstraint(
                condition=~Q(state="bad") | ~Q(findings=[]), name="tracing_importrow_bad_says_why"
            ),
        ]
        indexes = [models.Index(fields=["batch", "state"], name="tracing_importrow_state")]

    def __str__(self) -> str:
        return f"{self.batch_id} #{self.line}"

    @property
    def case_id(self) -> UUID:
        """The key of the whole file seals each of its rows, and takes them all with it."""
        return self.batch.public_id
