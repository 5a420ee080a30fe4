"""Paper templates, the counters of numbers, papers with their versions and signatures."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile

PUBLIC, STAFF, SENSITIVE = FieldClass.PUBLIC, FieldClass.STAFF, FieldClass.SENSITIVE


class PaperTemplate(ScopedModel):
    """One Word file for one kind of paper. Its content never changes: a replacement is a new row.

    An uploaded one holds from `in_force_date` for every office whose division begins with `prefix`,
    without a prefix for the office that uploaded it;
    one of the program's own (`is_builtin`) holds where nobody uploaded any.
    """

    field_classes: ClassVar = {
        "kind": PUBLIC,
        "prefix": PUBLIC,
        "name": STAFF,
        "digest": PUBLIC,
        "note": STAFF,
        "uploaded_by": STAFF,
        "withdrawn_by": STAFF,
    }

    kind = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    prefix = models.CharField(max_length=12, blank=True)
    is_builtin = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    in_force_date = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    uploaded_by = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_org", "kind", "version"], name="papers_papertemplate_version_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "digest"],
                condition=Q(is_builtin=True),
                name="papers_papertemplate_builtin_kept_once",
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=True), name="papers_papertemplate_names_no_case"
            ),
            models.CheckConstraint(
                condition=Q(is_builtin=True) | ~Q(prefix="") | ~Q(owner_org=""),
                name="papers_papertemplate_holds_somewhere",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "in_force_date"], name="papers_papertemplate_in_force")
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"


class PaperCounter(models.Model):
    """The last number of one office, kind and year; its row lock puts the clerks in order."""

    field_classes: ClassVar = {"org_code": PUBLIC, "kind": PUBLIC}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    org_code = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["org_code", "kind", "year"], name="papers_papercounter_one_per_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.org_code} {self.kind} {self.year}: {self.last}"


class Paper(ScopedModel):
    """One numbered paper about a case. What stands in it lies in its versions.

    The number belongs to the office that issued it first (`numbered_by`), whoever holds the case
    now. `version` is the one in force.
    """

    class State(models.TextChoices):
        ISSUED = "issued", _("有效")
        VOID = "void", _("已作废")

    field_classes: ClassVar = {
        "kind": STAFF,
        "numbered_by": STAFF,
        "number": STAFF,
        "subject_kind": STAFF,
        "state": STAFF,
        "void_reason": STAFF,
        "voided_by": STAFF,
    }

    erases: ClassVar = ("void_reason",)

    kind = models.CharField(max_length=40)
    numbered_by = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=6, choices=State.choices, default=State.ISSUED)
    issued_at = models.DateTimeField()
    void_reason = models.CharField(max_length=200, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["numbered_by", "kind", "year", "serial"], name="papers_paper_number_once"
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="papers_paper_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(state="issued", voided_at__isnull=True, void_reason="")
                | (Q(state="void", voided_at__isnull=False) & ~Q(void_reason="")),
                name="papers_paper_void_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(serial__gte=1), name="papers_paper_counts_from_one"),
        ]
        indexes = [
            models.Index(fields=["owner_org", "-issued_at"], name="papers_paper_register"),
            models.Index(fields=["subject_kind", "subject_id"], name="papers_paper_subject"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_void(self) -> bool:
        """Whether it was declared void."""
        return self.state == self.State.VOID


class PaperVersion(models.Model):
    """What a paper said when it was issued: the frozen values, sealed with the case, and the template."""

    field_classes: ClassVar = {
        "values": SENSITIVE,
        "values_digest": STAFF,
        "changed": STAFF,
        "reason": STAFF,
        "issued_by": STAFF,
        "issued_org": STAFF,
    }

    erases: ClassVar = ("reason",)

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    case_id = models.UUIDField(db_index=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    template = models.ForeignKey(PaperTemplate, on_delete=models.PROTECT, related_name="+")
    values = SealedTextField()
    values_digest = models.CharField(max_length=64)
    changed = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=120)
    issued_org = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "version"], name="papers_paperversion_once_per_paper"
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="papers_paperversion_anew_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} v{self.version}"


class PaperSignature(models.Model):
    """A signature under one version: drawn on the screen, or the signed sheet as a picture with the places that are
    signed on it; pictures of before that was asked have none."""

    class Way(models.TextChoices):
        SCREEN = "screen", _("屏幕签名")
        SCAN = "scan", _("纸质签名扫描件")

    field_classes: ClassVar = {
        "slot": STAFF,
        "way": STAFF,
        "places": STAFF,
        "recorded_by": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    issued = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="signatures")
    slot = models.CharField(max_length=40, blank=True)
    way = models.CharField(max_length=6, choices=Way.choices)
    places = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issued", "slot"],
                condition=Q(way="screen"),
                name="papers_papersignature_one_per_place",
            ),
            models.CheckConstraint(
                condition=Q(way="scan") | ~Q(slot=""), name="papers_papersignature_stands_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.slot}"
