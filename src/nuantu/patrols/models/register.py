"""The register: what was walked, stop by stop, whatever becomes of the plan afterwards."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.hiding import Hidable
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.operations.models import Team
from nuantu.places.models import KeyLocation

STAFF = FieldClass.STAFF


class PatrolRun(ScopedModel):
    """One team out in one half of a week: planned times, crew, vehicle, and how it ended.

    It holds a copy of its route, so that a plan made anew takes nothing away. `owner_org` is the
    team's organisation, `division_code` the county; `week_id` and `alarm_id` are the public ids of
    the week and of the duty that somebody look for the team. `heard_at` is its last sign of life.
    """

    class State(models.TextChoices):
        NOT_BEGUN = "not_begun", _("没有出巡")
        UNDER_WAY = "under_way", _("正在巡查")
        FINISHED = "finished", _("已收队")
        BROKEN_OFF = "broken_off", _("中止")

    field_classes: ClassVar = {
        "state": STAFF,
        "level": STAFF,
        "crew": STAFF,
        "vehicle": STAFF,
        "checklist_name": STAFF,
        "note": STAFF,
        "reason": STAFF,
        "begun_by": STAFF,
        "ended_by": STAFF,
    }

    erases: ClassVar = ("note",)
    erased_with: ClassVar = "visits__contacts__case_id"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    week_id = models.UUIDField()
    first_day = models.DateField()
    half = models.PositiveSmallIntegerField()
    planned_since = models.DateTimeField()
    planned_until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOT_BEGUN)
    level = models.CharField(max_length=24, blank=True)
    crew = models.CharField(max_length=300, blank=True)
    vehicle = models.CharField(max_length=20, blank=True)
    km_out = models.PositiveIntegerField(null=True, blank=True)
    km_in = models.PositiveIntegerField(null=True, blank=True)
    checklist_name = models.CharField(max_length=80, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.CharField(max_length=120, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    alarm_id = models.UUIDField(null=True, blank=True)
    alarmed_at = models.DateTimeField(null=True, blank=True)
    counted_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "first_day", "half"], name="patrols_patrolrun_one_per_team_and_half"
            ),
            models.CheckConstraint(
                condition=Q(state="not_begun", begun_at__isnull=True)
                | Q(state="broken_off")
                | Q(state__in=["under_way", "finished"], begun_at__isnull=False),
                name="patrols_patrolrun_under_way_has_begun",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["not_begun", "under_way"], ended_at__isnull=True)
                | Q(state__in=["finished", "broken_off"], ended_at__isnull=False),
                name="patrols_patrolrun_ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="broken_off") | ~Q(reason=""),
                name="patrols_patrolrun_broken_off_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(km_in__isnull=True) | Q(km_in__gte=F("km_out")),
                name="patrols_patrolrun_comes_back_with_more_kilometres",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_org", "-planned_since"], name="patrols_patrolrun_by_owner"),
            models.Index(
                fields=["heard_at"],
                condition=Q(state="under_way"),
                name="patrols_patrolrun_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.first_day} {self.half}"

    @property
    def is_under_way(self) -> bool:
        """Whether the team is out and has not reported back."""
        return self.state == self.State.UNDER_WAY

    @property
    def kilometres(self) -> int | None:
        """What was driven, None where the log is not complete."""
        return (
            self.km_in - self.km_out if self.km_in is not None and self.km_out is not None else None
        )


class PatrolVisit(models.Model):
    """One stop of a run, planned or not: when the team came and left, and what it found.

    Nobody there is an entry too. `place` and the point (WGS-84 degrees) are as they were then;
    `spot_id` is what the week calls a point that an urgent visit asked for. `told_lat`, `told_lon` are what the phone said on arrival. `doubts` are codes of what makes the
    entry implausible; it stays as it was entered. Where the desk entered it for the team, `told_by`
    says who told it and `entered_at` when.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("未到")
        ARRIVED = "arrived", _("已到达")
        NOBODY = "nobody", _("没有人")
        MET = "met", _("见到人")
        SKIPPED = "skipped", _("没有去")

    field_classes: ClassVar = {
        "place": STAFF,
        "state": STAFF,
        "note": STAFF,
        "reason": STAFF,
        "doubts": STAFF,
        "recorded_by": STAFF,
        "told_by": STAFF,
    }

    erases: ClassVar = ("note", "place", "lat", "lon", "told_lat", "told_lon")
    erased_with: ClassVar = "contacts__case_id"
    # What stands on the list of key locations names no one; what a team typed may, and its point leads
    # to where somebody sleeps.
    erases_only: ClassVar = {name: Q(key_location__isnull=True) for name in ("place", "lat", "lon")}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    run = models.ForeignKey(PatrolRun, on_delete=models.PROTECT, related_name="visits")
    number = models.PositiveSmallIntegerField()
    key_location = models.ForeignKey(
        KeyLocation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    spot_id = models.UUIDField(null=True, blank=True)
    place = models.CharField(max_length=200)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    is_promised = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    told_lat = models.FloatField(null=True, blank=True)
    told_lon = models.FloatField(null=True, blank=True)
    told_accuracy_metres = models.PositiveIntegerField(null=True, blank=True)
    off_metres = models.PositiveIntegerField(null=True, blank=True)
    people_count = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    doubts = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    recorded_by = models.CharField(max_length=120, blank=True)
    told_by = models.CharField(max_length=120, blank=True)
    entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"], name="patrols_patrolvisit_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "skipped"], left_at__isnull=True)
                | Q(state="arrived", arrived_at__isnull=False, left_at__isnull=True)
                | Q(state__in=["nobody", "met"], arrived_at__isnull=False, left_at__isnull=False),
                name="patrols_patrolvisit_done_says_when",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at")),
                name="patrols_patrolvisit_leaves_after_it_came",
            ),
            models.CheckConstraint(
                condition=~Q(state="met") | Q(people_count__gt=0),
                name="patrols_patrolvisit_met_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="nobody") | Q(people_count=0),
                name="patrols_patrolvisit_nobody_is_zero",
            ),
            models.CheckConstraint(
                condition=~Q(state="skipped") | ~Q(reason=""),
                name="patrols_patrolvisit_skipped_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["key_location", "-left_at"], name="patrols_visit_by_location")
        ]

    def __str__(self) -> str:
        return f"{self.run_id}#{self.number}"

    @property
    def location_id(self) -> str:
        """What the problem of the week calls the place; empty where the team added the stop."""
        found = self.key_location.public_id if self.key_location else self.spot_id
        return str(found) if found else ""

    @property
    def is_done(self) -> bool:
        """Whether the team was there and said what it found."""
        return self.state in (self.State.NOBODY, self.State.MET)

    @property
    def dwell(self) -> timedelta | None:
        """How long the team was there."""
        return self.left_at - self.arrived_at if self.left_at and self.arrived_at else None

    @property
    def late_by(self) -> timedelta | None:
        """How much later than planned it came; negative where it came earlier."""
        return self.arrived_at - self.planned_at if self.arrived_at and self.planned_at else None

    def gap_after(self, left_at: datetime | None) -> timedelta | None:
        """The time between leaving the stop before and arriving here."""
        return self.arrived_at - left_at if self.arrived_at and left_at else None


