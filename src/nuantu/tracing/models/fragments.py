"""What somebody was heard to say, piece by piece, and which places it may mean."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.persons.models import Certainty, Person, PersonFact
from nuantu.tracing.models.words import FragmentKind, SaidBy

STAFF = FieldClass.STAFF


class Fragment(ScopedModel):
    """A piece of who he is (片段): who heard it, when, in which words. Withdrawn, never overwritten; a
    trigger refuses any other change.

    A recording is a file with its digest and its last day. `fact` is what the fragment put down on the page
    of the person, so that nobody types it again.
    """

    field_classes: ClassVar = {
        "kind": STAFF,
        "words": STAFF,
        "said_by": STAFF,
        "certainty": STAFF,
        "heard_by": STAFF,
        "heard_where": STAFF,
        "noted_by": STAFF,
        "sound_digest": STAFF,
        "withdrawn_by": STAFF,
        "withdrawn_reason": STAFF,
    }
    erases: ClassVar = ("words", "heard_where", "withdrawn_reason")
    erases_file: ClassVar = "sound"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=FragmentKind.choices)
    words = models.CharField(max_length=400)
    said_by = models.CharField(max_length=8, choices=SaidBy.choices, default=SaidBy.SELF)
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    heard_at = models.DateTimeField()
    heard_by = models.CharField(max_length=120)
    heard_where = models.CharField(max_length=120, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)
    fact = models.ForeignKey(
        PersonFact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sound = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sound_digest = models.CharField(max_length=64, blank=True)
    keep_until_date = models.DateField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="tracing_fragment_is_of_a_case"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="tracing_fragment_says_something"),
            models.CheckConstraint(
                condition=Q(heard_at__lte=F("noted_at")), name="tracing_fragment_heard_before_noted"
            ),
            models.CheckConstraint(
                condition=Q(sound_digest="", keep_until_date__isnull=True)
                | (~Q(sound_digest="") & Q(keep_until_date__isnull=False)),
                name="tracing_fragment_sound_has_its_last_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_reason="")),
                name="tracing_fragment_withdrawn_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["person", "-heard_at"], name="tracing_fragment_of_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class CandidatePlace(models.Model):
    """A place that a fragment may mean (候选地点), found among the divisions; somebody may rule it out.

    `percent` is how well the words fit, of a hundred; the point is WGS-84 and the middle of the place.
    """

    field_classes: ClassVar = {
        "division_code": STAFF,
        "label": STAFF,
        "dismissed_by": STAFF,
        "dismissed_reason": STAFF,
    }
    erases: ClassVar = ("label", "dismissed_reason")
    erased_with: ClassVar = "fragment__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    fragment = models.ForeignKey(Fragment, on_delete=models.CASCADE, related_name="places")
    division_code = models.CharField(max_length=12)
    label = models.CharField(max_length=120)
    lat = models.FloatField()
    lon = models.FloatField()
    percent = models.PositiveSmallIntegerField()
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.CharField(max_length=120, blank=True)
    dismissed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100),
                name="tracing_candidateplace_fits_in_percent",
            ),
            models.UniqueConstraint(
                fields=["fragment", "label"], name="tracing_candidateplace_once"
            ),
            models.CheckConstraint(
                condition=Q(dismissed_at__isnull=True)
                | (~Q(dismissed_by="") & ~Q(dismissed_reason="")),
                name="tracing_candidateplace_dismissed_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.label
