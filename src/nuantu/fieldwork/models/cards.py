"""A command that somebody at the desk has to look at."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel
from nuantu.fieldwork.models.commands import FieldCommand
from nuantu.fieldwork.rules import commands as kinds

STAFF = FieldClass.STAFF


class ReviewCard(ScopedModel):
    """Why a command was not taken over as it came, and what the desk decided.

    `words` is what the refusal said to the team. `entered_kind` and `entered_id` name what was
    entered in its place. One duty of the device (`duty_id`) covers its open cards.
    """

    class Why(models.TextChoices):
        REFUSED = "refused", _("不能照此登记")
        CONTRARY = "contrary", _("与同队另一部手机不一致")
        ENDED = "ended", _("手机已收回或到期")
        COPY = "copy", _("同一编号，内容不同")
        UNKNOWN = "unknown", _("不认识的指令")
        UNREADABLE = "unreadable", _("内容不完整")
        FAILED = "failed", _("程序出错")

    class State(models.TextChoices):
        OPEN = "open", _("待核")
        APPLIED = "applied", _("已照此登记")
        ENTERED = "entered", _("已另行登记")
        SET_ASIDE = "set_aside", _("已搁置")

    field_classes: ClassVar = {
        "why": STAFF,
        "words": STAFF,
        "state": STAFF,
        "reason": STAFF,
        "decided_by": STAFF,
        "entered_kind": STAFF,
    }

    erases: ClassVar = ("words", "reason")

    command = models.OneToOneField(FieldCommand, on_delete=models.PROTECT, related_name="card")
    why = models.CharField(max_length=10, choices=Why.choices)
    words = models.CharField(max_length=500)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    duty_id = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    entered_kind = models.CharField(max_length=40, blank=True)
    entered_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="fieldwork_reviewcard_decided_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(reason=""),
                name="fieldwork_reviewcard_set_aside_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "opened_at"],
                condition=Q(state="open"),
                name="fieldwork_card_open",
            )
        ]

    @property
    def stands_against_another(self) -> bool:
        """Whether it tells a stop's result that another phone of the team told otherwise."""
        return self.why == self.Why.CONTRARY and self.command.kind in kinds.RESULTS

    def __str__(self) -> str:
        return f"{self.why} {self.command_id}"
