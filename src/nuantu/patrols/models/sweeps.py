"""A sweep: an area looked over place by place, cut into areas of responsibility that report."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nuantu.accounts.models import User
from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.core.subjects import Subject
from nuantu.operations.models import Operation
from nuantu.patrols.rules import sweeps as rules
from nuantu.places.models import KeyLocation

STAFF = FieldClass.STAFF


class Sweep(ScopedModel):
    """A sweep (排查) of a division and all below it, until a moment, ordered by `owner_org`.

    `kinds` are the codes of the kinds of place to be looked at. It rests on a rule of a plan
    (`basis`, `clause`) or on the reason of whoever ordered it by hand. `cause_kind`, `cause_id`
    name the episode of a warning that opened it by itself.
    """

    field_classes: ClassVar = {
        "name": STAFF,
        "basis": STAFF,
        "clause": STAFF,
        "reason": STAFF,
        "kinds": STAFF,
        "ordered_by": STAFF,
        "closed_by": STAFF,
        "closed_reason": STAFF,
        "cause_kind": STAFF,
    }

    name = models.CharField(max_length=120)
    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    basis = models.CharField(max_length=200)
    clause = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    due_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)
    closed_reason = models.CharField(max_length=300, blank=True)
    cause_kind = models.CharField(max_length=40, blank=True)
    cause_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division_code", "clause", "cause_id"], name="patrols_sweep_once_a_cause"
            ),
            models.CheckConstraint(
                condition=~Q(clause="") | ~Q(reason=""), name="patrols_sweep_rests_on_something"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("recorded_at")), name="patrols_sweep_is_due_later"
            ),
        ]
        indexes = [models.Index(fields=["owner_org", "-recorded_at"], name="patrols_sweep_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether its areas still report."""
        return self.closed_at is None

    @property
    def cause(self) -> Subject | None:
        """The warning that opened it, None for one ordered by hand."""
        return Subject(self.cause_kind, self.cause_id) if self.cause_id else None


class SweepArea(ScopedModel):
    """An area of responsibility: a town, a village, or a grid of a village, which is only a name.

    `owner_org` answers for it; while `assigned_at` is empty nobody does, and the orderer holds it.
    `person` is who looks there; `looker` is the account of a grid worker, who sees no other area. An area cut further is `cut`: its parts report in its place.
    `check_org` is the township office that a plan has supervise the village: a report is `checking`
    until that office looked at it (P2-26), due at `check_due_at`; until then it does not count.
    """

    class State(models.TextChoices):
        NOT_BEGUN = "not_begun", _("未开始")
        UNDER_WAY = "under_way", _("排查中")
        CHECKING = "checking", _("待镇街查看")
        REPORTED = "reported", _("已上报")
        ACCEPTED = "accepted", _("已认可")
        SENT_BACK = "sent_back", pgettext_lazy("sweep", "已退回")
        CUT = "cut", _("已细分")

    field_classes: ClassVar = {
        "grid": STAFF,
        "name": STAFF,
        "person": STAFF,
        "state": STAFF,
        "check_org": STAFF,
    }

    sweep = models.ForeignKey(Sweep, on_delete=models.PROTECT, related_name="areas")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    grid = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    person = models.CharField(max_length=60, blank=True)
    looker = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOT_BEGUN)
    due_at = models.DateTimeField()
    assigned_at = models.DateTimeField(null=True, blank=True)
    duty_id = models.UUIDField(null=True, blank=True)
    check_org = models.CharField(max_length=40, blank=True, default="")
    check_due_at = models.DateTimeField(null=True, blank=True)
    check_duty_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sweep", "division_code", "grid"], name="patrols_sweeparea_once_in_a_sweep"
            ),
            models.CheckConstraint(
                condition=~Q(state="checking") | (Q(check_due_at__isnull=False) & ~Q(check_org="")),
                name="patrols_sweeparea_somebody_is_to_check_it",
            ),
            models.CheckConstraint(
                condition=Q(assigned_at__isnull=False) | Q(state__in=["not_begun", "cut"]),
                name="patrols_sweeparea_who_reports_answers_for_it",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_org", "due_at"], name="patrols_sweeparea_by_owner"),
            models.Index(fields=["sweep", "state"], name="patrols_sweeparea_by_state"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_blind(self, at: datetime) -> bool:
        """Whether it is a blind spot: nobody answers for it, or it is over time without a report."""
        return rules.is_blind(self.state, self.due_at, at, is_assigned=self.assigned_at is not None)

    def is_check_late(self, at: datetime) -> bool:
        """Whether the township office let its term for looking at the report run out."""
        return rules.is_check_late(self.state, self.check_due_at, at)


class SweepReport(models.Model):
    """What came of looking over an area: begun, filled on the phone, handed in, judged.

    Sent back, the area gets a report with the next number. `doubts` are codes of what makes it
    implausible; it stays as it was handed in. People and places are counted from the rows below.
    The township that passed a village's report on wrote `check_word`, and in `spot` where it went
    to see for itself.
    """

    class Verdict(models.TextChoices):
        NONE = "", _("待审核")
        ACCEPTED = "accepted", _("认可")
        SENT_BACK = "sent_back", _("退回")

    field_classes: ClassVar = {
        "lookers": STAFF,
        "note": STAFF,
        "begun_by": STAFF,
        "handed_by": STAFF,
        "doubts": STAFF,
        "verdict": STAFF,
        "judged_by": STAFF,
        "word": STAFF,
        "checked_by": STAFF,
        "check_word": STAFF,
        "spot": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    area = models.ForeignKey(SweepArea, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=120)
    lookers = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    handed_by = models.CharField(max_length=120, blank=True)
    handed_by_id = models.UUIDField(null=True, blank=True)
    doubts = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True, default="")
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.CharField(max_length=120, blank=True)
    word = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True, default="")
    check_word = models.CharField(max_length=300, blank=True, default="")
    spot = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "number"], name="patrols_sweepreport_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True)
                | Q(handed_at__gte=F("begun_at")) & ~Q(lookers=""),
                name="patrols_sweepreport_says_who_looked",
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(handed_at__isnull=False, judged_at__isnull=False),
                name="patrols_sweepreport_is_judged_after_it_came",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="sent_back") | ~Q(word=""),
                name="patrols_sweepreport_sent_back_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True)
                | (Q(handed_at__isnull=False) & ~Q(checked_by="")),
                name="patrols_sweepreport_is_checked_after_it_came",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id}#{self.number}"


