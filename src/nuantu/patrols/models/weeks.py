"""The week that people decide on, and the search that plans it."""

from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.operations.models import Operation

STAFF = FieldClass.STAFF
# a search tells twice a second how far it is; whoever is silent for longer was killed
SILENCE: Final = timedelta(minutes=5)


class PatrolWeek(ScopedModel):
    """The patrols of one county from a Monday on: what is promised, what the plan keeps, who said yes.

    `division_code` is the county, `level` the operating level the promises were taken at.
    `encounters` are expected meetings of the plan, `bound` what no plan of the week can pass;
    `missing_before` is what was not kept before the last change. `unmet` is the list of the plan
    format: location, number, reason. `mends` are the shifts that would keep more, each upon those
    before it: night, depot (a team), minutes, how many it keeps and how many are left.
    `approved_word` says why it was approved with too few visits by night, `published_word` why it
    was published without a department that the plan names. `planned_at` is when its routes were last
    written, by the search or by hand.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草案")
        APPROVED = "approved", _("已批准")
        PUBLISHED = "published", _("已下发")

    field_classes: ClassVar = {
        "state": STAFF,
        "level": STAFF,
        "unmet": STAFF,
        "mends": STAFF,
        "asked_by": STAFF,
        "approved_by": STAFF,
        "published_by": STAFF,
        "approved_word": STAFF,
        "published_word": STAFF,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    level = models.CharField(max_length=24)
    promised = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(null=True, blank=True)
    missing_before = models.PositiveIntegerField(null=True, blank=True)
    encounters = models.FloatField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)
    unmet = models.JSONField(default=list, blank=True)
    mends = models.JSONField(default=list, blank=True)
    asked_by = models.CharField(max_length=120)
    approved_by = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    approved_word = models.CharField(max_length=300, blank=True)
    published_word = models.CharField(max_length=300, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division_code", "first_day"],
                name="patrols_patrolweek_one_plan_per_county_and_week",
            ),
            models.CheckConstraint(
                condition=Q(first_day__iso_week_day=1),
                name="patrols_patrolweek_begins_on_a_monday",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(approved_at__isnull=False, missing__isnull=False),
                name="patrols_patrolweek_approved_is_planned",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="patrols_patrolweek_published_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_org", "-first_day"], name="patrols_patrolweek_by_owner")
        ]

    def __str__(self) -> str:
        return f"{self.division_code} {self.first_day}"

    @property
    def last_day(self) -> date:
        """The Sunday of the week."""
        return self.first_day + timedelta(days=6)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == self.State.DRAFT

    @property
    def kept(self) -> int:
        """Promised visits that the plan keeps."""
        return self.promised - (self.missing or 0)

    @property
    def share(self) -> float | None:
        """Expected meetings as a share of the bound, None where nothing can be met."""
        return self.encounters / self.bound if self.bound and self.encounters is not None else None


class PatrolSearch(models.Model):
    """The search behind a week: the problem as it was put, how far the search is, how it ended.

    `problem` is the problem format of `patrol solve`; a change by hand is checked against it. While
    it runs, `began_at` names the run, `told_at` is its last sign of life, and `trail` what was not
    kept each time it told. `remarks` hold a code
    and the id of a location or team, parted by a colon.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待排班")
        RUNNING = "running", _("正在排班")
        DONE = "done", _("排完")
        FAILED = "failed", _("没有排成")

    field_classes: ClassVar = {
        "state": STAFF,
        "problem": STAFF,
        "problem_digest": STAFF,
        "remarks": STAFF,
        "basis": STAFF,
        "failure": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    week = models.OneToOneField(PatrolWeek, on_delete=models.CASCADE, related_name="search")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    lacking = models.PositiveIntegerField(null=True, blank=True)
    seconds = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField(default=1)
    problem = models.JSONField()
    problem_digest = models.CharField(max_length=64)
    remarks = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    basis = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    trail = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__lte=100), name="patrols_patrolsearch_is_at_most_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week_id} {self.state}"

    @property
    def is_busy(self) -> bool:
        """Whether the search has not ended yet."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    def is_abandoned(self, at: datetime) -> bool:
        """Whether nobody can be searching any more, though nobody said so: a worker was killed."""
        return self.is_busy and at - self.told_at > SILENCE
