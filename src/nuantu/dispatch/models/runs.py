"""A team is sent, or a relief point is asked because no team can come."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.dispatch.models.tips import Tip
from nuantu.dispatch.rules.states import LIVE_RUNS
from nuantu.operations.models import Team

STAFF = FieldClass.STAFF


class Dispatch(ScopedModel):
    """One run of one team for one tip (F-02). `owner_org` is the team's organisation.

    Moments are the server's; what the phone's clock claimed stands apart in `claimed_arrived_at`.
    `spot_id` is the point of an urgent stop where a patrol comes past the tip, `expected_at` when its
    plan brings it there; both empty where the team drives for the tip alone.
    """

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("已派单")
        ACCEPTED = "accepted", _("已接单")
        DEPARTED = "departed", _("已出发")
        ARRIVED = "arrived", _("已到达")
        DONE = "done", _("已完成")
        NOT_FOUND = "not_found", _("没找到")
        DECLINED = "declined", _("已退单")
        RECALLED = "recalled", _("已召回")

    class Partner(models.TextChoices):
        POLICE = "police", _("公安")
        URBAN = "urban", _("城管")
        HEALTH = "health", _("卫健")
        AMBULANCE = "120", "120"
        TRANSPORT = "transport", _("交通")
        TOWNSHIP = "township", _("乡镇街道")

    field_classes: ClassVar = {
        "state": STAFF,
        "assigned_by": STAFF,
        "vehicle": STAFF,
        "partners": STAFF,
        "outcome": STAFF,
        "reason": STAFF,
        "note": STAFF,
        "guess_source": STAFF,
    }

    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="runs")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASSIGNED)
    assigned_at = models.DateTimeField()
    assigned_by = models.CharField(max_length=120)
    guess_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    guess_source = models.CharField(max_length=120, blank=True)
    spot_id = models.UUIDField(null=True, blank=True)
    expected_at = models.DateTimeField(null=True, blank=True)
    vehicle = models.CharField(max_length=40, blank=True)
    partners = ArrayField(
        models.CharField(max_length=10, choices=Partner.choices), default=list, blank=True
    )
    is_protective = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    departed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    claimed_arrived_at = models.DateTimeField(null=True, blank=True)
    arrived_lat = models.FloatField(null=True, blank=True)
    arrived_lon = models.FloatField(null=True, blank=True)
    arrived_accuracy_metres = models.PositiveIntegerField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Tip.Outcome.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tip", "team"],
                condition=models.Q(state__in=LIVE_RUNS),
                name="dispatch_dispatch_team_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["spot_id"],
                condition=models.Q(state__in=LIVE_RUNS),
                name="dispatch_dispatch_one_patrol_for_a_spot",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=LIVE_RUNS, ended_at__isnull=True)
                | (~models.Q(state__in=LIVE_RUNS) & models.Q(ended_at__isnull=False)),
                name="dispatch_dispatch_ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["declined", "recalled", "not_found"])
                | ~models.Q(reason=""),
                name="dispatch_dispatch_broken_off_for_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(arrived_at__isnull=True)
                | models.Q(arrived_at__gte=models.F("assigned_at")),
                name="dispatch_dispatch_arrives_after_it_was_sent",
            ),
            models.CheckConstraint(
                condition=models.Q(arrived_lat__isnull=True, arrived_lon__isnull=True)
                | models.Q(arrived_lat__range=(-90, 90), arrived_lon__range=(-180, 180)),
                name="dispatch_dispatch_arrives_on_earth",
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "assigned_at"],
                condition=models.Q(state__in=LIVE_RUNS),
                name="dispatch_dispatch_live_by_team",
            ),
            models.Index(
                fields=["owner_org"],
                condition=models.Q(state__in=LIVE_RUNS),
                name="dispatch_dispatch_live_by_org",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} → {self.tip_id} {self.get_state_display()}"

    @property
    def is_live(self) -> bool:
        """Whether the team still has it."""
        return self.state in LIVE_RUNS


class RemoteGuidance(models.Model):
    """A relief point gives first help while the station guides it by phone (P1-45).

    The point's name and phone are kept as they were when it was asked.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("已请求")
        HELPING = "helping", _("正在先行救助")
        HELPED = "helped", _("已先行救助")
        CANNOT = "cannot", _("去不了")

    field_classes: ClassVar = {
        "point_name": STAFF,
        "point_phone": STAFF,
        "state": STAFF,
        "guidance": STAFF,
        "answer": STAFF,
        "asked_by": STAFF,
        "basis": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="guidances")
    point_id = models.UUIDField()
    point_name = models.CharField(max_length=120)
    point_phone = models.CharField(max_length=40, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    guidance = models.CharField(max_length=500)
    basis = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tip", "point_id"],
                condition=models.Q(state__in=["asked", "helping"]),
                name="dispatch_remoteguidance_point_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(guidance=""), name="dispatch_remoteguidance_says_what_to_do"
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked", answered_at__isnull=True)
                | (~models.Q(state="asked") & models.Q(answered_at__isnull=False)),
                name="dispatch_remoteguidance_answer_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_name} {self.get_state_display()}"


class TeamPosition(ScopedModel):
    """Where a team was last, as its phone said with a step or a check-in; older ones are not kept."""

    field_classes: ClassVar[dict[str, FieldClass]] = {}

    team = models.OneToOneField(Team, on_delete=models.PROTECT, related_name="+")
    lat = models.FloatField()
    lon = models.FloatField()
    accuracy_metres = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="dispatch_teamposition_is_on_earth",
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.at:%H:%M}"
