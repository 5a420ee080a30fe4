"""The joint-patrol roster: which departments go out with which team, and who came."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.operations.models import Team
from nuantu.patrols.models.register import PatrolRun
from nuantu.patrols.models.weeks import PatrolWeek

STAFF = FieldClass.STAFF


class JointPartner(ScopedModel):
    """A line of the joint-patrol roster (联合巡查): a department goes out with a team.

    `department` is a role of the plan language (police, city_management); `weekdays` count from
    Monday as 0, empty means every day. `owner_org` is the team's. A line ends, it is never deleted.
    """

    class Part(models.TextChoices):
        BOTH = "both", _("白天和夜间")
        DAY = "day", _("白天")
        NIGHT = "night", _("夜间")

    field_classes: ClassVar = {
        "department": STAFF,
        "unit": STAFF,
        "person": STAFF,
        "phone": STAFF,
        "weekdays": STAFF,
        "part": STAFF,
        "noted_by": STAFF,
        "ended_by": STAFF,
    }

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    department = models.CharField(max_length=30)
    unit = models.CharField(max_length=60)
    person = models.CharField(max_length=60)
    phone = models.CharField(max_length=40, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    part = models.CharField(max_length=5, choices=Part.choices, default=Part.BOTH)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    noted_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gte=F("from_day")),
                name="patrols_jointpartner_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=~Q(unit="") & ~Q(person=""), name="patrols_jointpartner_names_who_comes"
            ),
        ]
        indexes = [models.Index(fields=["team", "from_day"], name="patrols_jointpartner_by_team")]

    def __str__(self) -> str:
        return f"{self.unit} {self.person}"


class WeekConsent(models.Model):
    """The word of a department that the plan of a week is made together with it (会签)."""

    field_classes: ClassVar = {"department": STAFF, "person": STAFF, "noted_by": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    week = models.ForeignKey(PatrolWeek, on_delete=models.CASCADE, related_name="consents")
    department = models.CharField(max_length=30)
    person = models.CharField(max_length=60)
    said_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["week", "department"], name="patrols_weekconsent_one_per_department"
            )
        ]

    def __str__(self) -> str:
        return f"{self.week_id} {self.department}"


class RunPartner(models.Model):
    """Whether a partner of the roster came to a patrol, as the team says."""

    field_classes: ClassVar = {"noted_by": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    run = models.ForeignKey(PatrolRun, on_delete=models.CASCADE, related_name="partners")
    partner = models.ForeignKey(JointPartner, on_delete=models.PROTECT, related_name="+")
    has_come = models.BooleanField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "partner"], name="patrols_runpartner_one_word_per_run"
            )
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.partner_id}"
