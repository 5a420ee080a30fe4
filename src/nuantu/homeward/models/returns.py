"""The return plan: what stands between 'may leave' and 'arrived'."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from nuantu.accounts.models import User
from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.homeward.models.return_choices import (
    Event,
    Halt,
    Head,
    Heard,
    Means,
    Payer,
    State,
    Ticket,
    Way,
)
from nuantu.persons.models import Person, Sex

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE
OPEN = (State.PLANNED, State.UNDER_WAY, State.LOST)


class ReturnPlan(ScopedModel):
    """How one person goes home in one of his cases, what was decided before, and how it ended.

    `division_code` is where he is; `home_division` where he goes, as far as it is known.
    """

    field_classes: ClassVar = {
        "number": STAFF,
        "way": STAFF,
        "home_division": STAFF,
        "destination": SENSITIVE,
        "taker": STAFF,
        "taker_relation": STAFF,
        "taker_number": SENSITIVE,
        "taker_phone": SENSITIVE,
        "refused_words": SENSITIVE,
        "cleared_by": STAFF,
        "cleared_words": SENSITIVE,
        "safety_by": STAFF,
        "safety": STAFF,
        "safety_words": SENSITIVE,
        "halt": STAFF,
        "halt_words": STAFF,
        "state": STAFF,
        "ended_words": STAFF,
    }
    erases: ClassVar = ("taker", "taker_relation", "halt_words", "ended_words")
    erases_file: ClassVar = "taker_copy"

    number = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=9, choices=Way.choices)
    home_division = models.CharField(max_length=12, blank=True)
    destination = SealedTextField()
    taker = models.CharField(max_length=60, blank=True)
    taker_relation = models.CharField(max_length=40, blank=True)
    taker_number = SealedTextField(blank=True, default="")
    taker_phone = SealedTextField(blank=True, default="")
    taker_copy = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_taker_checked = models.BooleanField(default=False)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_words = SealedTextField(blank=True, default="")
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.CharField(max_length=120, blank=True)
    cleared_words = SealedTextField(blank=True, default="")
    safety_at = models.DateTimeField(null=True, blank=True)
    safety_by = models.CharField(max_length=120, blank=True)
    safety = models.CharField(max_length=8, blank=True)
    safety_words = SealedTextField(blank=True, default="")
    halt = models.CharField(max_length=8, choices=Halt.choices, blank=True)
    halt_words = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    departed_at = models.DateTimeField(null=True, blank=True)
    expected_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    ended_words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id"],
                condition=Q(state__in=["planned", "under_way", "lost"]),
                name="homeward_returnplan_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="homeward_returnplan_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["under_way", "lost", "arrived"])
                | Q(departed_at__isnull=False, expected_at__isnull=False),
                name="homeward_returnplan_on_the_way_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="arrived", arrived_at__gte=F("departed_at"))
                | (~Q(state="arrived") & Q(arrived_at__isnull=True)),
                name="homeward_returnplan_arrived_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="called_off") | ~Q(ended_words=""),
                name="homeward_returnplan_called_off_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True) | ~Q(cleared_by=""),
                name="homeward_returnplan_cleared_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(safety="", safety_at__isnull=True)
                | (Q(safety__in=["go", "stay"], safety_at__isnull=False) & ~Q(safety_by="")),
                name="homeward_returnplan_safety_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(halt="") | ~Q(halt_words=""), name="homeward_returnplan_halt_has_words"
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "expected_at"],
                condition=Q(state__in=["planned", "under_way", "lost"]),
                name="homeward_returnplan_open",
            ),
            models.Index(fields=["owner_org", "-recorded_at"], name="homeward_returnplan_newest"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether he has not arrived and nobody called it off."""
        return self.state in OPEN