class PatrolCheck(models.Model):
    """One line of the checklist as a run took it along; `is_done` is empty until it is answered."""

    field_classes: ClassVar = {"text": STAFF, "remark": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    run = models.ForeignKey(PatrolRun, on_delete=models.PROTECT, related_name="checks")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    is_done = models.BooleanField(null=True, blank=True)
    remark = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"], name="patrols_patrolcheck_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(is_done__isnull=True) | Q(is_done=True) | ~Q(remark=""),
                name="patrols_patrolcheck_not_done_is_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}#{self.number}"


class PatrolPhoto(Hidable):
    """A photo or short video of a stop, sealed as evidence, with the day until which it is kept
    (X13). Which of both it is says its file."""

    erases_file: ClassVar = "file"
    erased_with: ClassVar = "visit__contacts__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    visit = models.ForeignKey(PatrolVisit, on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    keep_until_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(keep_until_date__gt=F("taken_at__date")),
                name="patrols_patrolphoto_is_kept_for_a_while",
            ),
            *Hidable.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.public_id}"


class PatrolContact(models.Model):
    """Somebody met at a stop: the contact that a package above recorded, by kind and public id."""

    field_classes: ClassVar = {"subject_kind": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    visit = models.ForeignKey(PatrolVisit, on_delete=models.PROTECT, related_name="contacts")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    case_id = models.UUIDField(null=True, blank=True, db_index=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], name="patrols_patrolcontact_at_one_stop"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"


class PatrolChecklist(ScopedModel):
    """What a team answers for when it reports back, as its bureau loaded it (for example 六必须).

    The newest of a county holds, else of what lies above it. A run keeps the lines it answered.
    """

    field_classes: ClassVar = {"name": STAFF, "lines": STAFF, "loaded_by": STAFF}

    name = models.CharField(max_length=80)
    lines = ArrayField(models.CharField(max_length=200))
    loaded_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="patrols_patrolchecklist_has_a_name")
        ]
        indexes = [
            models.Index(fields=["division_code", "-recorded_at"], name="patrols_checklist_newest")
        ]

    def __str__(self) -> str:
        return self.name
