"""A plan in force, its rules, and the operating level of a division.

These rows hold no person and no case: a plan in force is read by everybody who works under it,
and by the intake of a tip from the public. Who may change them is decided in `access`.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Division, Organisation
from nuantu.core import clock
from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id


class Operation(models.Model):
    """One use of a plan: for a division, a year and the organisation that answers for it.

    `source_text` is the plan file of the version in force and `digest` its SHA-256; `shift_days`
    moves every date of a demo plan so that its window contains today. `parent_version` is the
    version of the plan above that a person has confirmed for this one.
    """

    class State(models.TextChoices):
        IN_FORCE = "in_force", _("执行中")
        SUMMARISING = "summarising", _("总结中")
        CLOSED = "closed", _("已结束")

    field_classes: ClassVar = {
        "plan_code": FieldClass.PUBLIC,
        "title": FieldClass.PUBLIC,
        "title_en": FieldClass.PUBLIC,
        "operation_type": FieldClass.PUBLIC,
        "issuer": FieldClass.PUBLIC,
        "doc_number": FieldClass.PUBLIC,
        "source_text": FieldClass.PUBLIC,
        "digest": FieldClass.PUBLIC,
        "state": FieldClass.PUBLIC,
        "started_by": FieldClass.STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    plan_code = models.CharField(max_length=32)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    operation_type = models.CharField(max_length=24)
    issuer = models.CharField(max_length=120)
    doc_number = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField()
    shift_days = models.IntegerField(default=0)
    start_date = models.DateField()
    end_date = models.DateField()
    source_text = models.TextField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.IN_FORCE)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    parent_version = models.PositiveIntegerField(null=True, blank=True)
    started_by = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")),
                name="operations_operation_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["division", "plan_code", "year"],
                condition=models.Q(closed_at__isnull=True),
                name="operations_operation_one_open_per_plan_year_division",
            ),
        ]
        indexes = [models.Index(fields=["state", "division"], name="operations_op_state_div")]

    def __str__(self) -> str:
        return f"{self.plan_code} {self.division_id} {self.year}"


class PlanVersion(models.Model):
    """One version of a plan in force: its file, who put it in force and why. Never changed."""

    field_classes: ClassVar = {
        "source_text": FieldClass.PUBLIC,
        "digest": FieldClass.PUBLIC,
        "reason": FieldClass.STAFF,
        "changed_by": FieldClass.STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    source_text = models.TextField()
    digest = models.CharField(max_length=64)
    start_date = models.DateField()
    end_date = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    changed_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "number"], name="operations_planversion_one_per_number"
            ),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""),
                name="operations_planversion_change_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation_id} v{self.number}"


class PlanRule(models.Model):
    """One value of a plan version with the clause it came from; the columns of `planbook.Rule`."""

    field_classes: ClassVar = {
        "kind": FieldClass.PUBLIC,
        "value": FieldClass.PUBLIC,
        "unit": FieldClass.PUBLIC,
        "level": FieldClass.PUBLIC,
        "place_class": FieldClass.PUBLIC,
        "key": FieldClass.PUBLIC,
        "words": FieldClass.PUBLIC,
        "clauses": FieldClass.PUBLIC,
        "quote": FieldClass.PUBLIC,
        "selectors": FieldClass.PUBLIC,
        "colours": FieldClass.PUBLIC,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="rules")
    version = models.PositiveIntegerField(default=1)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    value = models.JSONField(null=True)  # a figure, a word, a list of items: the kind says which
    unit = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=24, blank=True)
    place_class = models.CharField(max_length=48, blank=True)
    key = models.CharField(max_length=48, blank=True)
    words = models.CharField(max_length=40, blank=True)
    clauses = ArrayField(models.CharField(max_length=40))
    quote = models.CharField(max_length=25, blank=True)
    is_derived = models.BooleanField(default=False)
    selectors = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    colours = ArrayField(models.CharField(max_length=4), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "version", "position"],
                name="operations_planrule_one_per_version_position",
            ),
            models.CheckConstraint(
                condition=~models.Q(clauses=[]), name="operations_planrule_names_its_clause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {','.join(self.clauses)}"


class LevelState(models.Model):
    """The operating level of a division from a moment on, and what made it so.

    The newest row of a division counts; `until` is when it is expected to end: a person confirms.
    """

    field_classes: ClassVar = {
        "level": FieldClass.PUBLIC,
        "cause_kind": FieldClass.STAFF,
        "reason": FieldClass.STAFF,
        "set_by": FieldClass.STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=24)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    cause_kind = models.CharField(max_length=40, blank=True)
    cause_id = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    set_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="operations_levelstate_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "-since", "-id"], name="operations_level_div_since")
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.level}"
