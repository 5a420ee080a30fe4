"""Teams, who belongs to them, and when they are out.

A team is no secret between the organisations of one area: the dispatcher must see every team
that could go. The rows therefore stand outside row-level security; `access` guards changes.
"""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Division, Organisation, User
from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id


class Team(models.Model):
    """A team that can be sent. Base coordinates are WGS-84 degrees."""

    class Capability(models.TextChoices):
        VEHICLE = "vehicle", _("有车")
        MEDIC = "medic", _("有医护")
        POLICE = "police", _("有民警")
        WOMAN = "woman", _("有女队员")
        CHILDREN = "children", _("懂未成年人工作")
        URBAN = "urban", _("有城管")
        VOLUNTEER = "volunteer", _("有志愿者")
        FOOT = "foot", _("步行")
        MIAO = "miao", _("会苗语")
        DONG = "dong", _("会侗语")

    field_classes: ClassVar = {
        "name": FieldClass.STAFF,
        "phone": FieldClass.STAFF,
        "capabilities": FieldClass.STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    name = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    base_lat = models.FloatField(null=True, blank=True)
    base_lon = models.FloatField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    capabilities = ArrayField(
        models.CharField(max_length=12, choices=Capability.choices), default=list, blank=True
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="operations_team_name_once_per_organisation"
            ),
            models.CheckConstraint(
                condition=models.Q(base_lat__isnull=True, base_lon__isnull=True)
                | models.Q(base_lat__range=(-90, 90), base_lon__range=(-180, 180)),
                name="operations_team_base_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shift_since(self) -> datetime | None:
        """When the running shift began, as far as a selector looked it up."""
        found: datetime | None = self.__dict__.get("on_since")
        return found

    @property
    def shift_until(self) -> datetime | None:
        """When the running shift ends, None while the team is off."""
        found: datetime | None = self.__dict__.get("on_until")
        return found

    @property
    def is_on_shift(self) -> bool:
        """Whether the team is out, as far as a selector looked it up."""
        return self.shift_until is not None


class TeamMember(models.Model):
    """A user who goes out with a team."""

    field_classes: ClassVar[dict[str, FieldClass]] = {}

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    is_lead = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "user"], name="operations_teammember_once_per_team"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.user_id}"


class Shift(models.Model):
    """When a team is out."""

    field_classes: ClassVar[dict[str, FieldClass]] = {}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="operations_shift_ends_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["team", "starts_at"], name="operations_shift_team_start")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.starts_at:%Y-%m-%d %H:%M}"