class SweepLook(models.Model):
    """How many places of one kind were looked at for a report."""

    field_classes: ClassVar = {"kind": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    report = models.ForeignKey(SweepReport, on_delete=models.PROTECT, related_name="looks")
    kind = models.CharField(max_length=40)
    count = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind"], name="patrols_sweeplook_one_line_per_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"


class SweepFind(models.Model):
    """One person found, or one place where somebody sleeps, with where it is (WGS-84 degrees).

    Each row is one person or one place, so that figures are counted. `subject_kind`, `subject_id`
    name the contact or tip it led to; `key_location` the place it became. `same_as` is the row of the
    same person that counts, found by another grid or after he had moved on.
    """

    class What(models.TextChoices):
        PERSON = "person", _("见到一个人")
        PLACE = "place", _("有人住过的地方")

    field_classes: ClassVar = {
        "what": STAFF,
        "place": STAFF,
        "kind": STAFF,
        "note": STAFF,
        "recorded_by": STAFF,
        "subject_kind": STAFF,
        "same_said_by": STAFF,
    }
    erases: ClassVar = ("note",)

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    report = models.ForeignKey(SweepReport, on_delete=models.PROTECT, related_name="finds")
    what = models.CharField(max_length=6, choices=What.choices)
    place = models.CharField(max_length=80)
    kind = models.CharField(max_length=40, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    found_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    case_id = models.UUIDField(null=True, blank=True, db_index=True)
    key_location = models.ForeignKey(
        KeyLocation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="doubles"
    )
    same_said_by = models.CharField(max_length=120, blank=True)
    same_said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["found_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(same_as__isnull=True)
                | (Q(what="person", same_said_at__isnull=False) & ~Q(same_said_by="")),
                name="patrols_sweepfind_somebody_said_it_is_the_same",
            ),
            models.CheckConstraint(
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("id")),
                name="patrols_sweepfind_is_not_the_same_as_itself",
            ),
            models.CheckConstraint(
                condition=Q(subject_id__isnull=True) | ~Q(subject_kind=""),
                name="patrols_sweepfind_names_what_it_led_to",
            ),
            models.CheckConstraint(condition=~Q(place=""), name="patrols_sweepfind_says_where"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.public_id}"

    @property
    def is_followed(self) -> bool:
        """Whether a contact or a tip came of it; a place asks for none, nor does a person who is
        followed in another row."""
        is_elsewhere = self.what == self.What.PLACE or self.same_as_id is not None
        return is_elsewhere or self.subject_id is not None
