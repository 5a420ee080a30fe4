"""Families who say that somebody whom nobody knew is theirs: each is noted and each is answered."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.models import ScopedModel
from nuantu.homeward.models.settling import Settlement

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class ClaimAnswer(models.TextChoices):
    """What a family was told."""

    ACCEPTED = "accepted", _("认定是他的家人")
    REFUSED = "refused", _("不是同一人")
    WITHDRAWN = "withdrawn", _("对方撤回")


class ClaimWay(models.TextChoices):
    """How the answer reached the family."""

    PHONE = "phone", _("电话")
    PAPER = "paper", _("书面送达")
    PERSON = "person", _("当面")


class SettlementClaim(ScopedModel):
    """One family, what it brings forward, and the answer with its words; of a settlement one is accepted at most.

    `told` is what the family heard. To whoever is refused the program says it, and nothing about him is in it.
    """

    field_classes: ClassVar = {
        "number": STAFF,
        "claimant": STAFF,
        "relation": STAFF,
        "phone": SENSITIVE,
        "words": STAFF,
        "noted_by": STAFF,
        "answer": STAFF,
        "basis": STAFF,
        "paper": STAFF,
        "checked": STAFF,
        "told": STAFF,
        "told_way": STAFF,
        "answered_by": STAFF,
    }
    erases: ClassVar = ("claimant", "relation", "words", "basis", "checked")

    number = models.PositiveSmallIntegerField()
    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="+")
    claimant = models.CharField(max_length=60)
    relation = models.CharField(max_length=40)
    phone = SealedTextField()
    words = models.CharField(max_length=300)
    claimed_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)
    noted_by_id = models.UUIDField()
    answer = models.CharField(max_length=9, choices=ClaimAnswer.choices, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    paper = models.CharField(max_length=120, blank=True)
    checked = models.CharField(max_length=200, blank=True)
    told = models.CharField(max_length=400, blank=True)
    told_way = models.CharField(max_length=6, choices=ClaimWay.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "number"], name="homeward_settlementclaim_number_once"
            ),
            models.UniqueConstraint(
                fields=["settlement"],
                condition=Q(answer="accepted"),
                name="homeward_settlementclaim_one_accepted",
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False),
                name="homeward_settlementclaim_belongs_to_a_case",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (
                    ~Q(answer="")
                    & ~Q(answered_by="")
                    & ~Q(told="")
                    & ~Q(told_way="")
                    & Q(answered_at__gte=F("claimed_at"), answered_at__isnull=False)
                ),
                name="homeward_settlementclaim_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(answer="accepted")
                | (~Q(paper="") & ~Q(answered_by_id=F("noted_by_id"))),
                name="homeward_settlementclaim_two_accept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id} {self.number}"
