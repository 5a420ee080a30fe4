"""Whom else a plan reaches: the family with his consent, bodies he is referred to, a conference, and police who ask."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.casework.models.choices import FamilyAnswer, FamilyBasis, Reach, ReferralKind
from nuantu.casework.models.plans import OfPlan
from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField

STAFF, SEALED = FieldClass.STAFF, FieldClass.SEALED


class FamilyConsent(OfPlan):
    """Whether his family may be told or asked, how far, in his words; the newest answer counts (X58)."""

    field_classes: ClassVar = {
        "basis": STAFF,
        "answer": STAFF,
        "reaches": STAFF,
        "relation": STAFF,
        "words": SEALED,
        "noted_by": STAFF,
        "withdrawn_by": STAFF,
    }

    basis = models.CharField(max_length=8, choices=FamilyBasis.choices)
    answer = models.CharField(max_length=7, choices=FamilyAnswer.choices)
    reaches = ArrayField(models.CharField(max_length=5, choices=Reach.choices), default=list)
    relation = models.CharField(max_length=40)
    words = SealedTextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="refuses", reaches=[]) | (Q(answer="agrees") & ~Q(reaches=[])),
                name="casework_familyconsent_says_how_far",
            )
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.answer}"


class PlanHandover(OfPlan):
    """A plan goes to another worker: given by one, or by the house where he has left, and taken by the other."""

    field_classes: ClassVar = {
        "words": SEALED,
        "noted_by": STAFF,
        "taken_by": STAFF,
        "declined_reason": STAFF,
    }

    from_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stand_in = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = SealedTextField()
    ended_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.CharField(max_length=120, blank=True)
    declined_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(ended_at__isnull=True),
                name="casework_planhandover_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, taken_by="", declined_reason="")
                | Q(ended_at__isnull=False) & ~(Q(taken_by="") & Q(declined_reason="")),
                name="casework_planhandover_taken_or_declined",
            ),
            models.CheckConstraint(
                condition=~Q(from_user=F("to_user")), name="casework_planhandover_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.to_user_id}"


class Referral(OfPlan):
    """Another body is asked to help: which, with what, until when an answer is awaited, and the answer."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等答复")
        TAKEN = "taken", _("已受理")
        DECLINED = "declined", _("不受理")

    field_classes: ClassVar = {
        "kind": STAFF,
        "body": STAFF,
        "words": SEALED,
        "number": STAFF,
        "state": STAFF,
        "answer": SEALED,
        "noted_by": STAFF,
    }

    kind = models.CharField(max_length=10, choices=ReferralKind.choices)
    body = models.CharField(max_length=120)
    words = SealedTextField()
    number = models.CharField(max_length=40, blank=True)
    paper_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    answer = SealedTextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at__isnull=True)
                | (~Q(state="waiting") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="casework_referral_answered_with_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.body}"


class Disclosure(OfPlan):
    """Police or a court asked for something of a plan: their letter, what exactly, what two people decided, what was
    given. Nothing but that leaves."""

    class State(models.TextChoices):
        ASKED = "asked", _("待决定")
        GIVEN = "given", _("已提供")
        REFUSED = "refused", _("没有提供")

    field_classes: ClassVar = {
        "number": STAFF,
        "body": STAFF,
        "letter": STAFF,
        "asked": SEALED,
        "state": STAFF,
        "reason": SEALED,
        "given": SEALED,
        "decided_by": STAFF,
        "noted_by": STAFF,
    }

    number = models.CharField(max_length=24, unique=True)
    body = models.CharField(max_length=120)
    letter = models.CharField(max_length=80)
    asked = SealedTextField()
    asked_of = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=State.choices, default=State.ASKED)
    reason = SealedTextField(blank=True, default="")
    given = SealedTextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_of = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", decided_of__isnull=True)
                | (
                    ~Q(state="asked")
                    & Q(decided_of__isnull=False)
                    & ~Q(reason="")
                    & ~Q(decided_of=F("asked_of"))
                ),
                name="casework_disclosure_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="given") & ~Q(given="") | (~Q(state="given") & Q(given="")),
                name="casework_disclosure_says_what_was_given",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Conference(OfPlan):
    """Those who work with him sat together: who, what was said, what was decided and who owes it."""

    field_classes: ClassVar = {
        "people": STAFF,
        "minutes": SEALED,
        "decisions": STAFF,
        "noted_by": STAFF,
    }
    erases: ClassVar = ("decisions",)

    held_at = models.DateTimeField()
    people = models.CharField(max_length=300)
    minutes = SealedTextField()
    decisions = ArrayField(models.CharField(max_length=200), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(people="") & ~Q(decisions=[]), name="casework_conference_decides"
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_at:%Y-%m-%d}"

    @property
    def owner_org(self) -> str:
        """The organisation that holds the plan."""
        return self.plan.owner_org

    @property
    def division_code(self) -> str:
        """Where the plan lies."""
        return self.plan.division_code
