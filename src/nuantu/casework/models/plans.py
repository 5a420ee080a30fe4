"""A case plan with its goals, its team, who supports him, and its sessions."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.casework.models.choices import (
    Area,
    GoalState,
    Ground,
    Outcome,
    SessionKind,
    SessionPlace,
)
from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.persons.models import Person

STAFF, SEALED = FieldClass.STAFF, FieldClass.SEALED


class CasePlan(ScopedModel):
    """What a social worker and a person set out to reach in one case, on which ground, until when."""

    class State(models.TextChoices):
        OPEN = "open", _("进行中")
        CLOSED = "closed", _("已结束")

    field_classes: ClassVar = {
        "agency": STAFF,
        "ground": STAFF,
        "ground_words": SEALED,
        "state": STAFF,
        "opened_by": STAFF,
        "next_step": STAFF,
        "outcome": STAFF,
        "evaluation": SEALED,
        "closed_by": STAFF,
    }
    erases: ClassVar = ("next_step",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stand_in = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agency = models.CharField(max_length=120, blank=True)
    ground = models.CharField(max_length=8, choices=Ground.choices)
    ground_words = SealedTextField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=120)
    next_step = models.CharField(max_length=200)
    next_date = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    evaluation = SealedTextField(blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id"],
                condition=Q(state="open"),
                name="casework_caseplan_one_open_in_a_case",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, outcome="")
                | (Q(state="closed", closed_at__isnull=False) & ~Q(outcome="")),
                name="casework_caseplan_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=models.F("worker")),
                name="casework_caseplan_stand_in_is_another",
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="casework_caseplan_belongs_to_a_case"
            ),
        ]
        indexes = [models.Index(fields=["owner_org", "-opened_at"], name="casework_caseplan_new")]

    def __str__(self) -> str:
        return f"{self.state} {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class OfPlan(models.Model):
    """A row of a plan; who may see the plan sees it, but for what lies sealed."""

    field_classes: ClassVar[dict[str, FieldClass]]
    erased_with: ClassVar = "plan__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    plan = models.ForeignKey(CasePlan, on_delete=models.PROTECT, related_name="%(class)ss")
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    class Meta:
        abstract = True

    @property
    def case_id(self) -> UUID | None:
        """The case whose key seals the words of the row."""
        return self.plan.case_id


class CaseGoal(OfPlan):
    """What is to be reached until a day, how one sees that it is, and what came of it."""

    field_classes: ClassVar = {
        "area": STAFF,
        "words": STAFF,
        "measure": STAFF,
        "state": STAFF,
        "result": STAFF,
        "noted_by": STAFF,
    }
    erases: ClassVar = ("words", "measure", "result")

    area = models.CharField(max_length=9, choices=Area.choices)
    words = models.CharField(max_length=200)
    measure = models.CharField(max_length=200)
    due_date = models.DateField()
    state = models.CharField(max_length=7, choices=GoalState.choices, default=GoalState.OPEN)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(measure=""), name="casework_casegoal_can_be_measured"
            ),
            models.CheckConstraint(
                condition=Q(state="open", result="") | (~Q(state="open") & ~Q(result="")),
                name="casework_casegoal_ends_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class TeamMember(OfPlan):
    """Who works on a plan besides its worker, from the station or an agency (P14-03)."""

    field_classes: ClassVar = {"name": STAFF, "body": STAFF, "part": STAFF, "noted_by": STAFF}

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=60)
    body = models.CharField(max_length=120)
    part = models.CharField(max_length=80)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "user"],
                condition=Q(left_at__isnull=True, user__isnull=False),
                name="casework_teammember_once_in_a_team",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Supporter(OfPlan):
    """Somebody in his life who may help; name and phone lie sealed (P14-13)."""

    field_classes: ClassVar = {
        "relation": STAFF,
        "contact": SEALED,
        "helps_with": STAFF,
        "noted_by": STAFF,
    }
    erases: ClassVar = ("helps_with",)

    relation = models.CharField(max_length=40)
    contact = SealedTextField()
    helps_with = models.CharField(max_length=200)
    is_family = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(relation=""), name="casework_supporter_stands_in_a_relation"
            )
        ]

    def __str__(self) -> str:
        return self.relation


class CaseSession(OfPlan):
    """One talk with him: when, where, how long, a line for the file, which agency or volunteers took part, and notes that
    stay sealed."""

    LONGEST: ClassVar = 600  # minutes
    field_classes: ClassVar = {
        "kind": STAFF,
        "place": STAFF,
        "summary": STAFF,
        "given": STAFF,
        "partners": STAFF,
        "notes": SEALED,
        "noted_by": STAFF,
    }
    erases: ClassVar = ("summary", "given", "partners")

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=SessionKind.choices)
    place = models.CharField(max_length=8, choices=SessionPlace.choices)
    held_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    is_missed = models.BooleanField(default=False)
    summary = models.CharField(max_length=300)
    given = models.CharField(max_length=120, blank=True)
    partners = models.CharField(max_length=120, blank=True)
    notes = SealedTextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_missed=True, minutes=0)
                | Q(is_missed=False, minutes__gte=1, minutes__lte=600),
                name="casework_casesession_took_its_time",
            ),
            models.CheckConstraint(condition=~Q(summary=""), name="casework_casesession_says_what"),
        ]
        indexes = [models.Index(fields=["plan", "-held_at"], name="casework_casesession_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.held_at:%Y-%m-%d}"
