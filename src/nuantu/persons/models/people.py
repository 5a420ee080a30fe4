"""People, their cases, what is known of them, their classes, and records of one human."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Right
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.persons.models.choices import (
    SEALED_KINDS,
    Certainty,
    ClassCode,
    FactKind,
    Sex,
    class_word,
    is_veiled,
)
from nuantu.persons.rules import ages

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE
NUMBER_TAIL = 4  # letters of a case number that are read over the phone


class Person(ScopedModel):
    """Somebody who was met. May have no name; the ID number, where known, is a sealed fact.

    Seen through the cases one may see; `owner_org` is the organisation that keeps the headline.
    """

    field_classes: ClassVar = {
        "called_as": STAFF,
        "name": STAFF,
        "search_text": STAFF,
        "sort_key": STAFF,
        "sex": STAFF,
        "looks": STAFF,
        "restricted_reason": STAFF,
    }

    called_as = models.CharField(max_length=80)
    name = models.CharField(max_length=60, blank=True)
    search_text = models.TextField(blank=True)
    sort_key = models.CharField(max_length=160, blank=True)
    sex = models.CharField(max_length=7, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.DateField(null=True, blank=True)
    age_low = models.PositiveSmallIntegerField(null=True, blank=True)
    age_high = models.PositiveSmallIntegerField(null=True, blank=True)
    is_estimated = models.BooleanField(default=True)
    age_noted_date = models.DateField(null=True, blank=True)
    looks = models.CharField(max_length=200, blank=True)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_restricted = models.BooleanField(default=False)
    restricted_reason = models.CharField(max_length=120, blank=True)
    last_met_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(called_as=""), name="persons_person_is_called"),
            models.CheckConstraint(
                condition=Q(age_low__isnull=True, age_high__isnull=True)
                | Q(age_low__lte=F("age_high"), age_high__lte=ages.OLDEST),
                name="persons_person_age_is_a_range",
            ),
            models.CheckConstraint(
                condition=Q(age_low__isnull=True) | Q(age_noted_date__isnull=False),
                name="persons_person_age_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(is_restricted=False) | ~Q(restricted_reason=""),
                name="persons_person_restriction_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-last_met_at", "-id"],
                condition=Q(photo__isnull=False, is_restricted=False),
                name="persons_person_pictured",
            )
        ]

    def __str__(self) -> str:
        return str(_("受限记录")) if self.is_restricted else self.called_as

    def age_on(self, day: date) -> ages.Age | None:
        """The age on the day of an event: from the birth date, else the guess moved along."""
        if self.birth_date and self.birth_date <= day:
            return ages.age_on(self.birth_date, day)
        if self.age_low is None or self.age_high is None or self.age_noted_date is None:
            return None
        guess = ages.Age(self.age_low, self.age_high, is_estimated=self.is_estimated)
        return ages.later(guess, max(0, ages.years_between(self.age_noted_date, day)))


class PersonWord(models.Model):
    """A beginning of what a person is found by: `search_text` from each of its letters on.

    Kept by a trigger. Under row-level security an index serves only comparisons that leak nothing,
    and `LIKE` is none of them; from one letter to the next by bytes is.
    """

    LENGTH: ClassVar = 24
    field_classes: ClassVar = {"word": STAFF}
    no_constraints_because: ClassVar = "its key is the pair, and a trigger alone writes it"

    pk = models.CompositePrimaryKey("word", "person_id")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=LENGTH, db_collation="C")

    def __str__(self) -> str:
        return self.word


class Case(ScopedModel):
    """One episode of helping one person, held by one organisation, from first contact to closing.

    `case_id` is its own public id, so that grants on the case open this row too.
    """

    class State(models.TextChoices):
        OPEN = "open", _("进行中")
        CLOSED = "closed", _("已结案")

    class Closing(models.TextChoices):
        NONE = "", _("未结案")
        STATION = "to_station", _("已入站救助")
        HOME = "self_return", _("自行返家")
        HOSPITAL = "hospital", _("已送医")
        POLICE = "police", _("已移交公安")
        ON_SPOT = "helped_on_spot", _("现场救助完毕")
        GONE = "gone", _("多次回访未再见到")
        DECEASED = "deceased", _("死亡")
        MISTAKE = "mistake", _("误建")

    class Mode(models.TextChoices):
        VOLUNTARY = "voluntary", _("自愿受助")
        ESCORTED = "escorted", _("引导护送")
        PROTECTIVE = "protective", _("保护性救助")
        MEDICAL = "medical_emergency", _("紧急医疗")
        POLICE = "police", _("公安处置")

    field_classes: ClassVar = {
        "number": STAFF,
        "state": STAFF,
        "source": STAFF,
        "place": STAFF,
        "rescue_mode": STAFF,
        "closing": STAFF,
        "closing_note": STAFF,
        "number_tail": STAFF,
    }

    erases: ClassVar = ("closing_note",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    number = models.CharField(max_length=24, unique=True)
    number_tail = models.GeneratedField(
        expression=Right("number", NUMBER_TAIL),
        output_field=models.CharField(max_length=NUMBER_TAIL),
        db_persist=True,
        db_index=True,
    )
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    source = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=200, blank=True)
    rescue_mode = models.CharField(max_length=20, choices=Mode.choices, default=Mode.VOLUNTARY)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=16, choices=Closing.choices, blank=True, default="")
    closing_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id=F("public_id")), name="persons_case_is_its_own_case"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, closing="")
                | (Q(state="closed", closed_at__isnull=False) & ~Q(closing="")),
                name="persons_case_closed_means_closed_how",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="persons_case_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-opened_at"], name="persons_case_of_person"),
            models.Index(
                fields=["owner_org", "-opened_at"],
                condition=Q(state="open"),
                name="persons_case_open",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class PersonFact(ScopedModel):
    """One thing known of a person, learned in one case. Never overwritten: a correction is a new row, and a
    row that was taken back without anything in its place corrects itself.

    Sealed kinds keep their value only in `secret`, with a keyed hash for exact search.
    """

    field_classes: ClassVar = {
        "kind": STAFF,
        "value": STAFF,
        "secret": SENSITIVE,
        "secret_hash": SENSITIVE,
        "certainty": STAFF,
        "source": STAFF,
        "noted_by": STAFF,
    }

    erases: ClassVar = ("value", "secret_hash")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=16, choices=FactKind.choices)
    value = models.CharField(max_length=400, blank=True)
    secret = SealedTextField(blank=True, default="")
    secret_hash = models.CharField(max_length=64, blank=True, db_index=True)
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    source = models.CharField(max_length=120)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(value="") & ~Q(secret="")) | (~Q(value="") & Q(secret="")),
                name="persons_personfact_says_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[str(kind) for kind in SEALED_KINDS]) | Q(value=""),
                name="persons_personfact_sealed_kinds_lie_sealed",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="persons_personfact_has_a_source"),
        ]
        indexes = [models.Index(fields=["person", "kind"], name="persons_personfact_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_certainty_display()})"

    @property
    def is_sealed(self) -> bool:
        return self.kind in SEALED_KINDS


class PersonClass(ScopedModel):
    """A class given to a person in one case, by whom and how sure. Taken back, never deleted."""

    field_classes: ClassVar = {
        "code": STAFF,
        "certainty": STAFF,
        "decided_by": STAFF,
        "source": STAFF,
        "withdrawn_reason": STAFF,
    }

    erases: ClassVar = ("source", "withdrawn_reason")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="classes")
    code = models.CharField(max_length=32, choices=ClassCode.choices)
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    decided_by = models.CharField(max_length=120)
    decided_at = models.DateTimeField()
    source = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "code"],
                condition=Q(withdrawn_at__isnull=True),
                name="persons_personclass_once_per_case",
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="persons_personclass_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="persons_personclass_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return class_word(self.code)

    @property
    def said(self) -> str:
        """The class in the words that this reader may know."""
        return class_word(self.code)

    @property
    def is_veiled(self) -> bool:
        """Whether this reader is told what to do instead of the class and its source."""
        return is_veiled(self.code)


class PersonLink(models.Model):
    """Two records that are, may be, or are not one human. Records stay apart; a link can be undone."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待确认")
        CONFIRMED = "confirmed", _("同一人")
        REJECTED = "rejected", _("不是同一人")
        UNDONE = "undone", _("已撤销")

    field_classes: ClassVar = {
        "state": STAFF,
        "reasons": STAFF,
        "proposed_by": STAFF,
        "decided_by": STAFF,
        "note": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links_from")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links_to")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    proposed_by = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_id__lt=F("second_id")),
                name="persons_personlink_older_comes_first",
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=~Q(state="undone"),
                name="persons_personlink_one_opinion_per_pair",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="persons_personlink_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id} ({self.state})"