class Leg(models.Model):
    """One part of the way: by what, from where to where, when, its ticket; money in whole fen."""

    field_classes: ClassVar = {
        "means": STAFF,
        "number": STAFF,
        "origin": STAFF,
        "goal": STAFF,
        "station_words": STAFF,
        "ticket": STAFF,
        "ticket_number": STAFF,
    }
    erases: ClassVar = ("station_words",)
    erased_with: ClassVar = "plan__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    plan = models.ForeignKey(ReturnPlan, on_delete=models.PROTECT, related_name="legs")
    means = models.CharField(max_length=5, choices=Means.choices)
    number = models.CharField(max_length=20, blank=True)
    origin = models.CharField(max_length=60)
    goal = models.CharField(max_length=60)
    leaves_at = models.DateTimeField()
    due_at = models.DateTimeField()
    station_words = models.CharField(max_length=200, blank=True)
    ticket = models.CharField(max_length=8, choices=Ticket.choices, default=Ticket.NONE)
    ticket_number = models.CharField(max_length=40, blank=True)
    ticket_fen = models.PositiveIntegerField(default=0)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("leaves_at")), name="homeward_leg_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=~Q(origin="") & ~Q(goal=""), name="homeward_leg_leads_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(ticket="none") | ~Q(ticket_number=""),
                name="homeward_leg_ticket_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(ticket__in=["none", "refunded"]),
                name="homeward_leg_dropped_without_its_ticket",
            ),
        ]
        indexes = [models.Index(fields=["number", "leaves_at"], name="homeward_leg_transport")]

    def __str__(self) -> str:
        return f"{self.origin}-{self.goal}"

    @property
    def case_id(self) -> UUID | None:
        """The case that it belongs to."""
        return self.plan.case_id


class Escort(models.Model):
    """Who goes along, from when to when; nobody escorts two at once."""

    field_classes: ClassVar = {"name": STAFF, "sex": STAFF}
    erases: ClassVar = ()

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    plan = models.ForeignKey(ReturnPlan, on_delete=models.PROTECT, related_name="escorts")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=60)
    sex = models.CharField(max_length=7, choices=Sex.choices)
    is_medical = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__gt=F("from_at")), name="homeward_escort_ends_after_it_began"
            ),
            ExclusionConstraint(
                name="homeward_escort_nobody_twice_at_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(
                            F("from_at"),
                            F("to_at"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(dropped_at__isnull=True, user__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["plan", "name"],
                condition=Q(dropped_at__isnull=True),
                name="homeward_escort_once_in_a_plan",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReturnCost(models.Model):
    """What a return costs, by head and by who bears it (LV-12), in whole fen; resources read it later."""

    field_classes: ClassVar = {"head": STAFF, "payer": STAFF, "words": STAFF, "noted_by": STAFF}
    erases: ClassVar = ("words",)
    erased_with: ClassVar = "plan__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    plan = models.ForeignKey(ReturnPlan, on_delete=models.PROTECT, related_name="costs")
    leg = models.ForeignKey(
        Leg, on_delete=models.PROTECT, null=True, blank=True, related_name="costs"
    )
    head = models.CharField(max_length=7, choices=Head.choices)
    payer = models.CharField(max_length=9, choices=Payer.choices)
    amount_fen = models.PositiveIntegerField()
    words = models.CharField(max_length=120, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0), name="homeward_returncost_is_some_money"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.head} {self.amount_fen}"


class ReturnLine(models.Model):
    """One thing that happened on the way; never changed."""

    field_classes: ClassVar = {
        "event": STAFF,
        "place": STAFF,
        "words": SENSITIVE,
        "told_police": STAFF,
        "heard": STAFF,
        "heard_of": STAFF,
        "noted_by": STAFF,
    }
    erases: ClassVar = ("place", "told_police", "heard_of")
    erased_with: ClassVar = "plan__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    plan = models.ForeignKey(ReturnPlan, on_delete=models.PROTECT, related_name="lines")
    event = models.CharField(max_length=13, choices=Event.choices)
    place = models.CharField(max_length=120, blank=True)
    words = SealedTextField(blank=True, default="")
    told_police = models.CharField(max_length=120, blank=True)
    heard = models.CharField(max_length=7, choices=Heard.choices, blank=True)
    heard_of = models.CharField(max_length=60, blank=True)
    happened_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)
    tip_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(event="ran_away") | (~Q(place="") & ~Q(told_police="")),
                name="homeward_returnline_who_ran_away_is_told",
            ),
            models.CheckConstraint(
                condition=~Q(event="arrived") | (~Q(heard="") & ~Q(heard_of="")),
                name="homeward_returnline_arrival_was_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.event

    @property
    def case_id(self) -> UUID | None:
        """The case whose key seals the words."""
        return self.plan.case_id
