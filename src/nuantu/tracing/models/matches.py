"""Who of the missing somebody may be: pairs of a case and a report, what was asked about them, what was decided."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.persons.models import Person, PersonFact
from nuantu.tracing.models.choices import CheckKind, CheckResult, FoundBy, MatchState
from nuantu.tracing.models.reports import MissingReport

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class Comparison(ScopedModel):
    """When somebody whom nobody can name was last compared with the reports, and with which of them.

    `generation` is that of the index, `asked_hash` of what was known of him; `absent` how likely he is in
    no report. `is_thin`: only sex, age or the place where he was found is known.
    """

    field_classes: ClassVar = {"asked_hash": SENSITIVE}
    erases: ClassVar = ("asked_hash",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_hash = models.CharField(max_length=64)
    generation = models.BigIntegerField()
    report_count = models.PositiveIntegerField()
    absent = models.FloatField()
    is_thin = models.BooleanField()
    compared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_id"], name="tracing_comparison_once_per_case"),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="tracing_comparison_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(absent__gte=0.0, absent__lte=1.0),
                name="tracing_comparison_absent_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.compared_at:%Y-%m-%d}"


class Match(ScopedModel):
    """A suspected match (疑似匹配): the person of a case may be whom a report misses. One row per pair, for ever.

    It belongs to whoever holds the case; `holder_org` holds the report, and what the report says stays with
    it: `words` is empty unless both are one. `fact` is the name that a confirmation brought;
    `parts` are what each field brought, as `field:nats:why`. A pair without
    `shown_at` waits, so that nobody gets more new ones in a day than he can look at.
    """

    field_classes: ClassVar = {
        "holder_org": STAFF,
        "parts": STAFF,
        "words": SENSITIVE,
        "state": STAFF,
        "proposed_by": STAFF,
        "proposed_reason": STAFF,
        "confirmed_by": STAFF,
        "found_by": STAFF,
        "rejected_by": STAFF,
        "rejected_reason": STAFF,
        "undone_by": STAFF,
        "undone_reason": STAFF,
    }
    erases: ClassVar = ("proposed_reason", "rejected_reason", "undone_reason")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(MissingReport, on_delete=models.PROTECT, related_name="matches")
    holder_org = models.CharField(max_length=40)
    state = models.CharField(max_length=9, choices=MatchState.choices, default=MatchState.OPEN)
    posterior = models.FloatField()
    score = models.FloatField()
    parts = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    words = SealedTextField(blank=True, default="")
    generation = models.BigIntegerField()
    compared_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)
    is_again = models.BooleanField(default=False)
    proposed_by = models.CharField(max_length=120, blank=True)
    proposed_by_id = models.UUIDField(null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_reason = models.CharField(max_length=300, blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    confirmed_by_id = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    found_by = models.CharField(max_length=9, choices=FoundBy.choices, blank=True)
    fact = models.ForeignKey(
        PersonFact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    rejected_by = models.CharField(max_length=120, blank=True)
    rejected_at = models.DateTimeField(null=True, blank=True)
    rejected_reason = models.CharField(max_length=300, blank=True)
    rejected_score = models.FloatField(null=True, blank=True)
    undone_by = models.CharField(max_length=120, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "report"], name="tracing_match_one_row_per_pair"
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="tracing_match_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(posterior__gte=0.0, posterior__lte=1.0),
                name="tracing_match_posterior_is_a_share",
            ),
            models.UniqueConstraint(
                fields=["case_id"], condition=Q(state="confirmed"), name="tracing_match_one_answer"
            ),
            models.UniqueConstraint(
                fields=["report"], condition=Q(state="confirmed"), name="tracing_match_one_person"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "confirmed"])
                | (
                    Q(proposed_by_id__isnull=False, proposed_at__isnull=False)
                    & ~Q(proposed_reason="")
                ),
                name="tracing_match_proposed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (
                    Q(confirmed_by_id__isnull=False, confirmed_at__gte=F("proposed_at"))
                    & ~Q(confirmed_by_id=F("proposed_by_id"))
                    & ~Q(found_by="")
                ),
                name="tracing_match_confirmed_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected")
                | (
                    Q(rejected_at__isnull=False, rejected_score__isnull=False)
                    & ~Q(rejected_reason="")
                    & ~Q(rejected_by="")
                ),
                name="tracing_match_rejected_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "-posterior"],
                condition=Q(state="open"),
                name="tracing_match_suspected",
            ),
            models.Index(fields=["owner_org", "-shown_at"], name="tracing_match_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} = {self.report_id} ({self.state})"

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to decide."""
        return self.state in (MatchState.OPEN, MatchState.PROPOSED)

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a day with fewer new ones."""
        return self.shown_at is None and self.state == MatchState.OPEN


class MatchCheck(models.Model):
    """One check of a suspected match: what was asked, what the one side said and what the other, how it came out.

    What was said lies sealed: only the family could know it.
    """

    field_classes: ClassVar = {
        "kind": STAFF,
        "question": STAFF,
        "person_said": SENSITIVE,
        "family_said": SENSITIVE,
        "result": STAFF,
        "note": STAFF,
        "checked_by": STAFF,
    }
    erases: ClassVar = ("question", "note")
    erased_with: ClassVar = "match__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=12, choices=CheckKind.choices)
    question = models.CharField(max_length=200)
    person_said = SealedTextField(blank=True, default="")
    family_said = SealedTextField(blank=True, default="")
    result = models.CharField(max_length=11, choices=CheckResult.choices)
    note = models.CharField(max_length=300, blank=True)
    checked_by = models.CharField(max_length=120)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(question=""), name="tracing_matchcheck_asks_something"
            ),
            models.CheckConstraint(
                condition=~Q(result__in=["contradicts", "not_done"]) | ~Q(note=""),
                name="tracing_matchcheck_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_result_display()}"

    @property
    def case_id(self) -> object:
        """What was said is sealed under the key of the case."""
        return self.match.case_id
