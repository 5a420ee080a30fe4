"""A letter as one side has it, and its lines."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.letters.models.choices import (
    OPEN,
    TOLD,
    TOLD_HERE,
    Answer,
    Direction,
    Event,
    Kind,
    Means,
    State,
)

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class Letter(ScopedModel):
    """One side's copy of a letter: what is asked, of whom, about what, until when, and its answer.

    Both copies have the same `letter_id` and number. `subject_kind` and `subject_id` name what the owner hangs it
    on; a received copy has none until the receiver hangs it on something of his own. `facts` is a list of pairs of
    label and value in JSON, chosen by the sender: all that the receiver learns besides the words.
    """

    field_classes: ClassVar = {
        "direction": STAFF,
        "kind": STAFF,
        "number": STAFF,
        "means": STAFF,
        "partner_org": STAFF,
        "partner_name": STAFF,
        "partner_phones": STAFF,
        "subject_kind": STAFF,
        "words": SENSITIVE,
        "facts": SENSITIVE,
        "asked_by": STAFF,
        "read_by": STAFF,
        "state": STAFF,
        "answer": STAFF,
        "answered_by": STAFF,
    }
    erases: ClassVar = ()

    letter_id = models.UUIDField(default=new_id, editable=False)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    number = models.CharField(max_length=40)
    means = models.CharField(max_length=6, choices=Means.choices)
    partner_org = models.CharField(max_length=40, blank=True)
    partner_name = models.CharField(max_length=120)
    partner_phones = models.CharField(max_length=60, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    carries = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_by"
    )
    words = SealedTextField()
    facts = SealedTextField(blank=True, default="")
    paper_id = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    answer = models.CharField(max_length=4, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_org", "direction", "letter_id"],
                name="letters_letter_once_on_each_side",
            ),
            models.UniqueConstraint(
                fields=["owner_org", "number"],
                condition=Q(direction="out"),
                name="letters_letter_number_once_in_a_house",
            ),
            models.UniqueConstraint(
                fields=["owner_org", "subject_id", "kind", "partner_name"],
                condition=Q(direction="out", state__in=["waiting", "asks_back"])
                & ~Q(kind="carry")
                & Q(subject_id__isnull=False),
                name="letters_letter_one_open_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False)
                & ~Q(answer="")
                & ~Q(answered_by="")
                | ~Q(state="answered") & Q(answered_at__isnull=True, answer="", answered_by=""),
                name="letters_letter_answered_with_something",
            ),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(partner_name=""), name="letters_letter_is_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")), name="letters_letter_due_after_it_was_asked"
            ),
            models.CheckConstraint(
                condition=Q(subject_id__isnull=True, subject_kind="")
                | Q(subject_id__isnull=False) & ~Q(subject_kind=""),
                name="letters_letter_subject_has_its_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "direction", "-asked_at"], name="letters_letter_newest"
            ),
            models.Index(fields=["subject_id"], name="letters_letter_subject"),
            models.Index(fields=["letter_id"], name="letters_letter_both_sides"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether somebody waits for a word."""
        return self.state in OPEN

    @property
    def is_out(self) -> bool:
        """Whether it is the sender's copy."""
        return self.direction == Direction.OUT

    def label_of(self, event: str) -> str | Promise:
        """What happened, as this side says it: whoever received it says of himself that he read it."""
        one = Event(event)
        return (TOLD if self.is_out else TOLD_HERE).get(one, one.label)


class LetterLine(models.Model):
    """One thing that happened with a letter, as one side's copy has it; never changed."""

    field_classes: ClassVar = {
        "event": STAFF,
        "means": STAFF,
        "words": SENSITIVE,
        "noted_by": STAFF,
        "noted_org": STAFF,
    }
    erases: ClassVar = ()

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="lines")
    event = models.CharField(max_length=10, choices=Event.choices)
    means = models.CharField(max_length=6, choices=Means.choices)
    words = SealedTextField(blank=True, default="")
    happened_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)
    noted_org = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(event__in=["sent", "read", "reminded", "arrived", "erased"])
                | ~Q(words=""),
                name="letters_letterline_says_what",
            ),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("noted_at")),
                name="letters_letterline_happened_before_it_was_noted",
            ),
        ]

    def __str__(self) -> str:
        return self.event

    @property
    def case_id(self) -> UUID:
        """Whose key seals the words: the case of the letter, or the letter itself."""
        return self.letter.case_id or self.letter.public_id
