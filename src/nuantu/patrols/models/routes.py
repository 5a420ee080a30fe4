"""Who walks where and when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.operations.models import Shift, Team
from nuantu.patrols.models.weeks import PatrolWeek
from nuantu.places.models import KeyLocation


class PatrolRoute(models.Model):
    """One team in one half of the week: `half` 0 is Monday by day, 1 Monday night, 13 Sunday night."""

    field_classes: ClassVar[dict[str, FieldClass]] = {}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    week = models.ForeignKey(PatrolWeek, on_delete=models.CASCADE, related_name="routes")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    shift = models.ForeignKey(
        Shift, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    half = models.PositiveSmallIntegerField()
    leaves_at = models.DateTimeField()
    back_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["week", "team", "half"], name="patrols_patrolroute_one_per_team_and_half"
            ),
            models.CheckConstraint(
                condition=Q(half__lt=14), name="patrols_patrolroute_lies_in_the_week"
            ),
            models.CheckConstraint(
                condition=Q(back_at__gte=F("leaves_at")),
                name="patrols_patrolroute_comes_back_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week_id} {self.team_id} {self.half}"


class PatrolStop(models.Model):
    """One visit of a route; `is_promised` where it counts for what the plan in force promises.

    It is at a key location, or at a point of its own (WGS-84 degrees) that an urgent visit asked for:
    then `place` says it in words and `spot_id` is what the week's problem calls it.
    """

    field_classes: ClassVar = {"place": FieldClass.STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    route = models.ForeignKey(PatrolRoute, on_delete=models.CASCADE, related_name="stops")
    number = models.PositiveSmallIntegerField()
    key_location = models.ForeignKey(
        KeyLocation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    spot_id = models.UUIDField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    arrives_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    is_promised = models.BooleanField(default=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["route", "number"], name="patrols_patrolstop_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(leaves_at__gte=F("arrives_at")),
                name="patrols_patrolstop_leaves_after_it_came",
            ),
            models.CheckConstraint(
                condition=Q(key_location__isnull=False, spot_id__isnull=True)
                | Q(
                    Q(
                        key_location__isnull=True,
                        lat__isnull=False,
                        lon__isnull=False,
                        spot_id__isnull=False,
                    ),
                    ~Q(place=""),
                ),
                name="patrols_patrolstop_is_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route_id}#{self.number}"

    @property
    def location_id(self) -> str:
        """What the problem of the week calls the place."""
        return str(self.key_location.public_id if self.key_location else self.spot_id)

    @property
    def name(self) -> str:
        """The place in words."""
        return self.key_location.name if self.key_location else self.place

    @property
    def address(self) -> str:
        """The address of a key location."""
        return self.key_location.address if self.key_location else ""

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        if self.key_location:
            return self.key_location.lat, self.key_location.lon
        return self.lat or 0.0, self.lon or 0.0
