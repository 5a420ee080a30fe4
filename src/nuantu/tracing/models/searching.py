"""The search for who somebody is: one per case, and its steps."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.persons.models import Person
from nuantu.tracing.models.choices import FoundBy
from nuantu.tracing.models.words import StepAnswer

STAFF = FieldClass.STAFF


class IdentitySearch(ScopedModel):
    """Finding out who somebody is (身份查询): from the day it began to its end, one per case.

    It goes on after he has left, because an answer may come late; then nothing is owed but that.
    """

    class State(models.TextChoices):
        OPEN = "open", _("查询中")
        IDENTIFIED = "identified", _("已查明")
        LEFT = "left", _("未查明已离开")
        ENDED = "ended", _("不再查询")

    field_classes: ClassVar = {
        "state": STAFF,
        "began_by": STAFF,
        "ended_by": STAFF,
        "found_by": STAFF,
        "end_words": STAFF,
    }
    erases: ClassVar = ("end_words",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    began_at = models.DateTimeField()
    began_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    found_by = models.CharField(max_length=9, choices=FoundBy.choices, blank=True)
    end_words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_id"], name="tracing_identitysearch_one_per_case"),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="tracing_identitysearch_is_of_a_case"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__gte=F("began_at"))),
                name="tracing_identitysearch_ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="identified") | ~Q(found_by=""),
                name="tracing_identitysearch_identified_by_something",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_org", "-began_at"], name="tracing_identitysearch_newest")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} ({self.state})"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class IdentityStep(models.Model):
    """One step of the search with its clock, and what came of it; a step may come again."""

    field_classes: ClassVar = {
        "code": STAFF,
        "answer": STAFF,
        "words": STAFF,
        "done_by": STAFF,
    }
    erases: ClassVar = ("words",)
    erased_with: ClassVar = "search__case_id"
    erases_file: ClassVar = "evidence"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    search = models.ForeignKey(IdentitySearch, on_delete=models.PROTECT, related_name="steps")
    code = models.CharField(max_length=40)
    duty_id = models.UUIDField(null=True, blank=True)
    opened_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=StepAnswer.choices, blank=True, default="")
    words = models.CharField(max_length=400, blank=True)
    evidence = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["search", "code"],
                condition=Q(done_at__isnull=True),
                name="tracing_identitystep_once_open",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, answer="")
                | (Q(done_at__isnull=False) & ~Q(answer="") & ~Q(words="")),
                name="tracing_identitystep_done_says_what_came",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def case_id(self) -> UUID | None:
        """The case whose key seals what belongs to the step."""
        return self.search.case_id
