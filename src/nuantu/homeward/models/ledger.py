"""The prevention ledger (源头治理台账, P1-71): who may be lost again, who answers for him, visits, help, alerts."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nuantu.accounts.models import User
from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.homeward.models.ledger_choices import (
    AlertKind,
    Band,
    Card,
    EndedWhy,
    Family,
    Found,
    HelpKind,
    HelpStep,
    How,
    Measure,
    Risk,
    Work,
)
from nuantu.persons.models import Person

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class LedgerEntry(ScopedModel):
    """Somebody from here who may be lost or on the street again.

    `grounds` are keys of the criteria that hold at its place (`ledger.ground`); `risk` and `reasons` (code, points
    and count, separated by blanks) are what the rule said at `judged_at`. Without `keeper` somebody is owed to be named.
    """

    field_classes: ClassVar = {
        "number": STAFF,
        "grounds": STAFF,
        "cause": SENSITIVE,
        "needs": SENSITIVE,
        "family": STAFF,
        "card": STAFF,
        "band": STAFF,
        "risk": STAFF,
        "reasons": STAFF,
        "ended_why": STAFF,
        "ended_note": STAFF,
    }
    erases: ClassVar = ("ended_note",)

    number = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    grounds = ArrayField(models.CharField(max_length=32))
    cause = SealedTextField(blank=True, default="")
    needs = SealedTextField(blank=True, default="")
    family = models.CharField(max_length=7, choices=Family.choices, default=Family.UNKNOWN)
    card = models.CharField(max_length=10, choices=Card.choices, default=Card.UNKNOWN)
    band = models.CharField(max_length=9, choices=Band.choices, default=Band.NOT_ASKED)
    risk = models.CharField(max_length=6, choices=Risk.choices)
    reasons = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    judged_at = models.DateTimeField()
    next_date = models.DateField(null=True, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=7, choices=EndedWhy.choices, blank=True)
    ended_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "owner_org"],
                condition=Q(ended_at__isnull=True),
                name="homeward_ledgerentry_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="homeward_ledgerentry_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(grounds__len__gte=1), name="homeward_ledgerentry_has_a_ground"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(next_date__isnull=False),
                name="homeward_ledgerentry_knows_its_next_visit",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | (Q(ended_at__gte=F("began_at")) & ~Q(ended_why="")),
                name="homeward_ledgerentry_ended_means_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "next_date"],
                condition=Q(ended_at__isnull=True),
                name="homeward_ledger_now",
            ),
            models.Index(
                fields=["person"],
                condition=Q(ended_at__isnull=True),
                name="homeward_ledger_of_person",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class LedgerVisit(models.Model):
    """A revisit as it was made: how he lives, his health, work, family, what was brought (F-25, P14-23, P14-24)."""

    field_classes: ClassVar = {
        "how": STAFF,
        "found": STAFF,
        "life": SENSITIVE,
        "health": SENSITIVE,
        "family_words": SENSITIVE,
        "work": STAFF,
        "goods": STAFF,
        "measures": STAFF,
        "visited_by": STAFF,
    }
    erases: ClassVar = ("goods",)
    erased_with: ClassVar = "entry__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    entry = models.ForeignKey(LedgerEntry, on_delete=models.CASCADE, related_name="visits")
    planned_date = models.DateField()
    visited_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    visited_by = models.CharField(max_length=120)
    how = models.CharField(max_length=7, choices=How.choices)
    found = models.CharField(max_length=7, choices=Found.choices)
    life = SealedTextField(blank=True, default="")
    health = SealedTextField(blank=True, default="")
    family_words = SealedTextField(blank=True, default="")
    work = models.CharField(max_length=7, choices=Work.choices, default=Work.UNKNOWN)
    has_left_again = models.BooleanField(null=True, blank=True)
    is_locked_in = models.BooleanField(default=False)
    goods = models.CharField(max_length=200, blank=True)
    measures = ArrayField(
        models.CharField(max_length=10, choices=Measure.choices), default=list, blank=True
    )
    next_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded_at__gte=F("visited_at")),
                name="homeward_ledgervisit_written_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=~Q(found="met") | (~Q(life="") & ~Q(health="")),
                name="homeward_ledgervisit_met_says_how_he_lives",
            ),
        ]
        indexes = [
            models.Index(fields=["entry", "-visited_at"], name="homeward_ledgervisit_newest")
        ]

    def __str__(self) -> str:
        return f"{self.visited_at:%Y-%m-%d} {self.found}"

    @property
    def case_id(self) -> UUID | None:
        """Sealed under the key of the entry's case."""
        return self.entry.case_id


class LedgerHelp(models.Model):
    """Something that is arranged for somebody, step by step, each step on a paper and with a last day."""

    field_classes: ClassVar = {"kind": STAFF, "step": STAFF, "body": STAFF, "paper": STAFF}
    erases: ClassVar = ("paper",)
    erased_with: ClassVar = "entry__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    entry = models.ForeignKey(LedgerEntry, on_delete=models.CASCADE, related_name="helps")
    kind = models.CharField(max_length=10, choices=HelpKind.choices)
    step = models.CharField(max_length=8, choices=HelpStep.choices, default=HelpStep.BEGUN)
    body = models.CharField(max_length=120)
    paper = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "kind"],
                condition=Q(ended_at__isnull=True),
                name="homeward_ledgerhelp_one_of_a_kind_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(step__in=["issued", "refused", "dropped"], ended_at__isnull=False)
                | (
                    ~Q(step__in=["issued", "refused", "dropped"])
                    & Q(ended_at__isnull=True, due_at__isnull=False)
                ),
                name="homeward_ledgerhelp_runs_until_a_last_step",
            ),
            models.CheckConstraint(
                condition=~Q(step="issued") | ~Q(paper=""),
                name="homeward_ledgerhelp_issued_has_its_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.step}"


class LedgerAlert(ScopedModel):
    """Somebody of a ledger was met or taken in: what the asking organisation may know, which is whom to call.

    The row is the asker's (`owner_org`, his case). It names the keeping organisation and nothing of the entry: no
    ground, no risk, no note.
    """

    field_classes: ClassVar = {
        "seen": STAFF,
        "keeper_org": STAFF,
        "answer": SENSITIVE,
        "answered_by": STAFF,
    }

    entry = models.ForeignKey(LedgerEntry, on_delete=models.CASCADE, related_name="alerts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    keeper_org = models.CharField(max_length=40)
    seen = models.CharField(max_length=8, choices=AlertKind.choices)
    seen_at = models.DateTimeField()
    told_at = models.DateTimeField()
    answer = SealedTextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "case_id"], name="homeward_ledgeralert_once_for_a_case"
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="homeward_ledgeralert_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (~Q(answer="") & ~Q(answered_by="")),
                name="homeward_ledgeralert_answered_says_what",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_org", "-told_at"], name="homeward_ledgeralert_newest")
        ]

    def __str__(self) -> str:
        return f"{self.seen} {self.told_at:%Y-%m-%d}"
