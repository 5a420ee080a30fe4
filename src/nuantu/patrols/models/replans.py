"""A published week planned anew while it is walked: what happened, what would change, who said yes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.patrols.models.weeks import PatrolWeek

STAFF = FieldClass.STAFF


class PatrolReplan(models.Model):
    """One answer to something that happened during a half of a published week.

    `event` names ids of teams and locations; `before` and `after` are the routes that differ, as
    objects with `team`, `half`, `back` and `stops` (location and minute of the patrol day each);
    `figures`: what is promised, lost, and given up to change little. Nothing of the week changes before it is confirmed.
    """

    class Kind(models.TextChoices):
        TEAM_LOST = "team_lost", _("队伍出不了")
        URGENT = "urgent", _("紧急加一站")
        ROAD_CLOSED = "road_closed", _("道路不通")
        ROAD_OPEN = "road_open", _("道路已通")
        CADENCE = "cadence", _("巡查频次提高")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        SET_ASIDE = "set_aside", _("没有采用")
        UNDONE = "undone", _("已撤销")

    field_classes: ClassVar = {
        "kind": STAFF,
        "event": STAFF,
        "before": STAFF,
        "after": STAFF,
        "figures": STAFF,
        "state": STAFF,
        "asked_by": STAFF,
        "decided_by": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    week = models.ForeignKey(PatrolWeek, on_delete=models.CASCADE, related_name="replans")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    event = models.JSONField()
    half = models.PositiveSmallIntegerField()
    happened_at = models.DateTimeField()
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    is_searched = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    asked_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(half__lt=14), name="patrols_patrolreplan_lies_in_the_week"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_at__isnull=False),
                name="patrols_patrolreplan_decided_says_when",
            ),
        ]
        indexes = [models.Index(fields=["week", "-recorded_at"], name="patrols_replan_newest")]

    def __str__(self) -> str:
        return f"{self.week_id} {self.kind} {self.happened_at}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to say yes or no."""
        return self.state == self.State.PROPOSED

    @property
    def is_confirmed(self) -> bool:
        """Whether the week follows it."""
        return self.state == self.State.CONFIRMED
