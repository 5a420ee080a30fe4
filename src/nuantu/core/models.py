"""Tables that every package shares: scope columns, the journal, data keys, stored files."""

from typing import ClassVar

from django.db import models

from nuantu.core import clock
from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id


class ScopedModel(models.Model):
    """A row that row-level security guards.

    `division_code` is where it happened and never changes; `owner_org` is the organisation
    that holds it now; `case_id` ties it to a case, whose grants then open it.
    """

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    division_code = models.CharField(max_length=12, db_index=True)
    owner_org = models.CharField(max_length=40, db_index=True)
    case_id = models.UUIDField(null=True, blank=True, db_index=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    field_classes: ClassVar[dict[str, FieldClass]]

    class Meta:
        abstract = True


class JournalChain(models.Model):
    """The head of one chain (county and month); its row lock puts the writers in order."""

    field_classes: ClassVar = {"chain": FieldClass.STAFF, "digest": FieldClass.STAFF}

    chain = models.CharField(max_length=20, primary_key=True)
    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seq__gte=1), name="core_journalchain_starts_at_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}"


class JournalEntry(models.Model):
    """One thing that happened: who, when, what, on what basis, before and after.

    Written only by `journal.record`; a trigger refuses every change. The actor is plain values.
    """

    field_classes: ClassVar = {
        "chain": FieldClass.STAFF,
        "digest": FieldClass.STAFF,
        "verb": FieldClass.STAFF,
        "summary": FieldClass.STAFF,
        "basis": FieldClass.STAFF,
        "actor_id": FieldClass.STAFF,
        "actor_name": FieldClass.STAFF,
        "actor_org": FieldClass.STAFF,
        "division_code": FieldClass.STAFF,
        "owner_org": FieldClass.STAFF,
        "changes": FieldClass.STAFF,
        "sealed": FieldClass.SENSITIVE,
    }

    public_id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chain = models.CharField(max_length=20)
    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    verb = models.CharField(max_length=80)
    summary = models.TextField()
    basis = models.TextField(blank=True)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=120)
    actor_org = models.CharField(max_length=40, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    division_code = models.CharField(max_length=12)
    owner_org = models.CharField(max_length=40)
    case_id = models.UUIDField(null=True, blank=True, db_index=True)
    changes = models.JSONField(default=dict)
    sealed = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "seq"], name="core_journalentry_one_per_place"
            ),
        ]
        indexes = [models.Index(fields=["recorded_at"], name="core_journalentry_when")]

    def __str__(self) -> str:
        return f"{self.verb} {self.chain}#{self.seq}"


class JournalSubject(models.Model):
    """What a journal line is about; a line may be about several things."""

    field_classes: ClassVar = {"kind": FieldClass.STAFF}

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="subjects")
    kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    public_id = models.UUIDField(default=new_id, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "kind", "subject_id"], name="core_journalsubject_named_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "subject_id"], name="core_journalsubject_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class RowHistory(models.Model):
    """A row as it was before a change, kept by trigger; read under the system scope only."""

    field_classes: ClassVar = {
        "table_name": FieldClass.STAFF,
        "operation": FieldClass.STAFF,
        "changed_by": FieldClass.STAFF,
        "before": FieldClass.SEALED,
    }

    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField()
    operation = models.CharField(max_length=6)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=64, blank=True)
    before = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(operation__in=["UPDATE", "DELETE"]),
                name="core_rowhistory_is_a_change",
            )
        ]
        indexes = [models.Index(fields=["table_name", "row_id"], name="core_rowhistory_row")]

    def __str__(self) -> str:
        return f"{self.operation} {self.table_name} {self.row_id}"


class ReferenceToken(models.Model):
    """What a group of reference tables looks like now: renewed by trigger with every change."""

    field_classes: ClassVar = {"group": FieldClass.PUBLIC}

    group = models.CharField(max_length=20, primary_key=True)
    token = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(group=""), name="core_referencetoken_has_a_group"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.token}"


class DataKey(models.Model):
    """The key of one case (or of one tip without a case), wrapped by the master key.

    Rotation writes `wrapped` anew; erasure empties it, and what it sealed can never be read.
    """

    field_classes: ClassVar = {"wrapped": FieldClass.SEALED, "master": FieldClass.STAFF}

    key_ref = models.UUIDField(primary_key=True)
    wrapped = models.TextField(blank=True)
    master = models.CharField(max_length=20, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(destroyed_at__isnull=True) | models.Q(wrapped=""),
                name="core_datakey_destroyed_means_empty",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key_ref}{' (destroyed)' if self.destroyed_at else ''}"


class StoredFile(ScopedModel):
    """A photo or short video: a copy without EXIF or tags for those who may see the row, the original
    sealed as evidence. A video has neither width nor height here (0)."""

    field_classes: ClassVar = {
        "purpose": FieldClass.STAFF,
        "media_type": FieldClass.STAFF,
        "original_digest": FieldClass.STAFF,
        "taken_by": FieldClass.STAFF,
    }

    purpose = models.CharField(max_length=40)
    media_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    original_digest = models.CharField(max_length=64)
    taken_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size_bytes__gt=0), name="core_storedfile_not_empty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.public_id}"

    @property
    def is_video(self) -> bool:
        """A video, not a photo."""
        return self.media_type.startswith("video/")


class RateWindow(models.Model):
    """How often one key came in one window; rows older than a day are swept."""

    field_classes: ClassVar = {"key": FieldClass.STAFF}

    key = models.CharField(max_length=120)
    window = models.BigIntegerField()
    count = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "window"], name="core_ratewindow_one_per_window")
        ]

    def __str__(self) -> str:
        return f"{self.key}@{self.window}: {self.count}"


class Installation(models.Model):
    """The one row that says what this database is: demo for ever, or live."""

    class Mode(models.TextChoices):
        DEMO = "demo"
        LIVE = "live"

    field_classes: ClassVar = {"mode": FieldClass.PUBLIC}

    mode = models.CharField(max_length=4, choices=Mode.choices)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="core_installation_is_one_row")
        ]

    def __str__(self) -> str:
        return self.mode
