"""What somebody told of a person he misses."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.persons.models import Sex
from nuantu.persons.rules import ages
from nuantu.tracing.models.choices import ConsentWay, Precision, Source, State
from nuantu.tracing.rules.said import SHORTEST_CM, TALLEST_CM

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE
# A report that describes nobody can be compared with nobody.
DESCRIBED = (
    ~Q(name="")
    | ~Q(nickname="")
    | ~Q(accent="")
    | ~Q(home_words="")
    | ~Q(old_places="")
    | ~Q(lost_words="")
    | ~Q(clothing="")
    | ~Q(marks=[])
    | ~Q(marks_words="")
    | ~Q(health_words="")
    | ~Q(id_hash="")
    | Q(birth_date__isnull=False)
    | Q(age_low__isnull=False)
    | Q(height_low__isnull=False)
    | Q(lost_date__isnull=False)
)


class MissingReport(ScopedModel):
    """A missing-person report (寻人登记). Everything that describes the person is optional.

    `division_code` is the place of the body that took it, not where he was lost. Heights are
    centimetres, ages whole years on `age_noted_date`. The searcher, the ID number and the words on danger
    lie sealed, with keyed hashes for exact search. What is closed is erased after `keep_until_date`, or
    with the case that a match ties it to.
    """

    field_classes: ClassVar = {
        "number": STAFF,
        "source": STAFF,
        "source_name": STAFF,
        "source_number": STAFF,
        "name": STAFF,
        "nickname": STAFF,
        "name_sound": STAFF,
        "search_text": STAFF,
        "sex": STAFF,
        "accent": STAFF,
        "home_words": STAFF,
        "home_division": STAFF,
        "old_places": STAFF,
        "lost_precision": STAFF,
        "lost_words": STAFF,
        "lost_division": STAFF,
        "clothing": STAFF,
        "marks": STAFF,
        "marks_words": STAFF,
        "health_words": STAFF,
        "id_number": SENSITIVE,
        "id_hash": SENSITIVE,
        "searcher_name": SENSITIVE,
        "searcher_relation": STAFF,
        "searcher_phone": SENSITIVE,
        "phone_hash": SENSITIVE,
        "consent_by": SENSITIVE,
        "consent_way": STAFF,
        "consent_purposes": STAFF,
        "dangers": STAFF,
        "danger_words": SENSITIVE,
        "restricted_reason": STAFF,
        "state": STAFF,
        "taken_by": STAFF,
        "closed_by": STAFF,
        "closed_reason": STAFF,
    }
    erases: ClassVar = (
        "source_number", "name", "nickname", "name_sound", "search_text", "accent", "home_words", "old_places",
        "lost_words", "clothing", "marks_words", "health_words", "searcher_relation", "closed_reason",
        "id_hash", "phone_hash", "birth_date",
    )  # fmt: skip
    erases_file: ClassVar = "photo"
    is_sealed_before_its_case: ClassVar = True

    number = models.CharField(max_length=24, unique=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    source_name = models.CharField(max_length=120, blank=True)
    source_number = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=80, blank=True)
    nickname = models.CharField(max_length=80, blank=True)
    name_sound = models.CharField(max_length=240, blank=True)
    search_text = models.TextField(blank=True)
    sex = models.CharField(max_length=7, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.DateField(null=True, blank=True)
    age_low = models.PositiveSmallIntegerField(null=True, blank=True)
    age_high = models.PositiveSmallIntegerField(null=True, blank=True)
    age_noted_date = models.DateField(null=True, blank=True)
    height_low = models.PositiveSmallIntegerField(null=True, blank=True)
    height_high = models.PositiveSmallIntegerField(null=True, blank=True)
    accent = models.CharField(max_length=80, blank=True)
    home_words = models.CharField(max_length=200, blank=True)
    home_division = models.CharField(max_length=12, blank=True)
    old_places = models.CharField(max_length=200, blank=True)
    lost_date = models.DateField(null=True, blank=True)
    lost_precision = models.CharField(
        max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    lost_words = models.CharField(max_length=200, blank=True)
    lost_division = models.CharField(max_length=12, blank=True)
    clothing = models.CharField(max_length=300, blank=True)
    marks = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    marks_words = models.CharField(max_length=300, blank=True)
    health_words = models.CharField(max_length=300, blank=True)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    id_number = SealedTextField(blank=True, default="")
    id_hash = models.CharField(max_length=64, blank=True, db_index=True)
    searcher_name = SealedTextField(blank=True, default="")
    searcher_relation = models.CharField(max_length=40, blank=True)
    searcher_phone = SealedTextField(blank=True, default="")
    phone_hash = models.CharField(max_length=64, blank=True, db_index=True)
    consent_by = SealedTextField(blank=True, default="")
    consent_date = models.DateField(null=True, blank=True)
    consent_way = models.CharField(max_length=11, choices=ConsentWay.choices, blank=True)
    consent_purposes = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    consent_until_date = models.DateField(null=True, blank=True)
    dangers = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    danger_words = SealedTextField(blank=True, default="")
    is_restricted = models.BooleanField(default=False)
    restricted_reason = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)
    closed_reason = models.CharField(max_length=300, blank=True)
    keep_until_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            # An erased report describes nobody any more.
            models.CheckConstraint(
                condition=DESCRIBED | ~Q(state="open"),
                name="tracing_missingreport_tells_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(age_low__isnull=True, age_high__isnull=True)
                | Q(
                    age_low__lte=F("age_high"),
                    age_high__lte=ages.OLDEST,
                    age_noted_date__isnull=False,
                ),
                name="tracing_missingreport_age_has_range_and_day",
            ),
            models.CheckConstraint(
                condition=Q(height_low__isnull=True, height_high__isnull=True)
                | Q(
                    height_low__gte=SHORTEST_CM,
                    height_low__lte=F("height_high"),
                    height_high__lte=TALLEST_CM,
                ),
                name="tracing_missingreport_height_is_a_range",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["police", "station"]) | Q(consent_date__isnull=False),
                name="tracing_missingreport_family_agreed",
            ),
            models.CheckConstraint(
                condition=Q(
                    consent_date__isnull=True,
                    consent_until_date__isnull=True,
                    consent_way="",
                    consent_purposes=[],
                )
                | (
                    Q(consent_date__isnull=False, consent_until_date__gte=F("consent_date"))
                    & ~Q(consent_way="")
                    & ~Q(consent_purposes=[])
                ),
                name="tracing_missingreport_consent_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, keep_until_date__isnull=True)
                | (
                    Q(closed_at__isnull=False, keep_until_date__isnull=False)
                    & ~Q(state="open")
                    & ~Q(closed_reason="")
                    & ~Q(closed_by="")
                ),
                name="tracing_missingreport_closed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_restricted=False) | ~Q(restricted_reason=""),
                name="tracing_missingreport_restriction_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "-taken_at"],
                condition=Q(state="open"),
                name="tracing_missingreport_open",
            ),
            models.Index(
                fields=["name_sound"],
                condition=Q(state="open"),
                name="tracing_missingreport_sound",
            ),
            models.Index(fields=["-taken_at", "-id"], name="tracing_missingreport_newest"),
            models.Index(fields=["home_division"], name="tracing_missingreport_home"),
            models.Index(fields=["lost_division"], name="tracing_missingreport_lost"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether he is still searched."""
        return self.state == State.OPEN

    @property
    def is_withdrawn(self) -> bool:
        """Whether the searcher took his consent back: nothing is shown any more."""
        return self.state == State.WITHDRAWN

    def is_lapsed(self, today: date) -> bool:
        """Whether the consent is over and nobody has decided yet."""
        return (
            self.is_open and self.consent_until_date is not None and self.consent_until_date < today
        )

    def age_on(self, day: date) -> ages.Age | None:
        """The age on a day: from the birth date, else the range that was told moved along."""
        if self.birth_date and self.birth_date <= day:
            return ages.age_on(self.birth_date, day)
        if self.age_low is None or self.age_high is None or self.age_noted_date is None:
            return None
        guess = ages.Age(self.age_low, self.age_high)
        return ages.later(guess, max(0, ages.years_between(self.age_noted_date, day)))


class ReportWord(models.Model):
    """A beginning of what a report is found by, kept by a trigger as those of people are (decision 37)."""

    LENGTH: ClassVar = 24
    field_classes: ClassVar = {"word": STAFF}
    no_constraints_because: ClassVar = "its key is the pair, and a trigger alone writes it"

    pk = models.CompositePrimaryKey("word", "report_id")
    report = models.ForeignKey(MissingReport, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=LENGTH, db_collation="C")

    def __str__(self) -> str:
        return self.word
