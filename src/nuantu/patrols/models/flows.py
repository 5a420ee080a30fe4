"""The inflow and outflow list (流入流出, P10-13) of an area."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.models import ScopedModel
from nuantu.persons.models import Certainty, Sex

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class FlowEntry(ScopedModel):
    """A resident who is away begging or wandering, or a stranger who lives rough in the area.

    `division_code` is the town or village of the list. `secret` holds ID number, phone and home
    address, sealed; `case_id` names the case where there is one, from which nothing is copied. What
    ended is erased after `keep_until_date`, or with its case.
    """

    class Direction(models.TextChoices):
        OUT = "out", _("流出")
        IN = "in", _("流入")

    field_classes: ClassVar = {
        "direction": STAFF,
        "called_as": STAFF,
        "sex": STAFF,
        "whereabouts": STAFF,
        "known": STAFF,
        "secret": SENSITIVE,
        "certainty": STAFF,
        "source": STAFF,
        "noted_by": STAFF,
        "ended_by": STAFF,
        "ended_reason": STAFF,
    }
    erases: ClassVar = ("called_as", "whereabouts", "known", "source", "ended_reason")
    is_sealed_before_its_case: ClassVar = True

    direction = models.CharField(max_length=3, choices=Direction.choices)
    called_as = models.CharField(max_length=60)
    sex = models.CharField(max_length=7, choices=Sex.choices, default=Sex.UNKNOWN)
    years = models.PositiveSmallIntegerField(null=True, blank=True)
    whereabouts = models.CharField(max_length=200)
    known = models.CharField(max_length=500, blank=True)
    secret = SealedTextField(blank=True, default="")
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    source = models.CharField(max_length=120)
    since_date = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    keep_until_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(called_as="") & ~Q(whereabouts="") & ~Q(source=""),
                name="patrols_flowentry_says_who_where_and_whence",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(keep_until_date__isnull=False),
                name="patrols_flowentry_ended_has_its_last_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | (Q(ended_at__gte=F("recorded_at")) & ~Q(ended_reason="")),
                name="patrols_flowentry_ends_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["division_code", "direction"],
                condition=Q(ended_at__isnull=True),
                name="patrols_flowentry_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.public_id}"

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.ended_at is None
